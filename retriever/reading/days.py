"""Words for one day go in, that day comes out, or None. Never a guess: "Friday", "2016" and "Nov 24" are no dates."""

from __future__ import annotations

import re
from datetime import date

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY_OF = r"\d{1,2}(?:st|nd|rd|th)?"
# A day as articles print it, for patterns of whole lines; ``day`` says whether there is such a day.
WRITTEN = rf"(?:{_MONTH} {_DAY_OF},? \d{{4}}|{_DAY_OF} {_MONTH},? \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"

_ISO = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?=$|[T\s])")
_FIGURES = re.compile(r"\s*(\d{1,2})([/.\-])(\d{1,2})\2\d{4}\b")
_EARLIEST, _LATEST = 1600, 2200  # years; what lies outside is a slip or a default, not when something was published


def day(words: str) -> date | None:
    """The day that is fully written in ``words`` (day, month and year), as written there, without time zones.

    "03/02/2021" could be two days and is none; "24/11/2020" and "11/24/2020" can only be one.
    """
    found = _iso(words) or _read(words)
    return found if found and _EARLIEST <= found.year <= _LATEST else None


def _iso(words: str) -> date | None:
    match = _ISO.match(words)
    if not match:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:  # 2021-02-30
        return None


def _read(words: str) -> date | None:
    if not re.search(r"\d", words) or len(words) > 100 or _ISO.match(words):
        return None
    figures = _FIGURES.match(words)
    order = "DMY"
    if figures:
        first, second = int(figures[1]), int(figures[3])
        if first <= 12 and second <= 12 and first != second:
            return None
        order = "MDY" if second > 12 else "DMY"

    import dateparser

    settings = {
        "STRICT_PARSING": True,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "DATE_ORDER": order,
    }
    try:
        found = dateparser.parse(words, languages=["en"], settings=settings)
    except (ValueError, OverflowError):  # its answer to figures that make no date
        return None
    return found.date() if found else None
