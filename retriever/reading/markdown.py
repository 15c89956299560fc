"""Markdown goes in, its text as a reader sees it comes out: no marks, comments, addresses, pictures, hidden HTML.

[markdown-it-py] makes a page of it as CommonMark says; of that page the text is read [lxml].
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from retriever.reading.hiding import without_hidden

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # which no page may hold
_BLOCKS = frozenset(
    "address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5"
    " h6 header hr main nav ol p pre section summary table tbody thead tr ul".split()
)
_SILENT = frozenset(("script", "style", "head", "title", "select", "textarea", "button"))
_START = re.compile(r"\d{1,9}")  # of a list's numbers; CommonMark reads no longer one
_DEEPEST = 60  # lists and quotations within one another; those within are left out, as no article has them
# What stands between blocks until all of them are there. No text holds these characters (_CONTROLS).
_PARAGRAPH, _LINE, _GLUE, _DEEPER = "\x00", "\x01", "\x02", "\x03"
_GLUED = re.compile(f"{_GLUE}[\\s{_PARAGRAPH}{_LINE}]*")
_BETWEEN = re.compile(f"\\s*[{_PARAGRAPH}{_LINE}][\\s{_PARAGRAPH}{_LINE}]*")


def plain(text: str) -> str:
    """Paragraphs parted by a blank line, list entries each on a line behind its mark."""
    import lxml.html
    from markdown_it import MarkdownIt

    page = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).render(_CONTROLS.sub("", text))
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    tree = lxml.html.document_fromstring(f"<html><body>{page}</body></html>".encode("utf-8", "replace"), parser=parser)
    without_hidden(tree)
    parted = _GLUED.sub("", "".join(_pieces(tree)))
    return _BETWEEN.sub(_between, parted).replace(_DEEPER, "  ").strip("\n")


def _between(match: re.Match[str]) -> str:
    return "\n\n" if _PARAGRAPH in match[0] else "\n"


def _pieces(tree: Any) -> Iterator[str]:
    """Text in its order, and what parts it. Without recursion: what is nested without end must end nothing."""
    waiting: list[Any] = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one.tag, str) and one.tag not in _SILENT:
            before, after = _around(one)
            inside = [before, one.text or ""]
            for child in one:
                inside += [child, child.tail or ""]
            waiting += reversed([*inside, after])


def _around(element: Any) -> tuple[str, str]:
    """What stands before and behind its text."""
    if element.tag == "br":
        return _LINE, ""
    if element.tag == "li":
        depth = sum(1 for _ in element.iterancestors("li"))
        return f"{_LINE}{_DEEPER * depth}{_mark(element)} {_GLUE}", _LINE
    if element.tag in ("ul", "ol") and next(element.iterancestors("li"), None) is not None:
        return _LINE, _LINE
    return (_PARAGRAPH, _PARAGRAPH) if element.tag in _BLOCKS else ("", "")


def _mark(entry: Any) -> str:
    around = entry.getparent()
    if around.tag != "ol":
        return "-"
    start = _START.fullmatch(around.get("start") or "")
    return f"{int(start[0] if start else 1) + around.index(entry)}."
