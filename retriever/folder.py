"""The index folder's one lock: who may change what is in it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from retriever.errors import StoreBusy, StoreError


class FolderLock:
    """One writer a folder, over all processes and threads. The system frees it when its process ends, however."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = FileLock(folder / "writing.lock", thread_local=False)
        self._note = folder / "writing.by"
        self._turn = threading.Lock()  # the file's lock does not tell one thread from another

    @contextmanager
    def hold(self, wait: float) -> Iterator[None]:
        """Hold the lock. Raises StoreBusy, which names the holder, after ``wait`` seconds, StoreError where the folder
        cannot be written.
        """
        if not self._turn.acquire(timeout=wait):
            raise self._busy()
        try:
            self._acquire(wait)
            try:
                with suppress(OSError):  # a note for the other's message, no more
                    now = datetime.now(UTC).isoformat(timespec="seconds")
                    self._note.write_text(f"process {os.getpid()} since {now}", "utf-8")
                yield
            finally:
                self._file.release()
        finally:
            self._turn.release()

    def _acquire(self, wait: float) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file.acquire(timeout=wait)
        except Timeout as error:
            raise self._busy() from error
        except OSError as error:
            raise StoreError(
                f"cannot be written ({error.strerror or error})",
                thing="index folder",
                value=str(self._folder),
                remedy="Choose a folder that this user may write to (--data or WHOSAID_DATA).",
            ) from error

    def _busy(self) -> StoreBusy:
        holder = "another process"
        with suppress(OSError):
            holder = self._note.read_text("utf-8") or holder
        return StoreBusy(
            f"is being written by {holder}",
            thing="index folder",
            value=str(self._folder),
            remedy="Try again when that is done.",
        )
