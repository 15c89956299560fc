"""A chat model that says what a test tells it to, and a check that tests can steer. Both keep the real protocols.

model = Scripted("It rained.[1]", "1. It snowed.[1]")  # one reply a request
model = Scripted(Fails("It rained.[1] Then", ModelTimeout(…)))  # some text, then the error
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from service.chatmodel.failures import ModelFailed
from service.writing.composition import Messages

PIECE = 7  # characters that come at once


@dataclass(frozen=True)
class Fails:
    """What is written before the model fails, and how it does."""

    text: str
    error: ModelFailed


@dataclass
class Scripted:
    """``asked`` holds the messages of each request; ``closed`` counts requests that were ended, by whomever."""

    replies: list[str | Fails]
    context: int = 8192
    reply: int = 256
    name: str = "scripted:one"
    asked: list[Messages] = field(default_factory=list)
    given: int = 0  # characters
    closed: int = 0

    @classmethod
    def saying(cls, *replies: str | Fails, context: int = 8192) -> Scripted:
        return cls(list(replies), context=context)

    def count(self, text: str) -> int:
        return len(text) // 4 + 1

    def stream(self, messages: Messages) -> Generator[str, None, None]:
        reply = self.replies[len(self.asked)] if len(self.asked) < len(self.replies) else ""
        self.asked.append(messages)
        text = reply.text if isinstance(reply, Fails) else reply
        try:
            for at in range(0, len(text), PIECE):
                yield ""
                self.given += len(text[at : at + PIECE])
                yield text[at : at + PIECE]
            if isinstance(reply, Fails):
                raise reply.error
        finally:
            self.closed += 1


def failed(kind: type[ModelFailed], problem: str = "it went wrong") -> ModelFailed:
    """An error as the real model raises it."""
    return kind(problem, thing="chat model", value="scripted:one", remedy="Ask again.")


def shown(model: Scripted, request: int = 0) -> str:
    """All that the model was told in a request."""
    return "\n".join(text for _, text in model.asked[request])


def roles(messages: Messages) -> Sequence[str]:
    return [role for role, _ in messages]
