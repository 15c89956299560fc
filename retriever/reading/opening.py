"""A path goes in, the file's bytes come out, or the reason why not. Nothing large, linked or special is opened."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from retriever.reading.articles import unreadable
from retriever.reading.walking import LINKED_OUTSIDE, SUFFIXES, suffix_of

LARGEST = 50 * 1024 * 1024  # bytes; the longest transcripts are a hundredth of this
_KINDS_TOLD = 1024  # bytes at the start that tell a file's kind

_MAGIC = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\xd0\xcf\x11\xe0": "an old or encrypted Office file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x7fELF": "a program",
    b"\x1f\x8b": "a gzip archive",
    b"SQLite format 3": "a database",
}


def content_of(path: Path, *, name: str, limit: int) -> bytes:
    """The bytes of a regular file of a known suffix and at most ``limit`` bytes. Raises UnreadableFile otherwise."""
    try:
        status = path.lstat()
    except FileNotFoundError as error:
        raise unreadable(str(path), "does not exist", "Check the path.") from error
    except (OSError, ValueError) as error:
        raise unreadable(str(path), f"cannot be reached ({error})", "Check the path and its permissions.") from error
    if stat.S_ISLNK(status.st_mode):
        raise unreadable(name, LINKED_OUTSIDE, "Ingest the file it leads to by its own path.")
    if stat.S_ISDIR(status.st_mode):
        raise _folder_problem(path, name)
    if not stat.S_ISREG(status.st_mode):
        raise unreadable(name, "is not a regular file", "Copy its content into a file.")
    if suffix_of(path) not in SUFFIXES:
        known = ", ".join(sorted(SUFFIXES))
        raise unreadable(name, f"is of a kind that is not read ({path.suffix or 'no suffix'})", f"Save it as {known}.")
    if status.st_size > limit:
        raise unreadable(name, f"has {status.st_size:,} bytes, the limit is {limit:,}", "Split it into smaller files.")
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as opened:
            return opened.read(limit + 1)  # read_bytes refuses a file that has grown since
    except PermissionError as error:
        raise unreadable(name, "may not be read", "Give yourself the right to read it.") from error
    except OSError as error:
        raise unreadable(
            name, f"cannot be read ({error.strerror})", "Copy it to a sound disk and try again."
        ) from error


def without_binary(content: bytes, *, name: str) -> None:
    """Raises UnreadableFile when the content of a text format is that of a well-known binary one."""
    for magic, kind in _MAGIC.items():
        if content.startswith(magic):
            raise unreadable(name, f"is {kind} under another name", "Give it the suffix of its kind, or leave it out.")


def _folder_problem(path: Path, name: str) -> Exception:
    if not os.access(path, os.R_OK | os.X_OK):
        return unreadable(name, "is a folder that may not be read", "Give yourself the right to read it.")
    known = ", ".join(sorted(SUFFIXES))
    return unreadable(name, f"is a folder without a file of a kind that is read ({known})", "Name another folder.")
