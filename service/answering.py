"""The question path: a question goes in, typed events come out, the last of them the checked answer.

    question -> understood -> hits -> sentences, weighed -> draft -> checked -> answer with citations

The REST answer, the command line and the evaluation fold the same events.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from retriever.records import Filters, Hit, Query, Statement
from retriever.speaking import Speaking
from service import asking, checking, declining, extracting
from service.asking import Asked
from service.evidence import Candidate, Evidence, Frequencies
from service.extracting import Draft
from service.leads import Slice
from service.ranking import Ranking
from service.records import Answer, Answered, AnswerSentence, Citation, Event, PassagesFound, Question, Token
from service.sayings import Sayings
from service.statements import as_json
from service.weighing import Weights

HITS = 20  # passages asked of the search
NEAREST = 3  # passages that go with a refusal
SURE = 0.5  # chance of a sentence above which nothing need follow it


class Search(Protocol):
    """Ranked evidence."""

    def search(self, query: Query) -> Sequence[Hit]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """The extractive answerer. ``ranking`` says which sentences answer, ``calibration`` whether any of them does;
    ``sayings`` gives all that somebody said.
    """

    search: Search
    evidence: Evidence
    speaking: Speaking
    frequencies: Frequencies
    ranking: Ranking
    calibration: Weights
    sayings: Sayings

    def load(self) -> None:
        """Load now what would be loaded at the first questions (about 3 s): the embedding model and the parser."""
        self.speaking.load()
        self.answer(Question("Who said what to whom?"))

    def answer(self, question: Question) -> Answer:
        """The events folded. Raises RetrieverError where the index cannot be read."""
        return next(event.answer for event in self.events(question) if isinstance(event, Answered))

    def events(self, question: Question) -> Iterator[Event]:
        """PassagesFound, a Token a sentence, Answered. Raises RetrieverError where the index cannot be read."""
        clock = _Clock()
        asked = asking.understand(question)
        hits = self.search.search(Query(asked.search_text, question.filters, HITS))
        clock.lap("search")
        yield PassagesFound(_cited([_whole(hit) for hit in hits[:NEAREST]]))

        answer = self._answered(asked, question.filters, hits)
        clock.lap("compose")
        yield from (Token(piece) for piece in _pieces(answer))
        yield Answered(_timed(answer, clock.laps()))

    def _answered(
        self,
        asked: Asked,
        filters: Filters,
        hits: Sequence[Hit],
        ranked: Sequence[tuple[float, Candidate]] | None = None,
    ) -> Answer:
        """``ranked``: candidates, where they are known already."""
        told, everything = self.sayings.drafts(asked.text, filters)
        if told and (told := self._checked(told)):
            return _composed(asked, told, 1.0, [entry.statement for entry in everything])
        ranked = self._ranked(asked, hits) if ranked is None else ranked
        chance = self.calibration.chance(declining.signs(asked, hits, ranked, self.frequencies)) if ranked else 0.0
        drafts = extracting.authored(asked, hits)
        refusal = None if drafts else declining.refused_outright(asked, hits, ranked, self.speaking)
        if not drafts and refusal is None and chance < self.calibration.threshold:
            refusal = declining.refused(asked, self.frequencies)
        drafts = [] if refusal else self._checked(drafts or self._drafts(asked, ranked))
        if not drafts:
            refusal = refusal or declining.Refusal("unsupported", "Nobody in these documents says that.")
            return _declined(asked, refusal, hits, ranked, 1 - self.calibration.share("answerable", chance))
        said = [draft.statement for draft in drafts if draft.statement and draft.statement.speech]
        return _composed(asked, drafts, self.calibration.share("right", chance), said)

    def examined(self, question: Question, *, without: Collection[str] = ()) -> tuple[Mapping[str, float], Answer]:
        """What the decision to decline is taken by, and what would be answered if nothing were declined for want of a
        chance; as if the articles ``without`` were not there. For calibration.
        """
        asked = asking.understand(question)
        found = self.search.search(Query(asked.search_text, question.filters, HITS * (3 if without else 1)))
        hits = [hit for hit in found if hit.article.id not in without][:HITS]
        ranked = self._ranked(asked, hits)
        bold = replace(self, calibration=replace(self.calibration, threshold=0.0))
        answer = bold._answered(asked, question.filters, hits, ranked)
        return declining.signs(asked, hits, ranked, self.frequencies), answer

    def _ranked(self, asked: Asked, hits: Sequence[Hit]) -> list[tuple[float, Candidate]]:
        """Candidates with their chances of holding the answer, best first."""
        return self.ranking.ranked(asked, self.evidence.candidates(asked, hits))

    def _drafts(self, asked: Asked, ranked: Sequence[tuple[float, Candidate]]) -> list[Draft]:
        several = asked.kind == "list"
        enough = [not several and (chance >= SURE or each["quoted_words"] >= SURE) for chance, each in ranked]
        return extracting.compose(asked, [each for _, each in ranked], self.speaking, enough=enough)

    def _checked(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Drafts that their slices bear out; the others are left out."""
        return [d for d in drafts if not checking.faults(d.text, [s.text for s in d.slices], derived=d.derived)]


