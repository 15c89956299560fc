"""What the surfaces need from the inside, as protocols; wiring.py makes the real ones, tests/fakes.py others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from retriever.records import Article, Hit, Outcome, Passage, Query, Statement
from service.records import Event, Question

if TYPE_CHECKING:
    from retriever.catalogue.records import Entry, Person, StatementChoice, StatementPage


class Answering(Protocol):
    """The question path."""

    def load(self) -> None:
        """Load now what would be loaded at the first question."""

    def events(self, question: Question) -> Iterator[Event]:
        """PassagesFound first, Token…, Answered last; raises RetrieverError or ServiceError."""


class Search(Protocol):
    """Ranked evidence."""

    def search(self, query: Query) -> Sequence[Hit]:
        """Best first."""


class Articles(Protocol):
    """Articles in, out, and looked up. Raises StoreError where the index folder cannot be used."""

    def recover(self) -> int:
        """Finish or undo what an interrupted ingest left; how many articles that were."""

    def ingest(self, paths: Sequence[Path]) -> Iterator[Outcome]:
        """One outcome an article, as it is done. Raises StoreBusy where another ingest holds the folder."""

    def remove(self, document_id: str) -> None:
        """Out of the catalogue and the vectors. Raises ArticleNotFound."""

    def article(self, document_id: str) -> Article:
        """Raises ArticleNotFound."""

    def passages(self, document_id: str) -> Sequence[Passage]:
        """In the order of the text. Raises ArticleNotFound."""

    def page(self, chosen: Choice) -> tuple[Sequence[Entry], int]:
        """The articles of one page of the list, and how many there are on all pages."""

    def status(self) -> Mapping[str, Any]:
        """What is indexed, with which models, whether it is whole: plain values fit for JSON."""


class Statements(Protocol):
    """Who said what, of the articles that can be found. Raises StoreError where the index folder cannot be used."""

    def find(self, choice: StatementChoice) -> StatementPage:
        """All that fit, in the order of days, page by page. Raises CursorUnusable."""

    def of_article(self, article_id: str) -> Sequence[Statement]:
        """In the order of the text."""

    def by_ids(self, ids: Collection[str]) -> Sequence[Statement]:
        """Those that are there, in the order of ``ids``."""

    def speakers(self) -> Sequence[Person]:
        """Everybody who said something, who said most first."""


class Kept(Protocol):
    """Answers, verdicts on them, and conversations. What is not there is None or False, no error."""

    def keep_answer(self, answer_id: str, answer: Mapping[str, Any]) -> None: ...
    def answer(self, answer_id: str) -> Mapping[str, Any] | None: ...
    def keep_verdict(self, answer_id: str, verdict: str, comment: str | None, reason: str | None = None) -> None: ...
    def feedback(self, *, offset: int, limit: int) -> tuple[Sequence[Mapping[str, Any]], int]: ...
    def start_chat(self, title: str | None) -> Mapping[str, Any]: ...
    def chats(self, *, offset: int, limit: int, text: str | None) -> tuple[Sequence[Mapping[str, Any]], int]: ...
    def chat(self, chat_id: str) -> Mapping[str, Any] | None: ...
    def rename_chat(self, chat_id: str, title: str) -> Mapping[str, Any] | None: ...
    def remove_chat(self, chat_id: str) -> bool: ...

    def turns(self, chat_id: str, *, limit: int, instead_of: str | None = None) -> Sequence[tuple[str, str]] | None:
        """Role and content of the last that was said (before the question ``instead_of``), oldest first."""

    def add_exchange(
        self, chat_id: str, question: str, answer: Mapping[str, Any], *, instead_of: str | None = None
    ) -> bool:
        """Both or neither; what stood at ``instead_of`` and after it is replaced in the same step."""

    def share_chat(self, chat_id: str) -> Mapping[str, Any] | None: ...
    def shared(self, share_id: str) -> Mapping[str, Any] | None: ...
    def unshare_chat(self, chat_id: str) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which articles of the list, and which page of them. Dates are publication dates, both ends inclusive."""

    source: str | None = None
    since: date | None = None
    until: date | None = None
    text: str | None = None  # words in title or text
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Parts:
    """The inside, put together."""

    answering: Answering
    search: Search
    articles: Articles
    kept: Kept
    statements: Statements
