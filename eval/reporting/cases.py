"""Runs go in, what the page shows of every case comes out: a card of an answer with a fault, a row of any other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from eval.cases import Case
from eval.matching import locate
from eval.metrics import Slice, evidence_found, located, slices, unmarked
from eval.reporting import Run
from eval.reporting.curves import outcome
from eval.reporting.excerpts import Excerpt, Mark, Piece, excerpts
from eval.reporting.faults import Fault, faults, gravity
from eval.scoring import Score
from service.records import Answer, Citation

Texts = Callable[[str], str | None]
PLACES = 3  # of one evidence text that are shown; it may stand in an article many times


@dataclass(frozen=True, slots=True)
class Source:
    """An article with what of it matters to a case. ``touched``: whether citation and evidence overlap there."""

    title: str
    about: str  # outlet, day and id, as far as known
    excerpts: tuple[Excerpt, ...]
    touched: bool
    note: str = ""  # why there is nothing to show


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an answer must say, by any of these, or must not; ``said``: whether it does."""

    alternatives: tuple[str, ...]
    said: bool


@dataclass(frozen=True, slots=True)
class Other:
    """What became of the same case in another run."""

    run: int
    name: str
    outcome: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer of a run; times in milliseconds."""

    run: int  # its number, from 0
    name: str  # the run's
    score: Score
    milliseconds: float
    outcome: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """An answer that something is wrong with, and what a reader needs to see what."""

    shown: Shown
    text: tuple[Piece, ...]  # the answer; what was wanted is marked as evidence, what is forbidden as cited
    wanted: tuple[Wanted, ...]
    forbidden: tuple[Wanted, ...]
    cited: tuple[Source, ...]
    evidence: tuple[Source, ...]
    others: tuple[Other, ...]


def cards_and_rows(runs: Sequence[Run], texts: Texts) -> tuple[list[Card], list[Shown]]:
    """The cards, the worst first, and the answers without a fault in the order in which they were asked."""
    everything = [_shown(number, run.name, score) for number, run in enumerate(runs) for score in run.scores]
    by_case: dict[str, list[Shown]] = {}
    for each in everything:
        by_case.setdefault(each.score.case.id, []).append(each)
    text = cache(texts)
    wrong = sorted((each for each in everything if each.faults), key=lambda each: gravity(each.faults, each.score))
    cards = [_card(each, by_case[each.score.case.id], text) for each in wrong]
    return cards, [each for each in everything if not each.faults]


def _shown(number: int, name: str, score: Score) -> Shown:
    return Shown(number, name, score, score.seconds * 1000, outcome(score), faults(score))


def _card(shown: Shown, same: Sequence[Shown], texts: Texts) -> Card:
    case, answer = shown.score.case, shown.score.answer
    ids = {each.document for each in case.evidence} | {each.document_id for each in answer.citations}
    known = {name: text for name in ids if (text := texts(name)) is not None}
    places = located(case, known)
    return Card(
        shown=shown,
        text=_answer(case, answer),
        wanted=tuple(_wanted(alternatives, shown.score) for alternatives in case.answer),
        forbidden=tuple(_wanted((words,), shown.score) for words in case.forbid),
        cited=_cited(answer, places, known),
        evidence=_evidence(case, answer, places, known),
        others=tuple(
            Other(each.run, each.name, each.outcome, each.score.answer.confidence)
            for each in same
            if each.run != shown.run
        ),
    )


def _wanted(alternatives: tuple[str, ...], score: Score) -> Wanted:
    given = not score.answer.declined
    return Wanted(alternatives, given and any(locate(words, unmarked(score.answer.answer)) for words in alternatives))


def _answer(case: Case, answer: Answer) -> tuple[Piece, ...]:
    text = answer.answer
    wanted = [Mark(*place) for words in case.answer for one in words for place in locate(one, text)]
    forbidden = [Mark(*place, number=1) for words in case.forbid for place in locate(words, text)]
    whole = [Mark(0, len(text))] if text else []
    marks = [] if answer.declined else [*wanted, *forbidden]
    return tuple(piece for each in excerpts(text, whole, marks) for piece in each.pieces)


def _cited(answer: Answer, places: Sequence[Sequence[Slice]], texts: Mapping[str, str]) -> tuple[Source, ...]:
    by_article: dict[str, list[Citation]] = {}
    for each in answer.citations:
        by_article.setdefault(each.document_id, []).append(each)
    found = []
    for name, citations in by_article.items():
        marks = _cited_marks(citations)
        touched = any(evidence_found(places, [Slice(name, each.start, each.end)]) for each in citations)
        around = excerpts(texts.get(name, ""), marks, [*marks, *_evidence_marks(name, places)])
        quotes = [Excerpt((Piece(each.quote, cited=True, begins=(each.number,)),), True, True) for each in citations]
        first, note = citations[0], "" if around else "The article is not in the index now; these are the quotes."
        about = " · ".join(str(known) for known in (first.source, first.published, name) if known)
        found.append(Source(first.title or name, about, tuple(around or quotes), touched, note))
    return tuple(found)


def _evidence(
    case: Case, answer: Answer, places: Sequence[Sequence[Slice]], texts: Mapping[str, str]
) -> tuple[Source, ...]:
    titles = {each.document_id: each.title for each in answer.citations}
    cited = slices(answer)
    found = []
    for each, stands in zip(case.evidence, places, strict=True):
        name = each.document
        marks = [Mark(place.start, place.end) for place in stands[:PLACES]]
        own = _cited_marks([citation for citation in answer.citations if citation.document_id == name])
        around = excerpts(texts.get(name, ""), marks, [*marks, *own])
        words = (Excerpt((Piece(each.text, evidence=True),), False, False),) if each.text else ()
        note = "" if around else "It does not stand in its article." if name in texts else "The article is not there."
        about = name if titles.get(name) else ""
        touched = bool(evidence_found([stands], cited))
        found.append(Source(titles.get(name) or name, about, tuple(around) or words, touched, note))
    return tuple(found)


def _cited_marks(citations: Sequence[Citation]) -> list[Mark]:
    return [Mark(each.start, each.end, each.number) for each in citations]


def _evidence_marks(name: str, places: Sequence[Sequence[Slice]]) -> list[Mark]:
    return [Mark(place.start, place.end) for stands in places for place in stands if place.document_id == name]
