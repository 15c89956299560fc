"""An index folder goes in; its articles, statements and words come out, as the making of questions looks at them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from retriever.catalogue import Catalogue
from retriever.catalogue.names import name_words
from retriever.catalogue.records import Entry, StatementChoice
from retriever.catalogue.words import fold, tokens
from retriever.records import Article, Statement
from retriever.wording import content_words, stem
from service.errors import ServiceError

_EVERY = 1_000_000  # articles; more than an index holds
_KEPT = 256  # articles
_TELLING = 5  # of a statement's words, the rarest, by which another that says the same is found


class NothingToAsk(ServiceError):
    """Raised when an index folder holds no index, no article or no statement."""

    code = "nothing-to-ask"


class Archive:
    """What is looked up while questions are made. Every call may raise StoreError."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "catalogue.sqlite").exists():
            raise _nothing(folder, "there is no index in it", "Make one: whosaid ingest PATH --data DIR")
        self.catalogue = Catalogue(folder)
        page = self.catalogue.articles(limit=_EVERY)
        self.entries: dict[str, Entry] = {each.id: each for each in sorted(page.entries, key=lambda each: each.id)}
        if not self.entries:
            raise _nothing(folder, "it holds no article", "Add some: whosaid ingest PATH --data DIR")
        found = self.catalogue.statements.find(StatementChoice(limit=None)).entries
        self.statements = [each.statement for each in found]
        if not self.statements:
            raise _nothing(folder, "nobody says anything in its articles", "Add articles that quote people.")
        self._articles: dict[str, Article] = {}

    def article(self, id_: str) -> Article:
        """Raises ArticleNotFound."""
        if id_ not in self._articles:
            if len(self._articles) == _KEPT:
                self._articles.pop(next(iter(self._articles)))
            self._articles[id_] = self.catalogue.article(id_)
        return self._articles[id_]

    def original(self, id_: str) -> str:
        """The article of which this one is a copy, or itself."""
        return self.entries[id_].duplicate_of or id_

    @cached_property
    def _copies(self) -> dict[str, list[str]]:
        copies: dict[str, list[str]] = {}
        for id_ in self.entries:
            copies.setdefault(self.original(id_), []).append(id_)
        return copies

    def copies(self, id_: str) -> list[str]:
        """An article and all that are copies of the same one."""
        return self._copies.get(self.original(id_), [id_])

    # ---- words

    def rarest(self, words: Iterable[str]) -> list[str]:
        """Words that carry meaning, the one that stands in the fewest passages first."""
        known = list(dict.fromkeys(content_words(" ".join(words))))
        counts = self.catalogue.frequencies(known)
        return sorted(known, key=lambda word: (counts.get(word, 0), known.index(word)))

    def occurs(self, words: str) -> bool:
        """Whether any of the words that carry meaning stands anywhere, in whatever form."""
        return any(self.catalogue.frequencies(content_words(words)).values())

    def with_words(self, words: str) -> set[str]:
        """Ids of the articles in which every one of the words stands, in whatever form."""
        return {each.id for each in self.catalogue.articles(text=words, limit=_EVERY).entries}

    def with_phrase(self, words: str) -> set[str]:
        """Ids of the articles in which these words stand in a row."""
        ids = self.catalogue.phrase(words, _EVERY)
        return {each.article_id for each in self.catalogue.passages_by_id(ids)}

    # ---- statements

    def about(self, words: str, *, speaker: str | None = None) -> list[Statement]:
        """What was said, planned or believed with every one of the words in it, in whatever form."""
        choice = StatementChoice(about=words, speaker=speaker, limit=None, include_beliefs=True)
        return [each.statement for each in self.catalogue.statements.find(choice).entries]

    def like(self, words: str, *, share: float = 0.5, speaker: str | None = None) -> list[Statement]:
        """Statements, in whichever article, that may say the same: one of the rarest words, and this share of all."""
        sought = {stem(word) for word in content_words(words)}
        found = {
            each.id: each for word in self.rarest([words])[:_TELLING] for each in self.about(word, speaker=speaker)
        }
        return [each for each in found.values() if _shared(sought, each) >= share * len(sought)]

    def close(self) -> None:
        self.catalogue.close()


def same_words(words: str, text: str) -> bool:
    """Whether the words stand in a row in the text; case, accents and punctuation do not matter."""
    return f" {fold(words)} " in f" {fold(text)} "


def _shared(sought: set[str], one: Statement) -> int:
    return len(sought & {stem(word) for word in tokens(one.content)})


def key(name: str | None) -> str:
    """By what a speaker is told apart: the words of the name in the order of the alphabet; "" where there is none."""
    return name_words(name or "")


def _nothing(folder: Path, problem: str, remedy: str) -> NothingToAsk:
    return NothingToAsk(problem, thing="index folder", value=str(folder), remedy=remedy)
