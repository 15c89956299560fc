"""Messages that can be named, replaced and looked for; conversations as they were shared; reasons of verdicts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _messages()
    _words()
    op.create_table(
        "shares",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("chat", sa.String, sa.ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
        sa.Column("title", sa.String),
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("messages", sa.JSON, nullable=False),
    )
    op.create_index("shares_by_chat", "shares", ["chat"])
    op.add_column("verdicts", sa.Column("reason", sa.String))


def _messages() -> None:
    op.create_table(
        "messages_with_ids",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("chat", sa.String, sa.ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("replaced_by", sa.String),
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("content", sa.String, nullable=False),
        sa.Column("answer", sa.JSON),
    )
    op.execute(
        "INSERT INTO messages_with_ids (number, id, chat, role, created_at, content, answer) SELECT number, "
        "coalesce(json_extract(answer, '$.id'), lower(hex(randomblob(16)))), chat, role, created_at, content, answer "
        "FROM messages"
    )
    op.drop_table("messages")
    op.rename_table("messages_with_ids", "messages")
    op.create_index("messages_by_chat", "messages", ["chat", "number"])


def _words() -> None:
    # Not stemmed: a word is looked for by how it begins, while it is being typed.
    op.execute("CREATE VIRTUAL TABLE message_words USING fts5(content, tokenize = 'unicode61')")
    op.execute("INSERT INTO message_words (rowid, content) SELECT number, fold(content) FROM messages")
    # Messages go with their conversation by cascade, of which the table of words knows nothing.
    op.execute(
        "CREATE TRIGGER message_words_go AFTER DELETE ON messages "
        "BEGIN DELETE FROM message_words WHERE rowid = OLD.number; END"
    )
