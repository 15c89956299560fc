"""How good a reader is, beside the plain embedding model: spans, whether there is an answer, the right window."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.reader.examples import Example, Text
from retriever import splitting
from retriever.records import Sentence
from service.reader.model import Reading
from service.reader.windows import Window

Reads = Callable[[str, Sequence[Window]], Sequence[Reading]]
Vectors = Callable[[Sequence[str]], NDArray[np.float32]]
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares; ``exact`` and ``f1`` of answerable questions whose answer is marked, as SQuAD counts them; ``first``: of
    answerable questions, whether the window ranked first answers; ``auc``: how well answerable questions are told
    from others, as the area under the curve.
    """

    questions: int
    exact: float
    f1: float
    first: float
    auc: float


def of_reader(examples: Sequence[Example], read: Reads) -> Figures:
    """The best window's best span, rank and span weighed alike."""
    predicted, first, sure = [], [], []
    for example in examples:
        readings = read(example.question, [_window(text) for text in example.texts])
        best = max(range(len(readings)), key=lambda n: readings[n].rank + readings[n].sure)
        predicted.append(example.texts[best].text[slice(*readings[best].span)])
        first.append(max(range(len(readings)), key=lambda n: readings[n].rank))
        sure.append(max(each.answers for each in readings))
    return _figures(examples, predicted, first, sure)


def of_embedding(examples: Sequence[Example], vectors: Vectors) -> Figures:
    """The sentence whose vector is nearest to the question's."""
    predicted, first, sure = [], [], []
    sentences = {t.text[s.start : s.end] for e in examples for t in e.texts for s in splitting.sentences(t.text)}
    known = dict(zip(sentences, vectors(list(sentences)), strict=True))
    asked = vectors([example.question for example in examples])
    for question, example in zip(asked, examples, strict=True):
        places = [(n, s) for n, text in enumerate(example.texts) for s in splitting.sentences(text.text)]
        near = np.array([known[example.texts[n].text[s.start : s.end]] @ question for n, s in places])
        n, sentence = places[int(near.argmax())]
        predicted.append(example.texts[n].text[sentence.start : sentence.end])
        first.append(n)
        sure.append(float(near.max()))
    return _figures(examples, predicted, first, sure)


def _window(text: Text) -> Window:
    return Window(text.text, 0, 0, len(text.text), (Sentence(0, len(text.text)),))


def _figures(
    examples: Sequence[Example], predicted: Sequence[str], first: Sequence[int], sure: Sequence[float]
) -> Figures:
    from sklearn.metrics import roc_auc_score

    marked = [n for n, example in enumerate(examples) if any(text.spans for text in example.texts)]
    right = [_answers(examples[n]) for n in marked]
    answerable = [n for n, example in enumerate(examples) if example.answerable]
    truth = [example.answerable for example in examples]
    return Figures(
        questions=len(examples),
        exact=_mean(
            [max(float(_plain(predicted[n]) == _plain(a)) for a in of) for n, of in zip(marked, right, strict=True)]
        ),
        f1=_mean([max(_f1(predicted[n], a) for a in of) for n, of in zip(marked, right, strict=True)]),
        first=_mean([float(examples[n].texts[first[n]].answers) for n in answerable]),
        auc=float(roc_auc_score(truth, sure)) if len(set(truth)) == 2 else float("nan"),
    )


def _answers(example: Example) -> list[str]:
    return [text.text[start:end] for text in example.texts for start, end in text.spans]


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else float("nan")


def _plain(answer: str) -> list[str]:
    """SQuAD's form for comparing: lower case, no punctuation, no articles."""
    bare = "".join(character for character in answer.lower() if character not in string.punctuation)
    return _ARTICLES.sub(" ", bare).split()


def _f1(predicted: str, answer: str) -> float:
    ours, theirs = _plain(predicted), _plain(answer)
    shared = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * shared / (len(ours) + len(theirs)) if shared else 0.0


def as_plain(figures: Figures) -> dict[str, Any]:
    """To be written beside the weights."""
    return {name: round(getattr(figures, name), 4) for name in ("questions", "exact", "f1", "first", "auc")}
