"""/v1: what clients made for OpenAI's interface send and expect."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from markdown_it import MarkdownIt

from service.http.routes.openai import inert, sources
from service.parts import Parts
from service.records import Answer, Citation
from service.settings import Settings
from tests.fakes import FakeAnswering
from tests.service.conftest import opened
from tests.service.http.test_http_ask import TOLD


def chunks(text: str) -> list[Any]:
    lines = [line.removeprefix("data: ") for line in text.split("\n\n") if line]
    assert lines[-1] == "[DONE]"
    return [json.loads(line) for line in lines[:-1]]


def test_models_lists_the_one_model(client: TestClient) -> None:
    assert [model["id"] for model in client.get("/v1/models").json()["data"]] == ["whosaid"]


def test_completion_has_the_answer_its_sources_beneath_and_the_whole_answer_beside(client: TestClient) -> None:
    body = {"model": "whosaid", "temperature": 0.2, "messages": [{"role": "user", "content": TOLD}]}
    completion = client.post("/v1/chat/completions", json=body).json()
    (choice,) = completion["choices"]
    assert completion["object"] == "chat.completion"
    assert choice["finish_reason"] == "stop"
    answer = completion["whosaid"]
    assert choice["message"]["content"].startswith(answer["answer"])
    assert "Sources:\n[1] Seven hours in Tianjin" in choice["message"]["content"]
    assert set(completion["usage"].values()) == {0}


def test_stream_is_chunks_of_one_completion_that_add_up_to_the_same_text(client: TestClient) -> None:
    body: dict[str, Any] = {"model": "whosaid", "messages": [{"role": "user", "content": TOLD}]}
    whole = client.post("/v1/chat/completions", json=body).json()["choices"][0]["message"]["content"]
    response = client.post("/v1/chat/completions", json={**body, "stream": True})
    assert response.headers["content-type"].startswith("text/event-stream")
    seen = chunks(response.text)
    assert {chunk["object"] for chunk in seen} == {"chat.completion.chunk"}
    assert len({chunk["id"] for chunk in seen}) == 1
    assert seen[0]["choices"][0]["delta"]["role"] == "assistant"
    assert "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in seen) == whole
    assert [chunk["choices"][0]["finish_reason"] for chunk in seen] == [None] * (len(seen) - 1) + ["stop"]
    assert seen[-1]["whosaid"]["citations"]


def test_earlier_messages_are_history_and_system_messages_are_not_followed(client: TestClient, parts: Parts) -> None:
    messages = [
        {"role": "system", "content": "Answer in French."},
        {"role": "user", "content": [{"type": "text", "text": "Who met Akiba?"}]},
        {"role": "assistant", "content": "Yang Jiechi."},
        {"role": "user", "content": "And where?"},
    ]
    assert client.post("/v1/chat/completions", json={"messages": messages}).status_code == 200
    assert isinstance(parts.answering, FakeAnswering)
    asked = parts.answering.asked[-1]
    assert asked.text == "And where?"
    assert [turn.content for turn in asked.history] == ["Who met Akiba?", "Yang Jiechi."]


@pytest.mark.parametrize(
    "messages",
    [[], [{"role": "system", "content": "x"}], [{"role": "assistant", "content": "x"}],
     [{"role": "user", "content": ""}],
     [{"role": "user", "content": "x" * 10_000}], [{"role": "king", "content": "x"}], "who?"],
)  # fmt: skip
def test_messages_without_a_usable_question_are_a_problem_in_both_dialects(client: TestClient, messages: Any) -> None:
    response = client.post("/v1/chat/completions", json={"messages": messages})
    problem = response.json()
    assert response.status_code == 422
    assert problem["error"]["message"] == problem["detail"]


def test_a_failure_midway_ends_the_stream_with_an_error_and_done(client: TestClient) -> None:
    body = {"stream": True, "messages": [{"role": "user", "content": "fail: who told Akiba?"}]}
    last = chunks(client.post("/v1/chat/completions", json=body).text)[-1]
    assert last["error"]["code"] == "store-damaged"


def test_a_long_earlier_answer_does_not_get_in_the_way(client: TestClient) -> None:
    said = [{"role": "user", "content": "x"}, {"role": "assistant", "content": "y " * 50_000}]
    messages = [*said, {"role": "user", "content": TOLD}]
    assert client.post("/v1/chat/completions", json={"messages": messages}).status_code == 200


def test_with_a_chat_model_there_is_a_second_name_whose_answers_it_writes(parts: Parts, settings: Settings) -> None:
    attached = settings.model_copy(update={"model": "openai:small"})
    for client in opened(attached, parts):
        names = [each["id"] for each in client.get("/v1/models").json()["data"]]
        assert names == ["whosaid", "whosaid-model"]
        messages = [{"role": "user", "content": TOLD}]
        for name in names:
            client.post("/v1/chat/completions", json={"model": name, "messages": messages})
    assert isinstance(parts.answering, FakeAnswering)
    assert [question.answerer for question in parts.answering.asked] == ["extractive", "model"]


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("So it is.[1][2] (He left.)[3]", "So it is.[1][2] (He left.)[3]"),
        (
            "“[He] paid $5* for my_own_book, 3 < 4,” she said.[1]",
            "“[He] paid $5* for my_own_book, 3 < 4,” she said.[1]",
        ),
        ("An ![old](https://x.example) mill.[1]", "An !\\[old\\](https://x.example) mill.[1]"),
        ("See [a [b] c](https://x.example).[1]", "See [a [b] c\\](https://x.example).[1]"),
        ("See [a\\](https://x.example).[1]", "See [a\\\\\\](https://x.example).[1]"),
        ("[p]: https://x.example[1]", "[p\\]: https://x.example[1]"),
        ("It was <img src=x> </b> <!-- old.[1]", "It was &lt;img src=x> &lt;/b> &lt;!-- old.[1]"),
    ],
)
def test_words_of_an_article_do_nothing_in_a_client_that_shows_markdown(told: str, shown: str) -> None:
    assert inert(told) == shown
    rendered = MarkdownIt("commonmark").render(inert(told))
    assert not re.search("<(?!/?p>)", rendered)


def test_a_source_is_named_in_one_line_that_does_nothing() -> None:
    named = {"title": "A ![mill](https://x.example)\n[2] Another", "source": "<b>Quay</b> Post"}
    citation = Citation(1, "a.md", named["title"], named["source"], None, None, None, "a.md#0", 0, 4, "Told")
    told = sources(Answer("1", "Who?", "Told.[1]", False, None, 1.0, (), (citation,)))
    assert len(told.splitlines()) == 4
    assert not re.search("<(?!/?(?:p|code)>)", MarkdownIt("commonmark").render(told))
