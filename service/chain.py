"""The question path as a LangChain Runnable: a question goes in, an answer comes out, and tracers see every step.

chain = AnswerChain(build(Settings.load()).answering)   # service.wiring.build
chain.invoke("Who told Akiba that …?")                   # -> Answer
chain.batch(["Who …?", Question("When …?")])             # -> [Answer, Answer]
for event in chain.stream("Who …?"): ...                 # PassagesFound, Token…, Answered
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast

from langchain_core.callbacks import CallbackManagerForChainRun
from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda

from retriever.langchain import PassageRetriever
from retriever.records import Hit, Query
from service import answering, parts
from service.records import Answer, Answered, Event, Question
from service.writing.answering import WrittenAnswering

A = TypeVar("A")
B = TypeVar("B")


class AnswerChain(Runnable[str | Question, Answer | Event]):
    """``answering`` is what ``service.wiring.build`` puts together; its search shows as a retriever run of its own.

    Every call may raise RetrieverError and ServiceError; tracers see them too.
    """

    def __init__(self, answering: parts.Answering) -> None:
        self._answering = answering

    def invoke(self, input: str | Question, config: RunnableConfig | None = None, **_: Any) -> Answer:  # noqa: A002 - LangChain's name
        """The answer."""
        return cast("Answer", self._call_with_config(self._answer, input, config))

    def stream(self, input: str | Question, config: RunnableConfig | None = None, **_: Any) -> Iterator[Event]:  # noqa: A002
        """The events as they come, ``Answered`` last."""
        return cast("Iterator[Event]", self._transform_stream_with_config(iter([input]), self._events, config))

    def transform(
        self,
        input: Iterator[str | Question],  # noqa: A002
        config: RunnableConfig | None = None,
        **_: Any,
    ) -> Iterator[Answer]:
        """What the next step of a sequence gets, streaming or not: the answer."""
        for question in input:
            yield self.invoke(question, config)

    def _answer(self, asked: str | Question, run_manager: CallbackManagerForChainRun) -> Answer:
        *_, last = self._events(iter([asked]), run_manager)
        if not isinstance(last, Answered):
            raise TypeError(f"the last event is {type(last).__name__}, not Answered")
        return last.answer

    def _events(self, asked: Iterator[str | Question], run_manager: CallbackManagerForChainRun) -> Iterator[Event]:
        for each in asked:
            question = Question(each) if isinstance(each, str) else each
            yield from self._traced(run_manager).events(question)

    def _traced(self, run_manager: CallbackManagerForChainRun) -> parts.Answering:
        config: RunnableConfig = {"callbacks": run_manager.get_child()}
        if isinstance(self._answering, answering.Answering):
            return _searching(self._answering, config)
        if isinstance(self._answering, WrittenAnswering):
            extractive = _searching(self._answering.extractive, config)
            return replace(self._answering, extractive=extractive, step=_Step(config))
        return self._answering


def _searching(extractive: answering.Answering, config: RunnableConfig) -> answering.Answering:
    return replace(extractive, search=_Traced(extractive.search, config))


class _Step:
    """A step of the writing as a run of its own: a prompt, the check of a sentence. The chat model is one by itself."""

    def __init__(self, config: RunnableConfig) -> None:
        self._config = config

    def __call__(self, name: str, call: Callable[[A], B], given: A, /) -> B:
        return RunnableLambda(call, name=name).invoke(given, self._config)


class _Traced:
    """A search that runs as a LangChain retriever, so that callbacks see its query, its documents and its errors."""

    def __init__(self, search: answering.Search, config: RunnableConfig) -> None:
        self._search, self._config = search, config

    def search(self, query: Query) -> Sequence[Hit]:
        seen = _Seen(self._search)
        PassageRetriever(search=seen, limit=query.limit, filters=query.filters).invoke(query.text, self._config)
        return seen.hits


class _Seen:
    """Keeps the hits, of which a retriever hands on documents only."""

    def __init__(self, search: answering.Search) -> None:
        self._search = search
        self.hits: Sequence[Hit] = ()

    def search(self, query: Query) -> Sequence[Hit]:
        self.hits = self._search.search(query)
        return self.hits
