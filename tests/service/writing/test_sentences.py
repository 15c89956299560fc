"""A chat model's text cut into sentences while it comes."""

from __future__ import annotations

import time

import pytest

from service.writing.absence import is_absent
from service.writing.sentences import Sentences, WrittenSentence

TEXT = (
    "- **Tomas Vik** told growers that the pier must close.[1] The U.S. Secretary said “not now.” [2, 4-6]\n"
    "He left on Jan. 5 with Mr. Roux [7]. It rained."
)
WHOLE = [
    ("Tomas Vik told growers that the pier must close.", (1,)),
    ("The U.S. Secretary said “not now.”", (2, 4, 5, 6)),
    ("He left on Jan. 5 with Mr. Roux.", (7,)),
    ("It rained.", ()),
]


def cut(text: str, *, piece: int = 10_000) -> list[WrittenSentence]:
    cutting = Sentences()
    found = [each for at in range(0, len(text), piece) for each in cutting.feed(text[at : at + piece])]
    return [*found, *cutting.rest()]


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 40, 10_000])
def test_sentences_and_their_marks_do_not_depend_on_how_the_text_comes(piece: int) -> None:
    assert [(each.text, each.cites) for each in cut(TEXT, piece=piece)] == WHOLE


@pytest.mark.parametrize("piece", [1, 7, 10_000])
def test_ends_say_how_much_of_the_text_is_settled(piece: int) -> None:
    settled = [TEXT[: each.end].strip()[-9:].strip() for each in cut(TEXT, piece=piece)]
    assert settled == ["close.[1]", "[2, 4-6]", "Roux [7].", "t rained."]


def test_a_sentence_is_given_out_once_the_next_one_has_begun() -> None:
    cutting = Sentences()
    assert list(cutting.feed("The pier must close.")) == []
    assert list(cutting.feed("[1")) == []
    assert list(cutting.feed("] ")) == []
    (first,) = cutting.feed("The harbour master agreed")
    assert (first.text, first.cites) == ("The pier must close.", (1,))


@pytest.mark.parametrize(
    ("mark", "cites"),
    [
        ("[3]", (3,)),
        ("[1][2]", (1, 2)),
        ("[1, 3]", (1, 3)),
        ("[2–4]", (2, 3, 4)),
        ("【5】", (5,)),
        ("[Passage 2]", (2,)),
        ("[source 2]", (2,)),
        ("[Passage 1, Passage 3]", (1, 3)),
        ("(passage 2)", (2,)),
        ("(see passages 1 and 3)", (1, 3)),
        ("(Source: [1])", (1,)),
        ("([1])", (1,)),
        ("[1], [3]", (1, 3)),
        ("[1] and [3]", (1, 3)),
        ("【2†source】", (2,)),
    ],
)
def test_marks_are_read_in_every_usual_form(mark: str, cites: tuple[int, ...]) -> None:
    for text in (f"It rained {mark}.", f"It rained. {mark}.", f"It rained.\nSource: {mark}" if mark[0] == "[" else ""):
        assert {(each.text, each.cites) for each in cut(text, piece=3)} <= {("It rained.", cites)}


@pytest.mark.parametrize("piece", [1, 7, 10_000])
@pytest.mark.parametrize(
    ("opener", "cites"),
    [("According to [2], ", (2,)), ("In passage 2, ", (2,)), ("Passages 1 and 2 say that ", (1, 2)), ("", ())],
)
def test_words_that_say_which_passage_are_a_mark(opener: str, cites: tuple[int, ...], piece: int) -> None:
    text = f"It snowed.[5] {opener}the pier is old."
    first, second = cut(text, piece=piece)
    assert (first.text, first.cites, text[: first.end].strip()) == ("It snowed.", (5,), "It snowed.[5]")
    assert (second.text, second.cites) == ("The pier is old.", cites)


def test_a_passage_named_within_a_sentence_is_a_mark_too() -> None:
    text = "Vik, according to [1], said that the pier is old, as reported in passage 2. He left on May 3."
    found = [(each.text, each.cites) for each in cut(text)]
    assert found == [("Vik said that the pier is old.", (1, 2)), ("He left on May 3.", ())]


