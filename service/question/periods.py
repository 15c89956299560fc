"""Words that name a time go in ("late August 2022", "May 27", "the second half of 2022"), the days they mean come out.

A time without a year is a month, or days of one, of any year. What has no exact meaning ("the winter of 2021") is no
period; parts of months and days are read by ``retriever.dating``, parts of years here: early, mid and late are thirds,
seasons are those of the north, three whole months each.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from retriever import dating, timewords

_ANY_YEAR = date(2000, 7, 1)  # resolves days without a year, "February 29" too; the year itself is thrown away
_Y = r"(?P<year>(?:19|20)\d\d)\b"
_PARTS = {"early": 1, "mid": 5, "late": 9, "beginning": 1, "start": 1, "middle": 5, "end": 9}  # first month of a third
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first month of three
_COUNTED = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": 4,
    "final": 4,
}
_PART_OF_YEAR = re.compile(
    rf"(?:(?P<part>early|mid|late)(?:\s+in)?[\s-]+|the\s+(?P<whole>beginning|start|middle|end)\s+of\s+(?:the\s+year\s+)?){_Y}",
    re.I,
)
_SEASON = re.compile(
    rf"(?P<the>the\s+)?(?P<season>{'|'.join(_SEASONS)})\s+(?(the)of\s+|(?:of\s+)?){_Y}(?:\s*[-–/]\s*(?P<next>\d\d(?:\d\d)?)\b)?",
    re.I,
)
_HALF = re.compile(rf"the\s+(?P<half>first|second|last)\s+half\s+of\s+{_Y}", re.I)
_HALF_OF_MONTH = re.compile(r"the\s+(?P<half>first|second|last)\s+half\s+of\s+(?=[a-z])", re.I)
_QUARTER = re.compile(
    rf"(?:the\s+(?P<quarter>{'|'.join(_COUNTED)})\s+quarter\s+of\s+|Q(?P<q>[1-4])\s+(?:of\s+)?){_Y}", re.I
)
_DECADE = re.compile(r"(?:the\s+)?(?P<year>(?:19|20)\d0)['’]?s\b", re.I)
_TWO_YEARS = re.compile(rf"{_Y}\s*[-–/]\s*(?P<next>\d\d)\b(?!-)")  # "2016–17"
_LEAD_IN = re.compile(r"the\s+(?:month|morning|afternoon|evening|night|day|year)\s+(?:of\s+)?(?=[\d\w])", re.I)
_PREPOSITION = re.compile(r"(?:by|in|since|until|from|during|through|throughout|at|on|of|before|after)\b", re.I)
_RELATIVE = re.compile(r"(?:last|this|next)\b|.*\b(?:last|this|next)\s+year$", re.I)
_MONTH_NAME = re.compile(rf"\b(?:{'|'.join(sorted(timewords.MONTHS, key=len, reverse=True))})\b", re.I)
_TYPED = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``since`` to ``until``, both inclusive, open where None; or days of ``month`` of whatever year."""

    since: date | None = None
    until: date | None = None
    month: int | None = None
    first_day: int | None = None
    last_day: int | None = None

    def covers(self, first: date, last: date) -> bool:
        """Whether it has a day in common with the days from ``first`` to ``last``."""
        if self.month is None:
            return (self.until is None or first <= self.until) and (self.since is None or self.since <= last)
        years = range(first.year, last.year + 1)
        return any(own.covers(first, last) for year in years if (own := self.of_year(year)) is not None)

    def of_year(self, year: int) -> Period | None:
        """Its days of one year, itself where it has a year; None where that year has no such day."""
        if self.month is None:
            return self
        length = calendar.monthrange(year, self.month)[1]
        first, last = self.first_day or 1, min(self.last_day or length, length)
        return Period(date(year, self.month, first), date(year, self.month, last)) if first <= last else None


def with_capitals(text: str) -> str:
    """The text with its months' names as English writes them ("in july"): places stay where they are."""
    return _MONTH_NAME.sub(lambda match: match[0].capitalize(), text)


def period_at(text: str, at: int) -> tuple[Period | None, int] | None:
    """The period that is named from ``at`` on, and where its words end; None where no time stands there.

    The period is None where the words are a time but may mean several. Months' names need their capitals.
    """
    if _PREPOSITION.match(text, at):
        return None  # "pulled in by April": the time belongs to the second
    lead_in = _LEAD_IN.match(text, at)
    return _part_of_year(text, at) or _half_of_month(text, at) or _dated(text, lead_in.end() if lead_in else at)


