"""Word documents: paragraphs, headings, lists and tables in their order, and the properties [python-docx]."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from retriever.reading.articles import Rough, unreadable
from retriever.records import Field

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNSEEN = {  # struck out, codes of fields, and the second copy of every text box
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_W}instrText",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "\u2011"}
_WRAPPERS = {f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}moveTo", f"{_W}smartTag"}
_LARGEST = 200 * 1024 * 1024  # bytes of all parts unpacked; pictures make up most of a large document
_LARGEST_TEXT = 64 * 1024 * 1024  # bytes of one XML part unpacked; a book of 1,000 pages has about 5
_MOST_PARTS = 10_000
_TOOLS = ("python-docx",)  # names that programs leave as the author


def rough(content: bytes, *, name: str) -> Rough:
    """The document's text and what its properties say.

    When a document was created is no publication date (templates carry one from years ago) and is not used as one.
    Raises UnreadableFile when the file is damaged, encrypted, no Word document, or unpacks to more than is sane.
    """
    _checked(content, name)

    import docx

    try:
        document = docx.Document(io.BytesIO(content))
        paragraphs = [text for text in _texts(document.element.body) if text.strip()]
        properties = document.core_properties
        fields: dict[Field, str] = {}
        if properties.title:
            fields["title"] = properties.title
        if properties.author and properties.author not in _TOOLS:
            fields["author"] = properties.author
        heading = _heading(document)
    except Exception as error:  # a damaged part makes the parsers below raise anything
        problem = "is not a Word document that can be read (damaged, or of another kind)"
        raise unreadable(name, problem, "Open it in a word processor and save it again as .docx.") from error
    known: dict[Field, str] = dict.fromkeys(fields, "DOCX properties")
    if heading and "title" not in fields:
        fields["title"], known["title"] = heading, "the text: its heading"
    if not paragraphs:
        raise unreadable(name, "holds no text", "If its pages are pictures, read them with OCR first.")
    return Rough("\n\n".join(paragraphs), fields, known)


def _checked(content: bytes, name: str) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        problem = "is encrypted, or in the old .doc format"
        raise unreadable(name, problem, "Remove the password, or save it as .docx.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        problem = "is damaged or truncated, or no Word document"
        raise unreadable(name, problem, "Copy it again from where it came.") from error
    # zipfile never unpacks more of a part than the size stated here, so stated sizes are enough to bound it.
    whole = sum(part.file_size for part in parts)
    text = max((part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))), default=0)
    if whole > _LARGEST or text > _LARGEST_TEXT or len(parts) > _MOST_PARTS:
        problem = f"unpacks to {whole:,} bytes in {len(parts):,} parts, more than a document has"
        raise unreadable(name, problem, "Save its text as .txt, or split it.")


def _texts(parent: Any) -> Iterator[str]:
    """Paragraphs and table rows in reading order, also inside content controls and accepted insertions."""
    for child in parent:
        if child.tag == f"{_W}p":
            text = _text(child)
            yield f"- {text}" if text.strip() and _is_bullet(child) else text
        elif child.tag == f"{_W}tbl":
            for row in _own(child, f"{_W}tr"):
                cells = (" ".join(_texts(cell)).strip() for cell in _own(row, f"{_W}tc"))
                yield " | ".join(cell for cell in cells if cell)
        elif child.tag in _WRAPPERS:
            yield from _texts(child)


def _own(parent: Any, tag: str) -> Iterator[Any]:
    """Its rows or cells, also those in content controls and accepted insertions; not those of a table within it."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _own(child, tag)


def _text(paragraph: Any) -> str:
    pieces: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _UNSEEN:
            continue
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        pieces.append(_BREAKS.get(element.tag, ""))
        waiting.extend(reversed(element))
    return "".join(pieces)


def _is_bullet(paragraph: Any) -> bool:
    if paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
        return True
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and (style.get(f"{_W}val") or "").startswith("ListBullet")


def _heading(document: Document) -> str | None:
    for paragraph in document.paragraphs[:10]:
        if paragraph.style is not None and paragraph.style.name in ("Title", "Heading 1") and paragraph.text.strip():
            return paragraph.text.strip()
    return None
