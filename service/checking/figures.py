"""A text goes in; the numbers in it come out as values with their units, and the days it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from retriever import dating
from retriever.catalogue.words import stands_in, tokens
from retriever.records import When
from retriever.wording import stem
from service.checking.clocks import WORDS, clocks, plain

_ORDINALS: Final = {
    word: float(n)
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
_SCALES: Final = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9,
    "b": 1e9, "trillion": 1e12, "tn": 1e12, "trn": 1e12, "dozen": 12,
}  # fmt: skip
_VAGUE: Final = frozenset("dozens hundreds thousands millions billions trillions scores".split())
_UNITS: Final = {
    "%": "percent", "percent": "percent", "percentage": "percent", "per": "percent", "pc": "percent",
    "$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "usd": "dollar", "dollars": "dollar", "dollar": "dollar",
    "euros": "euro", "euro": "euro", "pounds": "pound", "yen": "yen", "yuan": "yuan", "won": "won", "rmb": "yuan",
    "km": "kilometre", "kilometre": "kilometre", "kilometres": "kilometre", "kilometer": "kilometre",
    "kilometers": "kilometre", "metre": "metre", "metres": "metre", "meter": "metre", "meters": "metre",
    "mile": "mile", "miles": "mile", "ton": "ton", "tons": "ton", "tonne": "ton", "tonnes": "ton", "kg": "kilogram",
    "second": "second", "seconds": "second", "minute": "minute", "minutes": "minute", "min": "minute", "hour": "hour",
    "hours": "hour", "day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month", "months": "month",
    "year": "year", "years": "year", "decades": "decade", "decade": "decade", "century": "century",
    "degrees": "degree", "points": "point", "times": "time",
}  # fmt: skip
_SECONDS: Final = {
    "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0, "fortnight": 1209600.0,
    "month": 2628000.0, "year": 31536000.0, "decade": 315360000.0, "century": 3153600000.0,
}  # fmt: skip
_NO_UNIT: Final = frozenset("and or to of in at on from by for with as than is are was were has have had that".split())
_TOKEN = re.compile(
    r"[$€£¥%]|\d[\d,]*(?:\.\d+)?(?=(?:k|m|bn|mn|tn|trn|km|pm|am)\b)|\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th)?|[^\W\d_]+"
)
_HOUR_AND_A_HALF = re.compile(
    r"\ban? (hour|day|week|month|year) and a half\b|\bhalf an? (hour|day|year|decade|century|dozen)\b", re.I
)
_COUNTED: Final = re.compile(
    r"\b(?P<count>a|one|two|three|four|five|six|seven|eight|nine|ten|\d+|(?:the )?(?:next|following)) "
    r"(?:days?|morning|afternoon|evening|night)"
    r"(?: (?P<side>later|after|afterwards|before|earlier))?\b",
    re.I,
)
_VAGUELY: Final = re.compile(
    r"\b(?:twice|thrice|doubl(?:ed?|es|ing)|two times|tripl(?:e[ds]?|ing)|three times|[2-9]0s|"
    r"dozens|hundreds|thousands|millions|billions|"
    r"(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)(?:ies|ieth))\b",
    re.I,
)
_TENS: Final = "twenties thirties forties fifties sixties seventies eighties nineties".split()
_ONE_OF: Final = {
    **dict.fromkeys([*"doubled double doubles doubling".split(), "two times"], "twice"),
    **dict.fromkeys([*"triple tripled triples tripling".split(), "three times"], "thrice"),
    **{f"{n}0s": word for n, word in enumerate(_TENS, 2)},
}
_SINGLE: Final = re.compile(r"\ban? (?:whole |full )?(minute|hour|day|week|month|year|decade|century)\b", re.I)
_SIDES: Final = re.compile(
    r"\W+(?:\w+\W+)?(?:sides?|countr\w+|nations?|governments?|ministers?|leaders?|men|women|officials|capitals|states|"
    r"neighbou?rs|diplomats|parties|foreign|of them)\b",
    re.I,
)
_NEAR_WORDS: Final = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|close to|just (?:over|under)|up to|over|under|"
    r"more than|less than|fewer than|at least|at most)\s+\W*$", re.I
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """``text[start:end]``. ``unit``: "percent", "dollar", "hour" …, or what is counted as a stem, or ""."""

    value: float
    unit: str
    start: int
    end: int
    loose: bool = False  # "about", "more than"

    @property
    def seconds(self) -> float | None:
        """The length of time; None for anything else."""
        return self.value * _SECONDS[self.unit] if self.unit in _SECONDS else None

    @property
    def measured(self) -> bool:
        """Whether the unit is one that nothing else can stand for."""
        return self.unit in _UNITS.values()


def numbers(text: str, *, without: Sequence[tuple[int, int]] = ()) -> list[Number]:
    """In order, but for those within the places of ``without`` (days, years). "One" counts only before a unit."""
    halves = list(_and_a_half(text))
    found = sorted([*halves, *_read(text)], key=lambda number: number.start)
    without = [*without, *((each.start() + 1, each.end()) for each in _HOUR_AND_A_HALF.finditer(text))]
    without += [(start, end) for _, start, end, _ in clocks(text)]
    without += [match.span() for match in _VAGUELY.finditer(text) if match[0].endswith("times")]
    return [n for n in found if not any(n.start < end and start < n.end for start, end in without)]


def _and_a_half(text: str) -> Iterator[Number]:
    """ "An hour and a half", "half an hour"."""
    for match in _HOUR_AND_A_HALF.finditer(text):
        unit = (match[1] or match[2]).lower()
        value, unit = (6.0, "") if unit == "dozen" else (1.5 if match[1] else 0.5, _UNITS[unit])
        yield Number(value, unit, match.start(), match.start() + 1)


def _read(text: str) -> Iterator[Number]:
    words = [(match[0].lower(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    place = 0
    while place < len(words):
        word, start, end = words[place]
        value, ordinal = _value(word, text, start)
        if value is None:
            place += 1
            continue
        sign = words[place - 1][0] if place and words[place - 1][0] in "$€£¥" else ""
        place += 1
        if word == "half" and [each[0] for each in words[place : place + 1]] == ["a"]:
            place, end = place + 1, words[place][2]
        value, place, end = _extended(words, place, (value, end), text)
        unit, more = _unit(words, place, sign, text, end)
        if not (word == "one" and unit not in _SECONDS and end - start == 3):
            loose = bool(_NEAR_WORDS.search(text[max(0, start - 24) : start]))
            yield Number(value, "#" if ordinal else unit, start, end, loose)
        place = max(place, more)


def _value(word: str, text: str, start: int) -> tuple[float | None, bool]:
    if word[0].isdigit():
        inside = start and re.match(r"[\w]", text[start - 1])
        return (
            (None, False)
            if inside
            else (float(word.rstrip("stndrh").replace(",", "").rstrip(".") or 0), word[-1].isalpha())
        )
    if word in _ORDINALS:
        return _ORDINALS[word], True
    if word in _VAGUE:
        return None, False
    if word in ("half", "quarter", "third", "couple", "decade", "twice", "zero"):
        return (WORDS[word], False) if word in ("half", "dozen") else (None, False)
    return WORDS.get(word), False


def _extended(
    words: Sequence[tuple[str, int, int]], place: int, so_far: tuple[float, int], text: str
) -> tuple[float, int, int]:
    """ "thirty-five", "2.5 million", "two hundred and fifty"."""
    value, end = so_far
    while place < len(words):
        word, start, stop = words[place]
        gap = text[end:start]
        if gap.strip(" -\u00a0") not in ("", "and"):
            break
        if word in _SCALES and (len(word) > 2 or gap in ("", " ")) and not (word in ("m", "b", "k") and gap):
            value *= _SCALES[word]
        elif value in range(20, 100, 10) and 0 < WORDS.get(word, 0) < 10 and gap in ("-", " "):
            value += WORDS[word]
        elif word == "and" and value >= 100 and place + 1 < len(words) and words[place + 1][0] in WORDS:
            stop = end
        elif 100 <= value < 10_000 and value % 100 == 0 and 0 < WORDS.get(word, 0) < 100 and gap != "-":
            value += WORDS[word]
        elif word == "and" and [each[0] for each in words[place + 1 : place + 3]] == ["a", "half"]:
            value, place, stop = value + 0.5, place + 2, words[place + 2][2]
        else:
            break
        place, end = place + 1, stop
    return value, place, end


def _unit(words: Sequence[tuple[str, int, int]], place: int, sign: str, text: str, end: int) -> tuple[str, int]:
    """What is counted: the unit behind it, the currency's sign, or the first noun-like word behind."""
    if sign:
        return _UNITS[sign], place
    near = words[place : place + 3]
    if not near or text[end : near[0][1]].strip(" -\u00a0"):
        return "", place
    if near[0][0] in _NO_UNIT:
        return "", place
    known = near[0][0] in _UNITS and (near[0][0] != "per" or [each[0] for each in near[1:2]] == ["cent"])
    return (_UNITS[near[0][0]], place + 1) if known else (stem(near[0][0]), place)


