"""A chat model's text cut into sentences while it comes."""

from __future__ import annotations

import pytest

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
    ],
)
def test_marks_are_read_in_every_usual_form(mark: str, cites: tuple[int, ...]) -> None:
    assert [each.cites for each in cut(f"It rained {mark}.")] == [cites]


def test_brackets_that_hold_words_stay() -> None:
    assert [each.text for each in cut("He said that “[it] must close” [2].")] == ["He said that “[it] must close”."]


def test_the_marker_of_an_absent_answer_is_told_from_text() -> None:
    absent, other = cut("Not in the passages.\nThe passages do not say when.")
    assert absent.is_absent
    assert not other.is_absent


@pytest.mark.parametrize("text", ["", " \n ", "[1]", "**"])
def test_nothing_comes_of_nothing(text: str) -> None:
    assert cut(text) == []


def test_look_alike_marks_cite_and_what_nobody_sees_is_left_out() -> None:
    (found,) = cut("The p\u200bier is\u202e old［３］【1】.")
    assert (found.text, found.cites) == ("The pier is old.", (3, 1))


def test_a_mark_that_opens_the_next_sentence_is_left_behind() -> None:
    assert [each.text for each in cut("He pulled out the plug. “[1]")] == ["He pulled out the plug."]
