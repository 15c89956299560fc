"""Lines of an article go in, the same without the site's furniture come out. The words are in furniture.toml."""

from __future__ import annotations

import itertools
import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from retriever.reading import lines

_WORDS = Path(__file__).with_name("furniture.toml")
_LONGEST = 300  # characters; whatever is longer is a paragraph
_TOP = 8  # lines in which the title is to be found
_ROW = 3  # so many words of menus in a row are a menu


@dataclass(frozen=True, slots=True)
class _Phrases:
    lines: re.Pattern[str]
    related: re.Pattern[str]
    openings: re.Pattern[str]
    pointers: re.Pattern[str]
    menus: re.Pattern[str]
    sections: re.Pattern[str]


def removable(texts: Sequence[str]) -> set[int]:
    """The places of all furniture lines among ``texts``. No prose, unless a phrase matches all of it."""
    phrases = _phrases()
    level = {place: _levelled(text) for place, text in enumerate(texts) if text.strip() and len(text) <= _LONGEST}
    order = [place for place, text in enumerate(texts) if text.strip()]
    last = max((place for place in order if _is_own(texts[place], level.get(place), phrases)), default=-1)
    gone = {place for place, text in level.items() if phrases.lines.fullmatch(text)}
    gone |= {place for place, text in level.items() if _is_pointer(texts[place], text, phrases)}
    headings = {place for place, text in level.items() if phrases.related.fullmatch(text)}
    headings |= {
        place
        for place, after in itertools.pairwise(order)
        if place in level and phrases.openings.fullmatch(level[place]) and lines.is_title(texts[after])
    }
    gone |= headings
    for heading in sorted(headings):
        gone |= set(_block(texts, order, heading, headings))
    if any(heading > last for heading in headings):
        gone |= {place for place in order if place > last and lines.is_title(texts[place])}
    gone |= set(_menus(order, level, gone, phrases))
    return gone | set(_sections(texts, order, level, gone, phrases))


def _is_own(text: str, level: str | None, phrases: _Phrases) -> bool:
    """Whether a line is the article's own beyond doubt: after the last of these, only odds and ends follow."""
    if level is not None and (phrases.lines.fullmatch(level) or phrases.related.fullmatch(level)):
        return False
    return lines.is_prose(text) or lines.is_about(text)


def _is_pointer(text: str, level: str, phrases: _Phrases) -> bool:
    return bool(phrases.pointers.fullmatch(level)) and lines.words(text) <= 25 and not text.rstrip().endswith(".")


def _block(texts: Sequence[str], order: Sequence[int], heading: int, headings: set[int]) -> Iterator[int]:
    """The links under a heading such as "Related News". Inside the article a subhead may follow them: it stays."""
    for number in range(bisect_right(order, heading), len(order)):
        place = order[number]
        text = texts[place]
        if place in headings:
            return  # it has its own block
        if lines.is_prose(text) or lines.is_about(text) or text.rstrip().endswith(":"):
            return
        opens_prose = number + 1 < len(order) and lines.is_prose(texts[order[number + 1]])
        if opens_prose and lines.words(text) <= 3:
            return
        yield place


def _menus(order: Sequence[int], level: dict[int, str], gone: set[int], phrases: _Phrases) -> Iterator[int]:
    """Words of menus in rows: beside a line that has gone, or at least three."""
    row: list[int] = []
    beside = False
    for place in [*order, -1]:
        if place in gone:
            beside = True
        elif place in level and phrases.menus.fullmatch(level[place]):
            row.append(place)
        else:
            if row and (beside or len(row) >= _ROW):
                yield from row
            row, beside = [], False


def _sections(
    texts: Sequence[str], order: Sequence[int], level: dict[int, str], gone: set[int], phrases: _Phrases
) -> Iterator[int]:
    above: list[int] = []
    for place in [place for place in order if place not in gone][:_TOP]:
        if lines.is_title(texts[place]):
            yield from above
            return
        if place not in level or not phrases.sections.fullmatch(level[place]):
            return
        above.append(place)


def _levelled(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    return " ".join(lines.unbulleted(plain).split())


@cache
def _phrases() -> _Phrases:
    lists = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    few = r"\S+(?: \S+){0,5}"
    whole = {
        key: re.compile("|".join(f"(?:{one.replace('<few>', few)})" for one in found), re.IGNORECASE)
        for key, found in lists.items()
    }
    return _Phrases(**whole)
