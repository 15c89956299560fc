"""A target and three questions for tests of the evaluation's command: ``installed(monkeypatch)`` puts it in place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from eval import run
from eval.metrics import Slice
from eval.reporting import Run
from eval.scoring import citing
from eval.scoring.citing import Cited
from service.records import Answer, AnswerSentence, Citation, Question

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
    """Answers every question with the same sentence, a model with another, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.threads = 2
        self.fails_at = 99  # questions
        self.drawn: list[str] = []  # runs that the page is over

    def ask(self, question: Question) -> Answer:
        self.asked.append(question.text)
        if len(self.asked) >= self.fails_at:
            raise KeyboardInterrupt
        cited = Citation(1, "d.txt", None, None, None, None, None, "p", 0, 27, TEXT[:27])
        text = "Wang Yi, on Monday.[1]" if question.answerer == "model" else "Mao Ning, on Friday.[1]"
        return Answer("1", question.text, text, False, None, 0.5, (AnswerSentence(text[:-3], (1,)),), (cited,))

    def ranked(self, words: str, limit: int) -> list[Slice]:
        return [Slice("d.txt", 28, 43), Slice("d.txt", 0, 27)][:limit]

    def text(self, document_id: str) -> str | None:
        return TEXT if document_id == "d.txt" else None

    def described(self) -> Mapping[str, Any]:
        return {"models": {"embedding": "all-MiniLM-L6-v2 sha256:12"}, "settings": {"threads": self.threads}}

    def close(self) -> None:
        """Nothing is open."""


def installed(monkeypatch: pytest.MonkeyPatch) -> Friday:
    """What the command asks in process; its page is the text of the article, its judge finds half of all borne out."""
    friday = Friday()

    def as_html(runs: Sequence[Run], text: Callable[[str], str | None]) -> str:
        friday.drawn += [each.name for each in runs]
        return f"<html>{text('d.txt')}</html>"

    monkeypatch.setattr(run, "in_process", lambda folder, answerer: friday)
    monkeypatch.setattr(run, "as_html", as_html)
    monkeypatch.setattr(citing, "opened", lambda: lambda answer, texts: Cited(2, 1, 4, 3))
    return friday


def written(folder: Path) -> Path:
    """The questions in a file."""
    path = folder / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, CASES)), encoding="utf-8")
    return path
