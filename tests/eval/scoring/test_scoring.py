from __future__ import annotations

from dataclasses import replace

import pytest

from eval.cases import Case, Evidence
from eval.metrics import Slice
from eval.scoring import MEASURES, BadFloorError, Score, exceeded, floors, missed, score, summarise
from eval.scoring.citing import Cited
from service.records import Answer, Citation, Writing

TEXTS = {"d.txt": "Mao Ning said no on Friday. Wang Yi agreed."}


def answered(
    text: str, *, quote: str | None = "Mao Ning said no on Friday.", confidence: float = 0.9, declined: bool = False
) -> Answer:
    cited: tuple[Citation, ...] = ()
    if quote is not None:
        begin = TEXTS["d.txt"].find(quote)
        cited = (Citation(1, "d.txt", None, None, None, None, None, "p", begin, begin + len(quote), quote),)
    return Answer("1", "?", text, declined, "not_said" if declined else None, confidence, (), cited)


WHO = Case("a", "who", "Who said no?", (("Mao",),), evidence=(Evidence("d.txt", "Mao Ning said no"),))
WHAT = Case("b", "what", "What did Wang do?", (("agreed",),), evidence=(Evidence("d.txt", "Wang Yi agreed"),))
ABSENT = Case("c", "nearmiss", "Who said yes?", unanswerable=True)
HITS = [Slice("d.txt", 28, 43), Slice("d.txt", 0, 27)]  # Wang's sentence first


def scored(case: Case, answer: Answer, *, seconds: float = 0.1) -> Score:
    return score(case, answer, seconds=seconds, ranked=HITS, texts=TEXTS)


FOUR = [
    scored(WHO, answered("Mao Ning.[1]"), seconds=0.1),
    scored(WHAT, answered("He “agreed”.[1]"), seconds=0.2),  # cites Mao's sentence: no evidence, and a false quotation
    scored(ABSENT, answered("Nobody.", quote=None, declined=True), seconds=0.3),
    scored(Case("d", "nearmiss", "Who said maybe?", unanswerable=True), answered("Mao.[1]"), seconds=0.4),
]


def mean(name: str) -> tuple[float, int]:
    estimate = summarise(FOUR).measures[name]
    assert estimate is not None
    return estimate.mean, estimate.n


@pytest.mark.parametrize(
    ("name", "value", "n"),
    [
        ("right_speaker", 1.0, 1),  # "Mao Ning.", of the one answerable question that asks who
        ("wrong_speaker", 0.0, 1),
        ("ndcg@5", (1 + 0.6309) / 2, 2),  # at ranks 2 and 1
        ("quotation_fidelity", 0.0, 1),
        ("right", 0.75, 4),  # all but the answered nearmiss
        ("right_answerable", 1.0, 2),
        ("declined", 0.5, 2),
        ("declined_precision", 1.0, 1),
        ("answered", 1.0, 2),
        ("wrongly_declined", 0.0, 2),
        ("not_said", 0.5, 2),
        ("evidence", 0.5, 2),
        ("evidence_answered", 0.5, 2),
        ("evidence_share", 0.5, 2),
        ("recall@1", 0.5, 2),
        ("recall@5", 1.0, 2),
        ("mrr", 0.75, 2),  # ranks 2 and 1
        ("exact_slices", 1.0, 3),  # the declined one cites nothing
        ("true_quotations", 0.75, 4),
        ("words", 5 / 3, 3),
        ("brier", (3 * 0.01 + 0.81) / 4, 4),  # all stated 0.9, all but the answered nearmiss came true
    ],
)
def test_each_measure_over_four_cases_worked_by_hand(name: str, value: float, n: int) -> None:
    reached, of = mean(name)
    assert reached == pytest.approx(value, abs=1e-4)
    assert of == n


def test_the_summary_counts_times_kinds_and_calibration() -> None:
    summary = summarise(FOUR)
    assert summary.p50_ms == pytest.approx(250)
    assert summary.p95_ms == pytest.approx(385)
    assert summary.p99_ms == pytest.approx(397)  # 0.97 of the way from 300 to 400
    nearmiss = summary.latency["nearmiss"]
    assert (nearmiss.p50_ms, nearmiss.p95_ms, nearmiss.p99_ms, nearmiss.n) == pytest.approx((350, 395, 399, 2))
    assert list(summary.latency) == ["who", "what", "nearmiss"]
    assert list(summary.kinds) == ["who", "what", "nearmiss"]
    measures = summary.kinds["nearmiss"]
    assert measures["right"] is not None
    assert (measures["right"].mean, measures["right"].n) == (0.5, 2)
    assert measures["evidence"] is None
    assert summary.calibration_error == pytest.approx(0.9 - 2 / 3)  # three answers given, two right
    assert (summary.inexact_slices, summary.slices) == (0, 3)
    assert (summary.false_quotations, summary.quotations) == (1, 1)


