"""Times that a text speaks of: "February 2", "on Wednesday", "in late December", resolved into ranges of days.

What is not written is taken from the publication date, and the answer says so (``When.basis``). Where there is no
publication date the words stay words: nothing is guessed.

Rules for what is not written, in the order of Reichenbach's point of speech (here: the day of publication):
a weekday is the last one up to and including that day, unless the words say otherwise ("next Tuesday", "will meet on
Tuesday"); a day or month without a year is the occurrence nearest to that day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from retriever.records import Basis, Precision, When

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_DAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_COUNTS |= {"nine": 9, "ten": 10}

_MONTH = (
    rf"(?P<month>(?:{'|'.join(name for name in calendar.month_name if name)})\b"
    rf"|(?:{'|'.join(calendar.month_abbr[1:])}|Sept)\b\.?)"
)
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
_ON = rf"(?:{_WEEKDAY},?\s*\(?)?"  # "Tuesday (November 24)": the weekday helps to find the year
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b"
_TO = r"(?:\s*(?:-|–|—|to|and)\s*(?P<last>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_PART = r"(?P<part>[Ee]arly|[Mm]id|[Ll]ate|the beginning of|the start of|the end of)(?:\s+in\s+|[\s-]+)"
_S = r"[\s\u00a0]+"

# A clause that looks ahead: the weekday in it is the coming one.
_AHEAD = re.compile(
    r"\b(?:will|would|shall|next|upcoming|coming|scheduled|plans? to|due to|set to|is to|are to)\b", re.I
)
_BREAK = re.compile(r"[.;!?\n“”\"]|, (?:who|which|after|as|while)\b")

_PERIODS: dict[str, Precision] = {"week": "week", "month": "month", "year": "year"}
_BASES: dict[str, Basis] = {"text": "text", "publication": "publication"}
_Reading = tuple[date | None, date | None, Precision, Basis] | None
_Reader = Callable[["re.Match[str]", str, date | None], _Reading]


def times(text: str, published: date | None, *, start: int = 0, end: int | None = None) -> list[When]:
    """All times named in ``text[start:end]``, in order, resolved against ``published``; offsets count into ``text``."""
    stop = len(text) if end is None else end
    found: list[When] = []
    for pattern, reader in _PATTERNS:
        for match in pattern.finditer(text, start, stop):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue  # a more exact pattern has read these words
            reading = reader(match, text, published)
            if reading:
                found.append(When(*reading, match[0], match.start(), match.end()))
    return sorted(found, key=lambda when: when.start)


def in_words(when: When) -> str:
    """The time as an answer writes it, without saying how it is known: "February 2, 2023", "late December 2022"."""
    if when.first is None or when.last is None:
        return when.text
    first, last = when.first, when.last
    month = f"{calendar.month_name[first.month]} {first.year}"
    if when.precision == "part-of-month":
        return {1: f"early {month}", 11: f"mid-{month}"}.get(first.day, f"late {month}")
    if when.precision in ("month", "year"):
        return month if when.precision == "month" else str(first.year)
    if first == last:
        return day_in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{calendar.month_name[first.month]} {first.day}–{last.day}, {first.year}"
    return f"{day_in_words(first)} to {day_in_words(last)}"


def day_in_words(day: date) -> str:
    """ "February 2, 2023"."""
    return f"{calendar.month_name[day.month]} {day.day}, {day.year}"


def _safe(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def _nearest(month: int, day: int, published: date, weekday: str | None = None) -> date | None:
    """The occurrence of a day without a year that is nearest to the day of publication (and falls on ``weekday``)."""
    reach = range(-6, 7) if weekday else (-1, 0, 1)  # a weekday returns to the same day within six years at most
    days = [found for shift in reach if (found := _safe(published.year + shift, month, day))]
    fitting = [found for found in days if not weekday or found.weekday() == _DAYS[weekday.lower()]]
    return min(fitting, key=lambda found: abs((found - published).days), default=None)


def _month_range(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _iso(match: re.Match[str], _text: str, _published: date | None) -> _Reading:
    day = _safe(int(match["year"]), int(match["m"]), int(match["day"])) if 1 <= int(match["m"]) <= 12 else None
    return (day, day, "day", "text") if day else None


def _day_and_month(match: re.Match[str], _text: str, published: date | None) -> _Reading:
    named = match.groupdict()
    month, day = _MONTHS[named["month"].lower().rstrip(".")], int(named["day"])
    if named["year"]:
        first, basis = _safe(int(named["year"]), month, day), "text"
    elif published:
        first, basis = _nearest(month, day, published, named["weekday"]), "publication"
    else:
        return (None, None, "day", "none")
    if first is None:
        return None
    last = _safe(first.year, month, int(named["last"])) if named.get("last") else None
    if last and last > first:
        return (first, last, "range", _BASES[basis])
    return (first, first, "day", _BASES[basis])


def _month(match: re.Match[str], _text: str, published: date | None) -> _Reading:
    named = match.groupdict()
    if named["month"] in ("May", "March") and not (named["year"] or named["part"] or named["lead"]):
        return None  # "May I", "March on"
    month, part = _MONTHS[named["month"].lower().rstrip(".")], (named["part"] or "").lower()
    if named["year"]:
        year, basis = int(named["year"]), "text"
    elif not published:
        return (None, None, "part-of-month" if part else "month", "none")
    else:
        middle = _nearest(month, {"early": 5, "late": 25}.get(part, 15), published)
        year, basis = (middle or published).year, "publication"
    first, last = _month_range(year, month)
    if not part:
        return (first, last, "month", _BASES[basis])
    if part == "mid":
        return (first.replace(day=11), first.replace(day=20), "part-of-month", _BASES[basis])
    early = part in ("early", "the beginning of", "the start of")
    return (
        *((first, first.replace(day=10)) if early else (first.replace(day=21), last)),
        "part-of-month",
        _BASES[basis],
    )


def _year(match: re.Match[str], _text: str, _published: date | None) -> _Reading:
    year = int(match["year"])
    return (date(year, 1, 1), date(year, 12, 31), "year", "text")


def _weekday(match: re.Match[str], text: str, published: date | None) -> _Reading:
    if not published:
        return (None, None, "weekday", "none")
    wanted, lead = _DAYS[match["weekday"].lower()], (match["lead"] or "").lower()
    behind = (published.weekday() - wanted) % 7
    if "next" in lead or "coming" in lead or (not lead.startswith("last") and _looks_ahead(text, match.start())):
        day = published + timedelta(days=(-behind) % 7 or 7)
    else:
        day = published - timedelta(days=behind or (7 if lead.startswith("last") else 0))
    return (day, day, "weekday", "publication")


def _looks_ahead(text: str, start: int) -> bool:
    """Whether the clause in front of a weekday speaks of what is to come."""
    clause = _BREAK.split(text[max(0, start - 120) : start])[-1]
    return bool(_AHEAD.search(clause))


def _deictic(match: re.Match[str], _text: str, published: date | None) -> _Reading:
    words = match[0].lower().replace("\u00a0", " ")
    if not published:
        return (None, None, "day", "none")
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(words, 0)
    day = published + timedelta(days=shift)
    return (day, day, "day", "publication")


def _ago(match: re.Match[str], _text: str, published: date | None) -> _Reading:
    count = _COUNTS.get(match["count"].lower()) or int(match["count"])
    unit = match["unit"].lower()
    if not published:
        return (None, None, "day" if unit == "day" else "range", "none")
    if unit == "day":
        day = published - timedelta(days=count)
        return (day, day, "day", "publication")
    if unit == "week":
        return _week(published - timedelta(weeks=count))
    if unit == "month":
        months = published.year * 12 + published.month - 1 - count
        return (*_month_range(months // 12, months % 12 + 1), "month", "publication")
    return (date(published.year - count, 1, 1), date(published.year - count, 12, 31), "year", "publication")


def _period(match: re.Match[str], _text: str, published: date | None) -> _Reading:
    unit, shift = match["unit"].lower(), {"last": -1, "this": 0, "next": 1}[match["lead"].lower()]
    precision = _PERIODS[unit]
    if not published:
        return (None, None, precision, "none")
    if unit == "week":
        return _week(published + timedelta(weeks=shift))
    if unit == "month":
        months = published.year * 12 + published.month - 1 + shift
        return (*_month_range(months // 12, months % 12 + 1), "month", "publication")
    return (date(published.year + shift, 1, 1), date(published.year + shift, 12, 31), "year", "publication")


def _week(day: date) -> _Reading:
    monday = day - timedelta(days=day.weekday())
    return (monday, monday + timedelta(days=6), "week", "publication")


def _patterns() -> Iterator[tuple[re.Pattern[str], _Reader]]:
    """From the most exact to the least: words read once are not read again."""
    yield re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)\b"), _iso
    yield re.compile(rf"\b{_ON}{_MONTH}{_S}{_DAY}{_TO}(?:,?{_S}{_YEAR})?"), _day_and_month
    yield re.compile(rf"\b{_ON}{_DAY}{_TO}{_S}(?:of{_S})?{_MONTH}(?:,?{_S}{_YEAR})?"), _day_and_month
    yield (
        re.compile(rf"\b(?:{_PART})?(?P<lead>\b(?:in|since|until|by|last|this|next){_S})?{_MONTH}(?:,?{_S}{_YEAR})?"),
        _month,
    )
    yield re.compile(rf"\b(?P<lead>last{_S}|next{_S}|this{_S}coming{_S}|this{_S})?{_WEEKDAY}"), _weekday
    yield (
        re.compile(
            rf"\b(?:today|yesterday|tomorrow|tonight|last{_S}night|this{_S}(?:morning|afternoon|evening))\b", re.I
        ),
        _deictic,
    )
    counts = "|".join(_COUNTS)
    yield re.compile(rf"\b(?P<count>{counts}|\d{{1,3}}){_S}(?P<unit>day|week|month|year)s?{_S}ago\b", re.I), _ago
    yield re.compile(rf"\b(?P<lead>last|this|next){_S}(?P<unit>week|month|year)\b", re.I), _period
    yield re.compile(rf"\b(?:in|since|until|by|of|during|from|before|after|late|early){_S}{_YEAR}"), _year


_PATTERNS = tuple(_patterns())
