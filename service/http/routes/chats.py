"""/api/chats and /api/shared: conversations, kept with their answers and citations, exported, and shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal, NoReturn

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from retriever.errors import ArticleNotFound
from service.errors import NotFound
from service.http import exporting, shapes, streaming
from service.http.problems import shown
from service.http.routes.asking import ANSWER_OR_EVENTS
from service.http.running import App, Inside, plain
from service.http.shapes import ChatIn, ChatsIn, MessageIn, RenameIn
from service.parts import Articles
from service.records import Answer, Turn


@dataclass(frozen=True, slots=True)
class Message:
    """What was said. An assistant's message has its whole answer, as POST /api/ask gave it, and that answer's id."""

    id: str
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
class Earlier:
    """Messages, oldest first, that were replaced: `by` is the id of the question that was asked in their place."""

    by: str
    messages: list[Message]


@dataclass(frozen=True, slots=True)
class Share:
    """What `GET /api/shared/{share_id}` shows, and since when."""

    id: str
    created: str


@dataclass(frozen=True, slots=True)
class Chat(Listed):
    """A conversation with its messages, oldest first; what was replaced, and what is shared of it, oldest first."""

    messages: list[Message]
    earlier: list[Earlier]
    shares: list[Share]


@dataclass(frozen=True, slots=True)
class Chats:
    """One page of the list, and how many there are on all pages."""

    chats: list[Listed]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class Shared:
    """A conversation as it was when it was shared. Each citation has one more field, `state`: `unchanged`, `changed`
    (its article no longer has the quote there) or `missing` (there is no such article any more).
    """

    title: str | None
    created: str
    messages: list[Message]


router = APIRouter(tags=["chats"])
TURNS_READ = 20  # of what was said before; older ones no longer bear on a follow-up
FILES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file", "content": {kind: {} for kind in exporting.MEDIA_TYPES.values()}}
}


@router.post("/api/chats", status_code=201)
def start(inside: Inside, body: ChatIn | None = None) -> Chat:
    """Begin a conversation."""
    return _whole(inside.kept.start_chat(body.title if body else None))


@router.get("/api/chats")
def listing(wanted: Annotated[ChatsIn, Query()], inside: Inside) -> Chats:
    """The conversations, the last used first, without their messages. `text` is looked for in titles, questions and
    answers, whatever its case and accents.
    """
    chats, total = inside.kept.chats(offset=wanted.offset, limit=wanted.limit, text=wanted.text)
    return Chats([Listed(*_named(chat)) for chat in chats], total, wanted.offset, wanted.limit)


@router.get("/api/chats/{chat_id}")
def one(chat_id: str, inside: Inside) -> Chat:
    """A conversation with its messages; an assistant's message has its whole `answer`."""
    return _whole(_chat(inside, chat_id))


@router.patch("/api/chats/{chat_id}")
def rename(chat_id: str, body: RenameIn, inside: Inside) -> Listed:
    """Give a conversation another title. Its place in the list stays."""
    return Listed(*_named(inside.kept.rename_chat(chat_id, body.title) or _missing(chat_id)))


@router.delete("/api/chats/{chat_id}", status_code=204)
def remove(chat_id: str, inside: Inside) -> None:
    """Remove a conversation, and what was shared of it."""
    if not inside.kept.remove_chat(chat_id):
        _missing(chat_id)


@router.post("/api/chats/{chat_id}/messages", responses=ANSWER_OR_EVENTS)
async def message(chat_id: str, body: MessageIn, request: Request, app: App, inside: Inside) -> Response:
    """Ask in a conversation: what was said before is known, question and answer are kept. Answers as /api/ask does.

    With `instead_of` the conversation goes on from before that question: only what came before it is known, and once
    the new answer is there, in one step with keeping it, the old question and all after it become an `earlier`
    version. Messages that are sent at the same time are answered side by side, each knowing what was kept when it was
    sent; question and answer are kept together, in the order in which answers are there. Of two that take the same
    place the one whose answer is there last stays, and the other becomes `earlier`.
    """
    kept, place = inside.kept, body.instead_of
    said = await app.in_worker(lambda: kept.turns(chat_id, limit=TURNS_READ, instead_of=place))
    if said is None:
        await app.in_worker(lambda: _out_of_place(inside, chat_id, place))
    history = [Turn("user" if role == "user" else "assistant", content) for role, content in said or ()]
    asked = shapes.question(body.question or body.content or "", body, history=history, settings=app.settings)

    def keep(answer: Answer) -> None:
        if not kept.add_exchange(chat_id, asked.text, plain(answer), instead_of=place):
            _out_of_place(inside, chat_id, place)

    async def then(answer: Answer) -> None:
        await app.in_worker(lambda: keep(answer))

    return await streaming.respond(request, app, asked, then)


