"""Conversations, answers and verdicts are kept as they were said."""

from __future__ import annotations

from pathlib import Path

from retriever.catalogue import Catalogue, Conversations

ANSWER = {"id": "x", "answer": "Yang told Akiba.[1]", "citations": [{"number": 1, "start": 3, "quote": "“Taiwan”"}]}


def kept(folder: Path) -> Conversations:
    return Catalogue(folder).conversations


def test_a_chat_comes_back_with_its_messages_in_order(tmp_path: Path) -> None:
    conversations = kept(tmp_path)
    started = conversations.start_chat("Talks")
    assert started["messages"] == []
    conversations.add_message(started["id"], "user", "Who told Akiba?", None)
    conversations.add_message(started["id"], "assistant", "Yang told Akiba.[1]", ANSWER)
    chat = kept(tmp_path).chat(started["id"])  # by another object: it is in the file
    assert chat is not None
    assert chat["title"] == "Talks"
    assert [(said["role"], said["content"], said["answer"]) for said in chat["messages"]] == [
        ("user", "Who told Akiba?", None),
        ("assistant", "Yang told Akiba.[1]", ANSWER),
    ]


def test_the_last_used_chat_is_listed_first(tmp_path: Path) -> None:
    conversations = kept(tmp_path)
    first, second = conversations.start_chat("first"), conversations.start_chat("second")
    conversations.add_message(first["id"], "user", "50%_off")
    listed, total = conversations.chats(limit=1)
    assert ([chat["id"] for chat in listed], total) == ([first["id"]], 2)
    assert [chat["id"] for chat in conversations.chats(text="SECOND")[0]] == [second["id"]]
    assert [chat["id"] for chat in conversations.chats(text="0%_o")[0]] == [first["id"]]
    assert conversations.chats(text="50%off") == ([], 0)


def test_a_chat_without_title_is_called_by_its_first_message(tmp_path: Path) -> None:
    conversations = kept(tmp_path)
    chat = conversations.start_chat(None)["id"]
    conversations.add_message(chat, "user", "Who told Akiba? \ud800")
    conversations.add_message(chat, "user", "And when?")
    assert conversations.chats()[0][0]["title"] == "Who told Akiba? ?"


def test_a_removed_chat_takes_its_messages_with_it(tmp_path: Path) -> None:
    conversations = kept(tmp_path)
    chat = conversations.start_chat(None)["id"]
    conversations.add_message(chat, "user", "secret")
    assert conversations.remove_chat(chat)
    assert not conversations.remove_chat(chat)
    assert conversations.chat(chat) is None
    conversations.add_message(chat, "user", "too late")
    assert conversations.chats(text="late") == conversations.chats(text="secret") == ([], 0)


def test_answers_and_verdicts_are_kept_by_the_answers_id(tmp_path: Path) -> None:
    conversations = kept(tmp_path)
    assert conversations.answer("x") is None
    conversations.keep_answer("x", ANSWER)
    conversations.keep_answer("x", ANSWER)
    assert conversations.answer("x") == ANSWER
    conversations.keep_verdict("x", "wrong", "It was \ud800 Qin")
    conversations.keep_verdict("x", "right", None)
    given = [(verdict["verdict"], verdict["comment"]) for verdict in conversations.verdicts("x")]
    assert given == [("wrong", "It was ? Qin"), ("right", None)]
