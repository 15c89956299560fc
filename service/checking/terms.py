"""A sentence and its passages go in; the same sentence in the passages' own terms comes out.

It says the same of the same speaker, number and day, but as the passages write them ("Yang", "forty million", "on
Tuesday"): whether those may stand for one another is decided elsewhere, and the entailment model need not guess it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from retriever.records import Statement, When
from service.checking import figures
from service.checking.matching import Ground, Matching
from service.entailing.model import Entailed

_PRONOUNS: Final = frozenset(("he", "she"))
_PREPOSITIONS: Final = re.compile(r"(?:on|in|at|by|of|until|since|from|before|after|around|for) ", re.I)
_ADVERB: Final = re.compile(
    r"(?:today|tomorrow|yesterday|tonight|last|next|this|earlier|later)\b|.* (?:ago|later)$", re.I
)
_PREPOSITION: Final = re.compile(r"\b(?:on|in|at|of) $", re.I)


@dataclass(frozen=True, slots=True)
class Change:
    """``words`` in place of ``text[start:end]``."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Translated:
    """``text``: the sentence with ``changes``, which stand in order and apart."""

    text: str
    changes: tuple[Change, ...]

    def placed(self, entailed: Entailed) -> Entailed:
        """With its place as it is in the sentence as it was written."""
        start, end = entailed.at
        return replace(entailed, at=(self._back(start), self._back(end)))

    def _back(self, at: int) -> int:
        for each in self.changes:
            if at <= each.start:
                return at
            at = max(each.start, at + (each.end - each.start) - len(each.words))
        return at


def in_their_terms(text: str, days: Sequence[When], matching: Matching) -> Translated | None:
    """``days``: the times that the sentence tells. None where the passages would write it just so."""
    found: list[Change] = []
    numbers = _numbers(text, days, matching)
    for each in (*_days(text, days, matching), *numbers, *_names(text, matching.grounds)):
        if not any(each.start < other.end and other.start < each.end for other in found):
            found.append(each)
    if not found:
        return None
    changes, parts, last = sorted(found, key=lambda each: each.start), list[str](), 0
    for each in changes:
        parts += [text[last : each.start], each.words]
        last = each.end
    changed = "".join([*parts, text[last:]])
    return Translated(changed[:1].upper() + changed[1:], tuple(changes))


def _days(text: str, days: Sequence[When], matching: Matching) -> Iterator[Change]:
    theirs = [
        each
        for ground, within in _grounds(matching)
        for each in sorted(figures.days(ground.text, ground.source.hit.article.published), key=within)
        if each.first is not None
    ]
    for when in days:
        opens = _PREPOSITIONS.match(when.text)
        start, ours = when.start + (opens.end() if opens else 0), when.text[opens.end() if opens else 0 :]
        same = [_PREPOSITIONS.sub("", each.text) for each in theirs if _is_same(each, when)]
        if same and ours.lower() not in (each.lower() for each in same):
            by_itself = _ADVERB.match(same[0])
            behind = _PREPOSITION.search(text[:start]) if by_itself else None
            words = same[0][:1].lower() + same[0][1:] if by_itself else same[0]
            yield Change(behind.start() if behind else start, when.end, words)


def _is_same(one: When, other: When) -> bool:
    return (one.first, one.last) == (other.first, other.last)


def _numbers(text: str, days: Sequence[When], matching: Matching) -> Iterator[Change]:
    theirs = [
        (each, ground.text)
        for ground, within in _grounds(matching)
        for each in sorted(figures.numbers(ground.text), key=within)
    ]
    for number in figures.numbers(text, without=[(when.start, when.end) for when in days]):
        is_half = text[number.start].isalpha() and number.end == number.start + 1  # "half a dozen"
        if number.unit == "#" or (number.value == 1 and not number.measured) or is_half:
            continue
        like = [figures.written(other, there) for other, there in theirs if figures.stands(number, [other])]
        ours = figures.written(number, text)
        if like and ours.lower() not in (each.lower() for each in like):
            yield Change(number.start, number.start + len(ours), like[0])


def _grounds(matching: Matching) -> Iterator[tuple[Ground, Callable[[When | figures.Number], bool]]]:
    """Each passage with what puts first what stands in the sentences that bear the sentence out."""
    for number, ground in enumerate(matching.grounds):
        spans = [ground.sentences[m] for n, m in matching.chosen if n == number]
        yield ground, partial(_is_outside, spans)


def _is_outside(spans: Sequence[tuple[int, int]], each: When | figures.Number) -> bool:
    return not any(start <= each.start < end for start, end in spans)


def _names(text: str, grounds: Sequence[Ground]) -> Iterator[Change]:
    for ground in grounds:
        for full, called in dict.fromkeys(_called(ground)):
            if full not in ground.text and (match := re.search(rf"(?<!\w){re.escape(full)}(?!\w)", text)):
                yield Change(match.start(), match.end(), called)


def _called(ground: Ground) -> Iterator[tuple[str, str]]:
    """Full names of speakers with what stands for each, pronouns only where they stand for one alone."""
    said = [each for each in ground.source.statements if each.speaker and each.speech]
    meant = {each.speaker for each in said if _is_pronoun(each)}
    for each in said:
        known = each.speaker or ""
        if _is_pronoun(each):
            if len(meant) == 1:
                yield known, each.speaker_text.lower()
        elif each.speaker_text != known and each.speaker_text in known:
            yield known, each.speaker_text


def _is_pronoun(statement: Statement) -> bool:
    return statement.speaker_text.lower() in _PRONOUNS