@router.get("/api/chats/{chat_id}/export", response_class=Response, responses=FILES)
def export(
    chat_id: str,
    inside: Inside,
    form: Annotated[Literal["md", "json", "csv"], Query(alias="format", description="of the file")] = "md",
) -> Response:
    """A conversation as a file. `md`: to read, citations as footnotes. `csv`: a row for each citation. `json`:
    everything, as `GET /api/chats/{chat_id}` has it. Replaced messages are in `json` alone.
    """
    chat = _whole(_chat(inside, chat_id))
    exported = exporting.exported(asdict(chat), form)
    headers = {"Content-Disposition": exporting.disposition(chat.title, form), "Cache-Control": "no-store"}
    return Response(exported, headers=headers, media_type=exporting.MEDIA_TYPES[form])


@router.post("/api/chats/{chat_id}/share", status_code=201)
def share(chat_id: str, inside: Inside) -> Share:
    """Make the conversation readable, as it is now, at `/api/shared/{share_id}`. What is said later is not in it: for
    that, share again. Where nothing was said since, the share that there is.
    """
    made = inside.kept.share_chat(chat_id) or _missing(chat_id)
    return Share(made["id"], made["created_at"])


@router.delete("/api/chats/{chat_id}/share", status_code=204)
def unshare(chat_id: str, inside: Inside) -> None:
    """Take back everything that was shared of a conversation; nothing happens where nothing was."""
    if not inside.kept.unshare_chat(chat_id):
        _chat(inside, chat_id)


@router.get("/api/shared/{share_id}")
def shared(share_id: str, inside: Inside) -> Shared:
    """A conversation as it was when it was shared, and whether its citations still stand in their articles."""
    found = inside.kept.shared(share_id)
    if found is None:
        raise NotFound(
            "nothing is shared under this id, or no longer",
            thing="share",
            value=shown(share_id),
            remedy="Ask whoever sent it for another.",
        )
    return Shared(found["title"], found["created_at"], _with_states(found["messages"], inside.articles))


def _with_states(messages: Sequence[Mapping[str, Any]], articles: Articles) -> list[Message]:
    @lru_cache(maxsize=8)  # citations of one article tend to follow one another
    def text(document_id: str) -> str | None:
        try:
            return articles.article(document_id).text
        except ArticleNotFound:
            return None

    def checked(citation: Mapping[str, Any]) -> Mapping[str, Any]:
        now = text(citation["document_id"])
        if now is None:
            return {**citation, "state": "missing"}
        same = now[citation["start"] : citation["end"]] == citation["quote"]
        return {**citation, "state": "unchanged" if same else "changed"}

    def answered(answer: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        return answer and {**answer, "citations": [checked(each) for each in answer["citations"]]}

    return [_message({**said, "answer": answered(said["answer"])}) for said in messages]


def _chat(inside: Inside, chat_id: str) -> Mapping[str, Any]:
    return inside.kept.chat(chat_id) or _missing(chat_id)


def _whole(chat: Mapping[str, Any]) -> Chat:
    current: list[Message] = []
    replaced: dict[str, list[Message]] = {}
    for said in chat["messages"]:
        by = said["replaced_by"]
        (current if by is None else replaced.setdefault(by, [])).append(_message(said))
    order = [said["id"] for said in chat["messages"]]
    earlier = [Earlier(by, replaced[by]) for by in sorted(replaced, key=order.index)]
    shares = [Share(each["id"], each["created_at"]) for each in chat["shares"]]
    return Chat(*_named(chat), current, earlier, shares)


def _message(said: Mapping[str, Any]) -> Message:
    return Message(said["id"], said["role"], said["content"], said["created_at"], said["answer"])


def _named(chat: Mapping[str, Any]) -> tuple[str, str | None, str, str]:
    return chat["id"], chat["title"], chat["created_at"], chat["updated_at"]


def _missing(chat_id: str) -> NoReturn:
    raise NotFound(
        "no such conversation is kept", thing="chat", value=shown(chat_id), remedy="GET /api/chats lists them."
    )


def _out_of_place(inside: Inside, chat_id: str, message_id: str | None) -> NoReturn:
    """For a question that there is no place for, because the conversation, or that message of it, is gone."""
    chat = _chat(inside, chat_id)
    raise NotFound(
        "the conversation has no such message any more",
        thing="instead_of",
        value=shown(message_id),
        remedy=f"GET /api/chats/{chat['id']} has those that can be replaced.",
    )
