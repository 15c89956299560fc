"""Vectors of sentences as rows: one object over the catalogue's file, one short transaction a call."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert

from retriever.catalogue.database import Database
from retriever.catalogue.schema import ArticleRow, PassageRow, SentenceVectorsRow

_STORED = np.dtype("<f2")  # half the room of what is computed; a cosine changes by less than 0.001


class SentenceRows:
    """What is stored goes with its passage. Every call may raise StoreFull, StoreDamaged, StoreBusy or StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, model: str, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """By passage id, pending or ready: (sentences, dimensions) in the order of its text."""
        with self._database.writing() as connection:
            numbers = connection.execute(
                select(PassageRow.number, PassageRow.id).where(PassageRow.id.in_(list(vectors)))
            ).all()
            statement = insert(SentenceVectorsRow)
            columns = ("model", "sentences", "vectors")
            replacing = statement.on_conflict_do_update(
                index_elements=["passage"], set_={name: statement.excluded[name] for name in columns}
            )
            rows = [
                {
                    "passage": number,
                    "model": model,
                    "sentences": len(vectors[id_]),
                    "vectors": vectors[id_].astype(_STORED).tobytes(),
                }
                for number, id_ in numbers
            ]
            if rows:
                connection.execute(replacing, rows)

    def get(self, model: str, ids: Collection[str]) -> dict[str, NDArray[np.float32]]:
        """(sentences, dimensions) by passage id, pending or ready, of those that have some of this model."""
        chosen = (
            select(PassageRow.id, SentenceVectorsRow.sentences, SentenceVectorsRow.vectors)
            .join(PassageRow, PassageRow.number == SentenceVectorsRow.passage)
            .where(PassageRow.id.in_(list(ids)), SentenceVectorsRow.model == model)
        )
        with self._database.reading() as connection:
            return {
                id_: np.frombuffer(stored, dtype=_STORED).astype(np.float32).reshape(sentences, -1)
                for id_, sentences, stored in connection.execute(chosen)
            }

    def lacking(self, model: str) -> dict[str, set[str]]:
        """By article, the ids of its passages, pending ones too, that have none of this model."""
        chosen = (
            select(ArticleRow.id, PassageRow.id)
            .join(ArticleRow, ArticleRow.number == PassageRow.article)
            .outerjoin(
                SentenceVectorsRow,
                (SentenceVectorsRow.passage == PassageRow.number) & (SentenceVectorsRow.model == model),
            )
            .where(SentenceVectorsRow.passage.is_(None))
        )
        found: dict[str, set[str]] = {}
        with self._database.reading() as connection:
            for article, passage in connection.execute(chosen):
                found.setdefault(article, set()).add(passage)
        return found

    def any_lacking(self, model: str) -> bool:
        """Without looking at each: whether a passage, pending or ready, has none of this model."""
        with self._database.reading() as connection:
            passages = connection.scalar(select(func.count()).select_from(PassageRow))
            mine = select(func.count()).select_from(SentenceVectorsRow).where(SentenceVectorsRow.model == model)
            return passages != connection.scalar(mine)
