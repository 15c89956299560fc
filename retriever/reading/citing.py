"""An article's lines go in, the academic citation of the article itself comes out, if there is one.

"Lind, Ana. “Ports Reopen.” The Harbour Review, February 7, 2023" at an article's end names its author and its day, or
those of a work that it only cites. What tells them apart: the title, the heading above, and the company it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retriever.reading import lines
from retriever.reading.days import WRITTEN

_TOP, _BOTTOM = 12, 12  # lines at either end of an article in which it cites itself
_TITLE_TOP = 6  # lines among which the headline is
_ALIKE = 0.7  # of the longer of two titles that begin alike, the shorter one's part, in letters: a subtitle left out

_CITATION = re.compile(
    r"(?P<last>[^\W\d_][\w'’\-]+(?: [A-Z][\w'’\-]+)?), (?P<first>[A-Z][\w'’.\- ]*?)\.? ?"
    r"[\"“](?P<title>.{10,300}?)[.,]?[\"”][.,]?\s*"
    rf"(?P<source>[^,\"“”]{{2,80}}), \(?(?P<day>{WRITTEN})\)?"
)
_ENTRY = re.compile(  # any work in a list of such: "2. Lind, A. Ports (Oslo, 2019)", "Ana Lind, “Ports,” Review, 2019"
    r"(?:\W*\d{1,3}\W{1,3}|[-–—•*]\s*)?"
    r"(?:[^\W\d_][\w'’\-]+(?: [A-Z][\w'’\-]+)?, [A-Z][\w'’\-]*(?: [A-Z][\w'’\-]*){0,2} ?[.(\"“]"
    r"|(?:[A-Z]\S* ){1,4}[A-Z]\S*, [\"“])"
    r".*\b(?:1[5-9]|20)\d\d\b"
)
_LIST = (
    r"(?:references|reference list|(?:end|foot)?notes|citations|works cited|literature(?: cited)?|sources(?: cited)?"
    r"|(?:selected |select |annotated )?bibliography|(?:further|suggested|recommended|additional|background) reading)"
)
_HEADING = re.compile(rf"(?:(?:\d{{1,2}}|[ivx]{{1,5}})[.)]? )?{_LIST}(?:(?:,| and| &) {_LIST})?", re.I)
_LABEL = re.compile(
    r"(?:for )?(?:academic |suggested |recommended |preferred )?citation"
    r"|(?:how to |to |please )?cite (?:this|as)\b.{0,40}",
    re.I,
)
_EDGES = re.compile(r"^\W+|\W+$")


def own(every: Sequence[str], *, title: str | None) -> re.Match[str] | None:
    """The citation of a work that has the article's title, with its groups ``first``, ``last``, ``source``, ``day``.

    ``every``: the lines that are not blank. ``title``: from metadata; the headline is found among the first lines.
    """
    headlines = [title or "", *_headlines(every)]
    free = _free(every)
    return next((match for _, match in free if any(_is_same(match["title"], one) for one in headlines)), None)


def lone(every: Sequence[str], *, title: str | None) -> re.Match[str] | None:
    """The only citation of a text, whatever its title: where a label says whose it is, or there is no title to compare.

    Only for articles of which nothing else says who wrote them or when: "never a guess" needs both.
    """
    free = _free(every)
    if len(free) != 1 or sum(1 for line in every if _CITATION.match(lines.unbulleted(line))) != 1:
        return None
    place, match = free[0]
    labelled = place > 0 and _LABEL.fullmatch(_EDGES.sub("", every[place - 1]))
    return match if labelled or not title else None


def _free(every: Sequence[str]) -> list[tuple[int, re.Match[str]]]:
    """(place, citation) for those at either end of the article that stand in no list of works."""
    ends = [place for place in range(len(every)) if place < _TOP or place >= len(every) - _BOTTOM]
    matches = [(place, match) for place in ends if (match := _CITATION.match(every[place]))]
    listed = _listed(every) if matches else set()
    return [(place, match) for place, match in matches if place not in listed and not _has_company(every, place, match)]


def _listed(every: Sequence[str]) -> set[int]:
    """The places under a heading such as "References", up to a label that announces the article's own citation."""
    found: set[int] = set()
    is_under = has_prose = False
    for place, line in enumerate(every):
        words = _EDGES.sub("", line) if len(line) <= 80 else ""
        if _HEADING.fullmatch(words):
            # Above all prose it is the name of a section, as "Notes" is in some journals.
            is_under = has_prose or any(map(_ENTRY.match, every[place + 1 : place + 2]))
        elif _LABEL.fullmatch(words):
            is_under = False
        elif is_under:
            found.add(place)
        has_prose = has_prose or (lines.is_prose(line) and not _ENTRY.match(line))
    return found


def _has_company(every: Sequence[str], place: int, match: re.Match[str]) -> bool:
    """Whether another work is cited right above or below. The same work in another style is no other."""
    beside = [*every[max(0, place - 1) : place], *every[place + 1 : place + 2]]
    own_title = lines.folded(match["title"])
    return any(_ENTRY.match(line) and own_title not in lines.folded(line) for line in beside)


def _headlines(every: Sequence[str]) -> Iterator[str]:
    """The lines down to the first prose, with it: a headline that asks something ends as a sentence does."""
    for line in every[:_TITLE_TOP]:
        if not _CITATION.match(line):
            yield line
        if lines.is_prose(line):
            return


def _is_same(cited: str, headline: str) -> bool:
    """Whether two titles are one, whatever their case and punctuation; of one the end may be missing."""
    short, long = sorted((lines.folded(cited), lines.folded(headline)), key=len)
    return bool(short) and long.startswith(short) and len(short) >= _ALIKE * len(long)
