"""A service goes in that has just been started; how soon, how fast and in how much memory it answers many comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import httpx

from eval.bench.processes import Serving, serving
from eval.bench.protocol import peak_mb

USERS: Final = 20
SECONDS: Final = 30.0
_PATIENCE: Final = 60.0  # seconds until an answer counts as failed


def served(
    data: Path, questions: Sequence[str], *, setting: Mapping[str, str], seconds: float = SECONDS
) -> dict[str, Any]:
    """A cold start to its first answer, then ``USERS`` at once, each asking again as soon as it has its answer.

    Raises BenchError.
    """
    with serving(data, setting=setting) as service:
        ready = perf_counter() - service.began
        with httpx.Client(base_url=service.address, timeout=_PATIENCE) as client:
            answered = _asks(client, questions[0])
        first = perf_counter() - service.began
        found = asked_by_many(service, questions, seconds=seconds)
        found["errors"] += not answered
        return {"ready_seconds": ready, "first_seconds": first, **found, "peak_mb": peak_mb(service.process)}


def asked_by_many(service: Serving, questions: Sequence[str], *, seconds: float) -> dict[str, Any]:
    """Answers until the time is over, milliseconds of each, and how many were none."""
    milliseconds: list[float] = []
    errors: list[str] = []
    with httpx.Client(base_url=service.address, timeout=_PATIENCE) as client, ThreadPoolExecutor(USERS) as pool:
        began = perf_counter()

        def user(number: int) -> None:
            start = number * len(questions) // USERS
            for question in islice(cycle(questions), start, None):
                if (asked := perf_counter()) - began > seconds:
                    return
                if _asks(client, question):
                    milliseconds.append((perf_counter() - asked) * 1000)
                else:
                    errors.append(question)

        list(pool.map(user, range(USERS)))
        took = perf_counter() - began
    return {
        "users": USERS,
        "seconds": took,
        "answers": len(milliseconds),
        "milliseconds": milliseconds,
        "errors": len(errors),
    }


def _asks(client: httpx.Client, question: str) -> bool:
    """Whether there was an answer; a refusal is one."""
    try:
        reply = client.post("/api/ask", json={"question": question})
    except httpx.HTTPError:
        return False
    return reply.is_success and "answer" in reply.json()
