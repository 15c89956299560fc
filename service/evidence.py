"""Hits go in, sentences that may answer come out, each with what speaks for it as numbers between about 0 and 1.

The numbers are weighed by ``service.weighing``; nothing here decides. Every sentence of the best passages is a
candidate; a sentence is always an exact slice of its article.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retriever import dating, splitting
from retriever.catalogue.words import tokens
from retriever.records import Hit, Passage, Sentence, Statement
from retriever.speaking import Spoken
from retriever.statements.placing import place_of
from retriever.wording import content_words, longest_run, stem
from service.question.asking import Asked

QuestionVector = Callable[[str], NDArray[np.float32]]
SentenceVectors = Callable[[Sequence[Passage]], Mapping[str, NDArray[np.float32]]]
StatementsIn = Callable[[Sequence[Passage]], Mapping[str, Sequence[Statement]]]
Frequencies = Callable[[Sequence[str]], Mapping[str, int]]

PASSAGES_READ = 10  # the best hits, whose sentences are looked at

NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|fifteen|twenty|thirty|forty|fifty|"
    r"hundreds?|thousands?|millions?|billions?|half|third|quarter|percent|twice|once)\b",
    re.I,
)
_DURATION = re.compile(
    r"\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|few|half|dozen|\w+(?:teen|ty))"
    r"[\s-](?:and-a-half[\s-])?(?:second|minute|hour|day|week|month|year|decade|centur)(?:s|ies|y|-long)?\b",
    re.I,
)
_CAPITAL = re.compile(r"(?<![.!?“\"'’] )(?<!^)\b[A-Z][\w’'\-]+")
_SAYING = re.compile(
    r"[\"“”]|''|\b(?:said|says|told|asked|according to|stressed|urged|noted|warned|argued|claimed|called|expressed|"
    r"added|announced|agreed|pledged|requested|insisted|described|emphasi[sz]ed|underscored|reiterated|stated)\b"
)
_VERBS = frozenset(
    """said says told asked asks stressed urged noted warned argued claimed called calls expressed added announced
    agreed pledged requested insisted described emphasised emphasized underscored reiterated stated raised demanded
    proposed suggested explained replied denied confirmed predicted promised voiced welcomed criticised criticized
    praised thanked accused wrote recalled declared spoke mentioned repeated protested rejected defended""".split()
)
_ENDS = re.compile(r"[.!?…][\"”’')\]]*$")
# Roles that ask or moderate: what they say is seldom the evidence, and their label names nobody.
ROLES = frozenset(
    "question journalist reporter q moderator operator interpreter staff host presenter caller speaker".split()
)

FEATURES = (
    "passage_similarity", "passage_score", "passage_rank", "terms_in_sentence", "terms_in_sentence_squared",
    "terms_in_passage", "terms_nearby",
    "quoted_words", "has_quote_asked", "names_in_sentence", "names_nearby", "speaker_nearby", "speaker_speaks",
    "fits_kind",
    "says_something", "asks_something", "no_sentence", "length", "first_of_article",
    "sentence_similarity", "similarity_to_best",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader makes of a sentence and its neighbours, see ``service.reader.model.Reading``."""

    rank: float
    answers: float
    shown: float  # how much of this sentence shows the answer, 0 to 1
    answer: str  # the answer's words
    place: tuple[int, int] | None  # where in the article they stand; None: what is known of the article has them
    sure: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence: ``hit.article.text[start:end]``, with the features named in FEATURES, in that order."""

    hit: Hit
    start: int
    end: int
    label: str | None  # in a transcript, whose turn it is, as labelled
    features: tuple[float, ...]
    statement: Statement | None = None  # what is said in it; of several, what is asked about
    speakers: int = 0  # how many different ones its statements have
    read: Read | None = None  # None: not read

    @property
    def text(self) -> str:
        return self.hit.article.text[self.start : self.end]

    def __getitem__(self, feature: str) -> float:
        return self.features[FEATURES.index(feature)]


class Evidence:
    """Finds the sentences of hits that may answer.

    ``question``: text -> (d,), ``sentences``: passages -> (sentences, d) by id, both of length 1. ``frequencies``:
    words -> number of passages that hold each, and ``passages`` -> how many there are, for the weight of a word.
    ``statements``: passages -> what is said in each, by id.
    """

    def __init__(
        self,
        question: QuestionVector,
        sentences: SentenceVectors,
        statements: StatementsIn,
        frequencies: Frequencies,
        passages: Callable[[], int],
    ) -> None:
        self._question, self._sentences, self.statements = question, sentences, statements
        self._frequencies, self._passages = frequencies, passages

    def candidates(self, asked: Asked, hits: Sequence[Hit]) -> list[Candidate]:
        """All sentences of the best hits, in the order of the hits, with all FEATURES."""
        near = self._nearness(asked, hits[:PASSAGES_READ])
        best = max((float(each.max()) for each in near.values() if len(each)), default=0.0)
        said = self.statements([hit.passage for hit in hits[:PASSAGES_READ]])
        overlap = _Overlap(asked, self._frequencies, self._passages())
        found = []
        for rank, hit in enumerate(hits[:PASSAGES_READ]):
            spoken = splitting.turns(hit.article.text)
            title = content_words(hit.article.title or "")
            for place, sentence in enumerate(_sentences_of(hit)):
                if title and _is_title(hit.article.text[sentence.start : sentence.end], title):
                    continue  # a headline says what the text says, with nobody to say it
                label = splitting.speaker_at(spoken, sentence.start)
                inside = [each for each in said.get(hit.passage.id, ()) if _shared(each, sentence) > 0]
                statement = overlap.stated(inside, sentence)
                similarity = float(near[hit.passage.id][place])
                features = (
                    *_found(hits, rank),
                    *overlap.features(hit, sentence, label, statement),
                    *_shape(asked, hit, sentence, label),
                    *(similarity, similarity - best),
                )
                speakers = len({each.speaker for each in inside})
                found.append(Candidate(hit, sentence.start, sentence.end, label, features, statement, speakers))
        return found

    def _nearness(self, asked: Asked, hits: Sequence[Hit]) -> dict[str, NDArray[np.float32]]:
        """By passage id, the cosine of the question and each sentence."""
        if not hits:
            return {}
        question = self._question(asked.search_text)
        return {id_: each @ question for id_, each in self._sentences([hit.passage for hit in hits]).items()}


def _is_title(text: str, title: Sequence[str]) -> bool:
    """Whether a line is (part of) the article's title; a sentence that ends as one is not."""
    words = content_words(text)
    return not _ENDS.search(text) and bool(words) and len(set(words) & set(title)) >= 0.8 * len(words)


