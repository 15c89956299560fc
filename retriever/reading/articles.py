"""What a format gave goes in, a finished article comes out: cleaned, with what its text says of itself and a digest.

Where there is none: the error for a file that cannot be used, the outcome of one that made its reader fail.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from retriever.errors import UnreadableFile
from retriever.reading import cleaning, telling
from retriever.reading.days import day
from retriever.records import Article, Field, Outcome

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_READABLE = re.compile(r"[^\W_]")
_LONGEST_WORDS = 200  # characters of an error's own words that are shown

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rough:
    """What one format gives: text before cleaning, and metadata as written, each with how it is known."""

    text: str
    fields: Mapping[Field, str] = field(default_factory=dict)
    known: Mapping[Field, str] = field(default_factory=dict)


def unreadable(name: str, problem: str, remedy: str) -> UnreadableFile:
    """The error for a file, in the words every such error uses."""
    return UnreadableFile(problem, thing="file", value=name, remedy=remedy)


def failed(error: Exception, *, name: str) -> Outcome:
    """The outcome of ``name``, a file or a part of it, whose reading raised what nobody foresaw; the log has its trace.

    So that one odd file ends no ingest. Raises the error again where it is none of the file's: memory that ran out.
    """
    if isinstance(error, MemoryError):
        raise error
    _log.error("reading %r failed", name, exc_info=error, extra={"file": name})
    problem = f"could not be read ({type(error).__name__}: {str(error)[:_LONGEST_WORDS]})"
    remedy = "Save the article's text as .txt and ingest that; the log has what is needed to report it."
    return Outcome(name, "failed", reason=str(unreadable(name, problem, remedy)))


def leaves(value: object) -> Iterator[object]:
    """The value, or if it is a list what that holds, lists within it too. Without recursion: lists nested without end
    must end nothing.
    """
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        else:
            yield one


def finished(rough: Rough, *, id: str) -> Article:  # noqa: A002 - the field of Article
    """The article. Raises UnreadableFile when nothing that can be read is left of the text.

    Metadata that the format gave goes before what the text says. A date that is not a full one is left out.
    """
    fields = {key: _one_line(value) for key, value in rough.fields.items()}
    text = cleaning.cleaned(_LONE_SURROGATE.sub("\ufffd", rough.text), title=fields.get("title"))
    if not _READABLE.search(text):
        raise unreadable(id, "holds no text", "Check that the article's text is in it.")
    published = day(fields.pop("published", ""))
    known: dict[Field, str] = {key: rough.known[key] for key, value in fields.items() if value}
    values: dict[Field, str] = {key: value for key, value in fields.items() if value}
    given: list[Field] = [*values, "published"] if published else [*values]
    said = telling.of_itself(text, title=values.get("title"), given=given)
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
