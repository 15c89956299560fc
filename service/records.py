"""The core types of the service: a question, an answer, the events in between. Frozen, free of third-party types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from retriever.records import Filters

EVERYTHING = Filters()
Reason = Literal["nothing_relevant", "speaker_not_found", "not_said", "unsupported"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks, as they typed it (1 to 2,000 characters), oldest turn of ``history`` first."""

    text: str
    history: tuple[Turn, ...] = ()
    filters: Filters = EVERYTHING
    answerer: Literal["extractive", "model"] = "extractive"


@dataclass(frozen=True, slots=True)
class Citation:
    """``quote == article.text[start:end]``, always; offsets in code points."""

    number: int  # 1 for the first; what [1] in the answer points to
    document_id: str
    title: str | None
    source: str | None
    author: str | None
    published: date | None
    url: str | None
    passage_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer without its [n] marks, and the numbers of the citations that support it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The object of POST /api/ask, field for field (see the README)."""

    id: str
    question: str  # the stand-alone form
    answer: str
    declined: bool
    reason: Reason | None
    confidence: float  # 0 to 1: calibrated chance that the answer is right
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    answerer: Literal["extractive", "model"] = "extractive"
    statements: tuple[Mapping[str, Any], ...] = ()  # empty until statements are indexed
    conflicts: tuple[Mapping[str, Any], ...] = ()  # empty until reports are compared
    timings_ms: Mapping[str, float] | None = None  # "search", "compose", "total"


@dataclass(frozen=True, slots=True)
class PassagesFound:
    """First event: the evidence the answer will be taken from, best first, numbered for display only."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the answer's text; all tokens of a stream joined are ``Answer.answer``."""

    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """Last event of a stream that did not fail."""

    answer: Answer


Event = PassagesFound | Token | Answered
