"""/api/chats and /api/shared: conversations are kept with their answers; verdicts with their reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient

from retriever.records import Article
from service.parts import Parts
from tests.fakes import FakeAnswering, FakeArticles
from tests.service.http.test_http_ask import TOLD, events


def test_a_conversation_keeps_questions_and_answers_with_their_citations(client: TestClient) -> None:
    started = client.post("/api/chats")
    assert started.status_code == 201
    path = f"/api/chats/{started.json()['id']}"
    answer = client.post(f"{path}/messages", json={"question": TOLD}).json()
    chat = client.get(path).json()
    assert [(m["role"], m["content"]) for m in chat["messages"]] == [("user", TOLD), ("assistant", answer["answer"])]
    assert chat["messages"][1]["answer"] == answer
    assert answer["citations"]


def test_a_follow_up_is_asked_with_what_was_said_before(client: TestClient, parts: Parts) -> None:
    path = f"/api/chats/{client.post('/api/chats', json={}).json()['id']}/messages"
    first = client.post(path, json={"question": TOLD}).json()
    client.post(path, json={"content": "Where did they meet?", "filters": {"documents": ["akiba.txt"]}})
    assert isinstance(parts.answering, FakeAnswering)
    asked = parts.answering.asked[-1]
    assert [(turn.role, turn.content) for turn in asked.history] == [("user", TOLD), ("assistant", first["answer"])]
    assert asked.filters.documents == ("akiba.txt",)


def test_what_a_question_was_restricted_to_is_kept_with_its_answer_and_exported(client: TestClient) -> None:
    path = f"/api/chats/{client.post('/api/chats').json()['id']}"
    given = {"documents": ["akiba.txt"], "since": "2050-01-01"}
    told = client.post(f"{path}/messages", json={"question": TOLD, "filters": given}).json()
    assert told["filters"] == {"speakers": [], "sources": [], "until": None, **given}
    assert client.get(path).json()["messages"][1]["answer"]["filters"] == told["filters"]
    markdown = client.get(f"{path}/export").text
    assert "Asked only of:\n\n- articles `akiba.txt`\n- what was published from 2050-01-01\n" in markdown


def test_a_message_streams_as_ask_does_and_is_kept(client: TestClient) -> None:
    path = f"/api/chats/{client.post('/api/chats').json()['id']}"
    stream = client.post(f"{path}/messages", json={"question": TOLD}, headers={"Accept": "text/event-stream"})
    name, answer = events(stream.text)[-1]
    assert name == "answer"
    assert client.get(path).json()["messages"][1]["answer"] == answer


def test_a_question_that_failed_is_not_kept(client: TestClient) -> None:
    path = f"/api/chats/{client.post('/api/chats').json()['id']}"
    assert client.post(f"{path}/messages", json={"question": "fail: who told Akiba?"}).status_code == 500
    assert client.get(path).json()["messages"] == []


def test_conversations_are_listed_last_used_first_and_removed(client: TestClient) -> None:
    first, second = (client.post("/api/chats", json={"title": title}).json()["id"] for title in ("one", "two"))
    client.post(f"/api/chats/{first}/messages", json={"question": TOLD})
    listed = client.get("/api/chats").json()
    assert ([chat["id"] for chat in listed["chats"]], listed["total"]) == ([first, second], 2)
    assert "messages" not in listed["chats"][0]
    assert client.delete(f"/api/chats/{first}").status_code == 204
    assert [chat["id"] for chat in client.get("/api/chats").json()["chats"]] == [second]


def test_an_unknown_conversation_is_a_problem(client: TestClient) -> None:
    answers = [
        client.get("/api/chats/none"),
        client.delete("/api/chats/none"),
        client.post("/api/chats/none/messages", json={"question": TOLD}),
    ]
    assert [(each.status_code, each.json()["code"]) for each in answers] == [(404, "not-found")] * 3


def test_a_message_needs_exactly_one_question(client: TestClient) -> None:
    path = f"/api/chats/{client.post('/api/chats').json()['id']}/messages"
    for body in ({}, {"question": "a", "content": "b"}, {"question": ""}, {"content": "x" * 3000}):
        assert client.post(path, json=body).status_code == 422


def begun(client: TestClient, *questions: str) -> str:
    """The path of a conversation in which these were asked."""
    path = f"/api/chats/{client.post('/api/chats').json()['id']}"
    for question in questions:
        assert client.post(f"{path}/messages", json={"question": question}).status_code == 200
    return path


def asked(chat: Any) -> list[str]:
    return [said["content"] for said in chat["messages"] if said["role"] == "user"]


def test_conversations_are_found_by_their_words(client: TestClient) -> None:
    begun(client, TOLD)
    other = client.post("/api/chats", json={"title": "Visas"}).json()["id"]
    found = client.get("/api/chats", params={"text": "visa"}).json()
    assert ([chat["id"] for chat in found["chats"]], found["total"]) == ([other], 1)
    assert client.get("/api/chats", params={"text": "zebra"}).json()["total"] == 0
    assert client.get("/api/chats", params={"text": " "}).status_code == 422


def test_a_conversation_is_renamed(client: TestClient) -> None:
    path = begun(client, TOLD)
    renamed = client.patch(path, json={"title": "  Akiba in Tianjin "})
    assert (renamed.status_code, renamed.json()["title"]) == (200, "Akiba in Tianjin")
    assert client.get(path).json()["title"] == "Akiba in Tianjin"
    for title in ("", "  ", None, "x" * 201):
        assert client.patch(path, json={"title": title}).status_code == 422
    assert client.patch("/api/chats/none", json={"title": "x"}).status_code == 404


def test_a_question_asked_instead_knows_only_what_came_before_it(client: TestClient, parts: Parts) -> None:
    path = begun(client, TOLD, "What did they do in Tianjin for seven hours?", "What did the embassy in Tokyo reopen?")
    first, answered, second, *_ = client.get(path).json()["messages"]
    body = {"question": "Where did they meet for seven hours?", "instead_of": second["id"]}
    assert client.post(f"{path}/messages", json=body).status_code == 200
    assert isinstance(parts.answering, FakeAnswering)
    assert [turn.content for turn in parts.answering.asked[-1].history] == [first["content"], answered["content"]]
    chat = client.get(path).json()
    assert asked(chat) == [TOLD, body["question"]]
    (earlier,) = chat["earlier"]
    assert earlier["by"] == chat["messages"][2]["id"]
    assert [said["content"] for said in earlier["messages"]][::2] == [
        second["content"],
        "What did the embassy in Tokyo reopen?",
    ]
    assert all(said["answer"] for said in earlier["messages"][1::2])


def test_an_answer_is_made_again_by_its_own_id(client: TestClient) -> None:
    path = begun(client)
    first = client.post(f"{path}/messages", json={"question": TOLD}).json()
    headers = {"Accept": "text/event-stream"}
    body = {"question": TOLD, "instead_of": first["id"]}
    name, second = events(client.post(f"{path}/messages", json=body, headers=headers).text)[-1]
    assert name == "answer"
    chat = client.get(path).json()
    assert [said["id"] for said in chat["messages"]][1:] == [second["id"]]
    assert chat["earlier"][0]["messages"][1]["answer"] == first


def test_a_question_that_failed_replaces_nothing(client: TestClient) -> None:
    path = begun(client, TOLD)
    before = client.get(path).json()
    body = {"question": "fail: who told Akiba?", "instead_of": before["messages"][0]["id"]}
    assert client.post(f"{path}/messages", json=body).status_code == 500
    assert client.get(path).json() == before


def test_a_message_that_is_not_there_cannot_be_replaced(client: TestClient, parts: Parts) -> None:
    path = begun(client, TOLD)
    response = client.post(f"{path}/messages", json={"question": TOLD, "instead_of": "none"})
    assert (response.status_code, response.json()["code"]) == (404, "not-found")
    assert "instead_of 'none'" in response.json()["detail"]
    assert isinstance(parts.answering, FakeAnswering)
    assert len(parts.answering.asked) == 1  # no answer was made for nothing


def test_a_conversation_removed_while_the_answer_is_made_says_that_it_is_not_kept(
    client: TestClient, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = begun(client)
    keep_answer = parts.kept.keep_answer

    def meanwhile(answer_id: str, answer: Mapping[str, Any]) -> None:
        keep_answer(answer_id, answer)
        parts.kept.remove_chat(path.removeprefix("/api/chats/"))

    monkeypatch.setattr(parts.kept, "keep_answer", meanwhile)
    stream = client.post(f"{path}/messages", json={"question": TOLD}, headers={"Accept": "text/event-stream"})
    name, problem = events(stream.text)[-1]
    assert (name, problem["status"]) == ("failed", 404)


def test_what_is_shared_is_the_conversation_as_it_was(client: TestClient) -> None:
    path = begun(client, TOLD)
    share = client.post(f"{path}/share")
    assert share.status_code == 201
    assert len(share.json()["id"]) >= 32
    client.post(f"{path}/messages", json={"question": "What did the embassy in Tokyo reopen?"})
    chat = client.get(path).json()
    assert chat["shares"] == [share.json()]
    seen = client.get(f"/api/shared/{share.json()['id']}")
    assert asked(seen.json()) == [TOLD]
    assert chat["id"] not in seen.text
    (citation,) = seen.json()["messages"][1]["answer"]["citations"]
    assert citation == {**chat["messages"][1]["answer"]["citations"][0], "state": "unchanged"}
    assert client.delete(f"{path}/share").status_code == client.delete(f"{path}/share").status_code == 204
    assert client.get(f"/api/shared/{share.json()['id']}").status_code == 404
    assert client.get(path).json()["shares"] == []


def test_a_shared_citation_says_what_became_of_its_article(client: TestClient, parts: Parts) -> None:
    path = begun(client, TOLD)
    share = client.post(f"{path}/share").json()["id"]

    def state() -> str:
        (citation,) = client.get(f"/api/shared/{share}").json()["messages"][1]["answer"]["citations"]
        assert "Taiwan is an integral part of China" in citation["quote"]
        return str(citation["state"])

    assert state() == "unchanged"
    assert isinstance(parts.articles, FakeArticles)
    parts.articles.kept["akiba.txt"] = Article("akiba.txt", "Corrected: nothing of the kind was said.")
    assert state() == "changed"
    parts.articles.remove("akiba.txt")
    assert state() == "missing"


def test_sharing_and_exporting_what_is_not_there_is_a_problem(client: TestClient) -> None:
    answers = [
        client.post("/api/chats/none/share"),
        client.delete("/api/chats/none/share"),
        client.get("/api/shared/none"),
        client.get("/api/chats/none/export"),
    ]
    assert [each.status_code for each in answers] == [404] * 4


def test_verdicts_are_listed_with_question_answer_and_reason(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": TOLD}).json()
    first = {"answer_id": answer["id"], "verdict": "down", "reason": "wrong_speaker", "comment": "It was Qin."}
    second = {"answer_id": answer["id"], "verdict": "up"}
    assert [client.post("/api/feedback", json=body).status_code for body in (first, second)] == [201, 201]
    assert client.post("/api/feedback", json={**second, "reason": "dull"}).status_code == 422
    listed = client.get("/api/feedback", params={"offset": 1}).json()
    assert (listed["total"], listed["offset"]) == (2, 1)
    (verdict,) = listed["feedback"]
    assert verdict.pop("given")
    assert verdict == {**first, "question": TOLD, "answer": answer["answer"]}
