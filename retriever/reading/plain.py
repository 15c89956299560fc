"""Text and Markdown files, with or without YAML front matter [python-frontmatter]."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from retriever.reading.articles import Rough
from retriever.reading.decoding import decoded
from retriever.reading.markdown import plain
from retriever.records import Field

_FIELDS: tuple[Field, ...] = ("title", "author", "source", "published", "url")
_FRONT = re.compile(r"\s*---[ \t]*\r?\n.*?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
_PAIR = re.compile(r"^(title|author|source|published|url):[ \t]*(\S.*?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_LARGEST = 10**18  # figures beyond are no number that somebody wrote, and Python refuses to print those of 4,300 digits
_HEADING = re.compile(r"^ {0,3}#[ \t]+(\S.*?)[ \t]*#*$", re.MULTILINE)


def rough(content: bytes, *, name: str, markdown: bool) -> Rough:
    """Text and front matter. What opens like front matter and is none is left standing in the text.

    Raises UnreadableFile when the bytes are no text.
    """
    text = decoded(content, name=name).replace("\r\n", "\n").replace("\r", "\n")
    front, body = _parted(text)
    fields: dict[Field, str] = {key: _written(front[key]) for key in _FIELDS if front.get(key) not in (None, "", [])}
    known: dict[Field, str] = dict.fromkeys(fields, "front matter")
    if not markdown:
        return Rough(body, fields, known)
    heading = _HEADING.search(body)
    if heading and "title" not in fields:
        fields["title"] = plain(heading[1])
        known["title"] = "the text: its heading"
    return Rough(plain(body), fields, known)


def _parted(text: str) -> tuple[Mapping[str, object], str]:
    """Front matter and the text after it. Without valid YAML, plain "key: value" lines are still understood; endless
    numbers are taken from these too, as they stand. With no key that is known or written small it is text: a
    transcript's turns between two rules look just like it.
    """
    match = _FRONT.match(text)
    if not match:
        return {}, text

    import frontmatter
    from frontmatter.default_handlers import YAMLHandler

    try:
        front, _ = frontmatter.parse(match[0].strip() + "\n", handler=YAMLHandler())
    except Exception:  # noqa: BLE001 - a YAML parser's many errors; nothing is lost, the lines are read or kept below
        front = {}
    lines = {key.lower(): value.strip("\"'") for key, value in _PAIR.findall(match[0])}
    if not front:
        front = dict(_PAIR.findall(match[0]))
    named = {key.lower(): value for key, value in front.items() if isinstance(key, str)}
    small = bool(front) and all(isinstance(key, str) and key.islower() for key in front)
    if not (small or named.keys() & set(_FIELDS)):
        return {}, text
    return {key: lines.get(key) if _is_endless(value) else value for key, value in named.items()}, text[match.end() :]


def _is_endless(value: object) -> bool:
    return isinstance(value, int) and abs(value) >= _LARGEST


def _written(value: object) -> str:
    if isinstance(value, date):  # YAML reads an unquoted 2020-11-24 as a date
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(one for one in value[:50] if isinstance(one, str))
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
