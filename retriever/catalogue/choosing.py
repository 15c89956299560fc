"""Filters go in, SQL conditions come out."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from retriever.catalogue.database import storable
from retriever.catalogue.names import Sought, may_be, sought_words
from retriever.catalogue.records import StatementChoice
from retriever.catalogue.schema import READY, STATEMENT_WORDS, WORDS, ArticleRow, PassageRow, StatementRow, matches
from retriever.catalogue.words import fold, term, tokens
from retriever.records import Filters

_QUOTED: Final = re.compile(r"“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|\"[^\"]*\"")
_MOST_WORDS: Final = 64
_MOST_PARTS: Final = 8  # words of a name, the longest, that SQLite looks for


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


def statements_within(connection: Connection, choice: StatementChoice) -> list[ColumnElement[bool]]:
    """Conditions on StatementRow joined with ArticleRow that keep those of ready articles that fit, and all of them."""
    conditions: list[ColumnElement[bool]] = [READY]
    if not choice.include_beliefs:
        conditions.append(StatementRow.speech.is_(True))
    if choice.speaker is not None:
        theirs = one_of(StatementRow.speaker_words, _kept_names(connection, sought_words(choice.speaker)))
        conditions.append(StatementRow.number.in_(select(StatementRow.number).where(theirs)))  # found by its index
    if choice.about is not None:
        conditions += _about(choice.about)
    if choice.since:
        conditions.append(StatementRow.last_day >= choice.since)
    if choice.until:
        conditions.append(StatementRow.first_day <= choice.until)
    if choice.source is not None:
        conditions.append(one_of(ArticleRow.source, _outlets(connection, choice.source)))
    if choice.documents:
        conditions.append(one_of(ArticleRow.id, choice.documents))
    return conditions


def one_of(column: InstrumentedAttribute[Any], values: Collection[str]) -> ColumnElement[bool]:
    """However many there are: SQLite takes 32,766 parameters, but one JSON array of any length."""
    array = func.json_each(json.dumps([storable(value) for value in values])).table_valued("value")
    return column.in_(select(array.c.value))


def _kept_names(connection: Connection, sought: Sought) -> list[str]:
    """Speakers' names, as ``name_words`` makes them, that may be the one that is sought."""
    # A large archive has a hundred thousand names: SQLite leaves out those without the words, all but initials.
    words = sorted({storable(word) for name in sought for word in name if len(word) > 1}, key=len)
    holding = [func.instr(StatementRow.speaker_words, word) > 0 for word in words[-_MOST_PARTS:]]
    names = connection.scalars(select(StatementRow.speaker_words).where(*holding).distinct())
    return [name for name in names if may_be(sought, name)]


def speakers_by(connection: Connection, name: str) -> list[str]:
    """Speakers' names, as the articles have them, that may be the one that is sought."""
    theirs = one_of(StatementRow.speaker_words, _kept_names(connection, sought_words(name)))
    named = select(StatementRow.speaker).where(theirs, StatementRow.speaker.is_not(None)).distinct()
    return [found for found in connection.scalars(named) if found]


def _outlets(connection: Connection, sought: str) -> list[str]:
    outlets = connection.scalars(select(ArticleRow.source).where(ArticleRow.state == "ready").distinct())
    wanted = fold(sought)
    return [outlet for outlet in outlets if outlet and (outlet == sought or (wanted and fold(outlet) == wanted))]


def _about(text: str) -> list[ColumnElement[bool]]:
    """Each word stands in the statement's words, stemmed; what is in quotation marks stands there as it is."""
    phrases = [found for match in _QUOTED.finditer(text) if (found := tokens(match[0]))]
    loose = [word for each in _QUOTED.sub(" ", text).split()[:_MOST_WORDS] if (word := term(each))]
    expressions = [f'"{" ".join(phrase)}"' for phrase in phrases] + loose
    if not expressions:
        return [StatementRow.number < 0]  # nothing was said about no word
    matching = select(STATEMENT_WORDS.c.rowid).where(matches(" AND ".join(expressions), STATEMENT_WORDS))
    padded = literal(" ") + STATEMENT_WORDS.c.content + literal(" ")
    for phrase in phrases:
        matching = matching.where(func.instr(padded, f" {' '.join(phrase)} ") > 0)
    return [StatementRow.number.in_(matching)]


def _spoken_by(connection: Connection, name: str) -> ColumnElement[bool]:
    """Passages in which something stands that they said, or that begin in a turn of theirs."""
    sought = sought_words(name)
    said = (
        select(PassageRow.number)
        .join(StatementRow, StatementRow.article == PassageRow.article)
        .where(
            one_of(StatementRow.speaker_words, _kept_names(connection, sought)),
            StatementRow.start < PassageRow.end,
            StatementRow.end > PassageRow.start,
        )
    )
    return or_(PassageRow.number.in_(said), *_in_a_turn_of(connection, sought))


def _in_a_turn_of(connection: Connection, sought: Sought) -> Iterator[ColumnElement[bool]]:
    """A label with a part of the name ("WANG") counts where nobody else of that name speaks in the article."""
    labels = connection.scalars(select(PassageRow.speaker).where(PassageRow.speaker.is_not(None)).distinct())
    for label in labels:
        words = frozenset[str]().union(*sought_words(label or ""))
        bare = " ".join(sorted(words))
        if may_be(sought, bare):
            yield PassageRow.speaker == label
        elif words and any(words < name for name in sought):
            others = [name for name in _kept_names(connection, (words,)) if name != bare and not may_be(sought, name)]
            theirs = select(StatementRow.article).where(one_of(StatementRow.speaker_words, others))
            yield and_(PassageRow.speaker == label, PassageRow.article.not_in(theirs))
