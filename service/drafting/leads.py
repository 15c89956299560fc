"""What stands in front of a source's words in an answer: who, when, where, how many, in a few words of the source.

It is read from the sentence, from where the reader sees the answer, from the statement, or counted from the article's
date; which of it no slice holds is told, so that the check does not look for it there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retriever import dating
from retriever.catalogue.words import tokens
from retriever.records import Article, Hit, Statement, When
from retriever.speaking import Speaking
from retriever.wording import content_words
from service.drafting.phrasing import one_line
from service.evidence import NUMBER, Candidate
from service.question.asking import Asked

_PLACES = ("GPE", "LOC", "FAC")
_AMOUNTS = ("CARDINAL", "QUANTITY", "MONEY", "PERCENT")
_AND_WHEN = re.compile(r"\b(?:and|or) (?:when|on what (?:day|date))\b", re.I)
KINDS = {"who": ("PERSON",), "where": _PLACES, "howmany": _AMOUNTS, "howlong": ("DATE", "TIME")}
_SURE = -1.2  # logarithm of the chance of an answer's place, above which it is said by itself
_OPENS = 8  # words from a sentence's start within which its answer needs no saying in front
_TO_WHOM = 30  # characters of the words in which may stand to whom and when: "asked the council on May 2 for …"
_LONGEST = 9  # words of an answer that is said by itself
_REACH = 120  # characters beside an answer that are looked at
_TELLS_ITSELF = 12  # words of a sentence whose answer needs no saying in front
_ACRONYM = 4  # letters of a name in capitals that stays so
_BODIES = ("PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW")
_WHICH_BODY = re.compile(
    r"\b(?:which|what|whose) (?:\w+ ){0,3}?(?:countr|nation|state|govern|ministr|agenc|bod|compan|group|part(?:y|ies)|"
    r"organi[sz]|newspaper|paper|bank|court|union|alliance|bloc|firm|institut|universit|committee|department|province|"
    r"campaign)",
    re.I,
)
_NAME_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.’'\-]*"
_NAME = re.compile(
    rf"(?:(?:the|a|an) )?(?:[a-z]+ (?:of )?){{0,3}}{_NAME_WORD}"
    rf"(?:,? (?:(?:of|de|al|van|von|bin|and|the|for) )*{_NAME_WORD})*"
)
_BEFORE_NAME = re.compile(rf"(?:\b[Tt]he )?(?:{_NAME_WORD} )*$|\b(?:the|a|an) $")
_OF_AN_OFFICE = re.compile(r"\b(?:Secretary|Minister|Department|Ministry|Director|Chief) (?:of|for) (?:the )?$")
_BEHIND_NAME = re.compile(rf"(?: {_NAME_WORD})*(?<![.,])")
_ABOUT = r"about|around|some|nearly|almost|over|roughly|at least|more than|less than|fewer than|up to"
_UNIT = (
    r"per cent|percent|%|million|billion|trillion|yen|dollars?|euros?|years?|months?|weeks?|days?|hours?|minutes?|"
    r"people|tonnes?|tons?"
)
_AMOUNT = re.compile(
    rf"(?:(?:{_ABOUT}|an?|only|just) )*(?:[$€£¥]?\d[\d.,]*|[a-z]+(?:-[a-z]+)?)"
    r"(?: (?:per cent|percent|million|billion|trillion|thousand|hundred|dozen))?(?: (?!in\b|of\b|to\b)[\w%-]+){0,2}",
    re.I,
)
_ADJECTIVE = re.compile(r"-(?:second|minute|hour|day|week|month|year)(?:-\w+)?$", re.I)
_BEFORE_NUMBER = re.compile(rf"(?:\b(?:{_ABOUT}) )?[$€£¥]?$", re.I)
_BEHIND_NUMBER = re.compile(rf"(?: ?(?:{_UNIT})\b)*")
_CAPITAL = re.compile(r"\b[^\W\d_a-zß-öø-ÿ]")


@dataclass(frozen=True, slots=True)
class Slice:
    """``hit.article.text[start:end]``, to be cited."""

    hit: Hit
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.hit.article.text[self.start : self.end]

    @property
    def place(self) -> tuple[str, int, int]:
        """Equal for slices that are the same characters."""
        return self.hit.article.id, self.start, self.end


@dataclass(frozen=True, slots=True)
class Lead:
    """``derived``: words of ``text`` that no slice holds, with reason. ``slices``: where words of it stand outside of
    the sentence.
    """

    text: str = ""
    derived: tuple[str, ...] = ()
    slices: tuple[Slice, ...] = ()


def lead(asked: Asked, candidate: Candidate, own: Slice, speaking: Speaking) -> Lead:
    """What stands in front of a sentence; nothing where the sentence opens with it."""
    if asked.kind == "when":
        return _when(asked, candidate, own)
    if _AND_WHEN.search(asked.text) and (dated := _said_on(candidate, own)):
        return dated
    return _seen(asked, candidate, own, speaking)


def answer_in(asked: Asked, candidate: Candidate) -> Slice | None:
    """Where the reader sees the answer, if it is sure of it and it is of the kind that is asked for."""
    read = candidate.read
    if read is None or read.place is None or read.sure < _SURE:
        return None
    known = set(content_words(asked.text))
    words = content_words(read.answer)
    if (
        not words
        or len(read.answer.split()) > _LONGEST
        or known.issuperset(words)
        or _is_asked_about(asked, read.answer)
    ):
        return None
    fits = {"who": _CAPITAL, "where": _CAPITAL, "howmany": NUMBER, "howlong": NUMBER}.get(asked.kind)
    return Slice(candidate.hit, *read.place) if fits is None or fits.search(read.answer) else None


def _is_asked_about(asked: Asked, answer: str) -> bool:
    """Whether somebody is the answer whom the question names: "Who told Akiba …?" is not asked for Takeo Akiba."""
    return asked.kind == "who" and tokens(answer)[-1:] in [tokens(name)[-1:] for name in asked.names]


def _seen(asked: Asked, candidate: Candidate, own: Slice, speaking: Speaking) -> Lead:
    """The answer by itself, where a reader of the sentence would come to it late; nothing where it is not sure, not a
    whole name or amount, or not of the kind that is asked for.
    """
    found = answer_in(asked, candidate)
    answer = _whole(found, asked) if found and asked.kind in KINDS else None
    if answer is None or not _is_of_kind(asked, answer, speaking):
        return Lead()
    inside = own.start <= answer.start and answer.end <= own.end
    said = one_line(answer.text).strip(' ,.;:—–-“”"')
    soon = len(own.text[: answer.start - own.start].split()) < _OPENS or len(own.text.split()) <= _TELLS_ITSELF
    if not said or (inside and soon):
        return Lead()
    counted = asked.kind in ("howmany", "howlong")  # of what, only a number's own sentence says
    if not inside and (counted or set(content_words(said)) & set(content_words(own.text))):
        return Lead()  # or the sentence names it, in other words
    said = said.title() if said.isupper() and len(said) > _ACRONYM else f"{said[0].upper()}{said[1:]}"
    return Lead(f"{said} — ", (), () if inside else (answer,))


def _whole(answer: Slice, asked: Asked) -> Slice | None:
    """The answer with the rest of its name, its number's unit and its article; None where it is a part of a word, or
    where a verb or a mark inside shows that it is no name and no amount.
    """
    text = answer.hit.article.text
    number = asked.kind in ("howmany", "howlong")
    before, behind = (_BEFORE_NUMBER, _BEHIND_NUMBER) if number else (_BEFORE_NAME, _BEHIND_NAME)
    start, end = answer.start, answer.end
    if match := before.search(text[max(0, start - _REACH) : start]):
        start -= len(match[0])
        if match[0] and _OF_AN_OFFICE.search(text[max(0, start - _REACH) : start]):
            start += (
                len(match[0].split(" ", 1)[0]) + 1
            )  # "Secretary of State Ada Lund": the rest of an office is no name
    if match := behind.match(text[end : end + _REACH]):
        end += match.end()
    cut = (
        _ADJECTIVE.search(text[start:end])
        or (start and re.match(r"[\w-]", text[start - 1]))
        or re.match(r"\w|-\w", text[end : end + 2])
    )
    shape = _AMOUNT if number else _NAME
    return Slice(answer.hit, start, end) if not cut and shape.fullmatch(one_line(text[start:end])) else None


def _is_of_kind(asked: Asked, answer: Slice, speaking: Speaking) -> bool:
    """Whether the answer is a person or a place as asked; amounts were looked at already."""
    if asked.kind not in ("who", "where"):
        return True
    kinds = _BODIES if _WHICH_BODY.search(asked.text) else KINDS[asked.kind]
    line = _line_of(answer)
    return any(one_line(answer.text) in one_line(name) or one_line(name) in one_line(answer.text)
               for name in speaking.named(line, kinds))  # fmt: skip


def _line_of(answer: Slice) -> str:
    """What stands around the answer: a name by itself tells the parser little."""
    text = answer.hit.article.text
    start = max(text.rfind("\n", 0, answer.start) + 1, answer.start - _REACH)
    end = text.find("\n", answer.end)
    return text[start : min(end if end >= 0 else len(text), answer.end + _REACH)]


def _when(asked: Asked, candidate: Candidate, own: Slice) -> Lead:
    """The time and how it is known: written in the sentence, counted from the article's date, or the article's date."""
    article = candidate.hit.article
    when = time_of(asked, candidate, own)
    if when is None:
        day = dating.day_in_words(article.published) if article.published else ""
        return Lead(f"{day} (the article’s date). ", (day,)) if day else Lead()
    slices = () if own.start <= when.start < own.end else (Slice(candidate.hit, when.start, when.end),)
    shown = dating.in_words(when)
    if when.first is None:
        return Lead(f"“{one_line(when.text)}”; the article carries no date. ", (), slices)
    basis = _basis(article, when)
    if not basis and shown in own.text and (when.precision == "year" or len(own.text.split()) <= _TELLS_ITSELF):
        return Lead()
    return Lead(f"{shown[0].upper()}{shown[1:]}{basis}. ", (shown, basis), slices)


def dated_inside(
    asked: Asked, candidate: Candidate, own: Slice, body: str, told: Sequence[Article]
) -> tuple[str, Lead] | None:
    """A sentence with its day, counted from the article's date, in brackets where it names it; None where no day is
    asked for or it names none. ``told``: articles whose date the answer has given already.
    """
    when = time_of(asked, candidate, own) if asked.kind == "when" else None
    article = candidate.hit.article
    if when is None or when.first is None or article.published is None or not own.start <= when.start < own.end:
        return None
    words, shown = one_line(when.text), dating.in_words(when)
    place = body.find(words)
    if when.basis == "text" and shown in body:
        return body, Lead()
    if when.basis != "publication" or place < 0 or body.count(words) > 1 or _inside_marks(own, when):
        return None
    known = any(each.id == article.id for each in told)
    of = "" if known else f", by the article’s date, {dating.day_in_words(article.published)}"
    if when.first == when.last == article.published:
        of = ", the article’s date"
    note = f"{words} [{shown.removeprefix(words).lstrip(', ')}{of}]"
    return body[:place] + note + body[place + len(words) :], Lead("", (shown, of))


def _said_on(candidate: Candidate, own: Slice) -> Lead | None:
    """The day of a statement in front of it, and how it is known; None where it is not."""
    when = candidate.statement.said_on if candidate.statement else None
    if when is None or when.first is None:
        return None
    shown = dating.in_words(when)
    basis = _basis(candidate.hit.article, when) if when.text else " (the article’s date)"
    away = when.text and not own.start <= when.start < own.end
    slices = (Slice(candidate.hit, when.start, when.end),) if away else ()
    return Lead(f"{shown}{basis}. ", (shown, basis), slices)


def _basis(article: Article, when: When) -> str:
    if when.basis != "publication" or article.published is None:
        return ""
    words = one_line(when.text)
    if when.first == when.last == article.published:
        return f" (“{words}”, the article’s date)"
    return f" (“{words}”, counted from the article’s date, {dating.day_in_words(article.published)})"


def time_of(asked: Asked, candidate: Candidate, own: Slice) -> When | None:
    """The time that the sentence itself gives, where the reader sees it if that is told. When somebody spoke is not
    what they speak of: times inside the words they said do not count then.
    """
    statement = candidate.statement
    said = statement if asked.speech and statement and statement.speech and _is_named(statement, asked) else None
    if said and said.said_on and said.said_on.text:
        return said.said_on
    article = candidate.hit.article
    found = dating.times(article.text, article.published, start=own.start, end=own.end)
    if asked.speech and (candidate.label or asked.quoted):
        found = [] if candidate.label else [when for when in found if not _inside_marks(own, when)]
    if said:
        found = [when for when in found if not any(a + _TO_WHOM <= when.start < b for a, b in said.slices)]
    place = candidate.read.place if candidate.read else None
    if place and (seen := [when for when in found if when.start < place[1] and place[0] < when.end]):
        return seen[0]
    exact = [when for when in found if when.precision not in ("year", "month")]
    return next(iter(exact or found), None)


def _is_named(statement: Statement, asked: Asked) -> bool:
    """Whether it is the one whom the question names who says it, and not another who tells of them."""
    return bool(set(content_words(statement.speaker or "")) & set(content_words(asked.text)))


def _inside_marks(own: Slice, when: When) -> bool:
    before = own.text[: when.start - own.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
