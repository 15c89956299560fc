"""How near each sentence of a passage is to a question, without embedding the sentences when the question comes.

A sentence's vector is made when its passage is stored, from what the model computes for the passage anyway: the mean of
the states of the sentence's tokens. It knows the title and the sentences around it ("He said …").
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from retriever import splitting
from retriever.records import Passage

if TYPE_CHECKING:
    from retriever.catalogue.sentences import SentenceRows


class Embedding(Protocol):
    """What turns texts, and spans of characters within them, into vectors of length 1."""

    @property
    def name(self) -> str: ...
    def query_vector(self, text: str) -> NDArray[np.float32]: ...
    def with_spans(
        self, texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]: ...


class SentenceVectors:
    """Sentences' vectors, kept beside their passages. Calls may raise StoreError and ModelUnusable."""

    def __init__(self, rows: SentenceRows, *, embedding: Embedding) -> None:
        self._rows, self._embedding = rows, embedding
        self._model = f"{embedding.name} within passages, splitting {splitting.VERSION}"

    def put(self, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Store them, by passage id: (sentences, 384) in the order of ``splitting.sentences``."""
        self._rows.put(self._model, vectors)

    def stored(self, ids: Collection[str]) -> dict[str, NDArray[np.float32]]:
        """What is stored of these passages, by id."""
        return self._rows.get(self._model, ids)

    def of(self, passages: Sequence[Passage]) -> dict[str, NDArray[np.float32]]:
        """By passage id, (sentences, 384). Where none are stored they are made now, without the title."""
        stored = self.stored([passage.id for passage in passages])
        return stored | self._made([passage for passage in passages if passage.id not in stored])

    def nearest(self, text: str, passages: Sequence[Passage]) -> dict[str, float]:
        """By passage id, the cosine of a question and the passage's nearest sentence."""
        question = self._embedding.query_vector(text)
        return {id_: float((each @ question).max()) for id_, each in self.of(passages).items() if len(each)}

    def lacking(self) -> dict[str, set[str]]:
        """By article, the ids of its passages that have none; takes a moment where there are no such."""
        return self._rows.lacking(self._model) if self._rows.any_lacking(self._model) else {}

    def _made(self, passages: Sequence[Passage]) -> dict[str, NDArray[np.float32]]:
        if not passages:
            return {}  # a question whose passages all have theirs loads no model
        texts = [passage.text for passage in passages]
        _, made = self._embedding.with_spans(texts, [spans_of(each.text, each) for each in passages])
        return {passage.id: each for passage, each in zip(passages, made, strict=True)}


def spans_of(embedded: str, passage: Passage) -> list[tuple[int, int]]:
    """Where the passage's sentences stand in a text that ends with the passage's."""
    before = len(embedded) - len(passage.text)
    return [(before + each.start, before + each.end) for each in splitting.sentences(passage.text)]
