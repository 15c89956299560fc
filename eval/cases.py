"""Question files (JSON lines) go in, cases come out: the question, what a right answer holds, where its evidence is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from eval.matching import locate
from service.records import Turn

SHORT_KINDS = frozenset({"who", "when", "where", "howmany", "howlong"})
SHORT_WORDS, LONG_WORDS = 50, 80  # an answer's limit where the case gives none


class BadQuestionsError(Exception):
    """Raised when a question file is missing or one of its lines is not a case: file:line, value, remedy."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that support the answer, and the id of the article in which they stand; or, where the words belong to
    others and may not be kept, only their place: code points into the article's stored text.
    """

    document: str
    text: str = ""
    start: int = 0
    end: int = 0  # 0: ``text`` says which words
    grade: int = 1  # what finding it is worth, 1 or more: other measures than the graded ones count it as any other

    def places(self, article: str) -> list[tuple[int, int]]:
        """(start, end) of every place in the article's text where the evidence stands."""
        if not self.end:
            return locate(self.text, article)
        return [(self.start, self.end)] if self.end <= len(article) else []


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what a right answer holds.

    Each inner tuple of ``answer`` names one thing the answer must say, by any of its alternatives. ``evidence`` lists
    places of which each one supports the answer, or a part of it.
    """

    id: str
    kind: str  # who, what, when, where, list, followup, conflict, unanswerable, nearmiss, …
    question: str
    answer: tuple[tuple[str, ...], ...] = ()  # empty where unanswerable
    history: tuple[Turn, ...] = ()  # oldest first
    forbid: tuple[str, ...] = ()
    unanswerable: bool = False
    conflict: bool = False
    max_words: int = LONG_WORDS
    evidence: tuple[Evidence, ...] = ()
    really: str = ""  # of a near miss: who it really was, or what is so; begins with the name where it is somebody's


_Text = Annotated[str, StringConstraints(strip_whitespace=False, pattern=r"\S")]  # something other than blanks


class _Outside(BaseModel):
    """What a file may hold; keys that are not named here (set, note, speaker, …) are somebody's own and stay unread."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class _Turn(_Outside):
    role: str
    content: str

    @model_validator(mode="after")
    def _speaks(self) -> _Turn:
        if self.role not in ("user", "assistant"):
            raise ValueError("role is neither user nor assistant")
        return self


class _Evidence(_Outside):
    document: _Text
    text: _Text | None = None
    start: int = 0
    end: int = 0
    grade: Annotated[int, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _stands_somewhere(self) -> _Evidence:
        if self.text is None and not 0 <= self.start < self.end:
            raise ValueError("evidence has neither text nor start and end")
        return self


class _Line(_Outside):
    id: _Text
    kind: _Text
    question: Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"\S")]
    history: list[_Turn] = []
    answer: list[list[_Text]] = []
    forbid: list[_Text] = []
    unanswerable: bool = False
    conflict: bool = False
    max_words: int | None = None
    evidence: list[_Evidence] = []
    really: str = ""

    @model_validator(mode="after")
    def _answerable_or_not(self) -> _Line:
        if self.unanswerable and self.answer:
            raise ValueError("unanswerable, yet it has an answer")
        if not self.unanswerable and not (self.answer and all(self.answer)):
            raise ValueError("answer must list at least one thing, each with an alternative, or unanswerable be true")
        if self.max_words is not None and self.max_words < 1:
            raise ValueError("max_words must be 1 or more")
        return self


def load(paths: Sequence[Path]) -> list[Case]:
    """All cases of the files, in order; blank lines are passed over.

    Raises BadQuestionsError for a file that cannot be read, a line that is not a case, and an id used twice.
    """
    cases: list[Case] = []
    seen: dict[str, str] = {}
    for path in paths:
        for number, line in enumerate(_lines(path), start=1):
            if not line.strip():
                continue
            place = f"{path}:{number}"
            case = _case(line, place)
            if case.id in seen:
                raise BadQuestionsError(
                    f"{place}: id {case.id!r} is used before, at {seen[case.id]}. Give each case its own."
                )
            seen[case.id] = place
            cases.append(case)
    if not cases:
        raise BadQuestionsError(f"{', '.join(map(str, paths))}: no question in it. Name files of JSON lines.")
    return cases


def digest(paths: Iterable[Path]) -> str:
    """SHA-256 of the files' bytes, in order, hexadecimal: equal digests mean the same questions were asked."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise BadQuestionsError(f"{path}: {error.strerror or error}. Name a file that can be read.") from error
    except UnicodeDecodeError as error:
        raise BadQuestionsError(f"{path}: byte {error.start} is not UTF-8. Save the file as UTF-8.") from error


def _case(line: str, place: str) -> Case:
    try:
        read = _Line.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise BadQuestionsError(
            f"{place}: {_short(line)} is not JSON ({error.msg}, column {error.colno}). Write one object a line."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"])) or "the line"
        value = _short(json.dumps(first["input"], ensure_ascii=False, default=str))
        raise BadQuestionsError(
            f"{place}: {name} is {value}: {first['msg']}. Correct it or leave the line out."
        ) from error
    usual = SHORT_WORDS if read.kind in SHORT_KINDS else LONG_WORDS
    return Case(
        id=read.id,
        kind=read.kind,
        question=read.question,
        answer=tuple(tuple(alternatives) for alternatives in read.answer),
        history=tuple(Turn("user" if turn.role == "user" else "assistant", turn.content) for turn in read.history),
        forbid=tuple(read.forbid),
        unanswerable=read.unanswerable,
        conflict=read.conflict,
        max_words=usual if read.max_words is None else read.max_words,
        evidence=tuple(Evidence(e.document, e.text or "", e.start, e.end, e.grade) for e in read.evidence),
        really=read.really,
    )


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
