"""The name of a chat model goes in; the LangChain chat model of its provider's package comes out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from service.chatmodel.failures import Called, ModelFailed, ModelPackageMissing, ModelRefused
from service.chatmodel.pumping import Lines

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_NO_KEY = "none"  # what is sent where a server of one's own wants no key: the packages insist on one
_CONNECT = 10.0  # seconds


@dataclass(frozen=True, slots=True)
class Provider:
    """``extra`` of this project brings ``package``; ``keys`` are the variables that its users mostly set."""

    package: str
    extra: str
    keys: tuple[str, ...] = ()


PROVIDERS: Mapping[str, Provider] = {
    "openai": Provider("langchain-openai", "openai", ("OPENAI_API_KEY",)),
    "ollama": Provider("langchain-ollama", "ollama"),
    "anthropic": Provider("langchain-anthropic", "anthropic", ("ANTHROPIC_API_KEY",)),
    "google_genai": Provider("langchain-google-genai", "google", ("GOOGLE_API_KEY", "GEMINI_API_KEY")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which chat model, where, and how it is to be asked. Raises ValueError where ``model`` is no "provider:name"."""

    model: str
    url: str | None = None
    key: str | None = field(default=None, repr=False)
    timeout: float = 60.0  # seconds to the first token and between tokens
    reply: int = 512  # tokens

    def __post_init__(self) -> None:
        parsed(self.model)

    @property
    def provider(self) -> str:
        return parsed(self.model)[0]

    @property
    def called(self) -> Called:
        """As errors name it."""
        own = next(iter(PROVIDERS[self.provider].keys), "")
        return Called(name=self.model, url=self.url, key_variable=own, secret=self.secret)

    @property
    def base(self) -> str | None:
        """The address for the package: OpenAI's interface is below /v1 where the address says nothing else."""
        url = self.url.rstrip("/") if self.url else None
        return f"{url}/v1" if url and self.provider == "openai" and url.count("/") == 2 else url

    @property
    def secret(self) -> str:
        """The key. An address of one's own gets no other than the one that was set for it."""
        if self.key or self.url:
            return self.key or ""
        return next((os.environ[name] for name in PROVIDERS[self.provider].keys if os.environ.get(name)), "")


def parsed(model: str) -> tuple[str, str]:
    """Provider and name. Raises ValueError, which says what would do."""
    provider, colon, name = model.partition(":")
    if not colon or not name.strip() or not provider:
        raise ValueError(
            f"it has to be provider:name, as ollama:llama3.2 or openai:gpt-4.1-mini; providers are {_known()}"
        )
    if provider not in PROVIDERS:
        raise ValueError(f"there is no provider {provider!r}; there are {_known()}")
    return provider, name


def _known() -> str:
    return ", ".join(f"{name} ({_installing(each)})" for name, each in PROVIDERS.items())


def _installing(provider: Provider) -> str:
    return f'.venv/bin/pip install -c .constraints.txt -e ".[{provider.extra}]"'


def opened(wanted: Wanted, *, context: int, lines: Lines) -> BaseChatModel:
    """The chat model; nothing is contacted. ``lines`` learns of its connections where its package lets it (OpenAI's
    interface and Ollama). ``context``: tokens that Ollama, which has to be told, makes room for. Raises
    ModelPackageMissing, ModelRefused (no key), ModelFailed.
    """
    provider, name = parsed(wanted.model)
    about = PROVIDERS[provider]
    if about.keys and not wanted.secret and not wanted.url:
        raise wanted.called.failed(ModelRefused, "no key is set", f"Set WHOSAID_MODEL_KEY or {about.keys[0]}.")
    try:
        import_module(about.package.replace("-", "_"))  # init_chat_model would look for older packages in its place
    except ImportError as error:
        problem = f"the package {about.package} is not installed"
        raise wanted.called.failed(ModelPackageMissing, problem, f"Install it: {_installing(about)}") from error
    from langchain.chat_models import init_chat_model

    try:
        chat: BaseChatModel = init_chat_model(name, model_provider=provider, **_options(wanted, context, lines))
    except Exception as error:  # noqa: BLE001  (each package checks its options in its own way)
        problem = f"{about.package} does not take these settings ({type(error).__name__})"
        raise wanted.called.failed(ModelFailed, problem, "Correct WHOSAID_MODEL and WHOSAID_MODEL_URL.") from None
    if (chat.profile or {}).get("temperature") is False:
        chat.temperature = None  # type: ignore[attr-defined]  # every provider's class has it
    return chat


def _options(wanted: Wanted, context: int, lines: Lines) -> dict[str, Any]:
    make = {"openai": _openai, "ollama": _ollama}.get(wanted.provider)
    if make is not None:
        return {"temperature": 0, **make(wanted, context, lines)}
    own = {"base_url": wanted.base} if wanted.base else {}
    common = {"temperature": 0, "max_tokens": wanted.reply, "timeout": wanted.timeout, **own}
    retries = {"max_retries": 1} if wanted.provider == "google_genai" else {"max_retries": 0}  # of Google's: tries
    return {**common, **retries, "api_key": _secret(wanted)}


def _openai(wanted: Wanted, _context: int, lines: Lines) -> dict[str, Any]:
    """Servers of one's own know the limit by its older name only, OpenAI's newest models by the newer only."""
    import httpx2

    limit: dict[str, Any] = {"max_tokens": wanted.reply}
    if wanted.url:
        limit = {"extra_body": {"max_tokens": wanted.reply}}
    timeout = httpx2.Timeout(wanted.timeout, connect=min(_CONNECT, wanted.timeout))
    # A connection of its own for each call: it is cut where the call is stopped.
    limits = httpx2.Limits(max_keepalive_connections=0)
    client = httpx2.Client(timeout=timeout, limits=limits, event_hooks={"request": [lines.watch]})
    base = {"base_url": wanted.base} if wanted.base else {}
    common = {"http_client": client, "timeout": timeout, "max_retries": 0, "stream_usage": True}
    return {**limit, **base, **common, "api_key": _secret(wanted)}


def _ollama(wanted: Wanted, context: int, lines: Lines) -> dict[str, Any]:
    def authorised(request: Any) -> None:
        if wanted.secret:
            request.headers["Authorization"] = f"Bearer {wanted.secret}"

    # The key is no option of the package: it would stand in what tracers are told of the model.
    hooks = {"event_hooks": {"request": [lines.watch, authorised]}}
    common = {"timeout": wanted.timeout, "headers": {"Connection": "close"}}
    limits = {"num_predict": wanted.reply, "num_ctx": context}
    return {"base_url": wanted.base, "client_kwargs": common, "sync_client_kwargs": hooks, **limits}


def _secret(wanted: Wanted) -> Any:
    from pydantic import SecretStr

    return SecretStr(wanted.secret or _NO_KEY)
