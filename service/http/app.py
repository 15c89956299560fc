"""The web application: one state, the layers around it, the routes."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Lifespan

from retriever.errors import RetrieverError, StoreBusy
from service.http.middleware import Around
from service.http.problems import MEDIA_TYPE, Problem, add_handlers
from service.http.routes import asking, chats, documents, openai, operations, pages, statements
from service.http.running import Running
from service.journal import journal
from service.parts import Parts
from service.settings import Settings

SECONDS_BETWEEN_TRIES = 1.0
Build = Callable[[Settings], Parts]
Announce = Callable[[Exception | None], None]
PROBLEM = {"description": "A problem", "model": Problem}


def create_app(settings: Settings, build: Build | None = None, *, announce: Announce | None = None) -> FastAPI:
    """The app. It answers /healthz at once and opens the index beside; ``announce`` hears None once that is done.

    ``build`` makes the inside (default: service.wiring.build). Where it fails, every other path answers with that
    failure as a problem, and ``announce`` hears the failure.
    """
    running = Running(settings)
    app = _App(
        title="whosaid",
        summary="Who said what, and when: answers from your own articles, cited to the characters of their source.",
        version="0.1.0",
        lifespan=_lifespan(running, build, announce),
        docs_url=None,
        redoc_url=None,
        responses={"default": PROBLEM},
        redirect_slashes=False,
    )
    app.state.running = running
    for room in (asking, documents, statements, chats, openai, operations, pages):
        app.include_router(room.router)
    pages.add_files(app)
    add_handlers(app)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)  # not events: they go out as they come
    app.add_middleware(Around, settings=settings, metrics=running.metrics)
    return app


class _App(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """The framework's document, with problems under the media type that they are sent with."""
        if self.openapi_schema is None:
            for calls in super().openapi()["paths"].values():
                for call in calls.values():
                    told = call["responses"]["default"]
                    told["content"] = {MEDIA_TYPE: told["content"]["application/json"]}
        return super().openapi()


def _lifespan(running: Running, build: Build | None, announce: Announce | None) -> Lifespan[FastAPI]:
    stopping = threading.Event()

    def prepare() -> None:
        try:
            running.parts = _opened(running.settings, build, stopping)
            running.metrics.measure_index(lambda: _sizes(running))
        except Exception as error:  # noqa: BLE001  (kept as the state: each request and /readyz tells it)
            running.failure = error
            journal().exception("index not opened")
        if announce:
            announce(running.failure)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        threading.Thread(target=prepare, name="prepare", daemon=True).start()
        yield
        stopping.set()

    return lifespan


def _opened(settings: Settings, build: Build | None, stopping: threading.Event) -> Parts:
    if build is None:
        from service import wiring  # brings Chroma: only when it is needed

        build = wiring.build
    parts = build(settings)
    while True:
        try:
            with ThreadPoolExecutor(1, thread_name_prefix="loading") as pool:
                early = pool.submit(parts.answering.load)  # beside the index, which may not be whole yet
                recovered = parts.articles.recover()
            if early.exception():
                parts.answering.load()
        except StoreBusy as error:  # whosaid ingest at work: it ends
            journal().warning("index is busy", extra={"fields": {"why": str(error)}})
            if stopping.wait(SECONDS_BETWEEN_TRIES):
                raise
        else:
            journal().info("index opened", extra={"fields": {"data": settings.data, "recovered": recovered}})
            return parts


def _sizes(running: Running) -> dict[str, int]:
    try:
        status = running.ready().articles.status()
    except RetrieverError as error:  # the other figures are wanted most when the index fails
        journal().warning("index not measured", exc_info=error)
        return {}
    return {kind: value for kind, value in status.items() if isinstance(value, int) and not isinstance(value, bool)}
