"""A question goes in; the times and events that say when come out: "in August 2022", "since the NATO visit".

Only those that are of what is asked about (``scope``), none inside quotation marks, neither of two between which the
question lets choose ("in 2021 or 2022?"). Words that look to the asker's own day ("last month") are left alone: that
day is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from retriever import timewords
from service.question.kinds import QUOTED
from service.question.periods import Period, adjoining, hull, period_at, with_capitals
from service.question.scope import WHICH_TIME, of_the_question

_LEAD = re.compile(
    r"\b(?:(?P<since>since|starting(?:\s+in|\s+on|\s+from)?|beginning(?:\s+in|\s+on)?)|(?P<after>after|later\s+than)|"
    r"(?P<before>before|prior\s+to|earlier\s+than)|(?P<until>until|till|up\s+to|up\s+until|through)|(?P<from>from)|"
    r"(?P<between>between)|(?P<of>of)|(?P<at>at)|(?P<on>on)|(?P<within>in\s+the\s+course\s+of|in|during|throughout|within))\s+",
    re.I,
)
_PART = re.compile(r"\b(?:early|late)\s+$", re.I)  # "early in 2022"
_JOINED = re.compile(
    r"(?:\s+(?P<word>to|until|till|through|and|or)\s+(?:(?:in|on|during|from|the\s+end\s+of)\s+)?|\s*[-–—]\s*)(?=[\w])",
    re.I,
)
_NAMESAKE = re.compile(r"(?:\s+[A-Z][\w-]*)+['’]s\b")  # "in May Britt's view"
_ONWARDS = re.compile(r"\s+(?:on|onwards?|forward)\b", re.I)
_MONTH = "|".join(sorted(timewords.MONTHS, key=len, reverse=True))
_BARE = re.compile(
    rf"\b(?:(?:early|mid|late)[\s-]+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTH})\b|(?<=, )(?:19|20)\d\d\b", re.I
)
_BARE_END = re.compile(r"\s*(?:[?!;:—–)]|,\s|\.\s|\.?$)")
_NOT_BARE = re.compile(
    r"(?:\b(?:the|a|an|of|for|by|to|and|or|in|on|at|from|since|until|till|before|after|between|during|last|next|this|that|"
    r"early|mid|late|his|her|their|its|about|around|circa|than|through|throughout|within)|['’]s|['’]|\d,?)[\s-]*$",
    re.I,
)
_WHAT_ABOUT = re.compile(r"^\s*(?:and|so|but|or)?\s*(?:what|how)\s+about\s+", re.I)
_EVENT_WORDS = re.compile(r"(?!(?:then|when|that|this|it|all|long)\b)[^\s,;:?!()_][^,;:?!()_]{2,90}", re.I)
_EVENT_END = re.compile(
    r"\s+(?:about|regarding|concerning|who|whom|whose|what|which|why|how|did|does|do)\b.*|\.(?:\s.*)?$|\s+(?:in|on|during)\s+(?=\d)",
    re.I,
)
# "The first visit since 2019" is no matter of what is found.
_SUPERLATIVE = re.compile(
    r"\b(?:how\s+long|not|first|only|last|latest|most|least|best|worst|lowest|highest|biggest|largest|smallest|longest|"
    r"shortest|strongest|weakest|deadliest|steepest|sharpest|fastest|slowest|greatest|record|ever)\b[^,;?]*$",
    re.I,
)
# "Until 2026" says how long something holds, but where somebody speaks, meets or goes.
_MOMENT = re.compile(
    r"\b(?:sa(?:y|id)|speak|spoke|spoken|talk|comment|remark|statements?|repl|respond|mention|write|wrote|written|report|"
    r"happen|meet|met|visit|travel|call)(?:s|ed|ies|ied)?\b",
    re.I,
)
_NO_YEAR = "“{}” names no year; add one, as in “{} 2023”."


@dataclass(frozen=True, slots=True)
class Timed:
    """``period`` is None where the words were seen and not understood: ``note`` says why, and what would help."""

    text: str  # as they stand in the question
    start: int
    end: int
    period: Period | None = None
    note: str | None = None
    event: str | None = None  # what is to be dated: "the NATO visit"
    lead: str = "within"  # for an event: since, after or before


def times_asked(text: str) -> list[Timed]:
    """All of them, in order."""
    plain = with_capitals(QUOTED.sub(lambda match: "_" * len(match[0]), text))
    found: list[Timed] = []
    seen: list[tuple[int, int]] = []
    for match in _LEAD.finditer(plain):
        if any(start <= match.start() < end for start, end in seen):
            continue
        timed = _time(plain, match) or _event(plain, match)
        if timed:
            seen.append((timed.start, timed.end if timed.event is None else match.end()))
            found.append(timed)
    bare = [timed for timed in _bare(plain) if not any(s < timed.end and timed.start < e for s, e in seen)]
    meant = (each for each in found + bare if (each.period or each.note or each.event) and _is_meant(plain, each))
    return sorted((_as_typed(text, each) for each in meant), key=lambda each: each.start)


def _as_typed(text: str, timed: Timed) -> Timed:
    """With the question's own letters: months were read with capitals."""
    event = text[timed.end - len(timed.event) : timed.end] if timed.event else None
    return replace(timed, text=text[timed.start : timed.end], event=event)


