"""The command against a target made by hand; the real parts are measured in test_floors.py."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from eval import run
from eval.metrics import Slice
from eval.targets import OverHttp, TargetError
from service.records import Answer, Citation, Question

TEXT = "Mao Ning said no on Friday. Wang Yi agreed."
CASES = [
    {
        "id": "a",
        "kind": "who",
        "question": "Who said no?",
        "answer": [["Mao"]],
        "evidence": [{"document": "d.txt", "text": "Mao Ning said no"}],
    },
    {"id": "b", "kind": "when", "question": "When?", "answer": [["Monday"]], "forbid": ["Friday"]},
    {"id": "c", "kind": "unanswerable", "question": "Who said yes?", "unanswerable": True},
]


class Friday:
    """Answers every question with the same sentence, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def ask(self, question: Question) -> Answer:
        self.asked.append(question.text)
        cited = Citation(1, "d.txt", None, None, None, None, None, "p", 0, 27, TEXT[:27])
        return Answer("1", question.text, "Mao Ning, on Friday.[1]", False, None, 0.5, (), (cited,))

    def ranked(self, words: str, limit: int) -> list[Slice]:
        return [Slice("d.txt", 28, 43), Slice("d.txt", 0, 27)][:limit]

    def text(self, document_id: str) -> str | None:
        return TEXT if document_id == "d.txt" else None

    def described(self) -> Mapping[str, Any]:
        return {"models": {"embedding": "all-MiniLM-L6-v2 sha256:12"}, "settings": {"threads": 2}}

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def target(monkeypatch: pytest.MonkeyPatch) -> Friday:
    friday = Friday()
    monkeypatch.setattr(run, "in_process", lambda folder: friday)
    return friday


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, CASES)), encoding="utf-8")
    return path


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
