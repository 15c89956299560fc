"""Many scores go in, the measures over them come out, and which floors they miss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.metrics import Estimate, calibration_error, estimate, percentile, quotations
from eval.scoring.measures import MEASURES
from eval.scoring.reliability import Reliability, reliability
from eval.scoring.scores import Score


@dataclass(frozen=True, slots=True)
class Latency:
    """How long answers took, in milliseconds."""

    p50_ms: float
    p95_ms: float
    p99_ms: float
    n: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The measures over many scores; times in milliseconds."""

    cases: int
    measures: Mapping[str, Estimate | None]
    kinds: Mapping[str, Mapping[str, Estimate | None]]  # by kind: right, confidence, declined, evidence
    totals: Mapping[str, Mapping[str, Estimate | None]]  # the same of all answerable, all unanswerable, all questions
    p50_ms: float | None
    p95_ms: float | None
    p99_ms: float | None
    latency: Mapping[str, Latency]  # by kind
    calibration_error: float | None  # of the confidence of answers that were not declined
    reliability: Mapping[str, Reliability]  # of answers given, of refusals, of all
    inexact_slices: int
    slices: int
    false_quotations: int
    quotations: int  # those among them


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
        p99_ms=percentile(milliseconds, 99),
        latency={
            kind: _latency([each.seconds * 1000 for each in scores if each.case.kind == kind])
            for kind in _kinds(scores)
        },
        calibration_error=calibration_error([each.answer.confidence for each in given], [each.right for each in given]),
        reliability={
            "answers given": _reliability(given),
            "refusals": _reliability([each for each in scores if each.answer.declined]),
            "all": _reliability(scores),
        },
        inexact_slices=sum(len(each.inexact) for each in scores),
        slices=sum(len(each.answer.citations) for each in scores),
        false_quotations=sum(len(each.false_quotations) for each in scores),
        quotations=sum(len(quotations(each.answer)) for each in scores),
    )


def _latency(milliseconds: Sequence[float]) -> Latency:
    p50, p95, p99 = (percentile(milliseconds, share) or 0.0 for share in (50, 95, 99))
    return Latency(p50, p95, p99, len(milliseconds))


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
    """Raised when a floor or a ceiling is not MEASURE=VALUE, or names no measure."""


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


def exceeded(summary: Summary, asked: Mapping[str, float]) -> list[str]:
    """One line for each ceiling that is broken; a measure that applies to none of the cases breaks none."""
    figures = ((name, summary.measures[name], ceiling) for name, ceiling in asked.items())
    return [
        f"{name} {reached.mean:.4f} is over the ceiling {ceiling:g} (n = {reached.n})"
        for name, reached, ceiling in figures
        if reached is not None and reached.mean > ceiling
    ]
