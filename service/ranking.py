"""Sentences that may answer, best first: weighed by their features, the likeliest then read and weighed again.

Reading every sentence of the best passages would take seconds; the features find most of what is worth it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from service.evidence import FEATURES, Candidate, Read
from service.question.asking import Asked
from service.reader.model import Reading
from service.reader.windows import Window, windows
from service.weighing import CHOOSING, RERANKING, Weights

# Windows that are read: the likeliest, and others where none of these answers (README, "The reader": the measurement).
FIRST, MORE = 6, 4
ANSWERS = -1.0  # logit above which a window answers well enough for no more to be read

READ = (
    "read_rank", "read_rank_to_best", "read_answers", "read_shown", "read_shown_to_best", "read_holds_answer",
    "read_sure",
)  # fmt: skip


class Reads(Protocol):
    """The reader."""

    def read(self, question: str, windows: Sequence[Window]) -> Sequence[Reading]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """``choosing`` weighs sentences by their features, ``reranking`` those that were read also by what the reader says.
    ``first`` and ``more``: windows that are read; 0 both switches the reader off, to measure what it adds.
    """

    reader: Reads
    choosing: Weights
    reranking: Weights
    first: int = FIRST
    more: int = MORE

    def ranked(self, asked: Asked, candidates: Sequence[Candidate]) -> list[tuple[float, Candidate]]:
        """Candidates with their chances of holding the answer: those that were read, then the others."""
        first = [self.choosing.of(each.features) for each in candidates]
        read = self.read(asked, candidates, first)
        again = [(self.reranking.of((*candidates[n].features, *values)), each) for n, each, values in read]
        known = {n for n, _, _ in read}
        rest = [(first[n], each) for n, each in enumerate(candidates) if n not in known]
        return sorted(again, key=_by_chance) + sorted(rest, key=_by_chance)

    def read(
        self, asked: Asked, candidates: Sequence[Candidate], first: Sequence[float]
    ) -> list[tuple[int, Candidate, tuple[float, ...]]]:
        """The likeliest candidates, each with its place among ``candidates`` and its values of READ. ``first``: the
        candidates' chances before they are read.
        """
        every = sorted(windows(candidates), key=lambda pair: -max(first[n] for n in pair[1]))
        readings = self._readings(asked.search_text, [window for window, _ in every])
        found = [
            (n, replace(candidates[n], read=_read(window, reading, place)))
            for (window, inside), reading in zip(every, readings, strict=False)
            for place, n in enumerate(inside)
        ]
        reads = [each.read for _, each in found if each.read]
        best = max((each.rank for each in reads), default=0.0)
        most = max((each.shown for each in reads), default=0.0)
        return [(n, each, _values(each, best, most)) for n, each in found]

    def _readings(self, question: str, found: Sequence[Window]) -> list[Reading]:
        """Of the first windows; of more where none of these answers."""
        readings = list(self.reader.read(question, found[: self.first]))
        if max((each.answers for each in readings), default=ANSWERS) < ANSWERS:
            readings += self.reader.read(question, found[self.first : self.first + self.more])
        return readings


def learned(weights: Callable[[Path, Sequence[str]], Weights], *, reader: Reads) -> Ranking:
    """The ranking with the weights that were learned for it. ``weights``: ``weighing.read`` or ``read_to_learn``."""
    return Ranking(
        reader=reader, choosing=weights(CHOOSING, FEATURES), reranking=weights(RERANKING, (*FEATURES, *READ))
    )


def _by_chance(pair: tuple[float, Candidate]) -> float:
    return -pair[0]


def _read(window: Window, reading: Reading, sentence: int) -> Read:
    return Read(
        rank=reading.rank,
        answers=reading.answers,
        shown=reading.sentences[sentence],
        answer=window.text[slice(*reading.span)],
        place=window.place(*reading.span),
        sure=reading.sure,
    )


def _values(candidate: Candidate, best: float, most: float) -> tuple[float, ...]:
    """Of READ, in that order. ``best``: the highest rank of the question's windows, ``most`` the most that is shown."""
    read = candidate.read
    if read is None:
        return (0.0,) * len(READ)
    holds = read.place is not None and candidate.start <= read.place[0] < candidate.end
    return (
        read.rank, read.rank - best, read.answers, read.shown, read.shown - most, float(holds),
        max(read.sure, -10.0),
    )  # fmt: skip
