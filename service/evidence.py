"""Hits go in, sentences that may answer come out, each with what speaks for it as numbers between about 0 and 1.

The numbers are weighed by ``service.weighing``; nothing here decides. Every sentence of the best passages is a
candidate; a sentence is always an exact slice of its article.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from retriever import dating, splitting
from retriever.catalogue.words import tokens
from retriever.records import Hit, Sentence
from service.asking import Asked

Vectors = Callable[[Sequence[str]], NDArray[np.float32]]
Frequencies = Callable[[Sequence[str]], Mapping[str, int]]

PASSAGES_READ = 12  # the best hits whose sentences become candidates: measured, more adds time and no right answers

_STOP = frozenset(
    """a an the of to in on at for by with from as is are was were be been being do does did done has have had having it
    its he she they them his her their him i you we us our your my me this that these those who whom whose which what
    when where why how many much long and or but not no if than then so such there here about into over after before
    between out up down off again any all some each every both few more most other own same too very can will just should
    would could may might must shall also s t say said says tell told call give make get go come according""".split()
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|fifteen|twenty|thirty|forty|fifty|"
    r"hundreds?|thousands?|millions?|billions?|half|third|quarter|percent|twice|once)\b",
    re.I,
)
_DURATION = re.compile(
    r"\b(?:\d+|\w+)[\s-](?:and-a-half[\s-])?(?:second|minute|hour|day|week|month|year|decade|centur)(?:s|ies|y|-long)?\b",
    re.I,
)
_CAPITAL = re.compile(r"(?<![.!?“\"'’] )(?<!^)\b[A-Z][\w’'\-]+")
_SAYING = re.compile(
    r"[\"“”]|''|\b(?:said|says|told|asked|according to|stressed|urged|noted|warned|argued|claimed|called|expressed|added|"
    r"announced|agreed|pledged|requested|insisted|described|emphasi[sz]ed|underscored|reiterated|stated)\b"
)
_ENDS = re.compile(r"[.!?…][\"”’')\]]*$")
# Roles that ask or moderate: what they say is seldom the evidence, and their label names nobody.
ROLES = frozenset(
    "question journalist reporter q moderator operator interpreter staff host presenter caller speaker".split()
)

FEATURES = (
    "sentence_similarity", "passage_similarity", "passage_score", "passage_rank", "terms_in_sentence",
    "terms_in_passage", "terms_nearby", "quoted_words", "has_quote_asked", "names_in_sentence", "names_nearby",
    "speaker_nearby", "fits_kind", "says_something", "asks_something", "no_sentence", "length", "first_of_article",
    "similarity_to_best", "neighbour_similarity",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence: ``hit.article.text[start:end]``, with the features named in FEATURES, in that order."""

    hit: Hit
    start: int
    end: int
    label: str | None  # in a transcript, whose turn it is, as labelled
    features: tuple[float, ...]

    @property
    def text(self) -> str:
        return self.hit.article.text[self.start : self.end]

    def __getitem__(self, feature: str) -> float:
        return self.features[FEATURES.index(feature)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Porter's stem (1980), as in the index."""
    return str(snowballstemmer.stemmer("porter").stemWord(word))


def terms(text: str) -> tuple[str, ...]:
    """The words of a text that carry meaning, stemmed, each once, in order."""
    return tuple(dict.fromkeys(stem(word) for word in tokens(text) if word not in _STOP))


def longest_run(sought: Sequence[str], found: Sequence[str]) -> int:
    """Length of the longest run of words that stands in both (longest common substring over words)."""
    best, row = 0, [0] * (len(found) + 1)
    for word in sought:
        above = row
        row = [0] * (len(found) + 1)
        for place, other in enumerate(found, start=1):
            if word == other:
                row[place] = above[place - 1] + 1
                best = max(best, row[place])
    return best


def candidates(
    asked: Asked, hits: Sequence[Hit], *, vectors: Vectors, frequencies: Frequencies, passages: int
) -> list[Candidate]:
    """All sentences of the best hits with their features, in the order of the hits.

    ``vectors``: texts -> (n, d) of length 1. ``frequencies``: words -> number of passages that hold each.
    ``passages``: how many the index holds, for the weight of a word.
    """
    places = [(hit, rank, s) for rank, hit in enumerate(hits[:PASSAGES_READ]) for s in _sentences_of(hit)]
    if not places:
        return []
    overlap = _Overlap(asked, frequencies, passages)
    question = vectors([asked.search_text])[0]
    similarity = vectors([hit.article.text[s.start : s.end] for hit, _, s in places]) @ question
    best = float(similarity.max())
    found = []
    for index, (hit, rank, sentence) in enumerate(places):
        own = float(similarity[index])
        near = [float(similarity[n]) for n in (index - 1, index + 1) if 0 <= n < len(places) and places[n][0] is hit]
        among = (own, hit.similarity or 0.0, hit.score - hits[0].score, 1 / (1 + rank))
        beside = (own - best, max(near, default=0.0))
        features = (*among, *overlap.features(hit, sentence), *_shape(asked, hit, sentence), *beside)
        found.append(Candidate(hit, sentence.start, sentence.end, hit.passage.speaker, features))
    return found


def _sentences_of(hit: Hit) -> list[Sentence]:
    start = hit.passage.start
    return [Sentence(start + s.start, start + s.end) for s in splitting.sentences(hit.passage.text)]


class _Overlap:
    """What a question's words, quoted words and names share with a sentence, its passage and its article."""

    def __init__(self, asked: Asked, frequencies: Frequencies, passages: int) -> None:
        self._terms = terms(asked.search_text if not asked.quoted else asked.text)
        words = {stem(word): word for word in tokens(asked.search_text)}
        counts = frequencies([words[term] for term in self._terms])
        self._weights = {t: math.log(1 + passages / (1 + counts.get(words[t], 0))) for t in self._terms}
        self._total = sum(self._weights.values()) or 1.0
        self._quoted = [tokens(words) for words in asked.quoted]
        self._names = [tokens(name)[-1] for name in asked.names if tokens(name)]
        self._speaker = next(reversed(tokens(asked.speaker or "")), None)

    def features(self, hit: Hit, sentence: Sentence) -> tuple[float, ...]:
        """terms_in_sentence … speaker_nearby, see FEATURES."""
        text = hit.article.text
        own = tokens(text[sentence.start : sentence.end])
        around = tokens(text[max(0, hit.passage.start - 600) : hit.passage.end + 600])
        home = {*tokens(hit.passage.speaker or ""), *tokens(hit.article.title or ""), *tokens(hit.article.author or "")}
        nearby = home | set(around)
        return (
            self._share(own),
            self._share([*tokens(hit.passage.text), *home]),
            self._share([*around, *home]),
            max((longest_run(q, own) / len(q) for q in self._quoted if q), default=0.0),
            float(bool(self._quoted)),
            _part(self._names, set(own)),
            _part(self._names, nearby),
            float(self._speaker in {*own, *home, *around[-200:]}) if self._speaker else 0.5,
        )

    def _share(self, words: Sequence[str]) -> float:
        """Share of the question's terms that are there, rare ones counting more (inverse document frequency)."""
        there = {stem(word) for word in words}
        return sum(weight for term, weight in self._weights.items() if term in there) / self._total


def _part(names: Sequence[str], words: set[str]) -> float:
    return sum(name in words for name in names) / len(names) if names else 0.5


def _shape(asked: Asked, hit: Hit, sentence: Sentence) -> tuple[float, ...]:
    """fits_kind … first_of_article, see FEATURES."""
    text = hit.article.text[sentence.start : sentence.end]
    label = tokens(hit.passage.speaker or "")
    return (
        fits_kind(asked, text, hit),
        float(bool(_SAYING.search(text) or label)),
        float(text.endswith("?") or bool(set(label) & ROLES)),
        float(not _ENDS.search(text)),
        min(len(text.split()), 40) / 40,
        float(sentence.start < 400),
    )


def fits_kind(asked: Asked, text: str, hit: Hit) -> float:
    """1.0 where the sentence holds something of the kind that is asked for, 0.0 where not, 0.5 where any would do."""
    if asked.kind in ("what", "yesno"):
        return 0.5
    if asked.kind == "when":
        return float(bool(dating.times(text, hit.article.published)))
    if asked.kind == "howmany":
        return float(bool(_NUMBER.search(text)))
    if asked.kind == "howlong":
        return float(bool(_DURATION.search(text)))
    known = {word for name in asked.names for word in name.split()}
    return float(any(name not in known for name in _CAPITAL.findall(text)) or bool(hit.passage.speaker))
