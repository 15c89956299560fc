"""Questions and the question path go in; what it decides by, and whether there is an answer, come out as examples."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from tqdm import tqdm

from eval.cases import Case
from eval.learning import LearningError
from eval.metrics import right
from service.records import Answer, Question

FOREIGN = 60  # questions of other sets that each index is asked


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


def examples_of(cases: Sequence[Case], path: object, *, judged: bool = True) -> list[Example]:
    """Each case with the signs that the question path sees, and each answerable one once more as if the articles with
    its evidence were not there: nothing can answer it then. ``judged``: whether the cases' answers can be trusted to
    tell a right one. Raises LearningError where the path shows no signs.
    """
    if not isinstance(path, Explains):
        raise LearningError(f"the question path {type(path).__name__} shows no signs to learn from.")
    found = []
    for case in tqdm(cases, unit="question", file=sys.stderr):
        question = Question(case.question, case.history)
        group = case.evidence[0].document if case.evidence else case.id
        features, answer = path.examined(question)
        would = None if case.unanswerable or not judged else right(case, answer)
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