def _is_meant(plain: str, timed: Timed) -> bool:
    if timed.lead == "until" and not _MOMENT.search(plain[: timed.start]):
        return False
    if timed.lead == "since" and _SUPERLATIVE.search(plain[: timed.start]):
        return False
    return of_the_question(plain, timed.start, timed.end)


def _time(plain: str, match: re.Match[str]) -> Timed | None:
    """A time behind a preposition. One without period and note has been read, and is none that narrows."""
    lead = match.lastgroup or "within"
    part = _PART.search(plain, 0, match.start()) if match[0].strip().lower() == "in" else None
    start = part.start() if part else match.start()
    read = period_at(plain, start if part else match.end())
    if read is None or not _fits(plain, match, lead):
        return None
    period, end = read
    if period and period.month and _NAMESAKE.match(plain, end):
        return None
    joined = _JOINED.match(plain, end)
    second = period_at(plain, joined.end()) if joined else None
    if joined and second:
        end = second[1]
        timed, word = Timed(plain[start:end], start, end), (joined["word"] or "to").lower()
        if word == "or" or (word, lead) == ("and", "from"):
            return timed
        return _both(timed, lead, (period, second[0]), word)
    timed = Timed(plain[start:end], start, end, lead=lead)
    if lead == "from":
        onwards = _ONWARDS.match(plain, end)
        ranged = period and (period.since != period.until if period.since else period.first_day != period.last_day)
        if onwards:
            end = onwards.end()
            timed = Timed(plain[start:end], start, end, lead="since")
        elif not ranged or not re.search(r"[-–—]|\b(?:to|and)\b", timed.text):
            return replace(timed, lead="within")
    return _alone(timed, period)


def _fits(plain: str, match: re.Match[str], lead: str) -> bool:
    """ "On" takes days, "of" stands behind "which day", "at" in front of an end."""
    if lead == "of":
        return bool(WHICH_TIME.search(plain[: match.start()]))
    if lead == "at":
        return bool(re.match(r"the\s+(?:beginning|start|end)\b", plain[match.end() :], re.I))
    return lead != "on" or bool(re.match(r"[^?]{0,24}?\b\d{1,2}(?:st|nd|rd|th)?\b", plain[match.end() :]))


def _alone(timed: Timed, period: Period | None) -> Timed:
    words = timed.text
    if period is None:
        return replace(
            timed, note=f"“{words}” may be the one that opens the year or the one that closes it; name the months."
        )
    if timed.lead not in ("since", "after", "before", "until"):
        days = re.search(r"\d+(?:st|nd|rd|th)?\s+and\s+\d", words)
        if timed.lead != "between" and days and _length(period) > 2:
            return replace(timed, note=_apart(words))
        return replace(timed, period=period)
    if period.since is None or period.until is None:
        return replace(timed, note=_NO_YEAR.format(words, words))
    bounded = {
        "since": Period(since=period.since),
        "after": Period(since=period.until + timedelta(days=1)),
        "before": Period(until=period.since - timedelta(days=1)),
        "until": Period(until=period.until),
    }
    return replace(timed, period=bounded[timed.lead])


def _length(period: Period) -> int:
    if period.since and period.until:
        return (period.until - period.since).days + 1
    return (period.last_day or 31) - (period.first_day or 1) + 1


def _both(timed: Timed, lead: str, ends: tuple[Period | None, Period | None], word: str) -> Timed:
    """Two times that belong together: the ends of one period, or two that adjoin."""
    first, last = ends
    if first is None or last is None:
        return replace(timed, note=f"“{timed.text}” may be read in two ways; name the months.")
    period = hull(first, last)
    if period is None and not (first.since and last.since):
        return replace(timed, note=_NO_YEAR.format(timed.text, timed.text))
    if period is None:
        return replace(timed, note=f"“{timed.text}” ends before it begins; put the earlier time first.")
    if word == "and" and lead != "between" and not adjoining(first, last):
        return replace(timed, note=_apart(timed.text))
    return replace(timed, period=period)


def _apart(words: str) -> str:
    return f"“{words}” names two times with others between them; ask about each alone."


def _event(plain: str, match: re.Match[str]) -> Timed | None:
    lead = match.lastgroup or ""
    words = _EVENT_WORDS.match(plain, match.end()) if lead in ("since", "after", "before") else None
    if not words or match[0].lower().startswith(("starting", "beginning")):
        return None
    event = _EVENT_END.split(words[0])[0].rstrip()
    end = words.start() + len(event)
    return Timed(plain[match.start() : end], match.start(), end, event=event, lead=lead) if event else None


def _bare(plain: str) -> Iterator[Timed]:
    """Times with their year and without a preposition: "…, November 2015?", "call with Kishida mid April 2022"."""
    starts = [match.start() for match in _BARE.finditer(plain)]
    about = _WHAT_ABOUT.match(plain)
    for start in [*starts, *([about.end()] if about else [])]:
        read = period_at(plain, start)
        if read and read[0] and read[0].since and _BARE_END.match(plain, read[1]):
            if start and not (about and start == about.end()) and _NOT_BARE.search(plain[:start]):
                continue
            yield Timed(plain[start : read[1]], start, read[1], read[0])
