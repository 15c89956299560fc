"""Sentences of small articles as candidates for an answer, by hand: nothing here depends on learned weights."""

from __future__ import annotations

from retriever.records import Article, Hit
from retriever.splitting import passages, speaker_at, turns
from service.evidence import FEATURES, Candidate


def hit_of(article: Article, holding: str = "") -> Hit:
    """The passage of an article that holds some words, as a hit."""
    found = next(passage for passage in passages(article) if holding in passage.text)
    return Hit(found, article, score=1.0, similarity=0.5, words=None)


def candidate(article: Article, sentence: str, **features: float) -> Candidate:
    """A sentence of an article, with the features that are given and 0 for the others."""
    start = article.text.index(sentence)
    unknown = features.keys() - set(FEATURES)
    assert not unknown
    return Candidate(
        hit_of(article, sentence),
        start,
        start + len(sentence),
        speaker_at(turns(article.text), start),
        tuple(features.get(name, 0.0) for name in FEATURES),
    )
