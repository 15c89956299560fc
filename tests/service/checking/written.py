"""A small article, its statements by hand, and a checker over it with weights that no learning has touched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from retriever.records import Article, Hit, Passage, Statement
from retriever.speaking import Speaking
from service.checking.source import Source
from service.checking.support import FEATURES
from service.checking.verdict import Verdict
from service.checking.written import Checker
from service.entailing.model import Entailed
from service.weighing import Weights

ARTICLE = Article(
    "pier.txt",
    "Mayor Tomas Vik said on Tuesday that the wooden pier of Elvebakken must close before winter. “The pier is older "
    "than the town, and it will not outlive it,” Vik said.\n\n"
    "Harbour Minister Lena Brandt told growers that nobody would lose work over it. She added that repairs would cost "
    "40 million kroner. Brandt invited Vik to Sandvik. The talks in Elvebakken lasted three hours.",
    title="Mayor wants the old pier closed",
    source="Harbour Daily",
    published=date(2022, 11, 23),
)


def source(article: Article = ARTICLE) -> Source:
    """The whole article as one passage, with what is said in it."""
    passage = Passage(f"{article.id}:0", article.id, 0, 0, len(article.text), article.text)
    return Source(1, Hit(passage, article, 1.0, None, None), _statements() if article is ARTICLE else ())


def _statements() -> tuple[Statement, ...]:
    return (
        _said("Tomas Vik", "Mayor Tomas Vik", "said", "the wooden pier of Elvebakken must close before winter"),
        _said("Tomas Vik", "Vik", "said", "The pier is older than the town, and it will not outlive it"),
        _said("Lena Brandt", "Harbour Minister Lena Brandt", "told", "nobody would lose work over it"),
        _said("Lena Brandt", "She", "added", "repairs would cost 40 million kroner"),
    )


def _said(speaker: str, named: str, cue: str, words: str) -> Statement:
    text = ARTICLE.text
    start = text.index(words)
    end = start + len(words)
    opens = max(text.rfind(". ", 0, start) + 2, text.rfind("\n", 0, start) + 1)
    opens = 0 if start < 100 and named.startswith("Mayor") else min(opens, start)
    return Statement(
        id=words,
        article_id=ARTICLE.id,
        speaker=speaker,
        speaker_text=named,
        role=None,
        cue=cue,
        content=words,
        kind="indirect",
        addressee=None,
        said_on=None,
        via=(),
        speech=True,
        start=opens,
        end=end,
        slices=((start, end),),
    )


def letters(texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors by which words of the same three letters in a row are alike: enough to tell forms of one word."""
    found = np.zeros((len(texts), 512), dtype=np.float32)
    for row, text in enumerate(texts):
        padded = f" {text.lower()} "
        for place in range(len(padded) - 2):
            found[row, sum(ord(c) * 31**n for n, c in enumerate(padded[place : place + 3])) % 512] += 1
    norms: NDArray[np.float32] = np.linalg.norm(found, axis=1, keepdims=True)
    return (found / np.maximum(norms, 1e-6)).astype(np.float32)


class Undecided:
    """In place of the entailment model, which would have to be loaded."""

    def read(self, source: str) -> None: ...

    def __call__(self, source: str, sentence: str) -> Entailed:
        return Entailed(0.0, 0.0, (0, 0))


def certain(speaking: Speaking) -> Checker:
    """A checker that finds only what is certainly wrong: its weights let everything pass."""
    return _weighing(speaking, (0.0,) * len(FEATURES), 9)


def wary(speaking: Speaking) -> Checker:
    """A checker that lets nothing pass that is as much as suspected."""
    weights = tuple(-9.0 if name.startswith("suspect_") else 0.0 for name in FEATURES)
    return _weighing(speaking, weights, 4)


def _weighing(speaking: Speaking, weights: tuple[float, ...], intercept: float) -> Checker:
    none = (0.0,) * len(FEATURES)
    learned = Weights(FEATURES, none, (1.0,) * len(FEATURES), weights, intercept)
    return Checker(speaking=speaking, vectors=letters, entails=Undecided(), weights=learned)


def kinds(verdict: Verdict) -> set[str]:
    return {fault.kind for fault in verdict.faults}
