"""Times that a text speaks of: "February 2", "on Wednesday", "in late December", resolved into ranges of days.

What is not written is taken from the publication date, and the answer says so (``When.basis``). Where there is no
publication date the words stay words: nothing is guessed.

Rules for what is not written, in the order of Reichenbach's point of speech (here: the day of publication):
a weekday is the last one up to and including that day, unless the words say otherwise ("next Tuesday", "will meet on
Tuesday"); a day or month without a year is the occurrence nearest to that day, one in the year after it only up to
three months ahead, unless the words say otherwise ("last November", "since April", "April of last year"). A day that
no calendar has ("Feb. 30") is no time at all.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from retriever import timewords
from retriever.records import Basis, Precision, When

_FAR_AHEAD = 92  # days
_PERIODS: dict[str, Precision] = {"week": "week", "month": "month", "year": "year"}
_Reading = tuple[date | None, date | None, Precision, Basis] | None
_Reader = Callable[["re.Match[str]", str, date | None], _Reading]


def times(text: str, published: date | None, *, start: int = 0, end: int | None = None) -> list[When]:
    """All times named in ``text[start:end]``, in order, resolved against ``published``; offsets count into ``text``."""
    stop = len(text) if end is None else end
    found: list[When] = []
    read: list[tuple[int, int]] = []
    for pattern, reader in _READERS:
        for match in pattern.finditer(text, start, stop):
            if any(match.start() < other[1] and other[0] < match.end() for other in read):
                continue  # a more exact pattern has read these words, or found that they are no time
            read.append(match.span())
            reading = reader(match, text, published)
            if reading:
                found.append(When(*reading, match[0], match.start(), match.end()))
    return sorted(found, key=lambda when: when.start)


def in_words(when: When) -> str:
    """The time as an answer writes it, without saying how it is known: "February 2, 2023", "late December 2022"."""
    if when.first is None or when.last is None:
        return when.text
    first, last = when.first, when.last
    if when.precision in ("month", "part-of-month"):
        month = f"{calendar.month_name[first.month]} {first.year}"
        part = {1: f"early {month}", 11: f"mid-{month}"}.get(first.day, f"late {month}")
        return month if when.precision == "month" else part
    if first == last:
        return day_in_words(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{calendar.month_name[first.month]} {first.day}–{last.day}, {first.year}"
    return f"{day_in_words(first)} to {day_in_words(last)}"


def day_in_words(day: date) -> str:
    """ "February 2, 2023"."""
    return f"{calendar.month_name[day.month]} {day.day}, {day.year}"


def _safe(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def _nearest(month: int, day: int, published: date, weekday: str | None = None) -> date | None:
    """The occurrence of a day without a year that is nearest to the day of publication (and falls on ``weekday``).

    What is said in July of "January" is behind: who means the coming one says so.
    """
    reach = range(-6, 7) if weekday else range(-1, 2)  # a weekday returns to the same day within six years at most
    if (month, day) == (2, 29):
        reach = range(-14, 15)  # the same weekday returns to a leap day after 28 years
    days = [found for shift in reach if (found := _safe(published.year + shift, month, day))]
    if weekday:
        fitting = [found for found in days if found.weekday() == timewords.DAYS[weekday.lower()]]
    else:
        fitting = [d for d in days if d.year <= published.year or (d - published).days <= _FAR_AHEAD]
    return min(fitting, key=lambda found: abs((found - published).days), default=None)


def _month_range(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _iso(match: re.Match[str], _text: str, _published: date | None) -> _Reading:
    day = _safe(int(match["year"]), int(match["m"]), int(match["day"])) if 1 <= int(match["m"]) <= 12 else None
    return (day, day, "day", "text") if day else None


def _day_and_month(match: re.Match[str], text: str, published: date | None) -> _Reading:
    named = match.groupdict()
    month, day = _month_number(named["month"]), _number(named["day"])
    year, basis = _year_named(named, published)
    if year:
        first = _safe(year, month, day)
    elif published:
        first = None if _names_an_event(match, text) else _nearest(month, day, published, named["weekday"])
    else:
        return (None, None, "day", "none") if _safe(2000, month, day) else None
    if first is None:
        return None
    last = _safe(first.year, month, _number(named["last"])) if named["last"] else None
    if last and last > first:
        return (first, last, "range", basis)
    return (first, first, "day", basis)


def _names_an_event(match: re.Match[str], text: str) -> bool:
    """Whether a day without a year names what once happened on it, in whatever year: "the Jan. 6 attack", and "Sept.
    11" where nothing happens on it.
    """
    before = text[max(0, match.start() - 8) : match.start()].lower()
    if before.endswith("the ") and timewords.NAMED_AFTER_A_DAY.match(text[match.end() :]):
        return True
    named = match.groupdict()
    the_day = (_month_number(named["month"]), _number(named["day"])) == (9, 11)
    return the_day and not (named["weekday"] or named["last"] or before.endswith(" on ") or before == "on ")


def _across_months(match: re.Match[str], _text: str, published: date | None) -> _Reading:
    """ "November 28 to December 2, 2022": the year that stands at the end is that of the end."""
    months = _month_number(match["month"]), _month_number(match["until"])
    year, basis = _year_named(match.groupdict(), published)
    if year:
        end = _safe(year, months[1], _number(match["last"]))
    elif published:
        end = _nearest(months[1], _number(match["last"]), published)
    else:
        return (None, None, "range", "none")
    start = _safe(end.year - (months[0] > months[1]), months[0], _number(match["day"])) if end else None
    return (start, end, "range", basis) if start and end and start < end else None


def _year_named(named: Mapping[str, str | None], published: date | None) -> tuple[int | None, Basis]:
    """The year that stands beside a month, as a number or as "last year"; what a year not written is taken from."""
    if named["year"]:
        return int(named["year"]), "text"
    if named["which"] and published:
        return published.year + timewords.SHIFTS[named["which"].lower()], "publication"
    return None, "publication"


def _month_number(name: str) -> int:
    return timewords.MONTHS[name.lower().rstrip(".")]


def _number(written: str) -> int:
    """ "3rd" -> 3."""
    return int(written.rstrip("stndrh"))


def _month(match: re.Match[str], text: str, published: date | None) -> _Reading:
    named = match.groupdict()
    lead, part = (named["lead"] or "").lower().strip("\u00a0 \n\t"), (named["part"] or "").lower()
    if not (named["year"] or named["which"] or part or lead) and _is_no_month(match, text):
        return None
    month = _month_number(named["month"])
    year, basis = _year_named(named, published)
    if not year:
        if not published:
            return (None, None, "part-of-month" if part else "month", "none")
        year = _year_of_month(month, lead, part, published)
    first, last = _month_range(year, month)
    if not part:
        return (first, last, "month", basis)
    if part in ("mid", "the middle of"):
        return (first.replace(day=11), first.replace(day=20), "part-of-month", basis)
    early = part in ("early", "the beginning of", "the start of")
    first, last = (first, first.replace(day=10)) if early else (first.replace(day=21), last)
    return (first, last, "part-of-month", basis)


def _is_no_month(match: re.Match[str], text: str) -> bool:
    """ "May I", "March on", "Jan Egeland", "June Teufel Dreyer" """
    name = match["month"].lower()
    if name in ("may", "march") or name.rstrip(".") not in timewords.FULL_MONTHS:
        return True
    called = re.match(r"[ \u00a0][A-Z]", text[match.end() :]) and not re.search(r"\b[Tt]he $", text[: match.start()])
    return name in timewords.GIVEN_NAMES and bool(called)


def _year_of_month(month: int, lead: str, part: str, published: date) -> int:
    if lead == "this":
        return published.year
    if lead == "last":
        return published.year - (month >= published.month)
    if lead == "since":
        return published.year - (month > published.month)
    if lead == "next":
        return published.year + (month <= published.month)
    middle = _nearest(month, {"early": 5, "late": 25}.get(part, 15), published)
    return (middle or published).year


def _year(match: re.Match[str], _text: str, _published: date | None) -> _Reading:
    year = int(match["year"])
    return (date(year, 1, 1), date(year, 12, 31), "year", "text")


def _years(match: re.Match[str], _text: str, _published: date | None) -> _Reading:
    first, last = (int(year) for year in re.findall(r"\d{4}", match[0]))
    return (date(first, 1, 1), date(last, 12, 31), "range", "text") if first < last else None


def _weekday(match: re.Match[str], text: str, published: date | None) -> _Reading:
    if not published:
        return (None, None, "weekday", "none")
    wanted, lead = timewords.DAYS[match["weekday"].lower()], (match["lead"] or "").lower()
    if match["week"]:
        monday = published - timedelta(days=published.weekday())
        day = monday + timedelta(days=wanted, weeks=timewords.SHIFTS[match["week"].lower()])
        return (day, day, "weekday", "publication")
    behind = (published.weekday() - wanted) % 7
    if "next" in lead or "coming" in lead or (not lead.startswith("last") and _looks_ahead(text, match.span())):
        day = published + timedelta(days=(-behind) % 7 or 7)
    else:
        day = published - timedelta(days=behind or (7 if lead.startswith("last") else 0))
    return (day, day, "weekday", "publication")


def _looks_ahead(text: str, place: tuple[int, int]) -> bool:
    """Whether the clause in front of a weekday speaks of what is to come, or the one that it opens."""
    start, end = place
    before = text[max(0, start - 120) : start]
    if timewords.OPENS.search(before) and timewords.AHEAD_BEHIND.match(text[end : end + 120]):
        return True
    clause = timewords.CLAUSE_END.split(before)[-1]
    ahead = max((match.start() for match in timewords.AHEAD.finditer(clause)), default=-1)
    said = max((match.start() for match in timewords.SAID.finditer(clause)), default=-1)
    return ahead > said


def _near_day(match: re.Match[str], _text: str, published: date | None) -> _Reading:
    words = match[0].lower().replace("\u00a0", " ")
    if not published:
        return (None, None, "day", "none")
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(words, 0)
    if " before " in words or " after " in words:  # "the day before yesterday"
        shift = -2 if words.endswith("yesterday") else 2
    day = published + timedelta(days=shift)
    return (day, day, "day", "publication")


def _ago(match: re.Match[str], _text: str, published: date | None) -> _Reading:
    count = timewords.COUNTS.get(match["count"].lower()) or int(match["count"])
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
    unit, shift = match["unit"].lower(), timewords.SHIFTS[match["lead"].lower()]
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


# From the most exact to the least: words read once are not read again.
_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (timewords.ISO_DAY, _iso),
    *((pattern, _across_months) for pattern in timewords.ACROSS_MONTHS),
    *((pattern, _day_and_month) for pattern in timewords.DAY_OF_MONTH),
    (timewords.MONTH, _month),
    (timewords.WEEKDAY, _weekday),
    (timewords.NEAR_DAY, _near_day),
    (timewords.AGO, _ago),
    (timewords.PERIOD, _period),
    (timewords.YEARS, _years),
    (timewords.YEAR, _year),
)
