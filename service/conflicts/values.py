"""A sentence that may answer goes in; the value that it gives for what is asked comes out: people, a day, an amount, a
place. And whether two such values exclude each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Literal, Protocol

from retriever import dating, naming, timewords
from retriever.catalogue.words import tokens
from retriever.records import Article, When
from retriever.wording import content_words, stem
from service.conflicts.amounts import Amount, alike, amounts, lengths
from service.drafting.phrasing import one_line
from service.evidence import Candidate
from service.question.asking import Asked

Kind = Literal["who", "when", "howmany", "howlong", "where", "words"]

_LIKE = 0.8  # likeness (difflib's ratio) of two spellings of one name
_MOST_PEOPLE = 3  # who are named as the answer
DAYS = ("day", "weekday")
_NEAR_DAY = re.compile(r"^(?:today|tomorrow|yesterday|last night|tonight)$", re.I)
_COUNTED = re.compile(r"\bhow (?:many|much)(?: (?:of the|more|other))? (?P<what>[\w’'\- ]+)", re.I)
PLACES = ("GPE", "LOC", "FAC")


class Names(Protocol):
    """What finds names in a text."""

    def named(self, text: str, kinds: Sequence[str]) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Given:
    """What a sentence gives for what is asked. ``shown``: as an answer names it."""

    candidate: Candidate
    shown: str
    words: frozenset[str]  # stems of the value as it stands there
    place: tuple[int, int] | None = None  # where in the article; None: in more than one place
    people: tuple[str, ...] = ()  # or places
    when: When | None = None
    amount: Amount | None = None


def given(kind: Kind, asked: Asked, candidate: Candidate, names: Names) -> Given | None:
    """The value of a sentence; None where it has none, or more than one."""
    if kind == "who":
        return _people(asked, candidate, names)
    if kind == "when":
        return _day(candidate)
    if kind == "where":
        return _place(asked, candidate, names)
    return _amount(kind, asked, candidate)


def exclude(one: Given, other: Given) -> bool:
    """Whether two values of one kind cannot both be right of one thing."""
    if one.people or other.people:
        return len(one.people) == len(other.people) and not any(
            one_name(ours, theirs) for ours in one.people for theirs in other.people
        )
    if one.when and other.when:
        return _apart(one.when, other.when)
    if one.amount and other.amount:
        both = one.amount.counted & other.amount.counted
        counts_the_same = bool(both) or not (one.amount.counted or other.amount.counted)
        return counts_the_same and not alike(one.amount, other.amount)
    return False


def one_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: all words of the shorter are words of the longer, or spelt much alike."""
    short, long = sorted((tokens(one), tokens(other)), key=len)
    return bool(short) and all(any(_spelt_alike(word, each) for each in long) for word in short)


def mentioned(value: Given, article: Article) -> bool:
    """Whether an article has the value of another one somewhere, and so does not deny it."""
    said = set(tokens(f"{article.title or ''} {article.text}"))
    if value.people:
        return any(set(tokens(name)) & said - _titles(name) for name in value.people)
    if value.when and value.when.first and value.when.precision in DAYS:
        return any(when.first == value.when.first for when in dating.times(article.text, article.published))
    return False


def people_in(candidate: Candidate, names: Names) -> list[str]:
    """The people whom a sentence names, in full where the article does, each once."""
    article = candidate.hit.article
    found: list[str] = []
    for name in names.named(one_line(candidate.text), ("PERSON",)):
        full = naming.full_name(article.text, re.sub(r"['’]s$", "", name))
        if tokens(full) and not naming.is_body(full) and not any(one_name(full, other) for other in found):
            found.append(full)
    return found


def _titles(name: str) -> set[str]:
    """The words of a name that are common ones, too."""
    return {word for word in tokens(name) if not content_words(word)}


def _spelt_alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) > 3 and SequenceMatcher(None, one, other).ratio() >= _LIKE)


def _people(asked: Asked, candidate: Candidate, names: Names) -> Given | None:
    fresh = [
        name
        for name in people_in(candidate, names)
        if not any(one_name(name, known) for known in asked.names) and stem(tokens(name)[-1]) not in _stems(asked.text)
    ]
    if not fresh or len(fresh) > _MOST_PEOPLE:
        return None
    shown = " and ".join((", ".join(fresh[:-1]), fresh[-1])) if len(fresh) > 1 else fresh[0]
    return Given(candidate, shown, _stems(shown), people=tuple(fresh))


def _day(candidate: Candidate) -> Given | None:
    """The time where the reader sees it; else the only day of the sentence."""
    article = candidate.hit.article
    found = dating.times(article.text, article.published, start=candidate.start, end=candidate.end)
    place = candidate.read.place if candidate.read else None
    seen = [when for when in found if place and when.start < place[1] and place[0] < when.end]
    days = seen or [when for when in found if when.precision in DAYS]
    if len(days) != 1 or days[0].precision not in DAYS or _NEAR_DAY.match(days[0].text):
        return None
    return Given(candidate, dating.in_words(days[0]), _stems(days[0].text), (days[0].start, days[0].end), when=days[0])


def _amount(kind: Kind, asked: Asked, candidate: Candidate) -> Given | None:
    """The amount where the reader sees it; else the only one of the sentence. What is counted must be what is asked."""
    text, answer = candidate.text, candidate.read.place if candidate.read else None
    found = lengths(text) if kind == "howlong" else amounts(text)
    if kind == "howmany":
        wanted = _counted(asked)
        found = [each for each in found if wanted is None or wanted <= each.counted]
    at = (answer[0] - candidate.start, answer[1] - candidate.start) if answer else (0, 0)
    seen = [each for each in found if each.start < at[1] and at[0] < each.end] or found
    if len(seen) != 1:
        return None
    shown = one_line(text[seen[0].start : seen[0].end])
    place = candidate.start + seen[0].start, candidate.start + seen[0].end
    return Given(candidate, f"{shown[0].lower()}{shown[1:]}", _stems(shown), place, amount=seen[0])


def _counted(asked: Asked) -> frozenset[str] | None:
    """What is to be counted: "how many missiles fell" -> {"missil"}; None where the question does not name it."""
    match = _COUNTED.search(asked.text)
    words = content_words(match["what"])[:2] if match else []
    plural = [word for word in words if word.endswith("s")]
    return frozenset(stem(word) for word in (plural or words)[:1]) or None


def _place(asked: Asked, candidate: Candidate, names: Names) -> Given | None:
    read = candidate.read
    if read is None or read.place is None or not candidate.start <= read.place[0] < candidate.end:
        return None
    fresh = [name for name in names.named(one_line(candidate.text), PLACES) if name in read.answer]
    fresh = [name for name in fresh if not _stems(name) & _stems(asked.text)]
    return Given(candidate, fresh[0], _stems(fresh[0]), people=(fresh[0],)) if len(fresh) == 1 else None


def _apart(one: When, other: When) -> bool:
    """Whether two days are two; without a date they are compared as days of the week."""
    if one.first and other.first:
        return one.first != other.first
    weekdays = _weekday(one), _weekday(other)
    return None not in weekdays and weekdays[0] != weekdays[1]


def _weekday(when: When) -> int | None:
    if isinstance(when.first, date):
        return when.first.weekday()
    words = tokens(when.text)
    return next((timewords.DAYS[word] for word in words if word in timewords.DAYS), None)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in content_words(text))
