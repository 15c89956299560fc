"""The settings: WHOSAID_* environment variables, checked once at the start, unpacked in wiring.py."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from platformdirs import user_cache_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from service.chatmodel.provider import Wanted, parsed
from service.errors import BadSetting

PREFIX = "WHOSAID_"
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Settings(BaseSettings):
    """What can be set, with bounds. ``Settings.load()`` reads the environment and explains what is wrong with it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True)

    data: Path = Field(Path(".whosaid"), description="index folder: catalogue and vectors")
    cache: Path = Field(
        default_factory=lambda: user_cache_path("whosaid"),
        description="folder for the embedding model in the form it is run in; can be deleted, is made again",
    )
    host: str = Field("127.0.0.1", min_length=1, description="address to listen on; 0.0.0.0 for every one")
    port: int = Field(8000, ge=0, le=65535, description="port to listen on; 0 takes a free one")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="host names, comma-separated, that requests may name besides localhost and the host above"
    )
    max_upload_bytes: int = Field(
        100 * 1024**2, ge=1024, le=4 * 1024**3, description="largest upload, all files of one request together"
    )
    max_question_characters: int = Field(2000, ge=10, le=2000, description="longest question")
    workers: int = Field(4, ge=1, le=64, description="questions worked on at the same time; others wait")
    threads: int | None = Field(
        None, ge=1, le=256, description="threads that take articles in; not set: as many as there are cores"
    )
    statements: bool = Field(
        True,
        description="whether articles are searched for statements as they come; without, they can be found in less "
        "than half the time, answers say less, and the next ingest or start with it completes the index",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="least level that is logged")
    log_questions: bool = Field(False, description="whether the log holds the words of questions")

    model: str | None = Field(
        None, description="chat model that may write answers, as provider:name; not set: there is none"
    )
    model_url: str | None = Field(
        None, description="address of the chat model's server, as http://127.0.0.1:8080/v1; not set: the provider's own"
    )
    model_key: SecretStr | None = Field(None, description="key of the chat model; not set: the provider's own variable")
    model_timeout: float = Field(
        60, ge=1, le=3600, description="seconds that the chat model may take to its first token and between two"
    )
    model_context: int | None = Field(
        None, ge=512, le=10_000_000, description="tokens that the chat model can read; not set: what it says, else 8192"
    )
    model_reply: int = Field(512, ge=32, le=8192, description="most tokens of a reply of the chat model")

    @field_validator("model")
    @classmethod
    def _named(cls, value: str | None) -> str | None:
        if value is not None:
            parsed(value)
        return value

    @field_validator("model_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        address = urlsplit(value)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise ValueError("it has to begin with http:// or https:// and a host")
        if "@" in address.netloc or address.query or address.fragment:
            raise ValueError("it holds more than host, port and path; a key goes into WHOSAID_MODEL_KEY")
        return value

    @field_validator("model_key")
    @classmethod
    def _key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[!-~]+", value.get_secret_value()):
            raise ValueError("it holds characters that no key has: a space, a line break or an accent")
        return value

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            tuple(part.strip().lower() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
        """Settings from the environment; ``given`` (command line options) come first, None is passed over.

        Raises BadSetting, which names the setting, its value and what would do.
        """
        names = os.environ if environ is None else environ
        for name in sorted(names):
            if name.upper().startswith(PREFIX) and name.upper()[len(PREFIX) :].lower() not in cls.model_fields:
                raise BadSetting(
                    "there is no such setting", thing="setting", value=name, remedy=f"Known are: {_known(cls)}"
                )
        try:
            return cls(**{name: value for name, value in given.items() if value is not None})
        except ValidationError as error:
            raise _explained(error) from None  # its text would repeat the key

    @property
    def chat_model(self) -> Wanted | None:
        """The chat model that may write answers; None where none is set."""
        if self.model is None:
            return None
        key = self.model_key.get_secret_value() if self.model_key else None
        return Wanted(model=self.model, url=self.model_url, key=key, timeout=self.model_timeout, reply=self.model_reply)

    @property
    def hosts(self) -> frozenset[str]:
        """The names a request's Host header may hold, without port, in lower case."""
        return frozenset((*LOOPBACK, self.host.lower(), *self.allowed_hosts)) - {"0.0.0.0", "::"}  # noqa: S104


def _known(cls: type[Settings]) -> str:
    return ", ".join(PREFIX + name.upper() for name in cls.model_fields)


def _explained(error: ValidationError) -> BadSetting:
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else "settings"
    problem = first["msg"].removeprefix("Value error, ")
    return BadSetting(
        problem[:1].lower() + problem[1:],
        thing=f"setting {PREFIX}{name.upper()}",
        value=_shown(name, first["input"]),
        remedy=f"It is the {Settings.model_fields[name].description}" if name in Settings.model_fields else "",
    )


def _shown(name: str, value: object) -> str:
    """The value, without what is secret in it."""
    return "…" if name == "model_key" else re.sub(r"(?<=//)[^/]*@", "…@", str(value))
