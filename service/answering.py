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

from retriever.records import Filters, Hit, Query, Statement
from retriever.speaking import Speaking
from service import composing, conflicts, declining
from service.checking.faults import faults
from service.composing import Posed
from service.conflicts import Groups
from service.declining import Refusal
from service.drafting import extracting, leads, phrasing
from service.drafting.extracting import Draft
from service.drafting.leads import Slice
from service.evidence import Candidate, Evidence, Frequencies
from service.question import asking
from service.question.asking import Asked
from service.question.focus import Focus, Focusing
from service.ranking import Ranking
from service.records import Answer, Answered, Citation, Event, PassagesFound, Question, Token
from service.sayings import Period, Sayings
from service.weighing import Weights

HITS = 20  # passages asked of the search
FURTHER = 3  # times as many are asked for where not all of them count
NEAREST = 3  # passages that go with a refusal
LEAST = 0.05  # confidence: an answer that is wrong nineteen times in twenty is none
NAMED = 0.8  # share of an event's words that must stand in the sentence by which it is dated
UNSUPPORTED = Refusal("unsupported", "Nobody in these documents says that.")
SURE = 0.5  # chance of a sentence above which nothing need follow it

Ranked = Sequence[tuple[float, Candidate]]


class Search(Protocol):
    """Ranked evidence."""

    def search(self, query: Query) -> Sequence[Hit]: ...


