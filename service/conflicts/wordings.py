"""Sentences that quote somebody go in; two that give the same words in different wordings come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retriever.wording import content_words, stem
from service.conflicts.likeness import SAME_DAYS
from service.conflicts.values import Given, one_name
from service.evidence import Candidate
from service.question.kinds import QUOTED

_FEWEST = 4  # words of meaning in a quotation that can be told from another
_LIKE, _EQUAL = 0.4, 0.95  # Jaccard of two wordings of the same words


def wordings(candidates: Sequence[Candidate], sources: Mapping[str, str]) -> list[Given]:
    """Two quotations of one speaker, of articles that are no copies, close in time, alike but not equal: neither is an
    excerpt of the other. Empty where there are none.
    """
    quoted = [(candidate, words) for candidate in candidates for words in _quotations(candidate)]
    for place, (one, ours) in enumerate(quoted):
        for other, theirs in quoted[place + 1 :]:
            ids = one.hit.article.id, other.hit.article.id
            independent = sources.get(ids[0], ids[0]) != sources.get(ids[1], ids[1])
            if independent and _one_occasion(one, other) and _reworded(ours, theirs):
                return [Given(one, ours, frozenset()), Given(other, theirs, frozenset())]
    return []


def _quotations(candidate: Candidate) -> list[str]:
    statement = candidate.statement
    if statement is None or statement.speaker is None or not statement.speech or statement.kind == "indirect":
        return []
    found = [words for groups in QUOTED.findall(candidate.text) for words in groups if words]
    return [words for words in found if len(content_words(words)) >= _FEWEST]


def _one_occasion(one: Candidate, other: Candidate) -> bool:
    """Whether one person speaks in both, on days that may be one."""
    if not (one.statement and other.statement and one.statement.speaker and other.statement.speaker):
        return False
    days = [
        each.statement.said_on.first if each.statement and each.statement.said_on else each.hit.article.published
        for each in (one, other)
    ]
    near = days[0] is None or days[1] is None or abs((days[0] - days[1]).days) <= SAME_DAYS
    return near and one_name(one.statement.speaker, other.statement.speaker)


def _reworded(one: str, other: str) -> bool:
    ours, theirs = ({stem(word) for word in content_words(text)} for text in (one, other))
    like = len(ours & theirs) / len(ours | theirs)
    return _LIKE <= like < _EQUAL and not ours <= theirs and not theirs <= ours
