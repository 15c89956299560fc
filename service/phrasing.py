"""A source's words go in, words fit to stand in an answer come out: one line, short enough, marks in pairs.

Nothing is reworded. What is left out is shown by an ellipsis.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from retriever.wording import stem

_NEEDED = 3  # wanted words that one needed word is worth
_SPACES = re.compile(r"\s+")
_BULLET = re.compile(r"^(?:[•▪·*–—-]|\d{1,2}[.)])\s+")
_BREAK = re.compile(r"[,;:—–]$|[.!?][\"”’)]*$")
_CLOSERS = {"“": "”", "„": "“", "«": "»"}  # a German quotation ends with the mark that opens an English one
_OPENERS = {"”": "“", "»": "«"}


def one_line(text: str) -> str:
    """White space of every kind becomes single spaces; a list's bullet goes."""
    return _BULLET.sub("", _SPACES.sub(" ", text).strip())


def excerpt(text: str, most: int, wanted: Collection[str], needed: Collection[str] = ()) -> str:
    """At most ``most`` words of a sentence: whole where it fits, else the stretch that holds most of the wanted words
    (stemmed), each of the ``needed`` ones worth several, cut at a comma or a dash where one is near.
    """
    words = text.split()
    if len(words) <= most:
        return text
    stems = {stem(word) for word in wanted}
    most_needed = {stem(word) for word in needed}
    plain = [stem(re.sub(r"\W+", "", word.lower())) for word in words]
    good = [_NEEDED if word in most_needed else int(word in stems) for word in plain]
    room = most - 1  # for the ellipsis
    starts = [0, *(n + 1 for n, word in enumerate(words[:-1]) if _BREAK.search(word))]
    start = max(starts, key=lambda n: (sum(good[n : n + room]), -n))
    end = min(len(words), start + room)
    if end < len(words):
        breaks = [n + 1 for n in range(start + room * 2 // 3, end) if _BREAK.search(words[n])]
        end = breaks[-1] if breaks and sum(good[breaks[-1] : end]) == 0 else end
    shown = " ".join(words[start:end])
    return ("… " if start else "") + shown.rstrip(",;:—–") + (" …" if end < len(words) else "")


def balanced(text: str) -> str:
    """Every quotation mark has its partner: one that an excerpt or a sentence's end has cut off is put back, inside
    the ellipsis that shows the cut.
    """
    return _between_ellipses(text, _paired)


def in_quotation_marks(text: str) -> str:
    """Words that somebody said, in quotation marks, an ellipsis outside them; marks inside stay as they were."""
    return _between_ellipses(text, lambda words: f"“{_paired(words)}”")


def _between_ellipses(text: str, change: Callable[[str], str]) -> str:
    before = "… " if text.startswith("… ") else ""
    after = " …" if text.endswith(" …") else ""
    return f"{before}{change(text[len(before) : len(text) - len(after)])}{after}"


def _paired(text: str) -> str:
    if text.count('"') % 2:
        lone = text.rfind('"')
        opens = lone + 1 < len(text) and not text[lone + 1].isspace() and (lone == 0 or not text[lone - 1].isalnum())
        text = f'{text}"' if opens else f'"{text}'
    text = _paired_curly(text)
    if text.count("''") % 2:
        text = f"{text}''" if text.rfind("''") < len(text) // 2 else f"''{text}"
    return text


def _paired_curly(text: str) -> str:
    """``text`` with partners for “ ”, „ “ and « », the missing ones at its ends."""
    waiting: list[str] = []
    before = ""
    for character in text:
        if waiting and (character == waiting[-1] or (character == "”" and waiting[-1] == "“")):
            waiting.pop()
        elif character in _CLOSERS:
            waiting.append(_CLOSERS[character])
        elif character in _OPENERS:
            before = _OPENERS[character] + before
    return before + text + "".join(reversed(waiting))
