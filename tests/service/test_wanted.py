"""Which questions want a list, a count or an order, read from their words alone."""

from __future__ import annotations

from datetime import date

import pytest

from service.sayings.groups import group
from service.sayings.index import ALWAYS, Period
from service.sayings.offices import office
from service.sayings.wanted import WantedCount, WantedGroup, WantedOffice, WantedOrder, wish_in

IN_2023 = Period(date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("question", "named", "about", "without", "period"),
    [
        ("What have Danish officials said about herring?", "Danish officials", "herring", (), ALWAYS),
        ("what do analysts say about the herring quota", "analysts", "herring quota", (), ALWAYS),
        ("What have senior ministers of Norway said about eels in 2023?", None, "eels", (), IN_2023),
        ("Which lawmakers have spoken about eels?", "lawmakers", "eels", (), ALWAYS),
        ("What did officials of the Danish foreign ministry say about eels?", None, "eels", (), ALWAYS),
    ],
)
def test_a_group_is_told_from_a_person(
    question: str, named: str | None, about: str, without: tuple[str, ...], period: Period
) -> None:
    wish = wish_in(question)
    assert isinstance(wish, WantedGroup)
    assert wish.group is not None
    assert named is None or wish.group.asked == named
    assert (wish.about, wish.without, wish.period) == (about, without, period)


@pytest.mark.parametrize(
    ("question", "without"),
    [
        ("Who has spoken about the ferry?", ()),
        ("Who mentioned ferry in these reports?", ()),
        ("Who else has said anything about the ferry besides Ane Holm and Bo Lund?", ("Ane Holm", "Bo Lund")),
        ("Apart from Ane Holm, who spoke about the ferry?", ("Ane Holm",)),
    ],
)
def test_anybody_may_have_spoken_but_those_who_are_left_out(question: str, without: tuple[str, ...]) -> None:
    assert wish_in(question) == WantedGroup(None, "ferry", without)


@pytest.mark.parametrize(
    ("question", "country", "title"),
    [
        ("Who has been Japan's foreign minister across these reports?", "Japan", "foreign minister"),
        ("Who is the Danish prime minister?", "Denmark", "prime minister"),
        ("Which prime ministers of Denmark appear in these reports?", "Denmark", "prime minister"),
        ("Who was the spokesman of Norway’s fisheries ministry?", "Norway", "fisheries ministry spokesman"),
        ("Who was Norway’s ambassador to Denmark?", "Norway", "ambassador"),
        ("Who was the White House press secretary?", "United States", "press secretary"),
    ],
)
def test_an_office_is_known_by_its_country_and_title(question: str, country: str, title: str) -> None:
    wish = wish_in(question)
    assert isinstance(wish, WantedOffice)
    assert wish.office.whose.name == country
    assert title in wish.office.titles


def test_an_office_may_be_asked_for_within_a_time() -> None:
    wish = wish_in("Who was Norway's ambassador to Denmark in 2023?")
    assert isinstance(wish, WantedOffice)
    assert wish.period == IN_2023
    assert wish.office.to is not None
    assert wish.office.to.name == "Denmark"


@pytest.mark.parametrize(
    ("question", "wish"),
    [
        ("How many times has Ane Holm mentioned eels?", WantedCount("Ane Holm", "eels")),
        ("How often did Ane Holm speak about the eels in 2023?", WantedCount("Ane Holm", "eels", IN_2023)),
        ("How many statements by Ane Holm are there?", WantedCount("Ane Holm", None)),
        ("How many statements has Holm made about eels?", WantedCount("Holm", "eels")),
        (
            "Did Holm warn about eels before or after Lund did?",
            WantedOrder(("Holm", "Lund"), ("eels", "eels")),
        ),
        (
            "Did Holm say that eels die before Lund said that herring thrive?",
            WantedOrder(("Holm", "Lund"), ("eels die", "herring thrive"), "before"),
        ),
        ("Who spoke first about eels, Holm or Lund?", WantedOrder(("Holm", "Lund"), ("eels", "eels"))),
        ("Which of Holm and Lund spoke first about eels?", WantedOrder(("Holm", "Lund"), ("eels", "eels"))),
    ],
)
def test_counts_and_orders_are_read_with_whom_and_what(question: str, wish: WantedCount | WantedOrder) -> None:
    assert wish_in(question) == wish


@pytest.mark.parametrize(
    "question",
    [
        "Who told Japan's foreign minister that the eels had died?",
        "Which two foreign ministers held the call?",
        "Who is the harbour master at Elvebakken?",
        "Who was Denmark's prime minister when the ferry sank?",
        "Who met the prime minister of Denmark?",
        "Who spoke for the fisheries ministry?",
        "Did Holm say when he would come before the council?",
        "How many ministers spoke?",
        "How many tonnes did Holm speak of?",
        "What did Holm say about eels?",
        "What did the minister say about eels?",
        "When did Danish officials visit?",
        "Who has been prime minister?",
        f"Who has been Japan's foreign minister {'really ' * 60}?",
    ],
)
def test_other_questions_are_left_alone(question: str) -> None:
    assert wish_in(question) is None


def test_an_ambassador_to_a_country_does_not_belong_to_it() -> None:
    danes, norwegians = group("Danish officials"), group("officials from Norway")
    assert danes is not None
    assert norwegians is not None
    described = ["Norway's ambassador to Denmark"]
    assert not danes.has(described)
    assert norwegians.has(described)


def test_a_university_has_presidents_but_no_officials() -> None:
    danes = group("Danish officials")
    assert danes is not None
    assert not danes.has(["president of a Danish university"])
    assert danes.has(["Danish president"])


def test_who_stands_beside_an_office_does_not_hold_it() -> None:
    danes, mexicans = group("Danish officials"), group("Mexican officials")
    assert danes is not None
    assert mexicans is not None
    assert danes.has((), before=["the Danish foreign minister"], behind=["Denmark’s ambassador to Norway"])
    assert not danes.has((), before=["Danish minister Lund’s brother"], behind=["Danish Minister Bo Lund and others"])
    assert not danes.has((), behind=["a friend of the Danish minister"])
    assert not danes.has(["a minister", "Danish by birth"])
    assert not mexicans.has(["former governor of New Mexico"])


@pytest.mark.parametrize(
    "named", ["Holm", "the harbour master of Elvebakken", "foreign minister", "of Denmark", "Danish", ""]
)
def test_words_that_are_no_office_of_a_country_are_none(named: str) -> None:
    assert office(named) is None
