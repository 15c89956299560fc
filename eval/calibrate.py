"""``python -m eval.calibrate``: learns from development questions when to decline, and writes it for the question path.

A question becomes a few named numbers (how near the best passage is, how many of its names are there, …), given by the
question path itself, so that what is learned is what will be read. A logistic regression turns them into the chance
that the articles answer the question. The threshold is where wrong answers and refusals together cost least, if a wrong
answer costs so many refusals of a question that could have been answered. Confidences are shares that came true:
isotonic regression (Zadrozny and Elkan, KDD 2002) from the chance to how often an answer was right, and to how often
there was one. Every figure is of questions that the regression had not seen (cross-validated).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, Protocol, runtime_checkable

from tqdm import tqdm

from eval.cases import BadQuestionsError, Case, digest
from eval.learning import LearningError, learning_sets, regression, sets
from eval.metrics import calibration_error, right
from eval.report import table
from eval.targets import TargetError
from service.records import Answer, Question
from service.weighing import CALIBRATION

COST = 1.0  # of a wrong answer, in refusals of a question that could have been answered
UNANSWERABLE = 0.2  # share of the questions people ask that the articles do not answer: an assumption, see README
FOREIGN = 60  # questions of other sets that each index is asked
SHOWN = (0.01, 0.02, 0.05, 0.08, 0.1, 0.15)  # shares of answerable questions declined, for the operating points


@runtime_checkable
class Explains(Protocol):
    """A question path that can say what it decides by."""

    def examined(self, question: Question, *, without: Collection[str] = ()) -> tuple[Mapping[str, float], Answer]:
        """Features, the same names for every question in the same order, and what would be answered if nothing were
        declined for want of a chance. ``without``: ids of articles taken to be absent.
        """


# How a question comes to have no answer: it was asked so; the articles that answer it are taken away; it is asked of
# other articles than those it was written for.
Made = Literal["asked", "away", "foreign"]


@dataclass(frozen=True, slots=True)
class Example:
    """A question's features and whether the articles answer it."""

    name: str
    features: Mapping[str, float]
    answerable: bool
    group: str  # the article or question it comes from: never on both sides of a fold
    right: bool | None = None  # whether what would be answered is right; None: not known
    made: Made = "asked"


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
    confidence: Mapping[str, Sequence[tuple[float, float]]]  # "right", "answerable": chance -> share that came true
    auroc: float
    calibration_error: float
    points: Sequence[Point]
    examples: int
    cost: float


def learn(examples: Sequence[Example], *, cost: float = COST) -> Calibration:
    """``cost``: of a wrong answer, in refusals. Raises LearningError where one of the two classes is too small."""
    from sklearn.metrics import roc_auc_score

    names = list(examples[0].features) if examples else []
    answerable = [each.answerable for each in examples]
    values = [[each.features[name] for name in names] for each in examples]
    groups = [each.group for each in examples]
    fitted = regression(names, values, answerable, groups, weights=_balanced(examples))
    unseen = [float(chance) for chance in fitted.unseen]
    return Calibration(
        features={name: Feature(**feature) for name, feature in fitted.written["features"].items()},
        intercept=fitted.written["intercept"],
        threshold=_cheapest(examples, unseen, cost),
        confidence=_confidence(examples, unseen),
        auroc=float(roc_auc_score(answerable, unseen)),
        calibration_error=calibration_error(unseen, answerable) or 0.0,
        points=[_point(unseen, answerable, share) for share in SHOWN],
        examples=len(examples),
        cost=cost,
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


def _confidence(examples: Sequence[Example], chances: Sequence[float]) -> dict[str, list[tuple[float, float]]]:
    from sklearn.isotonic import IsotonicRegression

    weights = _weights(examples)
    found = {}
    for name, truth in (("right", [_is_right(e) for e in examples]), ("answerable", [e.answerable for e in examples])):
        fitted = IsotonicRegression(y_min=0.02, y_max=0.98, out_of_bounds="clip").fit(chances, truth, weights)
        knots = zip(fitted.X_thresholds_, fitted.y_thresholds_, strict=True)
        found[name] = [(round(float(x), 4), round(float(y), 4)) for x, y in knots]
    return found


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
            f"{learned.calibration_error:.3f}, threshold {learned.threshold:.3f} (cost {learned.cost:g})",
            table(["feature", "weight (a standard deviation)"], weights),
            table(["threshold", "answerable declined", "unanswerable declined"], points),
        ]
    )


def examples_of(cases: Sequence[Case], path: object) -> list[Example]:
    """Each case with the signs that the question path sees, and each answerable one once more as if the articles with
    its evidence were not there: nothing can answer it then. Raises LearningError where the path shows no signs.
    """
    if not isinstance(path, Explains):
        raise LearningError(f"the question path {type(path).__name__} shows no signs to learn from.")
    found = []
    for case in tqdm(cases, unit="question", file=sys.stderr):
        question = Question(case.question, case.history)
        group = case.evidence[0].document if case.evidence else case.id
        features, answer = path.examined(question)
        would = None if case.unanswerable else right(case, answer)
        found.append(Example(case.id, features, not case.unanswerable, group, would))
        if case.evidence:
            away = {each.document for each in case.evidence}
            found.append(
                Example(f"{case.id} away", path.examined(question, without=away)[0], False, group, made="away")
            )
    return found


def foreign_of(opened: Sequence[tuple[Sequence[Case], object]]) -> list[Example]:
    """Questions asked of the articles of another set: some of each set, evenly."""
    found = []
    for place, (_, path) in enumerate(opened):
        if any(path is other for _, other in opened[:place]) or not isinstance(path, Explains):
            continue
        others = [case for cases, other in opened if other is not path for case in cases]
        for case in tqdm(others[:: max(1, len(others) // FOREIGN)], unit="question", file=sys.stderr):
            features = path.examined(Question(case.question, case.history))[0]
            found.append(Example(f"{case.id} foreign", features, False, case.id, made="foreign"))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: the index cannot be used or nothing can be learned; 2: wrong usage."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if not (given.sets or given.unread):
        parser.error("nothing is given to learn from: name questions and their index with --set")
    try:
        opened = sets(given.sets, unread=given.unread)
        learned = learn([e for cases, parts in opened for e in examples_of(cases, parts.answering)], cost=given.cost)
    except BadQuestionsError as error:
        parser.error(str(error))
    except (TargetError, LearningError) as error:
        sys.stderr.write(f"eval.calibrate: {error}\n")
        return 1
    sys.stdout.write(as_markdown(learned) + "\n")
    if given.write:
        files = [questions for questions, _ in (*given.sets, *given.unread)]
        origin = {"questions": [file.name for file in files], "questions_sha256": digest(files)}
        CALIBRATION.write_text(json.dumps({**asdict(learned), **origin}, indent=1) + "\n", encoding="utf-8")
        sys.stdout.write(f"\nwritten to {CALIBRATION}\n")
    return 0


def _cost(written: str) -> float:
    value = float(written)
    if not 0 < value < 1000:
        raise ValueError(written)
    return value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate", description="Learns when to decline.")
    learning_sets(parser)
    parser.add_argument("--write", action="store_true", help=f"write {CALIBRATION.name}, which the question path reads")
    parser.add_argument(
        "--cost", type=_cost, default=COST,
        help=f"of a wrong answer, in refusals of a question that could have been answered (default {COST:g})",
    )  # fmt: skip
    return parser


if __name__ == "__main__":
    sys.exit(main())
