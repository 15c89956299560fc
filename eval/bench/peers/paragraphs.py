"""txtai with what it does where nothing is said, over paragraphs: vectors alone, and with words beside them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.bench.protocol import MODEL, main, page, read

if TYPE_CHECKING:
    from txtai import Embeddings

_BETWEEN = "#"  # an article's id and the number of its paragraph


class Txtai:
    """An Embeddings index that keeps its content. ``hybrid``: words count as much as vectors."""

    def __init__(self, *, hybrid: bool) -> None:
        self._hybrid = hybrid
        self._index: Embeddings | None = None

    def warm(self, _folder: Path) -> None:
        from txtai import Embeddings

        self._index = Embeddings(path=os.environ[MODEL], content=True, hybrid=self._hybrid)
        self._index.transform("The first text loads the model.")

    def build(self, articles: Path, folder: Path) -> int:
        index = self._there()
        index.index(_paragraphs(articles))
        index.save(str(folder))
        return int(index.count())

    def open(self, folder: Path) -> None:
        from txtai import Embeddings

        self._index = Embeddings()
        self._index.load(str(folder))

    def find(self, words: str, limit: int) -> Sequence[tuple[str, str]]:
        found = self._there().search(words, limit)
        return [(each["id"].rpartition(_BETWEEN)[0], each["text"]) for each in found]

    def _there(self) -> Embeddings:
        if self._index is None:
            raise RuntimeError("open an index first")
        return self._index


def _paragraphs(articles: Path) -> Iterator[tuple[str, str]]:
    for article in read(articles):
        for number, paragraph in enumerate(each for each in page(article).split("\n") if each.strip()):
            yield f"{article['id']}{_BETWEEN}{number}", paragraph


if __name__ == "__main__":
    main({"txtai": lambda: Txtai(hybrid=False), "txtai hybrid": lambda: Txtai(hybrid=True)}, sys.argv[1:])
