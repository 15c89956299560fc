"""/api/chats: conversations, kept with their answers and citations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, NoReturn

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from service import shapes, streaming
from service.errors import NotFound, NotInThisVersion
from service.problems import shown
from service.records import Answer
from service.routes.asking import ANSWER_OR_EVENTS
from service.running import App, Inside, plain
from service.shapes import ChatIn, MessageIn, TurnIn

router = APIRouter(prefix="/api/chats", tags=["chats"])
TURNS_READ = 20  # of what was said before; older ones no longer bear on a follow-up


@router.post("", status_code=201)
def start(inside: Inside, body: ChatIn | None = None) -> Mapping[str, Any]:
    """Begin a conversation."""
    return inside.kept.start_chat(body.title if body else None)


@router.get("")
def listing(
    inside: Inside,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """The conversations, the last used first, without their messages."""
    chats, total = inside.kept.chats(offset=offset, limit=limit)
    return {"chats": chats, "total": total, "offset": offset, "limit": limit}


@router.get("/{chat_id}")
def one(chat_id: str, inside: Inside) -> Mapping[str, Any]:
    """A conversation with its messages; an assistant's message has its whole `answer`."""
    return _chat(inside, chat_id)


@router.delete("/{chat_id}", status_code=204)
def remove(chat_id: str, inside: Inside) -> None:
    """Remove a conversation."""
    if not inside.kept.remove_chat(chat_id):
        _missing(chat_id)


@router.post("/{chat_id}/messages", responses=ANSWER_OR_EVENTS)
async def message(chat_id: str, body: MessageIn, request: Request, app: App, inside: Inside) -> Response:
    """Ask in a conversation: what was said before is known, question and answer are kept. Answers as /api/ask does."""
    chat = await app.in_worker(lambda: _chat(inside, chat_id))
    asked = shapes.question(
        body.question or body.content or "",
        history=[TurnIn(role=said["role"], content=said["content"]) for said in chat["messages"][-TURNS_READ:]],
        filters=body.filters,
        answerer=body.answerer,
        settings=app.settings,
    )

    def keep(answer: Answer) -> None:
        inside.kept.add_message(chat_id, "user", asked.text, None)
        inside.kept.add_message(chat_id, "assistant", answer.answer, plain(answer))

    async def kept(answer: Answer) -> None:
        await app.in_worker(lambda: keep(answer))

    return await streaming.respond(request, app, asked, kept)


@router.get("/{chat_id}/export", responses={501: {"description": "not in this version"}})
def export(chat_id: str) -> Response:
    """Reserved: not in this version."""
    raise NotInThisVersion(
        "conversations cannot be exported in this version",
        thing="chat",
        value=shown(chat_id),
        remedy=f"GET /api/chats/{shown(chat_id)} has the whole conversation as JSON.",
    )


def _chat(inside: Inside, chat_id: str) -> Mapping[str, Any]:
    return inside.kept.chat(chat_id) or _missing(chat_id)


def _missing(chat_id: str) -> NoReturn:
    raise NotFound(
        "no such conversation is kept", thing="chat", value=shown(chat_id), remedy="GET /api/chats lists them."
    )
