"""/api/chats: conversations, kept with their answers and citations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NoReturn

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from service.errors import NotFound, NotInThisVersion
from service.http import shapes, streaming
from service.http.problems import shown
from service.http.routes.asking import ANSWER_OR_EVENTS
from service.http.running import App, Inside, plain
from service.http.shapes import ChatIn, MessageIn
from service.records import Answer, Turn


@dataclass(frozen=True, slots=True)
class Message:
    """What was said. An assistant's message has its whole answer, as POST /api/ask gave it."""

    role: Literal["user", "assistant"]
    content: str
    created: str
    answer: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation without its messages. Times are ISO 8601, UTC."""

    id: str
    title: str | None
    created: str
    updated: str


@dataclass(frozen=True, slots=True)
class Chat(Listed):
    """A conversation with its messages, oldest first."""

    messages: list[Message]


@dataclass(frozen=True, slots=True)
class Chats:
    """One page of the list, and how many there are on all pages."""

    chats: list[Listed]
    total: int
    offset: int
    limit: int


router = APIRouter(prefix="/api/chats", tags=["chats"])
TURNS_READ = 20  # of what was said before; older ones no longer bear on a follow-up


@router.post("", status_code=201)
def start(inside: Inside, body: ChatIn | None = None) -> Chat:
    """Begin a conversation."""
    return _whole(inside.kept.start_chat(body.title if body else None))


@router.get("")
def listing(
    inside: Inside,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Chats:
    """The conversations, the last used first, without their messages."""
    chats, total = inside.kept.chats(offset=offset, limit=limit)
    return Chats([Listed(*_named(chat)) for chat in chats], total, offset, limit)


@router.get("/{chat_id}")
def one(chat_id: str, inside: Inside) -> Chat:
    """A conversation with its messages; an assistant's message has its whole `answer`."""
    return _whole(_chat(inside, chat_id))


@router.delete("/{chat_id}", status_code=204)
def remove(chat_id: str, inside: Inside) -> None:
    """Remove a conversation."""
    if not inside.kept.remove_chat(chat_id):
        _missing(chat_id)


@router.post("/{chat_id}/messages", responses=ANSWER_OR_EVENTS)
async def message(chat_id: str, body: MessageIn, request: Request, app: App, inside: Inside) -> Response:
    """Ask in a conversation: what was said before is known, question and answer are kept. Answers as /api/ask does."""
    chat = await app.in_worker(lambda: _chat(inside, chat_id))
    history = [Turn(said["role"], said["content"]) for said in chat["messages"][-TURNS_READ:]]
    asked = shapes.question(body.question or body.content or "", body, history=history, settings=app.settings)

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


def _whole(chat: Mapping[str, Any]) -> Chat:
    said = [Message(each["role"], each["content"], each["created_at"], each["answer"]) for each in chat["messages"]]
    return Chat(*_named(chat), said)


def _named(chat: Mapping[str, Any]) -> tuple[str, str | None, str, str]:
    return chat["id"], chat["title"], chat["created_at"], chat["updated_at"]


def _missing(chat_id: str) -> NoReturn:
    raise NotFound(
        "no such conversation is kept", thing="chat", value=shown(chat_id), remedy="GET /api/chats lists them."
    )
