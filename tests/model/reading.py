"""A question goes to the real question path with the real model; what came of it comes out, looked at hard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from eval.metrics import false_quotations, inexact_slices
from eval.uncited import unsupported
from retriever.records import Filters
from service.parts import Parts
from service.records import Answer, Answered, Event, PassagesFound, Question, Settled, Token, Writing, Written
from service.settings import Settings
from service.wiring import build
from tests.model.serving import Serving

REPLY = 160  # tokens; a model as small as this does not find an end


@dataclass(frozen=True)
class Read:
    """``drafted``: all that the model wrote as the reader saw it come."""

    answer: Answer
    writing: Writing
    drafted: str
    settled: tuple[Settled, ...]


def parts(index: Settings, serving: Serving) -> Parts:
    """The parts over an index, with the model of a server."""
    given = {"data": index.data, "cache": index.cache, "threads": 1, "model_reply": REPLY, **serving.settings}
    return build(Settings.load({}, **given))


def asked(parts: Parts, question: str, *documents: str) -> Iterator[Event]:
    """The events of a question to the model, about ``documents`` alone: it reads slowly."""
    return parts.answering.events(Question(question, filters=Filters(documents=documents), answerer="model"))


def read(parts: Parts, events: Iterator[Event]) -> Read:
    """All of it, after what holds for every answer has been looked at, by code that is not the service's."""
    first, *others, last = events
    assert isinstance(first, PassagesFound)
    assert isinstance(last, Answered)
    answer = last.answer
    assert answer.writing is not None
    assert "".join(each.text for each in others if isinstance(each, Token)) == answer.answer
    texts = {each.document_id: parts.articles.article(each.document_id).text for each in answer.citations}
    assert inexact_slices(answer, texts) == []
    assert false_quotations(answer) == ()
    if answer.answerer == "model":
        assert unsupported(answer) == ()
    drafted = "".join(each.text for each in others if isinstance(each, Written))
    settled = tuple(each for each in others if isinstance(each, Settled))
    assert all(0 < each.end <= len(drafted) for each in settled)
    return Read(answer, answer.writing, drafted, settled)
