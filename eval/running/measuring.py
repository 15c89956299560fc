"""Cases and what is to answer them go in, one score a case comes out, as it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from time import perf_counter

from eval.cases import Case
from eval.metrics import DEPTH
from eval.scoring.citing import Cited
from eval.scoring.scores import Score, score
from eval.targets import EXTRACTIVE, Answerer, Target
from service.records import Answer, Question

Judge = Callable[[Answer, Mapping[str, str]], Cited | None]
"""How well an answer's citations bear it out, given the texts of their articles by id."""


def measure(
    cases: Sequence[Case], target: Target, *, answerer: Answerer = EXTRACTIVE, judge: Judge | None = None
) -> Iterator[Score]:
    """One score a case, as it is done. The first question is asked once before, so that no time holds a cold start.

    Raises TargetError.
    """
    if cases:
        target.ask(_question(cases[0], answerer))
    for case in cases:
        began = perf_counter()
        answer = target.ask(_question(case, answerer))
        seconds = perf_counter() - began
        # Outside the measured time: what the score needs besides the answer. The stand-alone form of the question is
        # what was searched for; for a follow-up the typed words alone would find nothing.
        ranked = target.ranked(answer.question, DEPTH) if case.evidence else []
        texts = _texts(case, answer, target)
        worth = score(case, answer, seconds=seconds, ranked=ranked, texts=texts)
        yield replace(worth, cited=judge(answer, texts)) if judge else worth


def _question(case: Case, answerer: Answerer) -> Question:
    return Question(case.question, history=case.history, answerer=answerer.kind)


def _texts(case: Case, answer: Answer, target: Target) -> dict[str, str]:
    ids = dict.fromkeys([each.document for each in case.evidence] + [each.document_id for each in answer.citations])
    return {name: text for name in ids if (text := target.text(name)) is not None}
