"""A chat model's text goes in; it comes out without what cites passages, and what was cited with its place.

Models put a number into brackets ("[1]", "([1])", "(Source: [1])", "(passage 1)"), or speak of a passage in the words
of the sentence ("According to passage 1, …", "Passage [1] says that …"). What would be left of either is no part of a
sentence, and is taken away with the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_LONGEST_RANGE: Final = 20  # passages; a longer one is no citation

# No more white space than this, and no second try at the same characters: a pattern with many open ends takes long.
_S = r"\s{0,2}"
_KIND = rf"(?:passage|source|ref(?:erence)?)s?\.?(?:{_S}:)?{_S}"
_AND = rf"{_S}(?:(?:,\s?)?and|[,;&–-])"
_NUMBERS = rf"(?>\d{{1,4}}(?:{_AND}{_S}(?:{_KIND})?\d{{1,4}})*)"
_SQUARE = rf"\\?[\[【［]{_S}\^?(?:{_KIND})?{_NUMBERS}{_S}(?:†[^\]】］\n]{{0,20}})?\\?[\]】］]"
_SQUARES = rf"(?>{_SQUARE}(?:(?:{_AND})?{_S}{_SQUARE})*)"
_ROUND = (
    rf"\({_S}(?:(?:see(?: also)?|from|in|cf\.|{_KIND}){_S}:?\s?){{0,3}}{_SQUARES}{_S}\)"
    rf"|\({_S}(?:(?:see|from|in) )?{_KIND}{_NUMBERS}{_S}\)"
)
_LINE = rf"(?:(?<=[.!?”\"\]])|(?<=\n))[ \t]?(?:sources?|citations?):{_S}{_SQUARES}"
_NAMED = rf"(?:the )?(?:{_KIND}(?:{_SQUARES}|{_NUMBERS})|{_SQUARES})"  # a passage in the words of a sentence
_BY = r"(?:according to|based on|as (?:stated|reported|told|described|mentioned|noted|given) in|per)"
_SAYS = r"(?:also )?(?:says?|said|states?|stated|reports?|notes?|mentions?|indicates?|tells us|explains?|adds?) that"

_CITING: Final = re.compile(
    rf"(?P<opens>(?<!\w)(?:(?:{_BY}|in|from) {_NAMED}{_S},\s{{1,2}}|{_NAMED} {_SAYS}\s{{1,2}}))"
    rf"|(?:,[ \t]?|(?<=[\w”\"’')%])[ \t]){_BY} {_NAMED}(?:,(?=\s)|(?={_S}(?:[.;!?]|$)))"
    rf"|\s{{0,9}}(?:{_ROUND}|{_LINE}|{_SQUARES})",
    re.IGNORECASE,
)
# At the end of what has come so far: a mark of which more may come.
UNFINISHED: Final = re.compile(r"\s*(?:\([^)\n]{0,40}|\\?[\[【［][^\]】］\n]{0,20})$")
_STOPPED: Final = re.compile(r"[.!?…。][\"”’'»)*_]*\s*$")
_STOP: Final = re.compile(r"(?:[ \t]?[.。])+")


@dataclass(slots=True)
class Uncited:
    """``plain``: the text without what cites. ``places``: where each of its characters stood. ``cited``: for each
    citation, of how many characters of ``plain`` it is the end, and its numbers.
    """

    plain: str = ""
    places: list[int] = field(default_factory=list)
    cited: list[tuple[int, list[int]]] = field(default_factory=list)

    def take(self, raw: str, start: int, end: int, *, since: int | None = None) -> None:
        """Add ``raw[start:end]``. ``since``: where what opens it was taken away, which is cut off with it."""
        if start < end:
            self.plain += raw[start:end]
            self.places += [start if since is None else since, *range(start + 1, end)]


def uncited(raw: str) -> Uncited:
    """A citation that opens a sentence belongs to what follows it, every other to what it follows."""
    found, at, since = Uncited(), 0, None
    for match in _CITING.finditer(raw):
        found.take(raw, at, match.start(), since=since)
        opens, at = match["opens"] is not None, match.end()
        found.cited.append((len(found.plain) + opens, list(_numbers(match[0]))))
        since = match.start() if opens else None
        if not opens and _STOPPED.search(found.plain[-8:]) and (stop := _STOP.match(raw, at)):
            at = stop.end()
    found.take(raw, at, len(raw), since=since)
    return found


def _numbers(words: str) -> Iterator[int]:
    """ "1, 3-5" as 1, 3, 4, 5."""
    for each in re.finditer(r"(\d+)(?:\s*[–-]\s*(\d+))?", re.sub(r"†[^\]】］\n]*", "", words)):
        first, last = int(each[1]), int(each[2] or each[1])
        yield from range(first, last + 1) if first <= last < first + _LONGEST_RANGE else (first, last)