def _composed(asked: Asked, drafts: Sequence[Draft], confidence: float, said: Sequence[Statement]) -> Answer:
    slices = {each.place: each for draft in drafts for each in draft.slices}
    numbers = {place: number for number, place in enumerate(slices, start=1)}
    sentences = tuple(
        AnswerSentence(draft.text, tuple(numbers[each.place] for each in draft.slices)) for draft in drafts
    )
    marks = ("".join(f"[{number}]" for number in sentence.citations) for sentence in sentences)
    text = " ".join(f"{sentence.text}{mark}" for sentence, mark in zip(sentences, marks, strict=True))
    return Answer(
        id=uuid.uuid4().hex,
        question=asked.text,
        answer=text,
        declined=False,
        reason=None,
        confidence=round(confidence, 4),
        sentences=sentences,
        citations=_cited(list(slices.values())),
        statements=tuple(as_json(each) for each in {each.id: each for each in said}.values()),
    )


def _declined(
    asked: Asked,
    refusal: declining.Refusal,
    hits: Sequence[Hit],
    ranked: Sequence[tuple[float, Candidate]],
    confidence: float,
) -> Answer:
    nearest = [Slice(each.hit, each.start, each.end) for _, each in ranked[:NEAREST]] or [
        _whole(h) for h in hits[:NEAREST]
    ]
    text = refusal.sentence
    if nearest:
        text = f"{text.rstrip('.')}; the nearest passages are listed below."
    return Answer(
        id=uuid.uuid4().hex,
        question=asked.text,
        answer=text,
        declined=True,
        reason=refusal.reason,
        confidence=round(confidence, 4),
        sentences=(AnswerSentence(text, ()),),
        citations=_cited(nearest),
    )


def _cited(slices: Sequence[Slice]) -> tuple[Citation, ...]:
    return tuple(
        Citation(
            number=number,
            document_id=each.hit.article.id,
            title=each.hit.article.title,
            source=each.hit.article.source,
            author=each.hit.article.author,
            published=each.hit.article.published,
            url=each.hit.article.url,
            passage_id=each.hit.passage.id,
            start=each.start,
            end=each.end,
            quote=each.text,
        )
        for number, each in enumerate(slices, start=1)
    )


def _whole(hit: Hit) -> Slice:
    return Slice(hit, hit.passage.start, hit.passage.end)


def _pieces(answer: Answer) -> Iterator[str]:
    """The answer's text in pieces, a sentence each; joined they are the text."""
    rest = answer.answer
    for sentence in answer.sentences[1:]:
        cut = rest.index(sentence.text, 1)
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


@dataclass(slots=True)
class _Clock:
    """Laps in milliseconds."""

    started: float = field(default_factory=time.perf_counter)
    _laps: dict[str, float] = field(default_factory=dict)

    def lap(self, name: str) -> None:
        self._laps[name] = round((time.perf_counter() - self.started) * 1000 - sum(self._laps.values()), 2)

    def laps(self) -> dict[str, float]:
        return {**self._laps, "total": round((time.perf_counter() - self.started) * 1000, 2)}


def _timed(answer: Answer, laps: Mapping[str, float]) -> Answer:
    return replace(answer, timings_ms=laps)
