"""Who said what, and which version of the finder looked through which article."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "finders",
        sa.Column("article", sa.Integer, sa.ForeignKey("articles.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("version", sa.String, nullable=False),
    )
    op.create_table(
        "statements",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("article", sa.Integer, sa.ForeignKey("articles.number", ondelete="CASCADE"), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("speaker", sa.String),
        sa.Column("speaker_text", sa.String, nullable=False),
        sa.Column("speaker_words", sa.String, nullable=False),
        sa.Column("role", sa.String),
        sa.Column("cue", sa.String, nullable=False),
        sa.Column("content", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("addressee", sa.String),
        sa.Column("said_first", sa.Date),
        sa.Column("said_last", sa.Date),
        sa.Column("said_precision", sa.String),
        sa.Column("said_basis", sa.String),
        sa.Column("said_text", sa.String),
        sa.Column("said_start", sa.Integer),
        sa.Column("said_end", sa.Integer),
        sa.Column("first_day", sa.Date),
        sa.Column("last_day", sa.Date),
        sa.Column("via", sa.JSON, nullable=False),
        sa.Column("speech", sa.Boolean, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("slices", sa.JSON, nullable=False),
        sa.UniqueConstraint("article", "ordinal"),
    )
    op.create_index("statements_by_id", "statements", ["id"])
    op.create_index("statements_by_speaker", "statements", ["speaker_words"])
    op.execute("CREATE VIRTUAL TABLE statement_words USING fts5(content, tokenize = 'porter unicode61')")
    # Statements go with their article by cascade, of which the table of words knows nothing.
    op.execute(
        "CREATE TRIGGER statement_words_go AFTER DELETE ON statements "
        "BEGIN DELETE FROM statement_words WHERE rowid = OLD.number; END"
    )
