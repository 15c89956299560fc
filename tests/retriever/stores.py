"""Small articles and an index folder of them, for the tests of what keeps them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retriever.catalogue import Catalogue
from retriever.deriving import Finder
from retriever.embedding import MiniLM
from retriever.ingest import Ingest
from retriever.nearness import SentenceVectors
from retriever.records import Article, Outcome
from retriever.splitting import passages, sentences
from retriever.vectors import Vectors

TALKS = "Wang Yi met Yoshimasa Hayashi in Tokyo. “Taiwan is a part of China,” Wang said. Hayashi raised the islands."
TRADE = "Officials discussed seafood exports. Japan asked for the ban to be lifted. No date was set for another round."
CAFE = "Diplomats gathered at the Café Zürich. They visited the U.S. consulate. 中日外長在天津會談。"


def article(id_: str, text: str = TALKS, **known: Any) -> Article:
    """``known``: further fields of Article."""
    return Article(id_, text, digest=hashlib.sha256(f"{text}{known}".encode()).hexdigest(), **known)


def stocked(folder: Path, *articles: Article) -> Catalogue:
    """A catalogue that has these articles, ready."""
    catalogue = Catalogue(folder)
    for one in articles:
        catalogue.put(one, passages(one))
    catalogue.mark_ready(one.id for one in articles)
    return catalogue


class Counting:
    """The real model, which counts the texts that it is given to embed, and the spans."""

    def __init__(self, model: MiniLM) -> None:
        self.model, self.texts, self.spans, self.name = model, 0, 0, model.name

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += len(texts)
        return self.model.vectors(texts)

    def query_vector(self, text: str) -> NDArray[np.float32]:
        return self.model.query_vector(text)

    def with_spans(
        self, texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        self.texts += len(texts)
        self.spans += sum(map(len, spans))
        return self.model.with_spans(texts, spans)


@dataclass
class Index:
    """An index folder with everything that works on it."""

    catalogue: Catalogue
    vectors: Vectors
    sentences: SentenceVectors
    ingest: Ingest
    embedding: Counting

    @classmethod
    def over(cls, folder: Path, model: MiniLM, *, finder: Finder | None = None) -> Index:
        return cls.with_embedding(folder, Counting(model), finder=finder)

    @classmethod
    def with_embedding(
        cls,
        folder: Path,
        embedding: Counting,
        *,
        finder: Finder | None = None,
    ) -> Index:
        catalogue, vectors = Catalogue(folder), Vectors(folder, embedding=embedding)
        sentences = SentenceVectors(catalogue.sentences, embedding=embedding)
        ingest = Ingest(catalogue=catalogue, vectors=vectors, sentences=sentences, finder=finder)
        return cls(catalogue, vectors, sentences, ingest, embedding)

    def take(self, *paths: Path) -> list[Outcome]:
        return list(self.ingest.ingest(paths))

    def close(self) -> None:
        self.vectors.close()
        self.catalogue.close()

    def agrees(self) -> bool:
        """Every passage that can be found has the vectors of its text and its sentences, and nothing is left over."""
        wanted = {id_: digest for id_, (digest, _) in self.catalogue.embedded().items()}
        whole = not self.catalogue.pending() and self.vectors.digests() == wanted and self.vectors.usable()
        return whole and self._sentences_agree(list(wanted))

    def _sentences_agree(self, ids: Sequence[str]) -> bool:
        pieces, before = self.catalogue.passages_by_id(ids), self.embedding.spans
        kept = self.sentences.of(pieces)
        lengths = {piece.id: len(sentences(piece.text)) for piece in pieces}
        return (
            self.embedding.spans == before
            and self.sentences.lacking() == {}
            and {id_: len(vectors) for id_, vectors in kept.items()} == lengths
        )


def lines(file: Path, articles: Iterable[tuple[str, str]]) -> Path:
    """A JSONL file of (id, text) articles."""
    file.write_text("".join(json.dumps({"id": id_, "text": text}) + "\n" for id_, text in articles), "utf-8")
    return file


def day(text: str) -> date:
    return date.fromisoformat(text)
