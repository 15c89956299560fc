from __future__ import annotations

import pytest

from eval.metrics import estimate
from eval.scoring.paired import difference, sign_test, won_and_lost


def test_a_difference_by_hand_and_its_interval() -> None:
    # Each resample draws two of (0 to 1) and (1 to 1): it differs by 0, 0.5 or 1.
    found = difference([0.0, 1.0], [1.0, 1.0])
    assert found is not None
    assert (found.mean, found.low, found.high, found.n) == (0.5, 0.0, 1.0, 2)


def test_where_every_case_counts_in_both_runs_it_is_the_mean_of_the_differences() -> None:
    before, after = [0.0, 1.0, 0.0, 0.25, 1.0, 0.0], [1.0, 1.0, 0.5, 0.0, 0.0, 1.0]
    plain = estimate(b - a for a, b in zip(before, after, strict=True))
    found = difference(before, after)
    assert found is not None
    assert plain is not None
    assert (found.mean, found.low, found.high, found.n) == pytest.approx((plain.mean, plain.low, plain.high, plain.n))


def test_the_pairing_keeps_out_what_all_cases_share() -> None:
    steady = difference([0.0, 1.0] * 20, [0.5, 1.5] * 20)
    assert steady is not None
    assert (steady.low, steady.high) == pytest.approx((0.5, 0.5))  # unpaired, it would range over 0.2 either way


def test_a_case_may_count_in_one_run_only_and_each_mean_is_of_those_that_count() -> None:
    found = difference([1.0, None, 0.0, None], [1.0, 1.0, None, None])
    assert found is not None
    assert found.mean == pytest.approx(1.0 - 0.5)
    assert found.n == 3  # the last counts in neither


def test_a_figure_that_applies_to_no_case_of_a_run_has_no_difference() -> None:
    assert difference([None, None], [1.0, 0.0]) is None
    assert difference([], []) is None


def test_won_and_lost_count_cases_that_count_in_both_runs() -> None:
    before, after = [0.0, 1.0, 1.0, None, 0.5], [1.0, 0.0, 1.0, 1.0, 0.6]
    assert won_and_lost(before, after) == (2, 1)
    assert won_and_lost(before, after, less_is_better=True) == (1, 2)


def test_the_sign_test_is_exact() -> None:
    assert sign_test(0, 0) == 1.0
    assert sign_test(4, 0) == pytest.approx(2 / 16)
    assert sign_test(7, 1) == sign_test(1, 7) == pytest.approx(2 * (1 + 8) / 256)
    assert sign_test(2, 2) == 1.0
    assert sign_test(3000, 0) == 0.0  # too small for a number, not for the test
