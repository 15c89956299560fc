"""The question path as a LangChain Runnable, over the real answering where tracers are concerned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.documents import Document
from langchain_core.runnables import RunnableConfig, RunnableLambda

from retriever.errors import StoreDamaged
from service.chain import AnswerChain
from service.parts import Parts
from service.records import Answer, Answered, PassagesFound, Question, Token
from service.settings import Settings
from service.wiring import build

QUESTION = "Who told Li Shangfu about serious concern?"
TEXT = "Defence Minister Hamada Yasukazu told his counterpart Li Shangfu that activity was a matter of serious concern."


class Tracer(BaseCallbackHandler):
    """Notes what it is told, in order, and which run is whose child."""

    raise_error = True

    def __init__(self) -> None:
        self.told: list[str] = []
        self.names: dict[Any, str] = {}
        self.documents: Sequence[Document] = ()

    def on_chain_start(self, serialized: Any, inputs: Any, **more: Any) -> None:
        self.names[more["run_id"]] = more["name"]
        self.told.append(f"{more['name']} starts")

    def on_chain_end(self, outputs: Any, **more: Any) -> None:
        self.told.append(f"{self.names[more['run_id']]} ends with {type(outputs).__name__}")

    def on_chain_error(self, error: BaseException, **more: Any) -> None:
        self.told.append(f"{self.names[more['run_id']]} fails: {type(error).__name__}")

    def on_retriever_start(self, serialized: Any, query: str, **more: Any) -> None:
        self.told.append(f"search under {self.names[more['parent_run_id']]}: {query}")

    def on_retriever_end(self, documents: Sequence[Document], **more: Any) -> None:
        self.documents = documents

    def on_retriever_error(self, error: BaseException, **more: Any) -> None:
        self.told.append(f"search fails: {type(error).__name__}")


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Parts:
    """The real parts over one article."""
    assert request.config.cache is not None
    folder = tmp_path_factory.mktemp("archive")
    (folder / "call.txt").write_text(TEXT, encoding="utf-8")
    cache = request.config.cache.mkdir("whosaid-model")
    built = build(Settings.load({}, data=folder / "index", cache=cache, threads=1))
    assert [outcome.status for outcome in built.articles.ingest([folder / "call.txt"])] == ["added"]
    return built


@pytest.fixture
def chain(parts: Parts) -> AnswerChain:
    return AnswerChain(parts.answering)


def test_invoke_gives_the_answer_with_its_citation(chain: AnswerChain) -> None:
    answer = chain.invoke(QUESTION)
    assert isinstance(answer, Answer)
    assert [TEXT[each.start : each.end] for each in answer.citations] == [each.quote for each in answer.citations] != []


def test_stream_gives_the_events_and_their_tokens_are_the_answer(chain: AnswerChain) -> None:
    first, *tokens, last = chain.stream(Question(QUESTION))
    assert isinstance(first, PassagesFound)
    assert isinstance(last, Answered)
    assert "".join(token.text for token in tokens if isinstance(token, Token)) == last.answer.answer


def test_batch_answers_in_order(chain: AnswerChain) -> None:
    answers = chain.batch([QUESTION, Question("Who spoke of concern?")])
    assert [each.question for each in answers if isinstance(each, Answer)] == [QUESTION, "Who spoke of concern?"]


@pytest.mark.parametrize(
    ("call", "output"),
    [
        (lambda chain, config: chain.invoke(QUESTION, config), "Answer"),
        (lambda chain, config: list(chain.stream(QUESTION, config)), "Answered"),
    ],
    ids=["invoke", "stream"],
)
def test_a_tracer_sees_the_chain_and_the_search_inside_it(
    chain: AnswerChain, call: Callable[[AnswerChain, RunnableConfig], object], output: str
) -> None:
    tracer = Tracer()
    call(chain, {"callbacks": [tracer]})
    assert tracer.told == [
        "AnswerChain starts",
        f"search under AnswerChain: {QUESTION}",
        f"AnswerChain ends with {output}",
    ]
    assert [each.page_content for each in tracer.documents] == [TEXT]


def test_the_next_step_of_a_sequence_gets_the_answer_streaming_or_not(chain: AnswerChain) -> None:
    sequence = chain | RunnableLambda(lambda answer: type(answer).__name__)
    assert sequence.invoke(QUESTION) == "Answer"
    assert list(sequence.stream(QUESTION)) == ["Answer"]


def test_a_failure_reaches_caller_and_tracer(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Iterator[Any]:
        raise StoreDamaged("cannot be read", thing="index", value="x", remedy="Ingest again.")

    monkeypatch.setattr("retriever.search.Search.search", broken)
    tracer = Tracer()
    with pytest.raises(StoreDamaged):
        AnswerChain(parts.answering).invoke(QUESTION, {"callbacks": [tracer]})
    assert tracer.told[2:] == ["search fails: StoreDamaged", "AnswerChain fails: StoreDamaged"]


def test_other_answerers_of_the_same_protocol_work_too() -> None:
    class Scripted:
        def load(self) -> None:
            """Nothing to load."""

        def events(self, question: Question) -> Iterator[Answered]:
            yield Answered(Answer("1", question.text, "Yes.", False, None, 1.0, (), ()))

    answer = AnswerChain(Scripted()).invoke("Really?")
    assert answer.answer == "Yes."
