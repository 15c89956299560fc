"""A small service that answers as the interface says, with scripted content and real streaming.

It holds no logic worth testing: it is there so that the page can be driven fast and always the same way, also into
failures that the real service only shows under load.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, UploadFile
from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import service
from service.http.middleware import SECURITY
from tests.page.articles import ANSWERS, ARTICLES, declined
from tests.page.scripted_keeping import keeping_routes
from tests.page.scripted_statements import SAID_IN, STATEMENTS, statement_routes
from tests.page.scripted_writing import WRITTEN, keep, written

WEB = Path(service.__file__).parent / "web"
LISTED = ("title", "source", "author", "published", "url")
SLOW = "slowly"  # a question with this word is answered one word each tenth of a second
BROKEN = "break"  # … fails in the middle of its answer, the first time
BUSY = "busy"  # … is refused, the first time


class Scripted:
    """What the service holds: articles, statements, conversations, verdicts."""

    def __init__(self) -> None:
        self.statements: list[dict[str, Any]] = []
        self.reset()

    def reset(self) -> None:
        """Back to the articles alone."""
        self.articles = {name: {"id": name, **fields} for name, fields in ARTICLES.items()}
        self.statements[:] = STATEMENTS
        self.chats: dict[str, dict[str, Any]] = {}
        self.verdicts: dict[str, str] = {}
        self.feedback: list[dict[str, str]] = []
        self.model: str | None = None
        self.pauses: set[str] = set()  # stages at which a chat model stops writing while they are in here
        self.asked: list[dict[str, Any]] = []
        self.ready = True
        self.listed = 0  # requests for the list of articles
        self.left = 0  # streams whose reader went away
        self._seen: set[str] = set()

    def first_time(self, question: str) -> bool:
        """Is this the first time that this question is asked?"""
        new = question not in self._seen
        self._seen.add(question)
        return new

    def answer(self, question: str, ignore: list[str]) -> dict[str, Any]:
        """The scripted answer, with a fresh id; what is to be ignored is not applied."""
        answer = ANSWERS.get(question) or WRITTEN.get(question) or declined(question)
        removed = {"applied": False, "note": "removed"}
        understood = [{**one, **(removed if one["text"] in ignore else {})} for one in answer["understood"]]
        statements = SAID_IN.get(question, [])
        return {"id": f"answer-{len(self.asked)}", **answer, "statements": statements, "understood": understood}


def problem(status: int, code: str, detail: str) -> dict[str, Any]:
    """Problem details."""
    return {
        "type": "about:blank",
        "title": "Problem",
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": "r-1",
    }


def refused(status: int, code: str, detail: str) -> Response:
    """A response that carries a problem."""
    return JSONResponse(problem(status, code, detail), status, media_type="application/problem+json")


def scripted_app(state: Scripted) -> ASGIApp:
    """The routes of the interface that the page uses, and the page itself, under the service's own security headers."""
    app = FastAPI()

    @app.get("/readyz")
    def ready() -> Response:
        if state.ready:
            return JSONResponse({"status": "ready"})
        return refused(503, "not-ready", "The index is being opened. Try again in a few seconds.")

    @app.get("/api/status")
    def status() -> dict[str, Any]:
        return {"articles": len(state.articles), "chat_model": state.model}

    _article_routes(app, state)
    _chat_routes(app, state)
    keeping_routes(app, state)
    statement_routes(app, state.statements)
    app.mount("/", StaticFiles(directory=WEB, html=True))
    return _secured(app)


def _secured(app: ASGIApp) -> ASGIApp:
    async def secured(scope: Scope, receive: Receive, send: Send) -> None:
        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(SECURITY)
                # The page's own files are fetched once for all tests, which is most of the time of a test.
                headers["Cache-Control"] = (
                    "max-age=3600" if scope["path"].endswith((".js", ".css", ".svg")) else "no-store"
                )
            await send(message)

        await app(scope, receive, dressed)

    return secured


