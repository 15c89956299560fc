"""Two who spoke go in; who of them did so first comes out, with both statements, or that it cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from retriever.catalogue.records import StatementEntry
from retriever.records import Filters
from service.drafting.extracting import Draft
from service.sayings.index import ALWAYS, Index, name_of, one_speaker
from service.sayings.telling import told
from service.sayings.wanted import WantedOrder

_REPORTED_WITHIN = timedelta(days=3)  # what only the article's date is known of was said on that day or shortly before


def drafts(index: Index, wanted: WantedOrder, filters: Filters) -> tuple[list[Draft], list[StatementEntry]]:
    """Both empty where one of the two said nothing of the kind, or a name is that of several."""
    found = [
        index.once(index.said_nearly(speaker, about, filters, ALWAYS)[0])
        for speaker, about in zip(wanted.speakers, wanted.abouts, strict=True)
    ]
    if not all(found) or _same_people(found) or not all(map(one_speaker, found, wanted.speakers)):
        return [], []
    (ours, theirs), everything = (each[0] for each in found), [*found[0], *found[1]]
    first, second = _span(ours), _span(theirs)
    if first is None or second is None or (first[0] <= second[1] and second[0] <= first[1]):
        heading = "The order cannot be told from the dates. "
        return told(index, [ours, theirs], heading, " ".join(wanted.abouts), named=True), everything
    before = first[1] < second[0]
    ordered = [ours, theirs] if before else [theirs, ours]
    heading = _answer(wanted, name_of(ordered[0]), before=before, several=max(map(len, found)) > 1)
    return told(index, ordered, heading, " ".join(wanted.abouts), named=True), everything


def _answer(wanted: WantedOrder, earlier: str, *, before: bool, several: bool) -> str:
    """The answer in front: "Before.", "No, after.", "Jane Blake first."."""
    of = " (the first statements of each)" if several else ""
    if wanted.relation:
        truth = "before" if before else "after"
        return f"Yes, {truth}{of}. " if truth == wanted.relation else f"No, {truth}{of}. "
    return f"{'Before' if before else 'After'}: {earlier} spoke first{of}. "


def _same_people(found: Sequence[Sequence[StatementEntry]]) -> bool:
    ids = [{entry.statement.id for entry in each} for each in found]
    return bool(ids[0] & ids[1])


def _span(entry: StatementEntry) -> tuple[date, date] | None:
    """The days on one of which it was said."""
    when = entry.statement.said_on
    if when and when.first and when.last and (when.text or when.basis != "publication"):
        return when.first, when.last
    day = (when and when.first) or entry.published
    return (day - _REPORTED_WITHIN, day) if day else None
