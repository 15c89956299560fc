"""HTML pages: the main text without the site around it, and what the page says of itself [trafilatura].

A page names its author, outlet and date in meta tags and JSON-LD; these are read here, so that each can be told with
how it is known. trafilatura finds the main text, and title, author and outlet where the page names them nowhere.
Dates are never inferred from a page's footer, its address or the day of its copy.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from retriever.reading.articles import Rough, leaves, unreadable
from retriever.reading.days import day
from retriever.reading.decoding import decoded
from retriever.reading.hiding import without_hidden
from retriever.records import Field

_META: Mapping[Field, tuple[str, ...]] = {  # surest first
    "title": ("citation_title", "og:title", "dc.title", "dcterms.title", "twitter:title", "title"),
    "author": ("citation_author", "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl"),
    "source": ("og:site_name", "citation_journal_title", "dc.publisher", "application-name"),
    "published": (
        "article:published_time",
        "og:published_time",
        "citation_publication_date",
        "datepublished",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
        "dc.date",
        "parsely-pub-date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "sailthru.date",
        "date",
    ),
    "url": ("og:url", "citation_public_url"),
}
_MODIFIED = ("article:modified_time", "og:updated_time")
_ARTICLES = (
    "Article",
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BlogPosting",
)
_SPACES = re.compile(r"[ \t\r\n]+")
_TABLE_RULE = re.compile(r"^\|?(?:-{3,}\|?)+\n?", re.MULTILINE)
_TABLE_EDGE = re.compile(r"^\| (?=.* \|[ ]?$)|(?<= )\| ?$", re.MULTILINE)
_CHARSET = re.compile(rb"(?:<meta\b[^>]*\bcharset|<\?xml\b[^>]*\bencoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 2048  # bytes
_MOST_TEXT = 20_000_000  # characters


def rough(content: bytes, *, name: str) -> Rough:
    """The page's main text and metadata. Raises UnreadableFile when it is no text or holds no main text."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what cannot be used is told by the error raised here
    html = decoded(content, name=name, told=_charset(content))[:_MOST_TEXT]
    if "<html" not in html[:5000].lower():
        html = f"<html><body>{html}</body></html>"
    tree = trafilatura.load_html(html)
    if tree is None:
        raise unreadable(name, "is not HTML that can be parsed", "Save the page again, or its text as .txt.")
    fields: dict[Field, str] = {}
    known: dict[Field, str] = {}
    for key, value, how in _told(tree):
        if key not in fields and (key != "published" or day(value)):
            fields[key], known[key] = value, how
    for key, layout in _seen(tree):
        if layout and key not in fields:
            fields[key], known[key] = layout, "the page's layout"
    without_hidden(tree)
    text = _main(tree) or _blocks(tree) or trafilatura.html2txt(tree)  # a page of a few lines has no "main" text
    if not text.strip():
        raise unreadable(name, "is a page without text", "Save the article's text as .txt or .md.")
    return Rough(text, fields, known)


def _charset(content: bytes) -> str | None:
    """The encoding that the page's head names."""
    named = _CHARSET.search(content[:_HEAD])
    return named[1].decode("ascii") if named else None


def _main(tree: Any) -> str:
    """The main text, a paragraph a line."""
    import trafilatura
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "40")  # characters; below the default of 250 it runs lines together
    # Without its metadata: that would search the whole page for anything like a date and take it for one.
    found = trafilatura.bare_extraction(tree, include_comments=False, favor_recall=True, config=config)
    return "" if found is None or isinstance(found, dict) else _rows(found.text or "")


def _seen(tree: Any) -> Iterator[tuple[Field, str | None]]:
    """What trafilatura takes the page's layout to say, for pages that state it nowhere."""
    from trafilatura import metadata

    yield "title", metadata.extract_title(tree)
    yield "author", metadata.extract_author(tree)
    yield "source", metadata.extract_sitename(tree)


def _rows(text: str) -> str:
    """Table rows as a reader sees them: without the rules that trafilatura draws around their cells."""
    return _TABLE_RULE.sub("", _TABLE_EDGE.sub("", text))


def _blocks(tree: Any) -> str:
    """Every paragraph, heading and list entry of the page, one a line."""
    blocks = tree.iter("p", "h1", "h2", "h3", "h4", "li", "blockquote", "pre")
    return "\n".join(_SPACES.sub(" ", block.text_content()).strip() for block in blocks)


def _told(tree: Any) -> Iterator[tuple[Field, str, str]]:
    """Every field the page states, the surest first, with how it is known; when it was changed after all that says
    when it was published.
    """
    things = list(_linked(tree))
    for thing in things:
        yield from _of_thing(thing)
    metas = _metas(tree)
    for field, keys in _META.items():
        for key in keys:
            values = [value for value in metas.get(key, []) if not value.startswith(("http://", "https://", "@"))]
            if field == "url":
                values = metas.get(key, [])
            if values:
                yield (
                    field,
                    ", ".join(dict.fromkeys(values)) if field == "author" else values[0],
                    f"HTML meta tag {key}",
                )
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            yield "url", link.get("href"), "HTML canonical link"
    for time in tree.iter("time"):
        if time.get("pubdate") is not None or time.get("itemprop") == "datePublished":
            yield "published", time.get("datetime") or time.text_content(), "HTML time element"
    for thing in things:
        yield "published", _named(thing.get("dateModified")), "JSON-LD dateModified"
    for key in _MODIFIED:
        yield "published", metas.get(key, [""])[0], f"HTML meta tag {key}"


def _metas(tree: Any) -> dict[str, list[str]]:
    """What the meta tags of each name say, in their order."""
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop")
        value = (meta.get("content") or "").strip()
        if key and value:
            metas.setdefault(key.strip().lower(), []).append(value)
    return metas


def _linked(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The articles that JSON-LD blocks describe. A block that is no JSON is passed over: other sources remain."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            whole = json.loads(script.text or "null", strict=False)
        except (ValueError, RecursionError):
            continue
        waiting: list[Any] = [whole]
        while waiting:
            thing = waiting.pop(0)
            if isinstance(thing, list):
                waiting += thing
            elif isinstance(thing, dict):
                waiting += [thing["@graph"]] if isinstance(thing.get("@graph"), list) else []
                kinds = thing.get("@type")
                if any(kind in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                    yield thing


def _of_thing(thing: Mapping[str, Any]) -> Iterator[tuple[Field, str, str]]:
    page = thing.get("mainEntityOfPage")
    stated: tuple[tuple[Field, str, Any], ...] = (
        ("title", "headline", thing.get("headline")),
        ("author", "author", thing.get("author")),
        ("source", "publisher", thing.get("publisher")),
        ("published", "datePublished", thing.get("datePublished")),
        ("url", "url", thing.get("url") or (page.get("@id") if isinstance(page, dict) else page)),
    )
    for field, key, value in stated:
        words = _named(value)
        if words:
            yield field, words, f"JSON-LD {key}"


def _named(value: Any) -> str:
    """A JSON-LD value in words: text, something with a name, or a list of such."""
    names = [one.get("name") if isinstance(one, dict) else one for one in islice(leaves(value), 20)]
    return ", ".join(dict.fromkeys(name.strip() for name in names if isinstance(name, str) and name.strip()))
