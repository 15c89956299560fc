"""What comes in over HTTP, checked field by field. What goes out are the records themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from retriever.catalogue.records import StatementChoice
from retriever.records import Filters
from service.errors import BadRequest, NoModel
from service.http.problems import shown
from service.parts import Choice
from service.records import Question, Turn
from service.settings import Settings

MOST_TURNS = 200  # of a history; the question path reads the last few
_LINE_ENDS = str.maketrans(dict.fromkeys("\u2028\u2029\x85", " "))  # what comes along when text is pasted


def _whole(text: str) -> str:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("holds half a character (a lone surrogate): send it as it was typed")
    return text


Words = Annotated[str, AfterValidator(_whole)]  # JSON can spell characters that nothing can store
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), AfterValidator(_whole)]


class Strict(BaseModel):
    """A body whose unknown fields are errors: a filter that is silently ignored misleads."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Period(Strict):
    """Publication dates, both ends inclusive."""

    since: date | None = Field(None, description="published on or after, as 2022-01-31")
    until: date | None = Field(None, description="published on or before")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since {self.since} is after until {self.until}: swap them or leave one out")
        return self


class FiltersIn(Period):
    """What evidence may be taken from; empty means everything."""

    speakers: list[Name] = Field([], max_length=100)
    sources: list[Name] = Field([], max_length=100)
    documents: list[Name] = Field([], max_length=1000)

    def filters(self) -> Filters:
        """The record."""
        return Filters(tuple(self.speakers), tuple(self.sources), self.since, self.until, tuple(self.documents))


class SearchIn(Period):
    """A search. ``source`` and ``document`` may be repeated."""

    q: Words = Field(description="what to look for")
    limit: int = Field(10, ge=1, le=100)
    source: list[Name] = Field([], max_length=100, description="only these outlets")
    document: list[Name] = Field([], max_length=1000, description="only these articles, by id")

    def filters(self) -> Filters:
        """The record."""
        return Filters((), tuple(self.source), self.since, self.until, tuple(self.document))


class ListIn(Period):
    """Which articles of the list, and which page of it."""

    source: Name | None = Field(None, description="only this outlet")
    text: Name | None = Field(None, description="words in title or text")
    offset: int = Field(0, ge=0, le=10**9)
    limit: int = Field(50, ge=1, le=200)

    def choice(self) -> Choice:
        """The record."""
        return Choice(**self.model_dump())


class StatementsIn(Period):
    """Which statements, and which page of them. Everything that is given must hold."""

    since: date | None = Field(None, description="said on or after, as 2022-01-31; where that is not known: published")
    until: date | None = Field(None, description="said on or before")
    speaker: Name | None = Field(None, description="a name in either order, or a part of it, by whole words")
    about: Name | None = Field(None, description="words that were all said, in any form; in quotation marks: exactly")
    source: Name | None = Field(None, description="only this outlet")
    document: list[Name] = Field([], max_length=1000, description="only these articles, by id")
    beliefs: bool = Field(False, description="what was planned or believed, too")
    limit: int = Field(50, ge=1, le=500)
    cursor: Words | None = Field(None, max_length=4000, description="`next_cursor` of the page before")

    def choice(self) -> StatementChoice:
        """The record."""
        return StatementChoice(
            speaker=self.speaker,
            about=self.about,
            since=self.since,
            until=self.until,
            source=self.source,
            documents=tuple(self.document),
            include_beliefs=self.beliefs,
            limit=self.limit,
            cursor=self.cursor,
        )


Ignored = Annotated[
    list[Name],
    Field(max_length=20, description="words of the question that are to narrow nothing: `understood[].text`"),
]


class TurnIn(Strict):
    """One earlier message, oldest first in a history."""

    role: Literal["user", "assistant"]
    content: Words = Field(max_length=20_000)

    def turn(self) -> Turn:
        """The record."""
        return Turn(self.role, self.content)


class HowIn(Strict):
    """How a question is to be answered."""

    filters: FiltersIn = FiltersIn()
    answerer: Literal["extractive", "model"] = "extractive"
    ignore: Ignored = []


class AskIn(HowIn):
    """A question."""

    question: Words = Field(description="1 to 2,000 characters")
    history: list[TurnIn] = Field([], max_length=MOST_TURNS)


class MessageIn(HowIn):
    """A question in a chat; what was said before is known. ``content`` is another name for ``question``."""

    question: Words | None = None
    content: Words | None = None
    instead_of: Name | None = Field(
        None, description="id of an earlier question of this chat, or of the answer to it: this one takes its place"
    )

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.question is None) == (self.content is None):
            raise ValueError("give the question in one of the fields question and content")
        return self


Title = Annotated[Words, StringConstraints(strip_whitespace=True, max_length=200)]


class ChatIn(Strict):
    """A new chat. Without a title its first question becomes one."""

    title: Title | None = None


class RenameIn(Strict):
    """What a chat is to be called."""

    title: Annotated[Title, StringConstraints(min_length=1)]


class ChatsIn(Strict):
    """Which chats of the list, and which page of it."""

    text: Name | None = Field(None, description="only chats with all of these words, or words that begin so")
    offset: int = Field(0, ge=0, le=10**9)
    limit: int = Field(50, ge=1, le=200)


class FeedbackIn(Strict):
    """A verdict on an answer."""

    answer_id: Name
    verdict: Literal["up", "down"]
    reason: (
        Literal[
            "wrong_answer",
            "wrong_speaker",
            "wrong_date",
            "wrong_citation",
            "not_in_sources",
            "should_have_answered",
            "incomplete",
            "other",
        ]
        | None
    ) = Field(None, description="what is wrong with it")
    comment: Words | None = Field(None, max_length=2000)


def question(text: str, how: HowIn, *, history: Iterable[Turn], settings: Settings) -> Question:
    """The record of a question. Raises BadRequest where it is empty or too long, NoModel where none is set that may
    answer.
    """
    stripped = text.translate(_LINE_ENDS).strip()
    if not stripped:
        raise BadRequest("it is empty", thing="question", value=shown(text), remedy="Ask in at least one word.")
    if len(stripped) > settings.max_question_characters:
        raise BadRequest(
            f"it has {len(stripped):,} characters, the most is {settings.max_question_characters:,}",
            thing="question",
            value=shown(stripped),
            remedy="Ask in fewer words.",
        )
    if how.answerer == "model" and settings.model is None:
        raise NoModel(
            "no chat model is attached",
            thing="answerer",
            value="model",
            remedy="Start whosaid with WHOSAID_MODEL=provider:name, or ask for extractive.",
        )
    return Question(stripped, tuple(history), how.filters.filters(), how.answerer, tuple(how.ignore))
