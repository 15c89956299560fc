"""/api/chats: conversations are kept with their answers."""

from __future__ import annotations

from fastapi.testclient import TestClient

from service.parts import Parts
from tests.fakes import FakeAnswering
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