def test_an_answerable_question_that_is_declined_counts_as_wrongly_declined() -> None:
    refused = scored(WHO, answered("Nobody.", quote=None, declined=True))
    share = summarise([*FOUR, refused]).measures["wrongly_declined"]
    assert share is not None
    assert (share.mean, share.n) == pytest.approx((1 / 3, 3))


def test_totals_part_what_is_to_be_answered_from_what_is_to_be_declined() -> None:
    totals = summarise(FOUR).totals
    shown = {
        (of, name): (figure.mean, figure.n) for of, each in totals.items() for name, figure in each.items() if figure
    }
    assert shown["all answerable", "right"] == (1.0, 2)
    assert shown["all answerable", "declined"] == (0.0, 2)
    assert shown["all unanswerable", "declined"] == (0.5, 2)
    assert shown["all", "right"] == (0.75, 4)
    assert shown["all", "confidence"] == pytest.approx((0.9, 4))
    assert totals["all unanswerable"]["evidence"] is None


def test_a_refusal_is_right_with_its_confidence_where_nothing_was_to_be_answered() -> None:
    due = scored(ABSENT, answered("Nobody.", quote=None, confidence=0.7, declined=True))
    undue = scored(WHO, answered("Nobody.", quote=None, confidence=0.7, declined=True))
    given = scored(WHO, answered("Mao.[1]", confidence=0.6))
    of = summarise([due, undue, given]).reliability
    assert list(of) == ["answers given", "refusals", "all"]
    assert of["refusals"].expected_error == pytest.approx(0.2)  # 0.7 stated, one of two came true
    assert of["answers given"].expected_error == pytest.approx(0.4)
    assert of["all"].expected_error == pytest.approx((2 * 0.2 + 0.4) / 3)


def test_a_declined_answer_that_cites_the_evidence_nearby_has_it_but_was_not_answered() -> None:
    one = scored(WHO, answered("Not supported.", declined=True))
    assert one.evidence is True
    assert MEASURES["evidence_answered"].of(one) is None


def test_evidence_that_stands_nowhere_is_named_and_not_found() -> None:
    lost = Case("e", "who", "?", (("Mao",),), evidence=(Evidence("d.txt", "never written"),))
    one = scored(lost, answered("Mao.[1]"))
    assert one.evidence is False
    assert one.misplaced == ("d.txt: never written",)


def test_a_floor_that_is_not_reached_is_named_with_value_and_floor() -> None:
    summary = summarise(FOUR)
    assert missed(summary, {"right": 0.75, "evidence": 0.5}) == []
    (line,) = missed(summary, {"right": 0.76})
    assert "right 0.7500" in line
    assert "0.76" in line


def test_a_ceiling_that_is_broken_is_named_with_value_and_ceiling() -> None:
    summary = summarise(FOUR)
    assert exceeded(summary, {"wrong_speaker": 0.0, "words": 1.7}) == []
    (line,) = exceeded(summary, {"words": 1.6})
    assert "words 1.6667 is over the ceiling 1.6" in line
    assert exceeded(summarise(FOUR[:1]), {"declined": 0.0}) == []  # applies to none


def test_a_model_that_was_replaced_by_the_extractive_answer_counts_as_a_fallback() -> None:
    written, replaced = (
        scored(WHO, replace(answered("Mao Ning.[1]"), writing=Writing("ollama:some", (), fallback=code)))
        for code in (None, "model-timeout")
    )
    share = summarise([*FOUR, written, replaced]).measures["fallback"]
    assert share is not None
    assert (share.mean, share.n) == (0.5, 2)


def test_citation_recall_and_precision_are_means_over_the_answers_that_were_judged() -> None:
    judged = [replace(FOUR[0], cited=Cited(2, 1, 4, 1)), replace(FOUR[1], cited=Cited(1, 1, 0, 0)), FOUR[2]]
    measures = summarise(judged).measures
    recall, precision = measures["citation_recall"], measures["citation_precision"]
    assert recall is not None
    assert precision is not None
    assert (recall.mean, recall.n, precision.mean, precision.n) == (0.75, 2, 0.25, 1)


def test_a_floor_under_a_measure_that_applies_to_no_case_is_missed() -> None:
    (line,) = missed(summarise(FOUR[:1]), {"declined": 0.0})
    assert "applies to none" in line


@pytest.mark.parametrize("written", ["rigth=0.5", "right", "right=", "right=much", "=0.5"])
def test_a_floor_that_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(BadFloorError, match=repr(written)):
        floors([written])
