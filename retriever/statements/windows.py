"""A text as the statement finder's model reads it: quotation marks, windows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retriever.tokens import Encoded

LONGEST = 254  # tokens of a window, beside the two that stand around it
_CONTEXT = 48  # tokens on each side of a window's own that it only sees
_MARK = re.compile(r"[“”„«»\"]|''|``")
_OPENING, _CLOSING = frozenset("“„«"), frozenset("”»")
_LONGEST_QUOTE = 3000  # characters after which a mark that nothing closed is taken to have closed


def quoted_tokens(text: str, encoded: Encoded) -> list[int]:
    """For each token 2 where it is a quotation mark, 1 where it stands between two, 0 elsewhere.

    A mark without a partner ends with its paragraph, unless the next paragraph opens with a mark again.
    """
    found = [0] * len(encoded.ids)
    for start, end in quotations(text):
        for token in encoded.within(start, end):
            found[token] = 1
    for mark in _MARK.finditer(text):
        for token in encoded.within(mark.start(), mark.end()):
            found[token] = 2
    return found


def quotations(text: str) -> list[tuple[int, int]]:
    """(start, end) of what stands in quotation marks, the marks included."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in _MARK.finditer(text):
        if opened is not None and (
            text.find("\n", opened, mark.start()) >= 0 or mark.start() - opened > _LONGEST_QUOTE
        ):
            found.append((opened, _paragraph_end(text, opened)))
            opened = None
        if opened is None:
            if mark[0] not in _CLOSING and not _closes(text, mark):
                opened = mark.start()
        elif mark[0] not in _OPENING:
            found.append((opened, mark.end()))
            opened = None
    if opened is not None:
        found.append((opened, _paragraph_end(text, opened)))
    return found


def _paragraph_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _closes(text: str, mark: re.Match[str]) -> bool:
    """Whether a straight mark can only close: a word before it and none behind."""
    before = text[mark.start() - 1 : mark.start()]
    behind = text[mark.end() : mark.end() + 1]
    return bool(before.strip()) and not behind.strip()


def windows(length: int) -> Iterator[tuple[int, int, int, int]]:
    """(start, end, own start, own end) over ``length`` tokens: each token is some window's own, with context around,
    and the text's first and last have it on one side only: most articles are two or three windows.
    """
    first = 0
    while True:
        start = max(0, first - _CONTEXT)
        end = min(length, start + LONGEST)
        last = end if end == length else end - _CONTEXT
        yield start, end, first, last
        if last == length:
            return
        first = last
