"""Two sentences of different articles go in; whether enough speaks for their being about one event comes out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from retriever import dating, timewords
from retriever.catalogue.words import tokens
from retriever.records import Article
from retriever.wording import content_words, stem
from service.conflicts.values import DAYS, PLACES, Given, Kind, Names, one_name, people_in
from service.drafting.phrasing import one_line
from service.evidence import Candidate
from service.question.asking import Asked

SAME_DAYS = 3  # between two accounts of one event; what lies further apart may have changed in between
_HEADLINE = 0.6  # Jaccard of two headlines of one event, nothing in the one standing in the place of something else
_HEADLINE_WORDS = 5
_HEADLINES_WITHIN = 400  # characters from the start of an article
_OVERLAP, _COMMON = 0.6, 5  # share of the shorter sentence's words, and how many, that two accounts have in common
_COMMON_WITH_HEADLINE = 3
_ASKED, _ASKED_WORDS = 0.5, 4  # share of the question's words that both sentences have, and how many
_PAIR = 2  # people in both sentences who are the same
_ENDS = re.compile(r"[.!?…:][\"”’')\]]*$")
_STATE = re.compile(r"^\W*who(?:[’']s| is| was| are| were)\b", re.I)
_BY_PHONE = re.compile(r"\b(?:phone|telephone|call|hotline|spoke by|video)\w*\b", re.I)


@dataclass(frozen=True)
class Pair:
    """Two values, and what their sentences and articles have in common."""

    one: Given
    other: Given

    @property
    def candidates(self) -> tuple[Candidate, Candidate]:
        return self.one.candidate, self.other.candidate

    @cached_property
    def common(self) -> frozenset[str]:
        """Stems that both sentences have, the values' own left out."""
        ours, theirs = self._words
        return ours & theirs

    @cached_property
    def overlap(self) -> float:
        """Share of the shorter sentence."""
        return len(self.common) / max(1, min(map(len, self._words)))

    @cached_property
    def headlines(self) -> frozenset[str]:
        """What the headlines of both have in common, if they are the same, or nearly; else empty."""
        return same_headline(*(candidate.hit.article for candidate in self.candidates))

    @cached_property
    def _words(self) -> tuple[frozenset[str], frozenset[str]]:
        values = self.one.words | self.other.words
        ours, theirs = (_stems(candidate.text) - values for candidate in self.candidates)
        return ours, theirs


def one_event(kind: Kind, asked: Asked, pair: Pair, names: Names) -> bool:
    """Whether both sentences tell of the same event. Where one carries no date the headlines must be the same."""
    dated = _days_fit(kind, pair)
    if dated is False or (dated is None and not pair.headlines):
        return False
    if not all(_knows(candidate.hit.article, name) for candidate in pair.candidates for name in asked.names):
        return False
    if kind == "who" or (kind == "when" and pair.headlines):
        return _same_but_people(pair) and not (_STATE.match(asked.text) and not _event_asked(asked, pair))
    return _same_of_what_is_asked(asked, pair, names)


def same_headline(one: Article, other: Article) -> frozenset[str]:
    """The stems that two headlines share, where one is, but for words left out, the other; else none."""
    for ours in _headlines(one):
        for theirs in _headlines(other):
            enough = len(ours & theirs) >= max(_HEADLINE_WORDS, _HEADLINE * len(ours | theirs))
            if enough and (ours <= theirs or theirs <= ours):
                return ours & theirs
    return frozenset()


def _headlines(article: Article) -> list[frozenset[str]]:
    """Stems of the title and of the lines of the opening that are no sentences."""
    lines = article.text[:_HEADLINES_WITHIN].split("\n")[:-1]
    loose = [line for line in lines if not _ENDS.search(line.strip())]
    return [words for line in (article.title or "", *loose) if len(words := _stems(line)) >= _HEADLINE_WORDS]


def _event_asked(asked: Asked, pair: Pair) -> bool:
    """Whether the question has most of what the headlines have in common: "Who is the harbour master?" asks for who
    holds an office, which changes, and not for an event.
    """
    return len(pair.headlines & _stems(asked.text)) >= _HEADLINE_WORDS


def _knows(article: Article, name: str) -> bool:
    """Whether an article has the last word of a name, however spelt: "Seoul's", "Aqiba" for "Akiba"."""
    words = [word for word in tokens(name)[-1:] if word not in timewords.MONTHS and word not in timewords.DAYS]
    known = set(tokens(f"{article.title or ''} {article.text}"))
    return all(word in known or any(one_name(word, other) for other in known if other[0] == word[0]) for word in words)


def _same_but_people(pair: Pair) -> bool:
    """Whether two sentences that may name different people say the same of them."""
    if pair.headlines:
        return len(pair.common) >= _COMMON_WITH_HEADLINE
    return pair.overlap >= _OVERLAP and len(pair.common) >= _COMMON


def _same_of_what_is_asked(asked: Asked, pair: Pair, names: Names) -> bool:
    """Whether two sentences that name the same people, or nobody, say the same but for the value."""
    ours, theirs = pair.candidates
    if bool(_BY_PHONE.search(ours.text)) != bool(_BY_PHONE.search(theirs.text)):
        return False
    here, there = people_in(ours, names), people_in(theirs, names)
    same = sum(any(one_name(name, other) for other in there) for name in here)
    if same < min(len(here), len(there)) or _elsewhere(pair, names):
        return False
    wanted = _stems(asked.text)
    as_asked = len(pair.common & wanted)
    return (
        same >= _PAIR
        or (pair.overlap >= _OVERLAP and len(pair.common) >= _COMMON)
        or (as_asked >= _ASKED_WORDS and as_asked >= _ASKED * len(wanted))
    )


def _elsewhere(pair: Pair, names: Names) -> bool:
    """Whether both sentences name places, beside the values, and none that is the same."""
    here, there = (
        [name for name in names.named(one_line(value.candidate.text), PLACES) if name not in value.people]
        for value in (pair.one, pair.other)
    )
    return bool(here and there) and not any(one_name(name, other) for name in here for other in there)


def _days_fit(kind: Kind, pair: Pair) -> bool | None:
    """Whether both tell of the same days; None where one of them carries no date."""
    if kind == "when":
        first, other = (value.when.first if value.when else None for value in (pair.one, pair.other))
        return _near(first, other) if first and other else None
    days = [_days(candidate) for candidate in pair.candidates]
    if all(days):
        return any(_near(ours, theirs) for ours in days[0] for theirs in days[1])
    published = [candidate.hit.article.published for candidate in pair.candidates]
    return _near(published[0], published[1]) if published[0] and published[1] else None


def _days(candidate: Candidate) -> list[date]:
    """The days that a sentence names."""
    article = candidate.hit.article
    found = dating.times(article.text, article.published, start=candidate.start, end=candidate.end)
    return [when.first for when in found if when.first and when.precision in DAYS]


def _near(one: date, other: date) -> bool:
    return abs((one - other).days) <= SAME_DAYS


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in content_words(text))
