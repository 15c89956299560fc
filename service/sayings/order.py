"""Two who spoke go in; who of them did so first comes out, with both statements, or that it cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from retriever.catalogue.records import StatementEntry
from retriever.records import Filters
from service.drafting.extracting import Draft
from service.sayings.index import Index, Period, name_of, one_speaker
from service.sayings.telling import told
from service.sayings.wanted import WantedOrder

_REPORTED_WITHIN = timedelta(days=3)  # what only the article's date is known of was said on that day or shortly before


def drafts(
    index: Index, wanted: WantedOrder, filters: Filters, period: Period
) -> tuple[list[Draft], list[StatementEntry]]:
    """Both empty where one of the two said nothing of the kind, a name is that of several, or not both can be told."""
    found, about = _said(index, wanted, filters, period)
    if not all(found) or _same_people(found) or not all(map(one_speaker, found, wanted.speakers)):
        return [], []
    (ours, theirs), everything = (each[0] for each in found), [*found[0], *found[1]]
    first, second = _span(ours), _span(theirs)
    if first is None or second is None or (first[0] <= second[1] and second[0] <= first[1]):
        order = "The order cannot be told from the dates"
    else:
        before = first[1] < second[0]
        order = _answer(wanted, name_of(ours if before else theirs), before=before)
        order += " (the first statements of each)" if max(map(len, found)) > 1 else ""
    both = told(index, [ours, theirs], f"{order}{_narrower(wanted, about)}. ", about, named=True)
    return (both, everything) if len(both) > 1 else ([], [])


def _said(
    index: Index, wanted: WantedOrder, filters: Filters, period: Period
) -> tuple[list[list[StatementEntry]], str]:
    """What each of the two said, and with which words it was found: the same for both, unless the question itself
    names two things.
    """
    if wanted.abouts[0] == wanted.abouts[1]:
        found, about = index.said_nearly(wanted.speakers, wanted.abouts[0], filters, period)
        return [index.once(each) for each in found], about
    pairs = zip(wanted.speakers, wanted.abouts, strict=True)
    apart = [index.said_nearly((speaker,), about, filters, period) for speaker, about in pairs]
    return [index.once(each) for (each,), _ in apart], " and ".join(about for _, about in apart)


def _answer(wanted: WantedOrder, earlier: str, *, before: bool) -> str:
    """The answer in front: "Yes, before", "No, after", "Before: Jane Blake spoke first"."""
    truth = "before" if before else "after"
    if wanted.relation:
        return f"{'Yes' if truth == wanted.relation else 'No'}, {truth}"
    return f"{truth.capitalize()}: {earlier} spoke first"


def _narrower(wanted: WantedOrder, about: str) -> str:
    """With which words both were found, where those are not all that were asked for."""
    asked = " and ".join(dict.fromkeys(wanted.abouts))
    return "" if about == asked else f" on {about} (fewer words than were asked for)"


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
