"""Everything that somebody said about something: all of it, counted, in the order of its days, every word a slice."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.records import Filters
from retriever.speaking import Speaking
from service.records import Answer
from service.sayings import SHOWN, Wanted, wanted_in
from tests.service.desk import Desk

# Name -> title, outlet, day of publication and text. In no order of days.
ARTICLES = {
    "c-rebuilt.txt": (
        "A new pier for Elvebakken",
        "Northern Wire",
        "2023-05-04",
        "Mayor Tomas Vik said that the new pier would be built of steel. Ingrid Moe said that the ferry would use it.",
    ),
    "a-loan.txt": (
        "Ferry company asks for help",
        "Coast Post",
        "2023-02-03",
        "Ingrid Moe told reporters that the ferry could sail until June. Mayor Tomas Vik argued that the ferry needed "
        "no loan from the town.",
    ),
    "d-closed.txt": (
        "Mayor speaks to fishermen",
        "Harbour Daily",
        "2022-11-23",
        "Mayor Tomas Vik said that the wooden pier must close before winter. “The pier is older than the town, and it "
        "will not outlive it,” Vik said. Captain Nora Lind said that the storm was the worst in twenty years.",
    ),
    "b-costs.txt": (
        "What the repairs cost",
        "Coast Post",
        "2022-12-14",
        "“Nobody has ever paid so much for a pier in this county,” Mayor Tomas Vik said. The council met for an hour.",
    ),
}
REMARKS = """---
title: Joint remarks by Harbour Minister Lena Brandt and Foreign Minister Élise Roux
source: Ministry of Harbours
published: 2023-03-14
---
HARBOUR MINISTER BRANDT: Good morning. The strait is open to small fishing boats from the first of May.