def written(number: Number, text: str) -> str:
    """The number's words, with its unit where it has one that nothing else can stand for ("44 per cent")."""
    unit = re.match(r"[\s-]?(per cent|%|[^\W\d_]+)", text[number.end :]) if number.measured else None
    known = unit and (unit[1].lower() in _UNITS or unit[1].lower() == "per cent")
    return text[number.start : number.end + (unit.end() if unit and known else 0)]


def stands(sought: Number, known: Sequence[Number]) -> bool:
    """Whether a number is among those known: the same value with the same unit, or the same length of time."""
    if sought.unit == "#" and sought.value == 1:
        return True  # "first" orders as often as it counts
    counted = [each for each in known if each.unit == sought.unit and sought.unit not in ("", "#")]
    return any(_same(sought, each) for each in counted or known)


def vague(text: str) -> dict[str, str]:
    """Words for numbers that have no figure: "dozens", "the fiftieth"; what is one thing in several words ("twice" and
    "doubled", "sixties" and "60s") under one of them.
    """
    return {_ONE_OF.get(word, word): match[0] for match in _VAGUELY.finditer(text) if (word := match[0].lower())}


def single(text: str) -> Iterator[Number]:
    """ "A year", "an hour": one of it."""
    for match in _SINGLE.finditer(text):
        yield Number(1.0, _UNITS[match[1].lower()], match.start(), match.end())


