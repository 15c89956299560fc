"""Questions made of an index's statements: answerable, or not, as they say; nothing is asked that is in doubt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eval import make
from eval.cases import Case, load
from eval.making.archive import Archive
from eval.making.people import People
from retriever.catalogue import Catalogue
from tests.eval.quay import ARTICLES, filled


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def archive(folder: Path) -> Iterator[Archive]:
    opened = Archive(folder)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def rows(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    out = tmp_path_factory.mktemp("made") / "made.jsonl"
    assert make.main([str(out), "--data", str(folder), "--count", "30"]) in (0, 1)
    load([out])
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def of_kind(rows: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    found = [row for row in rows if row["kind"] == kind]
    assert found, f"none of kind {kind}"
    return found


def test_every_answerable_question_has_evidence_that_stands_where_it_says(
    rows: list[dict[str, Any]], archive: Archive
) -> None:
    answerable = [row for row in rows if not row.get("unanswerable")]
    assert answerable
    for row in answerable:
        for each in row["evidence"]:
            assert archive.article(each["document"]).text[each["start"] : each["end"]] == each["text"]


def test_who_asks_for_the_speaker_by_each_of_their_names_and_never_tells_it(rows: list[dict[str, Any]]) -> None:
    asked = {row["answer"][0][0]: row for row in of_kind(rows, "who")}
    assert {"Lena Brandt", "Brandt"} <= set(asked["Lena Brandt"]["answer"][0])
    assert all(name not in row["question"] for row in asked.values() for name in row["answer"][0])


def test_when_is_asked_only_where_the_article_tells_the_day(rows: list[dict[str, Any]]) -> None:
    days = {row["answer"][0][0] for row in of_kind(rows, "when")}
    assert days <= {"May 1, 2023", "August 14, 2021"}
    forms = next(row["answer"][0] for row in of_kind(rows, "when"))
    assert any(form[:4].isdigit() for form in forms)


def test_what_asks_for_words_of_the_statement_that_the_question_leaves_out(rows: list[dict[str, Any]]) -> None:
    for row in of_kind(rows, "what"):
        evidence = " ".join(each["text"] for each in row["evidence"]).lower()
        for alternatives in row["answer"]:
            assert alternatives[0].lower() in evidence
            assert alternatives[0].lower() not in row["question"].lower()


def test_a_list_names_all_who_spoke_of_it(rows: list[dict[str, Any]]) -> None:
    (row,) = of_kind(rows, "list")
    assert "harbour treaty" in row["question"]
    assert {alternatives[0] for alternatives in row["answer"]} == {"Oda Kenji", "Marta Silva"}
    assert {each["document"] for each in row["evidence"]} == {"treaty.txt"}


def test_a_near_miss_puts_a_true_statement_into_the_mouth_of_another(rows: list[dict[str, Any]]) -> None:
    for row in of_kind(rows, "nearmiss"):
        assert row["unanswerable"]
        assert row["really"] not in row["question"]
        assert row["document"] in {article.id for article in ARTICLES}
        assert "Silva tell Marta Silva" not in row["question"]
        assert not (
            "Marta Silva" in row["question"] and row["really"] == "Oda Kenji" and "did Marta Silva" in row["question"]
        )


def test_the_unanswerable_asks_people_of_the_archive_for_what_stands_nowhere_near_them(
    rows: list[dict[str, Any]], archive: Archive
) -> None:
    names = {each.name for each in People(archive.statements).everybody()}
    for row in of_kind(rows, "unanswerable"):
        assert any(name in row["question"] for name in names)
        assert "evidence" not in row


def test_no_question_is_asked_twice_and_ids_are_unique(rows: list[dict[str, Any]]) -> None:
    questions = [row["question"].lower() for row in rows]
    assert len(set(questions)) == len(questions)
    assert len({row["id"] for row in rows}) == len(rows)


def test_the_same_seed_makes_the_same_questions_and_another_one_others(folder: Path, tmp_path: Path) -> None:
    def made(name: str, *options: str) -> bytes:
        make.main([str(tmp_path / name), "--data", str(folder), "--count", "8", *options])
        return (tmp_path / name).read_bytes()

    assert made("first") == made("second")
    assert made("first.2", "--seed", "2") != made("first.3", "--seed", "3")


def test_only_the_kinds_that_are_wanted_are_made(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "made.jsonl"
    assert make.main([str(out), "--data", str(folder), "--count", "4", "--kind", "who", "--kind", "nearmiss"]) == 0
    cases: list[Case] = load([out])
    assert [case.kind for case in cases] == ["who", "nearmiss", "who", "nearmiss"]


def test_questions_are_spread_over_the_articles(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "made.jsonl"
    assert make.main([str(out), "--data", str(folder), "--count", "4", "--kind", "who"]) == 0
    assert len({case.evidence[0].document for case in load([out])}) == 4


def test_what_is_held_out_is_named_and_asked_for_as_what_cannot_be_answered(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "made.jsonl"
    make.main([str(out), "--data", str(folder), "--count", "24", "--hold-out", "0.5"])
    printed = capsys.readouterr().out.partition("for an index without these articles:\n")[2].splitlines()
    held = {line for line in printed if line.endswith(".txt")}
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    asked = [row for row in rows if "held_out" in row]
    assert len(held) == 2
    assert asked
    assert {row["held_out"] for row in asked} <= held
    assert all(row["unanswerable"] for row in asked)
    assert not held & {each["document"] for row in rows for each in row.get("evidence", ())}


def test_fewer_than_wanted_are_written_and_the_reasons_told(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "made.jsonl"
    assert make.main([str(out), "--data", str(folder), "--count", "500", "--kind", "who"]) == 1
    told = capsys.readouterr()
    assert "of 500 questions could be made" in told.err
    assert "its speaker is not named where it stands" in told.out
    assert load([out])


def test_a_file_that_is_there_is_kept_unless_it_is_forced(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "made.jsonl"
    out.write_text("mine", "utf-8")
    with pytest.raises(SystemExit) as ended:
        make.main([str(out), "--data", str(folder), "--count", "1"])
    assert ended.value.code == 2
    assert "--force" in capsys.readouterr().err
    assert out.read_text("utf-8") == "mine"
    assert make.main([str(out), "--data", str(folder), "--count", "1", "--force"]) == 0
    assert load([out])


def test_an_index_that_is_missing_empty_or_without_statements_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "made.jsonl"
    Catalogue(tmp_path / "empty").close()
    silent = filled(tmp_path / "silent", ARTICLES[:1], ())
    for index, problem in (
        (tmp_path / "none", "no index"),
        (tmp_path / "empty", "no article"),
        (silent, "nobody says"),
    ):
        assert make.main([str(out), "--data", str(index)]) == 1
        assert problem in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(("option", "value"), [("--count", "0"), ("--hold-out", "1"), ("--kind", "why")])
def test_wrong_usage_is_told(option: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        make.main([str(tmp_path / "made.jsonl"), option, value])
    assert ended.value.code == 2
