"""A written sentence and the passages it cites go in; which word stands for which, and which sentences bear it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from service.checking.alike import Alike, Floats
from service.checking.parse import Parse, Word
from service.checking.source import Source

HELD: Final = 0.45  # how alike two words must be for the one to stand for the other
_MORE: Final = 0.9  # words that a further sentence must bear out to be cited too
_MOST: Final = 3  # sentences
_WEIGHTS: Final = {"NOUN": 1.0, "PROPN": 1.0, "VERB": 0.9, "NUM": 1.0, "ADJ": 0.8, "ADV": 0.5}
_CLOSE: Final = 0.15  # what a sentence's vector counts beside its words when sentences are chosen


@dataclass(frozen=True)
class Ground:
    """A passage that is cited, parsed. ``sentences``: places in the passage; ``vectors``: theirs, a row each."""

    source: Source
    parse: Parse
    sentences: tuple[tuple[int, int], ...]
    vectors: Floats

    @cached_property
    def content(self) -> tuple[Word, ...]:
        return tuple(word for word in self.parse.words if word.content)

    def sentence_of(self, word: Word) -> int:
        return next((n for n, (start, end) in enumerate(self.sentences) if start <= word.start < end), 0)

    @property
    def text(self) -> str:
        return self.parse.text


@dataclass(frozen=True, slots=True)
class Place:
    """A word of one of the passages."""

    ground: int
    sentence: int
    word: Word


@dataclass(frozen=True)
class Matching:
    """``likeness[i, j]``: of ``ours[i]``, words of the sentence, and ``theirs[j]``, of the passages. ``chosen``:
    (passage, sentence) that bear it out, best first.
    """

    parse: Parse
    grounds: tuple[Ground, ...]
    ours: tuple[Word, ...]
    theirs: tuple[Place, ...]
    likeness: Floats
    chosen: tuple[tuple[int, int], ...]
    cosines: Floats  # of the sentence and each sentence of the passages, in order

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        return np.array([_WEIGHTS.get(word.pos, 0.6) for word in self.ours])

    @cached_property
    def columns(self) -> NDArray[np.int64]:
        """The words of the chosen sentences."""
        return np.array([n for n, p in enumerate(self.theirs) if (p.ground, p.sentence) in self.chosen], dtype=np.int64)

    @cached_property
    def best(self) -> Floats:
        """How well each of our words is borne out by the chosen sentences."""
        if not len(self.columns) or not len(self.ours):
            return np.zeros(len(self.ours), dtype=np.float32)
        found: Floats = self.likeness[:, self.columns].max(1)
        return found

    @cached_property
    def rows(self) -> dict[int, int]:
        """Place of a word in the sentence -> its row."""
        return {word.place: row for row, word in enumerate(self.ours)}

    @cached_property
    def column(self) -> dict[int, int]:
        """``id`` of one of theirs -> its column; to compare places takes as long as there are places."""
        return {id(place): column for column, place in enumerate(self.theirs)}

    def words_of(self, keys: Sequence[tuple[int, int]] | None = None) -> list[Word]:
        """All words of these (passage, sentence), of the chosen ones where none are given."""
        wanted = self.chosen if keys is None else keys
        return [
            word
            for n, ground in enumerate(self.grounds)
            for word in ground.parse.words
            if (n, ground.sentence_of(word)) in wanted
        ]

    def partners(self, row: int, *, least: float = HELD) -> list[Place]:
        """The words of the chosen sentences that one of ours may stand for, the likest first."""
        found = [int(c) for c in self.columns if self.likeness[row, c] >= least]
        return [self.theirs[c] for c in sorted(found, key=lambda c: (-float(self.likeness[row, c]), c))]


def match(parse: Parse, vector: Floats, grounds: Sequence[Ground], alike: Alike, *, lent: frozenset[int]) -> Matching:
    """``lent``: places of words that need no bearing out (they are derived, or stand for what is quoted)."""
    ours = tuple(word for word in parse.words if word.content and word.place not in lent)
    theirs = tuple(
        Place(n, ground.sentence_of(word), word) for n, ground in enumerate(grounds) for word in ground.content
    )
    likeness = alike.matrix(ours, [place.word for place in theirs])
    cosines = np.concatenate([ground.vectors @ vector for ground in grounds])
    chosen = _chosen(ours, theirs, likeness, _by_sentence(grounds, cosines))
    return Matching(parse, tuple(grounds), ours, theirs, likeness, chosen, cosines)


def _by_sentence(grounds: Sequence[Ground], cosines: Floats) -> dict[tuple[int, int], float]:
    keys = [(n, m) for n, ground in enumerate(grounds) for m in range(len(ground.sentences))]
    return {key: float(cosine) for key, cosine in zip(keys, cosines, strict=True)}


def _chosen(
    ours: Sequence[Word], theirs: Sequence[Place], likeness: Floats, cosines: dict[tuple[int, int], float]
) -> tuple[tuple[int, int], ...]:
    """The sentence that bears out most, then others as long as they bear out enough that the first do not."""
    weights = np.array([_WEIGHTS.get(word.pos, 0.6) for word in ours])
    gains: dict[tuple[int, int], NDArray[np.float64]] = {}
    for key in cosines:
        columns = [n for n, place in enumerate(theirs) if (place.ground, place.sentence) == key]
        held = likeness[:, columns].max(1) if columns and len(ours) else np.zeros(len(ours))
        gains[key] = held * weights
    first = max(gains, key=lambda key: (gains[key].sum() + _CLOSE * len(ours) * cosines[key], -key[0], -key[1]))
    chosen, held = [first], gains[first]
    while len(chosen) < _MOST:
        rest = {key: float(np.maximum(gain - held, 0).sum()) for key, gain in gains.items() if key not in chosen}
        most = max(rest, key=lambda each: (rest[each], -each[0], -each[1]), default=None)
        if most is None or rest[most] < _MORE:
            break
        chosen.append(most)
        held = np.maximum(held, gains[most])
    return tuple(chosen)
