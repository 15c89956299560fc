"""Exact-word search: which passages have the words, how well, how many there are. Each inside a transaction."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Float, literal_column, select

from retriever.catalogue.choosing import passages_within
from retriever.catalogue.schema import WORDS, PassageRow, matches
from retriever.catalogue.words import any_of, stands_in, tokens
from retriever.records import Filters


def words(
    connection: Connection, terms: str | Iterable[str], limit: int, within: Filters, title_weight: float
) -> list[tuple[str, float]]:
    """(passage id, BM25), best first."""
    expression = any_of(terms)
    if expression is None:
        return []
    score = literal_column(f"-bm25(passage_words, {float(title_weight)}, 1.0)", Float).label("score")
    statement = (
        select(PassageRow.id, score)
        .join(WORDS, PassageRow.number == WORDS.c.rowid)
        .where(matches(expression))
        .order_by(score.desc(), PassageRow.number)
        .limit(limit)
    )
    if within:
        statement = statement.where(*passages_within(connection, within))
    return [(row[0], row[1]) for row in connection.execute(statement)]


def phrase(connection: Connection, sought: str, limit: int, within: Filters) -> list[str]:
    """Passages in whose text these words stand in a row as they are (the index itself knows stems only)."""
    wanted = tokens(sought)
    if not wanted:
        return []
    statement = (
        select(PassageRow.id, WORDS.c.text)
        .join(WORDS, PassageRow.number == WORDS.c.rowid)
        .where(matches(f'text : "{" ".join(wanted)}"'))
        .order_by(PassageRow.number)
    )
    if within:
        statement = statement.where(*passages_within(connection, within))
    found: list[str] = []
    for passage_id, folded in connection.execute(statement):
        if stands_in(wanted, folded):
            found.append(passage_id)
            if len(found) == limit:
                break
    return found
