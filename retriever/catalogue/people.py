"""What speakers are called, statement by statement, goes in; people come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from retriever.catalogue.names import apart, joined, name_words, one_person, several
from retriever.catalogue.records import Person, SeenRole
from retriever.catalogue.words import fold

# The speaker's name, as it stands there, the role, first and last day, number of statements.
Group = tuple[str, str, str | None, date | None, date | None, int]


@dataclass(slots=True)
class _Span:
    """Days and the number of statements on them."""

    first: date | None = None
    last: date | None = None
    statements: int = 0

    def add(self, first: date | None, last: date | None, statements: int) -> None:
        self.first = min(filter(None, (self.first, first)), default=None)
        self.last = max(filter(None, (self.last, last)), default=None)
        self.statements += statements


@dataclass(slots=True)
class _Seen:
    span: _Span = field(default_factory=_Span)
    names: Counter[str] = field(default_factory=Counter)
    shorter: Counter[str] = field(default_factory=Counter)
    roles: dict[str, tuple[str, _Span]] = field(default_factory=dict)


def people(groups: Iterable[Group]) -> list[Person]:
    """One for each name, in whichever order it is written; who said most first. Those who speak together are counted
    one by one.

    Two who share a surname alone are two. A surname alone is somebody's only within an article, where it is resolved
    already; left unresolved it is a person of its own.
    """
    groups = list(groups)
    alone = {name_words(name) for name, *_ in groups if len(several(name)) == 1}
    rows = [(name, row) for row in groups for name in apart(row[0], alone)]
    kept = {name: name_words(joined(name)) for name, _ in rows}
    stands_for = one_person(set(kept.values()) - {""})
    found: dict[str, _Seen] = {}
    for name, (together, as_named, role, first, last, statements) in rows:
        if not kept[name]:
            continue
        seen = found.setdefault(stands_for[kept[name]], _Seen())
        seen.span.add(first, last, statements)
        seen.names[name] += statements
        if name != together:
            continue  # how each of several is named there, and as what, is not told apart
        if (shorter := name_words(as_named)) and set(shorter.split()) < set(kept[name].split()):
            seen.shorter[as_named] += statements
        if role:
            seen.roles.setdefault(fold(role), (role, _Span()))[1].add(first, last, statements)
    return sorted((_person(seen) for seen in found.values()), key=lambda person: (-person.statements, person.name))


def _person(seen: _Seen) -> Person:
    names: dict[str, str] = {}
    for counted in (seen.names, seen.shorter):
        for name in sorted(counted, key=lambda name: (-counted[name], name)):
            names.setdefault(fold(name), name)
    names.pop("", None)
    roles = [SeenRole(role, span.first, span.last, span.statements) for role, span in seen.roles.values()]
    roles.sort(key=lambda role: (role.first or date.max, role.role))
    every, span = tuple(names.values()), seen.span
    return Person(every[0], every, _is_name(every[0]), tuple(roles), span.statements, span.first, span.last)


def _is_name(name: str) -> bool:
    """Whether it ends as names do; descriptions ("a Japanese official") end in a plain word."""
    return not name.rsplit(maxsplit=1)[-1].islower()
