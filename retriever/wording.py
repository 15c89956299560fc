"""Words as the search and the choice of sentences compare them: which carry meaning, their stems, shared runs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import snowballstemmer

from retriever.catalogue.words import tokens

_STOP = frozenset(
    """a an the of to in on at for by with from as is are was were be been being do does did done has have had having it
    its he she they them his her their him i you we us our your my me this that these those who whom whose which what
    when where why how many much long and or but not no if than then so such there here about into over after before
    between out up down off again any all some each every both few more most other own same too very can will just
    should would could may might must shall also s t say said says tell told call give make get go come""".split()
)


def content_words(text: str) -> list[str]:
    """The words of a text that carry meaning, folded, each once, in order."""
    return list(dict.fromkeys(word for word in tokens(text) if word not in _STOP))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Porter's stem (1980), as in the index."""
    return str(snowballstemmer.stemmer("porter").stemWord(word))


def longest_run(sought: Sequence[str], found: Sequence[str]) -> int:
    """Length of the longest run of words that stands in both (longest common substring over words)."""
    best, row = 0, [0] * (len(found) + 1)
    for word in sought:
        above, row = row, [0] * (len(found) + 1)
        for place, other in enumerate(found, start=1):
            if word == other:
                row[place] = above[place - 1] + 1
                best = max(best, row[place])
    return best
