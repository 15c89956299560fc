"""Names go in; whether they may be one person's comes out. Whole words count, in any order, however written."""

from __future__ import annotations

import re
from collections.abc import Collection, Container
from typing import Final

from retriever.catalogue.words import term, tokens

_ARTICLES: Final = frozenset(["a", "an", "the"])
_PRONOUNS: Final = frozenset("he she it they we i you his her its their who himself herself themselves".split())
# What stands before a name without being part of it. Not "king", "prince" or "judge", which are surnames, too.
_TITLES: Final = frozenset(
    """mr mrs ms miss dr prof professor sir president minister premier chancellor secretary undersecretary ambassador
    envoy senator sen congressman congresswoman governor gov mayor spokesperson spokesman spokeswoman director chief
    chairman chairwoman adviser advisor commissioner counselor pm fm""".split()
)
# Between a title and the name: "Secretary of State Antony Blinken".
_OFFICES: Final = frozenset(
    "of for and state defense defence foreign affairs treasury commerce trade general national security".split()
)

# The name of a body may have "and" in it.
_BODIES: Final = frozenset(
    """ministry department committee council office house commission bureau university centre center institute board
    association agency company group bank affairs authority administration organisation organization service""".split()
)
# So may a country's, of which a part may speak alone ("Bosnia") or have several words.
_COUNTRIES: Final = re.compile(
    r"\b(?:Trinidad and Tobago|Bosnia and Herzegovina|Antigua and Barbuda|S[aã]o Tom[eé] and Pr[ií]ncipe|Serbia and "
    r"Montenegro|(?:Saint|St\.?) (?:Kitts and Nevis|Vincent and the Grenadines|Pierre and Miquelon)|Turks and Caicos|"
    r"Wallis and Futuna)\b"
)
_JOINED: Final = "\u00a0and\u00a0"
Sought = tuple[frozenset[str], ...]  # the words of one name, or of several that are to stand together


def several(name: str) -> list[str]:
    """Those who speak together, one by one: "Motegi and Wang" -> ["Motegi", "Wang"]. A body's name stays whole."""
    parts = [part.strip() for part in name.split(" and ")]
    return parts if all(parts) and not set(tokens(name)) & _BODIES else [name]


def apart(name: str, alone: Container[str]) -> list[str]:
    """``several``, but a name whose parts are single words that nobody bears ``alone`` (as ``name_words`` makes them)
    stays whole, as a country's does: "Marks and Spencer", "Trinidad and Tobago".
    """
    parts = several(_COUNTRIES.sub(lambda country: joined(country[0]), name))
    if not any(len(part.split()) > 1 or name_words(part) in alone for part in parts):
        return [name]
    return [part.replace(_JOINED, " and ") for part in parts]


def joined(name: str) -> str:
    """The name so written that its "and" keeps it together."""
    return name.replace(" and ", _JOINED)


def name_words(name: str) -> str:
    """By what a speaker is kept: the words of the name, without titles, in alphabetical order, each once; "" for a
    pronoun. Of several speakers with a bar between them.
    """
    return "|".join(filter(None, map(_words, several(name))))


def _words(name: str) -> str:
    words = set(tokens(_untitled(name))) - _ARTICLES
    return "" if words <= _PRONOUNS else " ".join(sorted(words))


def _untitled(name: str) -> str:
    """The name alone where nothing but a name stands behind a title: "Spokesperson Ono Kazuki"."""
    words = name.split()
    last = max((place for place, word in enumerate(words[:-1]) if word.lower().strip(".,") in _TITLES), default=-1)
    behind = words[last + 1 :]
    only_a_name = not any(word[0].islower() or word.lower() in _OFFICES for word in behind)
    return " ".join(behind) if only_a_name else name


def sought_words(name: str) -> Sought:
    """The words of a name that somebody asks for, without titles: "Secretary Blinken’s" -> ({"blinken"},)."""
    return tuple(words for part in several(name) if (words := _behind_titles(part)))


def _behind_titles(name: str) -> frozenset[str]:
    plain = [word for part in name.split() for word in (term(part) or "").strip('"').split()]
    words = [word for word in plain if word not in _ARTICLES]
    last = max((place for place, word in enumerate(words[:-1]) if word in _TITLES), default=-1)
    behind = words[last + 1 :]
    while last >= 0 and len(behind) > 1 and behind[0] in _OFFICES:
        behind = behind[1:]
    return frozenset(behind)


def may_be(sought: Sought, kept: str) -> bool:
    """Whether every sought name may be one of those that are kept, as ``name_words`` makes them.

    All of its words must be words of that name. An initial may stand for a word, or be left out there where the rest
    is the whole name.
    """
    names = [frozenset(name.split()) for name in kept.split("|")]
    return bool(sought) and all(any(_may_be(words, name) for name in names) for words in sought)


def _may_be(sought: frozenset[str], theirs: frozenset[str]) -> bool:
    letters = _initials(sought) if len(sought) > 1 else frozenset()
    whole = sought - letters
    if not whole or not whole <= theirs:
        return sought <= theirs
    others = theirs - whole
    if not letters or (not others and len(whole) > 1):
        return True
    if len(whole) > 1 and (others_initials := _initials(others)):
        return letters == others_initials
    return all(any(word.startswith(letter) for word in others) for letter in letters)


def _initials(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if len(word) == 1 and "a" <= word <= "z")


def one_person(kept: Collection[str]) -> dict[str, str]:
    """For each single name the one that stands for the person: "antony blinken" for "antony blinken j", too.

    A name with initials joins the one without only where no other initials do: the Georges Bush stay two.
    """
    fuller: dict[str, list[str]] = {}
    for name in kept:
        words = frozenset(name.split())
        plain = words - _initials(words)
        if 1 < len(plain) < len(words):
            fuller.setdefault(" ".join(sorted(plain)), []).append(name)
    joined = {name: plain for plain, names in fuller.items() if len(names) == 1 and plain in kept for name in names}
    return {name: joined.get(name, name) for name in kept}
