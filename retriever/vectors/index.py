"""The vector index. It is derived: it can be thrown away and made again from the catalogue."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from retriever import splitting
from retriever.errors import StoreDamaged
from retriever.folder import FolderLock
from retriever.vectors.opening import Opening

if TYPE_CHECKING:
    from chromadb import Collection as ChromaCollection
    from langchain_chroma import Chroma

_AT_ONCE: Final = 1000  # rows in one call
_PROBED: Final = 1000  # vectors that are looked at whether the index can be read
_ASKED: Final = 10  # of these, how many are searched for
_ITSELF: Final = 1e-3  # cosine distance of a stored vector to itself, at most


class Embedding(Protocol):
    """What turns texts into vectors of length 1; ``retriever.embedding.MiniLM`` does."""

    @property
    def name(self) -> str: ...
    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]: ...
    def query_vector(self, text: str) -> NDArray[np.float32]: ...
    def with_spans(
        self, texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]: ...


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in the index for a passage beside its vector."""

    id: str  # the passage's
    article_id: str
    published: date | None
    digest: str  # of ``text``
    text: str  # what was embedded


class Vectors:
    """``folder/vectors``, opened at first use. One for a folder and process; share it between threads.

    Every call may raise StoreFull, StoreDamaged, StoreError, and StoreBusy where another process is writing: at once
    for a change, after ten seconds for the first reading; later readings go on with what was there before.
    """

    def __init__(self, folder: Path, *, embedding: Embedding) -> None:
        self.embedding = embedding
        self._identity = {"model": embedding.name, "splitting": splitting.VERSION}
        self._index = Opening(folder / "vectors", lock=FolderLock(folder), identity=self._identity, embedding=embedding)

    # Changing

    def alone(self, wait: float = 0.0) -> AbstractContextManager[None]:
        """Nobody else changes the folder, catalogue included, meanwhile. Raises StoreBusy after ``wait`` seconds."""
        return self._index.alone(wait)

    def add(self, rows: Sequence[Row], vectors: NDArray[np.float32]) -> None:
        """Store the rows with their vectors, (len(rows), 384), in place of those with the same ids."""
        for at in range(0, len(rows), _AT_ONCE):
            some = rows[at : at + _AT_ONCE]
            with self._index.writing() as opened:
                opened.collection.upsert(
                    ids=[row.id for row in some],
                    embeddings=vectors[at : at + _AT_ONCE],
                    metadatas=[_metadata(row) for row in some],
                    documents=[row.text for row in some],
                )

    def remove(self, ids: Collection[str]) -> None:
        """Remove those that are there."""
        for some in _portions(ids):
            with self._index.writing() as opened:
                opened.collection.delete(ids=some)

    def reset(self) -> None:
        """Throw everything away: an empty index of this model and these splitting rules. Only inside ``alone``."""
        self._index.reset()

    # Finding

    def nearest(self, text: str, limit: int, *, within: Collection[str] | None = None) -> list[tuple[str, float]]:
        """(passage id, cosine) of the ``limit`` passages nearest to ``text``, best first; only of those in ``within``
        where it is given.
        """
        if limit < 1 or (within is not None and not within):
            return []
        vector = self.embedding.query_vector(text)
        if within is not None:
            return self._nearest_within(vector, limit, within)
        with self._index.reading() as opened:
            return _query(opened.collection, vector, limit)

    def similarities(self, text: str, ids: Collection[str]) -> dict[str, float]:
        """The cosine of ``text`` and each of these passages, by id; those that are not there are left out."""
        if not ids:
            return {}
        vector = self.embedding.query_vector(text)
        return {id_: float(vector @ other) for id_, other in self.get(ids).items()}

    def get(self, ids: Collection[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of those that are there, by id."""
        found: dict[str, NDArray[np.float32]] = {}
        for some in _portions(ids):
            found |= self._vectors_of(some)
        return found

    @property
    def store(self) -> Chroma:
        """LangChain's view of the index, for reading (``store.as_retriever()``). Not to be kept across an ingest."""
        with self._index.reading() as opened:
            return opened.store

    # Comparing with the catalogue

    def digests(self, ids: Collection[str] | None = None) -> dict[str, str]:
        """By id, the digest of the text whose vector is stored: of all, or of those of ``ids`` that are there."""
        if ids is None:
            ids = self.ids()
        found: dict[str, str] = {}
        for some in _portions(ids):
            with self._index.reading() as opened:
                there = opened.collection.get(ids=some, include=["metadatas"])
            found |= {
                id_: str(known["digest"]) for id_, known in zip(there["ids"], there["metadatas"] or [], strict=True)
            }
        return found

    def ids(self) -> set[str]:
        """Of everything that is stored."""
        with self._index.reading() as opened:
            return set(opened.collection.get(include=[])["ids"])

    def count(self) -> int:
        """Vectors stored."""
        with self._index.reading() as opened:
            return opened.collection.count()

    def usable(self) -> bool:
        """Whether what is there can be read and was made by this model and these splitting rules."""
        try:
            with self._index.reading() as opened:
                if dict(opened.collection.metadata or {}) != self._identity:
                    return False
                # Some from everywhere: a file that is torn fails at what stood in the torn part.
                vectors = _spread(opened.collection)
                for vector in vectors[:: max(1, len(vectors) // _ASKED)]:
                    found = _query(opened.collection, vector, 1)
                    if not found or found[0][1] < 1 - _ITSELF:
                        return False
                return True
        except StoreDamaged:
            return False

    def close(self) -> None:
        """Let go of the files; the next call opens them again."""
        self._index.close()

    def _nearest_within(
        self, vector: NDArray[np.float32], limit: int, within: Collection[str]
    ) -> list[tuple[str, float]]:
        """Chroma refuses a selection with an id that it does not have, which happens while another process or thread
        adds or removes; then more and more of all passages are asked for until enough of them are in ``within``.
        """
        wanted = set(within)
        try:
            with self._index.reading() as opened:
                return _query(opened.collection, vector, limit, ids=list(wanted))
        except StoreDamaged:
            asked = 4 * limit
        while True:
            with self._index.reading() as opened:
                all_of_them = opened.collection.count()
                found = _query(opened.collection, vector, min(asked, all_of_them))
            fitting = [each for each in found if each[0] in wanted]
            if len(fitting) >= limit or asked >= all_of_them:
                return fitting[:limit]
            asked *= 4

    def _vectors_of(self, ids: list[str]) -> dict[str, NDArray[np.float32]]:
        """An id that another process has added since the index was opened makes Chroma refuse all that are asked for
        with it, so it is looked for by halves.
        """
        try:
            with self._index.reading() as opened:
                found = opened.collection.get(ids=ids, include=["embeddings"])
        except StoreDamaged:
            if len(ids) == 1:
                return {}
            half = len(ids) // 2
            return {**self._vectors_of(ids[:half]), **self._vectors_of(ids[half:])}
        vectors = np.asarray(found["embeddings"], dtype=np.float32)
        return dict(zip(found["ids"], vectors, strict=True))


def _spread(collection: ChromaCollection) -> NDArray[np.float32]:
    """Vectors from everywhere, by id: Chroma walks to an offset row by row."""
    ids = collection.get(include=[])["ids"]
    if not ids:
        return np.zeros((0, 0), dtype=np.float32)
    some = collection.get(ids=ids[:: max(1, len(ids) // _PROBED)], include=["embeddings"])
    return np.asarray(some["embeddings"], dtype=np.float32)


def _query(
    collection: ChromaCollection, vector: NDArray[np.float32], limit: int, *, ids: list[str] | None = None
) -> list[tuple[str, float]]:
    """Straight from the collection: LangChain's view of it brings every text and its metadata, for thrice the time."""
    found = collection.query(query_embeddings=vector, n_results=limit, ids=ids, include=["distances"])
    distances = found["distances"] or [[]]
    return [(id_, 1.0 - distance) for id_, distance in zip(found["ids"][0], distances[0], strict=True)]


def _metadata(row: Row) -> dict[str, Any]:
    """The day as a number, since Chroma compares nothing else; an empty value is refused, so it is left out."""
    day = {"published": int(row.published.strftime("%Y%m%d"))} if row.published else {}
    return {"article_id": row.article_id, "digest": row.digest, **day}


def _portions(ids: Collection[str]) -> list[list[str]]:
    ordered = list(dict.fromkeys(ids))
    return [ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE)]
