from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval import compare
from eval.cases import Case, Evidence
from eval.compare import CompareError, as_markdown, load, paired
from eval.metrics import Slice
from eval.report import record
from eval.scoring import Score, score
from service.records import Answer

WHO = Case("a", "who", "Who rang the bell?", (("Sigrid",),), evidence=(Evidence("d.txt", "Sigrid rang"),))
WHAT = Case("b", "what", "What did she ring?", (("bell",),))
ABSENT = Case("c", "unanswerable", "Who sold the bell?", unanswerable=True)
TEXTS = {"d.txt": "Sigrid rang the bell at noon."}


def scored(case: Case, text: str, *, confidence: float = 0.5, declined: bool = False) -> Score:
    answer = Answer("1", "?", text, declined, "not_said" if declined else None, confidence, (), ())
    return score(case, answer, seconds=0.1, ranked=[Slice("d.txt", 0, 6)], texts=TEXTS)


BEFORE = [
    scored(WHO, "Olav."),
    scored(WHAT, "The bell.", confidence=0.75),
    scored(ABSENT, "Olav."),
]
AFTER = [
    scored(WHO, "Sigrid."),
    scored(WHAT, "None.", declined=True),
    scored(ABSENT, "None.", declined=True, confidence=0.75),
]
PAIRS = list(zip(BEFORE, AFTER, strict=True))


def written(folder: Path, scores: list[Score]) -> Path:
    folder.mkdir()
    lines = [json.dumps(record(each), ensure_ascii=False, default=str) for each in scores]
    (folder / "records.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def cells(markdown: str, name: str) -> list[str]:
    """before, after, difference, won–lost, p, n"""
    (line,) = [line for line in markdown.splitlines() if line.startswith(f"| {name} |")]
    return line.strip("| ").split(" | ")[1:]


@pytest.mark.parametrize(
    ("name", "expected"),  # before, after, difference, won–lost, n
    [
        ("right", "0.333 0.667 +0.333 2–1 3"),
        ("right_answerable", "0.500 0.500 +0.000 1–1 2"),
        ("declined", "0.000 1.000 +1.000 1–0 1"),
        ("wrongly_declined", "0.000 0.500 +0.500 0–1 2"),  # more is worse
        ("words", "1.333 1.000 -0.333 0–0 3 → 1"),  # counted of answers given
        ("brier", "0.188 0.188 +0.000 1–1 3"),  # 1/4, 1/16, 1/4 and 1/4, 1/4, 1/16
        ("who: right", "0.000 1.000 +1.000 1–0 1"),
        ("unanswerable: declined", "0.000 1.000 +1.000 1–0 1"),
    ],
)
def test_measures_of_two_runs_over_three_questions_worked_by_hand(name: str, expected: str) -> None:
    before, after, difference, outcome, _, n = cells(as_markdown(PAIRS), name)
    assert f"{before} {after} {difference.partition(' ')[0]} {outcome} {n}" == expected


def test_p_is_that_of_the_sign_test_and_missing_where_nothing_differs() -> None:
    five = [(BEFORE[0], AFTER[0])] * 5
    assert cells(as_markdown(five), "right")[4] == "0.062"  # 2 / 32
    assert cells(as_markdown(five), "wrongly_declined")[3:5] == ["0–0", "–"]


def test_a_measure_that_one_run_lacks_has_no_difference_and_one_that_both_lack_no_row() -> None:
    markdown = as_markdown(PAIRS)
    assert cells(markdown, "declined_precision")[:3] == ["–", "0.500", "–"]
    assert "| exact_slices |" not in markdown
    assert "| who: declined |" not in markdown


def test_errors_of_confidence_are_told_of_answers_refusals_and_all() -> None:
    part = as_markdown(PAIRS).partition("## Expected calibration error")[2]
    assert cells(part, "refusals") == ["–", "0.375", "0 → 2"]  # 0.5 stated and wrong, 0.75 stated and right
    assert cells(part, "answers given") == ["0.417", "0.500", "3 → 1"]  # gaps of 0.5, twice, and 0.25


def test_questions_won_and_lost_are_named() -> None:
    markdown = as_markdown(PAIRS)
    assert "right only after (2): a, c" in markdown
    assert "right only before (1): b" in markdown


def test_what_a_run_recorded_is_read_back_as_it_was_scored(tmp_path: Path) -> None:
    folder = written(tmp_path / "run", AFTER)
    assert list(load(folder / "records.jsonl").values()) == AFTER


def test_records_that_lack_a_later_field_are_read(tmp_path: Path) -> None:
    path = written(tmp_path / "run", BEFORE[:1]) / "records.jsonl"
    values = json.loads(path.read_text(encoding="utf-8"))
    del values["answer"]["conflicts"], values["case"]["conflict"]
    path.write_text(json.dumps({**values, "of_another_version": 1}), encoding="utf-8")
    assert list(load(path).values()) == BEFORE[:1]


def test_the_command_takes_folders_or_files_and_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = written(tmp_path / "before", BEFORE), written(tmp_path / "after", AFTER)
    assert compare.main([str(before), str(after / "records.jsonl")]) == 0
    shown = capsys.readouterr().out
    assert "- 3 questions" in shown
    assert "right only after (2): a, c" in shown


def test_the_order_of_the_questions_does_not_matter() -> None:
    turned = {each.case.id: each for each in reversed(AFTER)}
    assert paired({each.case.id: each for each in BEFORE}, turned) == PAIRS


def test_questions_that_only_one_run_asked_or_that_changed_are_named() -> None:
    other = replace(BEFORE[1], case=replace(WHAT, question="What rang?", answer=(("gong",),)))
    new = replace(BEFORE[2], case=replace(ABSENT, id="d"))
    with pytest.raises(CompareError) as raised:
        paired({"a": BEFORE[0], "b": BEFORE[1], "c": BEFORE[2]}, {"a": BEFORE[0], "b": other, "d": new})
    said = str(raised.value)
    for named in ("only in the first: c", "only in the second: d", "changed in between: b (question, answer)"):
        assert named in said


def test_of_many_questions_that_differ_the_first_are_named_and_the_rest_counted() -> None:
    many = {f"q{number}": BEFORE[0] for number in range(13)}
    with pytest.raises(CompareError, match=r"q9 and 3 more"):
        paired(many, {})


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("", "no record"),
        ('{"case": ', "records.jsonl:1"),
        ('{"case": {"id": "a"}}', "case.kind"),
        ("{line}\n{line}", "records.jsonl:2: 'a' was asked before"),
    ],
)
def test_records_that_cannot_be_read_are_refused_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], held: str, said: str
) -> None:
    good, bad = written(tmp_path / "good", BEFORE[:1]), tmp_path / "records.jsonl"
    line = (good / "records.jsonl").read_text(encoding="utf-8").strip()
    bad.write_text(held.replace("{line}", line), encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        compare.main([str(good), str(bad)])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_folder_without_records_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        compare.main([str(tmp_path), str(tmp_path)])
    assert str(tmp_path / "records.jsonl") in capsys.readouterr().err
