from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from eval.cases import Case, Evidence
from eval.scoring import score
from eval.writing import __main__ as writing
from eval.writing.copying import Copying
from eval.writing.figures import as_markdown
from eval.writing.watching import Checked, Clocked, Told, as_values
from service.checking.source import Source
from service.checking.verdict import Verdict
from service.records import Answer, AnswerSentence, Citation, Writing
from service.writing.composition import Messages

TEXT = "Ingrid Moe asked for a loan of 12 million kroner."
CASE = Case("a", "who", "Who asked for a loan?", (("Moe",),))


class Slow:
    """A chat model that writes three pieces, the second of them empty, and knows whether it was closed."""

    name, context, reply = "openai:slow", 2048, 256
    closed = False

    def count(self, text: str) -> int:
        return len(text.split())

    def stream(self, messages: Messages) -> Generator[str, None, None]:
        try:
            yield from ("Ingrid", "", " Moe.")
        finally:
            self.closed = True


class Strict:
    """Lets nothing pass."""

    def load(self) -> None:
        """Nothing to load."""

    def prepare(self, sources: Sequence[Source]) -> None:
        """Nothing to read."""

    def checked(
        self, sentence: str, cited: Sequence[Source], *, question: str = "", before: Sequence[str] = ()
    ) -> Verdict:
        return Verdict("", (), (), mended=False)


def told(answer: str, made: Writing | None, *, answerer: str = "model", overhead: float | None = 0.05) -> Told:
    cited = Citation(1, "d.txt", None, None, None, None, None, "p", 0, len(TEXT), TEXT)
    sentences = (AnswerSentence(answer, (1,)),)
    given = Answer(
        "1",
        "?",
        f"{answer}[1]",
        False,
        None,
        0.5,
        sentences,
        (cited,),
        "model" if answerer == "model" else "extractive",
    )
    given = Answer(**{name: getattr(given, name) for name in given.__slots__ if name != "writing"}, writing=made)
    return Told(
        score(CASE, given, seconds=2.0, ranked=(), texts={"d.txt": TEXT}),
        ("Moe.",) if made else (),
        overhead,
        20,
        0.5,
        (0.01, 0.03),
    )


def rows(markdown: str) -> dict[str, str]:
    lines = [line.strip("| ").split(" | ") for line in markdown.splitlines() if line.startswith("|")]
    return {line[0]: line[1] for line in lines}


def test_a_model_that_is_clocked_writes_the_same_and_is_closed_with_its_stream() -> None:
    slow = Slow()
    clocked = Clocked(slow)
    assert list(clocked.stream([("user", "Who?")])) == ["Ingrid", "", " Moe."]
    assert clocked.texts == ["Ingrid Moe."]
    assert clocked.pieces == 1  # the first ends the wait, the empty one is none
    assert clocked.busy >= clocked.writing > 0
    slow.closed = False
    stream = clocked.stream([("user", "Who?")])
    next(stream)
    stream.close()
    assert slow.closed


def test_checks_are_handed_on_with_the_time_each_took() -> None:
    checks = Checked(Strict())
    assert checks.checked("Moe said so.", []).text == ""
    assert len(checks.seconds) == 1


def test_the_figures_say_what_became_of_what_the_model_wrote() -> None:
    made = Writing("openai:slow", ("answer@1",), written=3, mended=1, rewritten=1, dropped=1)
    fell = Writing("openai:slow", ("answer@1",), written=2, dropped=2, fallback="nothing-supported")
    found = rows(
        as_markdown([told("Ingrid Moe asked.", made), told("Moe asked.", fell, answerer="extractive", overhead=None)])
    )
    assert found["right of answerable"].startswith("1.000")
    assert found["answers in the model's words"] == "1 of 2"
    assert found["fell back"] == "1 of 2 (nothing-supported: 1)"
    assert found["sentences"] == "5 written, 1 mended, 1 rewritten, 3 dropped"
    assert found["inexact slices"] == "0 of 2"
    assert found["tokens a second, as the model sends them"] == "40.0"
    assert found["first drafted token, beyond the model's own time"].startswith("median 50.0 ms")
    assert found["checking, a sentence that was written (mean of an answer)"].endswith("most 20.0 ms (n = 2)")


def test_false_quotations_and_what_is_not_borne_out_are_there_to_look_at() -> None:
    made = Writing("openai:slow", (), written=1)
    shown = as_markdown([told("Lind said “never again”.", made)])
    assert rows(shown)["false quotations"] == "1"
    assert "- a: quotation “never again”" in shown
    assert "Lind said “never again”. (no citation)" not in shown
    assert told("He met Lind.", made).unsupported == ("He met Lind. (Lind)",)
    assert told("He met Lind.", made, answerer="extractive").unsupported == ()


def test_where_the_model_was_not_asked_nothing_is_clocked() -> None:
    found = rows(as_markdown([told("Moe asked.", None, answerer="extractive", overhead=None)]))
    assert found["the model was not asked"] == "1"
    assert found["first drafted token, beyond the model's own time"] == "–"
    assert found["checking, a sentence that was written (mean of an answer)"] == "–"


def test_a_line_of_the_records_holds_what_the_model_wrote_beside_the_answer() -> None:
    line = json.loads(json.dumps(as_values(told("Moe asked.", Writing("openai:slow", ()))), default=str))
    assert (line["answer"]["answer"], line["model_wrote"]) == ("Moe asked.[1]", ["Moe."])


def test_without_a_model_the_command_says_how_to_set_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("WHOSAID_MODEL", raising=False)
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps({"id": "a", "kind": "who", "question": "Who?", "answer": [["Moe"]]}), "utf-8")
    (tmp_path / "index").mkdir()
    assert writing.main([str(questions), "--data", str(tmp_path / "index")]) == 1
    assert "WHOSAID_MODEL=" in capsys.readouterr().err


def test_a_model_that_copies_gives_the_evidence_with_the_number_of_its_passage() -> None:
    case = replace(CASE, evidence=(Evidence("d.txt", TEXT[2:9]),))
    model = Copying(case, {"d.txt": TEXT})
    shown = (
        f"<x passage [3]>\n<x text [3]>\nOther words.\n<x end [3]>\n<x passage [4]>\n<x text [4]>\n{TEXT}\n<x end [4]>"
    )
    assert "".join(model.stream([("user", shown)])) == f"{TEXT}[4]"
    assert "".join(model.stream([("user", shown)])) == "1. DROP"


def test_a_model_that_copies_says_so_where_the_evidence_was_not_given_to_it() -> None:
    case = replace(CASE, evidence=(Evidence("d.txt", TEXT[2:9]),))
    assert "".join(Copying(case, {"d.txt": TEXT}).stream([("user", "nothing")])) == "NOT IN THE PASSAGES"
    assert "".join(Copying(replace(case, unanswerable=True), {}).stream([("user", TEXT)])) == "NOT IN THE PASSAGES"
