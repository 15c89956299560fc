"""Lists, counts and orders within filters: whose words, published when, said when; over statements written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from retriever.records import Article, Filters, Statement, When
from service.sayings import Period, Sayings
from tests.retriever.said import statement
from tests.retriever.stores import article, stocked

REPORT = article(
    "report.txt",
    "Élise Roux said that the ferry was late. Ane Holm said that the ferry was full. Holm said that the ferry sank.",
    published=date(2023, 1, 10),
)
LATER = article(
    "later.txt", "In December Ane Holm had said that the ferry would sail again.", published=date(2023, 5, 2)
)
UNDATED = article("undated.txt", "Bo Lund said that the ferry was red.")
DECEMBER = When(date(2022, 12, 1), date(2022, 12, 31), "month", "text", "In December", 0, 11)
SPOKEN = "Who has spoken about the ferry?"


@pytest.fixture
def sayings(tmp_path: Path) -> Sayings:
    return over(
        tmp_path,
        statement(REPORT, "that the ferry was late", "Élise Roux"),
        statement(REPORT, "that the ferry was full", "Ane Holm"),
        statement(REPORT, "that the ferry sank", None, speaker_text="Holm"),
        statement(LATER, "that the ferry would sail again", "Ane Holm", said_on=DECEMBER),
        statement(UNDATED, "that the ferry was red", "Bo Lund"),
        articles=(REPORT, LATER, UNDATED),
    )


def over(folder: Path, *statements: Statement, articles: Sequence[Article]) -> Sayings:
    """Sayings over a catalogue that holds just these."""
    catalogue = stocked(folder, *articles)
    for each in articles:
        catalogue.statements.put(each.id, [one for one in statements if one.article_id == each.id], "1")
    return Sayings(catalogue.statements, catalogue)


def said(sayings: Sayings, question: str, filters: Filters, period: Period | None = None) -> list[str]:
    """The words of all that an answer counts."""
    _, everything = sayings.drafts(question, filters, *([period] if period else []))
    return [entry.statement.content.removeprefix("that the ferry ") for entry in everything]


@pytest.mark.parametrize(
    ("speakers", "words"),
    [
        (("Holm",), {"was full", "sank", "would sail again"}),
        (("Holm Ane",), {"was full", "would sail again"}),
        (("elise roux",), {"was late"}),
        (("Roux", "Lund"), {"was late", "was red"}),
        (("Hol",), set()),
        (("Carl Friis",), set()),
    ],
)
def test_only_those_who_are_filtered_for_are_listed(
    sayings: Sayings, speakers: tuple[str, ...], words: set[str]
) -> None:
    assert set(said(sayings, SPOKEN, Filters(speakers=speakers))) == words


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many times has Ane Holm spoken about the ferry?", ""),
        ("What has Ane Holm said about the ferry?", ""),
        ("How many times has Élise Roux spoken about the ferry?", "1 statement by Élise Roux on ferry"),
        ("Did Ane Holm speak about the ferry before Élise Roux did?", ""),
    ],
)
def test_a_count_an_order_and_all_of_one_keep_to_the_speakers_too(sayings: Sayings, question: str, told: str) -> None:
    drafts, _ = sayings.drafts(question, Filters(speakers=("Roux",)))
    assert bool(drafts) is bool(told)
    assert not drafts or drafts[0].text.startswith(told)


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters(since=date(2023, 2, 1)), ["would sail again"]),  # was said before
        (Filters(until=date(2022, 12, 31)), []),
        (Filters(since=date(2023, 1, 10), until=date(2023, 1, 10)), ["was late", "was full", "sank"]),
    ],
)
def test_days_of_a_filter_are_days_of_publication(sayings: Sayings, filters: Filters, words: list[str]) -> None:
    assert said(sayings, SPOKEN, filters) == words


def test_days_of_the_question_are_days_on_which_it_was_said(sayings: Sayings) -> None:
    in_2022 = Period(date(2022, 1, 1), date(2022, 12, 31))
    assert said(sayings, SPOKEN, Filters(), in_2022) == ["would sail again"]
    assert said(sayings, SPOKEN, Filters(since=date(2023, 2, 1)), in_2022) == ["would sail again"]
    assert said(sayings, SPOKEN, Filters(until=date(2023, 2, 1)), in_2022) == []


# Of the three words of "ferry fuel tax" the last stands in most articles.
COMMON = tuple(article(f"{n}.txt", "Ane Holm said that the tax stayed.") for n in range(4))
NOTES = article("notes.txt", "Ane Holm said that ferry fuel was dear.", published=date(2022, 1, 10))
ACT = article("act.txt", "Ane Holm said that the tax on ferry fuel was wrong.", published=date(2023, 5, 2))
VIEW = article("view.txt", "Bo Lund said that ferry fuel was cheap.", published=date(2022, 6, 1))
HOLM_EARLY = statement(NOTES, "that ferry fuel was dear", "Ane Holm")
HOLM_WHOLE = statement(ACT, "that the tax on ferry fuel was wrong", "Ane Holm")
LUND = statement(VIEW, "that ferry fuel was cheap", "Bo Lund")


def first(folder: Path, question: str, *statements: Statement) -> str:
    """The first sentence of the answer; "" where there is none."""
    drafts, _ = over(folder, *statements, articles=(NOTES, ACT, VIEW, *COMMON)).drafts(question, Filters())
    return drafts[0].text if drafts else ""


def test_two_are_compared_by_the_same_words_and_fewer_ones_are_said(tmp_path: Path) -> None:
    asked = "Did Bo Lund comment on ferry fuel tax before Ane Holm did?"
    told = first(tmp_path, asked, HOLM_EARLY, HOLM_WHOLE, LUND)
    # With all three words Ane Holm spoke in 2023; with those that Bo Lund used, before him.
    assert told.startswith(
        "No, after (the first statements of each) on ferry fuel (fewer words than were asked for). January 10, 2022 "
    )


def test_words_that_both_used_need_no_fewer(tmp_path: Path) -> None:
    told = first(tmp_path, "Who spoke first about ferry fuel, Bo Lund or Ane Holm?", HOLM_WHOLE, LUND)
    assert told.startswith("Before: Bo Lund spoke first. June 1, 2022 ")


def test_two_who_never_used_the_same_words_are_not_compared(tmp_path: Path) -> None:
    about_tax = statement(COMMON[0], "that the tax stayed", "Ane Holm")
    assert first(tmp_path, "Did Bo Lund comment on ferry fuel tax before Ane Holm did?", about_tax, LUND) == ""


def test_two_things_that_the_question_names_stay_two_and_fewer_words_are_said(tmp_path: Path) -> None:
    asked = "Did Bo Lund speak about ferry fuel tax before Ane Holm warned about ferry fuel?"
    assert " on ferry fuel and ferry fuel (fewer words than were asked for). " in first(
        tmp_path, asked, HOLM_EARLY, LUND
    )
