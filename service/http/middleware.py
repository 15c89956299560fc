"""Around every request: its id, the guards at the door, security headers, counting, and what nobody expected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from uuid import uuid4

from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import CrossSite, HostNotAllowed, ServiceError, TooLarge
from service.http.metrics import Metrics
from service.http.problems import in_both_dialects, problem, response, shown
from service.settings import Settings

MOST_JSON_BYTES = 1024**2  # a question with a long history; files have their own limit
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SECURITY: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Around:
    """The outermost layer of the app."""

    def __init__(self, app: ASGIApp, *, settings: Settings, metrics: Metrics) -> None:
        self._app, self._settings, self._metrics = app, settings, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        status: int | None = None

        async def dressed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = MutableHeaders(scope=message)
                own["X-Request-ID"] = request_id
                for name, value in SECURITY.items():
                    own.setdefault(name, value)
            await send(message)

        try:
            self._guard(scope["method"], headers)
            await self._app(scope, self._limited(scope, headers, receive), dressed)
        except Exception as error:  # noqa: BLE001  (the last place that can answer: logged with its trace by problem())
            details = problem(error, request_id=request_id)
            if status is None:
                details = in_both_dialects(details) if scope["path"].startswith("/v1/") else details
                await response(details)(scope, receive, dressed)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            self._metrics.request(scope["method"], route, status or HTTPStatus.INTERNAL_SERVER_ERROR)

    def _guard(self, method: str, headers: Headers) -> None:
        host = headers.get("host", "")
        if _name(host) not in self._settings.hosts:
            raise HostNotAllowed(
                "this service does not answer for that name",
                thing="Host",
                value=shown(host),
                remedy="Use http://localhost, or add the name to WHOSAID_ALLOWED_HOSTS.",
            )
        origin = headers.get("origin")
        foreign = origin is not None and origin.partition("://")[2].lower() != host.lower()
        if method not in SAFE_METHODS and (foreign or headers.get("sec-fetch-site") == "cross-site"):
            raise CrossSite(
                "a page of another site may not change anything here",
                thing="Origin",
                value=shown(origin),
                remedy="Use this service's own page, or a program that is no browser.",
            )

    def _limited(self, scope: Scope, headers: Headers, receive: Receive) -> Receive:
        upload = scope["path"] == "/api/documents"
        limit = self._settings.max_upload_bytes if upload else MOST_JSON_BYTES
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > limit:
            raise _too_large(int(length), limit, upload=upload)
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise _TooLargeMidway(413, str(_too_large(seen, limit, upload=upload)))
            return message

        return counted


class _TooLargeMidway(HTTPException):
    """The only kind of exception that the framework lets through while it reads a body."""


def _too_large(size: int, limit: int, *, upload: bool) -> ServiceError:
    remedy = "Send fewer or smaller files, raise WHOSAID_MAX_UPLOAD_BYTES, or use whosaid ingest." if upload else ""
    return TooLarge(
        f"it is over the limit of {limit:,} bytes",
        thing="request body",
        value=f"{size:,} bytes",
        remedy=remedy or "Send a shorter history.",
    )


def _name(host: str) -> str:
    bare = host[: host.rfind("]") + 1] if host.startswith("[") else host.partition(":")[0]
    return bare.strip("[]").lower()
