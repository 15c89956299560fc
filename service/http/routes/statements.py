"""/api/statements and /api/speakers: who said what and when, as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from retriever.catalogue.records import Person
from retriever.records import Statement
from service import statements as shown
from service.http.running import Inside
from service.http.shapes import StatementsIn

router = APIRouter(tags=["statements"])


class SaidOn(BaseModel):
    """When it was said: a range of days, both ends inclusive; empty where only the words are known ("on Wednesday")."""

    first: date | None = Field(alias="from")
    to: date | None
    precision: str = Field(description="how exact: day, weekday, week, month, part-of-month, season, year, range")
    basis: str = Field(description="what it follows from: text, dateline, publication, none")
    text: str = Field(description="the words, as written; empty where it is the day of publication")


class StatementOut(BaseModel):
    """Who said what, to whom, when, and where it stands: code points into the article's text."""

    id: str
    speaker: str | None = Field(description="who that is, as fully as the article names them; null: not told")
    speaker_text: str = Field(description="as named there")
    role: str | None
    cue: str = Field(description="the words of saying")
    content: str = Field(description="what was said: the slices, with … where something stands between them")
    kind: str = Field(description="direct, indirect, mixed")
    addressee: str | None
    said_on: SaidOn | None
    via: list[str] = Field(description="who reported it, outermost first")
    document_id: str
    start: int
    end: int
    slices: list[tuple[int, int]] = Field(description="where the words of `content` stand")
    speech: bool = Field(description="said, as against planned or believed")


class ListedStatement(StatementOut):
    """A statement with what its article is known by."""

    title: str | None
    source: str | None
    published: date | None


class Statements(BaseModel):
    """One page, and how many there are on all pages."""

    statements: list[ListedStatement]
    total: int
    next_cursor: str | None = Field(description="give it as `cursor` for the next page; null: this is the last one")


@dataclass(frozen=True, slots=True)
class Speakers:
    """Everybody who said something, who said most first."""

    speakers: Sequence[Person]
    total: int


def shapes_of(statements: Sequence[Statement]) -> list[StatementOut]:
    """As they stand under their article."""
    return [StatementOut.model_validate(shown.as_json(each)) for each in statements]


@router.get("/api/statements")
def statements(wanted: Annotated[StatementsIn, Query()], inside: Inside) -> Statements:
    """Everything that fits, in the order of the days on which it was said (else published), undated ones last."""
    page = inside.statements.find(wanted.choice())
    entries = [ListedStatement.model_validate(shown.listed(entry)) for entry in page.entries]
    return Statements(statements=entries, total=page.total, next_cursor=page.cursor)


@router.get("/api/speakers")
def speakers(inside: Inside) -> Speakers:
    """People with their names, their roles over time and how many statements they made. `named` is false for a
    description ("a senior official"), which may mean somebody else in each article.
    """
    people = inside.statements.speakers()
    return Speakers(people, len(people))
