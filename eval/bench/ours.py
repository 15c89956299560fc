"""whosaid as one of the systems that are measured; WHOSAID_STATEMENTS says whether statements are found at ingest."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from eval.bench.protocol import main
from retriever.records import Query
from service.parts import Parts
from service.settings import Settings

_FEW: Final = 20


class Ours:
    """The parts over an index folder. Models are loaded by the first articles that come."""

    def __init__(self) -> None:
        self._parts: Parts | None = None

    def warm(self, folder: Path) -> None:
        """A few articles go in, which load every model (one alone leaves that of many texts out), and out again."""
        self.open(folder)
        with tempfile.TemporaryDirectory() as elsewhere:
            for number in range(_FEW):
                small = Path(elsewhere) / f"small-{number}.txt"
                small.write_text(f"The mayor said that model {number} is loaded by an article.", encoding="utf-8")
            for outcome in list(self._there().articles.ingest([Path(elsewhere)])):
                self._there().articles.remove(str(outcome.document_id))

    def build(self, articles: Path, _folder: Path) -> int:
        parts = self._there()
        failed = [str(each.reason) for each in parts.articles.ingest([articles]) if each.status == "failed"]
        if failed:
            raise RuntimeError(f"{len(failed)} articles could not be used; the first: {failed[0]}")
        return int(parts.articles.status()["passages"])

    def open(self, folder: Path) -> None:
        from service.wiring import build

        self._parts = build(Settings.load(data=folder))

    def find(self, words: str, limit: int) -> Sequence[tuple[str, str]]:
        hits = self._there().search.search(Query(words, limit=limit))
        return [(hit.article.id, hit.passage.text) for hit in hits]

    def _there(self) -> Parts:
        if self._parts is None:
            raise RuntimeError("open an index first")
        return self._parts


if __name__ == "__main__":
    main({"whosaid": Ours, "whosaid without statements": Ours}, sys.argv[1:])
