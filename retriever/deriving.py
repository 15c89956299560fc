"""Articles and passages that the catalogue holds go in; what is derived from them is made and stored: vectors, the
vectors of sentences, statements. All cores work at one of the three at a time, batch by batch.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from retriever.catalogue import Catalogue
from retriever.catalogue.articles import digest_of_embedded
from retriever.nearness import SentenceVectors
from retriever.records import Article, Passage, Statement
from retriever.splitting import embedded_text
from retriever.vectors import Row, Vectors

FULL: Final = 128  # passages that make a batch: some two seconds of embedding, then their articles are ready


class Finder(Protocol):
    """What finds out who said what, safe to share between threads. Where ``version`` is another one, every article is
    looked through anew.
    """

    @property
    def version(self) -> str: ...
    def find(self, article: Article) -> list[Statement]: ...


class Deriving:
    """Without ``sentences`` or a ``finder`` that part is left out, and an index that was made so is completed by the
    next one that has it. ``threads``: cores for statements; None takes all. Every call may raise StoreError and what
    stands below it, and ModelUnusable.
    """

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        vectors: Vectors,
        sentences: SentenceVectors | None = None,
        finder: Finder | None = None,
        threads: int | None = None,
    ) -> None:
        self._catalogue, self._vectors, self._sentences, self._finder = catalogue, vectors, sentences, finder
        self._threads = threads or len(os.sched_getaffinity(0))

    @property
    def finder(self) -> str | None:
        """The version of what finds statements."""
        return self._finder.version if self._finder else None

    def vectors(self, rows: Sequence[Row]) -> None:
        """Store a vector for each row that has none. A text that has one somewhere already is not embedded again."""
        for at in range(0, len(rows), FULL):
            some = rows[at : at + FULL]
            stored = self._vectors.digests([row.id for row in some])
            missing = [row for row in some if stored.get(row.id) != row.digest]
            if not missing:
                continue
            known = self._known({row.digest for row in missing})
            texts = {row.digest: row.text for row in missing if row.digest not in known}
            known |= zip(texts, self._vectors.embedding.vectors(list(texts.values())), strict=True)
            self._vectors.add(missing, np.stack([known[row.digest] for row in missing]))

    def sentences(self, passages: Sequence[Passage]) -> None:
        """Store the vectors of these passages' sentences."""
        if self._sentences is not None:
            self._sentences.add(passages)

    def statements(self, articles: Iterable[Article]) -> None:
        """Store the statements of each: with its pending version, where there is one. One article a core."""
        if self._finder is None or not (some := list(articles)):
            return
        with ThreadPoolExecutor(self._threads) as pool:
            for at in range(0, len(some), FULL):
                portion = some[at : at + FULL]
                found = zip(portion, pool.map(self._finder.find, portion), strict=True)
                self._catalogue.statements.put_all({each.id: said for each, said in found}, self._finder.version)

    def lacking_sentences(self) -> dict[str, set[str]]:
        """By article, the ids of the passages whose sentences have no vectors."""
        return self._sentences.lacking() if self._sentences is not None else {}

    def lacking_statements(self) -> list[str]:
        """Ids of articles that this finder has not looked through."""
        return self._catalogue.statements.lacking(self.finder) if self.finder else []

    def _known(self, digests: set[str]) -> dict[str, NDArray[np.float32]]:
        """Vectors that are stored for the same text of another passage, by digest."""
        twins = self._catalogue.same_embedded(digests)
        stored = self._vectors.digests(twins.values())
        vectors = self._vectors.get([id_ for digest, id_ in twins.items() if stored.get(id_) == digest])
        return {digest: vectors[id_] for digest, id_ in twins.items() if id_ in vectors}


def rows_of(article: Article, passages: Sequence[Passage]) -> list[Row]:
    """What stands in the vector index for each passage."""
    return [
        Row(
            piece.id,
            article.id,
            article.published,
            digest_of_embedded(article, piece),
            embedded_text(article, piece),
        )
        for piece in passages
    ]
