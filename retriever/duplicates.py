"""Two texts go in, whether one is a copy of the other comes out; and signatures by which copies are found among many.

A copy has the same words, or nearly (Jaccard of five-word runs at least .8), and nowhere another number or name in
the place of one: releases from one template ("approves a disaster declaration for …") and corrections are no copies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final

import numpy as np

from retriever.catalogue.words import tokens
from retriever.splitting import sentences

LEAST: Final = 0.8  # similarity of a copy
_NUMBERS: Final = 128  # in a signature, four bytes each; its standard error is at most .045
_RUN: Final = 5  # words
_READ: Final = 20  # candidates that are compared word by word
_WORD: Final = re.compile(r"[^\W_]+")
_COUNTS: Final = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozen hundred thousand million billion "
    "first second third fourth fifth sixth seventh eighth ninth tenth".split()
)


def signature(text: str) -> bytes | None:
    """The text's MinHash, by which it is found among many and roughly compared. None for a text without words."""
    from datasketch import MinHash

    words = tokens(text)
    if not words:
        return None
    minhash = MinHash(num_perm=_NUMBERS)
    minhash.update_batch([run.encode() for run in _runs(words)])
    return np.asarray(minhash.hashvalues).astype("<u4").tobytes()


def likeliest(signed: bytes, candidates: Sequence[tuple[int, bytes]]) -> list[int]:
    """Of candidates (number, signature) those that may be of at least ``LEAST``, likeliest first: where hundreds of
    releases share their wording, only some are worth reading.
    """
    if not candidates:
        return []
    theirs = np.frombuffer(b"".join(signature for _, signature in candidates), "<u4").reshape(len(candidates), -1)
    estimated = (theirs == np.frombuffer(signed, "<u4")).mean(axis=1)
    best = np.argsort(-estimated, kind="stable")[:_READ]
    return [candidates[n][0] for n in best if estimated[n] >= LEAST - 0.2]  # four standard errors


def copy_of(text: str, candidates: Iterable[tuple[str, str]]) -> tuple[str, float] | None:
    """Of the candidates (id, text) the one that ``text`` is a copy of: (id, similarity); None if of none.

    Similarity is 1.0 for the same words, else Jaccard, at least ``LEAST``. The first of equals wins.
    """
    words = tokens(text)
    runs = _runs(words)
    best: tuple[str, float] | None = None
    for id_, other in candidates:
        other_words = tokens(other)
        similarity = 1.0 if other_words == words else min(0.999, _jaccard(runs, _runs(other_words)))
        if similarity < LEAST or (best and similarity <= best[1]):
            continue
        if similarity == 1.0 or not says_otherwise(text, other):
            best = id_, similarity
    return best


def says_otherwise(text: str, other: str) -> bool:
    """Whether somewhere one text has a number or a name where the other has another."""
    ours, theirs = _sentences(text), _sentences(other)
    names = _names(ours) | _names(theirs)
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "replace" and _swapped(_words(ours[a:b]), _words(theirs[c:d]), names):
            return True
    return False


def _swapped(ours: list[str], theirs: list[str], names: set[str]) -> bool:
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "replace":
            mine, others = (
                {word.casefold() for word in some if _is_fact(word, names)} for some in (ours[a:b], theirs[c:d])
            )
            if mine - others and others - mine:
                return True
    return False


def _is_fact(word: str, names: set[str]) -> bool:
    return word in names or word.casefold() in _COUNTS or any(character.isdigit() for character in word)


def _names(of: list[str]) -> set[str]:
    """Words that are written with a capital somewhere else than at the start of a sentence."""
    return {word for sentence in of for word in _WORD.findall(sentence)[1:] if word[0].isupper()}


def _sentences(text: str) -> list[str]:
    return [" ".join(text[one.start : one.end].split()) for one in sentences(text)]


def _words(of: list[str]) -> list[str]:
    return [word for sentence in of for word in _WORD.findall(sentence)]


def _runs(words: list[str]) -> set[str]:
    return {" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))}


def _jaccard(ours: set[str], theirs: set[str]) -> float:
    return len(ours & theirs) / len(ours | theirs)
