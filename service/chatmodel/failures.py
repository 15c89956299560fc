"""What a chat model's package raises goes in; why there is no reply, what it means and what to do about it comes out.

ModelFailed                     model-failed
├── ModelPackageMissing         model-package-missing
├── ModelUnreachable            model-unreachable
├── ModelTimeout                model-timeout
├── ModelRateLimited            model-rate-limited
├── ModelOverloaded             model-overloaded
├── ModelRefused                model-refused
├── ModelUnknown                model-unknown
├── ModelContextExceeded        model-context-exceeded
├── ModelBrokeOff               model-broke-off
├── ModelEmpty                  model-empty
└── ModelRambles                model-rambles
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from service.errors import ServiceError

_CONTEXT = re.compile(
    r"context[ _-]?(?:length|window|size)|prompt is too long|input tokens? (?:count )?exceed|too many tokens", re.I
)
_NO_MODEL = re.compile(
    r"model\b.{0,120}?(?:not found|does not exist|not exist|unknown|is not available)|no such model", re.I
)
_BAD_KEY = re.compile(r"api[ _]key (?:not valid|is invalid|expired)|invalid api[ _]key|incorrect api key", re.I)
_USED_UP = re.compile(r"insufficient_quota|credit balance|spending limit", re.I)
_WAITS = re.compile(
    r"rate[_ ]limit|(?:retry|try again) in", re.I
)  # for a while: the same texts speak of quota and billing
_WAIT = re.compile(r"(?:retry|try again) in (\d+(?:\.\d+)?) ?s", re.I)
_BREAKS = re.compile(r"Connect|Network|Protocol|ReadError|WriteError|CloseError|StreamError")


class ModelFailed(ServiceError):
    """Raised when the chat model gives no usable reply."""

    code = "model-failed"
    status = 502
    again: ClassVar[bool] = False  # whether another try, a little later, may do
    retry_after: float | None = None  # seconds that the server asks to wait


class ModelPackageMissing(ModelFailed):
    """Raised when the package that speaks to the chat model's provider is not installed."""

    code = "model-package-missing"
    status = 503


class ModelUnreachable(ModelFailed):
    """Raised when nothing answers at the chat model's address."""

    code = "model-unreachable"


class ModelTimeout(ModelFailed):
    """Raised when the chat model's first token, or its next one, does not come in time."""

    code = "model-timeout"
    status = 504


class ModelRateLimited(ModelFailed):
    """Raised when the chat model's provider takes no more requests for now, after three tries."""

    code = "model-rate-limited"
    status = 503
    again = True


class ModelOverloaded(ModelFailed):
    """Raised when the chat model's server fails or has too much to do, after three tries."""

    code = "model-overloaded"
    status = 503
    again = True


class ModelRefused(ModelFailed):
    """Raised when the chat model's provider does not accept the key."""

    code = "model-refused"


class ModelUnknown(ModelFailed):
    """Raised when the server has no chat model of the name that is set."""

    code = "model-unknown"


class ModelContextExceeded(ModelFailed):
    """Raised when question and passages are longer than the chat model can read."""

    code = "model-context-exceeded"


class ModelBrokeOff(ModelFailed):
    """Raised when the chat model's reply ends before it is whole."""

    code = "model-broke-off"


class ModelEmpty(ModelFailed):
    """Raised when the chat model replies with nothing but white space."""

    code = "model-empty"


