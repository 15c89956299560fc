"""What Chroma says, in the retriever's own errors."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from retriever.errors import StoreBusy, StoreDamaged, StoreError, StoreFull

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# Chroma passes on the words of its store below: SQLite's result code, or the system's error number.
_SQLITE: Final = re.compile(r"\(code: (\d+)\)")
_SYSTEM: Final = re.compile(r"\(?os error (\d+)\)?")
_SQLITE_FULL, _SQLITE_IOERR_WRITE = 13, 778
_SQLITE_UNUSABLE: Final = frozenset({3, 8, 14})  # no permission, read-only, cannot be opened
_SQLITE_BUSY: Final = frozenset({5, 6})


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Raises StoreFull, StoreBusy, StoreDamaged or StoreError for what goes wrong with the index inside."""
    from chromadb.errors import ChromaError

    try:
        yield
    except OSError as error:
        raise _failed(folder, error.errno, str(error)) from error
    except ChromaError as error:
        found = _SQLITE.search(str(error))
        system = _SYSTEM.search(str(error))
        raise _failed(folder, int(system[1]) if system else None, str(error), int(found[1]) if found else 0) from error


def _failed(folder: Path, number: int | None, problem: str, sqlite: int = 0) -> StoreError:
    thing, value = "vector index", str(folder)
    if number in _NO_ROOM or sqlite in {_SQLITE_FULL, _SQLITE_IOERR_WRITE} or "disk is full" in problem:
        return StoreFull(
            f"cannot grow ({problem})",
            thing=thing,
            value=value,
            remedy="Make room, then run it again: nothing is lost.",
        )
    if sqlite & 0xFF in _SQLITE_BUSY:
        return StoreBusy(f"is in use ({problem})", thing=thing, value=value, remedy="Try again in a moment.")
    if number is not None or sqlite & 0xFF in _SQLITE_UNUSABLE:
        return StoreError(
            f"cannot be used ({problem})",
            thing=thing,
            value=value,
            remedy="Check that its folder is there and that this user may write to it.",
        )
    return StoreDamaged(
        f"is not what was written ({problem})",
        thing=thing,
        value=value,
        remedy="Start the service or an ingest: the index is made again from the catalogue.",
    )
