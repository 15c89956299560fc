"""The indexed articles as the surfaces see them: catalogue, vectors and ingest as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retriever.records import Article, Filters, Outcome, Passage
from service.parts import Choice

if TYPE_CHECKING:
    from retriever.catalogue import Catalogue, Entry
    from retriever.ingest import Ingest

SECONDS_TO_WAIT = 5.0  # for another ingest: a small one is over by then, a large one is told of


class Archive:
    """What service.parts.Articles asks for. ``embedding``: the name of the model whose vectors are kept."""

    def __init__(self, *, catalogue: Catalogue, ingest: Ingest, embedding: str) -> None:
        self._catalogue, self._ingest, self._embedding = catalogue, ingest, embedding

    def recover(self) -> int:
        """Finish or undo what an interrupted ingest left; how many articles that were."""
        return len(self._ingest.recover())

    def ingest(self, paths: Sequence[Path]) -> Iterator[Outcome]:
        """One outcome an article, as it is done. Raises StoreBusy where another ingest holds the folder."""
        return self._ingest.ingest(paths, wait=SECONDS_TO_WAIT)

    def remove(self, document_id: str) -> None:
        """Out of the catalogue and the vectors. Raises ArticleNotFound."""
        self._ingest.remove(document_id)

    def article(self, document_id: str) -> Article:
        """Raises ArticleNotFound."""
        return self._catalogue.article(document_id)

    def passages(self, document_id: str) -> Sequence[Passage]:
        """In the order of the text. Raises ArticleNotFound."""
        return self._catalogue.passages(document_id)

    def page(self, chosen: Choice) -> tuple[Sequence[Entry], int]:
        """The articles of one page of the list, the newest first, and how many there are on all pages."""
        within = Filters(sources=(chosen.source,) if chosen.source else (), since=chosen.since, until=chosen.until)
        page = self._catalogue.articles(within, text=chosen.text, offset=chosen.offset, limit=chosen.limit)
        return page.entries, page.total

    def status(self) -> Mapping[str, Any]:
        """Figures of what is indexed; ``whole`` is False while an interrupted ingest waits to be finished, or articles
        to be looked through for statements; ``finder`` is the version of what finds them.
        """
        standing = asdict(self._catalogue.standing())
        days = {name: str(standing[name]) if standing[name] else None for name in ("first", "last")}
        models = {"embedding": self._embedding, "finder": self._ingest.finder}
        return {**standing, **days, **models, "whole": self._ingest.whole()}
