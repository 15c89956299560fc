from __future__ import annotations

from pathlib import Path

import pytest

from eval.learning import LearningError, Table, ranking, regression, sets
from service.weighing import WeightsUnusable, read, weights_of


def questions(count: int) -> tuple[list[list[float]], list[bool], list[str]]:
    """Three candidates a question; the right one is nearest, but how near differs from question to question."""
    values, labels, groups = [], [], []
    for number in range(count):
        level = number / count
        for place, right in enumerate((False, True, False)):
            values.append([level + 0.2 * right, float((number + place) % 3)])
            labels.append(right)
            groups.append(str(number))
    return values, labels, groups


def test_the_right_candidate_of_each_question_comes_first() -> None:
    values, labels, groups = questions(30)
    weights = weights_of(ranking(["near", "noise"], values, labels, groups).written)
    for at in range(0, len(values), 3):
        chances = [weights.of(each) for each in values[at : at + 3]]
        assert chances.index(max(chances)) == 1


def test_what_only_two_numbers_together_tell_is_learned_from_their_product() -> None:
    values = [[float(n % 2), float(n // 2 % 2)] for n in range(80)]
    labels = [one == other for one, other in values]
    table = Table(["one", "other"], values, labels, [str(n) for n in range(80)])
    apart, together = (weights_of(regression(table, products=each).written) for each in (False, True))
    assert abs(apart.of((1, 1)) - apart.of((1, 0))) < 0.05
    assert together.of((1, 1)) - together.of((1, 0)) > 0.05
    assert len(together.products) == 3


def test_the_chance_of_a_regression_is_the_one_that_was_learned() -> None:
    from sklearn.linear_model import LogisticRegression

    values, labels, groups = questions(30)
    table = Table(["near", "noise"], values, labels, groups)
    weights = weights_of(regression(table).written)
    scaled = [[(v - m) / s for v, m, s in zip(row, weights.means, weights.scales, strict=True)] for row in values]
    fitted = LogisticRegression(max_iter=3000).fit(scaled, labels)
    for row, expected in zip(values, fitted.predict_proba(scaled)[:, 1], strict=True):
        assert weights.of(row) == pytest.approx(expected, abs=1e-3)


def test_an_index_of_other_questions_teaches_nothing_and_says_so() -> None:
    values, _, groups = questions(10)
    with pytest.raises(LearningError, match="Is this the index"):
        ranking(["near", "noise"], values, [False] * len(values), groups)


def test_held_out_questions_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LearningError, match="held out"):
        sets([(tmp_path / "heldout.jsonl", tmp_path)])


def test_a_chance_grows_with_what_speaks_for_it() -> None:
    weights = weights_of({"features": {"near": {"mean": 0.5, "scale": 0.1, "weight": 2}}, "intercept": 0.0})
    assert weights.chance({"near": 0.5}) == pytest.approx(0.5)
    assert weights.chance({"near": 0.6}) == pytest.approx(1 / (1 + 2.718281828**-2))
    with pytest.raises(KeyError):
        weights.chance({"far": 1.0})


def test_a_damaged_file_of_weights_is_named_with_the_remedy(tmp_path: Path) -> None:
    broken = tmp_path / "weights.json"
    broken.write_text('{"features": 3}', encoding="utf-8")
    with pytest.raises(WeightsUnusable, match=r"weights\.json.*learn it anew"):
        read(broken, ["near"])
