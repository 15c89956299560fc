"""A matched sentence and its question go in; what it tells as a fact, or as another's, that is somebody's words there
comes out.

"What did Xi tell Kishida?" is not answered by "The two countries should stay focused", if it was Yang who said so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from retriever.records import Statement
from retriever.wording import content_words
from service.checking.grammar import SPEAKS, speaks
from service.checking.matching import HELD, Ground, Matching
from service.checking.names import about
from service.checking.parse import Word, base

_ALL_BUT: Final = 0.85  # share of a clause that stands in somebody's words
_OWN: Final = 0.7  # of that, in the article's: from which the article says so itself
_FEWEST: Final = 2  # words of meaning in a clause


def unvoiced(matching: Matching, question: str) -> Iterator[str]:
    """Clauses of a sentence that names nobody for what it tells, though they are the words of somebody of whom the
    question, which asks who said something or what another one said, says nothing.
    """
    if not _asks_for_words(question) or any(word.verbal and speaks(word) for word in matching.parse.words):
        return
    asked, told = set(content_words(question)), set(content_words(matching.parse.text))
    for clause in matching.parse.clauses():
        rows = [matching.rows[word.place] for word in clause if word.place in matching.rows]
        whose = _whose(matching, rows) if len(rows) >= _FEWEST else None
        if whose and not asked & whose.known and not told & whose.named:
            yield matching.parse.text[clause[0].start : clause[-1].end]


def _asks_for_words(question: str) -> bool:
    words = question.split()
    names = any(word[:1].isupper() for word in words[1:])
    return (names or bool(re.match(r"(?i)who\b", question))) and any(
        base(word.strip("?,.")) in SPEAKS for word in words
    )


@dataclass(frozen=True, slots=True)
class _Speaker:
    """``named``: words of the name; ``known``: of all that the article says of who it is, too."""

    named: frozenset[str]
    known: frozenset[str]


def _whose(matching: Matching, rows: Sequence[int]) -> _Speaker | None:
    """In whose words all but all of a clause stands, and not in the article's own; None where there is nobody."""
    for number, ground in enumerate(matching.grounds):
        columns = [(column, place.word) for column, place in enumerate(matching.theirs) if place.ground == number]
        said = [each for each in ground.source.statements if each.speech]
        own = [column for column, word in columns if not any(_within(ground, each, word) for each in said)]
        for each in said:
            share = _share(matching, rows, [column for column, word in columns if _within(ground, each, word)])
            if share >= _ALL_BUT and _share(matching, rows, own) < _OWN * share:
                named = f"{each.speaker or ''} {each.speaker_text}"
                known = f"{named} {each.role or ''} {about(ground.source.hit.article.text, named)}"
                return _Speaker(frozenset(content_words(named)), frozenset(content_words(known)))
    return None


def _within(ground: Ground, statement: Statement, word: Word) -> bool:
    place = ground.source.hit.passage.start + word.start
    return any(start <= place < end for start, end in statement.slices)


def _share(matching: Matching, rows: Sequence[int], columns: Sequence[int]) -> float:
    if not columns:
        return 0.0
    held = matching.likeness[np.ix_(rows, columns)].max(1)
    weights = matching.weights[rows]
    return float((np.where(held >= HELD, held, 0.0) * weights).sum() / max(weights.sum(), 1e-9))
