"""What a chat model writes anew, how much of what it writes is taken, and what is said of it when it fails."""

from __future__ import annotations

import pytest

from service.chatmodel import failures
from service.records import Turn
from tests.service.writing import scripted
from tests.service.writing.conftest import Room
from tests.service.writing.scripted import Fails, Scripted, failed
from tests.service.writing.test_answering import FALSE, PIER, TRUE


def test_a_sentence_written_anew_like_one_that_stands_is_not_told_twice(room: Room) -> None:
    answer = room.ask(Scripted.saying(f"{TRUE}[1] {FALSE}[1]", f"1. {TRUE}[1]"), PIER)
    assert answer.answer == f"{TRUE}[1]"
    assert answer.writing
    assert (answer.writing.rewritten, answer.writing.dropped) == (0, 1)


def test_a_sentence_written_anew_is_read_behind_what_stands_before_it_only(room: Room) -> None:
    moe = "Ingrid Moe asked the government for a loan of 12 million kroner."
    replies = f"{FALSE}[1] {moe}[{{0}}]", "1. He said that the wooden pier must close before winter.[1]"
    model = Scripted.saying(replies[0].format(2), replies[1])
    answer = room.ask(model, PIER)
    assert not answer.answer.startswith("He said") or "Vik" in answer.question


def test_that_one_thing_is_not_there_is_no_refusal_of_all(room: Room) -> None:
    for absent in (
        "The cost is not in the passages.",
        "NOT IN THE PASSAGES.",
        "The text does not mention the cost. [1]",
    ):
        model = Scripted.saying(f"{FALSE}[1] {absent}", f"1. {TRUE}[1]")
        answer = room.ask(model, PIER)
        assert (answer.answer, answer.answerer) == (f"{TRUE}[1]", "model")


@pytest.mark.parametrize(
    "refusal",
    ["The passages do not say what Tomas Vik said about the pier. [1]", "I'm sorry, but I cannot answer this."],
)
def test_a_refusal_in_the_models_own_words_is_one(room: Room, refusal: str) -> None:
    model = Scripted.saying(refusal)
    answer = room.ask(model, "Who met the growers?")
    assert (answer.declined, answer.answerer, len(model.asked)) == (True, "model", 1)
    answer = room.ask(Scripted.saying(f"{refusal} {TRUE}[1]"), PIER)
    assert (answer.answer, room.outcomes) == (f"{TRUE}[1]", ["dropped", "passed"])
    assert answer.writing
    assert (answer.writing.dropped, answer.writing.notes) == (0, ())


def test_a_refusal_in_place_of_a_sentence_written_anew_gives_it_up(room: Room) -> None:
    replies = f"{TRUE}[1] {FALSE}[1]", "**1.** The passages do not say what a new pier would cost [1]."
    answer = room.ask(Scripted.saying(*replies), PIER)
    assert answer.answer == f"{TRUE}[1]"


def test_of_a_numbered_list_only_the_item_that_fails_is_left_out(room: Room) -> None:
    items = (TRUE, FALSE, "The talks in Elvebakken lasted three hours.")
    written = "\n".join(f"{number}. {item} [1]" for number, item in enumerate(items, start=1))
    answer = room.ask(Scripted.saying(f"Here is what is told:\n\n{written}", "1. DROP"), PIER)
    assert [each.text for each in answer.sentences] == [items[0], items[2]]
    assert answer.writing
    assert (answer.writing.written, answer.writing.dropped) == (3, 1)


def test_an_item_that_is_no_sentence_is_left_out(room: Room) -> None:
    answer = room.ask(Scripted.saying(f"{TRUE}[1]\n- the wooden pier of Elvebakken [1]", "1. DROP"), PIER)
    assert answer.answer == f"{TRUE}[1]"


def test_a_request_to_write_anew_fits_the_window_with_its_reply(room: Room) -> None:
    for context in range(1400, 2600, 100):
        model = Scripted(
            [f"{TRUE}[1] {FALSE}[1] {FALSE.replace('90', '80')}[1]", "1. DROP"], context=context, reply=128
        )
        room.ask(model, PIER)
        assert len(model.asked) <= 2
        for messages in model.asked:
            assert model.count("\n".join(text for _, text in messages)) + model.reply <= context


def test_a_reply_that_comes_at_once_is_no_longer_than_one_in_pieces(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = " ".join(f"The pier is {n} years old.[1]" for n in range(20))
    in_pieces = room.ask(Scripted.saying(f"{TRUE}[1] {sentences}", "1. DROP"), PIER)
    monkeypatch.setattr(scripted, "PIECE", 10_000)
    at_once = room.ask(Scripted.saying(f"{TRUE}[1] {sentences}", "1. DROP"), PIER)
    assert at_once.writing
    assert in_pieces.writing
    assert at_once.writing.written == in_pieces.writing.written == 4


def test_why_there_is_no_answer_of_the_model_is_told_once(room: Room) -> None:
    beside = Fails(f"{TRUE}[1] Nobody", failed(failures.ModelBrokeOff))
    answer = room.ask(Scripted.saying(beside), "How long did the talks in Elvebakken last?")
    assert answer.writing
    assert answer.writing.fallback == failures.ModelBrokeOff.code
    assert len(answer.writing.notes) == 1
    assert "without the chat model: " in answer.writing.notes[0]


def test_a_model_that_failed_before_a_certain_answer_was_asked(room: Room) -> None:
    turns = (Turn("user", "Who met the growers?"), Turn("assistant", "Lena Brandt met the growers."))
    model = Scripted.saying(Fails("", failed(failures.ModelTimeout)))
    answer = room.ask(model, "And who said “the pier will stand for a thousand years and more” then?", history=turns)
    assert answer.writing
    assert not model.asked or all("was not asked" not in each for each in answer.writing.notes)
