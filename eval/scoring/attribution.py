"""A case that asks who or when goes in with its answer; whether the right one is named, or a wrong one, comes out.

An answer that puts words into the wrong mouth is worse than none, so that a wrong speaker is counted apart. All
functions are pure, and see no more than the answer itself. ``None`` means: does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eval.cases import Case
from eval.matching import fold
from eval.metrics import says, unmarked
from retriever import timewords
from retriever.catalogue.words import tokens
from retriever.dating import times
from retriever.naming import behind_titles, is_body
from retriever.records import When
from retriever.wording import content_words
from service.records import Answer
from service.sayings.countries import country

_OPENS = r"^(?:(?:and|but|so|then) )?"
_ASKS_WHO = re.compile(rf"{_OPENS}(?:who|whom|whose)\b", re.I)
_ASKS_WHEN = re.compile(rf"{_OPENS}(?:when|(?:(?:on|in) )?(?:what|which) (?:date|day|month|year))\b", re.I)
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w’'\-]*"
_NAME = rf"{_WORD}(?: (?:(?:de|da|del|di|van|von|der|bin|al) )*{_WORD})*"
_FIRST_NAME = re.compile(rf"^[\W_]*({_NAME})(\s?:|\s[—–])?")
_POSSESSIVE = re.compile(r"['’]s?$")
_TIMES = frozenset((*timewords.FULL_MONTHS, *timewords.MONTHS, *timewords.DAYS))

Names = Sequence[frozenset[str]]  # each as its words, folded, without titles


def right_speaker(case: Case, answer: Answer) -> bool | None:
    """Whether who was asked for is named in an answer. Of answerable cases that ask who."""
    return not answer.declined and says(case, answer.answer) if _asks(case, "who", _ASKS_WHO) else None


def wrong_speaker(case: Case, answer: Answer) -> bool | None:
    """Whether the first sentence leads with a person who is not asked for, or is a statement of theirs, and does not
    name the one who is; also where that one is named as the person told. Of answerable cases that ask who.

    Offices, countries and crowds are no persons. A name is another's where both have a word that the other lacks.
    """
    if not _asks(case, "who", _ASKS_WHO):
        return None
    if answer.declined:
        return False
    first = _first_sentence(answer)
    wanted = [_folded(each) for alternatives in case.answer for each in alternatives]
    spoken = list(_statements(answer, first))
    if says(case, first):
        return any(_told_instead(each, wanted, case.question) for each in spoken)
    persons = [name for each in spoken if (name := _person(str(each["speaker"])))] or _leading(first)
    return bool(persons) and not any(_same(name, each) for name in persons for each in wanted)


def right_date(case: Case, answer: Answer) -> bool | None:
    """Whether the time that was asked for is named in an answer. Of answerable cases that ask when."""
    return not answer.declined and says(case, answer.answer) if _asks(case, "when", _ASKS_WHEN) else None


def wrong_date(case: Case, answer: Answer) -> bool | None:
    """Whether the first time that an answer names has no day in common with the one that was asked for. Of answerable
    cases that ask when. Times that no year is known of are compared by their words.
    """
    if not _asks(case, "when", _ASKS_WHEN):
        return None
    if answer.declined:
        return False
    named = times(unmarked(answer.answer), None)
    given = next((each for each in named if each.first), named[0] if named else None)
    if given is None:
        return False
    wanted = [each for alternatives in case.answer for words in alternatives for each in times(words, None)]
    known = [each for each in wanted if each.first]
    if given.first is None or not known:
        return not says(case, answer.answer)
    spelt = (fold(words) for alternatives in case.answer for words in alternatives)
    return not any(_meet(given, each) for each in known) and fold(given.text) not in spelt


def real_speaker(case: Case, answer: Answer) -> bool | None:
    """Whether a refusal names who it really was. Of near misses that were declined and are known to be somebody else's:
    ``case.really`` begins with a name that is not in the question.
    """
    if case.kind != "nearmiss" or not answer.declined:
        return None
    asked = frozenset(tokens(case.question))
    name = next((new for each in _opening(case.really) if (new := each - asked)), None)
    if name is None:
        return None
    speakers = (str(each.get("speaker") or "") for each in answer.statements)
    return bool(name & set(tokens(" ".join((answer.answer, *speakers)))))


def _asks(case: Case, kind: str, words: re.Pattern[str]) -> bool:
    if case.unanswerable or case.conflict:
        return False
    return case.kind == kind or bool(words.match(case.question))


# ---- who is named


def _first_sentence(answer: Answer) -> str:
    if answer.sentences:
        return answer.sentences[0].text
    return unmarked(answer.answer.partition("[1]")[0])


def _statements(answer: Answer, first: str) -> Iterator[Mapping[str, Any]]:
    """Those that the first sentence cites and whose speaker it names."""
    numbers = answer.sentences[0].citations if answer.sentences else (1,)
    places = [(each.document_id, each.start, each.end) for each in answer.citations if each.number in numbers]
    shown = set(tokens(first))
    for each in answer.statements:
        name = tokens(str(each.get("speaker") or ""))
        cites = any(
            document == each.get("document_id") and start < each.get("end", 0) and each.get("start", 0) < end
            for document, start, end in places
        )
        if cites and name and shown & set(name):
            yield each


def _told_instead(statement: Mapping[str, Any], wanted: Names, question: str) -> bool:
    """Whether the one who is asked for is named as the person told, by somebody whom the question does not name."""
    speaker, told = _person(str(statement["speaker"])), _person(str(statement.get("addressee") or ""))
    if not speaker or not told or speaker & set(tokens(question)):
        return False
    return any(_same(told, each) for each in wanted) and not any(_same(speaker, each) for each in wanted)


def _leading(sentence: str) -> list[frozenset[str]]:
    """The name that opens a sentence: one of several words, or one in front of a colon or a dash."""
    match = _FIRST_NAME.match(sentence)
    return [name for name in _opening(sentence) if len(name) > 1 or (match and match[2])]


def _opening(text: str) -> list[frozenset[str]]:
    match = _FIRST_NAME.match(text)
    if match is None:
        return []
    words = match[1].split()
    while words and (words[0].lower() in _TIMES or not content_words(words[0].lower())):
        words = words[1:]
    owned = next((n for n, word in enumerate(words) if _POSSESSIVE.search(word)), len(words))
    name = _person(" ".join(words)) if owned == len(words) else None
    return [name] if name else []


def _person(name: str) -> frozenset[str] | None:
    """The words of a person's name; None where it is an office, a house, a country or a description."""
    bare = behind_titles(name.split())
    if not bare or not bare[-1][0].isupper() or bare[0].lower() in ("a", "an", "the"):
        return None
    whole = " ".join(bare)
    if is_body(name) or country(whole) or country(name) or country(bare[-1]):
        return None
    return _folded(whole)


def _folded(name: str) -> frozenset[str]:
    return frozenset(tokens(" ".join(behind_titles(name.split()) or name.split())))


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """ "Hayashi" is Hayashi Setsuko as far as one can tell; Hayashi Kenta is not."""
    return bool(one and other) and (one <= other or other <= one)


# ---- times


def _meet(one: When, other: When) -> bool:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    return one.first <= other.last and other.first <= one.last
