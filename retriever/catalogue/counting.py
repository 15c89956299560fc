"""What every question asks of the whole archive, remembered for as long as the passages stay what they are: in how many
passages a word stands, which outlets there are.

The words of questions are few and come again; counting a common one walks through every passage that has it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, func, select

from retriever.catalogue.schema import READY, WORDS, WORDS_SIZES, ArticleRow, matches
from retriever.catalogue.words import term

_MOST: Final = 100_000  # terms


def passages_changed(connection: Connection) -> None:
    """Says, as part of the transaction, that other passages can be found from now on."""
    connection.exec_driver_sql(f"PRAGMA user_version = {(_generation(connection) + 1) % 2**31}")


def passage_count(connection: Connection) -> int:
    """Passages of ready articles."""
    return connection.scalar(select(func.count()).select_from(WORDS_SIZES)) or 0


class Counts:
    """Safe to share between threads; exact, whoever changes the file."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._generation: int | None = None
        self._changing = threading.Lock()

    def of(self, connection: Connection, terms: Iterable[str]) -> dict[str, int]:
        """For each term, stemmed as everywhere, the number of passages in whose title or text it stands."""
        generation = _generation(connection)
        with self._changing:
            if generation != self._generation or len(self._known) > _MOST:
                self._known, self._generation = {}, generation
            known = self._known
        return {each: known[each] if each in known else _remembered(known, connection, each) for each in terms}


class Outlets:
    """The names of all outlets, in alphabetical order, remembered in the same way: every question asks for them, and an
    archive may have thousands.
    """

    def __init__(self) -> None:
        self._known: tuple[int, list[str]] | None = None

    def of(self, connection: Connection) -> list[str]:
        """Of ready articles; do not write into it."""
        generation, known = _generation(connection), self._known
        if known is None or known[0] != generation:
            named = select(ArticleRow.source).where(READY, ArticleRow.source.is_not(None)).distinct()
            found = connection.scalars(named.order_by(ArticleRow.source))
            known = self._known = generation, [source for source in found if source]
        return known[1]


def _remembered(known: dict[str, int], connection: Connection, sought: str) -> int:
    expression = term(sought)
    counted = select(func.count()).select_from(WORDS)
    known[sought] = (connection.scalar(counted.where(matches(expression))) or 0) if expression else 0
    return known[sought]


def _generation(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
