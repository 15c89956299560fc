"""Scores go in, what plots draw comes out: outcomes, and shares over ranks and thresholds with Wilson's intervals.

All functions are pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.metrics import DEPTH, Estimate, wilson
from eval.scoring import Score

OUTCOMES = ("right answer", "rightly declined", "wrongly declined", "wrong answer")


@dataclass(frozen=True, slots=True)
class Declining:
    """What were given if everything less certain than ``threshold`` were declined."""

    threshold: float
    coverage: float  # share of all questions that are answered
    wrong: Estimate  # share of the answers given


def outcome(score: Score) -> str:
    """One of OUTCOMES."""
    declined = score.answer.declined
    return OUTCOMES[1 if declined else 0] if score.right else OUTCOMES[2 if declined else 3]


def outcomes(scores: Sequence[Score]) -> Mapping[str, int]:
    """How many questions came to each, in the order of OUTCOMES."""
    came = [outcome(each) for each in scores]
    return {name: came.count(name) for name in OUTCOMES}


def share(estimate: Estimate) -> Estimate:
    """The mean of yes and no with Wilson's interval, which holds where cases are few or all alike."""
    return wilson(round(estimate.mean * estimate.n), estimate.n)


def recall(scores: Sequence[Score]) -> list[Estimate]:
    """The share of questions with evidence that have it among the first 1, 2, … passages; empty where none has."""
    known = [each.reciprocal_rank for each in scores if each.reciprocal_rank is not None]
    ranks = [round(1 / each) for each in known if each > 0]
    return [wilson(sum(rank <= k for rank in ranks), len(known)) for k in range(1, DEPTH + 1)] if known else []


def declining(scores: Sequence[Score]) -> list[Declining]:
    """For every confidence that an answer was given with, the highest first, what a threshold there would leave."""
    given = [each for each in scores if not each.answer.declined]
    return [at(scores, threshold) for threshold in sorted({each.answer.confidence for each in given}, reverse=True)]


def at(scores: Sequence[Score], threshold: float) -> Declining:
    """What a threshold leaves that is not over the highest confidence of an answer given."""
    kept = [each.right for each in scores if not each.answer.declined and each.answer.confidence >= threshold]
    return Declining(threshold, len(kept) / len(scores), wilson(kept.count(False), len(kept)))


def shared(first: Sequence[Score], other: Sequence[Score]) -> list[tuple[Score, Score]]:
    """Both scores of every question that both runs asked, and ask and expect the same in both."""
    by_id = {each.case.id: each for each in other}
    return [
        (each, by_id[each.case.id]) for each in first if each.case.id in by_id and by_id[each.case.id].case == each.case
    ]
