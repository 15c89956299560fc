"""Messages go in, text comes out, token by token: any chat model that LangChain knows, with its faults made ours."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from service.chatmodel import probing, provider
from service.chatmodel.counting import Counting
from service.chatmodel.failures import Called, ModelFailed, timed_out, translated
from service.chatmodel.probing import Probed
from service.chatmodel.provider import Wanted
from service.chatmodel.pumping import Line, Lines, pumped
from service.chatmodel.reply import Reply

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Messages = Sequence[tuple[str, str]]

CONTEXT = 8192  # tokens, where the model does not say
TRIES = 3
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 20.0  # seconds
_ASK_AGAIN = 30.0  # seconds until a server that did not answer is asked again what it can read
_TICK = 0.2  # seconds between two signs of life
_SAYS_ITS_END = frozenset({"openai", "ollama"})  # a reply without it broke off
_FINISHES = ("finish_reason", "done_reason", "stop_reason")  # where the providers say why a reply ended


class Model:
    """A chat model of the user's. Nothing is loaded or contacted before the first use; may be used by many threads.

    ``chat`` makes LangChain's chat model for a context of so many tokens; ``probe`` asks its server what it can read.
    """

    def __init__(  # noqa: PLR0913  (all but three are for tests)
        self,
        called: Called,
        chat: Callable[[int, Lines], BaseChatModel],
        *,
        reply: int = 512,
        timeout: float = 60.0,
        context: int | None = None,
        probe: Callable[[], Probed] = lambda: probing.UNTOLD,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name, self.reply = called.name, reply
        self._called, self._make, self._timeout, self._set = called, chat, timeout, context
        self._probe, self._sleep = probe, sleep
        self._lines, self._counting, self._lock = Lines(), Counting(), threading.RLock()
        self._opened: BaseChatModel | None = None
        self._probed: Probed | None = None
        self._ask_again = 0.0

    def __repr__(self) -> str:
        return f"Model({self.name!r})"

    @property
    def context(self) -> int:
        """Tokens that question, passages and reply may have together: as set, else as the model says, else 8,192."""
        return self._set or self._told() or CONTEXT

    @property
    def context_known(self) -> bool:
        """Whether ``context`` was set or is what the model says."""
        return bool(self._set or self._told())

    def count(self, text: str) -> int:
        """Tokens of ``text``: the server's own count where it has one, else an estimate."""
        return self._counting.count(text, self._server().count)

    def stream(self, messages: Messages) -> Generator[str, None, None]:
        """Pieces of the reply to ``messages``, (role, text) with the roles system, user and assistant; an empty one
        every fifth of a second without any. Closing it stops the model. Raises ModelFailed, also after some text.
        """
        waited = _FIRST_WAIT
        for left in reversed(range(TRIES)):
            try:
                yield from self._tried(messages)
            except ModelFailed as error:
                wait = waited * random.uniform(0.75, 1.25) if error.retry_after is None else error.retry_after  # noqa: S311
                if not error.again or not left or wait > _LONGEST_WAIT:
                    raise
            else:
                return
            yield from self._pause(wait)
            waited *= 2

    def whole(self, messages: Messages) -> str:
        """The whole reply. Raises ModelFailed."""
        return "".join(self.stream(messages))

    def check(self) -> ModelFailed | None:
        """Asks it for a word. None where one comes, else what every question would meet."""
        try:
            with closing(self._tried([("user", "Say OK.")])) as pieces:
                next((piece for piece in pieces if piece.strip()), None)
        except ModelFailed as error:
            return error
        return None

    def _tried(self, messages: Messages) -> Generator[str, None, None]:
        line, waited, tick = Line(), 0.0, min(_TICK, self._timeout / 4)
        reply = Reply(self._called, most=self.reply, is_told=self._says_its_end)
        with closing(pumped(lambda: self._begun(messages, line), tick=tick, stop=line.cut)) as chunks:
            try:
                for chunk in chunks:
                    waited = 0.0 if chunk is not None else waited + tick
                    yield self._missed(waited, reply) if chunk is None else self._fed(reply, chunk, messages)
                if rest := reply.end():
                    yield rest
            except Exception as error:  # any: each package raises its own
                raise translated(error, self._called, began=reply.began) from error

    def _begun(self, messages: Messages, line: Line) -> Iterator[Any]:
        self._lines.take(line)
        yield from self._chat().stream(list(messages))

    def _missed(self, waited: float, reply: Reply) -> str:
        if waited >= self._timeout:
            raise timed_out(self._called, began=reply.began)
        return ""

    def _fed(self, reply: Reply, chunk: Any, messages: Messages) -> str:
        used = chunk.usage_metadata
        if used and used.get("input_tokens"):
            self._counting.learn("\n".join(text for _, text in messages), used["input_tokens"])
        about = chunk.response_metadata
        finish = next((str(about[key]) for key in _FINISHES if about.get(key)), "")
        return reply.feed(chunk.text, finish)

    def _pause(self, seconds: float) -> Iterator[str]:
        while seconds > 0:
            yield ""
            self._sleep(min(_TICK, seconds))
            seconds -= _TICK

    @property
    def _says_its_end(self) -> bool:
        return self.name.partition(":")[0] in _SAYS_ITS_END

    def _chat(self) -> BaseChatModel:
        with self._lock:
            if self._opened is None:
                self._opened = self._make(self._set or self._of_server() or CONTEXT, self._lines)
            return self._opened

    def _server(self) -> Probed:
        """What the server says; where it did not answer it is asked again, but not at once."""
        with self._lock:
            if self._probed is None or (not self._probed.reached and time.monotonic() > self._ask_again):
                self._probed = self._probe()
                self._ask_again = time.monotonic() + _ASK_AGAIN
            return self._probed

    def _told(self) -> int | None:
        """By the server, else by the package, which knows its provider's models."""
        if told := self._of_server():
            return told
        try:
            profile = self._chat().profile or {}
        except ModelFailed:
            return None
        return profile.get("max_input_tokens")

    def _of_server(self) -> int | None:
        found = self._server().context
        if found and self.name.startswith("ollama:"):
            return min(found, CONTEXT)  # Ollama makes room in memory for all that it is told
        return found


def opened(wanted: Wanted, *, context: int | None = None) -> Model:
    """The chat model that is ``wanted``. ``context``: tokens, where the model is not to be asked. Nothing is contacted
    before the first use.
    """
    return Model(
        wanted.called,
        lambda tokens, lines: provider.opened(wanted, context=tokens, lines=lines),
        reply=wanted.reply,
        timeout=wanted.timeout,
        context=context,
        probe=lambda: probing.probed(wanted),
    )
