from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from eval import calibrate
from eval.calibrate import Learned, learn, learn_confidence
from eval.cases import Case
from eval.learning import LearningError
from eval.signs import Example, foreign_of
from service.records import Answer, Question
from service.weighing import weights_of


def example(number: int, *, answerable: bool, **features: float) -> Example:
    return Example(str(number), features, answerable, str(number))


def chance(learned: Learned, features: Mapping[str, float]) -> float:
    return weights_of(asdict(learned)).chance(features)


def spread(count: int) -> list[Example]:
    """Answerable ones have a nearness of 0.5 to 0.9, the others of 0.1 to 0.6; noise says nothing."""
    yes = [example(n, answerable=True, nearness=0.5 + 0.4 * n / count, noise=math.sin(n)) for n in range(count)]
    no = [example(n + count, answerable=False, nearness=0.1 + 0.5 * n / count, noise=math.cos(n)) for n in range(count)]
    return yes + no


def test_what_tells_answerable_questions_apart_gets_the_weight() -> None:
    learned = learn(spread(500))
    assert learned.features["nearness"].weight > 5 * abs(learned.features["noise"].weight)
    assert learned.auroc > 0.9
    # regularised strongly, as there are many products: hundreds of questions make it surer
    assert chance(learned, {"nearness": 0.9, "noise": 0.0}) > 0.5
    assert chance(learned, {"nearness": 0.1, "noise": 0.0}) < 0.5


def spent(threshold: float, chances: list[float], examples: list[Example], cost: float) -> float:
    """What a threshold costs, worked out example by example: unanswerable questions count for a fifth."""
    yes = sum(each.answerable for each in examples)
    total = 0.0
    for chance_, each in zip(chances, examples, strict=True):
        weight = 0.8 / yes if each.answerable else 0.2 / (len(examples) - yes)
        right = each.answerable if each.right is None else each.right
        total += weight * (float(each.answerable) if chance_ < threshold else cost * (not right))
    return total


@pytest.mark.parametrize("cost", [0.2, 1.0, 5.0])
def test_the_threshold_is_where_wrong_answers_and_refusals_cost_least(cost: float) -> None:
    examples = [replace(each, right=each.answerable and n % 3 != 0) for n, each in enumerate(spread(40))]
    chances = [each.features["nearness"] for each in examples]
    found = spent(calibrate._cheapest(examples, chances, cost), chances, examples, cost)
    assert found == pytest.approx(min(spent(t / 500, chances, examples, cost) for t in range(501)))


def test_the_dearer_a_wrong_answer_the_more_is_declined() -> None:
    thresholds = [learn(spread(50), cost=cost).threshold for cost in (0.1, 1.0, 10.0)]
    assert thresholds == sorted(thresholds)
    assert thresholds[0] < thresholds[-1]


def test_confidence_is_how_often_it_came_true() -> None:
    examples = [replace(each, right=each.answerable and n % 2 == 0) for n, each in enumerate(spread(200))]
    answerable, right = weights_of(asdict(learn(examples))), weights_of(asdict(learn_confidence(examples)))
    near, far = {"nearness": 0.9, "noise": 0.0}, {"nearness": 0.1, "noise": 0.0}
    assert answerable.share("answerable", answerable.chance(near)) > 0.9
    assert right.share("right", right.chance(near)) == pytest.approx(0.5, abs=0.1)
    assert right.share("right", right.chance(far)) < 0.05
    shares = [right.share("right", chance_ / 50) for chance_ in range(51)]
    assert shares == sorted(shares)


def test_the_same_questions_teach_the_same() -> None:
    assert learn(spread(20)) == learn(spread(20))


def test_too_few_of_one_class_are_refused() -> None:
    with pytest.raises(LearningError, match="10 examples that hold and 0 that do not"):
        learn(spread(10)[:10])


def test_held_out_questions_are_never_learned_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert calibrate.main(["--set", str(tmp_path / "Heldout.jsonl"), str(tmp_path)]) == 1
    assert "held out" in capsys.readouterr().err


def test_every_way_of_having_no_answer_counts_alike() -> None:
    made = [example(n, answerable=False, near=0.1) for n in range(2)]
    made += [replace(example(n + 2, answerable=False, near=0.2), made="away") for n in range(10)]
    made += [replace(example(n + 12, answerable=False, near=0.0), made="foreign") for n in range(4)]
    made += [example(n + 16, answerable=True, near=0.9) for n in range(3)]
    counts = calibrate._balanced(made)
    assert [sum(counts[:2]), sum(counts[2:12]), sum(counts[12:16]), sum(counts[16:])] == pytest.approx([2, 2, 2, 3])


class Remembers:
    """A question path that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def examined(self, question: Question, *, without: Collection[str] = ()) -> tuple[Mapping[str, float], Answer]:
        self.asked.append(question.text)
        return {"near": float(not without)}, None  # type: ignore[return-value]  # unanswerable cases look at no answer


def test_each_index_is_asked_some_questions_of_the_others() -> None:
    here, there = Remembers(), Remembers()

    def cases(name: str) -> list[Case]:
        return [
            Case(id=f"{name}{n}", kind="what", question=f"{name} {n}?", answer=(), unanswerable=True) for n in range(90)
        ]

    found = foreign_of([(cases("a"), here), (cases("b"), there), (cases("c"), there)])
    assert {each.made for each in found} == {"foreign"}
    assert not any(each.answerable for each in found)
    assert {text[0] for text in here.asked} == {"b", "c"}
    assert {text[0] for text in there.asked} == {"a"}
    assert len(here.asked) >= 60


def test_a_confidence_is_not_learned_from_answers_that_nobody_can_judge() -> None:
    judged = [replace(each, right=each.answerable) for each in spread(100)]
    unknown = [
        replace(each, name=f"{each.name} made", features={"nearness": 0.1, "noise": 0.0}) for each in spread(20)[:20]
    ]
    assert learn_confidence([*judged, *unknown]) == learn_confidence(judged)
