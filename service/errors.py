"""Everything the service raises on purpose; what the retriever raises is in retriever/errors.py.

ServiceError
├── BadSetting          a WHOSAID_* variable or option has no usable value, or an unknown name
├── BadRequest          a part of the request has no usable value                      422
├── TooLarge            the request's body is over the limit                           413
├── NotFound            no chat, answer or page has this name                          404
├── Refused             the request comes from, or asks for, a place not allowed       403, 421
├── NoModel             a chat model is to answer, and none is attached                422
├── ContextTooSmall     the chat model has no room for passages: service/writing/briefing.py
├── ModelFailed         the chat model gave no usable reply: the tree in service/chatmodel/failures.py
└── NotReady            the index is still being opened, or could not be               503
"""

from __future__ import annotations

from typing import ClassVar


class ServiceError(Exception):
    """A failure described so that its reader can act: the thing, its value, what is wrong, the remedy."""

    code: ClassVar[str] = "service-error"  # stable, for programs
    status: int = 500  # HTTP

    def __init__(self, problem: str, *, thing: str, value: str, remedy: str) -> None:
        self.problem, self.thing, self.value, self.remedy = problem, thing, value, remedy
        super().__init__(f"{thing} {value!r}: {problem}. {remedy}")


class BadSetting(ServiceError):
    """Raised when a setting has an unknown name or a value that cannot be used."""

    code = "bad-setting"


class BadRequest(ServiceError):
    """Raised when a part of a request cannot be used as it is."""

    code = "bad-request"
    status = 422


class TooLarge(ServiceError):
    """Raised when a request's body is over the limit."""

    code = "too-large"
    status = 413


class NotFound(ServiceError):
    """Raised when a chat or answer is asked for by an id that is not kept."""

    code = "not-found"
    status = 404


class CrossSite(ServiceError):
    """Raised when a page of another site tries to change something here."""

    code = "cross-site"
    status = 403


class HostNotAllowed(ServiceError):
    """Raised when a request names a host that this service does not answer for."""

    code = "host-not-allowed"
    status = 421


class NoModel(ServiceError):
    """Raised when a chat model is to write the answer and none is attached."""

    code = "no-model"
    status = 422


class NotReady(ServiceError):
    """Raised while the index is being opened, and after that failed."""

    code = "not-ready"
    status = 503
