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
    ignore: tuple[str, ...] = ()  # words of the question that narrow nothing: chips that the asker took away


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
    copies: tuple[str, ...] = ()  # ids of articles that are copies and say the same: no sources of their own


@dataclass(frozen=True, slots=True)
class Understood:
    """What words of the question narrow the answer to. Days are those of what was said or happened, both inclusive."""

    kind: Literal["period", "source", "speaker"]
    text: str  # the words, as they stand in the question
    value: str | None  # the outlet or the speaker, as the archive names them; None for a period
    since: date | None
    until: date | None
    applied: bool
    note: str | None  # why it is not applied, or how it was dated
    typed: bool  # as "from:2022-08"


@dataclass(frozen=True, slots=True)
class Sources:
    """How many articles the citations of an answer are from, and how many of those are no copies of one another."""

    articles: int
    independent: int


NO_SOURCES = Sources(0, 0)


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer without its [n] marks, and the numbers of the citations that support it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """How a chat model's text became the answer, or why it did not. Counts are of sentences."""

    model: str  # as set: "ollama:llama3.2"
    prompts: tuple[str, ...]  # identities of the prompts that were used: "answer@1+3fa2c1d0"
    written: int = 0  # by the model, before checking
    mended: int = 0  # quotation marks or characters set right
    rewritten: int = 0  # failed, written anew by the model, and passed
    dropped: int = 0  # left out: failed, repeated, or, where the answer is not the model's, all
    fallback: str | None = None  # why the answer is the extractive one: a code, as "model-timeout"; None: it is not
    notes: tuple[str, ...] = ()  # the same and what else the reader should know, in sentences


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
    statements: tuple[Mapping[str, Any], ...] = ()
    conflicts: tuple[Mapping[str, Any], ...] = ()  # {"about", "values": [{"value", "citations"}]}: reports that differ
    understood: tuple[Understood, ...] = ()
    sources: Sources = NO_SOURCES
    writing: Writing | None = None  # where a chat model was asked
    filters: Filters | None = None  # given beside the question; None: it was asked of everything
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
class Written:
    """A piece of what a chat model writes, as it comes and before anything of it is checked. No part of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a sentence of what was ``Written``: the first ``end`` characters of all that are settled now."""

    end: int
    outcome: Literal["passed", "mended", "held", "dropped"]  # held: not yet decided, it may be written anew


@dataclass(frozen=True, slots=True)
class Answered:
    """Last event of a stream that did not fail."""

    answer: Answer


Event = PassagesFound | Token | Written | Settled | Answered
