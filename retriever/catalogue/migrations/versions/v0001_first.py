"""Articles, passages, words, conversations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _articles()
    _passages()
    _conversations()
    # Stemmed, so that "visits" finds "visited"; exact phrases are checked against the stored words.
    op.execute("CREATE VIRTUAL TABLE passage_words USING fts5(title, text, tokenize = 'porter unicode61')")


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("title", sa.String),
        sa.Column("author", sa.String),
        sa.Column("source", sa.String),
        sa.Column("published", sa.Date),
        sa.Column("url", sa.String),
        sa.Column("known", sa.JSON, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("characters", sa.Integer, nullable=False),
        sa.Column("duplicate_of", sa.String),
        sa.Column("similarity", sa.Float),
        sa.Column("added_at", sa.String, nullable=False),
        sa.Column("splitting", sa.String, nullable=False),
        sa.Column("signature", sa.LargeBinary),
        sa.Column("text", sa.String, nullable=False),
        sa.UniqueConstraint("id", "state"),
        sa.CheckConstraint("state IN ('pending', 'ready')", name="state_is_known"),
    )
    op.create_index("articles_by_day", "articles", ["state", "published", "id"])
    op.create_index("articles_by_source", "articles", ["state", "source"])
    op.create_index("articles_by_original", "articles", ["duplicate_of"])
    op.create_table(
        "bands",
        sa.Column("hash", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("article", sa.Integer, sa.ForeignKey("articles.number", ondelete="CASCADE"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("bands_by_article", "bands", ["article"])


def _passages() -> None:
    op.create_table(
        "passages",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("article", sa.Integer, sa.ForeignKey("articles.number", ondelete="CASCADE"), nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("speaker", sa.String),
        sa.Column("embedded", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.UniqueConstraint("article", "ordinal"),
    )
    op.create_index("passages_by_id", "passages", ["id"])
    op.create_index("passages_by_speaker", "passages", ["speaker"])
    op.create_index("passages_by_embedded", "passages", ["embedded"])


def _conversations() -> None:
    op.create_table(
        "chats",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("title", sa.String),
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("updated_at", sa.String, nullable=False),
    )
    op.create_index("chats_by_use", "chats", ["updated_at"])
    op.create_table(
        "messages",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("chat", sa.String, sa.ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("content", sa.String, nullable=False),
        sa.Column("answer", sa.JSON),
        sa.Column("created_at", sa.String, nullable=False),
    )
    op.create_index("messages_by_chat", "messages", ["chat", "number"])
    op.create_table(
        "answers",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("answer", sa.JSON, nullable=False),
        sa.Column("asked_at", sa.String, nullable=False),
    )
    op.create_table(
        "verdicts",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("answer_id", sa.String, nullable=False),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("comment", sa.String),
        sa.Column("given_at", sa.String, nullable=False),
    )
    op.create_index("verdicts_by_answer", "verdicts", ["answer_id"])
