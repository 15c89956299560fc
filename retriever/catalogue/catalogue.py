"""The catalogue: one object over the file, one short transaction a call."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from retriever import splitting
from retriever.catalogue import articles as rows
from retriever.catalogue import counting, finding
from retriever.catalogue.choosing import articles_with_words, articles_within, passages_within
from retriever.catalogue.conversations import Conversations
from retriever.catalogue.database import Database, storable
from retriever.catalogue.records import Entry, EntryPage, Standing
from retriever.catalogue.schema import READY, ArticleRow, PassageRow, StatementRow
from retriever.catalogue.sentences import SentenceRows
from retriever.catalogue.statements import StatementRows
from retriever.records import Article, Filters, Passage

_EVERYTHING: Final = Filters()
_LISTED: Final = tuple(field.name for field in fields(Entry) if field.name != "passages")
_AT_ONCE: Final = 500  # ids in one statement; SQLite takes no more than 32,766


class Catalogue:
    """``folder/catalogue.sqlite``, made where it is not there and brought up to date. Share one between threads.

    What is put is ``pending`` and seen by ``pending``, ``unfinished`` and ``digest`` alone until ``mark_ready``;
    everything else speaks of ready articles. Opening raises StoreError where the folder cannot be used or was written
    by a newer version. Every call may raise StoreFull, StoreDamaged, StoreBusy or StoreError.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._database = Database(folder / "catalogue.sqlite")
        self._counts, self._outlets = counting.Counts(), counting.Outlets()
        self.conversations = Conversations(self._database)
        self.sentences = SentenceRows(self._database)
        self.statements = StatementRows(self._database)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    # Articles in and out

    def put(
        self,
        article: Article,
        passages: Sequence[Passage],
        *,
        duplicate_of: str | None = None,
        similarity: float | None = None,
        signature: bytes | None = None,
    ) -> None:
        """Store as pending. A ready version of the same id stays what readers see until ``mark_ready``."""
        with self._database.writing() as connection:
            rows.put(connection, article, passages, rows.Likeness(duplicate_of, similarity, signature))

    def put_again(self, article: Article, passages: Sequence[Passage]) -> None:
        """Store other passages of a ready article as pending; what it is a copy of stays as it is."""
        with self._database.writing() as connection:
            rows.put_again(connection, article, passages)

    def mark_ready(self, ids: Iterable[str]) -> None:
        """All of these can be found from now on, each in place of its earlier version."""
        with self._database.writing() as connection:
            for article_id in ids:
                rows.make_ready(connection, storable(article_id))

    def remove(self, article_id: str) -> list[str]:
        """Remove an article; the ids of the passages it had. Raises ArticleNotFound."""
        with self._database.writing() as connection:
            return rows.remove(connection, article_id)

    def digest(self, article_id: str) -> str | None:
        """The digest of the newest version, pending or ready; None where there is neither."""
        with self._database.reading() as connection:
            return connection.scalar(
                select(ArticleRow.digest)
                .where(ArticleRow.id == storable(article_id))
                .order_by(ArticleRow.state)  # pending comes before ready
                .limit(1)
            )

    def pending(self) -> list[str]:
        """Ids of articles that were put and are not ready, oldest first."""
        chosen = select(ArticleRow.id).where(ArticleRow.state == "pending").order_by(ArticleRow.number)
        with self._database.reading() as connection:
            return list(connection.scalars(chosen))

    def unfinished(self, article_id: str) -> tuple[Article, list[Passage]]:
        """The pending version. Raises ArticleNotFound."""
        return self._version(article_id, "pending")

    # Articles looked up

    def article(self, article_id: str) -> Article:
        """Raises ArticleNotFound."""
        with self._database.reading() as connection:
            found = rows.articles(connection, rows.select_articles().where(ArticleRow.id == storable(article_id)))
        return found[0] if found else rows.not_found(article_id)

    def passages(self, article_id: str) -> list[Passage]:
        """In the order of the text. Raises ArticleNotFound."""
        return self._version(article_id, "ready")[1]

    def articles_by_id(self, ids: Collection[str]) -> dict[str, Article]:
        """Those that are there, by id."""
        with self._database.reading() as connection:
            return {
                article.id: article
                for some in _portions(ids)
                for article in rows.articles(connection, rows.select_articles().where(ArticleRow.id.in_(some)))
            }

    def passages_by_id(self, ids: Collection[str]) -> list[Passage]:
        """Those that are there, in the order of ``ids``."""
        with self._database.reading() as connection:
            found = {
                passage.id: passage
                for some in _portions(ids)
                for passage in rows.passages(connection, rows.select_passages().where(PassageRow.id.in_(some)))
            }
        return [found[passage_id] for passage_id in dict.fromkeys(ids) if passage_id in found]

    def articles(
        self, within: Filters = _EVERYTHING, *, text: str | None = None, offset: int = 0, limit: int = 50
    ) -> EntryPage:
        """The newest first, undated ones last. ``text``: only articles in which every one of its words stands.

        Of the filters speakers do not count: an article has no one speaker.
        """
        conditions = articles_within(within) + articles_with_words(text or "")
        page = (
            select(*(ArticleRow.__table__.columns[name] for name in ("number", *_LISTED)))
            .where(*conditions)
            .order_by(ArticleRow.published.desc().nulls_last(), ArticleRow.id)
            .offset(offset)
            .limit(limit)
        )
        with self._database.reading() as connection:
            total = connection.scalar(select(func.count()).select_from(ArticleRow).where(*conditions)) or 0
            found = connection.execute(page).all()
            passages = rows.counts_by_article(connection, [row.number for row in found])
        entries = (
            Entry(passages=passages.get(row.number, 0), **{name: row._mapping[name] for name in _LISTED})
            for row in found
        )
        return EntryPage(tuple(entries), total, offset, limit)

    # Passages found

    def words(
        self, terms: str | Iterable[str], limit: int, within: Filters = _EVERYTHING, *, title_weight: float = 1.0
    ) -> list[tuple[str, float]]:
        """(passage id, BM25) of passages in whose title or text any of the terms stands, stemmed; best first.

        A term of several words ("foreign minister") is looked for as a phrase; of a plain text, each word is a term.
        """
        with self._database.reading() as connection:
            return finding.words(connection, terms, limit, within, title_weight)

    def phrase(self, text: str, limit: int, within: Filters = _EVERYTHING) -> list[str]:
        """Ids of passages in whose text these words stand in a row, not stemmed; case, accents and odd characters
        do not matter.
        """
        with self._database.reading() as connection:
            return finding.phrase(connection, text, limit, within)

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """For each term, stemmed, the number of passages in whose title or text it stands."""
        with self._database.reading() as connection:
            return self._counts.of(connection, terms)

    def passage_count(self) -> int:
        """Of ready articles."""
        with self._database.reading() as connection:
            return counting.passage_count(connection)

    def ids_within(self, filters: Filters) -> set[str] | None:
        """Ids of the passages that fit; None where the filters are empty, so that everything fits."""
        if not filters:
            return None
        with self._database.reading() as connection:
            # One row of all ids: of a large archive many thousands fit, and a row takes longer than an id.
            fitting = select(func.group_concat(PassageRow.id, " ")).where(*passages_within(connection, filters))
            return set((connection.scalar(fitting) or "").split())

    def outlets(self) -> list[str]:
        """Of ready articles, in alphabetical order."""
        with self._database.reading() as connection:
            return self._outlets.of(connection)

    # Copies

    def copies(self, ids: Collection[str]) -> dict[str, str]:
        """For each article that is there the id that it shares with its copies: its original's, or its own."""
        group = func.coalesce(ArticleRow.duplicate_of, ArticleRow.id)
        chosen = select(ArticleRow.id, group).where(READY)
        with self._database.reading() as connection:
            return {
                row[0]: row[1]
                for some in _portions(ids)
                for row in connection.execute(chosen.where(ArticleRow.id.in_(some)))
            }

    def alike(self, signature: bytes, *, but: str) -> list[tuple[int, bytes]]:
        """(number, signature) of candidates for being copies, pending ones too, oldest first; ``but`` left out."""
        with self._database.reading() as connection:
            return rows.alike(connection, signature, but=but)

    def texts(self, numbers: Sequence[int]) -> list[tuple[str, str]]:
        """(id, text) of candidates, by the numbers that ``alike`` gave."""
        with self._database.reading() as connection:
            return rows.texts(connection, numbers)

    def original(self, candidate: str, *, for_id: str) -> str:
        """The article that a copy of ``candidate`` with the id ``for_id`` is to be linked to: never itself a copy."""
        with self._database.reading() as connection:
            return rows.original(connection, candidate, for_id=for_id)

    # Agreement with the vectors

    def embedded(self) -> dict[str, tuple[str, str]]:
        """For every passage (the digest of the text whose vector it must have, its article's id).

        Pending passages too; where a pending and a ready one share an id, the pending one's.
        """
        chosen = select(PassageRow.id, PassageRow.embedded, ArticleRow.id).join(
            ArticleRow, ArticleRow.number == PassageRow.article
        )
        with self._database.reading() as connection:
            return {row[0]: (row[1], row[2]) for row in connection.execute(chosen.order_by(ArticleRow.state.desc()))}

    def split_otherwise(self) -> list[str]:
        """Ids of ready articles whose passages were made by another version of the rules."""
        chosen = select(ArticleRow.id).where(ArticleRow.state == "ready", ArticleRow.splitting != splitting.VERSION)
        with self._database.reading() as connection:
            return list(connection.scalars(chosen))

    def same_embedded(self, digests: Collection[str]) -> dict[str, str]:
        """For these digests the id of a ready passage that has it, where there is one."""
        chosen = select(PassageRow.embedded, PassageRow.id).join(ArticleRow, ArticleRow.number == PassageRow.article)
        with self._database.reading() as connection:
            return {
                row[0]: row[1]
                for some in _portions(digests)
                for row in connection.execute(chosen.where(READY, PassageRow.embedded.in_(some)))
            }

    def standing(self) -> Standing:
        """What is in the catalogue."""
        ready = ArticleRow.state == "ready"
        source = func.coalesce(ArticleRow.source, "")
        by_source = select(source, func.count()).where(ready).group_by(source).order_by(func.count().desc(), source)
        totals = select(
            func.count(),
            func.count(ArticleRow.duplicate_of),
            func.count(ArticleRow.published),
            func.min(ArticleRow.published),
            func.max(ArticleRow.published),
        ).where(ready)
        waiting = select(func.count()).select_from(ArticleRow).where(ArticleRow.state == "pending")
        said = select(func.count()).select_from(StatementRow).join(ArticleRow).where(ready, StatementRow.speech)
        with self._database.reading() as connection:
            articles, duplicates, dated, first, last = connection.execute(totals).one()
            pending, statements = connection.scalar(waiting) or 0, connection.scalar(said) or 0
            sources = {row[0]: row[1] for row in connection.execute(by_source)}
        return Standing(
            articles, self.passage_count(), duplicates, pending, first, last, articles - dated, statements, sources
        )

    def check(self) -> None:
        """Read the whole file. Raises StoreDamaged where it is not what was written."""
        self._database.check()

    def _version(self, article_id: str, state: str) -> tuple[Article, list[Passage]]:
        with self._database.reading() as connection:
            mine = ArticleRow.id == storable(article_id)
            found = rows.articles(connection, rows.select_articles(state).where(mine))
            if not found:
                rows.not_found(article_id)
            ordered = rows.select_passages(state).where(mine).order_by(PassageRow.ordinal)
            return found[0], rows.passages(connection, ordered)


def _portions(ids: Collection[str]) -> list[list[str]]:
    ordered = [storable(each) for each in dict.fromkeys(ids)]
    return [ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE)]
