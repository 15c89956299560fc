"""The question path with a scripted chat model, over the real parts and the real check."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from retriever.embedding import MiniLM
from retriever.speaking import Speaking
from service.answering import Answering
from service.checking.support import FEATURES, SUPPORT
from service.checking.written import Checker
from service.entailing.model import Entailing
from service.records import (
    Answer,
    Answered,
    Event,
    PassagesFound,
    Question,
    Settled,
    Token,
    Turn,
    Written,
)
from service.weighing import read_to_learn
from service.writing.answering import WrittenAnswering
from tests.service.desk import Desk
from tests.service.writing.scripted import Scripted

Ask = Callable[..., Answer]


class Room:
    """Asks with a model, and looks at every stream as the page would."""

    def __init__(self, desk: Desk, extractive: Answering, checker: Checker) -> None:
        self.desk, self._extractive, self._checker = desk, extractive, checker
        self.events: list[Event] = []

    def path(self, model: Scripted) -> WrittenAnswering:
        said = self._extractive.evidence.statements
        return WrittenAnswering(extractive=self._extractive, model=model, checker=self._checker, said=said)

    def ask(self, model: Scripted, text: str, *, history: tuple[Turn, ...] = ()) -> Answer:
        self.events = list(self.path(model).events(Question(text, history, answerer="model")))
        waiting = next(n for n, each in enumerate(self.events) if each != Written(""))
        assert not waiting or history
        first, *between, last = self.events[waiting:]
        assert isinstance(first, PassagesFound)
        assert isinstance(last, Answered)
        answer = last.answer
        assert all(isinstance(each, Token | Written | Settled) for each in between)
        assert "".join(each.text for each in between if isinstance(each, Token)) == answer.answer
        self.desk.looked_at(answer, most=8)
        written = "".join(each.text for each in between if isinstance(each, Written))
        assert all(0 < each.end <= len(written) for each in between if isinstance(each, Settled))
        assert answer.writing is not None
        assert answer.writing.model == model.name
        return answer

    @property
    def outcomes(self) -> list[str]:
        """What became of each sentence, in the order in which it was decided."""
        return [each.outcome for each in self.events if isinstance(each, Settled)]


@pytest.fixture(scope="session")
def checker(request: pytest.FixtureRequest, speaking: Speaking) -> Checker:
    """The real check with the real weights."""
    assert request.config.cache is not None
    embedding = MiniLM(cache=request.config.cache.mkdir("whosaid-model"), threads=1, quantised=True)
    entails, weights = Entailing(), read_to_learn(SUPPORT, FEATURES)
    return Checker(speaking=speaking, vectors=embedding.vectors, entails=entails, weights=weights)


@pytest.fixture(scope="session")
def room(desk: Desk, checker: Checker) -> Room:
    return Room(desk, desk.answering, checker)
