"""POST /api/ask, GET /api/search and POST /api/feedback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from retriever import records
from service.errors import NotFound
from service.http import shapes, streaming
from service.http.problems import shown
from service.http.running import App, Inside
from service.http.shapes import AskIn, FeedbackIn, HowIn, SearchIn
from service.records import Answer

router = APIRouter(tags=["questions"])
ANSWER_OR_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": Answer,
        "description": "The answer; with `Accept: text/event-stream` the events `passages` ({citations}), "
        "`token` ({text})… and last one `answer` (the same object) or `failed` (a problem)",
        "content": {streaming.EVENT_STREAM: {}},
    }
}


@router.post("/api/ask", responses=ANSWER_OR_EVENTS)
async def ask(body: AskIn, request: Request, app: App) -> Response:
    """Answer a question from the indexed articles, every sentence cited to the characters of its source."""
    history = [turn.turn() for turn in body.history]
    asked = shapes.question(body.question, body, history=history, settings=app.settings)
    return await streaming.respond(request, app, asked)


@dataclass(frozen=True, slots=True)
class Found:
    """A ranked passage. ``text == article.text[start:end]``, offsets in code points."""

    passage_id: str
    document_id: str
    title: str | None
    source: str | None
    published: date | None
    start: int
    end: int
    text: str
    speaker: str | None
    score: float
    similarity: float | None
    words: float | None
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundPassages:
    """What a search found, best first."""

    q: str
    passages: list[Found]


@router.get("/api/search")
def search(asked: Annotated[SearchIn, Query()], inside: Inside, app: App) -> FoundPassages:
    """Passages, best first, with their scores (comparable within one search; `similarity` across searches)."""
    question = shapes.question(asked.q, HowIn(), history=[], settings=app.settings)
    hits = inside.search.search(records.Query(question.text, asked.filters(), asked.limit))
    return FoundPassages(question.text, [_found(hit) for hit in hits])


def _found(hit: records.Hit) -> Found:
    passage, article = hit.passage, hit.article
    return Found(
        passage.id, article.id, article.title, article.source, article.published, passage.start, passage.end,
        passage.text, passage.speaker, hit.score, hit.similarity, hit.words, hit.copies,
    )  # fmt: skip


@router.post("/api/feedback", status_code=201)
def feedback(body: FeedbackIn, inside: Inside) -> FeedbackIn:
    """Keep a verdict on an answer. All are kept; the last one counts."""
    if inside.kept.answer(body.answer_id) is None:
        raise NotFound(
            "no such answer is kept",
            thing="answer_id",
            value=shown(body.answer_id),
            remedy="Use the id of an answer of POST /api/ask.",
        )
    inside.kept.keep_verdict(body.answer_id, body.verdict, body.comment, body.reason)
    return body


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody thought of an answer, and when (ISO 8601, UTC). `question` is the stand-alone form."""

    answer_id: str
    question: str | None
    answer: str | None
    verdict: str
    reason: str | None
    comment: str | None
    given: str


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One page of the list, and how many there are on all pages."""

    feedback: list[Verdict]
    total: int
    offset: int
    limit: int


@router.get("/api/feedback")
def verdicts(
    inside: Inside,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Verdicts:
    """All verdicts, the last given first, each with the question and the answer it is on."""
    given, total = inside.kept.feedback(offset=offset, limit=limit)
    return Verdicts([_verdict(each) for each in given], total, offset, limit)


def _verdict(kept: Mapping[str, Any]) -> Verdict:
    return Verdict(
        kept["answer_id"], kept["question"], kept["answer"], kept["verdict"], kept["reason"], kept["comment"],
        kept["given_at"],
    )  # fmt: skip
