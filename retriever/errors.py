"""Everything the retriever raises on purpose.

RetrieverError
├── UnreadableFile        this file cannot become an article; the others can (permanent)
├── ArticleNotFound       no article has this id
├── CursorUnusable        this place in a list was not given for the list that is asked for
├── StoreError            the index folder cannot be used as asked
│   ├── StoreBusy         another ingest holds it (temporary: try again)
│   ├── StoreFull         no room on the disk (temporary: make room, run again)
│   └── StoreDamaged      a file in it is not what was written (permanent)
└── ModelUnusable         the embedding model is missing or is not the one expected (permanent)
"""

from __future__ import annotations

from typing import ClassVar


class RetrieverError(Exception):
    """A failure described so that its reader can act: the thing, its value, what is wrong, the remedy."""

    code: ClassVar[str] = "retriever-error"  # stable, for programs

    def __init__(self, problem: str, *, thing: str, value: str, remedy: str) -> None:
        self.problem, self.thing, self.value, self.remedy = problem, thing, value, remedy
        super().__init__(f"{thing} {value!r}: {problem}. {remedy}")


class UnreadableFile(RetrieverError):
    """Raised by reading when a file is empty, binary, truncated, encrypted, too large, malformed or without text."""

    code = "unreadable-file"


class ArticleNotFound(RetrieverError):
    """Raised when an article is asked for by an id that is not in the catalogue."""

    code = "article-not-found"


class CursorUnusable(RetrieverError):
    """Raised when a cursor is not one that was given, or was given for another choice of statements."""

    code = "cursor-unusable"


class StoreError(RetrieverError):
    """Raised when the index folder cannot be used as asked."""

    code = "store-error"


class StoreBusy(StoreError):
    """Raised when another process or thread is ingesting into the same folder. Temporary."""

    code = "store-busy"


class StoreFull(StoreError):
    """Raised when the disk has no room. Temporary; what was stored before stays."""

    code = "store-full"


class StoreDamaged(StoreError):
    """Raised when a file of the index folder is not readable as what it should be."""

    code = "store-damaged"


class ModelUnusable(RetrieverError):
    """Raised when the packaged embedding model is missing or its hash is not the pinned one."""

    code = "model-unusable"
