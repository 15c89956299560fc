"""The real parts behind the REST interface: files in, cited answers out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.http.app import create_app
from service.settings import Settings

CALL = """---
title: Defence chiefs speak by telephone
source: Harbour Daily
published: 2023-05-17
---
Defence Minister Hamada Yasukazu told his Chinese counterpart Li Shangfu on Tuesday that activity near the Senkaku
Islands was a matter of serious concern. The call lasted about 20 minutes. Both sides agreed to use the new hotline.
"""
VISA = "# Embassy reopens visa office\n\nThe Chinese embassy in Tokyo reopened its visa office in March after a pause."


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[TestClient]:
    assert request.config.cache is not None
    cache = request.config.cache.mkdir("whosaid-model")
    settings = Settings.load({}, data=tmp_path_factory.mktemp("index"), cache=cache, threads=1)
    ready = threading.Event()
    app = create_app(settings, announce=lambda _: ready.set())
    with TestClient(app, base_url="http://localhost") as client:
        assert ready.wait(120)
        files = [("files", ("2023/call.txt", CALL.encode())), ("files", ("visa.md", VISA.encode()))]
        uploaded = client.post("/api/documents", files=files).json()
        assert {each["document_id"]: each["status"] for each in uploaded["outcomes"]} == {
            "2023/call.txt": "added",
            "visa.md": "added",
        }
        yield client


def test_a_question_is_answered_with_an_exact_citation(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "Who told Li Shangfu about serious concern?"}).json()
    assert not answer["declined"]
    assert "Hamada" in answer["answer"]
    citation = answer["citations"][0]
    article = client.get(f"/api/documents/{citation['document_id']}").json()
    assert (article["id"], article["source"], article["published"]) == ("2023/call.txt", "Harbour Daily", "2023-05-17")
    assert article["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert client.post("/api/feedback", json={"answer_id": answer["id"], "verdict": "up"}).status_code == 201


def test_who_said_it_and_when_is_known_as_data(client: TestClient) -> None:
    [told] = [
        each
        for each in client.get("/api/statements", params={"speaker": "Yasukazu Hamada"}).json()["statements"]
        if "serious concern" in each["content"]
    ]
    assert (told["said_on"]["from"], told["source"]) == ("2023-05-16", "Harbour Daily")
    article = client.get("/api/documents/2023/call.txt").json()
    assert article["text"][slice(*told["slices"][0])] in told["content"]
    assert told["id"] in {each["id"] for each in article["statements"]}
    assert "Hamada Yasukazu" in {person["name"] for person in client.get("/api/speakers").json()["speakers"]}


def test_what_the_articles_do_not_say_is_declined(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "Who won the chess championship in Reykjavik?"}).json()
    assert answer["declined"]
    assert answer["reason"]


def test_a_conversation_survives(client: TestClient) -> None:
    path = f"/api/chats/{client.post('/api/chats').json()['id']}"
    answer = client.post(f"{path}/messages", json={"question": "How long did the call last?"}).json()
    chat = client.get(path).json()
    assert [each["content"] for each in chat["messages"]] == ["How long did the call last?", answer["answer"]]
    assert chat["messages"][1]["answer"] == answer
    assert client.get("/api/chats").json()["chats"][0]["title"] == "How long did the call last?"


def test_the_same_upload_again_changes_nothing_and_a_bad_one_is_named(client: TestClient) -> None:
    files = [
        ("files", ("visa.md", VISA.encode())),
        ("files", ("photo.txt", b"\x89PNG\r\n\x1a\n\x00\x00")),
        ("files", ("empty.html", b"")),
        ("files", ("tune.mp3", b"ID3")),
    ]
    outcomes = client.post("/api/documents", files=files).json()["outcomes"]
    told = {each["name"]: (each["status"], each["reason"]) for each in outcomes}
    assert told["visa.md"] == ("unchanged", None)
    for name in ("photo.txt", "empty.html", "tune.mp3"):
        status, reason = told[name]
        assert status == "failed"
        assert name in reason


def test_two_uploads_at_once_both_end_well_or_one_is_told_to_wait(client: TestClient) -> None:
    codes: list[int] = []

    def upload(name: str) -> None:
        text = f"The article called {name} speaks of nothing but {name}. " * 20
        codes.append(client.post("/api/documents", files=[("files", (name, text.encode()))]).status_code)

    threads = [threading.Thread(target=upload, args=(f"at-once-{n}.txt",)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(codes) <= {200, 409}
    assert 200 in codes
    listed = client.get("/api/documents", params={"text": "article called"}).json()
    assert listed["total"] == codes.count(200)


def test_a_removed_article_is_found_no_more(client: TestClient, tmp_path: Path) -> None:
    text = "Ambassador Tarumi Hideo visited the lighthouse of Cape Muroto with his two nephews."
    client.post("/api/documents", files=[("files", ("lighthouse.txt", text.encode()))])
    search = {"q": "lighthouse of Cape Muroto"}
    assert client.get("/api/search", params=search).json()["passages"][0]["document_id"] == "lighthouse.txt"
    assert client.delete("/api/documents/lighthouse.txt").status_code == 204
    found = client.get("/api/search", params=search).json()["passages"]
    assert "lighthouse.txt" not in [each["document_id"] for each in found]


def test_status_says_what_is_indexed_with_which_model(client: TestClient) -> None:
    status = client.get("/api/status").json()
    assert status["whole"] is True
    assert status["articles"] >= 2
    assert "MiniLM" in status["embedding"]
    assert status["finder"]
    assert status["statements"] >= 1
    assert status["sources"]["Harbour Daily"] == 1
    assert f'whosaid_index_size{{kind="articles"}} {status["articles"]}.0' in client.get("/metrics").text
