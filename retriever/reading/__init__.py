"""Files go in, articles come out: text as a reader sees it, metadata with how it is known, site furniture removed.

    for path, name in files([folder]):     # what there is to read, and under which id
        for found in read(path, name=name):    # Article, or a failed Outcome for a bad line

One module a format, each the only place where its library is touched; every format then takes the same way through
``articles.finished``: cleaning, what the text says of itself, digest.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from retriever.reading.articles import Rough, failed, finished, unreadable
from retriever.reading.opening import LARGEST, content_of, without_binary
from retriever.reading.walking import SUFFIXES, files
from retriever.records import Article, Outcome

__all__ = ["LARGEST", "SUFFIXES", "failed", "files", "read", "read_bytes"]


def read(path: Path, *, name: str, limit: int = LARGEST) -> Iterator[Article | Outcome]:
    """The articles of one file. ``name`` is the id of the article where the file does not give one.

    A ``.json`` or ``.jsonl`` file may hold several articles; what of it cannot be used is a failed Outcome among them.
    Raises UnreadableFile when nothing of the file can be used, or when it is larger than ``limit`` bytes.
    """
    return read_bytes(content_of(path, name=name, limit=limit), name=name, limit=limit)


def read_bytes(content: bytes, *, name: str, limit: int = LARGEST) -> Iterator[Article | Outcome]:
    """As ``read``, for content that is in memory already (an upload). The suffix of ``name`` says which format it is.

    Raises UnreadableFile when nothing of the content can be used.
    """
    if len(content) > limit:
        raise unreadable(name, f"has {len(content):,} bytes, the limit is {limit:,}", "Split it into smaller files.")
    if not content.strip(b" \t\r\n\x00"):
        raise unreadable(name, "is empty", "Save the article's text in it, or leave it out.")
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in (".json", ".jsonl"):
        from retriever.reading import records

        without_binary(content, name=name)
        return records.articles(content, name=name, lines=suffix == ".jsonl")
    return iter([finished(_rough(content, suffix=suffix, name=name), id=name)])


def _rough(content: bytes, *, suffix: str, name: str) -> Rough:
    # Imported here: reading a text file must not cost the libraries of all the other formats.
    if suffix == ".pdf":
        from retriever.reading import pdf

        return pdf.rough(content, name=name)
    if suffix == ".docx":
        from retriever.reading import word

        return word.rough(content, name=name)
    without_binary(content, name=name)
    if suffix in (".html", ".htm"):
        from retriever.reading import webpage

        return webpage.rough(content, name=name)
    if suffix in (".txt", ".md"):
        from retriever.reading import plain

        return plain.rough(content, name=name, markdown=suffix == ".md")
    known = ", ".join(sorted(SUFFIXES))
    raise unreadable(name, f"is of a kind that is not read ({suffix or 'no suffix'})", f"Save it as one of {known}.")
