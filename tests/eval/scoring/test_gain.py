"""Gains worked by hand: a place is worth 1 / log2(place + 1), so 1, 0.6309, 0.5, 0.4307, 0.3869, 0.3562."""

from __future__ import annotations

import pytest

from eval.metrics import Slice
from eval.scoring.gain import ndcg

FERRY, TOLL = [Slice("port.txt", 0, 10)], [Slice("port.txt", 20, 30), Slice("copy.txt", 5, 15)]
OF_FERRY, OF_TOLL, OF_BOTH = Slice("port.txt", 2, 8), Slice("copy.txt", 0, 6), Slice("port.txt", 0, 40)
OTHER = Slice("weather.txt", 0, 10)
BEST = 1 + 0.6309  # two texts of grade 1 at the first two places


def at(k: int, ranked: list[Slice], *, grades: tuple[int, int] = (1, 1)) -> float | None:
    return ndcg([k], [FERRY, TOLL], grades, ranked)[k]


@pytest.mark.parametrize(
    ("ranked", "gained"),
    [
        ([OF_FERRY, OF_TOLL], BEST),
        ([OF_TOLL, OF_FERRY, OTHER], BEST),
        ([OTHER, OF_FERRY, OF_TOLL], 0.6309 + 0.5),
        ([OF_FERRY], 1),
        ([OTHER], 0),
        ([], 0),
    ],
)
def test_evidence_further_down_gains_less(ranked: list[Slice], gained: float) -> None:
    assert at(5, ranked) == pytest.approx(gained / BEST, abs=1e-4)


def test_an_evidence_text_is_gained_once_however_often_it_is_found() -> None:
    assert at(5, [OF_FERRY, OF_FERRY, OF_TOLL]) == pytest.approx((1 + 0.5) / BEST, abs=1e-4)
    assert at(5, [OF_TOLL, Slice("port.txt", 20, 30)]) == pytest.approx(1 / BEST, abs=1e-4)  # the same words elsewhere


def test_a_passage_that_holds_two_texts_is_worth_two_passages_in_a_row() -> None:
    assert at(5, [OF_BOTH]) == pytest.approx(1)
    assert at(5, [OTHER, OF_BOTH]) == at(5, [OTHER, OF_FERRY, OF_TOLL])


def test_a_text_of_a_higher_grade_gains_its_grade() -> None:
    best = 3 + 0.6309
    assert at(5, [OF_FERRY, OF_TOLL], grades=(3, 1)) == pytest.approx(1)
    assert at(5, [OF_TOLL, OF_FERRY], grades=(3, 1)) == pytest.approx((1 + 3 * 0.6309) / best, abs=1e-4)


def test_what_stands_behind_the_cut_gains_nothing() -> None:
    gained = ndcg([5, 10], [FERRY], [1], [*(Slice("weather.txt", n, n + 1) for n in range(5)), OF_FERRY])
    assert gained == pytest.approx({5: 0.0, 10: 0.3562}, abs=1e-4)


def test_no_more_can_be_gained_than_there_are_places() -> None:
    seven = [[Slice("port.txt", n, n + 1)] for n in range(7)]
    assert ndcg([5], seven, [1] * 7, [place for (place,) in seven[:5]]) == pytest.approx({5: 1.0})


def test_a_text_that_stands_nowhere_can_be_gained_by_nobody() -> None:
    assert ndcg([5], [FERRY, []], [1, 1], [OF_FERRY])[5] == pytest.approx(1 / BEST, abs=1e-4)


def test_without_evidence_there_is_nothing_to_gain() -> None:
    assert ndcg([5, 10], [], [], [OTHER]) == {5: None, 10: None}
