"""An iterator that may block goes in; its values come out, with a sign of life while it waits, and a way to stop it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_PATIENCE = 2.0  # seconds that closing waits for the thread to end


@dataclass(frozen=True, slots=True)
class _Ended:
    error: BaseException | None


@dataclass(frozen=True, slots=True)
class _Got(Generic[T]):
    value: T


def pumped(
    begin: Callable[[], Iterator[T]], *, tick: float, stop: Callable[[], None]
) -> Generator[T | None, None, None]:
    """What ``begin()`` yields, from a thread of its own; None after every ``tick`` seconds without a value.

    Closing it calls ``stop``, which has to end a read that blocks. The thread works in a copy of the caller's context,
    so that callbacks of LangChain find the run they are in. Raises what the iterator raises.
    """
    arrived: SimpleQueue[_Got[T] | _Ended] = SimpleQueue()
    stopped = threading.Event()
    target = copy_context().run
    thread = threading.Thread(target=target, args=(_pump, begin, arrived, stopped), name="chat-model", daemon=True)
    thread.start()
    try:
        while True:
            try:
                got = arrived.get(timeout=tick)
            except Empty:
                yield None
                continue
            if isinstance(got, _Ended):
                if got.error is not None:
                    raise got.error
                return
            yield got.value
    finally:
        stopped.set()
        if thread.is_alive():
            stop()
            thread.join(_PATIENCE)


def _pump(begin: Callable[[], Iterator[T]], arrived: SimpleQueue[_Got[T] | _Ended], stopped: threading.Event) -> None:
    try:
        values = begin()
        try:
            for value in values:
                arrived.put(_Got(value))
                if stopped.is_set():
                    break
        finally:
            if isinstance(values, Generator):
                values.close()
    except BaseException as error:  # noqa: BLE001  (raised where the values are taken)
        arrived.put(_Ended(error))
    else:
        arrived.put(_Ended(None))


class Line:
    """The connection of one call, cut from any thread: a read that blocks ends, the server sees that nobody reads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stream: Any = None
        self._is_cut = False

    def seen(self, event: str, info: Mapping[str, Any]) -> None:
        """What the HTTP library tells of its steps (its ``trace`` extension)."""
        if not event.endswith(("connect_tcp.complete", "start_tls.complete")):
            return
        with self._lock:
            self._stream = info["return_value"]
            if self._is_cut:
                _shut(self._stream)

    def cut(self) -> None:
        """Safe to do twice, before there is a connection, and after it has ended."""
        with self._lock:
            self._is_cut = True
            if self._stream is not None:
                _shut(self._stream)


class Lines:
    """Gives each call the connection that the HTTP library makes in its thread."""

    def __init__(self) -> None:
        self._here = threading.local()

    def take(self, line: Line) -> None:
        """Every connection that this thread makes from now on is ``line``."""
        self._here.line = line

    def watch(self, request: Any) -> None:
        """For the HTTP library's ``event_hooks["request"]``."""
        line: Line | None = getattr(self._here, "line", None)
        if line is not None:
            request.extensions["trace"] = line.seen


def _shut(stream: Any) -> None:
    """Closing would not wake a thread that reads; shutting down does, with and without TLS."""
    found = stream.get_extra_info("socket")
    if found is not None:
        with suppress(OSError):
            socket.socket.shutdown(found, socket.SHUT_RDWR)
