"""Statements as rows: one object over the catalogue's file, one short transaction a call."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, insert, or_, select, tuple_
from sqlalchemy.dialects.sqlite import insert as upsert

from retriever.catalogue.articles import not_found
from retriever.catalogue.choosing import one_of, speakers_by, statements_within
from retriever.catalogue.database import Database, storable
from retriever.catalogue.names import name_words, one_person
from retriever.catalogue.people import people
from retriever.catalogue.records import Person, StatementChoice, StatementEntry, StatementPage
from retriever.catalogue.schema import READY, STATEMENT_WORDS, ArticleRow, FinderRow, StatementRow
from retriever.errors import CursorUnusable
from retriever.records import Passage, Statement, When

_LAST: Final = date.max  # what has no day comes last
_ORDER: Final = (func.coalesce(StatementRow.first_day, _LAST), ArticleRow.id, StatementRow.ordinal)


class StatementRows:
    """What is stored goes with its article. Every call may raise StoreFull, StoreDamaged, StoreBusy or StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, article_id: str, statements: Sequence[Statement], version: str) -> None:
        """Those of the article's pending version, or of the ready one where none is pending, in place of what it had.

        ``version``: of the finder. Raises ArticleNotFound.
        """
        self.put_all({article_id: statements}, version)

    def put_all(self, found: Mapping[str, Sequence[Statement]], version: str) -> None:
        """``put`` for each article; all of them are stored or none."""
        with self._database.writing() as connection:
            for article_id, statements in found.items():
                _put(connection, article_id, statements, version)

    def lacking(self, version: str) -> list[str]:
        """Ids of the articles, pending ones too, that this version of the finder has not looked through."""
        chosen = (
            select(ArticleRow.id)
            .outerjoin(FinderRow, and_(FinderRow.article == ArticleRow.number, FinderRow.version == version))
            .where(FinderRow.article.is_(None))
            .order_by(ArticleRow.number)
        )
        with self._database.reading() as connection:
            return list(dict.fromkeys(connection.scalars(chosen)))

    def of_article(self, article_id: str) -> list[Statement]:
        """In the order of the text, plans and beliefs among them."""
        mine = _select().where(READY, ArticleRow.id == storable(article_id)).order_by(StatementRow.ordinal)
        with self._database.reading() as connection:
            return [_entry(row).statement for row in connection.execute(mine)]

    def of_passages(self, passages: Sequence[Passage]) -> dict[str, list[Statement]]:
        """By passage id, the statements of ready articles that stand in it at least in part, in their order."""
        if not passages:
            return {}
        places = [
            and_(
                ArticleRow.id == storable(each.article_id), StatementRow.start < each.end, StatementRow.end > each.start
            )
            for each in passages
        ]
        chosen = _select().where(READY, or_(*places)).order_by(StatementRow.article, StatementRow.ordinal)
        with self._database.reading() as connection:
            found = [_entry(row).statement for row in connection.execute(chosen)]
        return {
            each.id: [
                one
                for one in found
                if one.article_id == each.article_id and one.start < each.end and each.start < one.end
            ]
            for each in passages
        }

    def by_ids(self, ids: Collection[str]) -> list[Statement]:
        """Those that are there, in the order of ``ids``."""
        chosen = _select().where(READY, one_of(StatementRow.id, ids)).order_by(StatementRow.number)
        found: dict[str, list[Statement]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(chosen):
                found.setdefault(row.id, []).append(_entry(row).statement)
        return [one for id_ in dict.fromkeys(ids) for one in found.get(id_, [])]

    def find(self, choice: StatementChoice) -> StatementPage:
        """All that fit, page by page. Raises CursorUnusable."""
        after = _after(choice)
        with self._database.reading() as connection:
            fitting = statements_within(connection, choice)
            counted = select(func.count()).select_from(StatementRow).join(ArticleRow).where(*fitting)
            total = connection.scalar(counted) or 0
            page = _select().where(*fitting, *after).order_by(*_ORDER)
            found = connection.execute(page if choice.limit is None else page.limit(choice.limit + 1)).all()
        shown = found[: choice.limit]
        cursor = _cursor(choice, shown[-1]) if len(found) > len(shown) else None
        return StatementPage(tuple(_entry(row) for row in shown), total, cursor)

    def speaker(self, name: str) -> str | None:
        """The fullest name of the one who speaks by that name, in either order or by a part of it; None where nobody
        does, or several do that are not one person.
        """
        with self._database.reading() as connection:
            names = speakers_by(connection, name)
        return (
            max(names, key=len) if names and len(set(one_person(set(map(name_words, names))).values())) == 1 else None
        )

    def speakers(self) -> list[Person]:
        """Everybody who said something and is named, who said most first."""
        row = StatementRow
        days = (func.min(row.first_day), func.max(row.last_day))
        grouped = (
            select(row.speaker, row.speaker_text, row.role, *days, func.count())
            .join(ArticleRow)
            .where(READY, row.speech.is_(True), row.speaker.is_not(None))
            .group_by(row.speaker, row.speaker_text, row.role)
        )
        with self._database.reading() as connection:
            found: list[Any] = list(connection.execute(grouped))
        return people(found)

    def versions(self) -> Mapping[str, int]:
        """Of the finder, with the number of ready articles that each has looked through."""
        counted = select(FinderRow.version, func.count()).join(ArticleRow).where(READY).group_by(FinderRow.version)
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(counted)}


