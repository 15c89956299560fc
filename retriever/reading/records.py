"""JSON and JSON Lines: articles as objects with the keys id, title, author, source, published, url and text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from retriever.errors import UnreadableFile
from retriever.reading.articles import Rough, failed, finished, leaves, unreadable
from retriever.reading.decoding import decoded
from retriever.records import Article, Field, Outcome

_FIELDS: tuple[Field, ...] = ("title", "author", "source", "published", "url")
_CORRECT = "Correct it there. Several objects, one a line, belong in a .jsonl file."
_MOST_BAD = 1_000  # lines at the start of a file, all of them no JSON: the file is of another kind
_LONGEST_ID = 500  # characters
_SHAPE = 'Give one object with "text" and, where known, "id", "title", "author", "source", "published" and "url".'


def articles(content: bytes, *, name: str, lines: bool) -> Iterator[Article | Outcome]:
    """Every article of the file, and a failed Outcome for each part that is none, in the file's order.

    A part is one line of JSON Lines, else the object or one of the array's. An article without an ``id`` is named
    ``file`` (one object) or ``file:number``, counted from 1. Raises UnreadableFile for JSON that cannot be parsed.
    """
    text = decoded(content, name=name).lstrip("\ufeff\x00")
    parts = _lines(text, name) if lines else _objects(text, name)
    if parts == []:
        raise unreadable(name, "holds no article", _SHAPE)
    if not isinstance(parts, list):
        return iter([_article(parts, name)])
    return _kept(parts)


def _kept(parts: Sequence[tuple[str, object]]) -> Iterator[Article | Outcome]:
    taken: dict[str, str] = {}
    for place, part in parts:
        try:
            found = _article(part, place)
        except UnreadableFile as error:
            yield Outcome(name=place, status="failed", reason=str(error))
            continue
        except Exception as error:  # noqa: BLE001 - logged and told there; the other parts are sound
            yield failed(error, name=place)
            continue
        if found.id in taken:
            reason = f"id {found.id!r} was given before ({taken[found.id]}). Give each article an id of its own."
            yield Outcome(name=place, status="failed", reason=reason)
            continue
        taken[found.id] = place
        yield found


def _lines(text: str, name: str) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    bad = 0
    # Not splitlines(): U+2028 and its like may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"{name}:{number}"
            try:
                found.append((place, _parsed(line, place)))
            except UnreadableFile as error:
                found.append((place, error))
                bad += 1
                if bad == len(found) == _MOST_BAD:
                    problem = f"is no JSON Lines file: none of its first {_MOST_BAD:,} lines is valid JSON"
                    raise unreadable(name, problem, _SHAPE) from error
    return found


def _objects(text: str, name: str) -> object:
    whole = _parsed(text, name)
    if not isinstance(whole, list):
        return whole
    return [(f"{name}:{number}", part) for number, part in enumerate(whole, start=1)]


def _parsed(text: str, place: str) -> object:
    try:
        return json.loads(text, strict=False)  # line breaks inside strings are harmless
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        problem = f"is no valid JSON ({error.msg} at {where}): {_excerpt(text, error.pos)!r}"
        raise unreadable(place, problem, _CORRECT) from error
    except (ValueError, RecursionError) as error:  # figures of thousands of digits, brackets nested without end
        raise unreadable(place, f"is no JSON that can be read ({error})", _SHAPE) from error


def _article(part: object, place: str) -> Article:
    if isinstance(part, UnreadableFile):
        raise part
    if not isinstance(part, dict):
        raise unreadable(place, f"is {_kind(part)}, not an object", _SHAPE)
    text = part.get("text")
    if not isinstance(text, str) or not text.strip():
        problem = 'has no "text"' if "text" not in part else f'has a "text" that is {_kind(text)}'
        raise unreadable(place, problem, _SHAPE)
    given = part.get("id")
    if given is not None and not (isinstance(given, (str, int)) and 0 < len(str(given).strip()) <= _LONGEST_ID):
        raise unreadable(place, f'has an "id" that is {_kind(given)}', f"Give it 1 to {_LONGEST_ID} characters.")
    fields: dict[Field, str] = {key: value for key in _FIELDS if (value := _written(part.get(key)))}
    known: dict[Field, str] = dict.fromkeys(fields, "JSON field")
    return finished(Rough(text, fields, known), id=place if given is None else str(given))


def _written(value: object) -> str:
    """Text or number, or a list of such, in words; "" for anything else."""
    words = (str(one).strip() for one in leaves(value) if isinstance(one, (str, int)) and not isinstance(one, bool))
    return ", ".join(filter(None, words))


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, (str, list, dict)) and not value:
        return "empty"
    names = {str: "text", list: "a list", dict: "an object", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)


def _excerpt(text: str, position: int) -> str:
    return text[max(0, position - 20) : position + 20]
