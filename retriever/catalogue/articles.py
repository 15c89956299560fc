"""Articles and their passages as rows: put, made ready, replaced, removed, looked up. Each inside a transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, NoReturn

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from retriever import splitting
from retriever.catalogue.counting import passages_changed
from retriever.catalogue.database import storable
from retriever.catalogue.schema import READY, WORDS, ArticleRow, BandRow, PassageRow
from retriever.errors import ArticleNotFound
from retriever.records import Article, Passage

# 21 bands of 6 of the 128 numbers: two articles of Jaccard .8 share one with probability .998, of .5 with .28.
_BAND_BYTES: Final = 24
_BANDS: Final = 21


class Likeness(NamedTuple):
    """Of which article one is a copy, how similar it is, and what others are compared with."""

    duplicate_of: str | None = None
    similarity: float | None = None
    signature: bytes | None = None


def put(connection: Connection, article: Article, passages: Sequence[Passage], likeness: Likeness) -> None:
    """Store as pending, in place of an earlier pending version."""
    if likeness.duplicate_of is not None:  # which may have become a copy since it was found
        likeness = likeness._replace(duplicate_of=original(connection, likeness.duplicate_of, for_id=article.id))
    connection.execute(delete(ArticleRow).where(ArticleRow.id == storable(article.id), ArticleRow.state == "pending"))
    row = {
        **{name: _storable(getattr(article, name)) for name in ("id", "title", "author", "source", "url", "text")},
        **likeness._asdict(),
        "state": "pending",
        "published": article.published,
        "known": dict(article.known),
        "digest": article.digest,
        "characters": len(article.text),
        "splitting": splitting.VERSION,
        "added_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    number = connection.execute(insert(ArticleRow).returning(ArticleRow.number), row).scalar_one()
    if bands := bands_of(likeness.signature):
        connection.execute(insert(BandRow), [{"hash": band, "article": number} for band in set(bands)])
    if passages:
        connection.execute(insert(PassageRow), [_passage_row(number, article, passage) for passage in passages])


def put_again(connection: Connection, article: Article, passages: Sequence[Passage]) -> None:
    """Store a ready article's other passages as pending; what it is a copy of stays as it is."""
    known = connection.execute(
        select(ArticleRow.duplicate_of, ArticleRow.similarity, ArticleRow.signature).where(
            ArticleRow.id == storable(article.id), READY
        )
    ).one()
    put(connection, article, passages, Likeness(*known))


def make_ready(connection: Connection, article_id: str) -> None:
    """The pending version takes the place of the ready one and can be found from now on. Nothing where none waits."""
    ready, pending = (
        connection.execute(
            select(ArticleRow.number, ArticleRow.text, ArticleRow.duplicate_of).where(
                ArticleRow.id == article_id, ArticleRow.state == state
            )
        ).one_or_none()
        for state in ("ready", "pending")
    )
    if pending is None:
        return
    if ready is not None:
        if ready.text != pending.text:
            # What came after the pending version is a copy of that one, not of the ready one.
            earlier = ArticleRow.number < pending.number
            _promote_a_copy(connection, article_id, earlier, rather=pending.duplicate_of)
        _delete(connection, ready.number)
    if pending.duplicate_of is not None:  # so that no copy is linked to a copy
        copies = update(ArticleRow).where(ArticleRow.duplicate_of == article_id, ArticleRow.id != pending.duplicate_of)
        connection.execute(copies.values(duplicate_of=pending.duplicate_of))
    connection.execute(update(ArticleRow).where(ArticleRow.number == pending.number).values(state="ready"))
    words = (
        select(PassageRow.number, func.fold(ArticleRow.title), func.fold(PassageRow.text))
        .join(ArticleRow, ArticleRow.number == PassageRow.article)
        .where(ArticleRow.number == pending.number)
    )
    connection.execute(insert(WORDS).from_select(["rowid", "title", "text"], words))
    passages_changed(connection)


def remove(connection: Connection, article_id: str) -> list[str]:
    """Remove every version; its passages' ids. One of its copies becomes the original of the others.

    Raises ArticleNotFound.
    """
    numbers = connection.scalars(select(ArticleRow.number).where(ArticleRow.id == storable(article_id))).all()
    if not numbers:
        not_found(article_id)
    ids = connection.scalars(select(PassageRow.id).where(PassageRow.article.in_(numbers))).all()
    _promote_a_copy(connection, article_id)
    for number in numbers:
        _delete(connection, number)
    passages_changed(connection)
    return list(dict.fromkeys(ids))


def original(connection: Connection, candidate: str, *, for_id: str) -> str:
    """Of which article something like ``candidate`` is a copy, where that something has the id ``for_id``."""
    of = connection.scalar(
        select(ArticleRow.duplicate_of).where(ArticleRow.id == candidate).order_by(ArticleRow.number.desc()).limit(1)
    )
    return candidate if of in (None, for_id) else str(of)  # its own copy takes its place


