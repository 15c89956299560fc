"""What the scripted service does with conversations that it keeps: renamed, shared, exported."""

from __future__ import annotations

from typing import Any, Protocol

from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

Values = dict[str, Any]


class Kept(Protocol):
    """What these routes need of the service's state."""

    chats: dict[str, Values]
    articles: dict[str, Values]


def keeping_routes(app: FastAPI, state: Kept) -> None:
    """The routes; what is shared lasts as long as its conversation is there."""

    @app.patch("/api/chats/{name}")
    async def rename(name: str, request: Request) -> Values:
        state.chats[name]["title"] = (await request.json())["title"]
        return state.chats[name]

    @app.get("/api/chats/{name}/export")
    def export(name: str, request: Request) -> Response:
        headers = {"Content-Disposition": f'attachment; filename="kept.{request.query_params["format"]}"'}
        return Response(f"{state.chats[name]['title']}\n", headers=headers, media_type="text/plain")

    @app.post("/api/chats/{name}/share", status_code=201)
    def share(name: str) -> Values:
        chat = state.chats[name]
        said = list(chat["messages"])
        made = {"id": f"share-{name}-{len(said)}", "created": said[-1]["created"], "title": chat["title"], "said": said}
        shares = chat.setdefault("shares", [])
        if made["id"] not in [each["id"] for each in shares]:
            shares.append(made)
        return made

    @app.delete("/api/chats/{name}/share", status_code=204)
    def unshare(name: str) -> None:
        state.chats[name]["shares"] = []

    @app.get("/api/shared/{name}")
    def shared(name: str) -> Response:
        for chat in state.chats.values():
            for made in chat.get("shares", []):
                if made["id"] == name:
                    messages = [_stated(message, state.articles) for message in made["said"]]
                    return JSONResponse({"title": made["title"], "created": made["created"], "messages": messages})
        detail = f"share {name!r}: nothing is shared under this id, or no longer. Ask whoever sent it for another."
        gone = {"type": "about:blank", "title": "Not Found", "status": 404, "code": "not-found", "detail": detail}
        return JSONResponse(gone, 404, media_type="application/problem+json")


def _stated(message: Values, articles: dict[str, Values]) -> Values:
    answer = message["answer"]
    if answer is None:
        return message
    citations = [{**each, "state": _state(each, articles)} for each in answer["citations"]]
    return {**message, "answer": {**answer, "citations": citations}}


def _state(citation: Values, articles: dict[str, Values]) -> str:
    article = articles.get(citation["document_id"])
    if article is None:
        return "missing"
    return "unchanged" if article["text"][citation["start"] : citation["end"]] == citation["quote"] else "changed"
