"""Files for the reading tests, made here: PDF and Word files of a few lines, and one way to read them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx

from retriever.reading import read_bytes
from retriever.records import Article, Outcome


def article(content: str | bytes, name: str = "a.txt") -> Article:
    """The one article of a file."""
    raw = content.encode() if isinstance(content, str) else content
    (found,) = read_bytes(raw, name=name)
    assert isinstance(found, Article)
    return found


def several(content: str | bytes, name: str) -> tuple[list[Article], list[Outcome]]:
    """The articles and the failed outcomes of a file that may hold several."""
    found = list(read_bytes(content.encode() if isinstance(content, str) else content, name=name))
    return [one for one in found if isinstance(one, Article)], [one for one in found if isinstance(one, Outcome)]


def pdf(pages: Sequence[Sequence[str]], *, info: str = "") -> bytes:
    """A PDF with the given printed lines on each page. ``info`` is the inside of its information dictionary."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, rows in enumerate(pages):
        drawn = "BT /F1 11 Tf 14 TL 60 780 Td " + " ".join(f"({_escaped(row)}) Tj T*" for row in rows) + " ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}\nendstream")
    objects.append(f"<< {info} >>")
    out, offsets = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    return out + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("cp1252")


def word(paragraphs: Sequence[str], *, title: str = "", author: str = "") -> bytes:
    """A Word file with one paragraph for each text."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.core_properties.title = title
    document.core_properties.author = author
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a Word document."""
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _escaped(row: str) -> str:
    return row.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
