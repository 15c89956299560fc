"""The state of a running app as one value, and how a question is worked on in it."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Any, ParamSpec, TypeVar

from anyio import CancelScope, CapacityLimiter, to_thread
from fastapi import Depends, Request
from pydantic import TypeAdapter

from retriever.errors import RetrieverError
from service.chain import AnswerChain
from service.errors import NotReady, ServiceError
from service.http.metrics import Metrics
from service.journal import journal
from service.parts import Parts
from service.records import Answer, Answered, Event, Question
from service.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class Running:
    """What one app works with. ``parts`` is None until the index is open, ``failure`` says why it could not be."""

    settings: Settings
    metrics: Metrics = field(default_factory=Metrics)
    parts: Parts | None = None
    failure: Exception | None = None
    _workers: CapacityLimiter | None = None  # made on first use: it belongs to the event loop that runs the app

    def ready(self) -> Parts:
        """The parts. Raises NotReady while they are being made, and for good where that failed."""
        if self.failure is not None:
            known = isinstance(self.failure, RetrieverError | ServiceError)
            raise NotReady(
                f"it could not be opened: {self.failure}" if known else "it could not be opened",
                thing="index",
                value=str(self.settings.data),
                remedy="Then start the service again." if known else "The log says why.",
            ) from self.failure
        if self.parts is None:
            raise NotReady(
                "it is still being opened",
                thing="index",
                value=str(self.settings.data),
                remedy="Try again in a few seconds; /readyz says when.",
            )
        return self.parts

    async def in_worker(self, call: Callable[[], T]) -> T:
        """``call()`` in one of the worker threads; a cancelled caller waits for the step that is under way."""
        if self._workers is None:
            self._workers = CapacityLimiter(self.settings.workers)
        return await to_thread.run_sync(call, limiter=self._workers)

    async def events(self, question: Question, *, request_id: str) -> AsyncGenerator[Event, None]:
        """Work on a question step by step, as fast as the reader takes the events; nothing runs once he has left.

        The answer is kept before it is handed out, so that a verdict on it always finds it.
        """
        parts = self.ready()
        started = time.perf_counter()
        steps = AnswerChain(parts.answering).stream(question)
        try:
            while (event := await self.in_worker(lambda: next(steps, None))) is not None:
                if isinstance(event, Answered):
                    keep = partial(parts.kept.keep_answer, event.answer.id, plain(event.answer))
                    await self.in_worker(keep)
                    self._note(question, event.answer, time.perf_counter() - started, request_id)
                yield event
        except Exception as error:
            self.metrics.failed(getattr(error, "code", "internal-error"))
            raise
        finally:
            if isinstance(steps, Generator):  # in a thread: a chat model that is stopped may take a moment to let go
                with CancelScope(shield=True):
                    await to_thread.run_sync(steps.close)

    def _note(self, question: Question, answer: Answer, seconds: float, request_id: str) -> None:
        self.metrics.answered(answer, seconds)
        fields: dict[str, Any] = {
            "request_id": request_id,
            "answer_id": answer.id,
            "characters": len(question.text),
            "turns": len(question.history),
            "filtered": bool(question.filters),
            "declined": answer.declined,
            "reason": answer.reason,
            "confidence": round(answer.confidence, 3),
            "citations": len(answer.citations),
            "ms": round(seconds * 1000, 1),
        }
        if self.settings.log_questions:
            fields["question"] = question.text
        journal().info("question", extra={"fields": fields})


_ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer)


def plain(answer: Answer) -> Mapping[str, Any]:
    """The answer as values fit for JSON: what POST /api/ask sends."""
    return _ANSWER.dump_python(answer, mode="json")  # type: ignore[no-any-return]  # dump_python is typed Any


def _running(request: Request) -> Running:
    return request.app.state.running  # type: ignore[no-any-return]  # app.state is untyped; create_app puts it there


def _ready(request: Request) -> Parts:
    return _running(request).ready()


App = Annotated[Running, Depends(_running)]
Inside = Annotated[Parts, Depends(_ready)]
