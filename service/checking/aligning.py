"""A matched sentence goes in; its verbs, nouns and adjectives come out with the words that they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from service.checking.alike import opposed
from service.checking.matching import Matching, Place
from service.checking.parse import Word

BESIDE: Final = 0.8  # neighbours alike of two opposites that speak of one thing
_STANDS: Final = 0.6  # how alike a word must be to stand for another, with all that is said of it


def predicates(matching: Matching) -> list[tuple[Word, Place]]:
    """Each verb, noun and adjective of the sentence with the word it stands for, or of which it is the opposite: of
    several the likest, of those the one whose neighbours are alike.
    """
    found = []
    for row, word in enumerate(matching.ours):
        if word.pos not in ("VERB", "ADJ", "NOUN"):
            continue
        best = matching.partners(row, least=_STANDS)
        if best:
            most = float(matching.likeness[row, matching.columns].max())
            best = [each for each in best if likeness(matching, row, each) >= most - 0.1]
        else:
            others = (matching.theirs[int(column)] for column in matching.columns)
            best = [
                o
                for o in others
                if opposed(word, o.word) and o.word.pos == word.pos and context(matching, word, o) >= BESIDE
            ]
        if best:
            found.append((word, max(best, key=lambda place: (context(matching, word, place), -place.word.place))))
    return found


def likeness(matching: Matching, row: int, place: Place) -> float:
    return float(matching.likeness[row, matching.column[id(place)]])


def context(matching: Matching, word: Word, place: Place) -> float:
    """How many neighbours of a word are borne out near the word that it may stand for."""
    parse = matching.grounds[place.ground].parse
    clause = {each.place for each in _around(parse.above(place.word), place.word, parse.below(place.word))}
    near = [
        matching.rows[w.place] for w in matching.parse.below(word) if w.place in matching.rows and w.place != word.place
    ]
    near += [matching.rows[w.place] for w in list(matching.parse.above(word))[:3] if w.place in matching.rows]
    columns = [
        int(c)
        for c in matching.columns
        if matching.theirs[c].ground == place.ground and matching.theirs[c].word.place in clause
    ]
    if not near or not columns:
        return 0.0
    return float(matching.likeness[np.ix_(near, columns)].max(1).sum())


def _around(above: Iterator[Word], word: Word, below: Sequence[Word]) -> list[Word]:
    return [word, *list(above)[:3], *below]
