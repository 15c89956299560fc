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
    """Whether a time is told where it is borne out, or, where nothing there tells one, anywhere in the passages."""
    year = _YEAR.findall(when.text)
    if year and len(tokens(when.text)) <= _BARE and any(year[0] in told for told in _chosen(seen)):
        return True
    near: list[When] = []
    far: list[When] = []
    also, words = [], []
    for number, ground in enumerate(seen.matching.grounds):
        article, passage = ground.source.hit.article, ground.source.hit.passage
        words += tokens(passage.text)
        found = dating.times(article.text, article.published, start=passage.start, end=passage.end)
        for each in found:
            place = each.start - passage.start
            own = any(
                ground.sentences[m][0] <= place < ground.sentences[m][1] for n, m in seen.matching.chosen if n == number
            )
            (near if own else far).append(each)
            (near if own else far).extend(figures.beside(each, passage.text))
        near += [said.said_on for said in ground.source.statements if said.said_on is not None]
        also += [article.published] if article.published else []
    if figures.told(when, near, also=(), words=words):
        return True
    return figures.told(when, far, also=() if near else also, words=words)


def _chosen(seen: Examined) -> Iterator[str]:
    for number, sentence in seen.matching.chosen:
        ground = seen.matching.grounds[number]
        start, end = ground.sentences[sentence]
        yield ground.text[start:end]
