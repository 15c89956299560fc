"""Conversations, answers and verdicts are kept as they were said."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from retriever.catalogue import Catalogue, Conversations

ANSWER = {"id": "x", "answer": "Yang told Akiba.[1]", "citations": [{"number": 1, "start": 3, "quote": "“Taiwan”"}]}


def kept(folder: Path) -> Conversations:
    return Catalogue(folder).conversations


@pytest.fixture
def conversations(tmp_path: Path) -> Iterator[Conversations]:
    catalogue = Catalogue(tmp_path)
    yield catalogue.conversations
    catalogue.close()


def answer(text: str) -> Mapping[str, Any]:
    """One whose id is its text."""
    return {"id": text, "answer": text}


def ask(conversations: Conversations, chat: str, question: str, *, instead_of: str | None = None) -> str:
    """The id of the answer to it."""
    assert conversations.add_exchange(chat, question, answer(f"to {question}"), instead_of=instead_of)
    return f"to {question}"


def current(conversations: Conversations, chat: str) -> list[str]:
    """The questions that the conversation has now."""
    whole = conversations.chat(chat)
    assert whole is not None
    return [said["content"] for said in whole["messages"] if said["role"] == "user" and said["replaced_by"] is None]


def titles(conversations: Conversations, text: str) -> list[str]:
    found, total = conversations.chats(text=text)
    assert total == len(found)
    return [chat["title"] for chat in found]


def test_a_chat_comes_back_with_its_messages_in_order(tmp_path: Path) -> None:
    conversations = kept(tmp_path)
    started = conversations.start_chat("Talks")
    assert started["messages"] == []
    assert conversations.add_exchange(started["id"], "Who told Akiba?", ANSWER)
    chat = kept(tmp_path).chat(started["id"])  # by another object: it is in the file
    assert chat is not None
    assert chat["title"] == "Talks"
    assert [(said["role"], said["content"], said["answer"]) for said in chat["messages"]] == [
        ("user", "Who told Akiba?", None),
        ("assistant", "Yang told Akiba.[1]", ANSWER),
    ]
    assert chat["messages"][1]["id"] == "x"
    assert len(chat["messages"][0]["id"]) == 32


def test_the_last_used_chat_is_listed_first(conversations: Conversations) -> None:
    first, second = conversations.start_chat("first"), conversations.start_chat("second")
    ask(conversations, first["id"], "Anything new?")
    listed, total = conversations.chats(limit=1)
    assert ([chat["id"] for chat in listed], total) == ([first["id"]], 2)
    renamed = conversations.rename_chat(second["id"], "Renamed")
    assert renamed is not None
    assert (renamed["title"], renamed["updated_at"]) == ("Renamed", second["updated_at"])
    assert [chat["title"] for chat in conversations.chats()[0]] == ["first", "Renamed"]


def test_chats_are_found_by_the_beginnings_of_words_whatever_case_and_accents(conversations: Conversations) -> None:
    first, second = conversations.start_chat("Müller in Ōsaka"), conversations.start_chat("50%_off")
    ask(conversations, first["id"], "Who praised the Café accord?")
    ask(conversations, second["id"], "東京で何を言いましたか")
    assert titles(conversations, "MULLER") == titles(conversations, "cafe osa") == ["Müller in Ōsaka"]
    assert titles(conversations, "東京") == titles(conversations, "50%") == ["50%_off"]
    assert titles(conversations, "京東") == titles(conversations, "afe") == titles(conversations, "cafe tokyo") == []
    assert titles(conversations, '"') == titles(conversations, "%") == titles(conversations, "NOT *") == []


def test_words_of_a_message_that_was_replaced_find_nothing(conversations: Conversations) -> None:
    chat = conversations.start_chat("Talks")["id"]
    old = ask(conversations, chat, "Who raised tariffs?")
    ask(conversations, chat, "Who raised quotas?", instead_of=old)
    assert titles(conversations, "tariffs") == []
    assert titles(conversations, "quotas") == ["Talks"]


def test_a_chat_without_title_is_called_by_its_first_question(conversations: Conversations) -> None:
    chat = conversations.start_chat(None)["id"]
    first = ask(conversations, chat, "Who told Akiba? \ud800")
    ask(conversations, chat, "And when?")
    assert conversations.chats()[0][0]["title"] == "Who told Akiba? ?"
    again = ask(conversations, chat, "Who told Hayashi?", instead_of=first)
    assert conversations.chats()[0][0]["title"] == "Who told Hayashi?"
    conversations.rename_chat(chat, "Mine")
    ask(conversations, chat, "Who told Holm?", instead_of=again)
    assert conversations.chats()[0][0]["title"] == "Mine"


def test_a_removed_chat_takes_all_that_was_said_and_shared_with_it(
    conversations: Conversations, tmp_path: Path
) -> None:
    chat = conversations.start_chat(None)["id"]
    ask(conversations, chat, "secret")
    share = conversations.share_chat(chat)
    assert share is not None
    assert conversations.remove_chat(chat)
    assert not conversations.remove_chat(chat)
    assert conversations.chat(chat) is conversations.shared(share["id"]) is None
    assert not conversations.add_exchange(chat, "too late", ANSWER)
    assert conversations.turns(chat, limit=5) is None
    assert conversations.share_chat(chat) is None
    assert conversations.rename_chat(chat, "too late") is None
    assert conversations.chats(text="late") == conversations.chats(text="secret") == ([], 0)
    with closing(sqlite3.connect(tmp_path / "catalogue.sqlite")) as file:
        assert file.execute("SELECT count(*) FROM message_words").fetchone() == (0,)


def test_an_answer_that_found_no_place_is_not_kept_but_for_one_with_a_verdict(conversations: Conversations) -> None:
    gone, chat = "gone", conversations.start_chat(None)["id"]
    for said in ("no chat", "no place", "judged"):
        conversations.keep_answer(said, answer(said))
    conversations.keep_verdict("judged", "down", None)
    assert not conversations.add_exchange(gone, "Who told Akiba?", answer("no chat"))
    assert not conversations.add_exchange(gone, "Who told Akiba?", answer("judged"))
    assert not conversations.add_exchange(chat, "Who told Akiba?", answer("no place"), instead_of="gone")
    assert conversations.answer("no chat") is conversations.answer("no place") is None
    assert conversations.answer("judged") is not None


def test_a_removed_chat_takes_its_answers_but_for_those_with_a_verdict(conversations: Conversations) -> None:
    chat = conversations.start_chat(None)["id"]
    for said in (ask(conversations, chat, "Who told Akiba?"), ask(conversations, chat, "Who told Holm?"), "elsewhere"):
        conversations.keep_answer(said, answer(said))
    conversations.keep_verdict("to Who told Holm?", "down", None)
    assert conversations.remove_chat(chat)
    assert conversations.answer("to Who told Akiba?") is None
    assert conversations.answer("to Who told Holm?") is not None
    assert conversations.answer("elsewhere") is not None


def test_a_question_that_takes_anothers_place_cuts_the_conversation_and_loses_nothing(
    conversations: Conversations,
) -> None:
    chat = conversations.start_chat("Talks")["id"]
    ask(conversations, chat, "one")
    two = ask(conversations, chat, "two")
    ask(conversations, chat, "three")
    assert conversations.turns(chat, limit=20, instead_of=two) == [("user", "one"), ("assistant", "to one")]
    ask(conversations, chat, "two, rather", instead_of=two)
    assert current(conversations, chat) == ["one", "two, rather"]
    whole = conversations.chat(chat)
    assert whole is not None
    messages = {said["content"]: said for said in whole["messages"]}
    instead = messages["two, rather"]["id"]
    assert {text for text, said in messages.items() if said["replaced_by"]} == {"two", "to two", "three", "to three"}
    assert {said["replaced_by"] for said in messages.values()} == {None, instead}
    assert conversations.turns(chat, limit=2) == [("user", "two, rather"), ("assistant", "to two, rather")]


def test_a_message_is_named_by_the_questions_id_or_by_that_of_its_answer(conversations: Conversations) -> None:
    chat = conversations.start_chat("Talks")["id"]
    one = ask(conversations, chat, "one")
    whole = conversations.chat(chat)
    assert whole is not None
    for name in (one, whole["messages"][0]["id"]):
        assert conversations.turns(chat, limit=5, instead_of=name) == []
    assert conversations.turns(chat, limit=5, instead_of="another") is None
    elsewhere = conversations.start_chat("Other")["id"]
    assert not conversations.add_exchange(elsewhere, "stolen", answer("a"), instead_of=one)
    assert current(conversations, elsewhere) == []


def test_of_two_that_take_the_same_place_the_later_one_stays(conversations: Conversations) -> None:
    chat = conversations.start_chat("Talks")["id"]
    one = ask(conversations, chat, "one")
    ask(conversations, chat, "first tab", instead_of=one)
    ask(conversations, chat, "second tab", instead_of=one)
    assert current(conversations, chat) == ["second tab"]


def test_a_place_after_a_cut_is_gone_with_what_was_said_before_it(conversations: Conversations) -> None:
    chat = conversations.start_chat("Talks")["id"]
    one = ask(conversations, chat, "one")
    two = ask(conversations, chat, "two")
    ask(conversations, chat, "one, rather", instead_of=one)
    assert conversations.turns(chat, limit=5, instead_of=two) is None
    assert not conversations.add_exchange(chat, "too late", answer("a"), instead_of=two)
    assert current(conversations, chat) == ["one, rather"]


def test_questions_of_many_tabs_stand_beside_their_answers(conversations: Conversations) -> None:
    chat = conversations.start_chat("Talks")["id"]
    questions = [f"question {number}" for number in range(24)]
    with ThreadPoolExecutor(8) as tabs:
        list(tabs.map(lambda question: ask(conversations, chat, question), questions))
    whole = conversations.chat(chat)
    assert whole is not None
    said = [each["content"] for each in whole["messages"]]
    assert said[1::2] == [f"to {question}" for question in said[::2]]
    assert sorted(said[::2]) == sorted(questions)


def test_an_exchange_that_cannot_be_kept_whole_leaves_everything_as_it_was(
    conversations: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = conversations.start_chat(None)["id"]
    one = ask(conversations, chat, "one")
    before = conversations.chat(chat)
    unkeepable = {**answer("a"), "citations": [object()]}
    with pytest.raises(Exception, match="serializable"):
        conversations.add_exchange(chat, "one, rather", unkeepable, instead_of=one)
    assert conversations.chat(chat) == before


def test_what_is_shared_stays_as_it_was_until_it_is_taken_back(conversations: Conversations) -> None:
    chat = conversations.start_chat("Talks")["id"]
    one = ask(conversations, chat, "one")
    ask(conversations, chat, "one, rather", instead_of=one)
    first = conversations.share_chat(chat)
    assert first is not None
    assert conversations.share_chat(chat) == first  # nothing was said since
    ask(conversations, chat, "two")
    conversations.rename_chat(chat, "Secret")
    second = conversations.share_chat(chat)
    assert second is not None
    assert first["id"] != second["id"] != chat
    seen, more = conversations.shared(first["id"]), conversations.shared(second["id"])
    assert seen is not None and more is not None
    assert (seen["title"], [said["content"] for said in seen["messages"]]) == (
        "Talks",
        ["one, rather", "to one, rather"],
    )
    assert len(more["messages"]) == 4
    whole = conversations.chat(chat)
    assert whole is not None
    assert whole["shares"] == [first, second]
    assert conversations.unshare_chat(chat)
    assert not conversations.unshare_chat(chat)
    assert conversations.shared(first["id"]) is conversations.shared(second["id"]) is None


def test_answers_and_verdicts_are_kept_by_the_answers_id(conversations: Conversations) -> None:
    assert conversations.answer("x") is None
    conversations.keep_answer("x", ANSWER)
    conversations.keep_answer("x", {**ANSWER, "question": "Who told Akiba?"})
    assert conversations.answer("x") == {**ANSWER, "question": "Who told Akiba?"}
    conversations.keep_verdict("x", "down", "It was \ud800 Qin", "wrong_speaker")
    conversations.keep_verdict("gone", "up", None)
    given, total = conversations.feedback(limit=2)
    fields = ("answer_id", "question", "answer", "verdict", "reason", "comment")
    assert [[verdict[name] for name in fields] for verdict in given] == [
        ["gone", None, None, "up", None, None],
        ["x", "Who told Akiba?", "Yang told Akiba.[1]", "down", "wrong_speaker", "It was ? Qin"],
    ]
    assert total == 2
    assert [verdict["answer_id"] for verdict in conversations.feedback(offset=1)[0]] == ["x"]
