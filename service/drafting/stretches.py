"""The words of a sentence go in, its parts come out: which belong to a main clause, which may be left out.

A stretch runs from a comma, a dash, a bracket or a word that opens a clause to the next. What it is follows from how it
opens and from whether the main clause has had its verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from service.drafting.tellingwords import (
    ADVERB,
    CONDITIONS,
    OPENS_SENTENCE,
    RELATIVE,
    REPORTING,
    SAYING,
    SUBJECT,
    SUBORDINATE,
    TAIL,
    TURNS,
    has_verb,
    is_verb,
)

_BREAK = re.compile(r"[,;:][\"”’']*$|^[—–―-]+$|[—–―]$")
_STRONG = re.compile(r"[;—–―-][\"”’']*$")
_STOP = re.compile(r"[a-z]{3}[.!?][\"”’)]*$")  # of a sentence within a quotation; no "Mr."
_YEAR = re.compile(r"\d{4}\b")
_DASH = re.compile(r"^(?:[—–―]+|--?)$")
_MARKS = "\"“”„«»‘’'()[],;:.!?…—–―-"
_AHEAD = 12  # words that are looked at for a subject and its verb
_LEAST_BRACKETS = 4  # words between brackets that are worth leaving out
_NO_CLAUSE_AFTER = frozenset(  # "the day after …", "as if …", "and when …": one phrase
    """day week month year night morning shortly long soon just even as only and but that
    hours minutes days weeks months years decades hour decade moments ago""".split()
)
_OPENS_BARE = frozenset("while because although though unless whereas until after before when since if".split())
_FIRST = frozenset("first last highest lowest worst best most biggest largest".split())  # "the first visit since …"
_POINTS_BACK = frozenset("that this these those it they he she him them which there".split())
_RESUMES = frozenset("to in on at for from by of with about over into that".split())
_NO_SUBJECT = frozenset("who which that whose whom where to".split())  # no main verb stands behind these
_JOINED = frozenset("he she they it we i that not".split())
_NAME = re.compile(r"^(?:[A-Z][\w.'’-]*,? ?){1,4}$")

_Kind = Literal["clause", "core", "says", "optional", "hanging", "with"]


@dataclass(frozen=True, slots=True)
class Part:
    """Words ``start`` to ``end`` of a sentence."""

    start: int
    end: int
    clause: int  # of which main clause it is, from 0
    optional: bool = False  # its clause can be told without it
    hangs: bool = False  # told only where the part before it is
    opens: bool = False  # its clause can be told without what stands before it
    turns: bool = False  # the clause before it cannot be told without its clause
    says: bool = False  # who says what stands around it: told with whatever is told


def bare(word: str) -> str:
    """A word without marks and punctuation around it; empty for a dash."""
    return word.strip(_MARKS)


def parts(words: Sequence[str]) -> list[Part]:
    """The parts of a sentence, in order; together they are all of its words."""
    starts = [0, *(place for place in range(1, len(words)) if _breaks(words, place)), len(words)]
    reader = _Reader(words)
    for start, end in pairwise(starts):
        reader.add(start, end, any(is_verb(bare(words[later])) for later in starts if end <= later < len(words)))
    return reader.found


def _breaks(words: Sequence[str], at: int) -> bool:
    """Whether a stretch starts at a word."""
    before, here = words[at - 1], words[at]
    if _DASH.match(here) or (_YEAR.match(here) and re.search(r"\d,$", before)):
        return False
    if _BREAK.search(before) or before.endswith((")", "),")) or here.startswith("("):
        return True
    if _STOP.search(before) and here.lstrip("“\"'")[:1].isupper():
        return True
    return _opens_bare(words, at)


def _opens_bare(words: Sequence[str], at: int) -> bool:
    """Whether a word opens a clause without a mark before it: "and he", "and gave", "while", "because"."""
    before, word = bare(words[at - 1]), bare(words[at]).lower()
    following = bare(words[at + 1]).lower() if at + 1 < len(words) else ""
    if word in ("and", "but") and following in _JOINED:
        return True
    if word == "and":
        return is_verb(following, word) and not is_verb(before)
    if word == "since" and _FIRST & {bare(each).lower() for each in words[max(0, at - 6) : at]}:
        return False
    return word in _OPENS_BARE and before.lower() not in _NO_CLAUSE_AFTER


class _Reader:
    """Takes the stretches in order."""

    def __init__(self, words: Sequence[str]) -> None:
        self.found: list[Part] = []
        self._words = words
        self._clause = 0
        self._has_verb = False  # the main clause, so far

    def add(self, start: int, end: int, predicate: bool) -> None:
        """One stretch more, as what it is. ``predicate``: whether a later one opens with a verb."""
        words = [plain for word in self._words[start:end] if (plain := bare(word))]
        kind = self._kind(start, end, words, predicate) if start else self._first(end, words)
        verb = has_verb(words)
        if kind == "with":
            last = self.found[-1]
            self.found[-1] = replace(last, end=end)
            self._has_verb = self._has_verb or (verb and not last.optional)
            return
        lower = [word.lower() for word in words]
        if kind == "clause":
            self._clause += 1
            self._has_verb = False
        opens_later = kind == "clause" and bool(SUBORDINATE & set(lower[:2]))
        optional = kind in ("optional", "hanging")
        under = start == 0 and bool(CONDITIONS & set(lower[:1]))  # what holds under it is still to come
        self._has_verb = self._has_verb or (verb and not (optional or opens_later or under))
        opens = kind == "clause" and self._is_said(start, end)
        turns = kind == "clause" and lower[0] in TURNS
        says, hangs = kind == "says", kind == "hanging"
        self.found.append(Part(start, end, self._clause, optional, hangs, opens, turns, says))

    def _is_said(self, start: int, end: int) -> bool:
        """Whether a clause says itself who says it, or nobody says anything before it."""
        before = {bare(word).lower() for word in self._words[:start]}
        own = {bare(word).lower() for word in self._words[start:end]}
        quoted = any(mark in word for word in self._words[: start + 1] for mark in '“”"')
        if self._words[start - 1].endswith(":") or bare(self._words[0]).lower() in CONDITIONS:
            return False
        opening = [bare(word).lower() for word in self._words[start : start + 2]]
        if _POINTS_BACK & set(opening[: 2 if opening[0] in ("and", "but", "so", "or") else 1]):
            return False
        return bool(REPORTING & own) or not (quoted or REPORTING & before)

    def _first(self, end: int, words: Sequence[str]) -> _Kind:
        """ "On Wednesday," may be left out, "Vik," and "If the ice holds," may not."""
        first = words[0].lower() if words else ""
        following = [bare(word) for word in self._words[end : end + _AHEAD]]
        phrase = first in OPENS_SENTENCE - CONDITIONS or bool(ADVERB.match(first))
        opening = first in SUBORDINATE - CONDITIONS or (phrase and (not has_verb(words) or _own_subject(following)))
        return "optional" if opening and end < len(self._words) and self._words[end - 1].endswith(",") else "core"

    def _kind(self, start: int, end: int, words: Sequence[str], predicate: bool) -> _Kind:
        """What a stretch is that does not open the sentence; the first of the rules that holds."""
        if not words:
            return "with"
        lower, before = [word.lower() for word in words], self._words[start - 1]
        turns = lower[0] in TURNS or " ".join(lower[:2]) in TURNS or lower[:2] == ["and", "not"]
        another = self._has_verb and lower[0] in ("but", "yet", "however") and _own_subject(words[1:])
        attributes = self._has_verb and _attributes(words, lower)
        told = attributes and any(part.says for part in self.found)
        explains = _own_subject(words) or lower[0] in SUBORDINATE
        rules: tuple[tuple[bool, _Kind], ...] = (
            (bool(_STOP.search(before)), "says" if attributes else "clause"),
            (self._is_unfinished(), "with"),
            (turns and another, "clause"),
            (turns, "with" if self._adds() else "core"),
            (not self._has_verb, self._before_verb(start, end, words, predicate)),
            (attributes, "optional" if told and lower[0] == "according" else "says"),
            (before.endswith(":"), "clause" if explains else "with"),
        )
        return next((kind for holds, kind in rules if holds), self._behind_verb(start, end, words, predicate))

    def _behind_verb(self, start: int, end: int, words: Sequence[str], predicate: bool) -> _Kind:
        """A stretch after the main clause has had its verb: more of it, something beside it, or another."""
        lower, before, optional = [word.lower() for word in words], self._words[start - 1], self.found[-1].optional
        strong, own, adds = bool(_STRONG.search(before)), _own_subject(words), self._adds()
        joined = _joined_by_and(words[1:], lower[1:])
        resumes = (lower[0] in _RESUMES or is_verb(words[0])) and not adds and before.endswith((",", ")", "—", "–"))
        rules: tuple[tuple[bool, _Kind], ...] = (
            (self._words[start].startswith("("), "optional" if end - start >= _LEAST_BRACKETS else "with"),
            (lower[0] in ("and", "or", "so"), "core" if joined == "with" and optional else joined),
            (bool(RELATIVE.match(" ".join(lower[:4]))), "hanging"),
            (lower[0] in SUBORDINATE or bool(TAIL.match(lower[0])), self._tail(start, lower)),
            (lower[0] == "that", "core"),
            (optional and own and not strong and not adds, "with"),  # "…, saying that he left, she stayed and …"
            (own or (predicate and strong and bool(SUBJECT.match(words[0]))), "clause"),
            (optional and (before.endswith(";") or resumes), "core"),
            (strong, "optional"),
        )
        return next((kind for holds, kind in rules if holds), "with")

    def _is_unfinished(self) -> bool:
        """Whether the last part opened with "and that" and has had no verb ("and that the town, if need be, …")."""
        last = self.found[-1]
        words = [bare(word) for word in self._words[last.start : last.end]]
        return last.optional and [word.lower() for word in words[:2]] == ["and", "that"] and not has_verb(words[2:])

    def _adds(self) -> bool:
        """Whether the last part may be left out and says something more of the subject ("and gave it back")."""
        last = self.found[-1]
        return last.optional and bare(self._words[last.start]).lower() == "and"

    def _tail(self, start: int, lower: Sequence[str]) -> _Kind:
        """What follows a clause: one part with it where the words that were said stand in it."""
        if "that" in lower[1:] and "that" not in map(bare, self._words[:start]):
            return "with"
        apart = bool(_BREAK.search(self._words[start - 1]))
        return "hanging" if self.found[-1].optional and not apart else "optional"

    def _before_verb(self, start: int, end: int, words: Sequence[str], predicate: bool) -> _Kind:
        """A stretch before the main clause has its verb: what opens the sentence, an apposition, or the clause."""
        if end == len(self._words):
            return "core"
        lower, last = [word.lower() for word in words], self.found[-1]
        if last.optional and (lower[0] in SUBORDINATE or TAIL.match(lower[0])):
            return "hanging" if _BREAK.search(self._words[start - 1]) else "with"
        if predicate and RELATIVE.match(" ".join(lower[:4])) and not last.optional:
            return "hanging"
        apposition = not _NAME.match(" ".join(words)) and not has_verb(words) and lower[0] not in ("and", "or")
        closed = not last.optional or last.hangs
        return "hanging" if predicate and apposition and closed and self._words[end - 1].endswith(",") else "core"


def _joined_by_and(words: Sequence[str], lower: Sequence[str]) -> _Kind:
    """What "and" opens, by the words behind it."""
    if not lower:
        return "with"
    if lower[0] == "that" or is_verb(words[0]):
        return "optional"
    return "clause" if lower[0] in SUBORDINATE or _own_subject(words) else "with"


def _attributes(words: Sequence[str], lower: Sequence[str]) -> bool:
    """ "said Vik", "the ministry in Oslo said on Friday", "according to the ministry": who says what stands around."""
    if lower[:2] == ["according", "to"]:
        return True
    if lower[0] in SUBORDINATE or "that" in lower:
        return False
    if lower[0] in SAYING:
        return True
    place = next((n for n, word in enumerate(lower) if word in SAYING), -1)
    if not 1 <= place <= 8 or not SUBJECT.match(words[0]) or has_verb(words[: place - 1]):
        return False
    behind = lower[place + 1 :]
    return len(behind) <= 6 and not any(is_verb(word) for word in behind)


def _own_subject(words: Sequence[str]) -> bool:
    """Whether words open a clause of their own: a subject, and its verb before anything relative."""
    if not words or is_verb(words[0]):
        return False
    if not SUBJECT.match(words[0]):
        return len(words) > 2 and words[0].endswith("s") and is_verb(words[1])  # "visitors may stay"
    verb = next((n for n in range(1, len(words)) if is_verb(words[n], words[n - 1])), len(words))
    relative = next((n for n, word in enumerate(words) if n > 1 and word.lower() in _NO_SUBJECT), len(words))
    return verb < relative
