"""What stands in front of a source's words in an answer: who, when, where, how many, in a few words of the source.

It is read from the sentence, from where the reader sees the answer, from the statement, or counted from the article's
date; which of it no slice holds is told, so that the check does not look for it there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retriever import dating
from retriever.records import Article, Hit, When
from retriever.speaking import Speaking, Spoken
from retriever.wording import content_words
from service.asking import Asked
from service.evidence import NUMBER, Candidate
from service.phrasing import one_line

_PLACES = ("GPE", "LOC", "FAC")
_AMOUNTS = ("CARDINAL", "QUANTITY", "MONEY", "PERCENT")
_AND_WHEN = re.compile(r"\b(?:and|or) (?:when|on what (?:day|date))\b", re.I)
KINDS = {"who": ("PERSON",), "where": _PLACES, "howmany": _AMOUNTS, "howlong": ("DATE", "TIME")}
_SURE = -1.2  # logarithm of the chance of an answer's place, above which it is said by itself
_OPENS = 12  # characters from a sentence's start within which its answer needs no saying in front
_LONGEST = 9  # words of an answer that is said by itself
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


def lead(asked: Asked, candidate: Candidate, own: Slice, spoken: Spoken | None, speaking: Speaking) -> Lead:
    """What stands in front of a sentence; nothing where the sentence opens with it."""
    if asked.kind == "when":
        return _when(asked, candidate, own, spoken)
    if _AND_WHEN.search(asked.text) and (dated := _said_on(candidate, own)):
        return dated
    if spoken is not None:
        opens = own.text[: len(spoken.name) + 25]
        told = spoken.name in opens and not candidate.label
        return Lead() if told else Lead(f"{spoken.name}: ", (spoken.name,))
    seen = _seen(asked, candidate, own)
    if seen:
        return seen
    name = _only(asked, own, speaking) if candidate.read is None else None
    return Lead(f"{name} — ") if name and name not in own.text[: len(name) + 12] else Lead()


def answer_in(asked: Asked, candidate: Candidate) -> Slice | None:
    """Where the reader sees the answer, if it is sure of it and it is of the kind that is asked for."""
    read = candidate.read
    if read is None or read.place is None or read.sure < _SURE:
        return None
    known = set(content_words(asked.text))
    words = content_words(read.answer)
    if not words or len(read.answer.split()) > _LONGEST or known.issuperset(words):
        return None
    fits = {"who": _CAPITAL, "where": _CAPITAL, "howmany": NUMBER, "howlong": NUMBER}.get(asked.kind)
    return Slice(candidate.hit, *read.place) if fits is None or fits.search(read.answer) else None


def _seen(asked: Asked, candidate: Candidate, own: Slice) -> Lead | None:
    """The answer by itself, where it does not open the sentence; None where there is none to be sure of."""
    answer = answer_in(asked, candidate)
    if answer is None or asked.kind in ("yesno", "list"):
        return None
    said = one_line(answer.text).strip(' ,.;:—–-“”"')
    inside = own.start <= answer.start and answer.end <= own.end
    if not said or (inside and answer.start - own.start <= _OPENS):
        return Lead()
    return Lead(f"{said[0].upper()}{said[1:]} — ", (), () if inside else (answer,))


def _only(asked: Asked, own: Slice, speaking: Speaking) -> str | None:
    """The one person, place or amount of the sentence that the question does not name itself; None of several."""
    kinds = KINDS.get(asked.kind)
    if not kinds:
        return None
    known = set(content_words(asked.text))
    fresh = [name for name in speaking.named(own.text, kinds) if not known & set(content_words(name))]
    return one_line(fresh[0]) if len(fresh) == 1 else None


def _when(asked: Asked, candidate: Candidate, own: Slice, spoken: Spoken | None) -> Lead:
    """The time and how it is known: written in the sentence, counted from the article's date, or the article's date."""
    article = candidate.hit.article
    who = f"{spoken.name}: " if spoken and spoken.name not in own.text else ""
    name = (spoken.name,) if spoken else ()
    when = time_of(asked, candidate, own)
    if when is None:
        if article.published is None:
            return Lead(who, name if who else ())
        day = dating.day_in_words(article.published)
        return Lead(f"{day} (the article’s date). {who}", (day, *name))
    slices = () if own.start <= when.start < own.end else (Slice(candidate.hit, when.start, when.end),)
    shown = dating.in_words(when)
    if when.first is None:
        return Lead(f"“{one_line(when.text)}”; the article carries no date. {who}", name, slices)
    basis = _basis(article, when)
    return Lead(f"{shown}{basis}. {who}", (shown, basis, *name), slices)


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
    return f" (“{one_line(when.text)}”, counted from the article’s date, {dating.day_in_words(article.published)})"


def time_of(asked: Asked, candidate: Candidate, own: Slice) -> When | None:
    """The time that the sentence itself gives, where the reader sees it if that is told. When somebody spoke is not
    what they speak of: times inside the words they said do not count then.
    """
    article = candidate.hit.article
    found = dating.times(article.text, article.published, start=own.start, end=own.end)
    if asked.speech and (candidate.label or asked.quoted):
        found = [] if candidate.label else [when for when in found if not _inside_marks(own, when)]
    place = candidate.read.place if candidate.read else None
    if place and (seen := [when for when in found if when.start < place[1] and place[0] < when.end]):
        return seen[0]
    exact = [when for when in found if when.precision not in ("year", "month")]
    return next(iter(exact or found), None)


def _inside_marks(own: Slice, when: When) -> bool:
    before = own.text[: when.start - own.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
