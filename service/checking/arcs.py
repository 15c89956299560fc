"""A matched sentence goes in; how far its words hang together as the words do that they stand for comes out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final

from service.checking.matching import Matching, Place
from service.checking.parse import Parse, Word

FEATURES: Final = ("together", "apart", "apart_count", "upside_down", "other_part", "tied", "tied_share")
_STANDS: Final = 0.6
_PARTNERS: Final = 4  # of a word, the likest
_NEAR, _FAR, _NOWHERE = 2, 5, 6  # steps in the tree; _NOWHERE: in another sentence
_SUBJECT: Final = frozenset(("nsubj", "nsubjpass", "agent"))
_OBJECT: Final = frozenset(("dobj", "pobj", "dative", "iobj"))


@dataclass(frozen=True, slots=True)
class _Tie:
    """Steps from a word and from the one it hangs on up to where both meet; the word of the source."""

    up: int
    down: int
    word: Word

    @property
    def steps(self) -> int:
        return self.up + self.down


def features(matching: Matching) -> dict[str, float]:
    """By the names of FEATURES."""
    ties = [(word, tie) for word in matching.ours if (tie := _tie(matching, word))]
    near = [(word, tie) for word, tie in ties if tie.steps <= _NEAR]
    far, count = sum(tie.steps >= _FAR for _, tie in ties), max(len(ties), 1)
    return {
        "together": len(near) / count,
        "apart": far / count,
        "apart_count": float(min(far, 4)),
        "upside_down": float(min(sum(tie.up < tie.down for _, tie in near), 3)),
        "other_part": float(min(sum(_other_part(word, tie.word) for word, tie in near), 3)),
        "tied": float(min(len(ties), 10)),
        "tied_share": len(ties) / max(1, len(matching.ours)),
    }


def _tie(matching: Matching, word: Word) -> _Tie | None:
    """How what a word stands for hangs on what stands for the word above it; None where either stands for nothing."""
    above = next((each for each in matching.parse.above(word) if each.place in matching.rows), None)
    if above is None:
        return None
    ours = matching.partners(matching.rows[word.place], least=_STANDS)[:_PARTNERS]
    theirs = matching.partners(matching.rows[above.place], least=_STANDS)[:_PARTNERS]
    ties = (_between(matching, one, other) for one, other in product(ours, theirs) if one.ground == other.ground)
    return min(ties, key=lambda tie: tie.steps, default=None)


def _between(matching: Matching, one: Place, other: Place) -> _Tie:
    if one.word.place == other.word.place:
        return _Tie(0, 0, one.word)
    if one.sentence != other.sentence:
        return _Tie(_NOWHERE, 0, one.word)
    return _Tie(*_steps(matching.grounds[one.ground].parse, one.word, other.word), one.word)


def _steps(parse: Parse, one: Word, other: Word) -> tuple[int, int]:
    above = [each.place for each in (other, *parse.above(other))]
    for up, word in enumerate((one, *parse.above(one))):
        if word.place in above:
            return up, above.index(word.place)
    return _NOWHERE, 0


def _other_part(ours: Word, theirs: Word) -> bool:
    return (ours.dep in _SUBJECT and theirs.dep in _OBJECT) or (ours.dep in _OBJECT and theirs.dep in _SUBJECT)
