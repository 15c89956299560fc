"""How well written sentences are checked is told by kind; weights are learned from development cases only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.learning import LearningError
from eval.support import Case, Checked, check, learned, main, report
from retriever.speaking import Speaking
from service.checking.support import FEATURES
from service.checking.verdict import Fault
from service.weighing import weights_of
from tests.service.checking.written import certain, source


@pytest.fixture(scope="module")
def faithful(speaking: Speaking) -> Checked:
    case = Case("one", "close", True, "The talks lasted three hours.", source())
    return check(certain(speaking), case)


def altered(faithful: Checked, **values: float) -> Checked:
    """The same as an altered case that only its features give away."""
    features = tuple(values.get(name, value) for name, value in zip(FEATURES, faithful.features, strict=True))
    return replace(faithful, case=replace(faithful.case, kind="addition", good=False), features=features)


def test_a_case_keeps_its_verdict_and_its_features(faithful: Checked) -> None:
    assert faithful.passed
    assert not faithful.certain
    assert len(faithful.features) == len(FEATURES)
    assert faithful.seconds > 0


def test_a_quotation_that_loses_its_marks_counts_as_caught(speaking: Speaking) -> None:
    case = Case("two", "quote_altered", False, "Vik said: “The pier is younger than the town.”", source())
    assert not check(certain(speaking), case).passed


def test_learning_tells_additions_from_faithful_sentences(faithful: Checked) -> None:
    cases = []
    for number in range(40):
        article = replace(source().hit.article, id=str(number))
        own = replace(source(), hit=replace(source().hit, article=article))
        good = replace(faithful, case=replace(faithful.case, source=own))
        bad = altered(faithful, uncovered=4.0, added_clause=3.0)
        cases += [good, replace(bad, case=replace(bad.case, source=own))]
    written, judged = learned(cases)
    assert set(weights_of(written).names) == set(FEATURES)
    assert all(each.passed == each.case.good for each in judged)


def test_too_few_cases_teach_nothing(faithful: Checked) -> None:
    with pytest.raises(LearningError, match="too few"):
        learned([faithful])


def test_the_report_has_a_line_for_each_kind(faithful: Checked) -> None:
    caught = replace(altered(faithful), verdict=replace(faithful.verdict, faults=(Fault("support", "x"),)))
    lines = report([faithful, caught, altered(faithful)])
    assert [line.split("  ")[0] for line in lines[:2]] == ["caught addition", "passed close"]
    assert "50.0%" in lines[0]
    assert "100.0%" in lines[1]
    assert lines[-1].startswith("ms a sentence: p50")


def test_held_out_cases_are_refused_for_learning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "heldout.jsonl"
    file.write_text("", "utf-8")
    assert main([str(file), "--data", str(tmp_path), "--write"]) == 1
    assert "held out" in capsys.readouterr().err
