"""/api/documents: articles in, listed, read, removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile

from retriever.catalogue.records import Entry
from retriever.records import Field, Outcome
from service.http.routes.statements import StatementOut, shapes_of
from service.http.running import App, Inside
from service.http.shapes import ListIn
from service.http.uploads import kept_while_read

router = APIRouter(prefix="/api/documents", tags=["documents"])


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of each article of an upload."""

    outcomes: list[Outcome]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list and how many there are on all pages."""

    documents: Sequence[Entry]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class PassageOut:
    """Where a passage stands: code points into the text."""

    id: str
    ordinal: int
    start: int
    end: int
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Whole:
    """An article with its text and how each piece of metadata is known."""

    id: str
    title: str | None
    source: str | None
    author: str | None
    published: date | None
    url: str | None
    known: Mapping[Field, str]
    text: str
    passages: list[PassageOut]
    statements: list[StatementOut]


@router.post("")
def upload(
    inside: Inside, app: App, files: Annotated[list[UploadFile], File(description="one or several files")]
) -> Outcomes:
    """Index files: .txt .md .html .pdf .docx .json .jsonl. A file that cannot be used does not stop the others."""
    with kept_while_read(files) as placed:
        outcomes = list(inside.articles.ingest(placed))
    for outcome in outcomes:
        app.metrics.ingested(outcome.status)
    return Outcomes(outcomes)


@router.get("")
def listing(wanted: Annotated[ListIn, Query()], inside: Inside) -> Page:
    """The indexed articles, page by page."""
    articles, total = inside.articles.page(wanted.choice())
    return Page(articles, total, wanted.offset, wanted.limit)


@router.get("/{document_id:path}")
def one(document_id: str, inside: Inside) -> Whole:
    """An article with its text, metadata, passages and statements."""
    found = inside.articles.article(document_id)
    passages = [
        PassageOut(passage.id, passage.ordinal, passage.start, passage.end, passage.speaker)
        for passage in inside.articles.passages(document_id)
    ]
    return Whole(
        found.id, found.title, found.source, found.author, found.published, found.url, dict(found.known), found.text,
        passages, shapes_of(inside.statements.of_article(document_id)),
    )  # fmt: skip


@router.delete("/{document_id:path}", status_code=204)
def remove(document_id: str, inside: Inside) -> None:
    """Remove an article everywhere: its text, passages and vectors."""
    inside.articles.remove(document_id)
