"""A text goes in; the parts of a whole in it come out in per cent: "a fifth", "nine out of ten", "20 %"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from service.checking.clocks import WORDS, plain

_PARTS: Final = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
                 "ninth": 9, "tenth": 10, "twentieth": 20, "hundredth": 100}  # fmt: skip
_COUNT: Final = r"one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}"
_OF: Final = rf"a hundred|a thousand|{'|'.join(sorted(WORDS, key=len, reverse=True))}|\d{{1,4}}"
_FRACTION: Final = re.compile(
    rf"\b(?P<count>an?|{_COUNT})[ -](?P<part>{'|'.join(_PARTS)})s?\b(?! (?:time|place|day|year))", re.I
)
_HALF: Final = re.compile(r"\b(?:half|every second|every other|50/50|fifty-fifty)\b(?! an? )", re.I)
_OUT_OF: Final = re.compile(
    rf"\b(?P<count>{_COUNT}) (?:(?:[\w’'.-]+ ){{0,3}}out of|in) (?:every )?(?P<of>{_OF})\b", re.I
)
_PERCENT: Final = re.compile(
    r"(?<![\w.])(?P<count>\d+(?:\.\d+)?|[a-z]+(?:-[a-z]+)?)(?:%| ?per ?cent\b| percentage points\b)", re.I
)
_ENDS: Final = re.compile(r"\W*$|\W*[.,;)]|[ -](?:of|as|more|less|fewer)\b")
_NEAR: Final = 0.03  # a third is 33 per cent


@dataclass(frozen=True, slots=True)
class Share:
    """``text[start:end]``, ``percent`` of a whole."""

    percent: float
    start: int
    end: int


def shares(text: str) -> Iterator[Share]:
    """In no order."""
    for match in _FRACTION.finditer(text):
        count = plain(match["count"].lower()) or 1.0
        yield Share(100 * count / _PARTS[match["part"].lower()], match.start(), match.end())
    yield from (Share(50.0, match.start(), match.end()) for match in _HALF.finditer(text))
    for match in _OUT_OF.finditer(text):
        part, whole = plain(match["count"].lower()), _whole(match["of"].lower())
        if part and whole and part < whole:
            yield Share(100 * part / whole, match.start(), match.end())
    for match in _PERCENT.finditer(text):
        words = match["count"].lower()
        told = float(words) if words[0].isdigit() else plain(words)
        if told is not None:
            yield Share(told, match.start(), match.end())


def untold(text: str, theirs: Sequence[Share]) -> Iterator[str]:
    """The fractions of a text ("a quarter of it", never "a third man") that are no share of theirs."""
    for match in _FRACTION.finditer(text):
        place = match.span()
        if _ENDS.match(text, match.end()) and not stands(
            place, [s for s in shares(text) if s.start == place[0]], theirs
        ):
            yield match[0]


def stands(place: tuple[int, int], ours: Sequence[Share], theirs: Sequence[Share]) -> bool:
    """Whether what stands at ``place`` is within a share that is one of theirs, in whatever words."""
    within = [each for each in ours if each.start < place[1] and place[0] < each.end]
    return any(abs(one.percent - other.percent) <= _NEAR * other.percent for one in within for other in theirs)


def _whole(words: str) -> float | None:
    return {"a hundred": 100.0, "a thousand": 1000.0}.get(words) or plain(words)