def _found(hits: Sequence[Hit], rank: int) -> tuple[float, ...]:
    """passage_similarity … passage_rank, see FEATURES."""
    return hits[rank].similarity or 0.0, hits[rank].score - hits[0].score, 1 / (1 + rank)


def _sentences_of(hit: Hit) -> list[Sentence]:
    start = hit.passage.start
    return [Sentence(start + s.start, start + s.end) for s in splitting.sentences(hit.passage.text)]


class _Overlap:
    """What a question's words, quoted words and names share with a sentence, its passage and its article."""

    def __init__(self, asked: Asked, frequencies: Frequencies, passages: int) -> None:
        words = {stem(word): word for word in content_words(asked.search_text)}
        counts = frequencies(list(words.values()))
        self._weights = {term: math.log(1 + passages / (1 + counts[word])) for term, word in words.items()}
        self._total = sum(self._weights.values()) or 1.0
        self._quoted = [tokens(words) for words in asked.quoted]
        self._names = [tokens(name)[-1] for name in asked.names if tokens(name)]
        self._speaker = next(reversed(tokens(asked.speaker or "")), None)
        self._known: dict[tuple[str, str | None], tuple[float, float, set[str]]] = {}

    def features(
        self, hit: Hit, sentence: Sentence, label: str | None, statement: Statement | None
    ) -> tuple[float, ...]:
        """terms_in_sentence … speaker_nearby, see FEATURES."""
        text = hit.article.text
        own = tokens(text[sentence.start : sentence.end])
        in_passage, in_nearby, nearby = self._surroundings(hit, label)
        share = self._share(own)
        return (
            share,
            share * share,  # a sentence in the question's own words is another case than a few shared ones
            in_passage,
            in_nearby,
            max((longest_run(q, own) / len(q) for q in self._quoted if q), default=0.0),
            float(bool(self._quoted)),
            _part(self._names, set(own)),
            _part(self._names, nearby),
            float(self._speaker in nearby) if self._speaker else 0.5,
            self._speaks(text[sentence.start : sentence.end], label, statement),
        )

    def stated(self, statements: Sequence[Statement], sentence: Sentence) -> Statement | None:
        """Of the statements in a sentence the one that is asked about: whose words share more with the question, then
        said before thought or planned, then which fills more of the sentence.
        """

        def weight(each: Statement) -> tuple[float, bool, int]:
            return self._share(tokens(each.content)), each.speech, _shared(each, sentence)

        return max(statements, key=weight, default=None)

    def _speaks(self, text: str, label: str | None, statement: Statement | None) -> float:
        """Whether the one who is said to have spoken speaks in the sentence: by its statement, as its label, before a
        verb of saying, or after "according to". 0.5 where the question names nobody.
        """
        if not self._speaker:
            return 0.5
        if statement and statement.speaker:
            return float(self._speaker in tokens(f"{statement.speaker} {statement.speaker_text}"))
        if label:
            return float(self._speaker in tokens(label))
        words = tokens(text)
        places = [place for place, word in enumerate(words) if word == self._speaker]
        after = (set(words[place + 1 : place + 9]) & _VERBS for place in places)
        before = ("according" in words[max(0, place - 5) : place] for place in places)
        return float(any(after) or any(before))

    def _surroundings(self, hit: Hit, label: str | None) -> tuple[float, float, set[str]]:
        """terms_in_passage, terms_nearby and the words of the passage and of 400 characters on both sides of it; the
        same for all sentences of a turn, and so looked at once.
        """
        known = self._known.get((hit.passage.id, label))
        if known is None:
            home = {word for each in (label, hit.article.title, hit.article.author) for word in tokens(each or "")}
            around = tokens(hit.article.text[max(0, hit.passage.start - 400) : hit.passage.end + 400])
            in_passage = self._share([*tokens(hit.passage.text), *home])
            known = in_passage, self._share([*around, *home]), home | set(around)
            self._known[hit.passage.id, label] = known
        return known

    def _share(self, words: Sequence[str]) -> float:
        """Share of the question's terms that are there, rare ones counting more (inverse document frequency)."""
        there = {stem(word) for word in words}
        return sum(weight for term, weight in self._weights.items() if term in there) / self._total


