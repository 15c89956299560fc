"""Statements as ``whosaid statements`` writes them: a table to read, JSON and CSV for programs, Markdown for notes."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from service.statements import listed

if TYPE_CHECKING:
    from retriever.catalogue.records import StatementEntry, StatementPage

_HEADINGS = ("day", "who", "said", "where")
_DAY, _WHO, _LEAST = 12, 24, 14  # characters of a column
_GAP = "  "
_COLUMNS = (
    "id speaker speaker_text role cue content kind addressee said_from said_to said_precision said_basis said_text via "
    "speech document_id start end slices title source published"
).split()


def written(page: StatementPage, form: str, width: int) -> str:
    """The whole page. ``form``: table, json, csv or md; ``width``: of the table, in characters."""
    if form == "json":
        fields = {"statements": [listed(entry) for entry in page.entries], "total": page.total}
        return json.dumps(fields, ensure_ascii=False, indent=2)
    if form == "csv":
        return _csv(page.entries)
    rows = [_row(entry) for entry in page.entries]
    if form == "md":
        return "\n".join(["| day | who | said | where |", "|---|---|---|---|", *map(_marked, rows)])
    counted = f"{page.total:,} statement{'' if page.total == 1 else 's'}."
    return "\n".join([*_table(rows, width), counted] if rows else ["No statement fits."])


def _row(entry: StatementEntry) -> tuple[str, ...]:
    """A day in parentheses is that of publication: when it was said is not known, or not said by the text."""
    one, said = entry.statement, entry.statement.said_on
    if said and said.first and said.last and said.basis != "publication":
        day = said.first.isoformat() + (f" – {said.last}" if said.last != said.first else "")
    else:
        day = f"({entry.published})" if entry.published else "undated"
        day += f" {said.text}" if said and said.text else ""
    who = one.speaker or one.speaker_text or "not told"
    who += f", {one.role}" if one.role else ""
    who += f", to {one.addressee}" if one.addressee else ""
    who += f" (reported by {', cited by '.join(reversed(one.via))})" if one.via else ""
    where = f"{entry.source}, " if entry.source else ""
    place = f"{where}{one.article_id}, characters {one.start}–{one.end}"
    return tuple(" ".join(cell.split()) for cell in (day, who, one.content, place))


def _table(rows: Sequence[tuple[str, ...]], width: int) -> Iterable[str]:
    rest = max(width - _DAY - _WHO - 3 * len(_GAP), 2 * _LEAST)
    widths = (_DAY, _WHO, rest - rest // 3, rest // 3)
    for row in (_HEADINGS, *rows):
        cells = [textwrap.wrap(cell, size) for cell, size in zip(row, widths, strict=True)]
        for parts in zip_longest(*cells, fillvalue=""):
            yield _GAP.join(f"{part:<{size}}" for part, size in zip(parts, widths, strict=True)).rstrip()


def _marked(row: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace(chr(92), chr(92) * 2).replace('|', chr(92) + '|') for cell in row)} |"


def _csv(entries: Sequence[StatementEntry]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, _COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for entry in entries:
        fields = listed(entry)
        said = {f"said_{name}": value for name, value in (fields["said_on"] or {}).items()}
        slices = " ".join(f"{start}-{end}" for start, end in fields["slices"])
        writer.writerow({**fields, **said, "via": " > ".join(fields["via"]), "slices": slices})
    return file.getvalue().rstrip("\n")
