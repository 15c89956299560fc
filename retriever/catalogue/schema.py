"""The tables. A change here needs a new step in migrations/versions (a test compares the two)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    TableClause,
    UniqueConstraint,
    column,
    func,
    literal_column,
    table,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# The words of each passage that can be searched: an FTS5 table, which SQLAlchemy cannot describe. Its rowid is
# PassageRow.number; it holds ready articles only, so that neither its results nor its statistics need a filter.
WORDS: Final = table("passage_words", column("rowid", Integer), column("title", String), column("text", String))
WORDS_SIZES: Final = table("passage_words_docsize")  # FTS5's own, a small row for each of WORDS: quickly counted
# The folded words of each statement; its rowid is StatementRow.number. Of pending articles too: what reads it joins
# the articles anyway.
STATEMENT_WORDS: Final = table("statement_words", column("rowid", Integer), column("content", String))
# The folded words of each message; its rowid is MessageRow.number.
MESSAGE_WORDS: Final = table("message_words", column("rowid", Integer), column("content", String))


def matches(expression: str, words: TableClause = WORDS) -> ColumnElement[bool]:
    """The condition that a row of WORDS (or another table of words) fits an expression made by words.py."""
    return literal_column(words.name).op("MATCH", is_comparison=True)(expression)


class Base(DeclarativeBase):
    type_annotation_map = {dict[str, Any]: JSON, list[Any]: JSON, bytes: LargeBinary}  # noqa: RUF012 - SQLAlchemy's own contract


class ArticleRow(Base):
    """One version of an article. A replacement waits as ``pending`` beside the ``ready`` one until it is whole."""

    __tablename__ = "articles"
    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str]
    state: Mapped[str]
    title: Mapped[str | None]
    author: Mapped[str | None]
    source: Mapped[str | None]
    published: Mapped[date | None]
    url: Mapped[str | None]
    known: Mapped[dict[str, Any]]
    digest: Mapped[str]
    characters: Mapped[int]
    duplicate_of: Mapped[str | None]  # an article id; never of one that is itself a copy
    similarity: Mapped[float | None] = mapped_column(Float)
    added_at: Mapped[str]  # ISO 8601, UTC
    splitting: Mapped[str]  # version of the rules that made its passages
    signature: Mapped[bytes | None]
    text: Mapped[str]  # last: what comes after a long column is slow to reach

    __table_args__ = (
        UniqueConstraint("id", "state"),
        CheckConstraint("state IN ('pending', 'ready')", name="state_is_known"),
        Index("articles_by_day", "state", "published", "id"),
        Index("articles_by_source", "state", "source"),
        Index("articles_by_original", "duplicate_of"),
    )


# Nearly every article is ready. Told so, SQLite begins with what is sought; else it walks through all that are.
READY: Final[ColumnElement[bool]] = func.likely(ArticleRow.state == "ready")


class BandRow(Base):
    """Part of an article's signature: articles that share one are candidates for being copies of each other."""

    __tablename__ = "bands"
    hash: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    article: Mapped[int] = mapped_column(ForeignKey("articles.number", ondelete="CASCADE"), primary_key=True)

    __table_args__ = (Index("bands_by_article", "article"), {"sqlite_with_rowid": False})


class PassageRow(Base):
    __tablename__ = "passages"
    number: Mapped[int] = mapped_column(primary_key=True)
    article: Mapped[int] = mapped_column(ForeignKey("articles.number", ondelete="CASCADE"))
    id: Mapped[str]
    ordinal: Mapped[int]
    start: Mapped[int]  # code points into the article's text
    end: Mapped[int]
    speaker: Mapped[str | None]
    embedded: Mapped[str]  # digest of the text whose vector stands for the passage
    text: Mapped[str]

    __table_args__ = (
        UniqueConstraint("article", "ordinal"),
        Index("passages_by_id", "id"),
        Index("passages_by_speaker", "speaker"),
        Index("passages_by_embedded", "embedded"),
    )


