"""Paths go in, the files to read come out, each with the name under which it is stored."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".json", ".jsonl"})
LINKED_OUTSIDE = "is a link that leads outside the ingested folder, and such links are not followed"


def files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Every file to read, as ``(file, name)``: folders recursively and sorted, files as given, each file once.

    ``name`` is the path relative to the given folder, or the bare name of a given file. Where two files of one call
    would get the same name, the later one gets its folder's name in front. In folders, files of other kinds and hidden
    ones are passed over. A link that leads outside its folder, a path that does not exist and a folder with nothing to
    read are yielded as they are: ``read`` says why it cannot use them.
    """
    seen: set[Path] = set()
    names: set[str] = set()
    for given in paths:
        for path, name in _folder(given) if os.path.isdir(given) else [_one(given)]:  # noqa: PTH112 - never raises
            if path in seen:
                continue
            unique = name if name not in names else f"{path.absolute().parents[name.count('/')].name}/{name}"
            seen.add(path)
            names.add(unique)
            yield path, _printable(unique)


def suffix_of(path: Path) -> str:
    """The suffix that tells the format, in lower case."""
    return path.suffix.lower()


def _one(given: Path) -> tuple[Path, str]:
    """A link that a person names is followed: they chose it. One whose end is missing stays as it is."""
    real = _real(given)
    return (real if real.exists() else given), given.name or str(given)


def _folder(folder: Path) -> Iterator[tuple[Path, str]]:
    root = _real(folder)
    closed: list[Path] = []
    found: list[Path] = []
    for here, folders, names in os.walk(root, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(here, name) for name in folders if _leads_outside(Path(here, name), root)]
        found += [Path(here, name) for name in names if not name.startswith(".") and suffix_of(Path(name)) in SUFFIXES]
    if not found + closed:
        yield root, root.name or str(root)
    # Links last: a file that is also reached by one keeps its own name.
    for path in sorted(found + closed, key=lambda path: (path.is_symlink(), path)):
        name = path.relative_to(root).as_posix() if path != root else root.name
        yield (path if _leads_outside(path, root) else _real(path)), name


def _leads_outside(path: Path, root: Path) -> bool:
    return path.is_symlink() and not _real(path).is_relative_to(root)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # Path.resolve() raises on links in a circle


def _printable(name: str) -> str:
    """File names that are not UTF-8 come from the system as lone surrogates, which no store accepts."""
    return os.fsencode(name).decode("utf-8", "replace")
