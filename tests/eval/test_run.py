"""The command against a target made by hand; the real parts are measured in test_floors.py."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from eval import run
from eval.reporting import PlotsUnavailable
from eval.targets import OverHttp, TargetError
from service.records import Question
from tests.eval.friday import TEXT, Friday, installed, written


@pytest.fixture
def target(monkeypatch: pytest.MonkeyPatch) -> Friday:
    return installed(monkeypatch)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return written(tmp_path)


def test_the_first_question_is_asked_once_more_to_warm_up(target: Friday, questions: Path) -> None:
    assert run.main([str(questions)]) == run.DONE
    assert target.asked == ["Who said no?", "Who said no?", "When?", "Who said yes?"]


def test_the_reports_say_what_was_measured_on_what(target: Friday, questions: Path, tmp_path: Path) -> None:
    assert run.main([str(questions), "--out", str(tmp_path / "out")]) == run.DONE
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["summary"]["measures"]["right"]["mean"] == pytest.approx(1 / 3)
    assert report["summary"]["measures"]["mrr"]["mean"] == 0.5
    assert report["failing"] == ["b", "c"]
    assert len(report["origin"]["questions_sha256"]) == 64
    assert report["origin"]["target"]["settings"] == {"threads": 2}
    assert report["origin"]["machine"]["cores"] >= 1
    assert {"commit", "dirty", "made"} <= report["origin"].keys()
    markdown = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    for said in ("sha256:12", report["origin"]["questions_sha256"], "| when |", "expected: Monday; without Friday"):
        assert said in markdown
    assert "](reliability.svg)" in markdown
    assert (tmp_path / "out" / "reliability.svg").read_text(encoding="utf-8").startswith("<svg ")
    records = (tmp_path / "out" / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["case"]["id"] for line in records] == ["a", "b", "c"]


def test_a_missed_floor_ends_with_one_and_is_named(
    target: Friday, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main([str(questions), "--fail-under", "right=0.3", "--fail-under", "evidence=1"]) == run.DONE
    assert run.main([str(questions), "--fail-under", "right=0.9"]) == run.FLOOR_MISSED
    assert "right 0.3333 is under the floor 0.9" in capsys.readouterr().err


def test_a_broken_ceiling_ends_with_one_and_is_named(
    target: Friday, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main([str(questions), "--fail-over", "wrong_date=1", "--fail-over", "declined=0"]) == run.DONE
    assert run.main([str(questions), "--fail-over", "words=3"]) == run.FLOOR_MISSED
    assert "words 4.0000 is over the ceiling 3" in capsys.readouterr().err


def test_kind_and_limit_choose_questions(target: Friday, questions: Path) -> None:
    assert run.main([str(questions), "--kind", "when", "--kind", "unanswerable", "--limit", "1"]) == run.DONE
    assert target.asked == ["When?", "When?"]


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["none.jsonl"],
        ["{questions}", "--fail-under", "rigth=1"],
        ["{questions}", "--limit", "0"],
        ["{questions}", "--kind", "why"],
        ["{questions}", "--url", "http://127.0.0.1:1", "--data", "x"],
        ["{questions}", "--fail-over", "wrong_speaker"],
        ["{questions}", "--resume"],
        ["{questions}", "--answerer", "exractive"],
        ["{questions}", "--answerer", "model:"],
        ["{questions}", "--answerer", "model", "--answerer", "model"],
        ["{questions}", "--answerer", "model:ollama:some", "--url", "http://127.0.0.1:1"],
    ],
)
def test_wrong_usage_ends_with_two(target: Friday, questions: Path, wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run.main([word.format(questions=questions) for word in wrong])
    assert ended.value.code == run.USAGE
    assert target.asked == []


def test_a_service_that_is_not_there_is_named(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main([str(questions), "--url", "http://127.0.0.1:9"]) == run.FLOOR_MISSED
    assert "http://127.0.0.1:9/api/ask" in capsys.readouterr().err


def test_an_index_folder_that_is_not_there_is_named(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main([str(questions), "--data", str(tmp_path / "none")]) == run.FLOOR_MISSED
    assert str(tmp_path / "none") in capsys.readouterr().err


def replying(status: int, body: object) -> OverHttp:
    transport = httpx.MockTransport(lambda request: httpx.Response(status, json=body))
    return OverHttp("http://127.0.0.1:1", client=httpx.Client(transport=transport, base_url="http://127.0.0.1:1"))


def test_a_problem_sent_by_the_service_is_passed_on() -> None:
    with pytest.raises(TargetError, match=r"503.*still being opened"):
        replying(503, {"detail": "still being opened"}).ask(Question("Who?"))


def test_a_reply_that_is_no_answer_is_refused() -> None:
    with pytest.raises(TargetError, match="no answer"):
        replying(200, {"answer": "Mao."}).ask(Question("Who?"))


def test_a_document_the_service_does_not_have_has_no_text() -> None:
    assert replying(404, {}).text("gone.txt") is None


def test_a_page_over_the_run_is_written_beside_the_report(target: Friday, questions: Path, tmp_path: Path) -> None:
    assert run.main([str(questions), "--out", str(tmp_path / "out")]) == run.DONE
    assert target.drawn == ["extractive"]
    assert (tmp_path / "out" / "report.html").read_text(encoding="utf-8") == f"<html>{TEXT}</html>"


def test_without_what_draws_the_page_all_else_is_written(
    target: Friday, questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unavailable(runs: object, text: object) -> str:
        raise PlotsUnavailable("some-package")

    monkeypatch.setattr(run, "as_html", unavailable)
    assert run.main([str(questions), "--out", str(tmp_path / "out")]) == run.DONE
    assert "no report.html: " in (said := capsys.readouterr().err)
    assert "some-package" in said
    assert (tmp_path / "out" / "report.md").exists()
    assert not (tmp_path / "out" / "report.html").exists()


def test_several_answerers_are_each_asked_and_compared(
    target: Friday, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    several = ["--answerer", "extractive", "--answerer", "model:ollama:some"]
    assert run.main([str(questions), "--out", str(out), *several]) == run.DONE
    assert target.drawn == ["extractive", "model:ollama:some"]
    assert sorted(each.name for each in out.iterdir()) == [
        "comparison.md", "extractive", "model-ollama-some", "report.html",
    ]  # fmt: skip
    report = json.loads((out / "model-ollama-some" / "report.json").read_text(encoding="utf-8"))
    assert report["origin"]["target"]["answerer"] == "model:ollama:some"
    assert report["failing"] == ["a", "c"]
    comparison = (out / "comparison.md").read_text(encoding="utf-8")
    assert "- right only after (1): b" in comparison
    assert "- right only before (1): a" in comparison
    shown = capsys.readouterr().out
    assert "# Evaluation: model:ollama:some" in shown
    assert comparison in shown


def test_citations_are_judged_where_that_is_asked_for(target: Friday, questions: Path, tmp_path: Path) -> None:
    assert run.main([str(questions), "--out", str(tmp_path / "out"), "--citations"]) == run.DONE
    measures = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["summary"]["measures"]
    assert (measures["citation_recall"]["mean"], measures["citation_precision"]["mean"]) == (0.5, 0.75)
