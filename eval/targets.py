"""What is measured, behind one protocol: this checkout's parts in process, or a running service by its REST API."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter, ValidationError

from eval.metrics import Slice
from retriever.errors import ArticleNotFound, RetrieverError
from retriever.records import Query
from service.errors import ServiceError
from service.records import Answer, Answered, Question
from service.settings import Settings

if TYPE_CHECKING:
    from service.parts import Parts

REPLY_WITHIN = 120.0  # seconds; far above any answer's time, so that a service that hangs is named and not waited for


class BadAnswererError(ValueError):
    """Raised when what is to be asked is no answerer: its name, what would do."""


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who is to answer, as the command line names it: "extractive", "model", or "model:ollama:llama3.2"."""

    name: str = "extractive"

    def __post_init__(self) -> None:
        kind, colon, model = self.name.partition(":")
        if kind not in ("extractive", "model") or (colon and (kind != "model" or not model)):
            raise BadAnswererError(
                f"{self.name!r} is no answerer. Write extractive, model (the one that is set) or model:PROVIDER:NAME."
            )

    @property
    def kind(self) -> Literal["extractive", "model"]:
        return "extractive" if self.name == "extractive" else "model"

    @property
    def model(self) -> str | None:
        """The chat model that is named; None: the one that the settings name, where one is asked."""
        return self.name.partition(":")[2] or None

    @property
    def folder(self) -> str:
        """The name, fit for a folder."""
        return re.sub(r"[^\w.-]+", "-", self.name)


EXTRACTIVE = Answerer()


class TargetError(Exception):
    """Raised when what is measured cannot be opened, reached or understood, or fails on a question."""


class Target(Protocol):
    """Answers questions and shows the articles they came from. Everything raises TargetError on failure."""

    def ask(self, question: Question) -> Answer:
        """One answer, start to end."""

    def ranked(self, words: str, limit: int) -> list[Slice]:
        """The passages found for these words, best first."""

    def text(self, document_id: str) -> str | None:
        """The article's text; None where there is no such article."""

    def described(self) -> Mapping[str, Any]:
        """Models and settings, as plain values."""

    def close(self) -> None:
        """Let go of what it holds open."""


class InProcess:
    """The parts of this checkout, without HTTP in between."""

    def __init__(self, parts: Parts, settings: Mapping[str, Any]) -> None:
        self._parts, self._settings = parts, settings

    def ask(self, question: Question) -> Answer:
        try:
            *_, last = self._parts.answering.events(question)
        except (RetrieverError, ServiceError) as error:
            raise TargetError(f"{question.text!r} was not answered: {error}") from error
        if not isinstance(last, Answered):
            raise TargetError(f"{question.text!r}: the last event is {type(last).__name__}, not the answer.")
        return last.answer

    def ranked(self, words: str, limit: int) -> list[Slice]:
        try:
            hits = self._parts.search.search(Query(words, limit=limit))
        except RetrieverError as error:
            raise TargetError(f"the search for {words!r} failed: {error}") from error
        return [Slice(hit.article.id, hit.passage.start, hit.passage.end) for hit in hits]

    def text(self, document_id: str) -> str | None:
        try:
            return self._parts.articles.article(document_id).text
        except ArticleNotFound:
            return None

    def described(self) -> Mapping[str, Any]:
        return {"index": dict(self._parts.articles.status()), "settings": dict(self._settings)}

    def close(self) -> None:
        """Nothing to let go of: the parts last as long as the process."""


class OverHttp:
    """A service that runs at ``url``, asked as any client would ask it."""

    def __init__(self, url: str, *, client: httpx.Client | None = None) -> None:
        self._url = url.rstrip("/")
        self._client = client or httpx.Client(base_url=self._url, timeout=REPLY_WITHIN)
        self._texts: dict[str, str | None] = {}

    def ask(self, question: Question) -> Answer:
        body = {
            "question": question.text,
            "history": [asdict(turn) for turn in question.history],
            "answerer": question.answerer,
        }
        received = self._call("POST", "/api/ask", json=body)
        try:
            return TypeAdapter(Answer).validate_python(received)
        except ValidationError as error:
            raise TargetError(f"{self._url}/api/ask sent no answer that can be read: {error}") from error

    def ranked(self, words: str, limit: int) -> list[Slice]:
        found = self._call("GET", "/api/search", params={"q": words, "limit": limit})
        return [Slice(each["document_id"], each["start"], each["end"]) for each in found["passages"]]

    def text(self, document_id: str) -> str | None:
        if document_id not in self._texts:
            found = self._call("GET", f"/api/documents/{quote(document_id)}", missing_ok=True)
            self._texts[document_id] = None if found is None else str(found["text"])
        return self._texts[document_id]

    def described(self) -> Mapping[str, Any]:
        return {"url": self._url, "index": self._call("GET", "/api/status")}

    def close(self) -> None:
        self._client.close()

    def _call(self, method: str, path: str, *, missing_ok: bool = False, **sent: Any) -> Any:
        try:
            reply = self._client.request(method, path, **sent)
        except httpx.HTTPError as error:
            raise TargetError(f"{self._url}{path}: {error}. Is the service running there?") from error
        if missing_ok and reply.status_code == 404:
            return None
        if reply.is_error:
            raise TargetError(f"{self._url}{path} replied {reply.status_code}: {reply.text[:500]}")
        return reply.json()


def opened(folder: Path | None, *, learning: bool = False, model: str | None = None) -> tuple[Parts, Settings]:
    """The parts over the index in ``folder`` (None: the one the settings name); ``learning``: as weights are learned
    with; ``model``: a chat model in place of the one that is set. Raises TargetError.
    """
    try:
        settings = Settings.load(data=folder, model=model)
        if not settings.data.is_dir():
            raise TargetError(
                f"index folder {str(settings.data)!r} is not there. Make it: whosaid ingest PATH --data DIR"
            )
        from service.wiring import build

        return build(settings, learning=learning), settings
    except (RetrieverError, ServiceError) as error:
        raise TargetError(str(error)) from error


def in_process(folder: Path | None, answerer: Answerer = EXTRACTIVE) -> InProcess:
    """The parts over the index in ``folder`` as what is measured. Raises TargetError, also where a chat model is to
    answer and none is named.
    """
    parts, settings = opened(folder, model=answerer.model)
    if answerer.kind == "model" and settings.model is None:
        raise TargetError("no chat model is set. Name one: --answerer model:ollama:llama3.2, or WHOSAID_MODEL.")
    return InProcess(parts, settings.model_dump(mode="json"))
