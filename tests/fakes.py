"""Stand-ins that keep the real protocols (service/parts.py), for tests of the surfaces and for work on the page.

``create_app(settings, fakes.build)`` makes an app over them; ``python -m tests.fakes [PORT]`` serves one.
They hold three short articles, answer with the sentence that shares most words with the question, and decline where
none does. ``fail`` in a question makes the stream fail midway, ``slow`` makes it take its time.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from retriever.catalogue.records import Entry, Person, StatementChoice, StatementEntry, StatementPage
from retriever.errors import ArticleNotFound, StoreDamaged
from retriever.reading import files
from retriever.records import Article, Hit, Outcome, Passage, Query, Statement
from retriever.splitting import passages, sentences
from service.parts import Choice, Parts
from service.records import (
    Answer,
    Answered,
    AnswerSentence,
    Citation,
    Event,
    PassagesFound,
    Question,
    Token,
)
from service.settings import Settings
from tests.kept import FakeKept

__all__ = ["ARTICLES", "FakeAnswering", "FakeArticles", "FakeKept", "FakeSearch", "FakeStatements", "build"]
ARTICLES = (
    Article(
        "2022/call.txt",
        "Motegi Toshimitsu told Wang Yi on Wednesday that the situation in the East China Sea was a grave concern. "
        "Wang said that both sides should “manage differences”. The call lasted about 90 minutes.",
        title="Ministers speak by telephone",
        source="Kyodo News",
        published=date(2022, 11, 24),
        known={"title": "front matter", "source": "front matter", "published": "front matter"},
    ),
    Article(
        "akiba.txt",
        "China's foreign policy chief Yang Jiechi told Takeo Akiba that Taiwan is an integral part of China. "
        "They met for seven hours in Tianjin.",
        title="Seven hours in Tianjin",
    ),
    Article("embassy.md", "The embassy in Tokyo reopened its visa office in March. Nobody commented.", title="Visas"),
)


class FakeArticles:
    """Articles in a dict; what is ingested is read as text."""

    def __init__(self) -> None:
        self.kept = {article.id: article for article in ARTICLES}

    def recover(self) -> int:
        return 0

    def ingest(self, paths: Sequence[Path]) -> Iterator[Outcome]:
        for path, name in files(paths):
            try:
                text = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                yield Outcome(name, "failed", reason=f"file {name!r}: it is not text. Save it as UTF-8.")
                continue
            known = name in self.kept
            self.kept[name] = Article(name, text)
            yield Outcome(name, "updated" if known else "added", document_id=name)

    def remove(self, document_id: str) -> None:
        self.article(document_id)
        del self.kept[document_id]

    def article(self, document_id: str) -> Article:
        if document_id not in self.kept:
            raise ArticleNotFound(
                "there is none with this id",
                thing="document",
                value=document_id,
                remedy="GET /api/documents lists all.",
            )
        return self.kept[document_id]

    def passages(self, document_id: str) -> Sequence[Passage]:
        return passages(self.article(document_id))

    def page(self, chosen: Choice) -> tuple[Sequence[Entry], int]:
        found = [
            article
            for article in self.kept.values()
            if (chosen.source in (None, article.source))
            and (chosen.since is None or (article.published is not None and article.published >= chosen.since))
            and (chosen.until is None or (article.published is not None and article.published <= chosen.until))
            and (chosen.text or "").lower() in f"{article.title} {article.text}".lower()
        ]
        return [_entry(article) for article in found[chosen.offset : chosen.offset + chosen.limit]], len(found)

    def status(self) -> Mapping[str, Any]:
        return {"articles": len(self.kept), "model": "none"}


class FakeSearch:
    """Ranks passages by the number of words they share with the query."""

    def __init__(self, articles: FakeArticles) -> None:
        self._articles = articles

    def search(self, query: Query) -> list[Hit]:
        wanted = _words(query.text)
        hits = [
            Hit(passage, article, float(len(wanted & _words(passage.text))), None, None)
            for article in self._articles.kept.values()
            for passage in passages(article)
            if wanted & _words(passage.text)
        ]
        return sorted(hits, key=lambda hit: -hit.score)[: query.limit]


class FakeAnswering:
    """Answers with the one sentence that shares most words with the question."""

    def __init__(self, search: FakeSearch) -> None:
        self._search = search
        self.asked: list[Question] = []
        self.closed = 0  # streams that were left or came to their end

    def load(self) -> None:
        """Nothing to load."""

    def events(self, question: Question) -> Iterator[Event]:
        self.asked.append(question)
        try:
            yield from self._events(question)
        finally:
            self.closed += 1

    def _events(self, question: Question) -> Iterator[Event]:
        hits = self._search.search(Query(question.text, question.filters, 5))
        yield PassagesFound(tuple(_citation(n, hit, 0, len(hit.passage.text)) for n, hit in enumerate(hits, 1)))
        if "fail" in question.text:
            raise StoreDamaged("it cannot be read", thing="index", value="fake", remedy="Ingest again.")
        answer = self._answer(question, hits)
        for piece in re.findall(r"\S+\s*|\s+", answer.answer):
            time.sleep(0.1 if "slow" in question.text else 0)
            yield Token(piece)
        yield Answered(answer)

    def _answer(self, question: Question, hits: list[Hit]) -> Answer:
        if not hits or hits[0].score < 2:
            text, given = "The articles do not say.", question.filters or None
            return Answer(uuid4().hex, question.text, text, True, "nothing_relevant", 0.1, (), (), filters=given)
        wanted, passage = _words(question.text), hits[0].passage
        best = max(sentences(passage.text), key=lambda s: len(wanted & _words(passage.text[s.start : s.end])))
        cited = _citation(1, hits[0], best.start, best.end)
        said = AnswerSentence(cited.quote, (1,))
        return Answer(
            uuid4().hex,
            question.text,
            f"{cited.quote}[1]",
            False,
            None,
            0.9,
            (said,),
            (cited,),
            timings_ms={"total": 1.0},
            filters=question.filters or None,
        )


class FakeStatements:
    """What "X told Y that Z." says in the articles; chosen by words of the name and of what was said alone."""

    def __init__(self, articles: FakeArticles) -> None:
        self._articles = articles

    def find(self, choice: StatementChoice) -> StatementPage:
        fitting = [
            StatementEntry(one, article.title, article.source, article.published)
            for article in self._articles.kept.values()
            for one in self.of_article(article.id)
            if (choice.speaker or "").lower() in (one.speaker or "").lower()
            and (choice.about or "").lower() in one.content.lower()
        ]
        first = int(choice.cursor or 0)
        last = first + (choice.limit or len(fitting))
        return StatementPage(tuple(fitting[first:last]), len(fitting), str(last) if last < len(fitting) else None)

    def of_article(self, article_id: str) -> Sequence[Statement]:
        text = self._articles.article(article_id).text
        found = re.finditer(
            r"(?P<who>[A-Z]\w+ [A-Z]\w+) told (?P<whom>[A-Z]\w+ [A-Z]\w+)[^.]*? that (?P<what>[^.]+)", text
        )
        return [
            Statement(
                f"{article_id}:{one.start()}", article_id, one["who"], one["who"], None, "told", one["what"],
                "indirect", one["whom"], None, (), True, one.start(), one.end(), (one.span("what"),),
            )
            for one in found
        ]  # fmt: skip

    def by_ids(self, ids: Collection[str]) -> Sequence[Statement]:
        every = {one.id: one for article_id in self._articles.kept for one in self.of_article(article_id)}
        return [every[id_] for id_ in ids if id_ in every]

    def speakers(self) -> Sequence[Person]:
        every = [one.speaker or "" for article_id in self._articles.kept for one in self.of_article(article_id)]
        return [Person(name, (name,), True, (), every.count(name), None, None) for name in dict.fromkeys(every)]


def build(settings: Settings) -> Parts:
    """What wiring.build makes, over fakes."""
    articles = FakeArticles()
    search = FakeSearch(articles)
    return Parts(FakeAnswering(search), search, articles, FakeKept(), FakeStatements(articles))


def _entry(article: Article) -> Entry:
    return Entry(
        article.id, article.title, article.author, article.source, article.published, article.url, article.digest,
        len(article.text), len(passages(article)), None, None, "2026-01-01T00:00:00.000+00:00",
    )  # fmt: skip


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 3}


def _citation(number: int, hit: Hit, start: int, end: int) -> Citation:
    article, offset = hit.article, hit.passage.start
    return Citation(
        number, article.id, article.title, article.source, article.author, article.published, article.url,
        hit.passage.id, offset + start, offset + end, article.text[offset + start : offset + end],
    )  # fmt: skip


if __name__ == "__main__":
    import uvicorn

    from service.http.app import create_app

    uvicorn.run(create_app(Settings.load(), build), port=int(sys.argv[1]) if len(sys.argv) > 1 else 8000)
