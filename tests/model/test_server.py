"""The model by itself: it writes, it counts, it stops."""

from __future__ import annotations

import time
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest

from service.chatmodel.failures import ModelFailed, ModelRambles
from service.chatmodel.model import Model, opened
from service.chatmodel.provider import Wanted
from tests.model.serving import NAME, Serving, serve

STORY = [("user", "Tell a long story of a ship and its crew, a thousand words at least.")]
SHORT = [("user", "Say OK.")]


def model_of(serving: Serving, *, reply: int = 512) -> Model:
    """The model that a server has, as the settings would make it."""
    return opened(Wanted(model=f"openai:{NAME}", url=serving.url, timeout=120, reply=reply), context=serving.context)


@pytest.fixture
def model(served: Serving) -> Model:
    return opened(Wanted(model=f"openai:{NAME}", url=served.url, timeout=120), context=served.context)


def test_the_server_says_which_model_it_has(served: Serving) -> None:
    assert [each["id"] for each in httpx.get(f"{served.url}/models").json()["data"]] == [NAME]


def test_a_reply_comes_piece_by_piece(model: Model) -> None:
    pieces = [piece for piece in model.stream([("system", "You are brief."), ("user", "What is an anchor?")]) if piece]
    assert len(pieces) > 3
    assert len("".join(pieces).split()) > 3


def test_what_is_asked_again_is_replied_alike(model: Model) -> None:
    assert model.whole(SHORT) == model.whole(SHORT)


def test_tokens_are_counted_by_the_server(model: Model, served: Serving) -> None:
    text = "Ingrid Moe asked for 12 million kroner on 2 February 2023 – “not a day longer”."
    asked = {"model": NAME, "input": text}
    own = httpx.post(f"{served.url.removesuffix('/v1')}/extras/tokenize/count", json=asked).json()["count"]
    assert model.count(text) == own
    assert model.context == served.context


def test_a_reply_that_is_too_long_is_stopped_and_named(served: Serving) -> None:
    model = opened(Wanted(model=f"openai:{NAME}", url=served.url, reply=40), context=served.context)
    with pytest.raises(ModelRambles):
        model.whole(STORY)


def test_closing_the_stream_frees_the_server_for_the_next_request(model: Model) -> None:
    began = time.perf_counter()
    with suppress(ModelRambles):
        model.whole(STORY)
    whole = time.perf_counter() - began
    _begun(model)
    began = time.perf_counter()
    _begun(model)  # the same again: what was read is kept, so that only the wait for its turn takes time
    waited = time.perf_counter() - began
    assert whole > 4 * waited, "the story is too short to tell that it was stopped"
    assert waited < 2


def test_more_than_the_server_can_read_has_a_defined_end(model: Model) -> None:
    with pytest.raises(ModelFailed) as failed:
        model.whole([("user", "word " * 5000)])
    assert failed.value.code in ("model-context-exceeded", "model-empty")
    assert model.whole(SHORT)


def test_a_server_that_is_gone_is_named(python: Path) -> None:
    with serve(python) as serving:
        model = opened(Wanted(model=f"openai:{NAME}", url=serving.url), context=serving.context)
        assert model.check() is None
    failed = model.check()
    assert failed is not None
    assert failed.code == "model-unreachable"
    assert serving.url in str(failed)


def _begun(model: Model) -> None:
    """The first three pieces of the story, and no more."""
    with closing(model.stream(STORY)) as pieces:
        for _ in range(3):
            next(piece for piece in pieces if piece)
