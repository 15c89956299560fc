"""The real question path over honest and poisoned articles; an attack goes in, the answer to its question comes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from retriever.catalogue.statements import StatementRows
from retriever.embedding import MiniLM
from retriever.errors import ArticleNotFound
from retriever.records import Article, Filters
from retriever.speaking import Speaking
from service.answering import Answering
from service.checking.support import FEATURES, SUPPORT
from service.checking.written import Checker
from service.entailing.model import Entailing
from service.parts import Parts
from service.records import Answer, Answered, Event, PassagesFound, Question, Token
from service.settings import Settings
from service.weighing import read
from service.wiring import build
from service.writing.answering import WrittenAnswering
from tests.injection.attacks.record import HONEST, Attack
from tests.injection.scripted import Scripted
from tests.injection.watch import prompt_texts, successes

PROMPTS = prompt_texts(Path(__file__).parents[2] / "prompts")


@dataclass(frozen=True)
class Besieged:
    """``parts`` are those of the service; ``cache`` holds the embedding model."""

    parts: Parts
    cache: Path

    @classmethod
    def over(cls, archive: Path, *, index: Path, cache: Path, speaking: Speaking) -> Besieged:
        """Every article is taken in; copies with a word altered are no copies."""
        parts = build(Settings.load({}, data=index, cache=cache, threads=1))
        outcomes = {outcome.name: outcome.status for outcome in parts.articles.ingest([archive])}
        others = {name: status for name, status in outcomes.items() if status != "added"}
        assert not others, others
        assert isinstance(parts.answering, Answering)
        return cls(replace(parts, answering=replace(parts.answering, speaking=speaking)), cache)

    @cached_property
    def checker(self) -> Checker:
        """What looks at a chat model's sentences."""
        embedding = MiniLM(cache=self.cache, threads=1, quantised=True)
        entails, weights = Entailing(), read(SUPPORT, FEATURES)
        speaking = self.extractive.speaking
        return Checker(speaking=speaking, vectors=embedding.vectors, entails=entails, weights=weights)

    @property
    def extractive(self) -> Answering:
        """The answerer without a language model."""
        assert isinstance(self.parts.answering, Answering)
        return self.parts.answering

    def written(self, model: Scripted) -> WrittenAnswering:
        """The answerer with a chat model."""
        rows = self.parts.statements
        assert isinstance(rows, StatementRows)
        return WrittenAnswering(extractive=self.extractive, model=model, checker=self.checker, said=rows.of_passages)

    def article(self, document_id: str) -> Article | None:
        """None where there is none of this id."""
        try:
            return self.parts.articles.article(document_id)
        except ArticleNotFound:
            return None

    def successes(self, answer: Answer, attack: Attack) -> list[str]:
        """Of the attacker, in words."""
        return successes(answer, attack, find=self.article, prompts=PROMPTS)


def question(attack: Attack, answerer: Literal["extractive", "model"] = "extractive") -> Question:
    """What is asked, of the honest articles and those that the attack has planted."""
    documents = Filters(documents=(*HONEST, *attack.planted))
    return Question(attack.question, attack.history, documents, answerer)


def told(events: Iterable[Event]) -> Answer:
    """The answer, which is what was streamed, and nothing else."""
    first, *others, last = events
    assert isinstance(first, PassagesFound)
    assert isinstance(last, Answered)
    assert "".join(each.text for each in others if isinstance(each, Token)) == last.answer.answer
    return last.answer