def _put(connection: Connection, article_id: str, statements: Sequence[Statement], version: str) -> None:
    article = connection.execute(
        select(ArticleRow.number, ArticleRow.published)
        .where(ArticleRow.id == storable(article_id))
        .order_by(ArticleRow.state)  # pending comes before ready
        .limit(1)
    ).one_or_none()
    if article is None:
        not_found(article_id)
    connection.execute(delete(StatementRow).where(StatementRow.article == article.number))
    seen = {"article": article.number, "version": storable(version)}
    connection.execute(upsert(FinderRow).values(seen).on_conflict_do_update(["article"], set_=seen))
    ordered = sorted(statements, key=lambda one: (one.start, one.end))
    if ordered:
        place = {"article": article.number}
        rows = [{**place, "ordinal": n, **_row(one, article.published)} for n, one in enumerate(ordered)]
        connection.execute(insert(StatementRow), rows)
        mine = StatementRow.article == article.number
        words = select(StatementRow.number, func.fold(StatementRow.content)).where(mine)
        connection.execute(insert(STATEMENT_WORDS).from_select(["rowid", "content"], words))


def _select() -> Select[Any]:
    of_article = (ArticleRow.id.label("article_id"), ArticleRow.title, ArticleRow.source, ArticleRow.published)
    return select(StatementRow.__table__, *of_article).join(ArticleRow, ArticleRow.number == StatementRow.article)


def _row(one: Statement, published: date | None) -> dict[str, Any]:
    said = one.said_on
    known = said is not None and said.first is not None and said.last is not None
    return {
        **{name: storable(getattr(one, name)) for name in ("id", "speaker_text", "cue", "content", "kind")},
        **{name: (value := getattr(one, name)) and storable(value) for name in ("speaker", "role", "addressee")},
        "speaker_words": name_words(storable(one.speaker or one.speaker_text)),
        **{f"said_{name}": getattr(said, name, None) for name in When.__slots__},
        "first_day": said.first if said and known else published,
        "last_day": said.last if said and known else published,
        "via": [storable(name) for name in one.via],
        "speech": one.speech,
        "start": one.start,
        "end": one.end,
        "slices": [list(slice_) for slice_ in one.slices],
    }


def _entry(row: Any) -> StatementEntry:
    said = None if row.said_precision is None else When(*(getattr(row, f"said_{name}") for name in When.__slots__))
    return StatementEntry(
        Statement(
            row.id, row.article_id, row.speaker, row.speaker_text, row.role, row.cue, row.content, row.kind,
            row.addressee, said, tuple(row.via), row.speech, row.start, row.end,
            tuple((start, end) for start, end in row.slices),
        ),
        row.title,
        row.source,
        row.published,
    )  # fmt: skip


# Places in the list: the day, the article and the ordinal of the last one shown, so that what is added or removed
# meanwhile moves nothing; and what was chosen, so that a cursor is not used with another choice.


def _cursor(choice: StatementChoice, row: Any) -> str:
    day = row.first_day or _LAST
    place = json.dumps([_chosen(choice), day.isoformat(), row.article_id, row.ordinal], ensure_ascii=False)
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _after(choice: StatementChoice) -> list[ColumnElement[bool]]:
    if choice.cursor is None:
        return []
    try:
        padded = choice.cursor + "=" * (-len(choice.cursor) % 4)
        chosen, day, article, ordinal = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        place = [date.fromisoformat(day), storable(article), int(ordinal)]
    except (ValueError, TypeError, AttributeError) as error:
        raise _unusable(choice.cursor, "is not one that was given here") from error
    if chosen != _chosen(choice):
        raise _unusable(choice.cursor, "was given for another choice of statements")
    return [tuple_(*_ORDER) > tuple_(*place)]


def _chosen(choice: StatementChoice) -> str:
    asked = (choice.speaker, choice.about, choice.since, choice.until, choice.source)
    told = json.dumps([*asked, sorted(choice.documents), choice.include_beliefs], default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _unusable(cursor: str, problem: str) -> CursorUnusable:
    return CursorUnusable(
        problem, thing="cursor", value=cursor[:120], remedy="Leave it out to begin with the first page."
    )
