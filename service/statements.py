"""A statement as it is shown everywhere: in answers, in lists, under its article. Plain values fit for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from retriever.records import Statement, When

if TYPE_CHECKING:
    from retriever.catalogue.records import StatementEntry


def as_json(statement: Statement) -> dict[str, Any]:
    """The object in ``statements`` of an answer. Days are ISO 8601; offsets are code points into the article."""
    return {
        "id": statement.id,
        "speaker": statement.speaker,
        "speaker_text": statement.speaker_text,
        "role": statement.role,
        "cue": statement.cue,
        "content": statement.content,
        "kind": statement.kind,
        "addressee": statement.addressee,
        "said_on": _when(statement.said_on),
        "via": list(statement.via),
        "document_id": statement.article_id,
        "start": statement.start,
        "end": statement.end,
        "slices": [list(slice_) for slice_ in statement.slices],
        "speech": statement.speech,
    }


def listed(entry: StatementEntry) -> dict[str, Any]:
    """``as_json`` with what the article is known by."""
    article = {"title": entry.title, "source": entry.source, "published": _day(entry.published)}
    return {**as_json(entry.statement), **article}


def _when(said: When | None) -> Mapping[str, Any] | None:
    if said is None:
        return None
    return {
        "from": _day(said.first),
        "to": _day(said.last),
        "precision": said.precision,
        "basis": said.basis,
        "text": said.text,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
