"""The question path with a chat model. ``Room.ask`` looks at every answer and at every stream."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler

from service.chain import AnswerChain
from service.chatmodel import failures
from service.records import Question, Settled, Token, Turn, Written
from tests.service.writing.conftest import Room
from tests.service.writing.scripted import Fails, Scripted, failed, roles, shown

PIER = "What did Tomas Vik say about the wooden pier?"
TRUE = "Tomas Vik said that the wooden pier of Elvebakken must close before winter."
FALSE = "Tomas Vik said that the wooden pier must be rebuilt in stone for 90 million kroner."
UNSURE = "Who met the growers?"
LOAN = "Who asked the government for a loan?"


def number(model: Scripted, words: str) -> int:
    """Under which number the model was given the passage with these words."""
    before = shown(model)[: shown(model).index(words)]
    return int(before.rpartition("passage [")[2].split("]")[0])


def test_a_sentence_that_holds_is_the_answer_with_its_exact_place(room: Room) -> None:
    model = Scripted.saying(f"{TRUE}[1]")
    answer = room.ask(model, PIER)
    assert (answer.answerer, answer.declined) == ("model", False)
    assert answer.answer == f"{TRUE}[1]"
    assert "must close before winter" in answer.citations[0].quote
    assert room.outcomes == ["passed"]
    assert answer.writing
    assert (answer.writing.written, answer.writing.dropped, answer.writing.fallback) == (1, 0, None)
    assert any(each["speaker"] == "Tomas Vik" for each in answer.statements)


def test_the_model_is_shown_the_passages_under_numbers_and_the_question_as_the_user(room: Room) -> None:
    model = Scripted.saying(f"{TRUE}[1]")
    room.ask(model, PIER)
    assert roles(model.asked[0]) == ["system", "user"]
    assert PIER in model.asked[0][1][1]
    assert "must close before winter" in model.asked[0][1][1]


def test_the_prompts_that_were_used_go_with_the_answer(room: Room) -> None:
    answer = room.ask(Scripted.saying(f"{FALSE}[1]", "1. DROP"), PIER)
    assert answer.writing
    assert [each.partition("@")[0] for each in answer.writing.prompts] == ["answer", "rewrite"]


def test_what_is_said_by_a_confirmed_sentence_comes_before_the_model_has_finished(room: Room) -> None:
    model = Scripted.saying(f"{TRUE}[1] The pier is old, and that is all that is known of it.[1]", "1. DROP")
    room.ask(model, PIER)
    kinds = [type(each) for each in room.events]
    assert kinds.index(Token) < len(kinds) - 1 - kinds[::-1].index(Written)


def test_a_wrong_number_is_set_right(room: Room) -> None:
    model = Scripted.saying("Ingrid Moe asked the government for a loan of 12 million kroner.[99]")
    answer = room.ask(model, LOAN)
    assert answer.citations[0].document_id == "2023/ferry.md"
    assert room.outcomes == ["mended"]
    assert answer.writing
    assert answer.writing.mended == 1


def test_a_sentence_that_fails_is_written_anew_once(room: Room) -> None:
    model = Scripted.saying(f"{FALSE}[1]", f"1. {TRUE}[1]")
    answer = room.ask(model, PIER)
    assert answer.answer == f"{TRUE}[1]"
    assert room.outcomes == ["held"]
    assert answer.writing
    assert (answer.writing.rewritten, answer.writing.dropped, len(model.asked)) == (1, 0, 2)
    assert FALSE in shown(model, 1)
    assert "90" in shown(model, 1)


def test_a_sentence_that_fails_again_is_left_out_and_the_answer_says_so(room: Room) -> None:
    answer = room.ask(Scripted.saying(f"{TRUE}[1] {FALSE}[1]", f"1. {FALSE}[1]"), PIER)
    assert answer.answer == f"{TRUE}[1]"
    assert room.outcomes == ["passed", "held", "dropped"]
    assert answer.writing
    assert answer.writing.dropped == 1
    assert answer.writing.notes == (
        "1 of 2 sentences of the chat model was left out: what they cite does not bear them out.",
    )


def test_the_order_of_sentences_stays_when_one_is_written_anew(room: Room) -> None:
    second = "The talks in Elvebakken lasted three hours."
    answer = room.ask(Scripted.saying(f"{FALSE}[1] {second}[1]", f"1. {TRUE}[1]"), PIER)
    assert [each.text for each in answer.sentences] == [TRUE, second]


def test_where_nothing_holds_the_answer_is_the_extractive_one_and_says_so(room: Room) -> None:
    answer = room.ask(Scripted.saying(f"{FALSE}[1]", "1. DROP"), PIER)
    assert (answer.answerer, answer.declined) == ("extractive", False)
    assert answer.writing
    assert answer.writing.fallback == "nothing-supported"
    assert "without the chat model" in answer.writing.notes[0]
    assert answer.sentences == room.desk.ask(PIER).sentences


def test_the_model_may_decline(room: Room) -> None:
    answer = room.ask(Scripted.saying("NOT IN THE PASSAGES"), UNSURE)
    assert (answer.declined, answer.answerer) == (True, "model")
    assert answer.citations


def test_where_the_extractive_path_is_sure_a_model_that_finds_nothing_is_not_believed(room: Room) -> None:
    answer = room.ask(Scripted.saying("NOT IN THE PASSAGES"), "How long did the talks in Elvebakken last?")
    assert (answer.declined, answer.answerer) == (False, "extractive")
    assert answer.writing
    assert answer.writing.fallback == "model-found-nothing"
    assert answer.writing.notes == ("The chat model found no answer in the passages; this is the extractive one.",)


def test_where_the_model_declines_what_the_statement_index_holds_is_still_told(room: Room) -> None:
    answer = room.ask(Scripted.saying("NOT IN THE PASSAGES"), PIER)
    assert (answer.declined, answer.answerer) == (False, "extractive")


@pytest.mark.parametrize(
    "kind",
    [
        failures.ModelTimeout, failures.ModelUnreachable, failures.ModelRateLimited, failures.ModelEmpty,
        failures.ModelRefused, failures.ModelContextExceeded, failures.ModelBrokeOff, failures.ModelRambles,
    ],
)  # fmt: skip
def test_a_model_that_fails_leaves_the_extractive_answer(room: Room, kind: type[failures.ModelFailed]) -> None:
    answer = room.ask(Scripted.saying(Fails("", failed(kind))), PIER)
    assert answer.answerer == "extractive"
    assert answer.writing
    assert answer.writing.fallback == kind.code
    assert "it went wrong" in answer.writing.notes[0]


def test_what_was_confirmed_stays_when_the_model_dies_behind_it(room: Room) -> None:
    died = Fails(f"{TRUE}[1] The talks in Elvebakken lasted three", failed(failures.ModelBrokeOff))
    answer = room.ask(Scripted.saying(died), PIER)
    assert (answer.answer, answer.answerer) == (f"{TRUE}[1]", "model")
    assert answer.writing
    assert answer.writing.fallback is None
    assert "broke off" in answer.writing.notes[0]


def test_leaving_in_the_middle_stops_the_model(room: Room) -> None:
    model = Scripted.saying(f"{TRUE}[1] " * 40)
    events = room.path(model).events(Question(PIER, answerer="model"))
    assert next(each for each in events if isinstance(each, Written) and each.text)
    events.close()  # type: ignore[attr-defined]  # a generator, told as an iterator
    assert (model.closed, model.given < 20) == (1, True)


def test_a_model_that_writes_on_and_on_is_stopped(room: Room) -> None:
    model = Scripted.saying(f"{TRUE}[1] " * 400, "1. DROP")
    answer = room.ask(model, PIER)
    assert model.given < 800
    assert len(answer.sentences) == 1


def test_a_small_context_is_noticed_and_said(room: Room) -> None:
    answer = room.ask(Scripted.saying(f"{TRUE}[1]", context=1500), PIER)
    assert answer.writing
    assert "1,500 tokens" in answer.writing.notes[0]


def test_a_context_without_room_ends_in_the_extractive_answer(room: Room) -> None:
    model = Scripted.saying(f"{TRUE}[1]", context=600)
    answer = room.ask(model, PIER)
    assert answer.writing
    assert (answer.writing.fallback, model.asked) == ("context-too-small", [])


def test_lists_from_the_statement_index_are_told_without_the_model(room: Room) -> None:
    model = Scripted.saying(f"{FALSE}[1]")
    answer = room.ask(model, "What has Tomas Vik said about the pier?")
    assert model.asked == []
    assert answer.answerer == "extractive"
    assert answer.writing
    assert answer.writing.fallback is None


def test_words_that_nobody_says_are_refused_without_the_model(room: Room) -> None:
    model = Scripted.saying(f"{TRUE}[1]")
    answer = room.ask(model, "Who said “the pier will stand for a thousand years and more”?")
    assert (answer.declined, model.asked) == (True, [])


@pytest.mark.parametrize(
    "text", ["See https://example.org/pier.[1]", "![pier](x.png)[1]", "The <b>pier</b> must close.[1]"]
)
def test_links_images_and_markup_never_get_through(room: Room, text: str) -> None:
    answer = room.ask(Scripted.saying(f"{TRUE}[1] {text}", f"1. {text}"), PIER)
    assert answer.answer == f"{TRUE}[1]"


def test_a_follow_up_that_rules_leave_open_is_completed_by_the_model(room: Room) -> None:
    history = (Turn("user", PIER), Turn("assistant", "It must close."))
    alone = "Did Tomas Vik say why the wooden pier must close?"
    answer = room.ask(Scripted.saying(alone, f"{TRUE}[1]"), "Why so late?", history=history)
    assert answer.question == alone
    assert answer.writing
    assert answer.writing.prompts[0].startswith("standalone@")


def test_leaving_while_a_follow_up_is_completed_stops_the_model(room: Room) -> None:
    history = (Turn("user", PIER), Turn("assistant", "It must close."))
    model = Scripted.saying("Did Tomas Vik say why the wooden pier must close?" * 20)
    events = room.path(model).events(Question("Why so late?", history, answerer="model"))
    assert next(events) == Written("")
    events.close()  # type: ignore[attr-defined]  # a generator, told as an iterator
    assert (model.closed, model.given < 20) == (1, True)


def test_an_invented_name_in_the_stand_alone_question_is_not_taken(room: Room) -> None:
    history = (Turn("user", PIER), Turn("assistant", "It must close."))
    model = Scripted.saying("What did Boris Karlov say about 1985?", f"{TRUE}[1]")
    assert room.ask(model, "Why so late?", history=history).question == "Why so late?"


class Tracer(BaseCallbackHandler):
    def __init__(self) -> None:
        self.names: list[str] = []

    def on_chain_start(self, serialized: Any, inputs: Any, **more: Any) -> None:
        self.names.append(more["name"])

    def on_retriever_start(self, serialized: Any, query: str, **more: Any) -> None:
        self.names.append("search")


def test_a_tracer_sees_search_prompt_and_each_check(room: Room) -> None:
    tracer = Tracer()
    chain = AnswerChain(room.path(Scripted.saying(f"{TRUE}[1]")))
    chain.invoke(Question(PIER, answerer="model"), {"callbacks": [tracer]})
    assert [each.partition("@")[0] for each in tracer.names] == ["AnswerChain", "search", "prompt answer", "check"]


def test_settled_ends_never_go_back(room: Room) -> None:
    room.ask(Scripted.saying(f"{TRUE}[1] {FALSE}[1] {TRUE}[1]", "1. DROP"), PIER)
    ends = [each.end for each in room.events if isinstance(each, Settled) and each.outcome != "dropped"]
    assert ends == sorted(ends)


def test_a_repeated_sentence_is_counted_and_told_as_such(room: Room) -> None:
    answer = room.ask(Scripted.saying(f"{TRUE}[1] {TRUE}[1]"), PIER)
    assert answer.writing
    assert (answer.writing.written, answer.writing.dropped) == (2, 1)
    assert answer.writing.notes == ("The chat model repeated itself: 1 of 2 sentences had been written before.",)


def test_true_sentences_beside_the_point_are_no_answer(room: Room) -> None:
    beside = "The wooden pier of Elvebakken must close before winter."
    answer = room.ask(
        Scripted.saying(f"{beside}[1] Nobody was hurt.[5]"), "How many seats has the ferry of Ingrid Moe?"
    )
    assert answer.answerer == "extractive"
    assert answer.writing
    assert answer.writing.fallback == "off-the-point"


def test_a_model_of_which_most_fails_is_not_believed(room: Room) -> None:
    false = [FALSE, "Boris Karlov bought the wooden pier in 1911.", "Tomas Vik spoke of 70 boats."]
    answer = room.ask(Scripted.saying(f"{false[0]}[1] {false[1]}[1] {false[2]}[1] {TRUE}[1]"), PIER)
    assert answer.answerer == "extractive"
    assert answer.writing
    assert answer.writing.fallback == "mostly-unsupported"
    assert (answer.writing.written, answer.writing.dropped) == (4, 4)
    assert not any("of 4 sentences" in note for note in answer.writing.notes)
    last = {event.end: event.outcome for event in room.events if isinstance(event, Settled)}
    assert set(last.values()) == {"dropped"}


def test_what_failed_goes_back_in_the_same_conversation(room: Room) -> None:
    model = Scripted.saying(f"{FALSE}[1]", f"1. {TRUE}[1]")
    room.ask(model, PIER)
    assert list(model.asked[1][:2]) == list(model.asked[0])
    assert roles(model.asked[1]) == ["system", "user", "assistant", "user"]
    assert FALSE in model.asked[1][2][1]
