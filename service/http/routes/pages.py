"""The chat page at /, the reference at /docs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from service.http.reference import page

router = APIRouter(include_in_schema=False)


@router.get("/docs", response_class=HTMLResponse)
def reference(request: Request) -> str:
    """The reference, made from the OpenAPI document; nothing in it comes from elsewhere."""
    return page(request.app.openapi())


class Files(StaticFiles):
    """Files of a folder of this package. Browsers ask each time whether they changed, and are told by the ETag."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with leave to keep it but not to use it unasked."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def add_files(app: FastAPI) -> None:
    """Serve the page and the reference's files. Each has its own path: one path for all would hide every 405."""
    package = Path(str(files("service")))
    app.mount("/docs", Files(directory=package / "http" / "reference_files"))
    web = Files(directory=package / "web")
    app.router.routes.append(Route("/", _file(web, "index.html")))
    for entry in sorted((package / "web").iterdir()):
        if entry.is_dir():
            app.mount(f"/{entry.name}", Files(directory=entry))
        else:
            app.router.routes.append(Route(f"/{entry.name}", _file(web, entry.name)))


def _file(folder: Files, name: str) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        return await folder.get_response(name, request.scope)

    return serve
