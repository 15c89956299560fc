"""Filters go in, SQL conditions come out."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, or_, select

from retriever.catalogue.database import storable
from retriever.catalogue.schema import WORDS, ArticleRow, PassageRow, matches
from retriever.catalogue.words import any_of, term, tokens
from retriever.records import Filters


def articles_within(filters: Filters) -> list[ColumnElement[bool]]:
    """Conditions on ArticleRow that keep the ready ones that fit. An undated article fits no span of days."""
    conditions: list[ColumnElement[bool]] = [ArticleRow.state == "ready"]
    if filters.sources:
        conditions.append(ArticleRow.source.in_([storable(source) for source in filters.sources]))
    if filters.since:
        conditions.append(ArticleRow.published >= filters.since)
    if filters.until:
        conditions.append(ArticleRow.published <= filters.until)
    if filters.documents:
        conditions.append(ArticleRow.id.in_([storable(document) for document in filters.documents]))
    return conditions


def passages_within(connection: Connection, filters: Filters) -> list[ColumnElement[bool]]:
    """Conditions on PassageRow that keep those of ready articles that fit."""
    fitting = select(ArticleRow.number).where(*articles_within(filters))
    conditions: list[ColumnElement[bool]] = [PassageRow.article.in_(fitting)]
    if filters.speakers:
        conditions.append(or_(*(_spoken_by(connection, name) for name in filters.speakers)))
    return conditions


def articles_with_words(words: str) -> list[ColumnElement[bool]]:
    """Conditions on ArticleRow that keep those in which every word stands, in the title or anywhere in the text."""
    matching = select(PassageRow.article).join(WORDS, PassageRow.number == WORDS.c.rowid)
    wanted = filter(None, map(term, dict.fromkeys(tokens(words)[:32])))
    return [ArticleRow.number.in_(matching.where(matches(word))) for word in wanted]


def _spoken_by(connection: Connection, name: str) -> ColumnElement[bool]:
    """As long as nothing better is known: passages that begin in a turn of theirs, or in whose title or text any part
    of the name stands (further turns' labels among it: "SECRETARY BLINKEN", "WANG").
    """
    parts = {word for word in tokens(name) if len(word) > 1}
    naming = any_of(sorted(parts))
    if naming is None:
        return PassageRow.number < 0  # a name without a word: nobody's
    labels = connection.scalars(select(PassageRow.speaker).where(PassageRow.speaker.is_not(None)).distinct())
    theirs = [label for label in labels if label and parts & set(tokens(label))]
    named = PassageRow.number.in_(select(WORDS.c.rowid).where(matches(naming)))
    return or_(PassageRow.speaker.in_(theirs), named)