def typed_period(words: str) -> Period | None:
    """ "2022", "2022-08", "2022-08-17" as whole spans; None for what no calendar has."""
    match = _TYPED.fullmatch(words)
    if not match or int(match["year"]) < 1:
        return None
    year, month, day = int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    if match["day"]:
        return Period(date(year, month, day), date(year, month, day))
    return _months(year, month, 1 if match["month"] else 12)


def hull(first: Period, last: Period) -> Period | None:
    """Everything from the first to the last; a year that only the last has is the first one's, too. None where that
    has no meaning.
    """
    if first.month and last.month:
        if first.month != last.month:
            return None
        return Period(month=first.month, first_day=first.first_day, last_day=last.last_day)
    if last.month:
        return None
    if first.month and last.until:
        first = first.of_year(last.until.year - (first.month > last.until.month)) or first
    if not first.since or not last.until or first.since > last.until:
        return None
    return Period(first.since, last.until)


def adjoining(first: Period, last: Period) -> bool:
    """Whether nothing lies between two times: "in 2023 and 2024"."""
    if first.month and last.since:
        first = first.of_year(last.since.year - (first.month > last.since.month)) or first
    return bool(first.until and last.since and last.since - first.until <= timedelta(days=1))


def _months(year: int, month: int, count: int) -> Period:
    last = year * 12 + month - 1 + count - 1
    end = (last // 12, last % 12 + 1)
    return Period(date(year, month, 1), date(*end, calendar.monthrange(*end)[1]))


def _part_of_year(text: str, at: int) -> tuple[Period | None, int] | None:
    for pattern, reader in _PARTS_OF_YEARS:
        if match := pattern.match(text, at):
            return reader(match), match.end()
    return None


def _third(match: re.Match[str]) -> Period:
    return _months(int(match["year"]), _PARTS[(match["part"] or match["whole"]).lower()], 4)


def _half(match: re.Match[str]) -> Period:
    return _months(int(match["year"]), 1 if match["half"].lower() == "first" else 7, 6)


def _quarter(match: re.Match[str]) -> Period:
    number = int(match["q"] or _COUNTED[match["quarter"].lower()])
    return _months(int(match["year"]), 3 * number - 2, 3)


def _decade(match: re.Match[str]) -> Period:
    return _months(int(match["year"]), 1, 120)


def _two_years(match: re.Match[str]) -> Period | None:
    following = (int(match["year"]) + 1) % 100 == int(match["next"])
    return _months(int(match["year"]), 1, 24) if following else None


def _season(match: re.Match[str]) -> Period | None:
    """ "The winter of 2021" is the one at that year's beginning, or the one at its end: no period."""
    season = match["season"].lower()
    if season == "winter" and not match["next"]:
        return None
    return _months(int(match["year"]), _SEASONS[season], 3)


def _half_of_month(text: str, at: int) -> tuple[Period | None, int] | None:
    match = _HALF_OF_MONTH.match(text, at)
    read = _dated(text, match.end()) if match else None
    if not match or not read or not read[0]:
        return None
    month, first = read[0], match["half"].lower() == "first"
    if month.month:
        return Period(month=month.month, first_day=1 if first else 16, last_day=15 if first else None), read[1]
    if not month.since or not month.until or month.since.month != month.until.month:
        return None
    halves = (month.since, month.since.replace(day=15)) if first else (month.since.replace(day=16), month.until)
    return Period(*halves), read[1]


def _dated(text: str, at: int) -> tuple[Period | None, int] | None:
    """What ``retriever.dating`` reads there; the words that lead to it make a year one."""
    when = next(iter(dating.times(f"in {text[at : at + 80]}", _ANY_YEAR)), None)
    if when is None or when.start > 3 or not when.first or not when.last:
        return None
    if when.precision not in ("day", "month", "part-of-month", "year", "range"):
        return None
    words = when.text.removeprefix("in ").strip()
    end = at + when.end - 3
    if when.basis == "text":
        return Period(when.first, when.last), end
    if _RELATIVE.match(words) or not _MONTH_NAME.search(words) or when.first.month != when.last.month:
        return None
    whole = when.last.day == calendar.monthrange(when.last.year, when.last.month)[1] and when.precision != "day"
    return Period(month=when.first.month, first_day=when.first.day, last_day=None if whole else when.last.day), end


_PARTS_OF_YEARS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...] = (
    (_PART_OF_YEAR, _third),
    (_SEASON, _season),
    (_HALF, _half),
    (_QUARTER, _quarter),
    (_DECADE, _decade),
    (_TWO_YEARS, _two_years),
)