def sides(number: Number, text: str) -> bool:
    """ "The two sides", "both ministers": how many are spoken of, not a figure."""
    return number.value == 2 and number.unit != "#" and bool(_SIDES.match(text, number.end))


def _same(one: Number, other: Number) -> bool:
    if one.seconds is not None and other.seconds is not None:
        return _near(one.seconds, other.seconds, loose=one.loose or other.loose)
    if one.measured and other.measured and one.unit != other.unit:
        return False
    if (one.unit == "#") != (other.unit == "#"):
        return False
    return _near(one.value, other.value, loose=one.loose and not other.loose)


def _near(one: float, other: float, *, loose: bool) -> bool:
    apart = abs(one - other) / max(one, other, 1e-9)
    return apart < (0.08 if loose else 1e-6)


# ---- days


def days(text: str, published: date | None) -> list[When]:
    """The times that a text names; "18 November" of a sentence that has the year elsewhere is not one without."""
    return dating.times(text, published)


def beside(when: When, text: str) -> Iterator[When]:
    """The day after, or so many days before, where the text counts from a day: "two days later"."""
    if when.first is None or when.first != when.last:
        return
    for match in _COUNTED.finditer(text):
        named = match["count"].lower().removeprefix("the ")
        follows = named in ("next", "following")
        if not follows and not match["side"]:
            continue
        count = 1 if follows or named == "a" else int(plain(named) or 0)
        ahead = follows or match["side"].lower() in ("later", "after", "afterwards")
        day = when.first + timedelta(days=count if ahead else -count)
        yield replace(when, first=day, last=day)


def told(sought: When, known: Iterable[When], *, also: Iterable[date], words: Sequence[str]) -> bool:
    """Whether a time of a sentence is one of those ``known``, or less exact than one, or a day of ``also``.

    ``words``: of the sources, folded; what nothing resolves must stand there as it is.
    """
    first, last = sought.first, sought.last
    if (
        first is None
        or last is None
        or (stands_in(tokens(sought.text), " ".join(words)) and not re.search(r"\d|[A-Z]", sought.text))
    ):
        return set(tokens(sought.text)) <= set(words)
    for when in known:
        if when.first is not None and when.last is not None and first <= when.first and when.last <= last:
            return True
        if sought.precision == when.precision and tokens(sought.text) == tokens(when.text):
            return True
    return any(first <= day <= last for day in also)
