"""``python -m eval.calibrate``: learns from development questions when to decline, and writes it for the question path.

A question becomes a few named numbers (how near the best passage is, how many of its names are there, …), given by the
question path itself, so that what is learned is what will be read. A logistic regression turns them into the chance
that the articles answer the question; the threshold is the highest that declines no more answerable questions than
allowed. Every figure is of questions that the regression had not seen (cross-validated).
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from tqdm import tqdm

from eval.cases import BadQuestionsError, Case, digest, load
from eval.metrics import calibration_error
from eval.report import table
from eval.targets import TargetError, opened
from service.records import Question

CALIBRATION = Path(__file__).parents[1] / "service" / "calibration.json"
ALLOWED = 0.08  # of answerable questions may be declined
FOLDS, SEED = 5, 20240
SHOWN = (0.01, 0.02, 0.05, 0.08, 0.1, 0.15)  # shares of answerable questions declined, for the operating points


@runtime_checkable
class Explains(Protocol):
    """A question path that can say what it decides by."""

    def evidence_features(self, question: Question) -> Mapping[str, float]:
        """The same names for every question, in any order."""


class CalibrationError(Exception):
    """Raised when nothing can be learned from what was given."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question's features and whether the articles answer it."""

    name: str
    features: Mapping[str, float]
    answerable: bool


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


def chance(learned: Calibration, features: Mapping[str, float]) -> float:
    """The chance, 0 to 1, that a question with these features is answered by the articles."""
    sum_ = learned.intercept + sum(
        each.weight * (features[name] - each.mean) / each.scale for name, each in learned.features.items()
    )
    return 1 / (1 + math.exp(-sum_))


def learn(examples: Sequence[Example], *, allowed: float = ALLOWED, strength: float = 1.0) -> Calibration:
    """``allowed``: share of answerable questions that may be declined. ``strength``: of the L2 penalty, above 0.

    Raises CalibrationError where the features differ between examples, or one of the two classes is too small.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    names = _names(examples)
    values = np.array([[each.features[name] for name in names] for each in examples], dtype=np.float64)
    answerable = np.array([each.answerable for each in examples])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1 / strength))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    unseen = cross_val_predict(model, values, answerable, cv=folds, method="predict_proba")[:, 1].tolist()
    model.fit(values, answerable)
    scaler, regression = model[0], model[1]
    weights = zip(names, scaler.mean_, scaler.scale_, regression.coef_[0], strict=True)
    return Calibration(
        features={name: Feature(float(mean), float(scale), float(weight)) for name, mean, scale, weight in weights},
        intercept=float(regression.intercept_[0]),
        threshold=_point(unseen, answerable.tolist(), allowed).threshold,
        auroc=float(roc_auc_score(answerable, unseen)),
        calibration_error=calibration_error(unseen, answerable.tolist()) or 0.0,
        points=[_point(unseen, answerable.tolist(), share) for share in SHOWN],
        examples=len(examples),
    )


def _names(examples: Sequence[Example]) -> list[str]:
    names = sorted(examples[0].features) if examples else []
    for each in examples:
        if sorted(each.features) != names:
            raise CalibrationError(f"question {each.name!r} has other features than the first: {sorted(each.features)}")
    positive = sum(each.answerable for each in examples)
    if min(positive, len(examples) - positive) < FOLDS:
        raise CalibrationError(
            f"{positive} answerable and {len(examples) - positive} unanswerable questions are too few. "
            f"Give at least {FOLDS} of each."
        )
    return names


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
    """Each case with the features that the question path sees. Raises CalibrationError where it shows none."""
    if not isinstance(path, Explains):
        raise CalibrationError(f"the question path {type(path).__name__} has no evidence_features to learn from.")
    return [
        Example(case.id, path.evidence_features(Question(case.question, case.history)), not case.unanswerable)
        for case in tqdm(cases, unit="question", file=sys.stderr)
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: the index cannot be used or nothing can be learned; 2: wrong usage."""
    parser = _parser()
    given = parser.parse_args(arguments)
    for path in given.questions:
        if "heldout" in path.name.casefold():
            parser.error(f"{path} is held out: nothing may be learned from it. Give development questions.")
    try:
        cases = load(given.questions)
        parts, _ = opened(given.data)
        learned = learn(examples_of(cases, parts.answering), allowed=given.allowed)
    except BadQuestionsError as error:
        parser.error(str(error))
    except (TargetError, CalibrationError) as error:
        sys.stderr.write(f"eval.calibrate: {error}\n")
        return 1
    sys.stdout.write(as_markdown(learned) + "\n")
    if given.write:
        origin = {"questions": [path.name for path in given.questions], "questions_sha256": digest(given.questions)}
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
    parser.add_argument("questions", nargs="+", type=Path, metavar="QUESTIONS.jsonl")
    parser.add_argument("--data", type=Path, help="index folder (default: the one the settings name)")
    parser.add_argument("--write", action="store_true", help=f"write {CALIBRATION.name}, which the question path reads")
    parser.add_argument(
        "--allowed", type=_share, default=ALLOWED, help=f"share of answerable that may be declined (default {ALLOWED})"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
