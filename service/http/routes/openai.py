"""/v1: the interface that chat clients made for OpenAI's speak. The model is called ``whosaid``."""

from __future__ import annotations

import json
import re
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from service.errors import BadRequest
from service.http import shapes, streaming
from service.http.markdown import inline
from service.http.problems import in_both_dialects, problem, shown
from service.http.running import App, Running, plain
from service.http.shapes import HowIn, Words
from service.records import Answer, Answered, Question, Token, Turn

router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"])
# Chat clients show Markdown. The words of an article stay readable where it is not shown: only what would become a
# picture, a link or a tag is written in another way. The answer's own marks stay.
_MAY_ACT = re.compile(r"(\[\d+\])|(<)(?=[a-z/!?])|(!\[)|(\\*)\](?= ?[(\[:])", re.IGNORECASE)
MODEL, WRITTEN = "whosaid", "whosaid-model"  # the second where a chat model is attached: it writes the answer


class Part(BaseModel):
    """One piece of a message; only text is read."""

    type: str
    text: Words = ""


class Message(BaseModel):
    """One message. System messages are accepted and not followed: answers come from the articles alone."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: Words | list[Part] | None = Field(None)

    @property
    def words(self) -> str:
        """The text of all its parts."""
        return self.content if isinstance(self.content, str) else "".join(part.text for part in self.content or [])


class CompletionIn(BaseModel):
    """A chat. Fields that steer a language model (temperature …) are accepted and have no effect."""

    model_config = ConfigDict(extra="ignore")

    model: str = MODEL
    messages: list[Message] = Field(min_length=1, max_length=shapes.MOST_TURNS)
    stream: bool = False


@router.get("/models")
async def models(app: App) -> dict[str, Any]:
    """`whosaid`, and with a chat model attached `whosaid-model`, whose answers it writes."""
    names = (MODEL, WRITTEN) if app.settings.model else (MODEL,)
    return {
        "object": "list",
        "data": [{"id": name, "object": "model", "created": 0, "owned_by": "whosaid"} for name in names],
    }


@router.post("/chat/completions")
async def complete(body: CompletionIn, request: Request, app: App) -> Response:
    """Answer the last user message. Sources stand under the answer and, whole, in the extra field `whosaid`.

    `usage` is zero throughout: whosaid uses no tokens, and what an attached chat model uses its own server counts.
    """
    asked = _question(body, app)
    app.ready()
    if body.stream:
        return streaming.event_stream(_chunks(app, asked, request.state.request_id))
    answer = await streaming.whole(request, app, asked)
    if answer is None:
        return Response(status_code=streaming.GONE)
    content = inert(answer.answer) + sources(answer)
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
    fields = {**_frame("chat.completion", answer.id), "choices": [choice], "usage": usage, "whosaid": plain(answer)}
    return JSONResponse(fields)


def inert(text: str) -> str:
    """An answer's text, of which a program that shows Markdown makes text and nothing else."""
    return _MAY_ACT.sub(_inert, text)


def _inert(match: re.Match[str]) -> str:
    mark, tag, picture, escapes = match.groups()
    if mark:
        return str(mark)
    if tag:
        return "&lt;"
    return "!\\[" if picture else f"{escapes}{escapes}\\]"


def sources(answer: Answer) -> str:
    """The cited sources as lines to stand under an answer; empty where it cites none."""
    if answer.declined or not answer.citations:
        return ""
    return "\n\nSources:\n" + "\n".join(
        f"[{c.number}] {', '.join(inline(str(x)) for x in (c.source, c.title or c.document_id, c.published) if x)}"
        f" (characters {c.start}–{c.end})"
        for c in answer.citations
    )


def _question(body: CompletionIn, app: Running) -> Question:
    said = [message for message in body.messages if message.role in ("user", "assistant")]
    if not said or said[-1].role != "user":
        raise BadRequest(
            "the last message is not a user's",
            thing="messages",
            value=shown(body.messages[-1].role),
            remedy='End with {"role": "user", "content": "a question"}.',
        )
    history = [Turn("user" if message.role == "user" else "assistant", message.words) for message in said[:-1]]
    how = HowIn(answerer="model" if body.model == WRITTEN else "extractive")
    return shapes.question(said[-1].words, how, history=history, settings=app.settings)


async def _chunks(app: Running, asked: Question, request_id: str) -> AsyncIterator[bytes]:
    frame = _frame("chat.completion.chunk", request_id)
    yield _chunk(frame, {"role": "assistant", "content": ""})
    try:
        async with aclosing(app.events(asked, request_id=request_id)) as events:
            async for event in events:
                if isinstance(event, Token):
                    yield _chunk(frame, {"content": inert(event.text)})
                elif isinstance(event, Answered):
                    yield _chunk(frame, {"content": sources(event.answer)})
                    yield _chunk({**frame, "whosaid": plain(event.answer)}, {}, finish="stop")
    except Exception as error:  # noqa: BLE001  (the status line is out: a last chunk has to say it)
        details = problem(error, request_id=request_id)
        yield _line(in_both_dialects(details))
    yield b"data: [DONE]\n\n"


def _frame(kind: str, identity: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{identity}", "object": kind, "created": int(time.time()), "model": MODEL}


def _chunk(frame: Mapping[str, Any], delta: Mapping[str, str], finish: str | None = None) -> bytes:
    return _line({**frame, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})


def _line(fields: Mapping[str, Any]) -> bytes:
    return f"data: {json.dumps(fields, ensure_ascii=False)}\n\n".encode()
