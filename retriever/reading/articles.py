"""What a format gave goes in, a finished article comes out: cleaned, with what its text says of itself and a digest."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from retriever.errors import UnreadableFile
from retriever.reading import cleaning, telling
from retriever.reading.days import day
from retriever.records import Article, Field

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_READABLE = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Rough:
    """What one format gives: text before cleaning, and metadata as written, each with how it is known."""

    text: str
    fields: Mapping[Field, str] = field(default_factory=dict)
    known: Mapping[Field, str] = field(default_factory=dict)


def unreadable(name: str, problem: str, remedy: str) -> UnreadableFile:
    """The error for a file, in the words every such error uses."""
    return UnreadableFile(problem, thing="file", value=name, remedy=remedy)


def finished(rough: Rough, *, id: str) -> Article:  # noqa: A002 - the field of Article
    """The article. Raises UnreadableFile when nothing that can be read is left of the text.

    Metadata that the format gave goes before what the text says. A date that is not a full one is left out.
    """
    fields = {key: _one_line(value) for key, value in rough.fields.items()}
    text = cleaning.cleaned(_LONE_SURROGATE.sub("\ufffd", rough.text), title=fields.get("title"))
    if not _READABLE.search(text):
        raise unreadable(id, "holds no text", "Check that the article's text is in it.")
    published = day(fields.pop("published", ""))
    said = telling.of_itself(text)
    known: dict[Field, str] = {key: rough.known[key] for key, value in fields.items() if value}
    values: dict[Field, str] = {key: value for key, value in fields.items() if value}
    for key, told in said.items():
        if key != "published" and key not in values:
            values[key], known[key] = told.value, told.how
    if published:
        known["published"] = rough.known["published"]
    elif "published" in said and (published := day(said["published"].value)):
        known["published"] = said["published"].how
    whole = {"text": text, "published": published and published.isoformat(), "fields": values}
    return Article(
        id=_one_line(id),
        text=text,
        title=values.get("title"),
        author=values.get("author"),
        source=values.get("source"),
        published=published,
        url=values.get("url"),
        known=known,
        digest=hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest(),
    )


def _one_line(value: str) -> str:
    return " ".join(cleaning.seen(_LONE_SURROGATE.sub("\ufffd", " ".join(value.split()))).split())
