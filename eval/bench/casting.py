"""A template and a number go in, who and what takes each part of it comes out: the same for the same seed, always."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from eval.bench.templates import COUNTS, MONTHS, WEEKDAYS, Part, Slot, Template
from eval.bench.vocabulary import NAMES, Vocabulary, Word

_STEP: Final = 7919  # prime: in steps of it every pair of names comes once before one comes again
_FIRST: Final = date(2010, 1, 1)
_DAYS: Final = 5800  # after the first, within which all are published
_MORE: Final = 9  # at most, to a number below 100; the order of an article's numbers stays
_LEAST: Final = 0.6  # times a number from 100 on
_MOST: Final = 1.25
_AN: Final = re.compile(r"\b([Aa])n (?=[BCDFGJKLMNPQRSTVWXZ][a-z])")  # what "an American" leaves
_DAY: Final = re.compile(r"(?P<month>\w+) (?P<first>\d+)(?: to (?P<last>\d+))?(?:, (?P<year>\d+))?")


@dataclass(frozen=True, slots=True)
class Cast:
    """What stands for each word of a template, and how its times and numbers are moved."""

    names: Mapping[tuple[str, str], tuple[str, ...]]  # (kind, key) -> its forms
    told: date  # the day of the template
    published: date  # the day in its place
    more: int
    factor: float

    def text(self, parts: Iterable[Part]) -> str:
        """The parts with everything replaced that stands in the template."""
        replaced = "".join(part if isinstance(part, str) else self._filled(part) for part in parts)
        return _AN.sub(r"\1 ", replaced)

    def named(self, slots: Iterable[Part]) -> frozenset[str]:
        """The new names in the parts; a country's adjective and capital count as the country."""
        return frozenset(
            self.names[_group(part.word)][0]
            for part in slots
            if isinstance(part, Slot) and part.word.kind in NAMES and _group(part.word) in self.names
        )

    def _filled(self, slot: Slot) -> str:
        if slot.word.kind == "time":
            return self._moved(slot.word.key, slot.text)
        if (forms := self.names.get(_group(slot.word))) is None:
            return slot.text
        form = {"adjective": 1, "capital": 2}.get(slot.word.kind, slot.word.form)
        return forms[form].upper() if slot.text.isupper() and slot.text != "US" else forms[form]

    def _moved(self, kind: str, text: str) -> str:
        if kind == "weekday":
            return WEEKDAYS[(WEEKDAYS.index(text) + (self.published - self.told).days) % 7]
        if kind == "day":
            return self._day(text)
        if kind == "month":
            return self._month(*text.split())
        if kind == "year":
            return str(int(text) + self.published.year - self.told.year)
        if kind == "count":
            return COUNTS[min(COUNTS.index(text) + self.more, len(COUNTS) - 1)]
        return text if kind == "clock" else self._number(text)

    def _day(self, text: str) -> str:
        found = _DAY.fullmatch(text)
        if found is None:
            return text
        month, year = _month_number(found["month"]), int(found["year"] or self.told.year)
        moved = self.published - self.told
        first = date(year, month, int(found["first"])) + moved
        told = f"{MONTHS[first.month - 1]} {first.day}"
        if found["last"]:
            last = date(year, month, int(found["last"])) + moved
            told += f" to {last.day}" if last.month == first.month else f" to {MONTHS[last.month - 1]} {last.day}"
        return f"{told}, {first.year}" if found["year"] else told

    def _month(self, month: str, year: str = "") -> str:
        moved = (self.published.year - self.told.year) * 12 + self.published.month - self.told.month
        at = int(year or self.told.year) * 12 + _month_number(month) - 1 + moved
        return f"{MONTHS[at % 12]} {at // 12}" if year else MONTHS[at % 12]

    def _number(self, text: str) -> str:
        if (value := float(text.replace(",", ""))) < 100 and "." not in text:
            return str(min(int(value) + self.more, len(COUNTS) - 1))
        decimals = len(text.partition(".")[2])
        return f"{value * self.factor:,.{decimals}f}" if "," in text else f"{value * self.factor:.{decimals}f}"


def cast(template: Template, number: int, vocabulary: Vocabulary, *, seed: int) -> Cast:
    """Of the ``number``-th article. Whom a template names first in full has a name of their own in each article."""
    random = Random(f"{seed}/{number}")  # noqa: S311 - has to come out the same again
    keys: dict[str, list[str]] = defaultdict(list)
    for kind, key in dict.fromkeys(_group(slot.word) for slot in template.slots() if slot.word.kind != "time"):
        keys[kind].append(key)
    names: dict[tuple[str, str], tuple[str, ...]] = {}
    for kind in ("given", "family", "place", "outlet", "alliance"):
        drawn = random.sample(vocabulary.names[kind], len(keys[kind]))
        names |= {(kind, key): (name,) for key, name in zip(keys[kind], drawn, strict=True)}
    count = len(keys["country"])
    countries, capitals = (random.sample(vocabulary.names[kind], count) for kind in ("country", "capital"))
    for key, country, capital in zip(keys["country"], countries, capitals, strict=True):
        names["country", key] = (country, f"{country}n", capital)
    names |= {("choice", key): random.choice(vocabulary.choices[key]) for key in keys["choice"]}
    if (first := principal(template)) is not None:
        _give_own(names, first, own_name(vocabulary, number, seed=seed), vocabulary)
    return Cast(
        names,
        told=template.told,
        published=_FIRST + timedelta(days=random.randrange(_DAYS)),
        more=random.randint(1, _MORE),
        factor=random.uniform(_LEAST, _MOST),
    )


def principal(template: Template) -> tuple[str, str] | None:
    """The keys of the given name and the family name that stand side by side first; None where none do."""
    for parts in (template.title, *template.paragraphs):
        for one, between, other in zip(parts, parts[1:], parts[2:], strict=False):
            if isinstance(one, Slot) and isinstance(other, Slot) and between == " ":
                by_kind = {slot.word.kind: slot.word.key for slot in (one, other)}
                if by_kind.keys() == {"given", "family"}:
                    return by_kind["given"], by_kind["family"]
    return None


def own_name(vocabulary: Vocabulary, number: int, *, seed: int) -> tuple[str, str]:
    """The ``number``-th of all pairs of a given and a family name, none twice before all have come."""
    given, family = vocabulary.names["given"], vocabulary.names["family"]
    at = (seed + number * _STEP) % (len(given) * len(family))
    return given[at % len(given)], family[at // len(given)]


def _give_own(
    names: dict[tuple[str, str], tuple[str, ...]],
    keys: Sequence[str],
    own: Sequence[str],
    vocabulary: Vocabulary,
) -> None:
    """Puts one's own names into the cast; who had one of them by chance gets the next name that nobody has."""
    for kind, key, name in zip(("given", "family"), keys, own, strict=True):
        taken = {value[0] for (other, _), value in names.items() if other == kind} | {name}
        free = next(each for each in vocabulary.names[kind] if each not in taken)
        for place, value in names.items():
            if place[0] == kind and value[0] == name:
                names[place] = (free,)
        names[kind, key] = (name,)


def _group(word: Word) -> tuple[str, str]:
    """A country, its adjective and its capital are cast together."""
    return ("country" if word.kind in ("adjective", "capital") else word.kind), word.key


def _month_number(name: str) -> int:
    return next(at for at, month in enumerate(MONTHS, start=1) if month.startswith(name))
