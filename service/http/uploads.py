"""Uploaded files on their way to the index: safe names, a folder of their own that is gone afterwards."""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory, gettempdir

from fastapi import UploadFile

from retriever.errors import StoreFull
from retriever.reading import SUFFIXES
from service.errors import BadRequest
from service.http.problems import shown

_ODD = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\\\ud800-\udfff]+")
LONGEST_PART = 200  # bytes of a file or folder name; file systems take 255
MOST_PARTS = 12  # folders and file


def safe_name(name: str) -> str:
    """A relative name that stays where it is put: no root, no drive, no "..", no control characters.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\\\notes\\\\a.txt"), safe_name("2021/a.txt")
    ('etc/passwd', 'C_/notes/a.txt', '2021/a.txt')
    """
    parts = [_ODD.sub("_", part).strip() for part in PurePosixPath(name.replace("\\", "/")).parts]
    kept = [_short(part.lstrip(".")) for part in parts if part.strip("./ ")]
    return "/".join(kept[-MOST_PARTS:]) or "unnamed"


def _short(part: str) -> str:
    suffix = PurePosixPath(part).suffix[:10]
    if len(part.encode()) <= LONGEST_PART:
        return part
    return part.encode()[: LONGEST_PART - len(suffix.encode())].decode(errors="ignore") + suffix


@contextmanager
def kept_while_read(files: Sequence[UploadFile]) -> Iterator[list[Path]]:
    """What to ingest: a temporary folder with the files under their safe names, so that these become the ids.

    A folder's files of unknown kinds are passed over; named one by one they are refused with a reason. Raises
    BadRequest where two files have one name.
    """
    with TemporaryDirectory(prefix="whosaid-upload-") as folder:
        placed: list[Path] = []
        for file in files:
            name = safe_name(file.filename or "")
            path = Path(folder, *name.split("/"))
            if path.exists() or any(folder.is_file() for folder in path.parents):
                raise BadRequest(
                    "another file of this upload has this name", thing="file", value=shown(name), remedy="Rename one."
                )
            _write(file, path)
            placed.append(path)
        known = [path for path in placed if path.suffix.lower() in SUFFIXES]
        unknown = [path for path in placed if path not in known]
        yield [*([Path(folder)] if known else []), *unknown]


def _write(file: UploadFile, path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as target:
            shutil.copyfileobj(file.file, target)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        remedy = "Make room, then send it again: what was stored stays."
        raise StoreFull("there is no room for the upload", thing="folder", value=gettempdir(), remedy=remedy) from error