FOREIGN MINISTER ROUX: We regard the quarrel over herring quotas as closed.
"""
BY_DAY = ["d-closed.txt", "d-closed.txt", "b-costs.txt", "c-rebuilt.txt"]
PIER = "What has Tomas Vik said about the pier?"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, speaking: Speaking) -> Desk:
    assert request.config.cache is not None
    folder = tmp_path_factory.mktemp("sayings")
    (folder / "archive").mkdir()
    for name, (title, source, day, text) in ARTICLES.items():
        head = f"---\ntitle: {title}\nsource: {source}\npublished: {day}\n---\n"
        (folder / "archive" / name).write_text(f"{head}{text}\n", "utf-8")
    (folder / "archive" / "e-remarks.txt").write_text(REMARKS, "utf-8")
    cache = request.config.cache.mkdir("whosaid-model")
    return Desk.over(folder / "archive", index=folder / "index", cache=cache, speaking=speaking)


def told(answer: Answer) -> list[str]:
    """The articles of its statements, in their order."""
    return [each["document_id"] for each in answer.statements]


def test_all_are_counted_the_first_three_told_and_every_one_is_there_as_data(town: Desk) -> None:
    answer = town.ask(PIER)
    assert not answer.declined
    assert answer.answer.startswith("4 statements by Tomas Vik on pier in these documents; the first of them: ")
    assert len(answer.sentences) == SHOWN == 3
    assert told(answer) == BY_DAY
    assert {each["speaker"] for each in answer.statements} == {"Tomas Vik"}
    days = [each["said_on"]["from"] for each in answer.statements]
    assert days == ["2022-11-23", "2022-11-23", "2022-12-14", "2023-05-04"]
    assert [citation.document_id for citation in answer.citations] == BY_DAY[:3]


def test_every_slice_of_a_statement_is_the_articles(town: Desk) -> None:
    for each in town.ask(PIER).statements:
        text = town.articles.article(each["document_id"]).text
        assert each["content"] == " … ".join(text[start:end] for start, end in each["slices"])
        assert "pier" in each["content"]
        assert each["speaker_text"] in text[each["start"] : each["end"]]


def test_a_statement_is_told_whole_with_who_says_it_behind_its_day(town: Desk) -> None:
    day, _, told_of = town.ask(PIER).sentences[1].text.partition(": ")
    assert day == "November 23, 2022 (the article’s date)"
    assert told_of == "“The pier is older than the town, and it will not outlive it,” Vik said."


def test_a_turn_of_a_transcript_is_quoted_without_its_label(town: Desk) -> None:
    answer = town.ask("Everything that Lena Brandt said about the strait")
    assert answer.sentences[0].text == (
        "1 statement by Lena Brandt on strait in these documents: March 14, 2023 (the article’s date): “The strait is "
        "open to small fishing boats from the first of May.”"
    )


def test_few_enough_are_all_told(town: Desk) -> None:
    answer = town.ask("What has Ingrid Moe said about the ferry?")
    assert answer.answer.startswith("2 statements by Ingrid Moe on ferry in these documents: ")
    assert told(answer) == ["a-loan.txt", "c-rebuilt.txt"]
    (only,) = town.ask("Everything that Nora Lind has said about the storm.").statements
    assert only["content"] == "that the storm was the worst in twenty years"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What has Tomas Vik said about the pier in 2022?", BY_DAY[:3]),
        ("Everything Tomas Vik said about the pier in 2023", BY_DAY[3:]),
        ("List everything that Vik said about loans in 2023.", ["a-loan.txt"]),
    ],
)
def test_a_year_keeps_what_was_said_in_it(town: Desk, question: str, expected: list[str]) -> None:
    assert told(town.ask(question)) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(sources=("Coast Post",)), ["b-costs.txt"]),
        (Filters(sources=("Northern Wire", "Harbour Daily")), ["d-closed.txt", "d-closed.txt", "c-rebuilt.txt"]),
        (Filters(documents=("c-rebuilt.txt", "a-loan.txt")), ["c-rebuilt.txt"]),
        (Filters(sources=("Coast Post",), documents=("b-costs.txt",)), ["b-costs.txt"]),
        (Filters(since=date(2022, 12, 1)), ["b-costs.txt", "c-rebuilt.txt"]),
        (Filters(since=date(2022, 12, 1), until=date(2022, 12, 31)), ["b-costs.txt"]),
    ],
)
def test_nothing_outside_the_filters_is_told_or_given(town: Desk, filters: Filters, expected: list[str]) -> None:
    answer = town.ask(PIER, filters=filters)
    assert told(answer) == expected
    assert {citation.document_id for citation in answer.citations} <= set(expected)


def test_a_year_and_a_filter_that_share_no_day_leave_nothing(town: Desk) -> None:
    answer = town.ask("What has Tomas Vik said about the pier in 2022?", filters=Filters(since=date(2023, 1, 1)))
    assert not answer.answer.startswith(("1 statement", "4 statements"))
    assert "d-closed.txt" not in {citation.document_id for citation in answer.citations}


@pytest.mark.parametrize("question", ["What has Tomas Vik said about bananas?", "What has Aiko Sato said about piers?"])
def test_where_nothing_was_said_the_question_goes_the_way_of_others(town: Desk, question: str) -> None:
    answer = town.ask(question)
    assert "statement" not in answer.answer
    assert answer.declined or answer.confidence < 1


def test_another_question_about_the_same_is_answered_by_its_sentence(town: Desk) -> None:
    answer = town.ask("Who said that the wooden pier must close before winter?")
    assert not answer.answer.startswith("4 statements")
    assert "Tomas Vik" in answer.answer


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What has Qin Gang said about seafood?", Wanted("Qin Gang", "seafood")),
        ("what have Qin and Wang said on the islands?", Wanted("Qin and Wang", "islands")),
        ("What all has Qin ever publicly said about a ban?", Wanted("Qin", "ban")),
        ("Everything Qin Gang said about the ban.", Wanted("Qin Gang", "ban")),
        ("Please list every statement that Qin Gang has made about it", None),
        ("List all that Qin said about trade", Wanted("Qin", "trade")),
        (
            "Show me everything Qin has said about trade in 2023?",
            Wanted("Qin", "trade", date(2023, 1, 1), date(2023, 12, 31)),
        ),
        ("What did Qin Gang say about seafood?", None),
        ("Who said everything about trade?", None),
        ("What has changed?", None),
        ("", None),
    ],
)
def test_only_questions_for_everything_are_answered_this_way(question: str, wanted: Wanted | None) -> None:
    assert wanted_in(question) == wanted
