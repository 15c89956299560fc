"""Words go in, the amounts in them come out as numbers with what is counted; and whether two are the same amount."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retriever.wording import content_words, stem

_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_COUNTS = {word: number for number, word in enumerate(f"{_UNITS} eighteen nineteen".split(), start=1)}
_TENS = {
    word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_COUNTS |= _TENS | {"dozen": 12, "a dozen": 12}
_COUNTS |= {f"{ten}-{word}": tens + _COUNTS[word] for ten, tens in _TENS.items() for word in _UNITS.split()[:9]}
_SCALES = {"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_WRITTEN = "|".join(sorted(_COUNTS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w.,:/-])(?P<sign>[$€£¥]\s?)?"
    rf"(?P<number>\d[\d,]*(?:\.\d+)?|{_WRITTEN}|an?(?= (?:hundred|thousand|million|billion)))"
    rf"(?:[\s-]+(?P<scale>{'|'.join(_SCALES)}))?(?P<percent>\s?%|\s+per ?cent\b)?(?![\d:/])(?!\w)",
    re.I,
)
# "20–25 workers", "two to three hours", "between 5 and 9": no one number, so none that another could contradict.
_RANGE = re.compile(
    rf"\b(?:\d[\d,.]*\s?[-–—]\s?\d[\d,.]*|(?:\d[\d,.]*|{_WRITTEN})\s+(?:or|to)\s+(?:\d[\d,.]*|{_WRITTEN})"
    rf"|between\s+(?:\d[\d,.]*|{_WRITTEN})\s+and\s+(?:\d[\d,.]*|{_WRITTEN}))(?!\w)",
    re.I,
)
_OF_THE = re.compile(rf"\s+(?:out )?of (?:the|its|their|all) (?:\d[\d,]*|{_WRITTEN})\b", re.I)
_MINUTES = {
    "second": 1 / 60,
    "minute": 1.0,
    "hour": 60.0,
    "day": 1440.0,
    "week": 10080.0,
    "month": 43800.0,
    "year": 525600.0,
}
_LENGTH = re.compile(
    rf"\b(?P<number>\d+(?:\.\d+)?|{_WRITTEN}|half an?|an?)(?P<half>[\s-]and[\s-]a[\s-]half)?[\s-]+"
    rf"(?P<unit>{'|'.join(_MINUTES)})s?(?:-long)?\b(?P<more> and a half)?",
    re.I,
)
_CLAUSE_ENDS = re.compile(r"[.;:,—–]|\b(?:that|which|who|were|was|and|from|in|at|by)\b")
_LOOSE = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|over|under|more|less|fewer|least|most|little|up to)\b", re.I
)
_NEAR, _NEARLY = 0.02, 0.2  # share by which two amounts may be apart and be the same: as given, and "about" so much


@dataclass(frozen=True, slots=True)
class Amount:
    """``number`` of what ``counted`` names (stems), or of minutes; ``start``/``end``: where it stands in the words."""

    number: float
    counted: frozenset[str]
    loose: bool  # "about", "more than"
    start: int
    end: int


def amounts(text: str) -> list[Amount]:
    """Numbers of things, in order, ranges left out; "five of the nine missiles" is five missiles."""
    found: list[Amount] = []
    ranges = _ranges(text)
    for match in _NUMBER.finditer(text):
        if match.start() in ranges or (found and match.start() < found[-1].end):
            continue
        whole = _OF_THE.match(text, match.end())
        end = whole.end() if whole else match.end()
        behind = _CLAUSE_ENDS.split(text[end : end + 80])[0]
        marks = [mark for mark, there in (("money", match["sign"]), ("percent", match["percent"])) if there]
        counted = frozenset((*(stem(word) for word in content_words(behind)[:5]), *marks))
        number = _number(match["number"]) * _SCALES.get((match["scale"] or "").lower(), 1)
        found.append(Amount(number, counted, _loose(text, match.start()), match.start(), end))
    return found


def lengths(text: str) -> list[Amount]:
    """Stretches of time in minutes, in order, ranges left out; nothing is counted."""
    ranges = _ranges(text)
    return [
        Amount(_length(match), frozenset(), _loose(text, match.start()), match.start(), match.end())
        for match in _LENGTH.finditer(text)
        if match.start() not in ranges
    ]


def _ranges(text: str) -> set[int]:
    """The places that ranges take."""
    return {place for match in _RANGE.finditer(text) for place in range(*match.span())}


def alike(one: Amount, other: Amount) -> bool:
    """Whether two numbers may be one, told more or less exactly."""
    apart = abs(one.number - other.number) / max(one.number, other.number, 1e-9)
    return apart <= (_NEARLY if one.loose or other.loose else _NEAR)


def _number(written: str) -> float:
    plain = written.lower().replace(",", "")
    if plain in ("a", "an"):
        return 1.0
    return float(_COUNTS[plain]) if plain in _COUNTS else float(plain)


def _length(match: re.Match[str]) -> float:
    written = match["number"].lower()
    number = 0.5 if written.startswith("half") else _number(written)
    return (number + (0.5 if match["half"] or match["more"] else 0.0)) * _MINUTES[match["unit"].lower()]


def _loose(text: str, start: int) -> bool:
    return bool(_LOOSE.search(" ".join(text[:start].split()[-4:])))
