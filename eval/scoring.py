"""A case and its answer go in, a score comes out that keeps what it was made from; many scores give measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.cases import Case
from eval.metrics import (
    DEPTH,
    Estimate,
    Slice,
    calibration_error,
    estimate,
    evidence_found,
    evidence_share,
    false_quotations,
    inexact_slices,
    located,
    percentile,
    recall_at,
    reciprocal_rank,
    right,
    slices,
    squared_error,
    words,
)
from eval.reliability import Reliability, reliability
from service.records import Answer

RANKS = (1, 5, 10, DEPTH)


@dataclass(frozen=True, slots=True)
class Score:
    """What one answer is worth. None: does not apply to this case."""

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


def score(case: Case, answer: Answer, *, seconds: float, ranked: Sequence[Slice], texts: Mapping[str, str]) -> Score:
    """``ranked``: passages found for the question, best first. ``texts``: of all articles cited or in evidence."""
    evidence = located(case, texts)
    cited = slices(answer)
    return Score(
        case=case,
        answer=answer,
        seconds=seconds,
        right=right(case, answer),
        words=words(answer),
        evidence=evidence_found(evidence, cited),
        evidence_share=evidence_share(evidence, cited),
        recall={k: recall_at(k, evidence, ranked) for k in RANKS},
        reciprocal_rank=reciprocal_rank(evidence, ranked),
        inexact=tuple(inexact_slices(answer, texts)),
        false_quotations=false_quotations(answer),
        misplaced=tuple(
            f"{each.document}: {each.text}" for each, places in zip(case.evidence, evidence, strict=True) if not places
        ),
    )


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure a case at a time, and what it says."""

    says: str
    of: Callable[[Score], float | None]
    less_is_better: bool = False


def _answerable(value: Callable[[Score], float | None]) -> Callable[[Score], float | None]:
    return lambda each: None if each.case.unanswerable else value(each)


def _recall(k: int) -> Callable[[Score], float | None]:
    return lambda each: each.recall[k]


