"""Somebody at a desk who asks, and looks at every answer as a suspicious editor would."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from retriever.records import Filters
from retriever.speaking import Speaking
from service.answering import Answering
from service.parts import Articles
from service.records import EVERYTHING, Answer, Answered, Citation, PassagesFound, Question, Token, Turn
from service.settings import Settings
from service.wiring import build

_QUOTATION = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")
_MARK = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Desk:
    """The question path over a real index."""

    answering: Answering
    articles: Articles

    @classmethod
    def over(
        cls, archive: Path, *, index: Path, cache: Path, speaking: Speaking, expected: Collection[str] = ("added",)
    ) -> Desk:
        """The real parts over the files of a folder. ``cache``: of the embedding model; ``expected``: all outcomes."""
        parts = build(Settings.load({}, data=index, cache=cache, threads=1))
        outcomes = list(parts.articles.ingest([archive]))
        assert {outcome.status for outcome in outcomes} == set(expected)
        assert isinstance(parts.answering, Answering)
        return cls(replace(parts.answering, speaking=speaking), parts.articles)

    def ask(self, text: str, *, history: tuple[Turn, ...] = (), filters: Filters = EVERYTHING) -> Answer:
        """The answer, after everything that holds for every answer has been looked at."""
        first, *pieces, last = self.answering.events(Question(text, history, filters))
        assert isinstance(first, PassagesFound)
        assert isinstance(last, Answered)
        answer = last.answer
        assert "".join(piece.text for piece in pieces if isinstance(piece, Token)) == answer.answer
        assert all(isinstance(piece, Token) for piece in pieces)
        assert pieces
        self._are_exact(first.citations)
        self.looked_at(answer)
        assert "compose" in (answer.timings_ms or ())
        return answer

    def looked_at(self, answer: Answer, *, most: int = 3) -> None:
        """What holds for every answer, whoever wrote it."""
        self._are_exact(answer.citations)
        _is_whole(answer)
        if answer.declined:
            _is_refusal(answer)
        else:
            _is_borne_out(answer, most)

    def _are_exact(self, citations: Collection[Citation]) -> None:
        assert [citation.number for citation in citations] == list(range(1, len(citations) + 1))
        for citation in citations:
            self._is_exact(citation)

    def _is_exact(self, citation: Citation) -> None:
        article = self.articles.article(citation.document_id)
        assert article.text[citation.start : citation.end] == citation.quote != ""
        assert (citation.title, citation.source, citation.author) == (article.title, article.source, article.author)
        assert (citation.published, citation.url) == (article.published, article.url)
        assert citation.passage_id in {passage.id for passage in self.articles.passages(citation.document_id)}


def _is_whole(answer: Answer) -> None:
    assert answer.answer == answer.answer.strip() != ""
    assert 0 <= answer.confidence <= 1
    assert {"search", "total"} <= set(answer.timings_ms or ())
    assert _MARK.sub("", answer.answer) == " ".join(sentence.text for sentence in answer.sentences)


def _is_refusal(answer: Answer) -> None:
    assert answer.reason in ("nothing_relevant", "speaker_not_found", "not_said", "unsupported")
    assert len(answer.sentences) == 1
    assert not _MARK.search(answer.answer)


def _is_borne_out(answer: Answer, most: int) -> None:
    """Each sentence cites something, each citation is cited, each quotation stands in what its sentence cites."""
    assert answer.reason is None
    assert 1 <= len(answer.sentences) <= most
    quotes = {citation.number: " ".join(citation.quote.split()) for citation in answer.citations}
    assert {int(number) for number in _MARK.findall(answer.answer)} == set(quotes)
    for sentence in answer.sentences:
        assert sentence.citations
        for groups in _QUOTATION.findall(sentence.text):
            words = "".join(groups).strip(" …")
            assert any(words in quotes[number] for number in sentence.citations), words