class ModelRambles(ModelFailed):
    """Raised when the chat model writes more than it may, or the same over and over; it has been stopped by then."""

    code = "model-rambles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """The chat model that was called, as errors name it."""

    name: str  # "openai:gpt-4.1-mini"
    url: str | None = None
    key_variable: str = "WHOSAID_MODEL_KEY"  # the provider's own
    secret: str = ""  # never repeated

    def __repr__(self) -> str:
        return f"Called({self.name!r})"

    def failed(self, kind: type[ModelFailed], problem: str, remedy: str) -> ModelFailed:
        """The error of that kind about this model."""
        return kind(problem, thing="chat model", value=self.name, remedy=remedy)

    @property
    def place(self) -> str:
        """Where it is asked."""
        return f"at {self.url}" if self.url else "at its provider"


def translated(error: BaseException, called: Called, *, began: bool) -> ModelFailed:
    """The same failure in this project's words. ``began``: some of the reply had come by then.

    Nothing that a server wrote is repeated, save where a request was turned down for what it is, without the key.
    """
    if isinstance(error, ModelFailed):
        return error
    chain = list(_chain(error))
    names = {name.__name__ for each in chain for name in type(each).__mro__}
    text = " ".join(f"{each} {getattr(each, 'body', '')}" for each in chain)
    limited = any(_status(each) == 429 for each in chain)
    if "ContextOverflowError" in names or (_CONTEXT.search(text) and not limited):
        return called.failed(
            ModelContextExceeded,
            "question and passages are longer than it can read",
            "Set WHOSAID_MODEL_CONTEXT to the tokens that it really takes, or give it more",
        )
    if any("Timeout" in name for name in names) and not any("ConnectTimeout" in name for name in names):
        return timed_out(called, began=began)
    if began:
        return broke_off(called)
    return _before_the_first(chain, names, text, called)


def timed_out(called: Called, *, began: bool) -> ModelFailed:
    """Nothing came for as long as may be."""
    problem = "it stopped in the middle of its reply" if began else "its first word did not come in time"
    return called.failed(
        ModelTimeout, problem, "Give it more with WHOSAID_MODEL_TIMEOUT (seconds), or take a smaller one."
    )


def broke_off(called: Called) -> ModelFailed:
    """The reply ended before its end."""
    return called.failed(
        ModelBrokeOff, "its reply broke off", f"See whether the server {called.place} still runs; ask again."
    )


def _before_the_first(chain: list[BaseException], names: set[str], text: str, called: Called) -> ModelFailed:
    status = next((found for each in chain if (found := _status(each))), None)
    if status is None:
        if any(_BREAKS.search(name) for name in names):
            remedy = "Start it, or correct WHOSAID_MODEL_URL." if called.url else "See whether this machine is online."
            return called.failed(ModelUnreachable, f"nothing answers {called.place}", remedy)
        if "No generation chunks" in text:
            return called.failed(ModelEmpty, "it replied with nothing", "Ask again, or take another model.")
        return called.failed(
            ModelFailed, f"its package failed with {type(chain[0]).__name__}", "Try another version of it."
        )
    return _by_status(status, chain, text, called)


def _by_status(status: int, chain: list[BaseException], text: str, called: Called) -> ModelFailed:
    if status in (401, 403) or _BAD_KEY.search(text):
        own = f" or {called.key_variable}" if called.key_variable and not called.url else ""
        return called.failed(ModelRefused, "the key was not accepted", f"Correct WHOSAID_MODEL_KEY{own}.")
    if status == 429:
        return _rate_limited(chain, text, called)
    if _NO_MODEL.search(text) or status == 404:
        remedy = "Correct WHOSAID_MODEL" + (", or WHOSAID_MODEL_URL (it mostly ends in /v1)." if called.url else ".")
        return called.failed(ModelUnknown, f"there is no such model {called.place}", remedy)
    if status == 408:
        return timed_out(called, began=False)
    if status >= 500:
        overloaded = called.failed(
            ModelOverloaded,
            f"its server failed or is overloaded (status {status})",
            "Ask again later; its log may say why.",
        )
        overloaded.retry_after = _retry_after(chain)
        return overloaded
    said = " ".join((text.replace(called.secret, "…") if called.secret else text).split())[:200]
    return called.failed(ModelFailed, f"the request was turned down (status {status}): {said}", "Take another model.")


def _rate_limited(chain: list[BaseException], text: str, called: Called) -> ModelFailed:
    if _USED_UP.search(text) and not _WAITS.search(text):
        return called.failed(ModelRefused, "what the key may spend is used up", "Raise its limit at the provider.")
    limited = called.failed(ModelRateLimited, "it takes no more requests for now", "Ask again in a minute.")
    told = _WAIT.search(text)
    limited.retry_after = _retry_after(chain) or (float(told[1]) if told else None)
    return limited


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from; a few at most, should they be linked in a ring."""
    for _ in range(8):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _status(error: BaseException) -> int | None:
    """The HTTP status, under the names that the providers' packages give it."""
    for name in ("status_code", "code"):
        value: Any = getattr(error, name, None)
        if isinstance(value, int) and 400 <= value < 600:
            return int(value)
    return None


def _retry_after(chain: list[BaseException]) -> float | None:
    """Seconds; a date, which the header may hold too, is passed over."""
    for error in chain:
        headers: Any = getattr(getattr(error, "response", None), "headers", None) or {}
        with_value = str(headers.get("retry-after", "")) if hasattr(headers, "get") else ""
        if re.fullmatch(r"\d{1,6}(?:\.\d+)?", with_value):
            return float(with_value)
    return None
