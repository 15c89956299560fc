from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from eval.cases import Case
from eval.report import Origin, as_markdown, write
from eval.scoring import Score, score, summarise
from service.records import Answer

MADE = Origin("2030-01-01T00:00:00+00:00", None, False, ("q.jsonl",), "0" * 64, {}, {"cores": 2})
WHO = Case("a", "who", "Who keeps the lighthouse?", (("Ingrid",),))
ABSENT = Case("b", "nearmiss", "Who sold the lighthouse?", unanswerable=True)


def scored(case: Case, text: str, confidence: float, *, declined: bool = False) -> Score:
    answer = Answer("1", "?", text, declined, "not_said" if declined else None, confidence, (), ())
    return score(case, answer, seconds=0.1, ranked=[], texts={})


SCORES = [
    scored(WHO, "Ingrid keeps it.", 0.62),
    scored(WHO, "Olav keeps it.", 0.66),
    scored(ABSENT, "Nobody says so.", 0.85, declined=True),
]


def section(markdown: str, name: str) -> str:
    return markdown.partition(f"## {name}\n")[2].partition("\n## ")[0]


def rows(part: str) -> dict[str, list[str]]:
    """First cell -> the others."""
    lines = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("|")]
    return {cells[0]: cells[1:] for cells in lines}


@pytest.fixture
def markdown() -> str:
    return as_markdown(MADE, summarise(SCORES), SCORES, [])


def test_calibration_is_told_of_answers_refusals_and_all(markdown: str) -> None:
    found = rows(section(markdown, "Calibration").partition("| of |")[0])
    heads = found["confidence of"]
    answers, refusals, everything = found["answers given"], found["refusals"], found["all"]
    at = heads.index("ECE")
    assert [each[at] for each in (answers, refusals, everything)] == ["0.140", "0.150", "0.143"]
    assert [each[heads.index("n")] for each in (answers, refusals, everything)] == ["2", "1", "3"]
    brier = (0.38**2 + 0.66**2) / 2
    assert answers[heads.index("Brier score")].startswith(f"{brier:.3f} (")
    assert answers[heads.index("stated")].startswith("0.640 (")


def test_every_bin_is_told_with_its_share_right_and_wilsons_interval(markdown: str) -> None:
    table = "| of |" + section(markdown, "Calibration").partition("| of |")[2]
    lines = [line for line in table.splitlines() if line.startswith("| answers given")]
    assert lines == ["| answers given | 0.6–0.7 | 0.640 | 0.500 (0.095–0.905) | 2 |"]


def test_kinds_are_followed_by_what_is_to_be_answered_to_be_declined_and_all(markdown: str) -> None:
    found = rows(section(markdown, "By kind"))
    assert list(found)[2:] == ["who", "nearmiss", "**all answerable**", "**all unanswerable**", "**all**"]
    heads = found["kind"]
    assert found["**all answerable**"][heads.index("declined")] == "0.000 (0.000–0.000)"
    assert found["**all unanswerable**"][heads.index("declined")] == "1.000 (1.000–1.000)"
    assert found["**all**"][heads.index("n")] == "3"
    assert found["**all**"][heads.index("n with evidence")] == "0"


def test_a_run_without_refusals_has_dashes_for_them() -> None:
    shown = as_markdown(MADE, summarise(SCORES[:2]), SCORES[:2], [])
    refusals = rows(section(shown, "Calibration").partition("| of |")[0])["refusals"]
    assert refusals == [*["–"] * 7, "0"]


def test_the_written_report_shows_the_plot_that_lies_beside_it(tmp_path: Path) -> None:
    write(tmp_path, MADE, summarise(SCORES), SCORES, [])
    assert "](reliability.svg)" in (tmp_path / "report.md").read_text(encoding="utf-8")
    assert ET.parse(tmp_path / "reliability.svg").getroot().tag.endswith("svg")
    values = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    reliability = values["summary"]["reliability"]
    assert reliability["answers given"]["expected_error"] == pytest.approx(0.14)
    (only,) = reliability["refusals"]["bins"]
    assert (only["confidence"], only["right"]["n"]) == (0.85, 1)


def test_a_report_without_a_folder_refers_to_no_plot(markdown: str) -> None:
    assert "reliability.svg" not in markdown
