"""The core types of the retriever: frozen, slotted, free of third-party types.

All offsets count Unicode code points into ``Article.text``; ``end`` is exclusive, so ``text[start:end]`` is the slice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Field = Literal["title", "author", "source", "published", "url"]
Precision = Literal["day", "weekday", "week", "month", "part-of-month", "season", "year", "range"]
Basis = Literal["text", "dateline", "publication", "none"]


@dataclass(frozen=True, slots=True)
class Article:
    """One text of a desk's archive, as it is stored and cited.

    ``text`` is what a reader sees: site furniture and repeats are gone, every other character (non-breaking spaces,
    odd quotes) is as it was. ``known`` says for each metadata field that has a value how it is known, in words fit
    for a reader ("front matter", "the text: “Updated: …”").
    """

    id: str
    text: str
    title: str | None = None
    author: str | None = None
    source: str | None = None  # the outlet
    published: date | None = None
    url: str | None = None
    known: Mapping[Field, str] = field(default_factory=dict)
    digest: str = ""  # SHA-256 of text and metadata, hexadecimal: equal digests mean nothing changed


@dataclass(frozen=True, slots=True)
class Sentence:
    """``article.text[start:end]``, one sentence (or headline, list line, byline) of an article."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A few whole sentences in a row, the unit that is embedded and searched. ``text == article.text[start:end]``."""

    id: str  # deterministic: article id, offsets and a digest of the text
    article_id: str
    ordinal: int  # 0 for the first passage of its article
    start: int
    end: int
    text: str
    speaker: str | None = None  # in a transcript: whose turn the passage's first sentence belongs to, as labelled


@dataclass(frozen=True, slots=True)
class When:
    """A time that a text speaks of, as a range of days, with how it is known.

    ``first`` and ``last`` are inclusive; both are None where only the words are known ("on Wednesday" in an article
    without a date). ``basis`` says what the years, months or days not written were taken from.
    """

    first: date | None
    last: date | None
    precision: Precision
    basis: Basis
    text: str  # the words as written
    start: int  # where they stand
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what, to whom, when, and where it stands. Offsets count into the article's text.

    ``speaker`` is who that is, as fully as the article names them; None where it cannot be told. ``said_on`` is when
    it was said, as the text says or as follows from the article's date (``basis`` ``publication`` or ``dateline``);
    None where neither is known. The words of nested reports belong to the last of the chain; ``via`` holds the others,
    outermost first.
    """

    id: str  # deterministic: article id, offsets and a digest of the words
    article_id: str
    speaker: str | None
    speaker_text: str  # as named there ("China’s foreign policy chief Yang Jiechi", "he", "SECRETARY BLINKEN"), or ""
    role: str | None  # as the article gives it ("China’s foreign policy chief")
    cue: str  # "told", "according to"; "" in a transcript's turn
    content: str  # the words: the slices, joined by " … " where something stands between them
    kind: Literal["direct", "indirect", "mixed"]
    addressee: str | None  # as fully as the article names them
    said_on: When | None
    via: tuple[str, ...]
    speech: bool  # said, as against planned or believed
    start: int  # of everything: speaker, cue and words
    end: int
    slices: tuple[tuple[int, int], ...]  # of the words, in order


@dataclass(frozen=True, slots=True)
class Filters:
    """What evidence may be taken from. Empty means everything. Dates are publication dates, both ends inclusive."""

    speakers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    documents: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.speakers, self.sources, self.since, self.until, self.documents))


@dataclass(frozen=True, slots=True)
class Query:
    """What the search is asked: the words to look for and where to look."""

    text: str
    filters: Filters = Filters()
    limit: int = 20  # passages


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with why. Scores compare within one search only, unless said otherwise."""

    passage: Passage
    article: Article  # whole: a citation needs its metadata and the sentence's neighbours
    score: float  # fused; higher is better
    similarity: float | None  # cosine of question and passage, -1 to 1, compares across searches; None: not computed
    words: float | None  # BM25, higher is better; None where no word matched
    copies: tuple[str, ...] = ()  # ids of duplicates and near-duplicates that were collapsed into this hit


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file (or one line of a JSONL file) at ingest."""

    name: str  # the file, or file:line
    status: Literal["added", "unchanged", "updated", "duplicate", "failed"]
    document_id: str | None = None  # None where it failed
    duplicate_of: str | None = None  # for ``duplicate``: the article of which it is a copy
    similarity: float | None = None  # for ``duplicate``: 1.0 the same words, below that near-duplicate (Jaccard)
    reason: str | None = None  # for ``failed``: thing, value and remedy in one sentence
