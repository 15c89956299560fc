"""The measure of the statement finder: figures worked out by hand, what is written, how it ends."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval import statements
from eval.statements import as_markdown, counts, paired
from retriever.records import Article, Statement
from tests.retriever.said import on, statement

TEXT = (
    "Mayor Tomas Vik told Moe on Tuesday that the pier must close before winter. “It is older than the town,” Vik "
    "said. The council hopes for better weather. According to Nora Lind, two boats were lost."
)
ARTICLE = Article("a", TEXT)


def span(words: str, after: str = "") -> list[int]:
    start = TEXT.index(words, TEXT.index(after))
    return [start, start + len(words)]


def annotated(content: str, head: str, *, after: str = "", **known: Any) -> dict[str, Any]:
    return {"content": [span(content)], "head": [span(head, after)] if head else [], "speech": True, **known}


CLOSE = annotated(
    "the pier must close before winter", "Vik", person="Vik Tomas", addressee="Ingrid Moe", style="indirect",
    said_on={"from": "2022-11-22", "to": "2022-11-22"},
)  # fmt: skip
OLDER = annotated("It is older than the town", "Vik", after="town", person="Tomas Vik", style="direct", via=["AFP"])
BOATS = annotated("two boats were lost", "Lind", person="Nora Lind", style="indirect")
GOLD = [CLOSE, OLDER, BOATS]

FOUND_CLOSE = statement(
    ARTICLE, "that the pier must close before winter", "Tomas Vik", speaker_text="Mayor Tomas Vik", addressee="Moe",
    said_on=on("2022-11-22"),
)  # fmt: skip
FOUND_OLDER = statement(ARTICLE, "“It is older than the town,”", "Nora Lind", kind="mixed")
FOUND_HOPE = statement(ARTICLE, "for better weather", "council", speaker_text="The council")
FOUND = [replace(each, start=0, end=len(TEXT)) for each in (FOUND_CLOSE, FOUND_OLDER, FOUND_HOPE)]


@pytest.fixture
def gold_file(tmp_path: Path) -> Path:
    line = {"id": "a", "text": TEXT, "published": "2022-11-23", "statements": GOLD}
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(line) + "\n", "utf-8")
    return file


def test_statements_pair_by_the_words_of_their_content() -> None:
    pairs = paired(GOLD, FOUND, TEXT)
    assert [(pair.gold, pair.found) for pair in pairs] == [(OLDER, FOUND[1]), (CLOSE, FOUND[0])]


def test_a_pair_is_full_where_the_head_of_the_source_lies_in_the_speaker() -> None:
    assert {pair.found.speaker: pair.full for pair in paired(GOLD, FOUND, TEXT)} == {
        "Tomas Vik": True,
        "Nora Lind": False,
    }
    headless = annotated("two boats were lost", "")
    assert [pair.full for pair in paired([headless], [statement(ARTICLE, "two boats were lost")], TEXT)] == [True]


@pytest.mark.parametrize(
    ("content", "found"), [("two boats were lost", 1), ("boats were", 1), ("lost", 0), ("must close", 0)]
)
def test_half_of_the_words_of_both_together_must_be_shared(content: str, found: int) -> None:
    assert len(paired([BOATS], [statement(ARTICLE, content)], TEXT)) == found


def test_one_statement_is_found_for_one_only() -> None:
    twice = [statement(ARTICLE, "two boats were lost"), statement(ARTICLE, "boats were lost")]
    (pair,) = paired([BOATS], twice, TEXT)
    assert pair.found == twice[0]


def test_the_figures_of_an_example_are_those_worked_out_by_hand() -> None:
    counted = counts(GOLD, FOUND, TEXT)
    assert counted == {
        "gold": 3, "predicted": 3, "found": 2, "full": 1,
        "person of": 2, "person right": 1, "wrong person": 1,
        "addressee of": 1, "addressee right": 1,
        "chain of": 1, "chain right": 0,
        "date of": 1, "date right": 1,
        "kind of": 2, "kind right": 1,
    }  # fmt: skip
    shown = as_markdown(counted, 3300.4)
    assert "3 annotated, 3 predicted, 3300 words/s" in shown
    assert "found: precision 0.667, recall 0.667, F1 0.667" in shown
    assert "full: precision 0.333, recall 0.333, F1 0.333" in shown
    assert "person right: 0.500 of 2" in shown
    assert "wrong person named: 0.500" in shown


def test_of_nothing_the_figures_are_nothing() -> None:
    assert "F1 0.000" in as_markdown(counts([], [], TEXT), 0.0)
    assert counts(GOLD, [], TEXT)["found"] == counts([], FOUND, TEXT)["found"] == 0


@pytest.mark.parametrize(
    ("wanted", "given", "right"),
    [
        ({"from": "2022-11-22", "to": "2022-11-22"}, on("2022-11-22"), 1),
        ({"from": "2022-11-22", "to": "2022-11-22"}, on("2022-11-21", "2022-11-27"), 0),
        ({"from": "2022-11-22", "to": "2022-11-22"}, on(None), 0),
        ({"from": "2022-11-22", "to": "2022-11-22"}, None, 0),
        ({"from": None, "to": None}, on(None), 1),
        ({"from": None, "to": None}, on("2022-11-22"), 0),
    ],
)
def test_a_date_is_right_on_the_day_or_where_none_can_be_told(wanted: Any, given: Any, right: int) -> None:
    found: Statement = statement(ARTICLE, "two boats were lost", said_on=given)
    assert counts([{**BOATS, "said_on": wanted}], [found], TEXT)["date right"] == right


def test_what_was_found_is_written_and_the_figures_are_printed(
    gold_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "found.jsonl"
    assert statements.main([str(gold_file), "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("3 annotated, 3 predicted")  # what the council hopes is not said
    assert "full: precision 1.000, recall 1.000, F1 1.000" in printed
    (line,) = [json.loads(each) for each in out.read_text("utf-8").splitlines()]
    assert line["id"] == "a"
    found = {each["person"]: each for each in line["statements"] if each["speech"]}
    assert set(found) == {"Tomas Vik", "Nora Lind"}
    lind = found["Nora Lind"]
    texts = {name: [TEXT[start:end] for start, end in lind[name]] for name in ("speaker", "cue", "content")}
    texts["speaker"] = [name.rstrip(",") for name in texts["speaker"]]
    assert texts == {"speaker": ["Nora Lind"], "cue": ["According to"], "content": ["two boats were lost"]}
    assert lind["said_on"] == {"from": "2022-11-23", "to": "2022-11-23", "precision": "day", "basis": "publication"}
    assert (lind["kind"], lind["via"], lind["addressee"]) == ("indirect", [], None)


def test_beliefs_count_where_they_are_asked_for(gold_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert statements.main([str(gold_file), "--beliefs"]) == 0
    assert capsys.readouterr().out.startswith("3 annotated, 4 predicted")


def test_articles_without_a_text_are_read_from_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "a.txt").write_text(TEXT, "utf-8")
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "a.txt", "statements": GOLD}), "utf-8")
    assert statements.main([str(gold), "--articles", str(tmp_path / "archive")]) == 0
    assert "recall 1.000" in capsys.readouterr().out


@pytest.mark.parametrize("given", [[], ["--articles"]])
def test_an_article_that_is_nowhere_is_named_with_the_remedy(
    tmp_path: Path, given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "a.txt").write_text(TEXT, "utf-8")
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "gone.txt", "statements": []}), "utf-8")
    out = tmp_path / "found.jsonl"
    folder = [*given, str(tmp_path / "archive")] if given else []
    assert statements.main([str(gold), "--out", str(out), *folder]) == 1
    assert "gone.txt" in (told := capsys.readouterr().err)
    assert "--articles" in told
    assert not out.exists()


def test_a_folder_of_articles_that_cannot_be_read_is_named(
    gold_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert statements.main([str(gold_file), "--articles", str(tmp_path / "empty")]) == 1
    assert "'empty'" in capsys.readouterr().err
