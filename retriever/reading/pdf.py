"""PDF files: the text of the pages as paragraphs, without running headers, and the properties [pypdf]."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from retriever.reading import lines
from retriever.reading.articles import Rough, unreadable
from retriever.reading.wrapping import paragraphs
from retriever.records import Field

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_PAGES = 5_000
_MOST_TEXT = 20_000_000  # characters
_EDGE = 2  # lines at a page's top and bottom where running headers and page numbers stand
_JUNK_TITLE = re.compile(r"(?i)\s*(untitled.*|microsoft word - .*|document\d*|.*\.(docx?|pdf|indd|qxd|tmp|html?))\s*$")
_JUNK_AUTHOR = re.compile(r"(?i)\s*(admin(istrator)?|user|owner|unknown|anonymous|root|microsoft.*|adobe.*)\s*$")
_NUMBER = re.compile(r"(?i)\s*[-–—]?\s*(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\s*[-–—]?\s*$")


def rough(content: bytes, *, name: str) -> Rough:
    """The text of all pages and what the properties say.

    When a file was made or printed is no publication date and is not used as one. Raises UnreadableFile when the file
    is damaged, encrypted, or has no text (pages that are pictures).
    """
    if b"%PDF-" not in content[:1024]:
        raise unreadable(name, "is no PDF file", "Give it the suffix of its kind.")

    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every slip in a file that it then repairs
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileNotDecryptedError("a password is needed")  # noqa: TRY301 - told below as pypdf's own
        pages = [page.splitlines() for page in _pages(reader)]
        fields = _properties(reader)
    except (FileNotDecryptedError, WrongPasswordError, DependencyError) as error:
        problem = "is encrypted (a password protects it)"
        raise unreadable(name, problem, "Save a copy without the password and ingest that.") from error
    except Exception as error:  # a damaged object makes the parser raise anything
        problem = "is a damaged or truncated PDF file"
        raise unreadable(name, problem, "Copy it again from where it came, or print it to a new PDF.") from error
    text = "\n\n".join(paragraphs(list(_without_running(pages))))
    if not re.search(r"[^\W_]", text):
        problem = "has no text in it (its pages are pictures, as a scan's are)"
        raise unreadable(name, problem, "Read it with OCR first and ingest the outcome.")
    return Rough(text, fields, dict.fromkeys(fields, "PDF properties"))


def _pages(reader: PdfReader) -> Iterator[str]:
    length = 0
    for number, page in enumerate(reader.pages):
        if number >= _MOST_PAGES or length >= _MOST_TEXT:
            return
        text = page.extract_text()
        length += len(text)
        yield text


def _properties(reader: PdfReader) -> dict[Field, str]:
    stated = reader.metadata
    fields: dict[Field, str] = {}
    if stated and isinstance(stated.title, str) and stated.title.strip() and not _JUNK_TITLE.match(stated.title):
        fields["title"] = stated.title
    if stated and isinstance(stated.author, str) and stated.author.strip() and not _JUNK_AUTHOR.match(stated.author):
        fields["author"] = stated.author
    return fields


def _without_running(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """All lines but page numbers and what most pages have at their top or bottom."""
    edges = Counter(
        key for page in pages for key in {_key(line) for line in [*page[:_EDGE], *page[-_EDGE:]] if line.strip()}
    )
    for page in pages:
        for place, line in enumerate(page):
            at_edge = place < _EDGE or place >= len(page) - _EDGE
            if at_edge and len(pages) > 1 and _NUMBER.match(line):
                continue
            if at_edge and len(pages) > 2 and edges[_key(line)] > len(pages) / 2:
                continue
            yield line.rstrip()


def _key(line: str) -> str:
    return re.sub(r"\d+", "0", lines.folded(line))
