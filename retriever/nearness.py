"""How near each sentence of a passage is to a question, without embedding the sentences when the question comes.

Sentences are embedded when their passage is stored, by the model's quantised graph: a third of the time that the
passages' own vectors take. Cosines to the question's exact vector differ by about 0.01 from those of exact vectors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from retriever import splitting
from retriever.records import Passage

if TYPE_CHECKING:
    from retriever.catalogue.sentences import SentenceRows

_AT_ONCE: Final = 500  # passages

QuestionVector = Callable[[str], NDArray[np.float32]]


class Embedding(Protocol):
    """What turns texts into vectors of length 1."""

    @property
    def name(self) -> str: ...
    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


class SentenceVectors:
    """Sentences' vectors, kept beside their passages. ``question``: text -> its vector, of length 1, where another
    model (the exact one) makes it. Calls may raise StoreError and ModelUnusable.
    """

    def __init__(self, rows: SentenceRows, *, embedding: Embedding, question: QuestionVector | None = None) -> None:
        self._rows, self._embedding = rows, embedding
        self._question = question or self._embedded_question
        self._model = f"{embedding.name}, splitting {splitting.VERSION}"

    def add(self, passages: Sequence[Passage]) -> None:
        """Store the vectors of these passages, which are in the catalogue. What a ready version of the same article has
        already is not embedded again.
        """
        for at in range(0, len(passages), _AT_ONCE):
            self._rows.put(self._model, self.of(passages[at : at + _AT_ONCE]))

    def of(self, passages: Sequence[Passage]) -> dict[str, NDArray[np.float32]]:
        """By passage id, (sentences, 384) in the order of ``splitting.sentences``. Where none are stored they are
        embedded now.
        """
        stored = self._rows.get(self._model, [passage.id for passage in passages])
        return stored | self._embedded([passage for passage in passages if passage.id not in stored])

    def nearest(self, text: str, passages: Sequence[Passage]) -> dict[str, float]:
        """By passage id, the cosine of a question and the passage's nearest sentence."""
        question = self._question(text)
        return {id_: float((each @ question).max()) for id_, each in self.of(passages).items() if len(each)}

    def lacking(self) -> dict[str, set[str]]:
        """By article, the ids of its passages that have none; takes a moment where there are no such."""
        return self._rows.lacking(self._model) if self._rows.any_lacking(self._model) else {}

    def _embedded_question(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._embedding.vectors([text])[0]
        return vector

    def _embedded(self, passages: Sequence[Passage]) -> dict[str, NDArray[np.float32]]:
        if not passages:
            return {}  # a question whose passages all have theirs loads no model
        texts = {
            passage.id: [passage.text[s.start : s.end] for s in splitting.sentences(passage.text)]
            for passage in passages
        }
        vectors = self._embedding.vectors([text for each in texts.values() for text in each])
        ends = np.cumsum([len(each) for each in texts.values()])
        return dict(zip(texts, np.split(vectors, ends[:-1]), strict=True))
