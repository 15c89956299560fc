"""What the reader learns from: a question with the texts it was asked of, and what in them answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A window's text. ``evidence``: the parts that show the answer; ``spans``: the answer itself; empty: not marked.
    ``answers`` is whether the text answers at all.
    """

    text: str
    answers: bool
    evidence: tuple[Span, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A question and its texts: those that answer, if any, and those that look like it. ``group``: the article that it
    is about, which never stands on both sides of a division.
    """

    question: str
    texts: tuple[Text, ...]
    group: str
    kind: str = ""

    @property
    def answerable(self) -> bool:
        return any(text.answers for text in self.texts)


def occurrences(words: str, text: str) -> list[Span]:
    """Where some words stand in a text, whatever their case."""
    found, at, lower, sought = [], 0, text.lower(), words.lower()
    if not sought or len(lower) != len(text):
        return []
    while (at := lower.find(sought, at)) >= 0:
        found.append((at, at + len(sought)))
        at += len(sought)
    return found


def overlapping(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The parts of spans that lie between two places."""
    return [(max(a, start), min(b, end)) for a, b in spans if max(a, start) < min(b, end)]
