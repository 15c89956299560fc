"""The question path: a question goes in, typed events come out, the last of them the checked answer.

    question -> understood -> hits within its focus -> sentences, weighed -> drafts -> checked -> answer with citations

The REST answer, the command line and the evaluation fold the same events.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from retriever.records import Hit, Query
from retriever.speaking import Speaking
from service import composing, conflicts, declining
from service.checking.faults import faults
from service.composing import Posed
from service.conflicts import Conflict, Groups
from service.drafting import extracting, leads
from service.drafting.extracting import Draft
from service.drafting.leads import Slice
from service.evidence import Candidate, Evidence, Frequencies
from service.question import asking
from service.question.asking import Asked
from service.question.focus import Focus, Focusing
from service.ranking import Ranking
from service.records import Answer, Answered, Event, PassagesFound, Question, Token
from service.sayings import Sayings
from service.weighing import Weights

HITS = 20  # passages asked of the search
FURTHER = 3  # times as many are asked for where not all of them count
NEAREST = 3  # passages that go with a refusal
LEAST = 0.05  # confidence: an answer that is wrong nineteen times in twenty is none
NAMED = 0.8  # share of an event's words that must stand in the sentence by which it is dated
SURE = 0.5  # chance of a sentence above which nothing need follow it

Ranked = Sequence[tuple[float, Candidate]]


class Search(Protocol):
    """Ranked evidence."""

    def search(self, query: Query) -> Sequence[Hit]: ...


@dataclass(frozen=True, slots=True)
class _Found:
    """A question understood, what it is narrowed to, and the passages that may answer it, best first."""

    asked: Asked
    focus: Focus
    hits: Sequence[Hit]

    @property
    def posed(self) -> Posed:
        """The question as it goes with the answer."""
        return Posed(self.asked.text, self.focus.understood())


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """The extractive answerer. ``focusing`` says what a question's words narrow it to, ``ranking`` which sentences
    answer, ``calibration`` whether any of them does, ``confidence`` whether the answer is right; ``sayings`` gives all
    that somebody said; ``copies`` tells which articles are of one source;
    ``least`` is the confidence under which nothing is answered.
    """

    search: Search
    focusing: Focusing
    evidence: Evidence
    speaking: Speaking
    frequencies: Frequencies
    ranking: Ranking
    calibration: Weights
    confidence: Weights
    sayings: Sayings
    copies: Groups
    least: float = LEAST

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
        found = self._found(question)
        clock.lap("search")
        yield PassagesFound(composing.cited([composing.whole(hit) for hit in found.hits[:NEAREST]]))

        answer = self._told(found) or self._answered(found, self._ranked(found))
        clock.lap("compose")
        yield from (Token(piece) for piece in composing.pieces(answer))
        yield Answered(replace(answer, timings_ms=clock.laps()))

    def examined(self, question: Question, *, without: Collection[str] = ()) -> tuple[Mapping[str, float], Answer]:
        """What the decision to decline is taken by, and what would be answered if nothing were declined for want of a
        chance; as if the articles ``without`` were not there. For calibration.
        """
        found = self._found(question, without=without)
        ranked = self._ranked(found)
        bold = replace(self, calibration=replace(self.calibration, threshold=0.0), least=0.0)
        answer = self._told(found) or bold._answered(found, ranked)
        return self._signs(found, ranked), answer

    def _found(self, question: Question, *, without: Collection[str] = (), dates_events: bool = True) -> _Found:
        """``without``: ids of articles taken to be absent."""
        question, typed = self.focusing.typed(question)
        asked = asking.understand(question)
        focus = self.focusing.of(asked.text, question, typed, self._days_of if dates_events else _unknown)
        most = HITS * (FURTHER if without or focus.periods else 1)
        hits = self.search.search(Query(asked.search_text, focus.filters, most))
        return _Found(asked, focus, [h for h in hits if h.article.id not in without and focus.keeps(h)][:HITS])

    def _days_of(self, event: str) -> tuple[date, date] | None:
        """When an event was, if the articles say so; None where that is not known."""
        found = self._found(Question(f"When was {event}?"), dates_events=False)
        ranked = self._ranked(found)
        if not ranked or self.calibration.chance(self._signs(found, ranked)) < self.calibration.threshold:
            return None
        best = ranked[0][1]
        if best["terms_in_sentence"] < NAMED:
            return None  # of another event, perhaps: nothing is narrowed by a guess
        when = leads.time_of(found.asked, best, Slice(best.hit, best.start, best.end))
        return (when.first, when.last) if when and when.first and when.last else None

    def _told(self, found: _Found, *, all_of: bool = False) -> Answer | None:
        """The answer from the statement index, where the question asks for all of something; ``all_of``: where it asks
        what somebody said about something.
        """
        text, filters = found.focus.for_statements(found.asked.text)
        told, everything = self.sayings.drafts(asking.for_all(text) if all_of else text, filters)
        told = self._checked(told)
        said = [entry.statement for entry in everything]
        return composing.composed(found.posed, told, confidence=1.0, said=said) if told else None

    def _answered(self, found: _Found, ranked: Ranked) -> Answer:
        """The answer from the sentences that answer best, or a refusal with what comes nearest."""
        signs = self._signs(found, ranked)
        chance = self.calibration.chance(signs) if ranked else 0.0
        drafts = extracting.authored(found.asked, found.hits)
        confidence = self.confidence.share("right", self.confidence.chance(signs))
        answers = chance >= self.calibration.threshold and confidence >= self.least
        answers = answers or declining.quoted_there(found.asked, ranked)
        refusal = None if drafts else self._refusal(found, ranked, answers)
        conflict = None if drafts or refusal else conflicts.found(found.asked, ranked, self.speaking, self.copies)
        drafts = [] if refusal else self._checked(drafts or self._drafts(found.asked, ranked, conflict))
        if not drafts and (told := self._told(found, all_of=True)):
            return told
        if not drafts:
            refusal = refusal or declining.Refusal("unsupported", "Nobody in these documents says that.")
            return self._declined(found, ranked, refusal, 1 - self.calibration.share("answerable", chance))
        return composing.composed(
            found.posed,
            drafts,
            confidence=confidence,
            said=[draft.statement for draft in drafts if draft.statement and draft.statement.speech],
            conflict=conflict,
        )

    def _signs(self, found: _Found, ranked: Ranked) -> Mapping[str, float]:
        """What speaks for the articles' answering the question."""
        return declining.signs(found.asked, found.hits, ranked, self.frequencies, self.speaking)

    def _refusal(self, found: _Found, ranked: Ranked, answers: bool) -> declining.Refusal | None:
        """Why nothing is answered; None where the evidence ``answers`` and nothing is certain to speak against it."""
        certain = declining.refused_outright(found.asked, found.hits, ranked, self.speaking)
        if certain or answers:
            return certain
        return declining.refused(found.asked, ranked, self.frequencies, self.speaking)

    def _declined(self, found: _Found, ranked: Ranked, refusal: declining.Refusal, confidence: float) -> Answer:
        near = [Slice(each.hit, each.start, each.end) for _, each in ranked[:NEAREST]]
        near = near or [composing.whole(hit) for hit in found.hits[:NEAREST]]
        return composing.declined(found.posed, refusal, near, confidence=confidence)

    def _ranked(self, found: _Found) -> list[tuple[float, Candidate]]:
        """Candidates with their chances of holding the answer, best first."""
        return self.ranking.ranked(found.asked, self.evidence.candidates(found.asked, found.hits))

    def _drafts(self, asked: Asked, ranked: Ranked, conflict: Conflict | None) -> list[Draft]:
        if conflict:
            return conflicts.drafts(conflict, asked)
        several = asked.kind == "list"
        enough = [not several and (chance >= SURE or each["quoted_words"] >= SURE) for chance, each in ranked]
        return extracting.compose(asked, [each for _, each in ranked], self.speaking, enough=enough)

    def _checked(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Drafts that their slices bear out; the others are left out."""
        return [d for d in drafts if not faults(d.text, [s.text for s in d.slices], derived=d.derived)]


def _unknown(_event: str) -> None:
    """No event is dated for the dating of another."""


@dataclass(slots=True)
class _Clock:
    """Laps in milliseconds."""

    started: float = field(default_factory=time.perf_counter)
    _laps: dict[str, float] = field(default_factory=dict)

    def lap(self, name: str) -> None:
        self._laps[name] = round((time.perf_counter() - self.started) * 1000 - sum(self._laps.values()), 2)

    def laps(self) -> dict[str, float]:
        return {**self._laps, "total": round((time.perf_counter() - self.started) * 1000, 2)}
