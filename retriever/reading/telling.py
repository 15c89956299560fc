"""A cleaned text goes in, what it says of itself comes out: title, author, outlet, date, address, each with the words.

Only what is plainly written: a headline's place, "By Jane Roe", "Updated: Nov 24, 2020", a date on a line of its own,
a dateline with its year, an academic citation line, "Commentary - The Outlet". Never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from retriever.reading import citing, lines
from retriever.reading.days import WRITTEN as _DAY
from retriever.reading.days import day
from retriever.records import Field

_TOP, _BOTTOM = 12, 12  # lines at either end of an article in which it speaks of itself
_TITLE_TOP = 6
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?"
_NAME = r"[A-Z][\w'’.\-]*(?: (?:[A-Z][\w'’.\-]*|van|von|de|del|der|da|bin|al|el|la|le|di)){1,4}"
_NAMES = rf"{_NAME}(?:(?:, | and | & |, and ){_NAME}){{0,4}}"

_LABEL = re.compile(
    r"(?:Analysis & Opinions?|Analysis|Opinion|Op-?Ed|Commentary|Journal Article|Newspaper Article|Magazine Article"
    r"|News|Blog Post|Editorial|Interview) [-–—|] (?P<source>[A-Z].{1,79})"
)
_PUBLISHED = re.compile(
    rf"\b(?:First published|Published|Posted|Issued|Date|Released)(?: on| at)?:? {{0,3}}{_WEEKDAY}(?P<day>{_DAY})", re.I
)
_UPDATED = re.compile(
    rf"(?:Last updated|Updated|Last modified|Modified)(?: on| at)?:? {{0,3}}{_WEEKDAY}(?P<day>{_DAY})", re.I
)
_ALONE = re.compile(rf"(?:[A-Z][\w. ]+, )?{_WEEKDAY}(?P<day>{_DAY})(?:,? .{{0,25}})?", re.I)
_DATELINE = re.compile(
    rf"(?P<whole>[A-Z][A-Z.'\-]{{2,}}[\w.,' \-]{{0,60}}?[,(] ?(?P<day>{_DAY})\)?(?: \([^)]{{2,30}}\))?) ?[-–—:]"
)
_AGENCY = re.compile(
    r"[A-Z][\w.,' \-]{2,70}?\((?P<source>Reuters|AP|AFP|UPI|Kyodo|Xinhua|Jiji|ANI|PTI|IANS|EFE|dpa|TASS)\) ?[-–—]"
)
_BYLINE = re.compile(
    rf"(?:By|BY|Written by|Story by|Author:|Byline:) +(?P<author>{_NAMES})(?: ?[,|•·\-–—(/].{{0,60}})?"
)
_REPORTING = re.compile(rf"\(?Reporting by (?P<author>{_NAMES})(?: in [A-Z][\w ]+?)?(?:;.*|\))\.?\)?")
_TEAM = re.compile(
    r"(?P<author>(?:[A-Z][\w&.]*\s){0,3}"
    r"(?:Web Team|Web Desk|News Desk|Newsdesk|Staff (?:Writer|Reporter)|Editorial Board|Bureau))"
)
_ADDRESS = re.compile(r"(?:Source|URL|Link|Original|Web): ?<?(?P<url>https?://[^\s<>]+)>?", re.I)

_NO_TITLE = re.compile(  # who speaks, for whom, where and when: lines above the text of releases
    r"(?:Office|Bureau|Department|Ministry|Embassy) of\b|Dear |The (?:below|following)\b"
    r"|Check against delivery|For immediate release|\d{1,2}[:.]\d{2}\s|The White House"
    r"|[^,]{3,40}, (?:[A-Z][\w-]+ ){0,4}(?:Secretary|Minister|Spokes\w+|President|Ambassador|Director|Officer|Chair\w*"
    r"|Representative|Envoy|Governor|Adviser|Advisor|Premier|Chancellor|Commissioner|Under|Deputy|Assistant)\b",
    re.IGNORECASE,
)
_FARTHEST = 600  # characters into a line that are looked at
_LONGEST_LINE = 120  # characters of a line that speaks of the article; datelines open a paragraph, citations are longer


@dataclass(frozen=True, slots=True)
class Told:
    """A value as the text gives it, and where it stands, in words for a reader."""

    value: str
    how: str


def of_itself(text: str, *, title: str | None = None, given: Collection[Field] = ()) -> dict[Field, Told]:
    """What the text says of the article, field by field; a field it does not speak of is not there.

    ``title`` and ``given``, the fields that metadata has, help to tell the article's own citation from that of others.
    """
    every = [line.strip()[:_FARTHEST] for line in text.split("\n") if line.strip()]
    found: dict[Field, Told] = {}
    for key, told in _all(every, title):
        found.setdefault(key, told)
    if {"author", "published"}.isdisjoint((*found, *given)):
        headline = title or (found["title"].value if "title" in found else None)
        found |= dict(_cited(citing.lone(every, title=headline)))
    return found


def _all(every: list[str], title: str | None) -> Iterator[tuple[Field, Told]]:
    """Everything told, the surest first."""
    yield from _cited(citing.own(every, title=title))
    near = every[:_TOP] + every[max(_TOP, len(every) - _BOTTOM) :]
    short = [line for line in near if len(line) <= _LONGEST_LINE]
    top = [line for line in every[:_TOP] if len(line) <= _LONGEST_LINE]
    yield from _matched("source", [re.compile(_LABEL)], every[:3], whole=True)
    yield from _matched("published", [_PUBLISHED, _UPDATED], [line for line in short if not lines.is_prose(line)])
    yield from _matched("published", [_ALONE], top, whole=True)
    yield from _matched("published", [_DATELINE], every[:_TITLE_TOP])
    yield from _matched("source", [_AGENCY], every[:_TITLE_TOP])
    yield from _matched("author", [_BYLINE], [line for line in short if not lines.is_prose(line)], whole=True)
    yield from _matched("author", [_REPORTING], every[-_BOTTOM:], whole=True)
    yield from _matched("author", [_TEAM], top, whole=True)
    yield from _matched("url", [_ADDRESS], short, whole=True)
    headline = _title(every)
    if headline:
        yield "title", Told(headline, "the text: its first headline")


def _cited(match: re.Match[str] | None) -> Iterator[tuple[Field, Told]]:
    """What the article's citation of itself says."""
    if match:
        yield "author", _quoted(f"{match['first'].strip()} {match['last']}", match.string)
        yield "source", _quoted(match["source"].strip(), match.string)
        if day(match["day"]):
            yield "published", _quoted(match["day"], match.string)


def _matched(
    key: Field, patterns: list[re.Pattern[str]], among: list[str], *, whole: bool = False
) -> Iterator[tuple[Field, Told]]:
    for pattern in patterns:
        for line in among:
            match = pattern.fullmatch(line) if whole else pattern.search(line)
            if match and (key != "published" or day(match["day"])):
                value = match["day" if key == "published" else key].strip()
                yield key, _quoted(value, match[0] if not whole else line)


def _title(every: list[str]) -> str | None:
    """The first line that looks like a headline, if nothing but labels stands above it and text follows."""
    for place, line in enumerate(every[:_TITLE_TOP]):
        if lines.is_prose(line):
            return None
        if (
            lines.is_title(line, fewest=3)
            and not _NO_TITLE.match(line)
            and not _LABEL.fullmatch(line)
            and place + 1 < len(every)
        ):
            return line
    return None


def _quoted(value: str, words: str) -> Told:
    shown = words if len(words) <= 100 else words[:97].rstrip() + "…"
    return Told(value, f"the text: “{shown}”")
