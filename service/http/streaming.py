"""A question over HTTP: one stream of events, sent as it comes or folded into one object."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import Any

from fastapi import Request
from fastapi.sse import format_sse_event
from pydantic import TypeAdapter
from starlette.responses import JSONResponse, Response, StreamingResponse

from service.http.problems import problem
from service.http.running import Running, plain
from service.records import Answer, Answered, Citation, Event, PassagesFound, Question, Settled, Written

EVENT_STREAM = "text/event-stream"
_ALIVE = b": the model is at work\n\n"  # a comment, which no client shows
GONE = 499  # the asker left; nobody reads it, the metrics count it
Kept = Callable[[Answer], Awaitable[None]]
_CITATIONS: TypeAdapter[tuple[Citation, ...]] = TypeAdapter(tuple[Citation, ...])


async def respond(request: Request, running: Running, question: Question, then: Kept | None = None) -> Response:
    """The answer as the request's Accept header wants it; ``then`` runs with the answer before it is sent."""
    running.ready()
    if EVENT_STREAM in request.headers.get("accept", ""):
        return event_stream(_events(running, question, request.state.request_id, then))
    answer = await whole(request, running, question)
    if answer is None:
        return Response(status_code=GONE)
    if then:
        await then(answer)
    return JSONResponse(plain(answer))


def event_stream(body: AsyncIterator[bytes]) -> StreamingResponse:
    """Server-sent events that no proxy may hold back or keep."""
    return StreamingResponse(
        body, media_type=EVENT_STREAM, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


async def whole(request: Request, running: Running, question: Question) -> Answer | None:
    """The answer at the end of the stream; None where the asker left before it was there."""
    async with aclosing(running.events(question, request_id=request.state.request_id)) as events:
        async for event in events:
            if isinstance(event, Answered):
                return event.answer
            if await request.is_disconnected():
                return None
    raise RuntimeError("the question path ended without an answer")


async def _events(running: Running, question: Question, request_id: str, then: Kept | None) -> AsyncIterator[bytes]:
    try:
        async with aclosing(running.events(question, request_id=request_id)) as events:
            async for event in events:
                if then and isinstance(event, Answered):
                    await then(event.answer)
                yield _encoded(event)
    except Exception as error:  # noqa: BLE001  (the status line is out: a last event has to say it)
        yield _event("failed", problem(error, request_id=request_id))


def _encoded(event: Event) -> bytes:
    if isinstance(event, PassagesFound):
        return _event("passages", {"citations": _CITATIONS.dump_python(event.citations, mode="json")})
    if isinstance(event, Answered):
        return _event("answer", plain(event.answer))
    if isinstance(event, Written):
        return _event("draft", {"text": event.text}) if event.text else _ALIVE
    if isinstance(event, Settled):
        return _event("settled", {"end": event.end, "outcome": event.outcome})
    return _event("token", {"text": event.text})


def _event(name: str, fields: Any) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(fields, ensure_ascii=False))
