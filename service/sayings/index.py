"""What the statement index and the articles hold, asked for in the ways that lists and comparisons need."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from retriever.catalogue.names import may_be, name_words, one_person, sought_words
from retriever.catalogue.records import StatementChoice, StatementEntry, StatementPage
from retriever.errors import ArticleNotFound
from retriever.records import Article, Filters, Hit, Passage, Statement
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

    def within(self, other: Period) -> Period:
        """The days that are in both."""
        return Period(
            max((day for day in (self.since, other.since) if day), default=None),
            min((day for day in (self.until, other.until) if day), default=None),
        )


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Source:
    """An article and its passages."""

    article: Article
    passages: Sequence[Passage]

    def hit(self, at: int) -> Hit:
        """The passage in which a place of the article lies."""
        passage = next((each for each in self.passages if each.start <= at < each.end), self.passages[0])
        return Hit(passage, self.article, 0.0, None, None)

    @property
    def is_whole(self) -> bool:
        """Whether there are passages, and all of this version."""
        return bool(self.passages) and all(_stands_in(self.article, each) for each in self.passages)

    def holds(self, statement: Statement) -> bool:
        """Whether the words of a statement, and of its day, stand where it says that they do."""
        text, when = self.article.text, statement.said_on
        words = " … ".join(text[start:end] for start, end in statement.slices)
        return words == statement.content and (when is None or text[when.start : when.end] == when.text)


@dataclass(frozen=True, slots=True)
class Index:
    """Reads both. Raises StoreError where the index cannot be read."""

    statements: Statements
    articles: Articles

    def said(self, speaker: str | None, about: str | None, filters: Filters, period: Period) -> list[StatementEntry]:
        """All of it that was said in the period, in the order of days, copies of articles among them."""
        choice = StatementChoice(
            speaker=speaker,
            about=about,
            since=period.since,
            until=period.until,
            documents=filters.documents,
            limit=None,
        )
        found = [
            entry
            for source in filters.sources or (None,)
            for entry in self.statements.find(replace(choice, source=source)).entries
        ]
        found = _by_one_of(filters.speakers, _published(found, Period(filters.since, filters.until)))
        return found if len(filters.sources) < 2 else sorted(found, key=day_of)

    def said_nearly(
        self, speakers: Sequence[str | None], about: str, filters: Filters, period: Period
    ) -> tuple[list[list[StatementEntry]], str]:
        """``said`` by each of them; where one did not say all of these words, what each said with the rarer half of
        them and every name, and which those are: the words are the same for all.
        """
        found = [self.said(speaker, about, filters, period) for speaker in speakers]
        if all(found) or not (fewer := self._rarer(about)):
            return found, about
        return [self.said(speaker, fewer, filters, period) for speaker in speakers], fewer

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

    def sources(self, ids: Collection[str]) -> dict[str, Source]:
        """Articles with their passages, by id, without those that are removed or put anew meanwhile."""
        articles = self.articles.articles_by_id(ids)
        found = {id_: Source(article, self._passages(id_)) for id_, article in articles.items()}
        return {id_: source for id_, source in found.items() if source.is_whole}

    def _passages(self, article_id: str) -> Sequence[Passage]:
        try:
            return self.articles.passages(article_id)
        except ArticleNotFound:  # it was there a moment ago
            return ()

    def hits(self, passages: Sequence[Passage]) -> list[Hit]:
        """Passages with their articles, without those that are removed or put anew meanwhile."""
        articles = self.articles.articles_by_id({passage.article_id for passage in passages})
        return [
            Hit(passage, article, 0.0, None, None)
            for passage in passages
            if (article := articles.get(passage.article_id)) and _stands_in(article, passage)
        ]

    def ids_with(self, terms: Collection[str], filters: Filters) -> dict[str, float]:
        """Ids of the passages in which any of the terms stands, each a phrase."""
        return dict(self.articles.words(terms, _ALL, filters)) if terms else {}

    def passages_with(self, terms: Collection[str], limit: int, filters: Filters) -> Sequence[Passage]:
        """Passages in which any of the terms stands, each a phrase."""
        return self.articles.passages_by_id([id_ for id_, _ in self.articles.words(terms, limit, filters)])


def _stands_in(article: Article, passage: Passage) -> bool:
    return article.text[passage.start : passage.end] == passage.text


def _published(entries: Sequence[StatementEntry], days: Period) -> list[StatementEntry]:
    """Those of articles that were published then. Of an undated one that is not known."""
    if not (days.since or days.until):
        return list(entries)
    first, last = days.since or date.min, days.until or date.max
    return [entry for entry in entries if entry.published and first <= entry.published <= last]


def _by_one_of(names: Sequence[str], entries: list[StatementEntry]) -> list[StatementEntry]:
    """Those whose speaker may be one of these; without names, all."""
    if not names:
        return entries
    wanted = [sought_words(name) for name in names]
    return [entry for entry in entries if any(may_be(one, name_words(name_of(entry))) for one in wanted)]


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
