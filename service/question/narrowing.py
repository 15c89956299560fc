"""A question goes in; what its words narrow the answer to comes out, as chips: a time, an outlet, a speaker.

``from:2022-08 to:2022-09-15 source:Kyodo speaker:Hayashi`` are typed and taken out of the question; "in August 2022",
"since the NATO visit", "according to Kyodo" stay in it. What was understood narrows exactly; what was not stays as a
chip that says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from retriever import dating
from service.question.crediting import Credit, Speakers, credited, nearest_outlet, outlet_named
from service.question.kinds import QUOTED
from service.question.periods import Period, typed_period
from service.question.timing import Timed, times_asked

ChipKind = Literal["period", "source", "speaker"]
Days = tuple[date, date]
Dated = Callable[[str], Days | None]

MOST_EVENTS = 2  # of a question that are dated: each takes a search and a reading of what it finds

_TYPED = re.compile(
    r"(?<![\w:/])(?P<key>from|to|since|until|in|on|source|speaker):(?P<value>\"[^\"]*\"|“[^”]*”|[^\s\"“”?!]*[^\s\"“”?!.,;)])",
    re.I,
)
_TOO_MANY = f"was not dated: of one question only the first {MOST_EVENTS} events are"


@dataclass(frozen=True, slots=True)
class Chip:
    """What a question's words narrow the answer to. Days are inclusive.

    A period has ``since`` and ``until`` (None where open), or, without a year, ``month`` and days of it (None: from its
    first, to its last). One that is not applied has a ``note`` that says why and what helps.
    """

    kind: ChipKind
    text: str  # the words as they stand in the question
    value: str | None = None  # the outlet's or the speaker's name as the archive has it; None for a period
    since: date | None = None
    until: date | None = None
    applied: bool = True  # False: it was not understood, or was removed by the user
    note: str | None = None
    typed: bool = False  # as from:, to:, source: …
    month: int | None = None
    first_day: int | None = None
    last_day: int | None = None

    def covers(self, first: date, last: date) -> bool:
        """Whether its period has a day in common with the days from ``first`` to ``last``; without one it has."""
        return self._period().covers(first, last)

    def _period(self) -> Period:
        return Period(self.since, self.until, self.month, self.first_day, self.last_day)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A question and its chips: those typed first, then the others, each in the order of their words."""

    text: str  # the question without what was typed as from:, source: …
    chips: tuple[Chip, ...]


def narrowed(
    text: str,
    *,
    outlets: Collection[str],
    speakers: Speakers,
    ignored: Collection[str] = (),
    dated: Dated | None = None,
) -> Narrowed:
    """Read what a question's words narrow its answer to.

    ``outlets`` are the archive's sources; ``speakers`` gives the archive's name for a speaker, None where nobody is
    called so; ``ignored`` holds the texts of chips that were removed; ``dated`` gives first and last day of an event
    named by words, None where it cannot be dated; it is asked once for an event, and for MOST_EVENTS at most.
    """
    rest, operators = _taken_out(text)
    typed = [_typed_chip(key, value, words, outlets, speakers) for key, value, words in operators]
    removed = {_folded(each) for each in ignored}
    times = times_asked(rest)
    days = _days([each for each in times if _folded(each.text) not in removed], dated)
    timed = [(each.start, chip) for each in times if (chip := _timed_chip(each, days))]
    named = [(each.start, _credited_chip(each, outlets)) for each in credited(rest, outlets, speakers)]
    spoken = [chip for _, chip in sorted(timed + named, key=lambda placed: placed[0])]
    chips = [_removed(chip) if _folded(chip.text) in removed else chip for chip in dict.fromkeys([*typed, *spoken])]
    return Narrowed(rest, tuple(_agreeing(chips)))


def _taken_out(text: str) -> tuple[str, list[tuple[str, str, str]]]:
    """The text without its operators; key, value and words of each."""
    quoted = [match.span() for match in QUOTED.finditer(text)]
    found = [m for m in _TYPED.finditer(text) if not any(start < m.start() < end for start, end in quoted)]
    operators = [(match["key"].lower(), match["value"].strip('"“” '), match[0]) for match in found]
    for match in reversed(found):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    if found:
        text = re.sub(r"\s+(?=[?!.,;)])", "", " ".join(text.split()))
    return text, operators


