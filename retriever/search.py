"""A query goes in, ranked passages come out: dense vectors and exact words, fused, copies collapsed.

Of the best passages the sentence nearest to the query counts too: a passage of seven sentences whose vector speaks of
them all may hold the one that is sought.

Fusion is a sum of scores, not of ranks: cosine + a·w + b·w², where w is BM25 over the most that BM25 could give for
these words (0 to 1). Method: convex combination with theoretical min-max normalisation, Bruch, Gai and Ingber, "An
Analysis of Fusion Functions for Hybrid Retrieval", ACM TOIS 42(1), 2023; the square lets near-complete matches of the
question's own words win over vectors, which paraphrases never reach. Measured against ranks (RRF) in the README.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from retriever.records import Article, Filters, Hit, Passage, Query
from retriever.wording import content_words, stem

if TYPE_CHECKING:
    from retriever.langchain import PassageRetriever

CANDIDATES = 100  # from each of vectors and words
WORDS_WEIGHT, WORDS_SQUARED_WEIGHT = 0.5, 2.0
SCORED = 8_000  # passages of all words together; 20,000 find the same in 50,000 articles, 16 ms later
TITLE_WEIGHT = 0.5  # of a word in the title beside one in the passage
SENTENCE_WEIGHT = 0.5  # of the cosine of a passage's nearest sentence
RESCORED = 20  # passages, at least, whose sentences are looked at; 40 find the same
PHRASE_WEIGHT = 0.5  # a passage that holds the quoted words as they are
_BM25_CEILING = 2.2  # k1 + 1 with FTS5's k1 = 1.2: what one term can give at most, times its weight
_QUOTED = re.compile(r"[\"“„«]([^\"“”„»]{8,})[\"”»]|''([^']{8,}?)''")
_PHRASE_WORDS = 6  # the first words of a quotation find it; its end may be cut or altered


_EVERYTHING = Filters()


class Words(Protocol):
    """What the search needs of the catalogue."""

    def words(
        self, terms: Sequence[str], limit: int, within: Filters, *, title_weight: float
    ) -> list[tuple[str, float]]: ...
    def phrase(self, text: str, limit: int, within: Filters) -> list[str]: ...
    def frequencies(self, terms: Sequence[str]) -> Mapping[str, int]: ...
    def passage_count(self) -> int: ...
    def ids_within(self, filters: Filters) -> set[str] | None: ...
    def passages_by_id(self, ids: Collection[str]) -> list[Passage]: ...
    def articles_by_id(self, ids: Collection[str]) -> Mapping[str, Article]: ...
    def copies(self, ids: Collection[str]) -> Mapping[str, str]: ...


class Near(Protocol):
    """What the search needs of the vector index: cosines, best first."""

    def nearest(self, text: str, limit: int, *, within: Collection[str] | None = None) -> list[tuple[str, float]]: ...
    def similarities(self, text: str, ids: Collection[str]) -> Mapping[str, float]: ...


class NearSentences(Protocol):
    """What the search needs of the sentences' vectors."""

    def nearest(self, text: str, passages: Sequence[Passage]) -> Mapping[str, float]: ...