@pytest.mark.parametrize("text", ["[1] and " * 500, "(passage " + "1 and " * 500, "(source" + " " * 3000])
def test_marks_without_end_take_no_time(text: str) -> None:
    started = time.perf_counter()
    cut(f"{text}x")
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("piece", [1, 7, 10_000])
@pytest.mark.parametrize("number", ["{}. ", "{}) ", "**{}.** ", "- {}. ", "{}.\n"])
def test_the_number_of_an_item_is_no_sentence(number: str, piece: int) -> None:
    text = "\n".join(number.format(n) + f"Captain Nora Lind saw boat {n}. [{n}]" for n in (1, 2, 3))
    found = [(each.text, each.cites) for each in cut(text, piece=piece)]
    assert found == [(f"Captain Nora Lind saw boat {n}.", (n,)) for n in (1, 2, 3)]


@pytest.mark.parametrize(
    "layout",
    [
        "## Answer\n\n", "**Answer**\n\n", "### The mayor's words\n", "**The mayor's words:**\n", "Answer:\n",
        "**Answer:** ", "Sure! Here is the answer:\n\n", "Based on the passages, ", "***", "- ", "## 1. Vik\n", "> ",
    ],
)  # fmt: skip
def test_headings_and_what_leads_in_are_no_sentences(layout: str) -> None:
    for piece in (1, 10_000):
        assert [each.text for each in cut(f"{layout}the pier is old [1].", piece=piece)] == ["The pier is old."]


@pytest.mark.parametrize("text", ["**NOT IN THE PASSAGES**", "## Not in the passages", "Answer: NOT IN THE PASSAGES"])
def test_the_words_of_a_refusal_are_no_heading(text: str) -> None:
    assert [is_absent(each.text) for each in cut(text)] == [True]


def test_a_sentence_in_bold_with_its_mark_is_no_heading() -> None:
    assert [each.text for each in cut("**The pier is old [1].**\n## The mayor wants it closed [2]")] == [
        "The pier is old.",
        "The mayor wants it closed",
    ]


@pytest.mark.parametrize("piece", [1, 7, 10_000])
def test_an_item_is_joined_to_the_beginning_of_its_sentence(piece: int) -> None:
    text = "Vik asked for:\n- the pier to be closed [1]\n- The ferry to stop [2].\n\nHe was not heard [1]."
    assert [(each.text, each.cites) for each in cut(text, piece=piece)] == [
        ("Vik asked for the pier to be closed", (1,)),
        ("Vik asked for the ferry to stop.", (2,)),
        ("He was not heard.", (1,)),
    ]
    points = "Here is what Vik asked for:\n- The pier must close. [1]"
    assert [each.text for each in cut(points, piece=piece)] == ["The pier must close."]
    whole = "Vik made two points [3]:\n- The pier must close.\n- The ferry must stop [2]."
    assert [(each.text, each.cites) for each in cut(whole, piece=piece)] == [
        ("The pier must close.", (3,)),
        ("The ferry must stop.", (2,)),
    ]


@pytest.mark.parametrize("piece", [1, 7, 10_000])
def test_the_name_behind_a_quotation_says_whose_it_is(piece: int) -> None:
    text = "“The pier is old.” – Tomas Vik, mayor [1]. He left."
    assert [each.text for each in cut(text, piece=piece)] == ["“The pier is old,” said Tomas Vik, mayor.", "He left."]


def test_a_sentence_begins_with_a_capital_letter() -> None:
    text = "the pier is old. al-Assad was told. iPhones were lost."
    assert [each.text for each in cut(text)] == ["The pier is old.", "al-Assad was told.", "iPhones were lost."]


def test_brackets_that_hold_words_stay() -> None:
    assert [each.text for each in cut("He said that “[it] must close” [2].")] == ["He said that “[it] must close”."]


@pytest.mark.parametrize("text", ["", " \n ", "[1]", "**"])
def test_nothing_comes_of_nothing(text: str) -> None:
    assert cut(text) == []


def test_look_alike_marks_cite_and_what_nobody_sees_is_left_out() -> None:
    (found,) = cut("The p\u200bier is\u202e old［３］【1】.")
    assert (found.text, found.cites) == ("The pier is old.", (3, 1))


def test_a_mark_that_opens_the_next_sentence_is_left_behind() -> None:
    assert [each.text for each in cut("He pulled out the plug. “[1]")] == ["He pulled out the plug."]
