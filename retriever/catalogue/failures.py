"""What SQLite and the file system say, in the retriever's own errors."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from retriever.errors import StoreBusy, StoreDamaged, StoreError, StoreFull

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# A write that fails for a quota or a limit on file sizes is an input/output error to SQLite, not a full disk.
_FULL: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


@contextmanager
def translated(file: Path) -> Iterator[None]:
    """Raises StoreFull, StoreDamaged, StoreBusy or StoreError for what goes wrong with the catalogue's file inside."""
    try:
        yield
    except DBAPIError as error:
        raise _from_sqlite(error.orig, file) or error from error
    except OSError as error:
        raise from_system(error, file, thing="index folder") from error


def from_system(error: OSError, path: Path, *, thing: str) -> StoreError:
    """The error that a failed write or read of ``path`` amounts to."""
    if error.errno in NO_ROOM:
        return StoreFull(
            f"has no room ({error.strerror})",
            thing=thing,
            value=str(path),
            remedy="Make room, then run it again: what was stored stays.",
        )
    return StoreError(
        f"cannot be used ({error.strerror or error})",
        thing=thing,
        value=str(path),
        remedy="Choose a folder that this user may write to (--data or WHOSAID_DATA).",
    )


def damaged(file: Path, problem: object) -> StoreDamaged:
    """The error for a file that is not, or is no longer, a catalogue."""
    return StoreDamaged(
        f"is not what was written ({problem})",
        thing="catalogue",
        value=str(file),
        remedy="Restore the folder from a backup, or move it away and ingest the articles again.",
    )


def _from_sqlite(error: BaseException | None, file: Path) -> StoreError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    thing, value = "catalogue", str(file)
    if code in _FULL:
        return StoreFull(
            f"cannot grow ({error})", thing=thing, value=value, remedy="Make room, then run it again: nothing is lost."
        )
    if code & 0xFF in _DAMAGED:
        return damaged(file, error)
    if code & 0xFF in _BUSY:
        return StoreBusy(f"is in use ({error})", thing=thing, value=value, remedy="Try again in a moment.")
    if code & 0xFF in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR}:
        return StoreError(
            f"cannot be used ({error})",
            thing=thing,
            value=value,
            remedy="Check that its folder is there and that this user may write to it.",
        )
    return None
