"""The one place that opens Chroma's folder.

Chroma is not made for two processes on one folder. Measured with 1.5.9: a client that opens the folder while another
process writes breaks the index for good; one that was open before does no harm but does not see what is new. So the
folder is opened under the folder's lock only, and opened again once another process has written.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from retriever.errors import StoreBusy
from retriever.folder import FolderLock
from retriever.vectors.failures import translated

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection
    from langchain_chroma import Chroma

_COLLECTION: Final = "passages"
_PATIENCE: Final = 10.0  # seconds for another process's ingest, before an index that is not open yet is refused
_GLANCE: Final = 0.02  # seconds for the lock in one try
# A client that is only being opened elsewhere holds the lock too; it must not look like an ingest.
_LEAST_WAIT: Final = 3.0
# Of the true nearest hundred among 12,000 passages 99.6 % are found in 1.9 ms; with Chroma's own 100 and 100 it was
# 92.5 % in 1.0 ms.
_GRAPH: Final[CreateHNSWConfiguration] = {"space": "cosine", "ef_construction": 200, "ef_search": 400}


class Opened(NamedTuple):
    client: Client
    store: Chroma  # LangChain's view
    collection: Collection  # Chroma's own, for what LangChain's has no way to do: vectors made elsewhere, digests


class Opening:
    """Chroma's folder with its one collection. Safe to share between threads; calls into Chroma take turns."""

    def __init__(self, folder: Path, *, lock: FolderLock, identity: Mapping[str, str], embedding: Any) -> None:
        self.folder = folder
        self._lock = lock
        self._identity = dict(identity)
        self._embedding = embedding
        self._using = threading.RLock()
        self._alone = False
        self._opened: Opened | None = None
        self._seen: object = None

    @contextmanager
    def reading(self) -> Iterator[Opened]:
        """The index as of the last write, or, while another process writes, as it was before that."""
        self._open()
        with self._using, translated(self.folder):
            yield self._whole()

    @contextmanager
    def writing(self) -> Iterator[Opened]:
        """The index, for one change. Raises StoreBusy where another process or thread has the folder."""
        if not self._alone:
            with self.alone(), self.writing() as opened:
                yield opened
            return
        self._open()
        with self._using, translated(self.folder):
            yield self._whole()
            self._seen = self._fingerprint()

    @contextmanager
    def alone(self, wait: float = 0.0) -> Iterator[None]:
        """Nobody else writes meanwhile. Raises StoreBusy after ``wait`` seconds (three at least)."""
        with self._lock.hold(max(wait, _LEAST_WAIT)):
            with self._using:
                self._alone = True
            try:
                yield
            finally:
                with self._using:  # a thread that opens because of _alone has finished when the lock goes
                    self._alone = False

    def reset(self) -> None:
        """Inside ``alone``: throw the folder away and make an empty one."""
        with self._using, translated(self.folder):
            self.close()
            if self.folder.is_dir():
                shutil.rmtree(self.folder)
            else:
                self.folder.unlink(missing_ok=True)
        self._open()

    def close(self) -> None:
        """Let go of the files; the next call opens them again."""
        with self._using:
            opened, self._opened = self._opened, None
            if opened is not None:
                opened.client.close()

    def _open(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while True:
            with self._using:
                if self._opened is not None and self._fingerprint() == self._seen:
                    return None
                if self._alone:
                    return self._reopen()
                try:
                    with self._lock.hold(_GLANCE):
                        return self._reopen()
                except StoreBusy:
                    if self._opened is not None:
                        return None  # as it was before the other process began
                    if time.monotonic() > deadline:
                        raise
            time.sleep(_GLANCE)

    def _reopen(self) -> None:
        self.close()
        with translated(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            opened = _opened(self.folder, self._identity, self._embedding)
            # Chroma takes in now what its log still holds. It may write when it does, which needs the lock.
            opened.collection.get(limit=1, include=["embeddings"])
        self._opened = opened
        self._seen = self._fingerprint()

    def _whole(self) -> Opened:
        assert self._opened is not None  # noqa: S101 - _open() has seen to it
        return self._opened

    def _fingerprint(self) -> object:
        """Differs after every write: the change counter of Chroma's SQLite file."""
        file = self.folder / "chroma.sqlite3"
        try:
            with file.open("rb") as opened:
                return file.stat().st_ino, opened.read(100)[24:28]
        except OSError:
            return None


def _opened(folder: Path, identity: Mapping[str, str], embedding: Any) -> Opened:
    from chromadb.api.client import Client
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings
    from langchain_chroma import Chroma

    # Chroma hands out again what was opened under this path before in this process, even where that failed half-way.
    SharedSystemClient.clear_system_cache()
    client = Client(settings=Settings(anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder)))
    # A collection that is there already keeps its metadata and configuration.
    store = Chroma(
        _COLLECTION,
        embedding,
        client=client,
        collection_metadata=dict(identity),
        collection_configuration={"hnsw": _GRAPH},
    )
    return Opened(client, store, client.get_collection(_COLLECTION, embedding_function=None))
