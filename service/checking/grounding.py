"""A matched sentence goes in; the verbs come out of which nothing that they say is near to any word of the passages."""

from __future__ import annotations

from collections.abc import Iterator

from service.checking.matching import HELD, Matching
from service.checking.parse import SUBJECTS


def baseless(matching: Matching) -> Iterator[str]:
    """The verb of a sentence, or of what somebody is said to have said, where nothing but its subject comes near to any
    word of the passages: that the ferry has sunk is borne out by nothing that is said of the ferry.
    """
    parse = matching.parse
    for verb in (word for word in parse.words if word.verbal and word.dep in ("ROOT", "ccomp")):
        subjects = [child for child in parse.children[verb.place] if child.dep in SUBJECTS]
        about = {inside.place for subject in subjects for inside in parse.below(subject)}
        own = {inside.place for inside in parse.below(verb, without=frozenset(("ccomp", "parataxis")))}
        said = [row for place, row in matching.rows.items() if place in own - about]
        if subjects and said and not (matching.best[said] >= HELD).any():
            yield verb.text
