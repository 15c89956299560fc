"""Uploaded files on their way to the index: safe names, a folder of their own that is gone afterwards."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from fastapi import UploadFile

from service.errors import BadRequest
from service.problems import shown

_ODD = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\\\ud800-\udfff]+")
LONGEST_PART = 120  # characters of a file or folder name


def safe_name(name: str) -> str:
    """A relative name that stays where it is put: no root, no drive, no "..", no control characters.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\\\notes\\\\a.txt"), safe_name("2021/a.txt")
    ('etc/passwd', 'C_/notes/a.txt', '2021/a.txt')
    """
    parts = [_ODD.sub("_", part).strip() for part in PurePosixPath(name.replace("\\", "/")).parts]
    kept = [_short(part.lstrip(".")) for part in parts if part.strip("./ ")]
    return "/".join(kept) or "unnamed"


def _short(part: str) -> str:
    suffix = PurePosixPath(part).suffix[:10]
    return part if len(part) <= LONGEST_PART else part[: LONGEST_PART - len(suffix)] + suffix


@contextmanager
def kept_while_read(files: Sequence[UploadFile]) -> Iterator[list[tuple[Path, str]]]:
    """The files in a temporary folder under their safe names: (path, name) each. Two of one name are an error."""
    with TemporaryDirectory(prefix="whosaid-upload-") as folder:
        placed: list[tuple[Path, str]] = []
        for file in files:
            name = safe_name(file.filename or "")
            path = Path(folder, *name.split("/"))
            if path.exists():
                raise BadRequest(
                    "two files of this upload have this name", thing="file", value=shown(name), remedy="Rename one."
                )
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as target:
                shutil.copyfileobj(file.file, target)
            placed.append((path, name))
        yield placed
