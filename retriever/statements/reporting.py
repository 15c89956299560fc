"""A release's sentences, each said by the one whose release it is, and what the model found in the text go in; out
comes what is said by whom where those sentences report what others said.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from retriever import naming
from retriever.catalogue.words import tokens
from retriever.records import Statement
from retriever.statements import peoplewords, releases
from retriever.statements.tagging import Span
from retriever.wording import content_words

_OPEN = frozenset("he she they".split())  # others than who writes, even where it stays open who


def read_out(told: Sequence[Statement], prose: Sequence[Statement]) -> list[Statement]:
    """Of a readout: what others said, through the person in its line, who says the sentences around it as well, but
    for those that are in somebody's quotation marks.
    """
    outside, inside = _by_sentence(told, prose)
    quoted: set[int] = set()
    found = []
    for whole, others in inside:
        theirs = [each for each in others if each.speech or _is_somebody(each.speaker)]
        found += [replace(each, via=(whole.speaker or "", *each.via)) for each in theirs]
        for start, end in (span for each in theirs if each.kind == "direct" for span in each.slices):
            quoted.update(range(bisect_right(told, start, key=_end), bisect_left(told, end, key=_start)))
    kept = [whole for place, (whole, _) in enumerate(inside) if place not in quoted]
    return _each_once([*outside, *found], kept)


def in_own_name(text: str, told: Sequence[Statement], prose: Sequence[Statement]) -> list[Statement]:
    """Of an author's sentences in the first person: what others said; and those that say I or we outside of that, or
    agree with it ("As President Ito said, we …").
    """
    found, inside = _by_sentence(told, prose)
    kept = []
    for whole, others in inside:
        sentence = text[whole.start : whole.end].lower()
        theirs = [each for each in others if _is_said(each) and (each.speaker is None or _is_somebody(each.speaker))]
        found += theirs
        agrees = any(f"as {each.speaker_text.lower()}" in sentence for each in theirs)
        if agrees or releases.in_first_person(_without(text, (whole.start, whole.end), theirs), objects=True):
            kept.append(whole)
    return _each_once(found, kept)


def _each_once(found: Sequence[Statement], told: Sequence[Statement]) -> list[Statement]:
    """Both, without the sentences that the model found to be somebody's word for word: an id is the words' place."""
    theirs = {each.slices for each in found}
    return [*found, *(whole for whole in told if whole.slices not in theirs)]


def around(told: Sequence[Statement], at: int) -> int | None:
    """Which of these, in order and apart from one another, holds this place of the text."""
    place = bisect_right(told, at, key=_start) - 1
    return place if place >= 0 and at < told[place].end else None


def _start(statement: Statement) -> int:
    return statement.start


def _end(statement: Statement) -> int:
    return statement.end


def _by_sentence(
    told: Sequence[Statement], prose: Sequence[Statement]
) -> tuple[list[Statement], list[tuple[Statement, list[Statement]]]]:
    """What the model found outside of the told sentences; and with each of these, what it found others to say there."""
    outside: list[Statement] = []
    inside: list[tuple[Statement, list[Statement]]] = [(whole, []) for whole in told]
    for each in prose:
        place = around(told, each.slices[0][0])  # its words: a source may reach back into a by-line
        if place is None:
            outside.append(each)
        elif _is_others(each, told[place]):
            inside[place][1].append(each)
    return outside, inside


def _is_others(each: Statement, whole: Statement) -> bool:
    """Whether a statement that the model found in a sentence has a speaker of its own, other than the sentence's."""
    if each.speaker is None:
        return each.speaker_text.lower() in _OPEN
    return (
        bool(content_words(each.speaker))
        and not releases.is_first_person(each.speaker_text)
        and not set(tokens(each.speaker)) <= set(tokens(whole.speaker or ""))
    )


def _is_said(each: Statement) -> bool:
    """Whether words were said, and not ahead of time ("will meet the mayor to discuss"), nor in "Mr. Chairman, thank
    you", where who is thanked was taken for who speaks.
    """
    return each.speech and each.cue.lower().split()[:1] not in ([], ["thank"], ["to"], ["will"])


def _is_somebody(speaker: str | None) -> bool:
    """Whether a speaker is people, by name or by what they are, and no country, report or meeting."""
    return all(_is_name(each.split()) or _is_described(each) for each in (speaker or "it").split(" and "))


def _is_name(words: list[str]) -> bool:
    capitals = len(words) > 1 and all(word[0].isupper() for word in words) and bool(content_words(words[0]))
    places = any(word.lower() in peoplewords.PLACES for word in words)
    return capitals and not places and not naming.is_body(" ".join(words)) and bool(naming.behind_titles(words))


def _is_described(words: str) -> bool:
    return bool(peoplewords.MANY.match(words) or peoplewords.OFFICES & set(tokens(words)))


def _without(text: str, sentence: Span, theirs: Sequence[Statement]) -> str:
    """A sentence with spaces in place of what these say in it."""
    slices = [span for each in theirs for span in each.slices]
    return "".join(" " if any(a <= at < b for a, b in slices) else text[at] for at in range(*sentence))
