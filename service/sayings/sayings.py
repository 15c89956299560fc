"""Lists, counts and comparisons of what was said: a question goes in, all of it comes out, grouped, in order of days.

"What has Qin Gang said about seafood?", "What have Chinese officials said about Taiwan?", "Who has been Japan’s foreign
minister?": answered from the statement index and the words of the articles alone, complete and counted; never by what
the search happens to find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retriever.catalogue.names import may_be, name_words, sought_words
from retriever.catalogue.records import StatementEntry
from retriever.records import Filters
from service.drafting.extracting import Draft
from service.sayings import groups, holders, order
from service.sayings.index import ALWAYS, Articles, Index, Period, Statements, day_of, name_of, one_speaker
from service.sayings.telling import told
from service.sayings.wanted import Wanted, WantedCount, WantedGroup, WantedOffice, WantedOrder, wish_in

SHOWN = 3  # of all that were said, in the answer's text; every one goes with it as data
_NAMED = 4  # of those who spoke, in the heading

_Told = tuple[list[Draft], list[StatementEntry]]


@dataclass(frozen=True, slots=True)
class Sayings:
    """Answers such questions. Raises StoreError where the index cannot be read."""

    statements: Statements
    articles: Articles

    def drafts(self, text: str, filters: Filters, period: Period = ALWAYS) -> _Told:
        """The answer's sentences and all statements that it counts; both empty where the question asks for something
        else, or where nothing of the kind was said. ``period``: in which it was said; ``filters`` has the days of
        publication.
        """
        index = Index(self.statements, self.articles)
        match wish_in(text):
            case Wanted() as wanted:
                return _everything(index, wanted, filters, period.within(wanted.period))
            case WantedGroup() as wanted:
                return _by_group(index, wanted, filters, period.within(wanted.period))
            case WantedOffice(office, held):
                return holders.drafts(index, office, _published_in(filters, period), held), []
            case WantedCount() as wanted:
                return _counted(index, wanted, filters, period.within(wanted.period))
            case WantedOrder() as wanted:
                return order.drafts(index, wanted, filters, period)
            case None:
                return [], []


def _published_in(filters: Filters, period: Period) -> Filters:
    """A text calls somebody the holder of an office on the day of its publication."""
    days = period.within(Period(filters.since, filters.until))
    return replace(filters, since=days.since, until=days.until)


def _everything(index: Index, wanted: Wanted, filters: Filters, period: Period) -> _Told:
    found = index.said(wanted.speaker, wanted.about, filters, period)
    if not (entries := index.once(found)):
        return [], []
    things = f"{_statements(entries)} by {_whose(wanted.speaker, entries)} on {wanted.about}{_where(index, found)}"
    return told(index, entries[:SHOWN], _opening(things, len(entries)), wanted.about, named=False), entries


def _counted(index: Index, wanted: WantedCount, filters: Filters, period: Period) -> _Told:
    found = index.said(wanted.speaker, wanted.about, filters, period)
    if not (entries := index.once(found)):
        return [], []
    about = f" on {wanted.about}" if wanted.about else ""
    things = f"{_statements(entries)} by {_whose(wanted.speaker, entries)}{about}{_where(index, found)}"
    shown = entries[:1] if len(entries) == 1 else [entries[0], entries[-1]]
    heading = f"{things}. The first and the last: " if len(entries) > 2 else f"{things}: "
    return told(index, shown, heading, wanted.about or "", named=True), entries


def _by_group(index: Index, wanted: WantedGroup, filters: Filters, period: Period) -> _Told:
    (found,), about = index.said_nearly((None,), wanted.about, filters, period)
    found = [entry for entry in found if name_words(name_of(entry)) and not _is_one_of(entry, wanted.without)]
    if wanted.group:
        found = groups.members(index, found, wanted.group)
    else:
        found = [entry for entry in found if groups.is_name(name_of(entry))]
    if not found:
        return [], []
    entries = index.once(found)
    by_name = _grouped(entries)
    narrower = "" if about == wanted.about else " (fewer words than were asked for)"
    whose = f" by {wanted.group.asked}" if wanted.group else ""
    heading = f"{_statements(entries)}{whose} on {about}{narrower}{_copied(index, found)}, by "
    heading += f"{_listed(by_name)}. "
    everything = [entry for theirs in by_name.values() for entry in theirs]
    return told(index, _one_each(list(by_name.values())), heading, about, named=True), everything


def _whose(asked: str, entries: Sequence[StatementEntry]) -> str:
    """As the question names them; where several have that name, all of them."""
    return asked if one_speaker(entries, asked) else f"{asked} ({_listed(_grouped(entries))})"


def _grouped(entries: Sequence[StatementEntry]) -> dict[str, list[StatementEntry]]:
    """By the fullest name, who said most first; each in the order of days."""
    keys: dict[str, list[StatementEntry]] = {}
    for entry in entries:
        keys.setdefault(name_words(name_of(entry)), []).append(entry)
    ordered = sorted(keys.values(), key=lambda each: (-len(each), day_of(each[0])))
    return {Counter(map(name_of, each)).most_common(1)[0][0]: each for each in ordered}


def _one_each(grouped: Sequence[Sequence[StatementEntry]]) -> list[StatementEntry]:
    """The first of each; where fewer spoke than are shown, what they said next."""
    turns = max(map(len, grouped))
    return [each[turn] for turn in range(turns) for each in grouped if turn < len(each)][:SHOWN]


def _listed(by_name: dict[str, list[StatementEntry]]) -> str:
    """ "Wang Wenbin (4), Qin Gang (2) and 3 others"."""
    named = [f"{name} ({len(entries)})" for name, entries in by_name.items()]
    others = len(named) - _NAMED
    if others > 1:
        return f"{len(named)} speakers: {', '.join(named[:_NAMED])} and {others} others"
    return f"{len(named)} speakers: {', '.join(named)}" if len(named) > 1 else named[0].rsplit(" (", 1)[0]


def _is_one_of(entry: StatementEntry, names: Sequence[str]) -> bool:
    """A surname alone may be anybody's who has it."""
    theirs = name_words(name_of(entry))
    return any(
        may_be(sought, theirs) or any(set(theirs.split()) <= words for words in sought)
        for sought in map(sought_words, names)
    )


def _opening(things: str, count: int) -> str:
    """So that nobody takes three for all."""
    return f"{things}: " if count <= SHOWN else f"{things}; the first of them: "


def _statements(entries: Sequence[StatementEntry]) -> str:
    return "1 statement" if len(entries) == 1 else f"{len(entries)} statements"


def _where(index: Index, entries: Sequence[StatementEntry]) -> str:
    return _copied(index, entries) or " in these documents"


def _copied(index: Index, entries: Sequence[StatementEntry]) -> str:
    """In how many articles, where some of them are copies: those are no further sources."""
    groups_ = index.copies_of(entries)
    sources = len(set(groups_.values()))
    plural = "s" if sources > 1 else ""
    return "" if sources == len(groups_) else f" in {len(groups_)} articles from {sources} source{plural}"
