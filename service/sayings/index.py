"""What the statement index and the articles hold, asked for in the ways that lists and comparisons need."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from retriever.catalogue.names import may_be, name_words, one_person, sought_words
from retriever.catalogue.records import StatementChoice, StatementEntry, StatementPage
from retriever.records import Article, Filters, Hit, Passage
from retriever.wording import content_words

_ALL = 1_000_000  # passages
_SAME_WORDS = 0.7  # Jaccard: the same statement in a copy of its article


class Statements(Protocol):
    """The statement index."""

    def find(self, choice: StatementChoice) -> StatementPage: ...


class Articles(Protocol):
    """What statements stand in, and the search for exact words."""

    def articles_by_id(self, ids: Collection[str]) -> Mapping[str, Article]: ...
    def passages(self, article_id: str) -> Sequence[Passage]: ...
    def passages_by_id(self, ids: Collection[str]) -> Sequence[Passage]: ...
    def words(self, terms: Iterable[str], limit: int, within: Filters) -> Sequence[tuple[str, float]]: ...
    def frequencies(self, terms: Iterable[str]) -> Mapping[str, int]: ...
    def copies(self, ids: Collection[str]) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both inclusive; None where there is no end."""

    since: date | None = None
    until: date | None = None


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Index:
    """Reads both. Raises StoreError where the index cannot be read."""

    statements: Statements
    articles: Articles

    def said(self, speaker: str | None, about: str | None, filters: Filters, period: Period) -> list[StatementEntry]:
        """All of it, in the order of days, copies of articles among them."""
        choice = StatementChoice(
            speaker=speaker,
            about=about,
            since=max((day for day in (period.since, filters.since) if day), default=None),
            until=min((day for day in (period.until, filters.until) if day), default=None),
            documents=filters.documents,
            limit=None,
        )
        found = [
            entry
            for source in filters.sources or (None,)
            for entry in self.statements.find(replace(choice, source=source)).entries
        ]
        return found if len(filters.sources) < 2 else sorted(found, key=day_of)

    def said_nearly(
        self, speaker: str | None, about: str, filters: Filters, period: Period
    ) -> tuple[list[StatementEntry], str]:
        """``said``; where nobody said all of these words, what was said with the rarer half of them and every name,
        and which those are.
        """
        if found := self.said(speaker, about, filters, period):
            return found, about
        fewer = self._rarer(about)
        return (self.said(speaker, fewer, filters, period), fewer) if fewer else ([], about)

    def _rarer(self, about: str) -> str:
        words = content_words(about)
        names = {word for each in about.split() if each[:1].isupper() for word in content_words(each)}
        counted = self.articles.frequencies(words)
        known = sorted((word for word in words if counted[word]), key=lambda word: (word not in names, counted[word]))
        half = max((len(words) + 1) // 2, len(names))
        kept = set(known[:half])
        if len(kept) < half or len(kept) == len(words) or not names <= kept:
            return ""
        return " ".join(word for word in about.split() if kept & set(content_words(word)))

    def once(self, entries: Sequence[StatementEntry]) -> list[StatementEntry]:
        """Without what a copy of an article repeats."""
        groups = self.copies_of(entries)
        kept: list[StatementEntry] = []
        words: dict[str, list[tuple[str, set[str]]]] = {}
        for entry in entries:
            id_ = entry.statement.article_id
            mine = set(content_words(entry.statement.content))
            told = words.setdefault(groups[id_], [])
            if not any(other != id_ and _alike(mine, theirs) for other, theirs in told):
                kept.append(entry)
                told.append((id_, mine))
        return kept

    def copies_of(self, entries: Iterable[StatementEntry]) -> dict[str, str]:
        """For the article of each statement what it shares with its copies."""
        ids = {entry.statement.article_id for entry in entries}
        known = self.articles.copies(ids)
        return {id_: known.get(id_, id_) for id_ in ids}

    def hit(self, article: Article, at: int) -> Hit:
        """The passage in which a place of an article lies."""
        passages = self.articles.passages(article.id)
        passage = next((each for each in passages if each.start <= at < each.end), passages[0])
        return Hit(passage, article, 0.0, None, None)

    def ids_with(self, terms: Collection[str], filters: Filters) -> dict[str, float]:
        """Ids of the passages in which any of the terms stands, each a phrase."""
        return dict(self.articles.words(terms, _ALL, filters)) if terms else {}

    def passages_with(self, terms: Collection[str], limit: int, filters: Filters) -> Sequence[Passage]:
        """Passages in which any of the terms stands, each a phrase."""
        return self.articles.passages_by_id([id_ for id_, _ in self.articles.words(terms, limit, filters)])


def _alike(mine: set[str], theirs: set[str]) -> bool:
    return len(mine & theirs) >= _SAME_WORDS * max(1, len(mine | theirs))


def day_of(entry: StatementEntry) -> tuple[bool, date]:
    """By which statements are put in order, undated ones last."""
    said = entry.statement.said_on
    day = (said and said.first) or entry.published
    return day is None, day or date.min


def one_speaker(entries: Iterable[StatementEntry], asked: str) -> bool:
    """Whether all may be one person's: no two who may be the one that is asked for have whole names that differ."""
    sought = sought_words(asked)
    names = {words for entry in entries for words in name_words(name_of(entry)).split("|")}
    whole = {words for words in names if " " in words and may_be(sought, words)}
    return len(set(one_person(whole).values())) < 2


def name_of(entry: StatementEntry) -> str:
    """Who said it: the name, else the words that stand for it."""
    return entry.statement.speaker or entry.statement.speaker_text
