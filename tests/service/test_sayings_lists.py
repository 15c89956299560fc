"""Groups of speakers, offices over time, before and after, counts: complete over a small archive, each word a slice."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.records import Filters
from retriever.speaking import Speaking
from tests.service.desk import Desk

# Name -> title, day of publication and text.
ARTICLES = {
    "a.txt": (
        "Ferries",
        "2021-03-02",
        "Danish Foreign Minister Ane Holm said that the ferry treaty was old. Norwegian Foreign Minister Bo Lund said "
        "that the ferry treaty should stay as it is.",
    ),
    "b.txt": (
        "Harbours",
        "2022-05-10",
        "Denmark's foreign minister, Ane Holm, visited the harbour. Ane Holm said that the new harbour was deep.",
    ),
    "c.txt": (
        "A new face",
        "2023-06-20",
        "Carl Friis, who became Denmark's foreign minister in May, said that he would read the ferry treaty again. "
        "Erik Dahl, a professor of law at Aarhus, said that the ferry treaty had never been signed.",
    ),
    "d.txt": (
        "Looking back",
        "2023-09-01",
        "The former Danish foreign minister Gerda Vang praised the weather. Foreign Minister Carl Friis met the deputy "
        "Danish foreign minister.",
    ),
    "e.txt": (
        "Eels",
        "2023-10-05",
        "Ane Holm said that the eels were ill. Bo Lund warned on October 1 that the eels would be gone by spring.",
    ),
    "f.txt": (
        "Eels, again",
        "2023-10-06",
        "Ane Holm said that the eels were ill. Bo Lund warned on October 1 that the eels would be gone by spring.",
    ),
    # Beside the office, and none of its holders.
    "g.txt": (
        "Gulls",
        "2023-11-02",
        "After an hour with Bo Lund, Denmark's foreign minister told reporters about the gulls. Meanwhile, Denmark's "
        "foreign minister, who had a cold, stayed in bed. The Danish foreign minister, Erik Dahl said, was ill.",
    ),
}


@pytest.fixture(scope="module")
def straits(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, speaking: Speaking) -> Desk:
    assert request.config.cache is not None
    folder = tmp_path_factory.mktemp("lists")
    (folder / "archive").mkdir()
    for name, (title, day, text) in ARTICLES.items():
        (folder / "archive" / name).write_text(f"---\ntitle: {title}\npublished: {day}\n---\n{text}\n", "utf-8")
    cache = request.config.cache.mkdir("whosaid-model")
    return Desk.over(
        folder / "archive", index=folder / "index", cache=cache, speaking=speaking, expected=("added", "duplicate")
    )


def test_a_group_is_counted_by_person_with_what_each_said(straits: Desk) -> None:
    answer = straits.ask("What have Danish officials said about the ferry treaty?")
    assert answer.answer.startswith("2 statements by Danish officials on ferry treaty, by 2 speakers: Ane Holm (1), ")
    assert "Carl Friis (1)" in answer.answer
    assert [each["document_id"] for each in answer.statements] == ["a.txt", "c.txt"]
    assert len(answer.answer.split()) <= 80


def test_the_office_may_stand_in_another_article_than_the_words(straits: Desk) -> None:
    answer = straits.ask("Which Norwegian ministers have spoken about eels?")
    assert {each["speaker"] for each in answer.statements} == {"Bo Lund"}


def test_experts_are_no_officials(straits: Desk) -> None:
    answer = straits.ask("What do analysts say about the ferry treaty?")
    assert {each["speaker"] for each in answer.statements} == {"Erik Dahl"}


def test_who_else_leaves_out_those_who_are_named(straits: Desk) -> None:
    everybody = straits.ask("Who has spoken about the ferry treaty?")
    others = straits.ask("Who else has spoken about the ferry treaty besides Ane Holm?")
    assert {each["speaker"] for each in everybody.statements} == {"Ane Holm", "Bo Lund", "Carl Friis", "Erik Dahl"}
    assert {each["speaker"] for each in others.statements} == {"Bo Lund", "Carl Friis", "Erik Dahl"}


def test_fewer_words_are_tried_where_nobody_said_all_and_the_answer_says_so(straits: Desk) -> None:
    answer = straits.ask("Who has spoken about sick eels?")
    assert " on eels (fewer words than were asked for) in 2 articles" in answer.answer
    assert {each["speaker"] for each in answer.statements} == {"Ane Holm", "Bo Lund"}


def test_holders_of_an_office_come_in_the_order_of_their_days(straits: Desk) -> None:
    answer = straits.ask("Who has been Denmark's foreign minister across these reports?")
    assert [sentence.text for sentence in answer.sentences] == [
        "3 people are called Denmark's foreign minister in these documents (by the articles’ dates): Gerda Vang, as a "
        "former one, September 1, 2023 (“former Danish foreign minister Gerda Vang”).",
        "Ane Holm, March 2, 2021 to May 10, 2022 (“Danish Foreign Minister Ane Holm”).",
        "Carl Friis, June 20, 2023 to September 1, 2023 (“Carl Friis, who became Denmark's foreign minister”).",
    ]
    assert [citation.document_id for citation in answer.citations] == ["d.txt", "a.txt", "c.txt"]


def test_a_year_keeps_those_who_held_the_office_in_it(straits: Desk) -> None:
    answer = straits.ask("Who was Denmark's foreign minister in 2021?")
    assert answer.answer.startswith("1 person is called Denmark's foreign minister in these documents ")
    assert "Ane Holm" in answer.answer
    assert "Friis" not in answer.answer


def test_nothing_outside_the_filters_is_looked_at(straits: Desk) -> None:
    answer = straits.ask("Who has been Denmark's foreign minister?", filters=Filters(documents=("b.txt",)))
    assert {citation.document_id for citation in answer.citations} == {"b.txt"}


def test_an_office_that_nobody_is_said_to_hold_goes_the_way_of_other_questions(straits: Desk) -> None:
    answer = straits.ask("Who has been Denmark's prime minister?")
    assert "called" not in answer.answer


def test_the_order_is_said_first_and_both_are_told_with_their_days(straits: Desk) -> None:
    answer = straits.ask("Did Carl Friis speak about the ferry treaty before or after Ane Holm did?")
    assert answer.answer.startswith("After: Ane Holm spoke first. March 2, 2021 (the article’s date): ")
    assert [citation.document_id for citation in answer.citations] == ["a.txt", "c.txt"]


def test_whether_it_was_before_is_said_yes_or_no(straits: Desk) -> None:
    assert straits.ask("Did Ane Holm speak about the ferry treaty before Carl Friis did?").answer.startswith(
        "Yes, before."
    )
    assert straits.ask("Did Ane Holm speak about the ferry treaty after Carl Friis did?").answer.startswith(
        "No, before."
    )


def test_days_too_close_to_tell_leave_the_order_open(straits: Desk) -> None:
    answer = straits.ask("Who spoke first about the ferry treaty, Ane Holm or Bo Lund?")
    assert answer.answer.startswith("The order cannot be told from the dates. ")
    assert len(answer.statements) == 2


def test_what_a_copy_repeats_is_counted_once_and_said_so(straits: Desk) -> None:
    answer = straits.ask("Who has spoken about eels?")
    assert answer.answer.startswith("2 statements on eels in 2 articles from 1 source, by 2 speakers: ")
    assert {each["document_id"] for each in answer.statements} == {"e.txt"}


def test_how_often_somebody_spoke_is_counted(straits: Desk) -> None:
    assert straits.ask("How many times has Ane Holm mentioned eels?").answer.startswith(
        "1 statement by Ane Holm on eels"
    )
    everything = straits.ask("How many statements by Ane Holm are there?")
    assert everything.answer.startswith(
        "3 statements by Ane Holm in 4 articles from 3 sources. The first and the last: "
    )
    assert len(everything.statements) == 3


@pytest.mark.parametrize(
    ("question", "filters", "speakers"),
    [
        ("Who has spoken about the ferry treaty?", Filters(speakers=("Holm",)), {"Ane Holm"}),
        ("speaker:Lund Who has spoken about the ferry treaty?", Filters(), {"Bo Lund"}),
        ("speaker:Lund How many times has Ane Holm mentioned eels?", Filters(), set()),
        # What both said on October 1 stands in an article of October 5.
        ("Who has spoken about eels?", Filters(since=date(2023, 10, 3)), {"Ane Holm", "Bo Lund"}),
        ("Who has spoken about eels? from:2023-10-03", Filters(), {"Ane Holm", "Bo Lund"}),
        ("Who has spoken about eels since October 3, 2023?", Filters(), set()),
        ("Who has spoken about eels before October 3, 2023?", Filters(), {"Ane Holm", "Bo Lund"}),
    ],
)
def test_a_list_keeps_to_speakers_days_of_publication_and_days_of_saying(
    straits: Desk, question: str, filters: Filters, speakers: set[str]
) -> None:
    answer = straits.ask(question, filters=filters)
    assert all(chip.applied for chip in answer.understood)
    listed = answer.statements if " statement" in answer.answer else ()
    assert {each["speaker"] for each in listed} == speakers
