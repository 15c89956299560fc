"""What the reader reads: a few sentences of a passage behind a head that says where they are from and who speaks.

A window's text is what the model sees. Offsets into it lead back into the article (``place``), except for the head,
whose names and date stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from retriever import dating
from retriever.records import Article, Sentence

if TYPE_CHECKING:
    from service.evidence import Candidate

MOST_CHARACTERS: Final = 480  # of a window's sentences: the measured trade of context against time
_TITLE, _OUTLET, _SPEAKER = 110, 40, 60  # characters of each that the head may take


@dataclass(frozen=True, slots=True)
class Window:
    """``text[body:]`` are the article's characters ``start`` to ``end``; before them stands the head."""

    text: str
    body: int
    start: int
    end: int
    sentences: tuple[Sentence, ...]

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Where in the article a part of ``text`` stands; None for what is in the head."""
        return (self.start + start - self.body, self.start + end - self.body) if start >= self.body else None

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Where in ``text`` a slice of the article stands, as far as the window has it."""
        first, last = max(start, self.start), min(end, self.end)
        return first - self.start + self.body, max(first, last) - self.start + self.body


def window(article: Article, sentences: Sequence[Sentence], speakers: Sequence[str]) -> Window:
    """One window of neighbouring sentences. ``speakers``: who speaks in them, as fully as known."""
    head = _head(article, speakers)
    start, end = sentences[0].start, sentences[-1].end
    return Window(head + article.text[start:end], len(head), start, end, tuple(sentences))


def grouped(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    """Neighbouring sentences together, as many as a window takes; a longer one stands alone."""
    group: list[Sentence] = []
    for sentence in sentences:
        if group and sentence.end - group[0].start > MOST_CHARACTERS:
            yield tuple(group)
            group = []
        group.append(sentence)
    if group:
        yield tuple(group)


def _head(article: Article, speakers: Sequence[str]) -> str:
    """ "Joint statement. Example Press, 29 July 2021. Blinken: "."""
    day = dating.day_in_words(article.published) if article.published else ""
    origin = ", ".join(part for part in ((article.source or "")[:_OUTLET], day) if part)
    parts = [part.rstrip(".") for part in ((article.title or "")[:_TITLE], origin) if part]
    head = "".join(f"{part}. " for part in parts)
    named = "; ".join(dict.fromkeys(speakers))[:_SPEAKER]
    return f"{head}{named}: " if named else head


def windows(candidates: Sequence[Candidate]) -> Iterator[tuple[Window, range]]:
    """Windows over sentences that may answer, each with which of ``candidates`` it holds. Neighbours in one passage
    share a window; the order is kept.
    """
    first = 0
    for _, group in groupby(candidates, key=lambda each: each.hit.passage.id):
        members = list(group)
        at = first
        for sentences in grouped([Sentence(each.start, each.end) for each in members]):
            inside = members[at - first : at - first + len(sentences)]
            yield window(members[0].hit.article, sentences, _speakers(inside)), range(at, at + len(sentences))
            at += len(sentences)
        first += len(members)


def _speakers(candidates: Sequence[Candidate]) -> list[str]:
    told = ((each.statement.speaker if each.statement else None) or each.label for each in candidates)
    return [name for name in told if name]
