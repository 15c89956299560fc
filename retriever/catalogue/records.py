"""What the catalogue says about what it keeps: frozen, free of third-party types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from retriever.records import Statement


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as it is listed: everything but its text."""

    id: str
    title: str | None
    author: str | None
    source: str | None
    published: date | None
    url: str | None
    digest: str
    characters: int  # code points of its text
    passages: int
    duplicate_of: str | None  # the article of which it is a copy
    similarity: float | None  # to that article: 1.0 the same words, below that near-duplicate (Jaccard)
    added_at: str  # ISO 8601, UTC


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One page of the list, and how many there are on all pages."""

    entries: tuple[Entry, ...]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in the catalogue."""

    articles: int  # ready to be searched, duplicates among them
    passages: int
    duplicates: int
    pending: int  # put, but without all their vectors yet
    first: date | None  # earliest and latest publication
    last: date | None
    undated: int
    statements: int  # what was said; plans and beliefs are not counted
    sources: Mapping[str, int]  # articles by outlet, the largest first; "" for those without one


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementChoice:
    """Which statements, and which page of them. Everything that is given must hold; None means any."""

    speaker: str | None = None  # a name in either order, or a part of it: whole words, however they are written
    about: str | None = None  # every word, stemmed, must stand in the statement's; “in quotation marks”: exactly so
    since: date | None = None  # it was said on or after; where that is not known, published
    until: date | None = None  # inclusive
    source: str | None = None  # the outlet
    documents: tuple[str, ...] = ()  # article ids; empty means all
    include_beliefs: bool = False  # what was planned or believed, too
    limit: int | None = 50
    cursor: str | None = None  # of the page before


@dataclass(frozen=True, slots=True)
class StatementEntry:
    """A statement and what its article is listed by."""

    statement: Statement
    title: str | None
    source: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class StatementPage:
    """One page, in the order of the days, undated ones last, and how many there are on all pages."""

    entries: tuple[StatementEntry, ...]
    total: int
    cursor: str | None  # where the next page begins; None: this is the last one


@dataclass(frozen=True, slots=True)
class SeenRole:
    """A role as articles give it, with the first and the last day on which they do; None where they have no date."""

    role: str
    first: date | None
    last: date | None
    statements: int


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker with the names that articles use, the most frequent first, then shorter ones ("Hayashi")."""

    name: str
    names: tuple[str, ...]
    named: bool  # False: a description ("a senior official"), which may mean somebody else in each article
    roles: tuple[SeenRole, ...]  # in the order in which they are first seen
    statements: int
    first: date | None
    last: date | None