def alike(connection: Connection, signature: bytes, *, but: str) -> list[tuple[int, bytes]]:
    """(number, signature) of the articles' newest versions that share a band with ``signature``, oldest first; not of
    ``but``.
    """
    numbers = select(BandRow.article).where(BandRow.hash.in_(bands_of(signature)))
    found = connection.execute(
        select(ArticleRow.number, ArticleRow.signature)
        .where(ArticleRow.number.in_(numbers), ArticleRow.id != storable(but), _newest())
        .order_by(ArticleRow.number)
    )
    return [(row.number, row.signature) for row in found]


def texts(connection: Connection, numbers: Sequence[int]) -> list[tuple[str, str]]:
    """(id, text) of each version, in the order of ``numbers``."""
    found = connection.execute(
        select(ArticleRow.number, ArticleRow.id, ArticleRow.text).where(ArticleRow.number.in_(numbers))
    )
    by_number = {row.number: (row.id, row.text) for row in found}
    return [by_number[number] for number in numbers if number in by_number]


def bands_of(signature: bytes | None) -> list[int]:
    """Hashes, 64 bits signed, of the signature's bands; the place of a band is part of its hash."""
    if signature is None:
        return []
    return [
        int.from_bytes(
            hashlib.blake2b(signature[at : at + _BAND_BYTES], digest_size=8, salt=bytes([band])).digest(), signed=True
        )
        for band, at in enumerate(range(0, _BANDS * _BAND_BYTES, _BAND_BYTES))
    ]


def articles(connection: Connection, chosen: Select[Any]) -> list[Article]:
    """The articles of a statement that selects ArticleRow's columns."""
    return [
        Article(
            id=row.id,
            text=row.text,
            title=row.title,
            author=row.author,
            source=row.source,
            published=row.published,
            url=row.url,
            known=row.known,
            digest=row.digest,
        )
        for row in connection.execute(chosen)
    ]


def passages(connection: Connection, chosen: Select[Any]) -> list[Passage]:
    """The passages of a statement made by ``select_passages``."""
    return [
        Passage(row.id, row.article_id, row.ordinal, row.start, row.end, row.text, row.speaker)
        for row in connection.execute(chosen)
    ]


def select_articles(state: str = "ready") -> Select[Any]:
    return select(ArticleRow.__table__).where(_in(state))


def select_passages(state: str = "ready") -> Select[Any]:
    return (
        select(PassageRow.__table__, ArticleRow.id.label("article_id"))
        .join(ArticleRow, ArticleRow.number == PassageRow.article)
        .where(_in(state))
    )


def _in(state: str) -> ColumnElement[bool]:
    return READY if state == "ready" else ArticleRow.state == state


def digest_of_embedded(article: Article, passage: Passage) -> str:
    """Names the text whose vector stands for the passage: equal digests, equal vectors."""
    return hashlib.sha256(storable(splitting.embedded_text(article, passage)).encode()).hexdigest()[:32]


def not_found(article_id: str) -> NoReturn:
    raise ArticleNotFound(
        "is not in the catalogue", thing="article", value=article_id, remedy="GET /api/documents lists what is there."
    )


def _passage_row(number: int, article: Article, passage: Passage) -> dict[str, Any]:
    return {
        "article": number,
        "id": passage.id,
        "ordinal": passage.ordinal,
        "start": passage.start,
        "end": passage.end,
        "speaker": _storable(passage.speaker),
        "embedded": digest_of_embedded(article, passage),
        "text": _storable(passage.text),
    }


def _delete(connection: Connection, number: int) -> None:
    theirs = select(PassageRow.number).where(PassageRow.article == number)
    connection.execute(delete(WORDS).where(WORDS.c.rowid.in_(theirs)))
    connection.execute(delete(ArticleRow).where(ArticleRow.number == number))


def _promote_a_copy(
    connection: Connection, article_id: str, *of: ColumnElement[bool], rather: str | None = None
) -> None:
    """Make the first copy, of those that fit, the original of the others; ``rather`` that one, if it is among them."""
    copies = select(ArticleRow.id).where(ArticleRow.duplicate_of == article_id, _newest(), *of)
    first = connection.scalar(copies.order_by(ArticleRow.id != rather, ArticleRow.number).limit(1))
    if first is None:
        return
    theirs = update(ArticleRow).where(ArticleRow.duplicate_of == article_id, *of)
    connection.execute(theirs.where(ArticleRow.id == first).values(duplicate_of=None, similarity=None))
    connection.execute(theirs.values(duplicate_of=first))


def _newest() -> ColumnElement[bool]:
    """That no pending version waits to take an article's place."""
    waiting = aliased(ArticleRow)
    theirs = select(waiting.number).where(waiting.id == ArticleRow.id, waiting.state == "pending")
    return or_(ArticleRow.state == "pending", ~theirs.exists())


def _storable(value: str | None) -> str | None:
    return None if value is None else storable(value)


def counts_by_article(connection: Connection, ids: Iterable[int]) -> dict[int, int]:
    """Number of passages by ArticleRow.number."""
    rows = connection.execute(
        select(PassageRow.article, func.count()).where(PassageRow.article.in_(list(ids))).group_by(PassageRow.article)
    )
    return {row[0]: row[1] for row in rows}
