"""``python -m eval.calibrate``: learns from development questions when to decline, and writes it for the question path.

A question becomes a few named numbers (how near the best passage is, how many of its names are there, …), given by the
question path itself, so that what is learned is what will be read. Two logistic regressions, over these numbers and
their products, turn them into the chance that the articles answer the question, by which it is declined or not, and
into the chance that the answer is right, which is its confidence. The threshold is where wrong answers and refusals
together cost least, if a wrong answer costs so many refusals of a question that could have been answered. Chances
become shares that came true by isotonic regression (Zadrozny and Elkan, KDD 2002). Every figure is of questions that
the regression had not seen (cross-validated).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from eval.cases import BadQuestionsError, digest
from eval.learning import LearningError, Regression, Table, learning_sets, regression, sets
from eval.metrics import calibration_error
from eval.report import table
from eval.signs import Example, examples_of, foreign_of
from eval.targets import TargetError
from service.weighing import CALIBRATION, CONFIDENCE

COST = 1.0  # of a wrong answer, in refusals of a question that could have been answered
UNANSWERABLE = 0.2  # share of the questions people ask that the articles do not answer: an assumption, see README
SHOWN = (0.01, 0.02, 0.05, 0.08, 0.1, 0.15)  # shares of answerable questions declined, for the operating points


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
class Learned:
    """A regression as it is written: ``1 / (1 + exp(-(intercept + Σ features + Σ products)))``."""

    features: Mapping[str, Feature]
    products: Sequence[tuple[str, str, float]]
    intercept: float
    threshold: float  # under it a question is declined; of no meaning for a confidence
    confidence: Mapping[str, Sequence[tuple[float, float]]]  # "answerable" or "right": chance -> share that came true
    auroc: float
    calibration_error: float
    points: Sequence[Point]
    examples: int
    cost: float


def learn(examples: Sequence[Example], *, cost: float = COST) -> Learned:
    """Whether the articles answer. ``cost``: of a wrong answer, in refusals. Raises LearningError where one of the two
    classes is too small.
    """
    answerable = [each.answerable for each in examples]
    fitted = regression(_table(examples, answerable, _balanced(examples)), products=True)
    unseen = [float(chance) for chance in fitted.unseen]
    learned = _learned("answerable", examples, answerable, fitted)
    points = [_point(unseen, answerable, share) for share in SHOWN]
    return replace(learned, threshold=_cheapest(examples, unseen, cost), points=points, cost=cost)


def learn_confidence(examples: Sequence[Example]) -> Learned:
    """Whether an answer is right, from those examples of which that is known. Raises LearningError where one of the two
    classes is too small.
    """
    examples = [each for each in examples if each.right is not None or not each.answerable]
    weights = _weights(examples)
    mean = sum(weights) / len(weights)
    rights = [each.answerable and _is_right(each) for each in examples]
    fitted = regression(_table(examples, rights, [weight / mean for weight in weights]), products=True)
    return _learned("right", examples, rights, fitted)


def _table(examples: Sequence[Example], labels: Sequence[bool], weights: Sequence[float]) -> Table:
    names = list(examples[0].features) if examples else []
    values = [[each.features[name] for name in names] for each in examples]
    return Table(names, values, labels, [each.group for each in examples], weights)


def _learned(of: str, examples: Sequence[Example], truth: Sequence[bool], fitted: Regression) -> Learned:
    from sklearn.metrics import roc_auc_score

    unseen = [float(chance) for chance in fitted.unseen]
    return Learned(
        features={name: Feature(**feature) for name, feature in fitted.written["features"].items()},
        products=fitted.written["products"],
        intercept=fitted.written["intercept"],
        threshold=0.5,
        confidence={of: _knots(unseen, truth, _weights(examples))},
        auroc=float(roc_auc_score(truth, unseen)),
        calibration_error=calibration_error(unseen, truth) or 0.0,
        points=(),
        examples=len(examples),
        cost=COST,
    )


def _balanced(examples: Sequence[Example]) -> list[float]:
    """What each example counts: those asked as unanswerable, which are the hardest and the fewest, as much together as
    those made so in each other way.
    """
    counts = Counter(each.made for each in examples if not each.answerable)
    asked = counts["asked"]
    return [1.0 if each.answerable or not asked else asked / counts[each.made] for each in examples]


def _weights(examples: Sequence[Example]) -> list[float]:
    """The same, so that UNANSWERABLE of them all are not answerable."""
    counts = _balanced(examples)
    yes = sum(count for count, each in zip(counts, examples, strict=True) if each.answerable)
    no = sum(counts) - yes
    return [
        count * ((1 - UNANSWERABLE) / yes if each.answerable else UNANSWERABLE / no)
        for count, each in zip(counts, examples, strict=True)
    ]


def _cheapest(examples: Sequence[Example], chances: Sequence[float], cost: float) -> float:
    """The threshold at which wrong answers, at ``cost``, and refusals of answerable questions cost least."""
    order = sorted(zip(chances, examples, _weights(examples), strict=True), key=lambda each: each[0])
    spent = sum(weight * cost * (not _is_right(each)) for _, each, weight in order)  # everything is answered
    best, threshold = spent, 0.0
    for place, (chance, each, weight) in enumerate(order):
        spent += weight * (float(each.answerable) - cost * (not _is_right(each)))
        following = order[place + 1][0] if place + 1 < len(order) else 1.0
        if spent < best:
            best, threshold = spent, (chance + following) / 2
    return threshold


def _is_right(example: Example) -> bool:
    return example.answerable if example.right is None else example.right


def _knots(chances: Sequence[float], truth: Sequence[bool], weights: Sequence[float]) -> list[tuple[float, float]]:
    from sklearn.isotonic import IsotonicRegression

    fitted = IsotonicRegression(y_min=0.02, y_max=0.98, out_of_bounds="clip").fit(chances, truth, weights)
    knots = zip(fitted.X_thresholds_, fitted.y_thresholds_, strict=True)
    return [(round(float(x), 4), round(float(y), 4)) for x, y in knots]


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


def as_markdown(learned: Learned) -> str:
    """What was learned, to read."""
    points = [
        [f"{each.threshold:.3f}", f"{each.answerable_declined:.3f}", f"{each.unanswerable_declined:.3f}"]
        for each in learned.points
    ]
    weights = [[name, f"{each.weight:+.2f}"] for name, each in learned.features.items()]
    return "\n\n".join(
        [
            f"{learned.examples} questions, AUROC {learned.auroc:.3f}, expected calibration error "
            f"{learned.calibration_error:.3f}, threshold {learned.threshold:.3f} (cost {learned.cost:g})",
            table(["feature", "weight (a standard deviation)"], weights),
            *([table(["threshold", "answerable declined", "unanswerable declined"], points)] if points else []),
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: the index cannot be used or nothing can be learned; 2: wrong usage."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if not (given.sets or given.unread or given.made):
        parser.error("nothing is given to learn from: name questions and their index with --set")
    try:
        asked, made = sets(given.sets, unread=given.unread), sets(given.made)
        paths = [(cases, parts.answering) for cases, parts in asked]
        examples = [each for cases, path in paths for each in examples_of(cases, path)]
        for cases, parts in made:
            examples += examples_of(cases, parts.answering, judged=False)
        examples += foreign_of(paths)
        found = {CALIBRATION: learn(examples, cost=given.cost), CONFIDENCE: learn_confidence(examples)}
    except BadQuestionsError as error:
        parser.error(str(error))
    except (TargetError, LearningError) as error:
        sys.stderr.write(f"eval.calibrate: {error}\n")
        return 1
    files = [questions for questions, _ in (*given.sets, *given.unread, *given.made)]
    origin = {"questions": [file.name for file in files], "questions_sha256": digest(files)}
    for path, learned in found.items():
        sys.stdout.write(f"# {path.stem}\n\n{as_markdown(learned)}\n\n")
        if given.write:
            path.write_text(json.dumps({**asdict(learned), **origin}, indent=1) + "\n", encoding="utf-8")
            sys.stdout.write(f"written to {path}\n\n")
    return 0


def _cost(written: str) -> float:
    value = float(written)
    if not 0 < value < 1000:
        raise ValueError(written)
    return value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate", description="Learns when to decline.")
    learning_sets(parser)
    parser.add_argument("--write", action="store_true", help=f"write {CALIBRATION.name} and {CONFIDENCE.name}")
    parser.add_argument(
        "--cost", type=_cost, default=COST,
        help=f"of a wrong answer, in refusals of a question that could have been answered (default {COST:g})",
    )  # fmt: skip
    return parser


if __name__ == "__main__":
    sys.exit(main())
