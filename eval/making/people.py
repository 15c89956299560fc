"""Speakers' names go in; who is one person with a full name comes out, and by which names an answer may name them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from eval.making.archive import key
from retriever.catalogue.names import one_person, several
from retriever.naming import behind_titles, is_body
from retriever.records import Statement
from service.sayings.countries import country

_PARTICLES = frozenset("de da di du der den van von la le bin al el ibn ap dos del".split())
# Words in the names of what is no person, beside those that ``is_body`` knows.
_NO_PERSON = frozenset(
    """news agency press times post daily wire institute institution center centre society association union
    party group company corporation corp inc ltd service services force forces army navy government
    administration nations republic kingdom states congress senate parliament assembly cabinet secretariat
    command world international global national federal central people peoples street city university school
    college media television radio morning evening journal review tribune herald report study survey data
    figures statement officials official sources source senior white house states team staff alliance league
    organisation organization authority board fund foundation museum family court hospital church members
    member democrats republicans readout programme program project network transcript speaker presenter host
    caller journalist reporter interviewer compere unidentified unknown agenda plan calls announces says
    doctors agreement airport basin academy minister ministers governments parties act bill order policy""".split()
)
# What opens a sentence in front of a name that is called out.
_NO_NAME = frozenset(
    "i ii well actually look yes no okay ok thanks thank hello hi good all that because so our my".split()
)
_PRONOUNS = frozenset(("he", "she"))
_MOST_CALLED = 3  # words of "President Li"
_SHORTEST = 3  # letters of a name that is looked for by itself: "Li" stands in "policy"


@dataclass(frozen=True, slots=True)
class Named:
    """One person. ``alternatives``: by which an answer may name them, the full name first."""

    name: str
    key: str
    alternatives: tuple[str, ...]
    forbid: tuple[str, ...]  # full names of others whom one of the alternatives would name as well

    @property
    def words(self) -> frozenset[str]:
        return frozenset(self.name.lower().split())


class People:
    """Everybody who speaks, told apart by the words of their names."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        spoken = [(one.speaker, one) for one in statements if one.speaker and len(several(one.speaker)) == 1]
        self._same = one_person({key(name) for name, _ in spoken} - {""})
        self._names: dict[str, dict[str, None]] = {}
        self._called: dict[str, dict[str, None]] = {}
        self._human: set[str] = set()
        for name, one in spoken:
            whose = self.of(name)
            if (bare := bare_name(name)) and key(bare) == key(name):
                self._names.setdefault(whose, {})[bare] = None
            self._note(whose, one)
        self._shared = Counter(word for whose in self._names for word in whose.split())

    def of(self, name: str | None) -> str:
        """By what the person is told apart; "" for nobody."""
        kept = key(bare_name(name or "") or name)
        return self._same.get(kept, kept)

    @cached_property
    def parts(self) -> frozenset[str]:
        """Every word of every name, in lower case."""
        return frozenset(word for each in self.everybody() for word in each.words)

    def everybody(self) -> list[Named]:
        """All who are one person with a full name, in the order of the alphabet."""
        found = (self.named(next(iter(names))) for _, names in sorted(self._names.items()))
        return [each for each in found if each]

    def named(self, name: str | None) -> Named | None:
        """None where that is no one person with a full name whom the articles treat as a person, or where two may be
        meant: those who share a surname and the first letter of another name may be one or two.
        """
        whose = self.of(name)
        names = list(self._names.get(whose, ()))
        full = max(names, key=len, default="")
        if full and " " not in full:
            return self._by_surname(full)
        if not full or not is_full_name(full) or whose not in self._human:
            return None
        ways = [way for each in names for way in (each, _reversed(each))]
        short = self._short(whose, full)
        if any(_may_be_one(full, other) for other in self._others(whose, [full])):
            return None
        others = self._others(whose, short)
        alternatives = tuple(dict.fromkeys([full, *ways, *short]))
        return Named(full, whose, alternatives, tuple(way for each in others for way in (each, _reversed(each))))

    def _by_surname(self, name: str) -> Named | None:
        """Who is called so with a title, where nobody has that surname in full: it may be another one's."""
        whose, called = name.lower(), list(self._called.get(self.of(name), ()))
        fuller = any(whose in other.split() and other != whose for other in self._names)
        titled = [each for each in called if " " in each]
        if fuller or not titled or not name.isalpha() or len(name) <= _SHORTEST or {whose} & (_NO_PERSON | _NO_NAME):
            return None
        name = name.title() if name.isupper() else name
        return Named(name, self.of(name), tuple(dict.fromkeys([name, *called])), ())

    def _note(self, whose: str, one: Statement) -> None:
        words = one.speaker_text.split()
        behind = behind_titles(words)
        labelled = not one.cue and one.kind == "direct"  # a turn of a transcript
        if one.role or labelled or one.speaker_text.lower() in _PRONOUNS or (behind and len(behind) < len(words)):
            self._human.add(whose)
        if len(behind) == 1 and behind[0].lower() in whose.split():
            self._human.add(whose)
            spelt = behind[0].title() if behind[0].isupper() else behind[0]
            self._called.setdefault(whose, {})[spelt] = None
            if 1 < len(words) <= _MOST_CALLED:
                self._called[whose][" ".join(words)] = None

    def _short(self, whose: str, full: str) -> list[str]:
        """How they are called by a part of the name; else each part of it that nobody else's name has."""
        called = [each for each in self._called.get(whose, ()) if len(each) >= _SHORTEST]
        own = (word for word in full.split() if len(word) > _SHORTEST and self._shared[word.lower()] == 1)
        return called or list(own)

    def _others(self, whose: str, short: Iterable[str]) -> list[str]:
        shared = {word.lower() for each in short for word in each.split()}
        return [
            name
            for other, names in sorted(self._names.items())
            if other != whose and shared & set(other.split())
            for name in names
            if is_full_name(name)
        ]


def bare_name(name: str) -> str:
    """A name without titles in front: "Vice-Minister Takeo Mori" is Takeo Mori."""
    words = [word for word in name.split() if behind_titles(word.split("-"))]
    return " ".join(behind_titles(words))


def is_full_name(name: str) -> bool:
    """Whether it is written as a person's name of two words or more, and is not that of a country or a body."""
    words = name.split()
    plain = [word.lower().strip(".,'’") for word in words]
    written = all(re.fullmatch(r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:[.'’\-][^\W\d_]*)*", word) for word in words)
    particles = all(word in _PARTICLES or word[0].isupper() for word in words)
    if any(re.search("['’]s$", word) for word in words):  # "Valentine’s Day"
        return False
    if not 2 <= len(words) <= 4 or not (written or (particles and words[0][0].isupper() and words[-1][0].isupper())):
        return False
    return not (set(plain) & (_NO_PERSON | _NO_NAME) or is_body(name) or country(name) or any(map(country, words)))


def _may_be_one(name: str, other: str) -> bool:
    """Joe Biden and Joseph R. Biden, but not Hayashi Kenta and Hayashi Setsuko."""
    own, theirs = ({word.lower() for word in each.split()} for each in (name, other))
    letters, others = ({word[0] for word in each} for each in (own - theirs, theirs - own))
    return bool(own & theirs) and (not letters or not others or bool(letters & others))


def _reversed(name: str) -> str:
    words = name.split()
    return f"{words[1]} {words[0]}" if len(words) == 2 else name
