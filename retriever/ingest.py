"""Files go in, articles that can be searched come out; an outcome for each.

    file -> articles -> unchanged? copy? -> passages -> catalogue, pending -> vectors -> statements -> catalogue, ready

The catalogue is the truth. What an interruption leaves behind is pending there; the next ingest, or ``recover``,
finishes it. Only texts that have no vector yet are embedded, whole batches at a time, over the limits of articles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Any, Final

from retriever import duplicates
from retriever.catalogue import Catalogue
from retriever.catalogue.database import storable
from retriever.deriving import FULL, Deriving, Finder, rows_of
from retriever.errors import ArticleNotFound, UnreadableFile
from retriever.nearness import SentenceVectors
from retriever.reading import failed, files, read
from retriever.records import Article, Outcome, Passage
from retriever.splitting import passages
from retriever.vectors import Row, Vectors


class Ingest:
    """The document path over one index folder; without a ``finder`` no statements are found, without ``sentences`` a
    question embeds those that it looks at. ``threads``: cores for statements; None takes all.

    Every call may raise StoreError and what stands below it.
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
        self._catalogue, self._vectors = catalogue, vectors
        self._deriving = Deriving(
            catalogue=catalogue, vectors=vectors, sentences=sentences, finder=finder, threads=threads
        )

    def ingest(self, paths: Sequence[Path], *, wait: float = 0.0) -> Generator[Outcome, None, None]:
        """One outcome an article (or file that cannot be used), in order, each when it is final.

        May be stopped at any moment and run again; the folder is held until the last outcome is taken or the generator
        is closed. Raises ModelUnusable, and StoreBusy where another ingest still holds it after ``wait`` seconds.
        """
        with self._vectors.alone(wait):
            self._finish_interrupted()
            # While all cores finish a batch, one core in between takes in the next: neither waits for the other.
            with ThreadPoolExecutor(1, thread_name_prefix="finishing") as pool:
                finishing: Future[list[Outcome]] | None = None
                for batch in self._taking_in(paths):
                    if finishing:
                        yield from finishing.result()
                    finishing = pool.submit(self._finished, batch)
                if finishing:
                    yield from finishing.result()

    def remove(self, article_id: str, *, wait: float = 10.0) -> None:
        """Remove an article everywhere. Raises ArticleNotFound, and StoreBusy after ``wait`` seconds."""
        with self._vectors.alone(wait):
            self._vectors.remove(self._catalogue.remove(article_id))

    def recover(self, *, wait: float = 0.0) -> list[str]:
        """Finish what was interrupted, so that catalogue and vectors agree; ids of the articles that were touched.

        Vectors that are missing, damaged, or of another model or other splitting rules are made again, statements of
        another finder are found again. Takes a moment where there is nothing to do. Raises StoreBusy after ``wait``
        seconds.
        """
        with self._vectors.alone(wait):
            return self._finish_interrupted()

    @property
    def finder(self) -> str | None:
        """The version of what finds statements."""
        return self._deriving.finder

    def whole(self) -> bool:
        """Whether everything that was put can be found and every article was looked through for statements."""
        return not self._catalogue.pending() and not self._deriving.lacking_statements()

    # Taking in

    def _taking_in(self, paths: Sequence[Path]) -> Iterator[_Batch]:
        """Full batches, in order. One is finished while the next is taken in, unless both hold one article."""
        before, batch = _Batch(), _Batch()
        for name, found in _articles(paths):
            if isinstance(found, Article):
                if found.id in batch.waiting:
                    yield batch
                    before, batch = batch, _Batch()
                if found.id in before.waiting:
                    before.finished.wait()
            batch.outcomes.append(self._taken_in(name, found, batch) if isinstance(found, Article) else found)
            if not batch.waiting or len(batch.rows) >= FULL:
                yield batch
                before, batch = batch, _Batch()
        yield batch

    def _taken_in(self, name: str, article: Article, batch: _Batch) -> Outcome:
        """Put as pending and into the batch, unless it is unchanged."""
        known = self._catalogue.digest(article.id)
        if known == article.digest != "":
            return Outcome(name, "unchanged", article.id)
        signed = duplicates.signature(article.text)
        of, similarity = self._original(article, signed)
        pieces = passages(article)
        self._catalogue.put(article, pieces, duplicate_of=of, similarity=similarity, signature=signed)
        batch.waiting[article.id] = self._passage_ids(article.id) if known is not None else set()
        batch.rows += rows_of(article, pieces)
        batch.passages += pieces
        batch.articles.append(article)
        status: Final = "updated" if known is not None else "duplicate" if of else "added"
        return Outcome(name, status, article.id, of, similarity)

    def _original(self, article: Article, signed: bytes | None) -> tuple[str | None, float | None]:
        if signed is None or self._stays_original(article):
            return None, None
        likeliest = duplicates.likeliest(signed, self._catalogue.alike(signed, but=article.id))
        found = duplicates.copy_of(article.text, self._catalogue.texts(likeliest))
        if found is None:
            return None, None
        return self._catalogue.original(found[0], for_id=article.id), found[1]

    def _stays_original(self, article: Article) -> bool:
        """Whether only its metadata changes and it was no copy: what is like it is its copy."""
        before = self._catalogue.articles_by_id([article.id]).get(article.id)
        if before is None or before.text != article.text:
            return False
        return self._catalogue.copies([article.id]) == {article.id: article.id}

    def _passage_ids(self, article_id: str) -> set[str]:
        try:
            return {passage.id for passage in self._catalogue.passages(article_id)}
        except ArticleNotFound:  # it was pending only
            return set()

    # Finishing

    def _finished(self, batch: _Batch) -> list[Outcome]:
        """Give the batch's passages their vectors and its articles their statements, make them ready; their
        outcomes.
        """
        try:
            if batch.waiting:
                self._deriving.vectors(batch.rows, batch.passages)
                self._deriving.statements(batch.articles)
                self._catalogue.mark_ready(batch.waiting)
                kept = {row.id for row in batch.rows}
                self._vectors.remove({id_ for before in batch.waiting.values() for id_ in before} - kept)
        finally:
            batch.finished.set()
        return batch.outcomes

    # Recovering

    def _finish_interrupted(self) -> list[str]:
        if self._agree():
            return []
        if not self._vectors.usable():
            self._vectors.reset()
        for article_id in self._catalogue.split_otherwise():
            article = self._catalogue.article(article_id)
            self._catalogue.put_again(article, passages(article))
        wanted = self._catalogue.embedded()
        stored = self._vectors.digests()
        pending = self._catalogue.pending()
        lacking = defaultdict(set, self._deriving.lacking_sentences())
        for id_, (digest, article_id) in wanted.items():
            if stored.get(id_) != digest:
                lacking[article_id].add(id_)
        self._embed_lacking(lacking, set(pending))
        unread = self._deriving.lacking_statements()
        self._deriving.statements(self._newest(article_id, set(pending))[0] for article_id in unread)
        self._catalogue.mark_ready(pending)
        self._vectors.remove(stored.keys() - self._catalogue.embedded().keys())
        return list(dict.fromkeys([*pending, *lacking, *unread]))

    def _agree(self) -> bool:
        """Without comparing one by one: an article is ready only after its vectors are in, so a vector that is lacking
        or left over shows in the numbers.
        """
        return (
            not self._catalogue.pending()
            and not self._catalogue.split_otherwise()
            and self._vectors.usable()
            and self._vectors.count() == self._catalogue.passage_count()
            and not self._deriving.lacking_sentences()
            and not self._deriving.lacking_statements()
        )

    def _embed_lacking(self, lacking: dict[str, set[str]], pending: set[str]) -> None:
        rows: list[Row] = []
        waiting: list[Passage] = []
        for article_id, ids in lacking.items():
            article, pieces = self._newest(article_id, pending)
            some = [piece for piece in pieces if piece.id in ids]
            rows += rows_of(article, some)
            waiting += some
            if len(rows) >= FULL:
                self._deriving.vectors(rows, waiting)
                rows, waiting = [], []
        self._deriving.vectors(rows, waiting)

    def _newest(self, article_id: str, pending: set[str]) -> tuple[Article, list[Passage]]:
        if article_id in pending:
            return self._catalogue.unfinished(article_id)
        return self._catalogue.article(article_id), self._catalogue.passages(article_id)


@dataclass(slots=True)
class _Batch:
    """What waits for its vectors and statements."""

    rows: list[Row] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    # article id -> ids of the passages of its ready version, if there is one
    waiting: dict[str, set[str]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    finished: Event = field(default_factory=Event)


def _articles(paths: Sequence[Path]) -> Iterator[tuple[str, Article | Outcome]]:
    """(file's name, what it holds); a failed outcome for each that cannot be used."""
    for path, name in files(paths):
        try:
            for found in read(path, name=name):
                yield name, _encodable(found) if isinstance(found, Article) else found
        except UnreadableFile as error:
            yield name, Outcome(name, "failed", reason=str(error))
        except Exception as error:  # noqa: BLE001 - logged and told there; the files after it are sound
            yield name, failed(error, name=name)


def _encodable(article: Article) -> Article:
    """JSON can spell half characters, which no store accepts: they become question marks, offsets stay."""
    texts = ("id", "text", "title", "author", "source", "url")
    clean: dict[str, Any] = {name: storable(value) for name in texts if (value := getattr(article, name)) is not None}
    return article if all(clean[name] == getattr(article, name) for name in clean) else replace(article, **clean)
