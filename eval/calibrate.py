"""``python -m eval.calibrate``: learns from development questions when to decline, and writes it for the question path.

A question becomes a few named numbers (how near the best passage is, how many of its names are there, …), given by the
question path itself, so that what is learned is what will be read. A logistic regression turns them into the chance
that the articles answer the question; the threshold is the highest that declines no more answerable questions than
allowed. Every figure is of questions that the regression had not seen (cross-validated).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from tqdm import tqdm

from eval.cases import BadQuestionsError, Case, digest
from eval.learning import LearningError, regression, sets
from eval.metrics import calibration_error
from eval.report import table
from eval.targets import TargetError
from service.records import Question
from service.weighing import CALIBRATION

ALLOWED = 0.1  # of answerable questions may be declined
SHOWN = (0.01, 0.02, 0.05, 0.08, 0.1, 0.15)  # shares of answerable questions declined, for the operating points


@runtime_checkable
class Explains(Protocol):
    """A question path that can say what it decides by."""

    def evidence_features(self, question: Question, *, without: Collection[str] = ()) -> Mapping[str, float]:
        """The same names for every question, in the same order; ``without``: ids of articles taken to be absent."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question's features and whether the articles answer it."""

    name: str
    features: Mapping[str, float]
    answerable: bool
    group: str  # the article or question it comes from: never on both sides of a fold


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature counts as ``weight * (value - mean) / scale``."""

    mean: float
    scale: float
    weight: float


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold would do: shares of the answerable and of the unanswerable questions that it declines."""

    threshold: float
    answerable_declined: float
    unanswerable_declined: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is written: ``1 / (1 + exp(-(intercept + Σ features)))`` under ``threshold`` declines."""

    features: Mapping[str, Feature]
    intercept: float
    threshold: float
    auroc: float
    calibration_error: float
    points: Sequence[Point]
    examples: int


def learn(examples: Sequence[Example], *, allowed: float = ALLOWED) -> Calibration:
    """``allowed``: share of answerable questions that may be declined. Raises LearningError where one of the two
    classes is too small.
    """
    from sklearn.metrics import roc_auc_score

    names = list(examples[0].features) if examples else []
    answerable = [each.answerable for each in examples]
    values = [[each.features[name] for name in names] for each in examples]
    fitted = regression(names, values, answerable, [each.group for each in examples])
    unseen = [float(chance) for chance in fitted.unseen]
    return Calibration(
        features={name: Feature(**feature) for name, feature in fitted.written["features"].items()},
        intercept=fitted.written["intercept"],
        threshold=_point(unseen, answerable, allowed).threshold,
        auroc=float(roc_auc_score(answerable, unseen)),
        calibration_error=calibration_error(unseen, answerable) or 0.0,
        points=[_point(unseen, answerable, share) for share in SHOWN],
        examples=len(examples),
    )


def _point(chances: Sequence[float], answerable: Sequence[bool], allowed: float) -> Point:
    """The highest threshold under which no more than ``allowed`` of the answerable questions lie."""
    kept = sorted(value for value, yes in zip(chances, answerable, strict=True) if yes)
    other = [value for value, yes in zip(chances, answerable, strict=True) if not yes]
    threshold = kept[min(int(allowed * len(kept)), len(kept) - 1)]
    return Point(
        threshold=threshold,
        answerable_declined=sum(value < threshold for value in kept) / len(kept),
        unanswerable_declined=sum(value < threshold for value in other) / len(other),
    )


def as_markdown(learned: Calibration) -> str:
    """What was learned, to read."""
    points = [
        [f"{each.threshold:.3f}", f"{each.answerable_declined:.3f}", f"{each.unanswerable_declined:.3f}"]
        for each in learned.points
    ]
    weights = [[name, f"{each.weight:+.2f}"] for name, each in learned.features.items()]
    return "\n\n".join(
        [
            f"{learned.examples} questions, AUROC {learned.auroc:.3f}, expected calibration error "
            f"{learned.calibration_error:.3f}, threshold {learned.threshold:.3f}",
            table(["feature", "weight (a standard deviation)"], weights),
            table(["threshold", "answerable declined", "unanswerable declined"], points),
        ]
    )


def examples_of(cases: Sequence[Case], path: object) -> list[Example]:
    """Each case with the signs that the question path sees, and each answerable one once more as if the articles with
    its evidence were not there: nothing can answer it then. Raises LearningError where the path shows no signs.
    """
    if not isinstance(path, Explains):
        raise LearningError(f"the question path {type(path).__name__} has no evidence_features to learn from.")
    found = []
    for case in tqdm(cases, unit="question", file=sys.stderr):
        question = Question(case.question, case.history)
        group = case.evidence[0].document if case.evidence else case.id
        found.append(Example(case.id, path.evidence_features(question), not case.unanswerable, group))
        if case.evidence:
            away = {each.document for each in case.evidence}
            found.append(Example(f"{case.id} away", path.evidence_features(question, without=away), False, group))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: the index cannot be used or nothing can be learned; 2: wrong usage."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        opened = sets(given.sets)
        learned = learn(
            [e for cases, parts in opened for e in examples_of(cases, parts.answering)], allowed=given.allowed
        )
    except BadQuestionsError as error:
        parser.error(str(error))
    except (TargetError, LearningError) as error:
        sys.stderr.write(f"eval.calibrate: {error}\n")
        return 1
    sys.stdout.write(as_markdown(learned) + "\n")
    if given.write:
        files = [questions for questions, _ in given.sets]
        origin = {"questions": [file.name for file in files], "questions_sha256": digest(files)}
        CALIBRATION.write_text(json.dumps({**asdict(learned), **origin}, indent=1) + "\n", encoding="utf-8")
        sys.stdout.write(f"\nwritten to {CALIBRATION}\n")
    return 0


def _share(written: str) -> float:
    value = float(written)
    if not 0 <= value < 1:
        raise ValueError(written)
    return value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate", description="Learns when to decline.")
    parser.add_argument(
        "--set", nargs=2, type=Path, action="append", required=True, metavar=("QUESTIONS", "DATA"), dest="sets",
        help="development questions and the index folder of their articles; may be given several times",
    )  # fmt: skip
    parser.add_argument("--write", action="store_true", help=f"write {CALIBRATION.name}, which the question path reads")
    parser.add_argument(
        "--allowed", type=_share, default=ALLOWED, help=f"share of answerable that may be declined (default {ALLOWED})"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
