"""Text and words go in, the places where the words stand come out; case, kinds of quotes and spaces do not matter."""

from __future__ import annotations

import re

_QUOTES = dict.fromkeys("“”„‟«»＂", '"')
_APOSTROPHES = dict.fromkeys("‘’‚‛′`´＇", "'")
_SAME = {**_QUOTES, **_APOSTROPHES}
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")  # soft hyphen, zero-width characters, byte order mark
# Some papers set quotation marks as two apostrophes or two backticks.
_PIECES = re.compile(r"\s+|''|``|’’|‘‘|.", re.DOTALL)


def fold(text: str) -> str:
    """``text`` in lower case with plain quotes and single spaces, without blanks at its ends."""
    return _folded(text)[0].strip()


def locate(words: str, text: str) -> list[tuple[int, int]]:
    """Every place in ``text`` where ``words`` stand, as (start, end) in code points of ``text``; none overlap."""
    sought = fold(words)
    folded, starts, ends = _folded(text)
    places: list[tuple[int, int]] = []
    at = folded.find(sought) if sought else -1
    while at >= 0:
        places.append((starts[at], ends[at + len(sought) - 1]))
        at = folded.find(sought, at + len(sought))
    return places


def _folded(text: str) -> tuple[str, list[int], list[int]]:
    """The folded text, and for each of its characters where the original of it starts and ends."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece in _PIECES.finditer(text):
        for character in _fold_piece(piece.group()):
            characters.append(character)
            starts.append(piece.start())
            ends.append(piece.end())
    return "".join(characters), starts, ends


def _fold_piece(piece: str) -> str:
    if piece.isspace():
        return " "
    if len(piece) == 2:
        return '"'
    if piece in _UNSEEN:
        return ""
    return _SAME.get(piece) or piece.casefold()
