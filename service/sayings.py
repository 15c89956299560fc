"""Everything that somebody said about something: a question goes in, all of it comes out, in the order of its days.

"What has Qin Gang said about seafood?", "Everything Hayashi said about Taiwan in 2023": answered from the statement
index alone, complete and counted; never by what the search happens to find.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from retriever import dating
from retriever.catalogue.records import StatementChoice, StatementEntry, StatementPage
from retriever.records import Article, Filters, Hit, Passage
from retriever.wording import content_words
from service.extracting import LONG, Draft
from service.leads import Slice
from service.phrasing import balanced, excerpt, in_quotation_marks, one_line

SHOWN = 3  # of all that were said, in the answer's text; every one goes with it as data
_SAID = r"(?:said|stated|told reporters|remarked|written|commented)\s+(?:about|on|of)"
_ALL = r"(?:everything|all|every (?:statement|remark))(?: that| which)?"
_YEAR = r"(?:\s+in (?P<year>(?:19|20)\d\d))?[\s?.!]*$"
_WANTED = (
    rf"^(?:please )?(?:(?:list|show me|give me|tell me) )?{_ALL}\s+(?P<speaker>[^,?]+?)\s+(?:ha\w+ |ever )*{_SAID}",
    rf"^what (?:all )?(?:has|have)\s+(?P<speaker>[^,?]+?)\s+(?:ever |publicly |so far )*{_SAID}",
)
_EVERYTHING = tuple(re.compile(rf"{opening}\s+(?P<about>.+?){_YEAR}", re.I) for opening in _WANTED)


class Statements(Protocol):
    """The statement index."""

    def find(self, choice: StatementChoice) -> StatementPage: ...


class Articles(Protocol):
    """What statements stand in."""

    def articles_by_id(self, ids: Collection[str]) -> Mapping[str, Article]: ...
    def passages(self, article_id: str) -> Sequence[Passage]: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose words, about what, and when."""

    speaker: str
    about: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Sayings:
    """Answers such questions. Raises StoreError where the index cannot be read."""

    statements: Statements
    articles: Articles

    def drafts(self, text: str, filters: Filters) -> tuple[list[Draft], list[StatementEntry]]:
        """The answer's sentences and all statements; both empty where the question asks for something else, or where
        nothing of the kind was said.
        """
        wanted = wanted_in(text)
        entries = self._all(wanted, filters) if wanted else []
        if wanted is None or not entries:
            return [], []
        known = self.articles.articles_by_id({entry.statement.article_id for entry in entries[:SHOWN]})
        shown = [entry for entry in entries[:SHOWN] if entry.statement.article_id in known]
        budget = LONG // (len(shown) + 1)
        told = [self._told(entry, known[entry.statement.article_id], budget, wanted) for entry in shown]
        return _headed(told, wanted, len(entries)), entries

    def _all(self, wanted: Wanted, filters: Filters) -> list[StatementEntry]:
        sources = filters.sources or (None,)
        since = max((day for day in (wanted.since, filters.since) if day), default=None)
        until = min((day for day in (wanted.until, filters.until) if day), default=None)
        found = [
            entry
            for source in sources
            for entry in self.statements.find(
                StatementChoice(
                    speaker=wanted.speaker, about=wanted.about, since=since, until=until, source=source,
                    documents=filters.documents, limit=None,
                )
            ).entries
        ]  # fmt: skip
        return found if len(sources) == 1 else sorted(found, key=_day)

    def _told(self, entry: StatementEntry, article: Article, words: int, wanted: Wanted) -> Draft:
        """One statement, its day in front."""
        statement = entry.statement
        own = Slice(self._hit(article, statement.start), statement.start, statement.end)
        said = excerpt(one_line(own.text), words, content_words(wanted.about))
        alone = statement.kind == "direct" and not statement.cue and not _marked(said)  # a turn of a transcript
        body = in_quotation_marks(said) if alone else balanced(said)
        day = dating.in_words(statement.said_on) if statement.said_on else ""
        return Draft(f"{day}: {body}" if day else body, (own,), (day,) if day else (), statement=statement)

    def _hit(self, article: Article, at: int) -> Hit:
        passages = self.articles.passages(article.id)
        passage = next((each for each in passages if each.start <= at < each.end), passages[0])
        return Hit(passage, article, 0.0, None, None)


def _headed(told: Sequence[Draft], wanted: Wanted, count: int) -> list[Draft]:
    """The first sentence says how many there are, so that nobody takes three for all."""
    things = "1 statement" if count == 1 else f"{count} statements"
    heading = f"{things} by {wanted.speaker} on {wanted.about} in these documents"
    heading += ": " if count <= len(told) else f", of which the first {len(told)}: "
    first = told[0]
    opened = Draft(f"{heading}{first.text}", first.slices, (*first.derived, heading), heading, first.statement)
    return [opened, *told[1:]]


def wanted_in(text: str) -> Wanted | None:
    """What a question wants all of; None where it asks for something else."""
    for pattern in _EVERYTHING:
        if match := pattern.match(text.strip()):
            about = re.sub(r"^(?:the|a|an)\s+", "", match["about"].strip(), flags=re.I)
            year = match["year"] and int(match["year"])
            period = (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
            return Wanted(match["speaker"].strip(), about, *period)
    return None


def _marked(text: str) -> bool:
    return text.startswith(("“", '"', "''", "„", "«"))


def _day(entry: StatementEntry) -> tuple[bool, date]:
    said = entry.statement.said_on
    day = (said and said.first) or entry.published
    return day is None, day or date.min
