"""Catalogues of earlier versions are brought up to date with all that is in them; those of later ones are refused."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import alembic.autogenerate
import alembic.command
import alembic.config
import alembic.script
import pytest
import sqlalchemy
from alembic.runtime.migration import MigrationContext

from retriever import catalogue as package
from retriever.catalogue import Catalogue
from retriever.catalogue.database import REVISIONS
from retriever.catalogue.schema import Base
from retriever.embedding import MiniLM
from retriever.errors import StoreError
from tests.retriever.stores import CAFE, TALKS, TRADE, Index, lines

MIGRATIONS = Path(package.__file__).parent / "migrations"


def test_migrations_make_the_tables_that_the_code_expects(tmp_path: Path) -> None:
    Catalogue(tmp_path).close()
    scripts = alembic.script.ScriptDirectory(str(MIGRATIONS))
    assert [step.revision for step in reversed(list(scripts.walk_revisions()))] == list(REVISIONS)
    engine = sqlalchemy.create_engine(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or "_words" not in (name or "")},
        )
        assert alembic.autogenerate.compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_opening_what_is_up_to_date_needs_no_alembic(tmp_path: Path) -> None:
    Catalogue(tmp_path).close()
    code = (
        "import sys; from pathlib import Path; from retriever.catalogue import Catalogue; Catalogue(Path(sys.argv[1]));"
        "sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)


def test_an_index_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    Catalogue(tmp_path).close()
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    with pytest.raises(StoreError, match="newer version of whosaid"):
        Catalogue(tmp_path)


def empty(file: Path, revision: str) -> None:
    """A catalogue as it was at that revision. One from 0004 on needs the function ``fold`` and cannot be made here."""
    engine = sqlalchemy.create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config = alembic.config.Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, revision)
    engine.dispose()


def of_revision_0001(file: Path, filled: Path) -> None:
    """A catalogue as it was before there were vectors of sentences, with everything that a filled one has."""
    empty(file, "0001")
    with closing(sqlite3.connect(file)) as old, old:
        old.create_function("fold", 1, str)
        old.execute("ATTACH ? AS filled", (str(filled),))
        tables = [name for (name,) in old.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")]
        assert "articles" in tables
        assert "sentence_vectors" not in tables
        for name in tables:
            if not name.startswith(("passage_words_", "alembic_", "sqlite_")):
                columns = ", ".join(row[1] for row in old.execute(f"PRAGMA main.table_info({name})"))
                columns = f"rowid, {columns}" if name == "passage_words" else columns
                old.execute(f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM filled.{name}")


def test_a_catalogue_of_the_first_revision_keeps_everything_and_gets_its_vectors_of_sentences(
    tmp_path: Path, minilm: MiniLM
) -> None:
    index = Index.over(tmp_path / "index", minilm)
    archive = [("talks", TALKS), ("copy", TALKS), ("trade", TRADE), ("cafe", CAFE)]
    index.take(lines(tmp_path / "a.jsonl", archive))
    chat = index.catalogue.conversations.start_chat("Islands")
    index.catalogue.conversations.add_exchange(chat["id"], "Who raised the islands?", {"id": "x", "answer": "Qin.[1]"})
    kept = {id_: (index.catalogue.article(id_), index.catalogue.passages(id_)) for id_, _ in archive}
    found = index.catalogue.words("islands", 5)
    index.close()
    file = tmp_path / "index" / "catalogue.sqlite"
    filled = file.rename(tmp_path / "filled.sqlite")
    of_revision_0001(file, filled)

    again = Index.over(tmp_path / "index", minilm)
    assert {id_: (again.catalogue.article(id_), again.catalogue.passages(id_)) for id_ in kept} == kept
    assert again.catalogue.words("islands", 5) == found != []
    whole = again.catalogue.conversations.chat(chat["id"])
    assert whole is not None
    assert [said["content"] for said in whole["messages"]] == ["Who raised the islands?", "Qin.[1]"]
    assert again.catalogue.copies(["copy"]) == {"copy": "talks"}
    again.catalogue.check()
    assert again.sentences.lacking().keys() == kept.keys()
    assert sorted(again.ingest.recover()) == sorted(kept)
    assert again.embedding.texts == 3  # their vectors come with them; the copy has its original's
    assert again.agrees()
    again.close()


def test_messages_of_revision_0003_get_ids_can_be_found_and_can_be_replaced(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    empty(file, "0003")
    with closing(sqlite3.connect(file)) as old, old:
        old.execute("INSERT INTO chats VALUES ('c', 'Talks', '2026-01-01', '2026-01-01')")
        answer = '{"id": "a1", "answer": "The Café reopened.[1]"}'
        said = [
            ("user", "What reopened?", None),
            ("assistant", "The Café reopened.[1]", answer),
            ("user", "When?", None),
        ]
        for each in said:
            old.execute("INSERT INTO messages VALUES (NULL, 'c', ?, ?, ?, '2026-01-01')", each)
        old.execute("INSERT INTO verdicts VALUES (NULL, 'a1', 'down', NULL, '2026-01-01')")
    catalogue = Catalogue(tmp_path)
    conversations = catalogue.conversations
    chat = conversations.chat("c")
    assert chat is not None
    assert [(each["role"], each["content"]) for each in chat["messages"]] == [(role, text) for role, text, _ in said]
    first, answered, last = (each["id"] for each in chat["messages"])
    assert (answered, len(first), first != last) == ("a1", 32, True)
    assert chat["messages"][1]["answer"]["id"] == "a1"
    assert [found["id"] for found in conversations.chats(text="cafe reopened")[0]] == ["c"]
    assert conversations.feedback()[0][0]["reason"] is None
    assert conversations.add_exchange("c", "Who reopened it?", {"id": "a2", "answer": "Nobody says."}, instead_of="a1")
    assert conversations.turns("c", limit=9) == [("user", "Who reopened it?"), ("assistant", "Nobody says.")]
    catalogue.check()
    catalogue.close()
