"""What each part adds: variants of the real question path over a small index, and the arithmetic between them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import ablation
from eval.ablation import Found, as_markdown, variants
from service.answering import Answering
from service.records import Question
from service.settings import Settings
from service.wiring import build
from tests.harbour import written


def test_variants_are_compared_question_by_question() -> None:
    whole = [Found(True, True), Found(True, False), Found(False, False)]
    other = [Found(True, True), Found(False, False), Found(True, None)]
    shown = as_markdown({"everything": whole, "less": other}).splitlines()
    assert "+0 −0" in shown[2]
    assert "+1 −1" in shown[3]
    assert shown[3].startswith("| less | 0.667")


def test_each_variant_answers_without_its_part_and_the_report_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    assert request.config.cache is not None
    monkeypatch.setenv("WHOSAID_CACHE", str(request.config.cache.mkdir("whosaid-model")))
    monkeypatch.setenv("WHOSAID_DATA", str(tmp_path / "index"))
    monkeypatch.setenv("WHOSAID_THREADS", "1")
    parts = build(Settings.load())
    list(parts.articles.ingest([written(tmp_path / "archive")]))
    assert isinstance(parts.answering, Answering)
    question = Question("How much would repairs of the pier cost?")
    made = {name: path.examined(question)[1] for name, path in variants(parts.answering).items()}
    assert not any(answer.declined for answer in made.values())
    file = tmp_path / "questions.jsonl"
    evidence = [{"document": "2022/pier.txt", "text": "40 million kroner"}]
    case = {"id": "q", "kind": "howmany", "question": question.text, "answer": [["40 million"]], "evidence": evidence}
    file.write_text(json.dumps(case), "utf-8")
    assert ablation.main([str(file), str(tmp_path / "index")]) == 0
    told = capsys.readouterr().out
    assert all(f"| {name} |" in told for name in made)


def test_questions_or_indexes_that_are_not_there_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        ablation.main([str(tmp_path / "none.jsonl"), str(tmp_path)])
    assert "none.jsonl" in capsys.readouterr().err
