"""A matched sentence goes in; the verbs come out of which nothing that they say is near to any word of the passages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from service.checking.grammar import speaks
from service.checking.matching import HELD, Matching
from service.checking.parse import SUBJECTS, Word

_MUCH: Final = 0.25  # of a clause's words that carry meaning


def baseless(matching: Matching) -> Iterator[str]:
    """The verb of a sentence, or of what somebody is said to have said, where nothing but its subject comes near to any
    word of the passages: that the ferry has sunk is borne out by nothing that is said of the ferry.
    """
    for verb, said in _told(matching):
        if not (matching.best[said] >= HELD).any():
            yield verb.text


def unheard(matching: Matching) -> Iterator[str]:
    """Those of which that is all but certain: no word of saying, and much of the clause."""
    for verb, said in _told(matching):
        clause = {word.place for word in matching.parse.below(verb)}
        children = matching.parse.children[verb.place]
        opens = speaks(verb) or any(each.dep in ("ccomp", "parataxis", "advcl", "xcomp", "acl") for each in children)
        if (
            not opens
            and len(said) >= _MUCH * len(clause & matching.rows.keys())
            and not (matching.best[said] >= HELD).any()
        ):
            yield verb.text


def _told(matching: Matching) -> Iterator[tuple[Word, list[int]]]:
    """Each such verb with the rows of what it says of its subject."""
    parse = matching.parse
    for verb in (word for word in parse.words if word.verbal and word.dep in ("ROOT", "ccomp")):
        subjects = [child for child in parse.children[verb.place] if child.dep in SUBJECTS]
        about = {inside.place for subject in subjects for inside in parse.below(subject)}
        own = {inside.place for inside in parse.below(verb, without=frozenset(("ccomp", "parataxis")))}
        said = [row for place, row in matching.rows.items() if place in own - about]
        if subjects and said:
            yield verb, said
