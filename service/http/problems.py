"""Every error as one shape: RFC 9457 problem details. Messages for programs and people, never a stack trace."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from retriever import errors as inside
from service.errors import ServiceError
from service.journal import journal

MEDIA_TYPE = "application/problem+json"
LONGEST_VALUE = 120  # characters of a value that a message repeats

_STATUS: Mapping[type[inside.RetrieverError], int] = {
    inside.UnreadableFile: 422,
    inside.ArticleNotFound: 404,
    inside.CursorUnusable: 422,
    inside.StoreBusy: 409,
    inside.StoreFull: 507,
    inside.StoreDamaged: 500,
    inside.ModelUnusable: 503,
}


class Problem(BaseModel):
    """What every error looks like."""

    type: str = Field(description="where the code is explained, relative to this service")
    title: str
    status: int
    detail: str = Field(description="the thing, its value, what is wrong with it, the remedy")
    code: str = Field(description="stable, for programs")
    request_id: str = Field(description="also in the X-Request-ID header and in the log")


UNTYPED: Mapping[str, str] = {  # codes that no error of the project's own has
    "internal-error": "Something failed that should not have; the log tells under the request's id.",
    "method-not-allowed": "There is something at this address, but it does not take this method.",
}


def problem(error: Exception, *, request_id: str) -> dict[str, Any]:
    """The problem details of any exception; an unexpected one is logged with its trace and tells nothing of itself."""
    if isinstance(error, ServiceError):
        return _details(error.status, error.code, str(error), request_id)
    if isinstance(error, inside.RetrieverError):
        status = next((_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), 500)
        return _details(status, error.code, str(error), request_id)
    journal().error("unexpected failure", exc_info=error, extra={"fields": {"request_id": request_id}})
    detail = f"Something failed that should not have. The log has it under request {request_id}; please report it."
    return _details(500, "internal-error", detail, request_id)


def _details(status: int, code: str, detail: str, request_id: str) -> dict[str, Any]:
    return {
        "type": f"/docs#problem-{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_id,
    }


def response(details: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    """The response that carries a problem. Non-ASCII is escaped, so that no odd character can break it."""
    more = {"Retry-After": "5"} if details["status"] in (409, 503) else {}
    return Response(json.dumps(details), details["status"], headers={**(headers or {}), **more}, media_type=MEDIA_TYPE)


def shown(value: object) -> str:
    """A value as a message repeats it: in one line, not too long."""
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}… ({len(text):,} characters)"


def in_both_dialects(details: Mapping[str, Any]) -> dict[str, Any]:
    """The problem with the member ``error`` that clients made for OpenAI's interface look for."""
    return {**details, "error": {"message": details["detail"], "type": details["title"], "code": details["code"]}}


def add_handlers(app: FastAPI) -> None:
    """Turn the framework's errors and ours into problems. Unexpected ones are caught further out (middleware.py)."""

    def respond(request: Request, details: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response:
        return response(in_both_dialects(details) if request.url.path.startswith("/v1/") else details, headers)

    async def expected(request: Request, error: Exception) -> Response:
        return respond(request, problem(error, request_id=request.state.request_id))

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101  (what it is registered for)
        errors = [_field(each) for each in error.errors()]
        details = _details(422, "bad-request", " ".join(each["detail"] for each in errors), request.state.request_id)
        return respond(request, {**details, "errors": errors})

    async def framework(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101  (what it is registered for)
        details = _details(error.status_code, *_explained(request, error), request.state.request_id)
        return respond(request, details, error.headers)

    app.add_exception_handler(ServiceError, expected)
    app.add_exception_handler(inside.RetrieverError, expected)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, framework)


def _field(error: Mapping[str, Any]) -> dict[str, str]:
    path: Sequence[Any] = error["loc"]
    if error["type"] == "json_invalid":
        why = error["ctx"]["error"]
        detail = f"The body is not JSON: {why} at character {path[-1]}. Send one JSON object, UTF-8."
        return {"field": "body", "value": "", "detail": detail}
    where, name = str(path[0]), ".".join(str(part) for part in path[1:]) or "body"
    value = "" if error["type"] == "missing" else shown(error["input"])
    if where == "body" and name == "body":
        remedy = "Send Content-Type: application/json (files: multipart/form-data, field files)."
    else:
        remedy = "See /docs for what it takes."
    detail = f"{name} ({where}) {value!r}: {error['msg']}. {remedy}"
    return {"field": name, "value": value, "detail": detail}


def _explained(request: Request, error: HTTPException) -> tuple[str, str]:
    path = shown(request.url.path)
    if error.status_code == 404:
        return "not-found", f"There is nothing at {path!r}. /docs lists what there is."
    if error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "another method")
        return "method-not-allowed", f"{path!r} does not take {request.method}. It takes {allowed}."
    if error.status_code == 413:
        return "too-large", error.detail
    return "bad-request", f"{request.method} {path}: {error.detail}. /docs shows what it takes."
