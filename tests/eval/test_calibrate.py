from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import pytest

from eval import calibrate
from eval.calibrate import Calibration, Example, learn
from eval.learning import LearningError
from service.weighing import weights_of


def example(number: int, *, answerable: bool, **features: float) -> Example:
    return Example(str(number), features, answerable, str(number))


def chance(learned: Calibration, features: Mapping[str, float]) -> float:
    return weights_of(asdict(learned)).chance(features)


def spread(count: int) -> list[Example]:
    """Answerable ones have a nearness of 0.5 to 0.9, the others of 0.1 to 0.6; noise says nothing."""
    yes = [example(n, answerable=True, nearness=0.5 + 0.4 * n / count, noise=math.sin(n)) for n in range(count)]
    no = [example(n + count, answerable=False, nearness=0.1 + 0.5 * n / count, noise=math.cos(n)) for n in range(count)]
    return yes + no


def test_what_tells_answerable_questions_apart_gets_the_weight() -> None:
    learned = learn(spread(50))
    assert learned.features["nearness"].weight > 5 * abs(learned.features["noise"].weight)
    assert learned.auroc > 0.9
    assert chance(learned, {"nearness": 0.9, "noise": 0.0}) > 0.9
    assert chance(learned, {"nearness": 0.1, "noise": 0.0}) < 0.1


def test_no_more_answerable_questions_are_declined_than_allowed() -> None:
    learned = learn(spread(50), allowed=0.04)
    for point in learned.points:
        assert point.answerable_declined <= 0.15
    by_share = [(point.answerable_declined, point.unanswerable_declined) for point in learned.points]
    assert by_share == sorted(by_share)
    below = sum(chance(learned, each.features) < learned.threshold for each in spread(50) if each.answerable)
    assert below <= 0.04 * 50 + 1  # one more: the threshold is chosen on chances of unseen questions


def test_the_same_questions_teach_the_same() -> None:
    assert learn(spread(20)) == learn(spread(20))


def test_too_few_of_one_class_are_refused() -> None:
    with pytest.raises(LearningError, match="10 examples that hold and 0 that do not"):
        learn(spread(10)[:10])


def test_held_out_questions_are_never_learned_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert calibrate.main(["--set", str(tmp_path / "Heldout.jsonl"), str(tmp_path)]) == 1
    assert "held out" in capsys.readouterr().err
