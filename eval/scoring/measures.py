"""What is measured of one score at a time: each measure has a name, says what it is, and gives a value or None."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eval.cases import Case
from eval.metrics import DEPTH, quotation_fidelity, squared_error
from eval.scoring.attribution import real_speaker, right_date, right_speaker, wrong_date, wrong_speaker
from eval.scoring.scores import GAIN_RANKS, RANKS, Score
from service.records import Answer


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


def _gain(k: int) -> Callable[[Score], float | None]:
    return lambda each: each.ndcg.get(k)


def _of_both(value: Callable[[Case, Answer], float | None]) -> Callable[[Score], float | None]:
    return lambda each: value(each.case, each.answer)


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
    "right_speaker": Measure("the right one named, of questions that ask who", _of_both(right_speaker)),
    "wrong_speaker": Measure(
        "a wrong person put in front, of the same; worse than declining, fewer is better",
        _of_both(wrong_speaker),
        less_is_better=True,
    ),
    "right_date": Measure("the right time named, of questions that ask when", _of_both(right_date)),
    "wrong_date": Measure(
        "a wrong time put in front, of the same; fewer is better", _of_both(wrong_date), less_is_better=True
    ),
    "real_speaker": Measure(
        "who it really was named with the refusal, of near misses declined that are somebody else's",
        _of_both(real_speaker),
    ),
    "evidence": Measure("a citation overlaps one of the evidence texts", lambda each: each.evidence),
    "evidence_answered": Measure(
        "the same among questions that were answered", lambda each: None if each.answer.declined else each.evidence
    ),
    "evidence_share": Measure("share of the evidence texts that a citation overlaps", lambda each: each.evidence_share),
    **{f"recall@{k}": Measure(f"evidence among the first {k} passages found", _recall(k)) for k in RANKS},
    "mrr": Measure(f"mean of 1 / rank of the first evidence among {DEPTH} passages", lambda each: each.reciprocal_rank),
    **{
        f"ndcg@{k}": Measure(f"gain of the first {k} passages over the best order (nDCG)", _gain(k)) for k in GAIN_RANKS
    },
    "citation_recall": Measure(
        "sentences that their citations together bear out, by the project's own check (--citations)",
        lambda each: each.cited.recall if each.cited else None,
    ),
    "citation_precision": Measure(
        "citations that their sentence needs, or that bear it out alone, by the same check",
        lambda each: each.cited.precision if each.cited else None,
    ),
    "exact_slices": Measure(
        "answers all of whose citations are the exact characters of their article",
        lambda each: not each.inexact if each.answer.citations else None,
    ),
    "true_quotations": Measure(
        "answers without a quotation that their citations lack", lambda each: not each.false_quotations
    ),
    "quotation_fidelity": Measure(
        "quotations that stand in a cited slice, as a share of an answer's quotations",
        lambda each: quotation_fidelity(each.answer),
    ),
    "words": Measure(
        "words an answer, declined ones left out; fewer is better",
        lambda each: None if each.answer.declined else each.words,
        less_is_better=True,
    ),
    "fallback": Measure(
        "extractive answers in place of the chat model's, where it was to write; fewer is better",
        lambda each: each.answer.writing.fallback is not None if each.answer.writing else None,
        less_is_better=True,
    ),
    "brier": Measure(
        "squared distance of confidence from what came true (Brier score); less is better",
        lambda each: squared_error(each.answer.confidence, each.right),
        less_is_better=True,
    ),
}
