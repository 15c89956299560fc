"""/healthz, /readyz, /metrics and /api/status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from service.http.running import App, Inside

router = APIRouter(tags=["operation"])


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """Whether the process answers at all."""
    return {"status": "alive"}


@router.get("/readyz")
def ready(app: App) -> dict[str, str]:
    """Whether questions can be answered: 503 with a problem while the index is being opened."""
    app.ready()
    return {"status": "ready"}


@router.get("/metrics", response_class=Response)
def metrics(app: App) -> Response:
    """Figures for Prometheus."""
    return Response(app.metrics.text(), media_type=app.metrics.media_type)


@router.get("/api/status")
def status(app: App, inside: Inside) -> Mapping[str, Any]:
    """What is indexed, with which models, whether it is whole; `chat_model` may answer where it is not null."""
    return {**inside.articles.status(), "chat_model": app.settings.model}
