"""An article's text and places in it go in, excerpts around the places come out, cut where marks begin and end.

Offsets are code points into the article's text. All functions are pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

AROUND = 220  # characters of context on either side
MOST = 1800  # characters of an excerpt


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that is marked: by its number where it is a citation, 0 where it is evidence."""

    start: int
    end: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that all carry the same marks."""

    text: str
    cited: bool = False
    evidence: bool = False
    begins: tuple[int, ...] = ()  # numbers of the citations that begin here


@dataclass(frozen=True, slots=True)
class Excerpt:
    """``before``, ``after``: whether the article goes on there."""

    pieces: tuple[Piece, ...]
    before: bool
    after: bool


def excerpts(text: str, shown: Sequence[Mark], marks: Sequence[Mark]) -> list[Excerpt]:
    """What stands around each of ``shown``, in the order of the text, those that meet as one; in it all ``marks``."""
    windows: list[tuple[int, int]] = []
    for start, end in sorted(_window(text, each) for each in shown if 0 <= each.start < each.end <= len(text)):
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
        else:
            windows.append((start, end))
    return [Excerpt(_pieces(text, window, marks), window[0] > 0, window[1] < len(text)) for window in windows]


def _window(text: str, mark: Mark) -> tuple[int, int]:
    """Whole words, and a place that is too long from its beginning on."""
    start, end = max(0, mark.start - AROUND), min(len(text), mark.end + AROUND, mark.start + MOST)
    while 0 < start < mark.start and not text[start - 1].isspace():
        start += 1
    while mark.end < end < len(text) and not text[end].isspace():
        end -= 1
    return start, end


def _pieces(text: str, window: tuple[int, int], marks: Sequence[Mark]) -> tuple[Piece, ...]:
    start, end = window
    inside = [each for each in marks if each.start < end and start < each.end]
    cuts = sorted({start, end, *(at for each in inside for at in (each.start, each.end) if start < at < end)})
    found = []
    for here, there in pairwise(cuts):
        over = [each for each in inside if each.start <= here and there <= each.end]
        cited = [each for each in over if each.number]
        begins = tuple(sorted(each.number for each in cited if each.start == here))
        found.append(Piece(text[here:there], bool(cited), len(cited) < len(over), begins))
    return tuple(found)
