"""A question and its ranked sentences go in; a contradiction between independent reports comes out, if there is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from retriever.wording import content_words
from service.conflicts.likeness import Pair, one_event, same_headline
from service.conflicts.values import Given, Kind, Names, exclude, given, mentioned
from service.conflicts.wordings import wordings
from service.drafting.leads import Slice
from service.drafting.phrasing import one_line
from service.evidence import Candidate
from service.question.asking import Asked, understand
from service.records import Question

Ranked = Sequence[tuple[float, Candidate]]
Groups = Callable[[Collection[str]], Mapping[str, str]]

MOST_VALUES = 3
_LOOKED_AT = 40  # sentences, best first
_ANSWERS, _BEHIND = -3.0, 6.0  # logit of a sentence that answers, and how far it may stay behind the best one's
_FIRST, _SHARE = 0.4, 0.05  # shares of the best chance: of the answer itself, and of what may contradict it
_SHOWN = 0.2  # of the answer, by the sentence itself
_LONGEST = 14  # words of what a conflict is about
_A_CALL = re.compile(r"\bcalls?\b", re.I)  # a matter of two, no statement
_DAY_ASKED = re.compile(r"\b(?:what|which) (?:was |were )?the (?:\w+ )?(?:day|date)\b", re.I)
_PEOPLE_ASKED = re.compile(
    r"\bwho\b|\b(?:ministers|leaders|presidents|officials|diplomats|envoys|advis[eo]rs|generals|chiefs|negotiators)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Value:
    """What one report says. ``slice``: the sentence that says it."""

    shown: str  # "Motegi and Wang Yi", "August 16, 2022", "nine"
    candidate: Candidate
    slice: Slice
    place: tuple[int, int] | None = None  # where in the article the value stands, if in one place


@dataclass(frozen=True, slots=True)
class Conflict:
    """What reports disagree about, and at least two values, each of another independent article, the likeliest first.
    Of kind ``words`` they do not contradict each other: the same words are told in different wordings.
    """

    about: str  # the question, shortened
    values: tuple[Value, ...]
    kind: Kind


def found(asked: Asked, ranked: Ranked, names: Names, groups: Groups) -> Conflict | None:
    """``ranked``: sentences with their chances of holding the answer, best first. ``groups``: article ids -> what each
    shares with its copies, which count as one source.
    """
    kind = kind_of(asked)
    near = _answering(ranked)
    if kind is None or len({candidate.hit.article.id for _, candidate in near}) < 2:
        return None
    sources = groups({candidate.hit.article.id for _, candidate in near})
    if kind == "words":
        same = wordings([candidate for _, candidate in near], sources)
        return _conflict(asked, kind, same) if same else None
    pairs = list(_pairs(kind, asked, _given(kind, asked, ranked, near, names), sources, names))
    if not pairs:
        return None
    best = max(pairs, key=_weight)
    values = [best.one, best.other]
    for pair in sorted(pairs, key=_weight, reverse=True):
        if pair.one is best.one and _is_further(pair.other, values, sources):
            values.append(pair.other)
    return _conflict(asked, kind, values[:MOST_VALUES])


def kind_of(asked: Asked) -> Kind | None:
    """What reports may disagree about; None where the question asks for something else. Who said something, or when
    somebody did, is no matter of disagreement: several may have said it, and more than once.
    """
    speech = asked.speech and understand(Question(_A_CALL.sub(" ", asked.text))).speech
    if speech:
        return "words" if asked.kind == "what" and asked.speaker else None
    if asked.kind in ("who", "when", "where", "howmany", "howlong"):
        return asked.kind
    if asked.kind == "list" and _PEOPLE_ASKED.search(asked.text):
        return "who"
    return "when" if asked.kind == "what" and _DAY_ASKED.search(asked.text) else None


def _answering(ranked: Ranked) -> list[tuple[float, Candidate]]:
    """The sentences that were read as answering, about as well as the best one."""
    read = [(chance, candidate) for chance, candidate in ranked if candidate.read]
    best = max((candidate.read.answers for _, candidate in read if candidate.read), default=0.0)
    most = max((chance for chance, _ in read), default=0.0)
    least = max(_ANSWERS, best - _BEHIND)
    return [
        (chance, candidate)
        for chance, candidate in read
        if candidate.read
        and candidate.read.answers >= least
        and candidate.read.shown >= _SHOWN
        and chance >= _SHARE * most
    ]


def _given(kind: Kind, asked: Asked, ranked: Ranked, near: Ranked, names: Names) -> list[tuple[float, Given]]:
    """Values of the sentences that answer; of two reports under one headline also of their other sentences, for the one
    that names people need not be the one that is most like the question.
    """
    seen = near
    articles = {candidate.hit.article.id: candidate.hit.article for _, candidate in near}
    twins = {
        id_
        for id_, article in articles.items()
        if any(other.id != id_ and same_headline(article, other) for other in articles.values())
    }
    if kind == "who":
        places = {(candidate.hit.article.id, candidate.start) for _, candidate in near}
        others = [(c, each) for c, each in ranked[:_LOOKED_AT] if each.hit.article.id in twins]
        seen = [*near, *((c, each) for c, each in others if (each.hit.article.id, each.start) not in places)]
    sentences = [(chance, candidate) for chance, candidate in seen if not candidate["no_sentence"]]
    values = [(chance, given(kind, asked, candidate, names)) for chance, candidate in sentences]
    return [(chance, value) for chance, value in values if value]


def _pairs(
    kind: Kind, asked: Asked, values: Sequence[tuple[float, Given]], sources: Mapping[str, str], names: Names
) -> Iterator[Pair]:
    """Values of independent articles that exclude each other, the answer's own first."""
    most = max((chance for chance, _ in values), default=0.0)
    for chance, one in values:
        for other_chance, other in values:
            if chance < other_chance or chance < _FIRST * most or _source(one, sources) == _source(other, sources):
                continue
            pair = Pair(one, other)
            if _denies(one, other) and one_event(kind, asked, pair, names):
                yield pair


def _denies(one: Given, other: Given) -> bool:
    """Whether two values exclude each other, and neither's article has the other's, too."""
    return (
        exclude(one, other)
        and not mentioned(one, other.candidate.hit.article)
        and not mentioned(other, one.candidate.hit.article)
    )


def _source(value: Given, sources: Mapping[str, str]) -> str:
    id_ = value.candidate.hit.article.id
    return sources.get(id_, id_)


def _weight(pair: Pair) -> tuple[int, float]:
    return len(pair.common), pair.overlap


def _is_further(value: Given, values: Sequence[Given], sources: Mapping[str, str]) -> bool:
    return all(_source(value, sources) != _source(other, sources) and _denies(value, other) for other in values)


def _conflict(asked: Asked, kind: Kind, values: Sequence[Given]) -> Conflict:
    words = one_line(asked.text).rstrip(" ?.!").split()
    opening = words[0].lower() if words and not content_words(words[0]) else words[0]
    about = " ".join((opening, *words[1:_LONGEST])) + (" …" if len(words) > _LONGEST else "")
    shown = tuple(
        Value(
            each.shown, each.candidate, Slice(each.candidate.hit, each.candidate.start, each.candidate.end), each.place
        )
        for each in values
    )
    return Conflict(about, shown, kind)
