"""Runs that were interrupted, gone on with by the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import run
from tests.eval.friday import CASES, Friday, installed, written


@pytest.fixture
def target(monkeypatch: pytest.MonkeyPatch) -> Friday:
    return installed(monkeypatch)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return written(tmp_path)


def lines(out: Path) -> list[str]:
    written = (out / "records.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["case"]["id"] for line in written]


@pytest.fixture
def interrupted(target: Friday, questions: Path, tmp_path: Path) -> Path:
    """A run that ended at its third answer: the second question, the first having been asked twice."""
    target.fails_at = 3
    assert run.main([str(questions), "--out", str(tmp_path / "out")]) == run.INTERRUPTED
    target.fails_at, target.asked = 99, []
    return tmp_path / "out"


def test_an_interrupted_run_leaves_its_records_and_says_how_to_go_on(
    target: Friday, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target.fails_at = 3
    assert run.main([str(questions), "--out", str(tmp_path / "out")]) == run.INTERRUPTED
    assert lines(tmp_path / "out") == ["a"]
    assert f"What was answered is in {tmp_path / 'out'}. Run the same command with --resume" in capsys.readouterr().err


def test_what_was_answered_is_not_asked_again(interrupted: Path, target: Friday, questions: Path) -> None:
    before = (interrupted / "records.jsonl").read_text(encoding="utf-8")
    assert run.main([str(questions), "--out", str(interrupted), "--resume"]) == run.DONE
    assert target.asked == ["When?", "When?", "Who said yes?"]
    assert lines(interrupted) == ["a", "b", "c"]
    assert (interrupted / "records.jsonl").read_text(encoding="utf-8").startswith(before)
    report = json.loads((interrupted / "report.json").read_text(encoding="utf-8"))
    assert (report["summary"]["cases"], report["failing"]) == (3, ["b", "c"])


def test_a_torn_line_is_asked_again(interrupted: Path, target: Friday, questions: Path) -> None:
    with (interrupted / "records.jsonl").open("a", encoding="utf-8") as records:
        records.write('{"case": {"id": "b", "ki')
    assert run.main([str(questions), "--out", str(interrupted), "--resume"]) == run.DONE
    assert target.asked == ["When?", "When?", "Who said yes?"]
    assert lines(interrupted) == ["a", "b", "c"]


def test_a_whole_run_resumed_asks_nothing(target: Friday, questions: Path, tmp_path: Path) -> None:
    assert run.main([str(questions), "--out", str(tmp_path / "out"), "--resume"]) == run.DONE  # nothing was begun
    target.asked = []
    assert run.main([str(questions), "--out", str(tmp_path / "out"), "--resume"]) == run.DONE
    assert target.asked == []


def test_without_resume_a_run_begins_anew(interrupted: Path, target: Friday, questions: Path) -> None:
    assert run.main([str(questions), "--out", str(interrupted), "--limit", "1"]) == run.DONE
    assert target.asked == ["Who said no?", "Who said no?"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (["--answerer", "model"], 'answerer was "extractive" and is "model"'),
        (["--citations"], "citations was false and is true"),
        (["--kind", "when"], "1 questions that are not asked now, such as a"),
    ],
)
def test_another_run_is_not_gone_on_with(
    interrupted: Path, questions: Path, capsys: pytest.CaptureFixture[str], changed: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        run.main([str(questions), "--out", str(interrupted), "--resume", *changed])
    assert ended.value.code == run.USAGE
    assert said in capsys.readouterr().err
    assert lines(interrupted) == ["a"]


def test_other_questions_and_another_target_are_told_apart(
    interrupted: Path, target: Friday, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target.threads = 1
    questions.write_text(json.dumps(CASES[0]) + "\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        run.main([str(questions), "--out", str(interrupted), "--resume"])
    said = capsys.readouterr().err
    assert "questions_sha256 was " in said
    assert "target.settings.threads was 2 and is 1" in said


def test_an_error_before_anything_was_answered_does_not_speak_of_resuming(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "out")
    assert run.main([str(questions), "--url", "http://127.0.0.1:9", "--out", out]) == run.FLOOR_MISSED
    assert "--resume" not in capsys.readouterr().err