@dataclass(frozen=True, slots=True)
class Search:
    """Ranked evidence. ``dense``, ``words`` and no ``sentences`` switch a part off, to measure what it adds."""

    catalogue: Words
    vectors: Near
    sentences: NearSentences | None = None
    dense: bool = True
    words: bool = True

    def search(self, query: Query) -> list[Hit]:
        """Passages, best first, at most ``query.limit``. Raises StoreError where the index cannot be read."""
        within = self.catalogue.ids_within(query.filters)
        if within is not None and not within:
            return []
        # Each of the two is mostly time in a library that lets the other go on.
        with ThreadPoolExecutor(1, thread_name_prefix="words") as pool:
            found = pool.submit(self._by_words, query)
            cosines = dict(self.vectors.nearest(query.text, CANDIDATES, within=within)) if self.dense else {}
            matches, quoted = found.result()
        if self.dense:  # passages that only the words found need their cosine too
            cosines |= self.vectors.similarities(query.text, (matches.keys() | quoted) - cosines.keys())
        scores = {
            passage: cosines.get(passage, 0.0)
            + _words_score(matches.get(passage, 0.0))
            + PHRASE_WEIGHT * (passage in quoted)
            for passage in cosines.keys() | matches.keys() | quoted
        }
        most = max(query.limit * 2, RESCORED)
        best = sorted(scores, key=lambda passage: (-scores[passage], passage))[:most]
        hits = self._by_sentences(query.text, self._hits(best, scores, cosines, matches))
        return self._collapsed(hits[: query.limit * 2])[: query.limit]

    def _by_sentences(self, text: str, hits: Sequence[Hit]) -> list[Hit]:
        """The hits in the order that their nearest sentences give them, with the scores that follow."""
        if self.sentences is None:
            return list(hits)
        near = self.sentences.nearest(text, [hit.passage for hit in hits])
        again = [replace(hit, score=hit.score + SENTENCE_WEIGHT * near.get(hit.passage.id, 0.0)) for hit in hits]
        return sorted(again, key=lambda hit: (-hit.score, hit.passage.id))

    def _by_words(self, query: Query) -> tuple[dict[str, float], frozenset[str]]:
        return (self._matches(query), self._quoted(query)) if self.words else ({}, frozenset())

    def _matches(self, query: Query) -> dict[str, float]:
        """passage id -> share of the most that BM25 could give, 0 to 1."""
        sought = content_words(query.text)
        frequencies = self.catalogue.frequencies(list({stem(word): word for word in sought}.values()))
        telling = _telling(sought, frequencies)
        found = self.catalogue.words(telling, CANDIDATES, query.filters, title_weight=TITLE_WEIGHT)
        if not found:
            return {}
        count = self.catalogue.passage_count()
        counted = [n for word, n in frequencies.items() if word in telling]
        ceiling = sum(max(1e-6, math.log((count - n + 0.5) / (n + 0.5))) for n in counted) * _BM25_CEILING
        return {passage: min(1.0, score / ceiling) for passage, score in found}

    def _quoted(self, query: Query) -> frozenset[str]:
        """Passages that hold the words which the query puts in quotation marks."""
        found: set[str] = set()
        for groups in _QUOTED.findall(query.text):
            words = " ".join(groups).split()
            found.update(self.catalogue.phrase(" ".join(words[:_PHRASE_WORDS]), CANDIDATES, query.filters))
        return frozenset(found)

    def _hits(
        self,
        ids: Sequence[str],
        scores: Mapping[str, float],
        cosines: Mapping[str, float],
        matches: Mapping[str, float],
    ) -> list[Hit]:
        passages = {passage.id: passage for passage in self.catalogue.passages_by_id(ids)}
        articles = self.catalogue.articles_by_id({passage.article_id for passage in passages.values()})
        return [
            Hit(passage, articles[passage.article_id], scores[id_], cosines.get(id_), matches.get(id_))
            for id_ in ids
            if (passage := passages.get(id_)) and passage.article_id in articles  # gone since: removed meanwhile
        ]

    def _collapsed(self, hits: Sequence[Hit]) -> list[Hit]:
        """One hit for passages that say the same in copies of one article; the others' articles are named in it."""
        groups = self.catalogue.copies({hit.article.id for hit in hits})
        kept: list[Hit] = []
        for hit in hits:
            group = groups.get(hit.article.id, hit.article.id)
            twin = next(
                (
                    n
                    for n, other in enumerate(kept)
                    if groups.get(other.article.id) == group and _say_the_same(hit, other)
                ),
                None,
            )
            if twin is None:
                kept.append(hit)
            else:
                kept[twin] = replace(kept[twin], copies=(*kept[twin].copies, hit.article.id))
        return kept

    def as_retriever(self, *, limit: int = 5, filters: Filters = _EVERYTHING) -> PassageRetriever:
        """The search as a LangChain ``BaseRetriever``: Documents with passage text; metadata has offsets and scores."""
        from retriever.langchain import PassageRetriever

        return PassageRetriever(search=self, limit=limit, filters=filters)


def _telling(sought: Sequence[str], frequencies: Mapping[str, int]) -> list[str]:
    """The words without those common ones whose passages, all together, would take too long to score: in a large
    archive they tell little, and the others find what they would.
    """
    stems = {stem(word): n for word, n in frequencies.items()}
    kept, passages = set[str](), 0
    for each, n in sorted(stems.items(), key=lambda one: one[1]):
        passages += n
        if kept and passages > SCORED:
            break
        kept.add(each)
    return [word for word in sought if stem(word) in kept]


def _words_score(share: float) -> float:
    return WORDS_WEIGHT * share + WORDS_SQUARED_WEIGHT * share * share


def _say_the_same(hit: Hit, other: Hit) -> bool:
    """Whether two passages of copies share most of their words (Jaccard at least 0.6)."""
    if hit.article.id == other.article.id:
        return False
    ours, theirs = set(content_words(hit.passage.text)), set(content_words(other.passage.text))
    return len(ours & theirs) >= 0.6 * len(ours | theirs)
