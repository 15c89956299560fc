"""The benchmark over one small article: real processes, real parts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.bench import __main__ as bench
from eval.bench import processes

CASE = {"id": "a", "kind": "who", "question": "Who objected?", "answer": [["Mao"]]}


@pytest.fixture
def given(tmp_path: Path) -> list[str]:
    article, questions = tmp_path / "launch.txt", tmp_path / "questions.jsonl"
    article.write_text("Mao Ning objected to the launch. Wang Yi agreed with her on Friday.", encoding="utf-8")
    questions.write_text(json.dumps(CASE), encoding="utf-8")
    return [str(article), str(questions)]


@pytest.mark.slow
def test_every_figure_is_measured_on_what_was_given(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(given) == 0
    told = capsys.readouterr().out
    for row in (
        "| ingest (1 articles, 0 failed, 1 passages) |",
        "| embedding alone (1 different texts) |",
        "| answer, one at a time (1 questions) |",
        "| whosaid serve until ready |",
        "| whosaid --help",
    ):
        assert row in told
    assert given[0] in told


def test_memory_is_that_of_the_process() -> None:
    told = "from eval.bench.protocol import peak_mb; print(peak_mb())"
    little, _ = processes.run("-c", told)
    much, _ = processes.run("-c", f"kept = bytearray(b'x') * 300_000_000; {told}")
    assert float(much) - float(little) == pytest.approx(286, abs=30)


def test_a_step_that_fails_ends_the_run_with_its_name(
    given: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "STEPS", "eval.bench.no_such_module")
    assert bench.main(given) == 1
    assert "ended with 1" in capsys.readouterr().err


@pytest.mark.parametrize("missing", [0, 1])
def test_wrong_usage_ends_with_two(given: list[str], missing: int, capsys: pytest.CaptureFixture[str]) -> None:
    given[missing] = "nowhere"
    with pytest.raises(SystemExit) as ended:
        bench.main(given)
    assert ended.value.code == 2
    assert "nowhere" in capsys.readouterr().err
