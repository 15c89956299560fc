"""Names go in; whether they may be one person's comes out. Whole words count, in any order, however written."""

from __future__ import annotations

from collections.abc import Collection, Set
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


def name_words(name: str) -> str:
    """The words of a name by which it is kept: each once, in alphabetical order. "" for a pronoun."""
    words = set(tokens(name)) - _ARTICLES
    return "" if words <= _PRONOUNS else " ".join(sorted(words))


def sought_words(name: str) -> frozenset[str]:
    """The words of a name that somebody asks for, without titles: "Secretary Blinken’s" -> {"blinken"}."""
    plain = [word for part in name.split() for word in (term(part) or "").strip('"').split()]
    words = [word for word in plain if word not in _ARTICLES]
    last = max((place for place, word in enumerate(words[:-1]) if word in _TITLES), default=-1)
    behind = words[last + 1 :]
    while last >= 0 and len(behind) > 1 and behind[0] in _OFFICES:
        behind = behind[1:]
    return frozenset(behind)


def may_be(sought: frozenset[str], kept: str) -> bool:
    """Whether every word of ``sought`` is a word of the kept name. An initial may stand for a name, or be left out
    there where the rest is the whole name.
    """
    theirs = set(kept.split())
    letters = initials(sought) if len(sought) > 1 else frozenset()
    whole = sought - letters
    if not whole or not whole <= theirs:
        return bool(sought) and sought <= theirs
    others = theirs - whole
    if not letters or (not others and len(whole) > 1):
        return True
    if len(whole) > 1 and (others_initials := initials(others)):
        return letters == others_initials
    return all(any(word.startswith(letter) for word in others) for letter in letters)


def initials(words: Set[str]) -> frozenset[str]:
    """Those that are one Latin letter."""
    return frozenset(word for word in words if len(word) == 1 and "a" <= word <= "z")


def one_person(kept: Collection[str]) -> dict[str, str]:
    """For each kept name the one that stands for the person: "antony blinken" for "antony blinken j", too.

    A name with initials joins the one without only where no other initials do: the Georges Bush stay two.
    """
    fuller: dict[str, list[str]] = {}
    for name in kept:
        words = frozenset(name.split())
        plain = words - initials(words)
        if 1 < len(plain) < len(words):
            fuller.setdefault(" ".join(sorted(plain)), []).append(name)
    joined = {name: plain for plain, names in fuller.items() if len(names) == 1 and plain in kept for name in names}
    return {name: joined.get(name, name) for name in kept}
