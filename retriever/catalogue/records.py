"""What the catalogue says about what it keeps: frozen, free of third-party types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


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
    sources: Mapping[str, int]  # articles by outlet, the largest first; "" for those without one
