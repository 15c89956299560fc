"""An archive of five outlets, two speakers and two events, and how a question is read over it."""

from __future__ import annotations

from datetime import date

from service.question.narrowing import Chip, Narrowed, narrowed

OUTLETS = ("Coastal News Agency", "The Pier Gazette", "Lagoon Times", "Lagoon Post", "North Shore Broadcasting")
SPEAKERS = {"moe": "Ingrid Moe", "ingrid moe": "Ingrid Moe", "vik": "Tor Vik"}
EVENTS = {"the ferry summit": (date(2022, 5, 3), date(2022, 5, 5)), "the fire": (date(2021, 9, 9), date(2021, 9, 9))}


def read(text: str, ignored: tuple[str, ...] = ()) -> Narrowed:
    return narrowed(
        text, outlets=OUTLETS, speakers=lambda name: SPEAKERS.get(name.lower()), ignored=ignored, dated=EVENTS.get
    )


def only(text: str) -> Chip:
    (chip,) = read(text).chips
    return chip


def table(rows: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in row.split("|")) for row in rows.strip().splitlines()]


def days(chip: Chip) -> str:
    """ "2022-08-01..2022-08-31", open ends empty; "8:1-10" for days of a month without a year."""
    if chip.month:
        return f"{chip.month}:{chip.first_day}-{chip.last_day or 'end'}"
    return f"{chip.since or ''}..{chip.until or ''}"
