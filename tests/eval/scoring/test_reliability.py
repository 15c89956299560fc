from __future__ import annotations

import pytest

from eval.scoring.reliability import error_by_chance, reliability


def test_all_figures_of_four_events_worked_by_hand() -> None:
    of = reliability([0.95, 0.95, 0.2, 0.2], [True, False, False, False])
    shown = [(each.confidence, each.right.mean, each.right.n) for each in of.bins]
    assert shown == [pytest.approx((0.2, 0.0, 2)), pytest.approx((0.95, 0.5, 2))]
    assert of.confidence is not None
    assert of.right is not None
    assert of.brier is not None
    assert (of.confidence.mean, of.right.mean) == pytest.approx((0.575, 0.25))
    assert of.expected_error == pytest.approx(0.325)  # gaps of 0.2 and 0.45
    assert of.expected_error_equal_mass == pytest.approx(0.325)
    assert of.maximum_error == pytest.approx(0.45)
    assert of.brier.mean == pytest.approx((0.0025 + 0.9025 + 0.04 + 0.04) / 4)


def test_equally_full_bins_part_what_equally_wide_ones_hold_together() -> None:
    of = reliability([0.1, 0.15, 0.65, 0.65, 1.0], [False, True, True, False, True])
    assert of.expected_error == pytest.approx((2 * 0.375 + 2 * 0.15) / 5)
    assert of.expected_error_equal_mass == pytest.approx((0.1 + 0.85 + 2 * 0.15) / 5)  # 0.1 and 0.15 by themselves


def test_without_an_event_every_figure_is_none() -> None:
    of = reliability([], [])
    assert of.bins == ()
    figures = (of.confidence, of.right, of.expected_error, of.by_chance, of.expected_error_equal_mass)
    assert {*figures, of.maximum_error, of.brier} == {None}


def test_one_coin_is_off_by_half_whichever_way_it_falls() -> None:
    chance = error_by_chance([0.5])
    assert chance is not None
    assert (chance.mean, chance.low, chance.high, chance.n) == (0.5, 0.5, 0.5, 1)


def test_two_coins_in_one_bin_are_off_by_a_quarter_on_average_and_half_at_most() -> None:
    chance = error_by_chance([0.5, 0.5])  # both alike, half of the time: off by 0.5; else by nothing
    assert chance is not None
    assert (chance.mean, chance.low, chance.high) == pytest.approx((0.25, 0.0, 0.5), abs=0.02)


def test_the_error_that_is_chance_shrinks_as_events_grow_and_is_none_of_certainties() -> None:
    few, many = error_by_chance([0.55] * 10), error_by_chance([0.55] * 1000)
    assert few is not None
    assert many is not None
    assert many.mean < few.mean / 5
    certain = error_by_chance([1.0, 0.0, 1.0])
    assert certain is not None
    assert (certain.mean, certain.high) == (0.0, 0.0)
    assert error_by_chance([]) is None