@dataclass(frozen=True, slots=True)
class Found:
    """A question understood, what it is narrowed to, and the passages that may answer it, best first."""

    asked: Asked
    focus: Focus
    hits: Sequence[Hit]
    filters: Filters | None = None  # given beside the question

    @property
    def posed(self) -> Posed:
        """The question as it goes with the answer."""
        return Posed(self.asked.text, self.focus.understood(), self.filters)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the learned weights make of the sentences found: chances, and whether they are enough to answer by."""

    answerable: float  # that the articles answer at all
    right: float  # that the extractive answer is right
    answers: bool


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
        clock = Clock()
        found = self.found(question)
        clock.lap("search")
        yield PassagesFound(self.nearest(found))

        answer = self.told(found) or self.answered(found, self.ranked(found))
        clock.lap("compose")
        yield from (Token(piece) for piece in composing.pieces(answer))
        yield Answered(replace(answer, timings_ms=clock.laps()))

    def examined(self, question: Question, *, without: Collection[str] = ()) -> tuple[Mapping[str, float], Answer]:
        """What the decision to decline is taken by, and what would be answered if nothing were declined for want of a
        chance; as if the articles ``without`` were not there. For calibration.
        """
        found = self.found(question, without=without)
        ranked = self.ranked(found)
        bold = replace(self, calibration=replace(self.calibration, threshold=0.0), least=0.0)
        answer = self.told(found) or bold.answered(found, ranked)
        return self._signs(found, ranked), answer

    def found(self, question: Question, *, without: Collection[str] = (), dates_events: bool = True) -> Found:
        """``without``: ids of articles taken to be absent."""
        given = question.filters or None
        question, typed = self.focusing.typed(question)
        asked = asking.understand(question)
        focus = self.focusing.of(asked.text, question, typed, self._days_of if dates_events else _unknown)
        most = HITS * (FURTHER if without or focus.periods else 1)
        hits = self.search.search(Query(asked.search_text, focus.filters, most))
        kept = [h for h in hits if h.article.id not in without and focus.keeps(h)]
        return Found(asked, focus, kept[:HITS], given)

    def _days_of(self, event: str) -> tuple[date, date] | None:
        """When an event was, if the articles say so; None where that is not known."""
        found = self.found(Question(f"When was {event}?"), dates_events=False)
        ranked = self.ranked(found)
        if not ranked or self.calibration.chance(self._signs(found, ranked)) < self.calibration.threshold:
            return None
        best = ranked[0][1]
        if best["terms_in_sentence"] < NAMED:
            return None  # of another event, perhaps: nothing is narrowed by a guess
        when = leads.time_of(found.asked, best, Slice(best.hit, best.start, best.end))
        return (when.first, when.last) if when and when.first and when.last else None

    def told(self, found: Found, *, all_of: bool = False) -> Answer | None:
        """The answer from the statement index, where the question asks for all of something; ``all_of``: where it asks
        what somebody said about something.
        """
        text, days = found.focus.for_statements(found.asked.text)
        wanted = asking.for_all(text) if all_of else text
        told, everything = self.sayings.drafts(wanted, found.focus.filters, Period(*days))
        told = self._checked(told)
        said = [entry.statement for entry in everything]
        return composing.composed(found.posed, told, confidence=1.0, said=said) if told else None

    def answered(self, found: Found, ranked: Ranked) -> Answer:
        """The answer from the sentences that answer best, or a refusal with what comes nearest."""
        judged = self.judged(found, ranked)
        if answer := self.certain(found, ranked, judged):
            return answer
        if not judged.answers:
            return self.refused(found, ranked, judged)
        drafts = self._checked(self._drafts(found.asked, ranked))
        if not drafts:
            return self._unanswered(found, ranked, judged, UNSUPPORTED)
        return composing.composed(found.posed, drafts, confidence=judged.right, said=_said(drafts))

    def judged(self, found: Found, ranked: Ranked) -> Judged:
        """What the weights say of the evidence; words that are quoted and stand there are an answer in any case."""
        signs = self._signs(found, ranked)
        chance = self.calibration.chance(signs) if ranked else 0.0
        right = self.confidence.share("right", self.confidence.chance(signs))
        answers = chance >= self.calibration.threshold and right >= self.least
        answers = answers or declining.quoted_there(found.asked, ranked)
        return Judged(self.calibration.share("answerable", chance), right, answers)

    def certain(self, found: Found, ranked: Ranked, judged: Judged) -> Answer | None:
        """What no reading of the passages may change: who wrote an article, what is refused outright, and what
        independent reports contradict each other about. None where none of it is so.
        """
        if drafts := self._checked(extracting.authored(found.asked, found.hits)):
            return composing.composed(found.posed, drafts, confidence=judged.right)
        if refusal := declining.refused_outright(found.asked, found.hits, ranked, self.speaking):
            return self._unanswered(found, ranked, judged, refusal)
        conflict = conflicts.found(found.asked, ranked, self.speaking, self.copies) if judged.answers else None
        drafts = self._checked(conflicts.drafts(conflict, found.asked)) if conflict else []
        if not drafts:
            return None
        return composing.composed(found.posed, drafts, confidence=judged.right, said=_said(drafts), conflict=conflict)

    def refused(self, found: Found, ranked: Ranked, judged: Judged) -> Answer:
        """The refusal where the evidence does not answer."""
        refusal = declining.refused(found.asked, ranked, self.frequencies, self.speaking)
        return self._unanswered(found, ranked, judged, refusal)

    def nearest(self, found: Found) -> tuple[Citation, ...]:
        """The passages that are shown while the answer is looked for."""
        return composing.cited([composing.whole(hit) for hit in found.hits[:NEAREST]])

    def _signs(self, found: Found, ranked: Ranked) -> Mapping[str, float]:
        """What speaks for the articles' answering the question."""
        return declining.signs(found.asked, found.hits, ranked, self.frequencies, self.speaking)

    def _unanswered(self, found: Found, ranked: Ranked, judged: Judged, refusal: Refusal) -> Answer:
        """All that somebody said about it, where that is what was asked; else the refusal, with what comes nearest."""
        if told := self.told(found, all_of=True):
            return told
        near = [Slice(each.hit, each.start, each.end) for _, each in ranked[:NEAREST]]
        near = near or [composing.whole(hit) for hit in found.hits[:NEAREST]]
        return composing.declined(found.posed, refusal, near, confidence=1 - judged.answerable)

    def ranked(self, found: Found) -> list[tuple[float, Candidate]]:
        """Candidates with their chances of holding the answer, best first."""
        return self.ranking.ranked(found.asked, self.evidence.candidates(found.asked, found.hits))

    def _drafts(self, asked: Asked, ranked: Ranked) -> list[Draft]:
        several = asked.kind == "list"
        enough = [not several and (chance >= SURE or each["quoted_words"] >= SURE) for chance, each in ranked]
        return extracting.compose(asked, [each for _, each in ranked], self.speaking, enough=enough)

    def _checked(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Drafts that say something and that their slices bear out; the others are left out."""
        said = [d for d in drafts if not phrasing.is_empty(d.text)]
        return [d for d in said if not faults(d.text, [s.text for s in d.slices], derived=d.derived)]


def _said(drafts: Sequence[Draft]) -> list[Statement]:
    """The statements of which drafts tell."""
    return [draft.statement for draft in drafts if draft.statement and draft.statement.speech]


def _unknown(_event: str) -> None:
    """No event is dated for the dating of another."""


@dataclass(slots=True)
class Clock:
    """Laps in milliseconds."""

    started: float = field(default_factory=time.perf_counter)
    _laps: dict[str, float] = field(default_factory=dict)

    def lap(self, name: str) -> None:
        self._laps[name] = round((time.perf_counter() - self.started) * 1000 - sum(self._laps.values()), 2)

    def laps(self) -> dict[str, float]:
        return {**self._laps, "total": round((time.perf_counter() - self.started) * 1000, 2)}
