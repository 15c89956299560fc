"""A case and its answer go in, a score comes out that keeps what it was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eval.cases import Case
from eval.metrics import (
    DEPTH,
    Slice,
    evidence_found,
    evidence_share,
    false_quotations,
    inexact_slices,
    located,
    recall_at,
    reciprocal_rank,
    right,
    slices,
    words,
)
from eval.scoring.citing import Cited
from eval.scoring.gain import ndcg
from service.records import Answer

RANKS = (1, 5, 10, DEPTH)
GAIN_RANKS = (5, 10, DEPTH)


@dataclass(frozen=True, slots=True)
class Score:
    """What one answer is worth. None: does not apply to this case. What has a default is not in every older record."""

    case: Case
    answer: Answer
    seconds: float
    right: bool
    words: int
    evidence: bool | None
    evidence_share: float | None
    recall: Mapping[int, bool | None]  # by number of ranks
    reciprocal_rank: float | None
    inexact: tuple[int, ...]  # numbers of citations
    false_quotations: tuple[str, ...]
    misplaced: tuple[str, ...]  # evidence texts that do not stand in their article
    ndcg: Mapping[int, float | None] = field(default_factory=dict)  # by number of ranks
    cited: Cited | None = None  # None also where no judge was asked


def score(case: Case, answer: Answer, *, seconds: float, ranked: Sequence[Slice], texts: Mapping[str, str]) -> Score:
    """``ranked``: passages found for the question, best first. ``texts``: of all articles cited or in evidence."""
    evidence = located(case, texts)
    shown = slices(answer)
    return Score(
        case=case,
        answer=answer,
        seconds=seconds,
        right=right(case, answer),
        words=words(answer),
        evidence=evidence_found(evidence, shown),
        evidence_share=evidence_share(evidence, shown),
        recall={k: recall_at(k, evidence, ranked) for k in RANKS},
        reciprocal_rank=reciprocal_rank(evidence, ranked),
        inexact=tuple(inexact_slices(answer, texts)),
        false_quotations=false_quotations(answer),
        misplaced=tuple(
            f"{each.document}: {each.text}" for each, places in zip(case.evidence, evidence, strict=True) if not places
        ),
        ndcg=ndcg(GAIN_RANKS, evidence, [each.grade for each in case.evidence], ranked),
    )