class SentenceVectorsRow(Base):
    """The vectors of a passage's sentences, in their order; derived, and made again where they are lacking."""

    __tablename__ = "sentence_vectors"
    passage: Mapped[int] = mapped_column(ForeignKey("passages.number", ondelete="CASCADE"), primary_key=True)
    model: Mapped[str]  # what made them; those of another model count as lacking
    sentences: Mapped[int]
    vectors: Mapped[bytes]  # (sentences, dimensions) of 16-bit floats, little-endian, row by row


class FinderRow(Base):
    """Which version of the finder has looked through an article, whatever it found."""

    __tablename__ = "finders"
    article: Mapped[int] = mapped_column(ForeignKey("articles.number", ondelete="CASCADE"), primary_key=True)
    version: Mapped[str]


class StatementRow(Base):
    """A statement, field for field, and what it is looked for by: the words of its speaker's name and its days."""

    __tablename__ = "statements"
    number: Mapped[int] = mapped_column(primary_key=True)
    article: Mapped[int] = mapped_column(ForeignKey("articles.number", ondelete="CASCADE"))
    ordinal: Mapped[int]  # in the order of the article's text
    id: Mapped[str]
    speaker: Mapped[str | None]
    speaker_text: Mapped[str]
    speaker_words: Mapped[str]  # made by names.py: the same for a name in either order
    role: Mapped[str | None]
    cue: Mapped[str]
    content: Mapped[str]
    kind: Mapped[str]
    addressee: Mapped[str | None]
    said_first: Mapped[date | None]
    said_last: Mapped[date | None]
    said_precision: Mapped[str | None]  # None: there is no said_on
    said_basis: Mapped[str | None]
    said_text: Mapped[str | None]
    said_start: Mapped[int | None]
    said_end: Mapped[int | None]
    first_day: Mapped[date | None]  # when it was said where that is known, else the article's date
    last_day: Mapped[date | None]
    via: Mapped[list[Any]]
    speech: Mapped[bool]
    start: Mapped[int]  # code points into the article's text
    end: Mapped[int]
    slices: Mapped[list[Any]]

    __table_args__ = (
        UniqueConstraint("article", "ordinal"),
        Index("statements_by_id", "id"),
        Index("statements_by_speaker", "speaker_words"),
    )


class ChatRow(Base):
    __tablename__ = "chats"
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str | None]
    created_at: Mapped[str]
    updated_at: Mapped[str]

    __table_args__ = (Index("chats_by_use", "updated_at"),)


class MessageRow(Base):
    """What was said. A question and its answer go in together, so that they stand side by side by their numbers."""

    __tablename__ = "messages"
    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str]  # of an answer its own
    chat: Mapped[str] = mapped_column(ForeignKey("chats.id", ondelete="CASCADE"))
    role: Mapped[str]
    replaced_by: Mapped[str | None]  # id of the question that was asked instead; None: it is part of the conversation
    created_at: Mapped[str]
    content: Mapped[str]
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    __table_args__ = (Index("messages_by_chat", "chat", "number"),)


class ShareRow(Base):
    """A conversation as it was when a link to it was made. It never changes."""

    __tablename__ = "shares"
    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str]  # whoever knows it may read; nothing else gives it away
    chat: Mapped[str] = mapped_column(ForeignKey("chats.id", ondelete="CASCADE"))
    title: Mapped[str | None]
    created_at: Mapped[str]
    messages: Mapped[list[Any]]

    __table_args__ = (UniqueConstraint("id"), Index("shares_by_chat", "chat"))


class AnswerRow(Base):
    __tablename__ = "answers"
    id: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[dict[str, Any]]
    asked_at: Mapped[str]


class VerdictRow(Base):
    """What a person thought of an answer. Kept after the answer is gone."""

    __tablename__ = "verdicts"
    number: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[str]
    verdict: Mapped[str]
    comment: Mapped[str | None]
    given_at: Mapped[str]
    reason: Mapped[str | None]

    __table_args__ = (Index("verdicts_by_answer", "answer_id"),)
