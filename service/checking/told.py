"""A sentence beside its passages goes in; which of its numbers and times those do not tell comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from retriever import dating
from retriever.catalogue.words import tokens
from retriever.records import When
from service.checking import clocks, figures, shares
from service.checking.matching import Ground
from service.checking.verdict import Examined

_BARE: Final = 2  # words of a year and a preposition
_YEAR: Final = re.compile(r"\b(?:1[89]|20)\d\d\b")


def numbers_unknown(seen: Examined) -> Iterator[str]:
    """Numbers and times of day that no passage has, in the sentence's words."""
    text = seen.text
    spans = [(when.start, when.end) for when in seen.days]
    known, heard = [], []
    parts: list[shares.Share] = []
    for ground in seen.matching.grounds:
        known += [*figures.numbers(ground.text), *figures.single(ground.text), *_between(ground)]
        heard += [minutes for minutes, *_ in clocks.clocks(ground.text)]
        heard += clocks.hours(ground.text)
        known += figures.numbers(" ".join(f"{s.role or ''}" for s in ground.source.statements))
        parts += shares.shares(ground.text)
    yield from (words for minutes, _, _, words in clocks.clocks(text) if minutes not in heard)
    vague = {word for ground in seen.matching.grounds for word in figures.vague(ground.text)}
    yield from (words for word, words in sorted(figures.vague(text).items()) if word not in vague)
    ours = list(shares.shares(text))
    yield from shares.untold(text, parts)
    for number in figures.numbers(text, without=spans):
        if not (
            figures.stands(number, known)
            or figures.sides(number, text)
            or shares.stands((number.start, number.end), ours, parts)
        ):
            yield text[number.start : number.end]


def _between(ground: Ground) -> Iterator[figures.Number]:
    """The days that lie between two days of the passage, or of the passage and its article; and the years."""
    article = ground.source.hit.article
    days = {
        when.first for when in figures.days(ground.text, article.published) if when.first and when.first == when.last
    }
    days |= {article.published} if article.published else set()
    apart = {abs((one - other).days) for one in days for other in days if one != other}
    yield from (figures.Number(float(each), "day", 0, 0) for each in sorted(apart))
    years = {int(each) for each in _YEAR.findall(ground.text)} | {day.year for day in days}
    between = {abs(one - other) for one in years for other in years if one != other}
    yield from (figures.Number(float(each), "year", 0, 0) for each in sorted(between))


def is_dated(seen: Examined, when: When) -> bool:
    """Whether a time is told where it is borne out; where nothing there tells a day, a day may also stand elsewhere in
    the same passages, or be that of publication.
    """
    year = _YEAR.findall(when.text)
    if year and len(tokens(when.text)) <= _BARE and any(year[0] in told for told in _chosen(seen)):
        return True
    near: list[When] = []
    far: list[When] = []
    also, words = [], []
    for number, ground in enumerate(seen.matching.grounds):
        words += tokens(ground.source.hit.passage.text)
        spans = [ground.sentences[m] for n, m in seen.matching.chosen if n == number]
        for start, end, each in _times(ground) if spans else ():
            (near if any(a < end and start < b for a, b in spans) else far).append(each)
        published = ground.source.hit.article.published
        also += [published] if spans and published else []
    if figures.told(when, near, also=(), words=words):
        return True
    has_day = any(map(_is_day, near))
    if has_day and _is_day(when):
        return False
    return figures.told(when, far, also=() if has_day else also, words=words)


def _is_day(when: When) -> bool:
    return when.first is not None and when.first == when.last


def _times(ground: Ground) -> Iterator[tuple[int, int, When]]:
    """The times that a passage tells, and the days of its statements, with where in it each counts. The day of
    publication, which a statement has where nothing is told, is none of them.
    """
    article, passage = ground.source.hit.article, ground.source.hit.passage
    for each in dating.times(article.text, article.published, start=passage.start, end=passage.end):
        start, end = each.start - passage.start, each.end - passage.start
        yield start, end, each
        yield from ((start, end, beside) for beside in figures.beside(each, passage.text))
    for said in ground.source.statements:
        if said.said_on is not None and said.said_on.text:
            yield said.start - passage.start, said.end - passage.start, said.said_on


def _chosen(seen: Examined) -> Iterator[str]:
    for number, sentence in seen.matching.chosen:
        ground = seen.matching.grounds[number]
        start, end = ground.sentences[sentence]
        yield ground.text[start:end]
