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
from retriever.embedding import MiniLM
from retriever.ingest import Ingest
from retriever.records import Article, Outcome
from retriever.splitting import passages
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
    """The real model, which counts the texts that it is given to embed."""

    def __init__(self, model: MiniLM) -> None:
        self._model, self.texts, self.name = model, 0, model.name

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += len(texts)
        return self._model.vectors(texts)

    def query_vector(self, text: str) -> NDArray[np.float32]:
        return self._model.query_vector(text)


@dataclass
class Index:
    """An index folder with everything that works on it."""

    catalogue: Catalogue
    vectors: Vectors
    ingest: Ingest
    embedding: Counting

    @classmethod
    def over(cls, folder: Path, model: MiniLM) -> Index:
        return cls.with_embedding(folder, Counting(model))

    @classmethod
    def with_embedding(cls, folder: Path, embedding: Counting) -> Index:
        catalogue, vectors = Catalogue(folder), Vectors(folder, embedding=embedding)
        return cls(catalogue, vectors, Ingest(catalogue=catalogue, vectors=vectors), embedding)

    def take(self, *paths: Path) -> list[Outcome]:
        return list(self.ingest.ingest(paths))

    def close(self) -> None:
        self.vectors.close()
        self.catalogue.close()

    def agrees(self) -> bool:
        """Every passage that can be found has the vector of its text, and nothing is left over."""
        wanted = {id_: digest for id_, (digest, _) in self.catalogue.embedded().items()}
        return not self.catalogue.pending() and self.vectors.digests() == wanted and self.vectors.usable()


def lines(file: Path, articles: Iterable[tuple[str, str]]) -> Path:
    """A JSONL file of (id, text) articles."""
    file.write_text("".join(json.dumps({"id": id_, "text": text}) + "\n" for id_, text in articles), "utf-8")
    return file


def day(text: str) -> date:
    return date.fromisoformat(text)
