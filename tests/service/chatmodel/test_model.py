"""A chat model is opened lazily, streams, counts, tells its context, and is seen by tracers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk
from langchain_core.runnables import RunnableLambda

from service.chatmodel.failures import Called, ModelEmpty, ModelFailed, ModelPackageMissing, ModelRefused
from service.chatmodel.model import CONTEXT, Model, opened
from service.chatmodel.probing import Probed
from service.chatmodel.provider import Wanted
from tests.model_server import ModelServer

ASKED = [("system", "Be brief."), ("user", "Who spoke at the quay?")]
ROOT = Path(__file__).parents[3]


def faked(*replies: str, **options: Any) -> Model:
    chat = GenericFakeChatModel(messages=iter([AIMessage(reply) for reply in replies]))
    return Model(Called(name="fake:one"), lambda *_: chat, **options)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


def test_a_reply_streams_piece_by_piece_and_is_the_same_whole() -> None:
    text = "The harbour master spoke at the quay."
    pieces = [piece for piece in faked(text).stream(ASKED) if piece]
    assert len(pieces) > 3
    assert "".join(pieces) == text == faked(text).whole(ASKED)


def test_an_openai_compatible_server_gets_messages_limits_and_temperature_zero(server: ModelServer) -> None:
    server.does(says="The harbour master.")
    assert opened(Wanted(model="openai:small", url=server.url, reply=40)).whole(ASKED) == "The harbour master."
    (asked,) = server.requests
    assert [(each["role"], each["content"]) for each in asked["messages"]] == ASKED
    assert (asked["model"], asked["temperature"], asked["max_tokens"]) == ("small", 0, 40)


def test_a_server_of_ones_own_gets_its_own_key_or_none_and_never_that_of_the_provider(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-for-somebody-else")
    server.does(says="Yes.")
    opened(Wanted(model="openai:small", url=server.url)).whole(ASKED)
    opened(Wanted(model="openai:small", url=server.url, key="sk-for-this-one")).whole(ASKED)
    assert server.keys == ["none", "sk-for-this-one"]


def test_without_key_and_address_it_says_which_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelRefused, match="WHOSAID_MODEL_KEY or OPENAI_API_KEY"):
        opened(Wanted(model="openai:gpt-4.1-mini")).whole(ASKED)


def test_a_missing_package_names_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain_ollama", None)
    model = opened(Wanted(model="ollama:small", url="http://127.0.0.1:9"))
    with pytest.raises(ModelPackageMissing, match=r"langchain-ollama.*pip install .*\[ollama\]"):
        model.whole(ASKED)
    assert model.context == CONTEXT


def test_opening_loads_and_contacts_nothing() -> None:
    program = (
        "import sys; from service.chatmodel.model import opened; from service.chatmodel.provider import Wanted\n"
        "opened(Wanted(model='openai:small', url='http://127.0.0.1:9')); print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"langchain", "langchain_core", "openai", "tiktoken", "httpx", "httpx2"} & set(ran.stdout.split())


def test_a_key_is_in_no_text_that_describes_the_model() -> None:
    model = opened(Wanted(model="openai:small", url="http://127.0.0.1:9", key="sk-secret"))
    assert "sk-secret" not in repr(model) + repr(model._called) + str(model.check())


class Seen(BaseCallbackHandler):
    def __init__(self) -> None:
        self.starts: list[tuple[str, object]] = []
        self.runs: list[object] = []
        self.ends = self.errors = 0

    def on_chain_start(self, serialized: Any, inputs: Any, *, run_id: Any, **_: Any) -> None:
        self.runs.append(run_id)

    def on_chat_model_start(self, serialized: Any, messages: Any, *, parent_run_id: Any = None, **_: Any) -> None:
        self.starts.append((messages[0][-1].content, parent_run_id))

    def on_llm_end(self, *_: Any, **__: Any) -> None:
        self.ends += 1

    def on_llm_error(self, *_: Any, **__: Any) -> None:
        self.errors += 1


def test_within_a_runnable_it_is_a_run_of_its_own_below_it() -> None:
    seen, model = Seen(), faked("The harbour master.")
    chain: RunnableLambda[str, str] = RunnableLambda(lambda _: model.whole(ASKED))
    chain.invoke("?", {"callbacks": [seen]})
    assert seen.starts == [(ASKED[-1][1], seen.runs[0])]
    assert (seen.ends, seen.errors) == (1, 0)


class Counted(BaseChatModel):
    """A chat model that says how many tokens it was given."""

    tokens: int

    @property
    def _llm_type(self) -> str:
        return "counted"

    def _generate(self, *_: Any, **__: Any) -> Any:
        raise NotImplementedError

    def _stream(self, *_: Any, **__: Any) -> Iterator[ChatGenerationChunk]:
        usage: Any = {"input_tokens": self.tokens, "output_tokens": 1, "total_tokens": self.tokens + 1}
        yield ChatGenerationChunk(message=AIMessageChunk(content="Yes.", usage_metadata=usage))


def test_an_estimate_is_corrected_by_what_the_provider_counts() -> None:
    text = "The harbour master opened the eastern quay to the ferries again on Tuesday morning. " * 20
    model = Model(Called(name="fake:counted"), lambda *_: Counted(tokens=900))
    before = model.count(text)
    model.whole([("user", text)])
    assert before < 900
    assert model.count(text) == pytest.approx(900, abs=5)


@pytest.mark.parametrize(
    ("other", "context", "tokens"),
    [
        (
            {"/props": {"default_generation_settings": {"n_ctx": 2048}}, "/tokenize": {"tokens": [1, 2, 3]}},
            2048,
            3,
        ),
        (
            {
                "/v1/models": {"data": [{"id": "small", "max_model_len": 4096}]},
                "/tokenize": lambda body: {"count": 7} if "prompt" in body else None,
            },
            4096,
            7,
        ),
        ({"/extras/tokenize/count": {"count": 5}}, None, 5),
    ],
    ids=["llama.cpp", "vLLM", "llama-cpp-python"],
)
def test_a_server_that_says_what_it_can_read_and_counts_is_believed(
    other: dict[str, Any], context: int | None, tokens: int
) -> None:
    with ModelServer(other=other) as server:
        model = opened(Wanted(model="openai:small", url=server.url))
        assert (model.context, model.context_known) == (context or CONTEXT, context is not None)
        assert model.count("Who spoke at the quay?") == tokens


def test_a_context_that_is_set_comes_first() -> None:
    model = faked("Yes.", context=1024, probe=lambda: Probed(True, 4096))
    assert (model.context, model.context_known) == (1024, True)


def test_a_known_model_of_a_provider_says_what_it_can_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-none")
    model = opened(Wanted(model="openai:gpt-4.1-mini"))
    assert model.context > 100_000
    assert model.context_known


def test_a_server_that_is_not_there_yet_is_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([Probed(reached=False), Probed(True, 2048)])
    model = faked("Yes.", probe=lambda: next(answers))
    assert (model.context, model.context_known) == (CONTEXT, False)
    model._ask_again = 0.0
    assert (model.context, model.context_known) == (2048, True)


def test_thinking_aloud_is_not_part_of_the_reply() -> None:
    assert faked("<think>\nthe quay, \nperhaps </think>\n\nThe harbour master.").whole(ASKED) == "The harbour master."
    for thought in (
        "<thinking>the quay</thinking>", "<reasoning>the quay</reasoning>", "[THINK]the quay[/THINK]",
        "<|channel|>analysis<|message|>the quay<|end|><|start|>assistant<|channel|>final<|message|>",
        "<|channel|>final<|message|>", "Okay, the quay, perhaps. It is one.\n</think>\n\n",
    ):  # fmt: skip
        assert faked(f"{thought} The harbour master.").whole(ASKED) == "The harbour master."
    for text in ("Okay, the quay is one.", "Let me", "The user of the quay is gone.", "[Thin ice] is a phrase."):
        assert faked(text).whole(ASKED) == text
    assert faked("<thin ice> was the phrase.").whole(ASKED) == "<thin ice> was the phrase."
    with pytest.raises(ModelEmpty):
        faked("<think> the quay, perhaps").whole(ASKED)


def test_a_check_is_none_where_a_word_comes_and_else_the_failure() -> None:
    assert faked("OK.").check() is None
    found = opened(Wanted(model="openai:small", url="http://127.0.0.1:9")).check()
    assert isinstance(found, ModelFailed)
    assert found.code == "model-unreachable"