def _article_routes(app: FastAPI, state: Scripted) -> None:
    @app.get("/api/documents")
    def listing(request: Request, text: str = "", offset: int = 0, limit: int = 50) -> dict[str, Any]:
        state.listed += 1
        found = [
            each for each in list(state.articles.values()) if text.lower() in f"{each['title']} {each['text']}".lower()
        ]
        source, until = request.query_params.get("source"), request.query_params.get("until", "~")
        found = [each for each in found if source in (None, each["source"])]
        found = [each for each in found if until == "~" or (each["published"] or "~") <= until]
        page = [{name: each[name] for name in ("id", *LISTED)} for each in found[offset : offset + limit]]
        return {"documents": page, "total": len(found), "offset": offset, "limit": limit}

    @app.get("/api/documents/{name:path}")
    def one(name: str) -> Response:
        if name not in state.articles:
            return refused(404, "article-not-found", f"document {name!r}: it is not in the index.")
        said = [each for each in state.statements if each["document_id"] == name]
        return JSONResponse({**state.articles[name], "passages": [], "statements": said})

    @app.delete("/api/documents/{name:path}", status_code=204)
    def remove(name: str) -> None:
        del state.articles[name]

    @app.post("/api/documents")
    async def upload(files: list[UploadFile]) -> dict[str, Any]:
        outcomes = []
        for file in files:
            name, text = str(file.filename), (await file.read()).decode(errors="replace")
            if "broken" in name:
                why = f"file {name!r}: it is encrypted. Save it without a password."
                outcomes.append({"name": name, "status": "failed", "document_id": None, "reason": why})
                continue
            fields = dict.fromkeys(LISTED)
            state.articles[name] = {"id": name, **fields, "known": {}, "text": text}
            outcomes.append({"name": name, "status": "added", "document_id": name, "reason": None})
        return {"outcomes": outcomes}

    @app.post("/api/feedback", status_code=201)
    def feedback(body: dict[str, str]) -> dict[str, str]:
        state.verdicts[body["answer_id"]] = body["verdict"]
        state.feedback.append(body)
        return body


def _chat_routes(app: FastAPI, state: Scripted) -> None:
    @app.get("/api/chats")
    def listing(text: str = "", offset: int = 0, limit: int = 50) -> dict[str, Any]:
        found = [chat for chat in state.chats.values() if text.lower() in json.dumps(chat, ensure_ascii=False).lower()]
        chats = [{name: chat[name] for name in ("id", "title", "created", "updated")} for chat in found[::-1]]
        return {"chats": chats[offset : offset + limit], "total": len(chats), "offset": offset, "limit": limit}

    @app.post("/api/chats", status_code=201)
    def start() -> dict[str, Any]:
        chat: dict[str, Any] = {
            "id": f"chat-{len(state.chats) + 1}",
            "title": None,
            "created": _now(),
            "updated": _now(),
            "messages": [],
            "earlier": [],
            "shares": [],
        }
        state.chats[str(chat["id"])] = chat
        return chat

    @app.get("/api/chats/{name}")
    def one(name: str) -> Response:
        if name not in state.chats:
            return refused(404, "not-found", f"chat {name!r}: no such conversation is kept. GET /api/chats lists them.")
        return JSONResponse(state.chats[name])

    @app.delete("/api/chats/{name}", status_code=204)
    def remove(name: str) -> None:
        del state.chats[name]

    @app.post("/api/chats/{name}/messages")
    async def message(name: str, body: dict[str, Any]) -> Response:
        question = body["content"]
        state.asked.append(body)
        first = state.first_time(question)
        if BUSY in question and first:
            return refused(409, "store-busy", "index 'test': another ingest holds it. Try again in a moment.")
        stream = _stream(state, state.chats[name], body, broken=BROKEN in question and first)
        return StreamingResponse(stream, media_type="text/event-stream")


async def _stream(state: Scripted, chat: dict[str, Any], body: dict[str, Any], *, broken: bool) -> AsyncIterator[bytes]:
    question = body["content"]
    answer = {**state.answer(question, body.get("ignore", [])), "filters": body.get("filters")}
    wait = 0.1 if SLOW in question else 0.002
    finished = False
    try:
        yield _event("passages", {"citations": answer["citations"]})
        if body.get("answerer") == "model":
            async for name, data in written(state.pauses):
                yield _event(name, data)
        for word in answer["answer"].split(" ") if body.get("answerer") != "model" else ():
            await asyncio.sleep(wait)
            yield _event("token", {"text": word + " "})
            if broken:
                yield _event(
                    "failed", problem(500, "internal-error", "Something failed that should not have: request r-1.")
                )
                return
        chat["title"] = chat["title"] or question
        keep(chat, question, answer, instead_of=body.get("instead_of"), now=_now())
        finished = True
        yield _event("answer", answer)
    finally:
        state.left += not finished


def _event(name: str, fields: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(fields)}\n\n".encode()


def _now() -> str:
    return datetime.now(UTC).isoformat()
