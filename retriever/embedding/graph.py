"""The ONNX graph of the packaged model: exported once into a cache folder, checked whenever it is loaded."""

from __future__ import annotations

import errno
import logging
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from retriever.embedding import package
from retriever.errors import ModelUnusable, StoreError, StoreFull

_VERSION: Final = "2"  # of export.py: another graph from the same weights gets another file name
_WAIT = 600  # seconds for another process's export; one takes 10 to 60

_log = logging.getLogger(__name__)


def graph(cache: Path, *, quantised: bool = False) -> Path:
    """The graph's file, exported first where it is not there or not what was written (about 15 s). ``quantised``: the
    one whose weights have eight bits.

    Raises ModelUnusable where the export fails, StoreFull without room for its 91 MB (23 MB), StoreError where
    ``cache`` cannot be written.
    """
    kind = "-int8" if quantised else ""
    file = cache / f"minilm-{package.PINNED[package.WEIGHTS][:12]}{kind}-v{_VERSION}.onnx"
    if _whole(file):
        return file
    source = graph(cache) if quantised else None
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / f"{file.name}.lock", timeout=_WAIT):
            if not _whole(file):
                _export(file, source)
    except Timeout as error:
        raise ModelUnusable(
            f"another process has been writing it for {_WAIT} s",
            thing="embedding graph",
            value=str(file),
            remedy="End that process, then try again.",
        ) from error
    except OSError as error:
        raise _store_error(error, cache) from error
    return file


def _whole(file: Path) -> bool:
    sidecar = file.with_suffix(".sha256")
    try:
        return sidecar.read_text("ascii").strip() == package.sha256(file)
    except (OSError, UnicodeDecodeError):
        return False


def _export(file: Path, source: Path | None) -> None:
    """Export beside the final place, then rename: a reader sees the whole file or none. ``source``: the graph to be
    quantised; None where the packaged weights are to be written.
    """
    model = package.folder()
    package.check(model, package.WEIGHTS)
    given = ["--quantise", str(source)] if source else [str(model)]
    _log.info("exporting the embedding model once", extra={"file": str(file)})
    with tempfile.TemporaryDirectory(dir=file.parent, prefix="export-") as folder:
        fresh = Path(folder) / file.name
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own module
            [sys.executable, "-m", "retriever.embedding.export", *given, str(fresh)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONWARNINGS": "ignore"},
        )
        if done.returncode or not fresh.exists():
            last = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]
            if os.strerror(errno.ENOSPC) in done.stderr:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            raise ModelUnusable(
                f"could not be exported ({last[:300]})",
                thing="embedding model",
                value=str(model),
                remedy="Reinstall the project's packages (make serve does it in a fresh .venv).",
            )
        file.with_suffix(".sha256").write_text(package.sha256(fresh), "ascii")
        fresh.replace(file)


def _store_error(error: OSError, cache: Path) -> StoreError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return StoreFull(
            "has no room for the embedding graph (91 MB)",
            thing="model cache",
            value=str(cache),
            remedy="Make room, then try again.",
        )
    return StoreError(
        f"cannot be written ({error.strerror or error})",
        thing="model cache",
        value=str(cache),
        remedy="Choose a folder that this user may write to.",
    )
