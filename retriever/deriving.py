"""Articles and passages that the catalogue holds go in; what is derived from them is made and stored: vectors of
them and of their sentences, statements. All cores work at one of the two at a time, batch by batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from retriever.catalogue import Catalogue
from retriever.catalogue.articles import digest_of_embedded
from retriever.cores import cores
from retriever.nearness import SentenceVectors, spans_of
from retriever.records import Article, Passage, Statement
from retriever.splitting import embedded_text
from retriever.vectors import Row, Vectors

FULL: Final = 128  # passages that make a batch: some two seconds of work, then their articles are ready
_NONE: Final = np.empty((0, 0), dtype=np.float32)

_Piece = tuple[Row, Passage]
_Vectors = tuple[NDArray[np.float32], NDArray[np.float32]]  # of the whole, of its sentences


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
        self._threads = threads or cores()

    @property
    def finder(self) -> str | None:
        """The version of what finds statements."""
        return self._finder.version if self._finder else None

    def vectors(self, rows: Sequence[Row], passages: Sequence[Passage]) -> None:
        """Store for each passage, with its row, the vectors of the whole and of its sentences that it lacks. A text
        that has them somewhere already is not embedded again.
        """
        for at in range(0, len(rows), FULL):
            self._complete(list(zip(rows[at : at + FULL], passages[at : at + FULL], strict=True)))

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

    def _complete(self, some: Sequence[_Piece]) -> None:
        ids = [row.id for row, _ in some]
        digests = self._vectors.digests(ids)
        sentences = self._sentences.stored(ids) if self._sentences else dict.fromkeys(ids, _NONE)
        whole = {row.id for row, _ in some if digests.get(row.id) == row.digest and row.id in sentences}
        lacking = [(row, passage) for row, passage in some if row.id not in whole]
        made = self._known({row.digest for row, _ in lacking})
        new = {row.digest: (row, passage) for row, passage in lacking if row.digest not in made}
        made |= zip(new, self._made(list(new.values())), strict=True)
        if lacking:
            self._vectors.add([row for row, _ in lacking], np.stack([made[row.digest][0] for row, _ in lacking]))
        if self._sentences:  # of those that lack none too: a pending version's are rows of its own
            self._sentences.put(sentences | {row.id: made[row.digest][1] for row, _ in lacking})

    def _made(self, some: Sequence[_Piece]) -> Iterable[_Vectors]:
        texts, embedding = [row.text for row, _ in some], self._vectors.embedding
        if not self._sentences:
            return ((vector, _NONE) for vector in embedding.vectors(texts))
        return zip(*embedding.with_spans(texts, [spans_of(row.text, passage) for row, passage in some]), strict=True)

    def _known(self, digests: set[str]) -> dict[str, _Vectors]:
        """What is stored for the same text of another passage, by digest."""
        twins = self._catalogue.same_embedded(digests) if digests else {}
        stored = self._vectors.digests(twins.values())
        vectors = self._vectors.get([id_ for digest, id_ in twins.items() if stored.get(id_) == digest])
        sentences = self._sentences.stored(vectors) if self._sentences else dict.fromkeys(vectors, _NONE)
        return {
            digest: (vectors[id_], sentences[id_])
            for digest, id_ in twins.items()
            if id_ in vectors and id_ in sentences
        }


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
