"""Who speaks, as the statements hold it: a name, or the words that describe somebody who has none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retriever import naming
from retriever.statements import peoplewords


@dataclass(frozen=True, slots=True)
class Speaker:
    """``name``: as fully as the article gives it, several joined by " and "; ``person``: whether that is somebody's
    name and not a description or a body.
    """

    name: str
    role: str | None
    person: bool


def described(words: str) -> Speaker | None:
    """A speaker without a name, in the words of the article."""
    plain = peoplewords.ARTICLE.sub("", words.strip(" ,"))
    return Speaker(plain, None, False) if plain else None


def again(words: str, before: Sequence[Speaker | None]) -> Speaker | None:
    """ "the official", "the embassy": the body or unnamed speaker who spoke last, if the description has that head."""
    repeated = peoplewords.AGAIN.fullmatch(words[:1].lower() + words[1:])
    last = next((each for each in reversed(before) if each), None)
    if not repeated or not last or last.person:
        return None
    head = peoplewords.BEHIND.split(last.name)[0].split()
    return last if len(last.name.split()) > 1 and head and head[-1].lower() == repeated["head"] else None


def alone(word: str) -> Speaker | None:
    """A surname that the article never gives in full."""
    bare = naming.behind_titles(word.split())
    known = (
        len(bare) == 1 and re.fullmatch(peoplewords.CAPITALISED, bare[0]) and bare[0].lower() not in peoplewords.PLACES
    )
    return Speaker(bare[0], None, True) if known else None
