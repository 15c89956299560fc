"""Learned weights: what they make of numbers, and that code and file go together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retriever.speaking import Speaking
from service import declining
from service.declining import SIGNS
from service.evidence import FEATURES
from service.question.asking import understand
from service.records import Question
from service.weighing import CALIBRATION, CHOOSING, Weights, WeightsUnusable, read, read_to_learn

WRITTEN = {
    "features": {
        "near": {"mean": 0.5, "scale": 0.25, "weight": 2.0},
        "late": {"mean": 0.0, "scale": 1.0, "weight": -1.0},
    },
    "intercept": 0.0,
    "threshold": 0.4,
}

NAMES = ("near", "late")


@pytest.fixture
def weights(tmp_path: Path) -> Weights:
    file = tmp_path / "weights.json"
    file.write_text(json.dumps(WRITTEN), "utf-8")
    return read(file, NAMES)


def test_a_chance_is_what_the_regression_gives(weights: Weights) -> None:
    assert weights.threshold == 0.4
    assert weights.chance({"near": 0.5, "late": 0.0}) == 0.5
    assert weights.chance({"near": 0.75, "late": 2.0}) == 0.5
    assert weights.chance({"near": 0.75, "late": 0.0}) == pytest.approx(0.8808, abs=1e-4)
    assert weights.chance({"late": 0.0, "near": 0.75}) == weights.of((0.75, 0.0))


def test_a_product_counts_with_a_weight_of_its_own_and_outliers_only_so_far(tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    file.write_text(json.dumps({**WRITTEN, "products": [["near", "late", 0.5], ["late", "late", 0.25]]}), "utf-8")
    learned = read(file, NAMES)
    # near and late are 1 standard deviation above their means: 2·1 - 1·1 + 0.5·1·1 + 0.25·1·1 = 1.75
    assert learned.chance({"near": 0.75, "late": 1.0}) == pytest.approx(0.8520, abs=1e-4)
    assert learned.chance({"near": 0.75, "late": 4.0}) == learned.chance({"near": 0.75, "late": 400.0})


def test_a_share_lies_between_its_neighbours(tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    file.write_text(json.dumps({**WRITTEN, "confidence": {"right": [[0.2, 0.1], [0.4, 0.5]]}}), "utf-8")
    learned = read(file, NAMES)
    assert [learned.share("right", chance) for chance in (0.0, 0.2, 0.4, 1.0)] == pytest.approx([0.1, 0.1, 0.5, 0.5])
    assert learned.share("right", 0.3) == pytest.approx(0.3)
    assert learned.share("answerable", 0.3) == 0.3


def test_the_largest_numbers_are_still_a_chance(weights: Weights) -> None:
    assert 0 <= weights.of((-1e9, 1e9)) < 1e-9
    assert 1 - 1e-9 < weights.of((1e9, -1e9)) <= 1


def test_numbers_that_do_not_fit_the_weights_are_an_error_and_no_guess(weights: Weights) -> None:
    with pytest.raises(KeyError):
        weights.chance({"near": 1.0})
    with pytest.raises(ValueError, match="zip"):
        weights.of((1.0,))


@pytest.mark.parametrize(
    "written",
    ["", "{", "[]", "null", "{}", json.dumps(WRITTEN | {"features": 3}), json.dumps(WRITTEN | {"intercept": "high"})],
)
def test_a_file_that_cannot_be_used_is_named_with_the_remedy(tmp_path: Path, written: str) -> None:
    file = tmp_path / "weights.json"
    with pytest.raises(WeightsUnusable, match=r"weights\.json.*README"):
        read(file, NAMES)
    file.write_text(written, "utf-8")
    with pytest.raises(WeightsUnusable, match=r"weights\.json.*README"):
        read(file, NAMES)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("near", "late", "loud"), "loud"),
        (("near",), "late"),
        (("near", "early"), "early"),
        (("late", "near"), "the order"),
        ((), "near"),
    ],
)
def test_weights_of_other_features_than_the_codes_are_refused_with_the_remedy(
    tmp_path: Path, names: tuple[str, ...], told: str
) -> None:
    file = tmp_path / "weights.json"
    file.write_text(json.dumps(WRITTEN), "utf-8")
    with pytest.raises(WeightsUnusable, match=rf"(?s)weights\.json.*other features: .*{told}.*learn it anew") as caught:
        read(file, names)
    assert str(file) in str(caught.value)


def test_weights_that_fit_are_learned_with_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    file.write_text(json.dumps(WRITTEN), "utf-8")
    assert read_to_learn(file, NAMES) == read(file, NAMES)


@pytest.mark.parametrize("names", [("near", "late", "loud"), ("late", "near"), ("near",)])
def test_to_learn_anew_weights_of_other_features_count_for_nothing(tmp_path: Path, names: tuple[str, ...]) -> None:
    file = tmp_path / "weights.json"
    file.write_text(json.dumps(WRITTEN), "utf-8")
    weights = read_to_learn(file, names)
    assert weights.names == names
    assert weights.of((1e9,) * len(names)) == weights.chance(dict.fromkeys(names, -1.0)) == 0.5
    missing = read_to_learn(tmp_path / "gone.json", names)
    assert missing == weights


def test_the_weights_in_the_repository_are_of_the_numbers_that_the_code_gives() -> None:
    assert read(CHOOSING, FEATURES).names == FEATURES
    signs = declining.signs(understand(Question("Who?")), [], [], lambda words: dict.fromkeys(words, 0), Speaking())
    assert tuple(signs) == SIGNS
    assert 0 < read(CALIBRATION, SIGNS).threshold < 1
