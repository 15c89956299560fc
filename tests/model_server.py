"""A small server on this machine that speaks OpenAI's chat interface and does what a test tells it to.

with ModelServer() as server:
    server.does(status=429, headers={"Retry-After": "2"})  # the first request
    server.does(says="Nothing was said.")                  # the second, and all that follow
    ...
    assert server.requests[0]["model"] == "small"
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

LONGEST = 20.0  # seconds that the server does anything at all for one request


@dataclass(frozen=True, slots=True, kw_only=True)
class Does:
    """One reply. ``says`` comes word by word; ``then``: what happens after it."""

    status: int = 200
    says: str = ""
    error: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    waits: float = 0.0  # seconds before the first byte
    pause: float = 0.0  # seconds between two words
    pings: bool = False  # comments instead of words: the connection lives, the model does not
    then: str = "stop"  # as finish_reason; "dies": the connection ends; "ends": without a reason; "stalls"; "endless"
    used: int | None = None  # input tokens that are reported


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that leave are what many tests are about."""


class ModelServer:
    """``requests``: the bodies; ``keys``: the keys that came; ``left``: set when a client went away in mid-reply."""

    def __init__(self, *, other: Mapping[str, Any] | None = None) -> None:
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.left = threading.Event()
        self.other = dict(other or {})  # path -> JSON of every other address; a callable gets the body
        self._script: list[Does] = []
        self._closing = threading.Event()
        self._http = _Quiet(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def does(self, **reply: Any) -> None:
        """The next reply; the last one is given to all further requests."""
        self._script.append(Does(**reply))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def next(self) -> Does:
        return self._script.pop(0) if len(self._script) > 1 else self._script[0]

    def rest(self, seconds: float) -> None:
        """Wait, but not beyond the test."""
        self._closing.wait(seconds)

    @property
    def is_closing(self) -> bool:
        return self._closing.is_set()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(_Handler):
            def told(self) -> ModelServer:
                return server

        return Handler


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def told(self) -> ModelServer:
        raise NotImplementedError

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (its parent's name)
        """Say nothing."""

    def do_GET(self) -> None:
        self._elsewhere(None)

    def do_POST(self) -> None:
        server = self.told()
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.path.endswith("/chat/completions"):
            self._elsewhere(body)
            return
        server.requests.append(body)
        server.keys.append(self.headers.get("Authorization", "").removeprefix("Bearer "))
        does = server.next()
        server.rest(does.waits)
        if does.status != 200:
            self._json(does.status, {"error": does.error or {"message": "no"}}, does.headers)
            return
        try:
            self._streamed(does)
        except OSError:
            server.left.set()

    def _elsewhere(self, body: Any) -> None:
        found = self.told().other.get(self.path)
        found = found(body) if callable(found) else found
        self._json(200 if found is not None else 404, found if found is not None else {"detail": "Not Found"}, {})

    def _json(self, status: int, value: Any, headers: Mapping[str, str]) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        for name, each in {"Content-Type": "application/json", "Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, each)
        self.end_headers()
        self.wfile.write(content)

    def _streamed(self, does: Does) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        until = time.monotonic() + LONGEST
        for word in self._words(does):
            if time.monotonic() > until or self.told().is_closing:
                return
            self._chunk(word)
        if does.then == "dies":
            self.close_connection = True
            return
        if does.then != "ends":
            self._event({"delta": {}, "finish_reason": does.then})
        if does.used is not None:
            usage = {"prompt_tokens": does.used, "completion_tokens": 1, "total_tokens": does.used + 1}
            self._chunk(f"data: {json.dumps(self._object([], usage=usage))}\n\n")
        self._chunk("data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def _words(self, does: Does) -> Iterator[str]:
        for word in does.says.split(" "):
            text = word if word == does.says.split(" ")[0] else f" {word}"
            yield f"data: {json.dumps(self._object([{'index': 0, 'delta': {'content': text}}]))}\n\n"
            self.told().rest(does.pause)
        while does.then in ("stalls", "endless"):
            self.told().rest(does.pause or 0.01)
            words = ": still here\n\n" if does.then == "stalls" and does.pings else ""
            if does.then == "endless":
                words = f"data: {json.dumps(self._object([{'index': 0, 'delta': {'content': does.says}}]))}\n\n"
            yield words

    def _object(self, choices: list[Any], **more: Any) -> dict[str, Any]:
        return {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "small",
            "choices": choices,
            **more,
        }

    def _event(self, choice: Mapping[str, Any]) -> None:
        self._chunk(f"data: {json.dumps(self._object([{'index': 0, **choice}]))}\n\n")

    def _chunk(self, text: str) -> None:
        """An empty one, which would end the reply, looks whether the client is still there."""
        if not text:
            self._look()
            return
        content = text.encode()
        self.wfile.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")

    def _look(self) -> None:
        self.connection.setblocking(False)
        try:
            if self.connection.recv(1) == b"":
                raise ConnectionResetError
        except BlockingIOError:
            return
        finally:
            self.connection.setblocking(True)
