"""Words of two texts go in; how nearly each of the one means what each of the other does comes out, 0 to 1."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from retriever.catalogue.words import fold
from service.checking.likewords import ALIKE, OPPOSED
from service.checking.parse import Word
from service.sayings.countries import country

Vectors = Callable[[Sequence[str]], NDArray[np.float32]]
Floats = NDArray[np.float32]

_KEPT: Final = 6000  # words, 9 MB
_LISTED, _DERIVED, _NEAR = 0.85, 0.85, 0.8  # the most that a list, a common stem, two vectors are worth
_FROM, _OVER = 0.32, 0.45  # cosine from which two words begin to be alike, and over which they become so
_STEM: Final = 5  # letters in common of two words of one stem
NONE: Final = frozenset[int]()


class Alike:
    """Compares words. ``vectors``: the sentence embedding, (n, size), each of length 1. Safe between threads."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        self._known: OrderedDict[str, Floats] = OrderedDict()
        self._lock = threading.Lock()

    def learn(self, words: Sequence[Word]) -> None:
        """Look these words' vectors up ahead."""
        if words:
            self._of(words)

    def matrix(self, ours: Sequence[Word], theirs: Sequence[Word]) -> Floats:
        """(len(ours), len(theirs)); 1 for forms of one word, 0 for opposites, whatever their vectors say."""
        if not ours or not theirs:
            return np.zeros((len(ours), len(theirs)), dtype=np.float32)
        cosines = self._of(ours) @ self._of(theirs).T
        found = np.clip((cosines - _FROM) / _OVER, 0.0, 1.0) * _NEAR
        for row, one in enumerate(ours):
            for column, other in enumerate(theirs):
                told = told_alike(one, other)
                if told is not None:
                    found[row, column] = told if told in (0.0, 1.0) else max(told, found[row, column])
        alike: Floats = found.astype(np.float32)
        return alike

    def _of(self, words: Sequence[Word]) -> Floats:
        keys = [fold(word.lower) or word.lower for word in words]
        with self._lock:
            missing = [key for key in dict.fromkeys(keys) if key not in self._known]
            if missing:
                for key, vector in zip(missing, self._vectors(missing), strict=True):
                    self._known[key] = vector
            for key in keys:
                self._known.move_to_end(key)
            found = np.stack([self._known[key] for key in keys])
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return found


def told_alike(one: Word, other: Word) -> float | None:
    """What can be told without vectors; None where they are to be asked."""
    if one.base == other.base:
        return 1.0
    named = "PROPN" in (one.pos, other.pos) or bool(one.entity and other.entity)
    if one.text[:1].isupper() or other.text[:1].isupper():
        ours, theirs = country(one.text), country(other.text)
        if ours and ours == theirs:
            return 0.95
    if named or "NUM" in (one.pos, other.pos) or (one.base, other.base) in OPPOSED:
        return 0.0
    if ALIKE.get(one.base, NONE) & ALIKE.get(other.base, NONE):
        return _LISTED
    return _DERIVED if _one_stem(one.lower, other.lower) else None


def opposed(one: Word, other: Word) -> bool:
    """Whether they mean opposite things, by the list or by a prefix ("stable", "unstable")."""
    if (one.base, other.base) in OPPOSED:
        return not ALIKE.get(one.base, NONE) & ALIKE.get(other.base, NONE)
    return any(
        one.lower == f"{no}{other.lower}" or other.lower == f"{no}{one.lower}"
        for no in ("un", "in", "im", "dis", "non-", "non", "ir", "il")
    )


def _one_stem(one: str, other: str) -> bool:
    common = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return common >= _STEM and common >= 0.6 * max(len(one), len(other))
