"""Whatever goes wrong with a chat model has one name, says what to do, and ends in bounded time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from service.chatmodel import failures, provider
from service.chatmodel.failures import ModelFailed
from service.chatmodel.model import Model, opened
from service.chatmodel.provider import Wanted
from service.chatmodel.reply import repeats
from tests.model_server import ModelServer

ASKED = [("user", "Who spoke at the quay?")]
KEY = "sk-secret"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


def asking(server: ModelServer, slept: list[float] | None = None, **options: Any) -> Model:
    wanted = Wanted(model="openai:small", url=server.url, key=KEY, **options)
    return Model(
        wanted.called,
        lambda tokens, lines: provider.opened(wanted, context=tokens, lines=lines),
        reply=wanted.reply,
        timeout=wanted.timeout,
        sleep=(slept if slept is not None else []).append,
    )


@pytest.mark.parametrize(
    ("does", "code", "says"),
    [
        ({"status": 401, "error": {"message": f"Incorrect API key: {KEY}"}}, "model-refused", "WHOSAID_MODEL_KEY"),
        ({"status": 403}, "model-refused", "WHOSAID_MODEL_KEY"),
        ({"status": 404, "error": {"message": "The model `small` does not exist."}}, "model-unknown", "WHOSAID_MODEL"),
        ({"status": 404}, "model-unknown", "WHOSAID_MODEL_URL"),
        (
            {"status": 400, "error": {"message": "the request exceeds the available context size"}},
            "model-context-exceeded",
            "WHOSAID_MODEL_CONTEXT",
        ),
        ({"status": 400, "error": {"message": f"no images; {KEY}"}}, "model-failed", "no images"),
        ({"status": 429, "error": {"message": "x", "code": "insufficient_quota"}}, "model-refused", "limit"),
        (
            {"status": 429, "error": {"message": "Your credit balance is too low to access the API."}},
            "model-refused",
            "limit",
        ),
        ({"status": 500}, "model-overloaded", "500"),
        ({"status": 529}, "model-overloaded", "529"),
        ({"says": " \n "}, "model-empty", "nothing"),
        ({"says": "The harbour", "then": "dies"}, "model-broke-off", "broke off"),
        ({"says": "The harbour", "then": "ends"}, "model-broke-off", "broke off"),
        ({"says": "The harbour master", "then": "length"}, "model-rambles", "WHOSAID_MODEL_REPLY"),
        ({"says": "", "then": "length"}, "model-empty", "WHOSAID_MODEL_REPLY"),
    ],
)
def test_each_fault_has_a_name_and_a_remedy_and_no_key(
    server: ModelServer, does: dict[str, Any], code: str, says: str
) -> None:
    server.does(**does)
    with pytest.raises(ModelFailed) as failed:
        asking(server).whole(ASKED)
    assert failed.value.code == code
    assert says in str(failed.value)
    assert "openai:small" in str(failed.value)
    assert KEY not in str(failed.value)


def test_nothing_at_the_address_is_said_with_the_address() -> None:
    with pytest.raises(ModelFailed, match=r"http://127\.0\.0\.1:9.*WHOSAID_MODEL_URL") as failed:
        opened(Wanted(model="openai:small", url="http://127.0.0.1:9")).whole(ASKED)
    assert failed.value.code == "model-unreachable"


def test_a_limited_model_is_tried_again_after_the_time_it_asks_for(server: ModelServer) -> None:
    slept: list[float] = []
    server.does(status=429, headers={"Retry-After": "3"})
    server.does(says="The harbour master.")
    assert asking(server, slept).whole(ASKED) == "The harbour master."
    assert sum(slept) == pytest.approx(3)


def test_it_is_tried_three_times_with_growing_waits(server: ModelServer) -> None:
    slept: list[float] = []
    server.does(status=429)
    with pytest.raises(ModelFailed) as failed:
        asking(server, slept).whole(ASKED)
    assert failed.value.code == "model-rate-limited"
    assert len(server.requests) == 3
    assert 2.2 < sum(slept) < 3.8


def test_a_wait_that_no_reader_would_take_is_not_taken(server: ModelServer) -> None:
    server.does(status=429, headers={"Retry-After": "600"})
    with pytest.raises(ModelFailed):
        asking(server).whole(ASKED)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "does",
    [
        {"waits": 15.0, "says": "late"},
        {"says": "The harbour", "then": "stalls"},
        {"says": "The harbour", "then": "stalls", "pings": True},
    ],
    ids=["no first token", "no next token", "signs of life only"],
)
def test_a_model_that_stalls_is_left_and_its_server_sees_it(server: ModelServer, does: dict[str, Any]) -> None:
    server.does(**does)
    began = time.monotonic()
    with pytest.raises(ModelFailed, match="WHOSAID_MODEL_TIMEOUT") as failed:
        asking(server, timeout=0.5).whole(ASKED)
    assert failed.value.code == "model-timeout"
    assert time.monotonic() - began < 5
    if "waits" not in does:
        assert server.left.wait(5)


def test_stopping_in_mid_reply_stops_the_server(server: ModelServer) -> None:
    server.does(says="on and", then="endless", pause=0.02)
    pieces = asking(server, reply=8192).stream(ASKED)
    assert next(piece for piece in pieces if piece)
    pieces.close()
    assert server.left.wait(5)


def test_stopping_before_the_first_token_stops_the_server(server: ModelServer) -> None:
    server.does(says="", then="stalls")
    pieces = asking(server).stream(ASKED)
    assert next(pieces) == ""
    began = time.monotonic()
    pieces.close()
    assert server.left.wait(5)
    assert time.monotonic() - began < 3


def test_a_reply_without_end_is_cut_and_its_server_stopped(server: ModelServer) -> None:
    server.does(says="and so it went on", then="endless")
    with pytest.raises(ModelFailed) as failed:
        asking(server).whole(ASKED)
    assert failed.value.code == "model-rambles"
    assert server.left.wait(5)


def test_white_space_without_end_is_an_empty_reply(server: ModelServer) -> None:
    server.does(says="\n", then="endless")
    with pytest.raises(ModelFailed) as failed:
        asking(server).whole(ASKED)
    assert failed.value.code == "model-empty"


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("He said so. " * 12, True),
        ("- The ferry sails at nine, the master said, and again at noon on Sundays.\n" * 4, True),
        ("one two " * 3, False),
        ("".join(f"The ferry of line {number} sails at {number + 3} on Sundays.\n" for number in range(12)), False),
    ],
)
def test_repetition_is_four_rounds_of_the_same(text: str, does: bool) -> None:
    assert repeats(text) is does


def test_every_fault_has_a_code_of_its_own_that_is_listed_at_the_top() -> None:
    kinds: list[type[ModelFailed]] = [ModelFailed, *ModelFailed.__subclasses__()]
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert all(f"{kind.__name__} " in str(failures.__doc__) for kind in kinds)
    assert all(kind.code in str(failures.__doc__) for kind in kinds)
