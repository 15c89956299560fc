"""How true a sentence sounds by its own words, whatever its source says.

Whoever writes twins writes "may" into the true one more often than into the false one, and makes the false one longer.
A network learns such habits first, and they are of no use on what other people or models write. So what the words alone
give away is taken into account while it learns, as the expert that it need not become: a product of experts (Clark,
Yatskar and Zettlemoyer, EMNLP 2019; He, Zha and Wang, DeepLo 2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from eval.entailing.examples import Example

FOLDS = 5
_SEEN = 8  # sentences in which a word must stand to count
_STRENGTH = 0.1  # inverse of the regularisation
_MOST = 3.0  # of what is given away altogether something is left to learn


def leaning(examples: Sequence[Example], *, seed: int) -> list[Example]:
    """The examples with what their twins' words give away: the logit that the true one is the true one, by words, pairs
    of words and length, as a regression sees it that has learned from the twins of other sources. Half of it counts
    for the one, half against the other.
    """
    from scipy.sparse import csr_matrix, hstack, vstack
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    owner = np.array([n for n, each in enumerate(examples) for _ in each.twins])
    pairs = [each for example in examples for each in example.twins]
    texts = [[each.true for each in pairs], [each.false for each in pairs]]
    pattern = r"[\w’']+|[“”\"]"
    words = CountVectorizer(ngram_range=(1, 2), min_df=_SEEN, binary=True, token_pattern=pattern).fit(
        [*texts[0], *texts[1]]
    )
    lengths = [csr_matrix([[np.log(1 + text.count(" "))] for text in each]) for each in texts]
    true, false = (hstack([words.transform(each), size]).tocsr() for each, size in zip(texts, lengths, strict=True))
    fold = np.random.default_rng(seed).integers(0, FOLDS, len(examples))[owner]
    leans = np.zeros(len(pairs))
    for part in range(FOLDS):
        rest, own = fold != part, fold == part
        apart = true[rest] - false[rest]
        told = LogisticRegression(C=_STRENGTH, max_iter=500, fit_intercept=False)
        told.fit(vstack([apart, -apart]), np.repeat([1, 0], apart.shape[0]))
        leans[own] = np.clip((true[own] - false[own]) @ told.coef_[0], -_MOST, _MOST) / 2
    found, places = [], iter(leans.tolist())
    for example in examples:
        twins = [replace(each, leans=(lean, -lean)) for each, lean in zip(example.twins, places, strict=False)]
        found.append(replace(example, twins=tuple(twins)))
    return found


def given_away(examples: Sequence[Example]) -> float:
    """The share of twins of which the true one sounds truer."""
    apart = [each.leans[0] - each.leans[1] for example in examples for each in example.twins]
    return float(np.mean([(each > 0) + (each == 0) / 2 for each in apart]))
