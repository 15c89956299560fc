"""The SQLite file: opened, brought up to date, and handed out in short transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, text

from retriever.catalogue.failures import damaged, translated
from retriever.catalogue.words import fold
from retriever.errors import StoreError

REVISIONS: Final = (
    "0001",
    "0002",
    "0003",
    "0004",
)  # of migrations/versions, oldest first; known here so that opening need not import Alembic
_WAIT_MS: Final = 15_000  # for another writer's transaction


class Database:
    """``catalogue.sqlite``. Safe to share between threads and between processes.

    Opening raises StoreError where the folder cannot be used or was written by a newer version, StoreDamaged where
    the file is not a catalogue. Both kinds of transaction raise StoreError and what stands below it.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        with translated(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            self._engine = _engine(file)
            self._bring_up_to_date()

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One unchanging view of what is stored."""
        with translated(self.file), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All of what is done inside, or none of it."""
        with translated(self.file), self._engine.connect() as connection:
            immediate = connection.execution_options(writes=True)
            with immediate.begin():
                yield immediate

    def check(self) -> None:
        """Read the whole file. Raises StoreDamaged where it is not what was written."""
        with self.reading() as connection:
            if (problem := connection.scalar(text("PRAGMA quick_check(1)"))) != "ok":
                raise damaged(self.file, problem)

    def _bring_up_to_date(self) -> None:
        with self.reading() as connection:
            if self._revision(connection) == REVISIONS[-1]:
                return
        with self.writing() as connection:
            if self._revision(connection) != REVISIONS[-1]:  # another process may have been faster
                _migrate(connection)

    def _revision(self, connection: Connection) -> str | None:
        """Raises StoreError where the file is of a version that this code does not know."""
        if not connection.scalar(text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        if found is not None and found not in REVISIONS:
            raise StoreError(
                f"was written by a newer version of whosaid (catalogue {found}, this one knows up to {REVISIONS[-1]})",
                thing="index folder",
                value=str(self.file.parent),
                remedy="Use that version, or choose another folder (--data or WHOSAID_DATA).",
            )
        return found


def _engine(file: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{file}", connect_args={"timeout": _WAIT_MS / 1000, "check_same_thread": False}, pool_size=16
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by _begin, not by the driver
    connection.create_function("fold", 1, lambda value: fold(value or ""), deterministic=True)
    for pragma in (
        f"busy_timeout={_WAIT_MS}",
        "journal_mode=WAL",  # readers never wait for the writer
        "synchronous=FULL",  # what was reported as stored survives a power cut
        "foreign_keys=ON",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once when another one wrote in between.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _migrate(connection: Connection) -> None:
    import alembic.command
    import alembic.config

    config = alembic.config.Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    alembic.command.upgrade(config, "head")


def storable(value: str) -> str:
    """``value`` with lone surrogates, which UTF-8 cannot hold, as question marks; as many code points as before."""
    return value.encode("utf-8", "replace").decode("utf-8")