def _shared(statement: Statement, sentence: Sentence) -> int:
    """Characters in common."""
    return min(statement.end, sentence.end) - max(statement.start, sentence.start)


def _part(names: Sequence[str], words: set[str]) -> float:
    return sum(name in words for name in names) / len(names) if names else 0.5


def _shape(asked: Asked, hit: Hit, sentence: Sentence, label: str | None) -> tuple[float, ...]:
    """fits_kind … first_of_article, see FEATURES."""
    text = hit.article.text[sentence.start : sentence.end]
    spoken = tokens(label or "")
    return (
        fits_kind(asked, text, hit, label),
        float(bool(_SAYING.search(text) or spoken)),
        float(text.endswith("?") or bool(set(spoken) & ROLES)),
        float(not _ENDS.search(text)),
        min(len(text.split()), 40) / 40,
        float(sentence.start < 400),
    )


def spoken_in(candidate: Candidate) -> Spoken | None:
    """Who says a sentence, by its statement, and where the article says so; None where that cannot be told."""
    statement, text = candidate.statement, candidate.hit.article.text
    if statement is None or statement.speaker is None:
        return None
    place = place_of(statement.speaker_text, statement, text)
    return Spoken(statement.speaker, *place) if place else None


def fits_kind(asked: Asked, text: str, hit: Hit, label: str | None) -> float:
    """1.0 where the sentence holds something of the kind that is asked for, 0.0 where not, 0.5 where any would do."""
    if asked.kind in ("what", "yesno"):
        return 0.5
    if asked.kind == "when":
        return float(bool(dating.times(text, hit.article.published)))
    if asked.kind == "howmany":
        return float(bool(NUMBER.search(text)))
    if asked.kind == "howlong":
        return float(bool(_DURATION.search(text)))
    known = {word for name in asked.names for word in name.split()}
    return float(any(name not in known for name in _CAPITAL.findall(text)) or bool(label))