MEASURES: Mapping[str, Measure] = {
    "right": Measure("right answers; an unanswerable question is right when declined", lambda each: each.right),
    "right_answerable": Measure("right answers among answerable questions", _answerable(lambda each: each.right)),
    "declined": Measure(
        "declined among unanswerable questions (recall of declining)",
        lambda each: each.answer.declined if each.case.unanswerable else None,
    ),
    "declined_precision": Measure(
        "unanswerable among declined questions",
        lambda each: each.case.unanswerable if each.answer.declined else None,
    ),
    "answered": Measure(
        "not declined among answerable questions (1 less those wrongly declined)",
        _answerable(lambda each: not each.answer.declined),
    ),
    "wrongly_declined": Measure(
        "declined among answerable questions; fewer is better",
        _answerable(lambda each: each.answer.declined),
        less_is_better=True,
    ),
    "not_said": Measure(
        "declined as not_said among true quotations put into the wrong mouth",
        lambda each: each.answer.reason == "not_said" if each.case.kind == "nearmiss" else None,
    ),
    "evidence": Measure("a citation overlaps one of the evidence texts", lambda each: each.evidence),
    "evidence_answered": Measure(
        "the same among questions that were answered", lambda each: None if each.answer.declined else each.evidence
    ),
    "evidence_share": Measure("share of the evidence texts that a citation overlaps", lambda each: each.evidence_share),
    **{f"recall@{k}": Measure(f"evidence among the first {k} passages found", _recall(k)) for k in RANKS},
    "mrr": Measure(f"mean of 1 / rank of the first evidence among {DEPTH} passages", lambda each: each.reciprocal_rank),
    "exact_slices": Measure(
        "answers all of whose citations are the exact characters of their article",
        lambda each: not each.inexact if each.answer.citations else None,
    ),
    "true_quotations": Measure(
        "answers without a quotation that their citations lack", lambda each: not each.false_quotations
    ),
    "words": Measure(
        "words an answer, declined ones left out; fewer is better",
        lambda each: None if each.answer.declined else each.words,
        less_is_better=True,
    ),
    "brier": Measure(
        "squared distance of confidence from what came true (Brier score); less is better",
        lambda each: squared_error(each.answer.confidence, each.right),
        less_is_better=True,
    ),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """The measures over many scores; times in milliseconds."""

    cases: int
    measures: Mapping[str, Estimate | None]
    kinds: Mapping[str, Mapping[str, Estimate | None]]  # by kind: right, confidence, declined, evidence
    totals: Mapping[str, Mapping[str, Estimate | None]]  # the same of all answerable, all unanswerable, all questions
    p50_ms: float | None
    p95_ms: float | None
    calibration_error: float | None  # of the confidence of answers that were not declined
    reliability: Mapping[str, Reliability]  # of answers given, of refusals, of all
    inexact_slices: int
    slices: int
    false_quotations: int


def summarise(scores: Sequence[Score]) -> Summary:
    """All measures with their intervals; those of a kind in the order in which kinds first occur."""
    milliseconds = [each.seconds * 1000 for each in scores]
    given = [each for each in scores if not each.answer.declined]
    return Summary(
        cases=len(scores),
        measures={name: estimate(measure.of(each) for each in scores) for name, measure in MEASURES.items()},
        kinds={kind: _kind([each for each in scores if each.case.kind == kind]) for kind in _kinds(scores)},
        totals={
            "all answerable": _kind([each for each in scores if not each.case.unanswerable]),
            "all unanswerable": _kind([each for each in scores if each.case.unanswerable]),
            "all": _kind(scores),
        },
        p50_ms=percentile(milliseconds, 50),
        p95_ms=percentile(milliseconds, 95),
        calibration_error=calibration_error([each.answer.confidence for each in given], [each.right for each in given]),
        reliability={
            "answers given": _reliability(given),
            "refusals": _reliability([each for each in scores if each.answer.declined]),
            "all": _reliability(scores),
        },
        inexact_slices=sum(len(each.inexact) for each in scores),
        slices=sum(len(each.answer.citations) for each in scores),
        false_quotations=sum(len(each.false_quotations) for each in scores),
    )


def _kind(scores: Sequence[Score]) -> Mapping[str, Estimate | None]:
    return {
        "right": estimate(each.right for each in scores),
        "confidence": estimate(each.answer.confidence for each in scores),
        "declined": estimate(each.answer.declined for each in scores),
        "evidence": estimate(each.evidence for each in scores),
    }


def _reliability(scores: Sequence[Score]) -> Reliability:
    """An event is an answer that is right or a refusal that is: either is what its confidence speaks of."""
    return reliability([each.answer.confidence for each in scores], [each.right for each in scores])


def _kinds(scores: Iterable[Score]) -> Iterable[str]:
    return dict.fromkeys(each.case.kind for each in scores)


# ---- floors


class BadFloorError(ValueError):
    """Raised when a floor is not MEASURE=VALUE, or names no measure."""


def floors(written: Iterable[str]) -> dict[str, float]:
    """``["right=0.5", …]`` as a mapping. Raises BadFloorError, which names what can be asked for."""
    asked: dict[str, float] = {}
    for each in written:
        name, equals, value = each.partition("=")
        if name not in MEASURES or not equals:
            raise BadFloorError(f"{each!r} is not MEASURE=VALUE. Measures: {', '.join(MEASURES)}.")
        try:
            asked[name] = float(value)
        except ValueError as error:
            raise BadFloorError(f"{each!r}: {value!r} is not a number. Write for example {name}=0.5.") from error
    return asked


def missed(summary: Summary, asked: Mapping[str, float]) -> list[str]:
    """One line for each floor that is not reached; a measure that applies to none of the cases is not reached."""
    lines = []
    for name, floor in asked.items():
        reached = summary.measures[name]
        if reached is None:
            lines.append(f"{name} applies to none of the {summary.cases} cases, floor {floor:g}")
        elif reached.mean < floor:
            lines.append(f"{name} {reached.mean:.4f} is under the floor {floor:g} (n = {reached.n})")
    return lines