def _typed_chip(key: str, value: str, words: str, outlets: Collection[str], speakers: Speakers) -> Chip:
    if key == "source":
        return _source_chip(words, value, outlet_named(value, outlets), outlets, typed=True)
    if key == "speaker":
        name = speakers(value)
        note = None if name else f"No speaker called “{value}” is in the archive; check the spelling or leave it out."
        return Chip("speaker", words, name, applied=bool(name), note=note, typed=True)
    period = typed_period(value)
    if period is None:
        note = f"“{value}” is no day, month or year; write 2022, 2022-08 or 2022-08-17."
        return Chip("period", words, applied=False, note=note, typed=True)
    since = None if key in ("to", "until") else period.since
    until = None if key in ("from", "since") else period.until
    return Chip("period", words, since=since, until=until, typed=True)


def _source_chip(words: str, name: str, outlet: str | None, outlets: Collection[str], *, typed: bool = False) -> Chip:
    if outlet:
        return Chip("source", words, outlet, typed=typed)
    nearest = nearest_outlet(name, outlets)
    called = "No outlet" if typed else "No outlet or speaker"
    remedy = f"the nearest is “{nearest}”." if nearest else "leave it out, or name one that is."
    note = f"{called} called “{name}” is in the archive; {remedy}"
    return Chip("source", words, applied=False, note=note, typed=typed)


def _credited_chip(credit: Credit, outlets: Collection[str]) -> Chip:
    if credit.kind == "speaker":
        return Chip("speaker", credit.text, credit.name)
    return _source_chip(credit.text, credit.name, credit.name if credit.known else None, outlets)


def _days(times: Sequence[Timed], dated: Dated | None) -> dict[str, Days | None]:
    """First and last day of the first events that a question counts from, by their folded words; None: unknown."""
    events: dict[str, str] = {}
    for each in times:
        if each.event and each.lead == "since":
            events.setdefault(_folded(each.event), each.event)
    first = list(events.items())[:MOST_EVENTS]
    return {folded: dated(event) if dated else None for folded, event in first}


def _timed_chip(timed: Timed, known: Mapping[str, Days | None]) -> Chip | None:
    """The chip of a time or an event; None for "before" and "after" an event: they mostly say which event is meant."""
    if timed.event is None:
        return _period_chip(timed.text, timed.period or Period(), timed.note, applied=timed.period is not None)
    if timed.lead != "since":
        return None
    days = known.get(_folded(timed.event))
    if days is None:
        looked = "cannot be dated from these documents" if _folded(timed.event) in known else _TOO_MANY
        note = f"“{timed.event}” {looked}; name the day or the month."
        return _period_chip(timed.text, Period(), note, applied=False)
    first, last = days
    period = Period(since=first)
    spelt = (
        dating.day_in_words(first) if first == last else f"{dating.day_in_words(first)} to {dating.day_in_words(last)}"
    )
    return _period_chip(timed.text, period, f"dated {spelt}", applied=True)


def _period_chip(text: str, period: Period, note: str | None, *, applied: bool) -> Chip:
    return Chip(
        "period", text, since=period.since, until=period.until, applied=applied, note=note,
        month=period.month, first_day=period.first_day, last_day=period.last_day,
    )  # fmt: skip


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _removed(chip: Chip) -> Chip:
    return replace(chip, applied=False, note="removed")


def _agreeing(chips: list[Chip]) -> list[Chip]:
    """Periods that no day fulfils together are not applied, and say so; what was typed stands against what was not."""
    typed = [chip for chip in chips if chip.typed and _is_period(chip)]
    if not _have_a_day(typed):
        chips = [_at_odds(chip, typed) if chip in typed else chip for chip in chips]
        typed = []
    spoken = [chip for chip in chips if not chip.typed and _is_period(chip)]
    at_odds = [chip for chip in spoken if not _have_a_day([*typed, chip])]
    agreeing = [chip for chip in spoken if chip not in at_odds]
    if not _have_a_day([*typed, *agreeing]):
        at_odds = spoken
    return [_at_odds(chip, [*typed, *spoken]) if chip in at_odds else chip for chip in chips]


def _is_period(chip: Chip) -> bool:
    return chip.kind == "period" and chip.applied


def _have_a_day(chips: list[Chip]) -> bool:
    since = max((chip.since for chip in chips if chip.since), default=None)
    until = min((chip.until for chip in chips if chip.until), default=None)
    if since and until and since > until:
        return False
    months = {chip.month for chip in chips if chip.month}
    return len(months) < 2 and (not since or not until or all(chip.covers(since, until) for chip in chips))


def _at_odds(chip: Chip, others: list[Chip]) -> Chip:
    named = " and ".join(f"“{each.text}”" for each in others)
    return replace(chip, applied=False, note=f"{named} leave no day between them; take one out or change it.")
