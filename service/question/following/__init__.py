"""A follow-up and the conversation before it go in; the question as a stranger would understand it comes out.

By rules, in this order: what leaves out most of itself is completed from the question before; then what points back is
replaced by what it points to; then a question that says of nothing what it is about is given the last one's topic.
Every word that is added stands in the conversation, but for the glue between them. A question that stands alone is not
changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from service.question.following.antecedents import Exchange
from service.question.following.completing import completed, without_opener
from service.question.following.exchanging import is_fragment
from service.question.following.referring import pointed, with_topic
from service.question.kinds import unquoted
from service.question.mentions import names_in
from service.records import Turn

_EXCHANGES: Final = 3  # what lies further back is no longer meant
_LONGEST: Final = 400  # characters of a follow-up; longer ones say themselves what they are about
_ANSWER: Final = 600  # characters of an answer that are read
_CONTEXT: Final = 300  # characters of the last answer that the search is given
_PRONOUN: Final = re.compile(r"\b(?:he|she|him|her|his|hers|they|them|their|it|its|those|these|there|both)\b", re.I)
_POINTS_BACK: Final = re.compile(
    r"\b(?:he|she|him|her|his|hers|they|them|their|it|its|that|this|those|these|there|then|both|the same|"
    r"the (?:meeting|call|visit|talks|speech|statement|event|summit|conference|interview|negotiations|two))\b",
    re.I,
)
_ELLIPSIS: Final = re.compile(
    r"^(?:and|but|so|or|then|what about|how about|who else|anything else|what else|anyone else|anybody else|"
    r"why|when|where)\b",
    re.I,
)
_SMALL_TALK: Final = re.compile(r"(?:thanks?|thank you|ok(?:ay)?|really|yes|no|hello|hi|great|please)\b[^?]*\??", re.I)
_OPENER: Final = re.compile(r"^(?:ok(?:ay)?|well|also|so|and|but|then|or|yes|no)[,\s]+", re.I)
_DECLINED: Final = re.compile(
    r"^(?:nobody in|nobody called|nothing in|these documents|those words are|the documents do(?:es)? not)\b", re.I
)
_MARKS: Final = re.compile(r"\s*\[\d+\]")


@dataclass(frozen=True, slots=True)
class StandAlone:
    """``context`` holds words of the conversation to search with, empty where the question needs none."""

    text: str
    context: str
    changed: bool  # whether ``text`` differs from what was typed


def stand_alone(text: str, history: tuple[Turn, ...]) -> StandAlone:
    """The question as it would be asked without the conversation. ``history``: oldest turn first."""
    exchanges = _exchanges(history)
    if not exchanges or not _points_back(text):
        return StandAlone(text, "", False)
    alone = _rewritten(text, exchanges)
    if alone == text and names_in(text) and not (_PRONOUN.search(text) or _ELLIPSIS.match(text)):
        return StandAlone(text, "", False)  # "the call after the NATO visit" says itself which call is meant
    last = exchanges[-1]
    answered = next((turn.content for turn in reversed(history) if turn.role == "assistant"), "") if last.answer else ""
    return StandAlone(alone, f"{last.question} {answered[:_CONTEXT]}".strip(), alone != text)


def _points_back(text: str) -> bool:
    return bool(_POINTS_BACK.search(text) or _ELLIPSIS.match(text) or len(text.split()) <= 4)


def _exchanges(history: tuple[Turn, ...]) -> tuple[Exchange, ...]:
    """The last exchanges, each question in its stand-alone form; an answer that declined is empty."""
    found: list[Exchange] = []
    asked: str | None = None
    for turn in history[-2 * _EXCHANGES - 1 :]:
        if turn.role == "user":
            if asked is not None:
                found.append(_exchange(asked, "", found))
            asked = turn.content.strip()
        elif asked is not None:
            found.append(_exchange(asked, turn.content, found))
            asked = None
    return (*found, *([_exchange(asked, "", found)] if asked is not None else ()))[-_EXCHANGES:]


def _exchange(asked: str, answered: str, before: list[Exchange]) -> Exchange:
    question = _rewritten(asked, tuple(before)) if before and _points_back(asked) else asked
    answer = "" if _DECLINED.match(answered) else re.sub(r"\s+", " ", unquoted(_MARKS.sub("", answered)))[:_ANSWER]
    return Exchange.of(question, answer.strip())


def _rewritten(text: str, exchanges: tuple[Exchange, ...]) -> str:
    """``exchanges``: at least one, the last one last."""
    plain = re.sub(r"\s+", " ", text).strip().rstrip("?.! ")
    if not plain or len(plain) > _LONGEST or _SMALL_TALK.fullmatch(plain):
        return text
    fragment, instead = without_opener(plain)
    bare = _OPENER.sub("", plain)
    opened = bare != plain
    whole = completed(fragment, exchanges[-1], opened=instead or _bare_name(plain))
    whole = whole or completed(bare, exchanges[-1], opened=False)
    if whole is None and (instead or opened) and is_fragment(fragment):
        return text  # nothing in the last question that it could stand for
    if whole is None:
        whole = pointed(bare, exchanges)
        whole = with_topic(whole, exchanges[-1]) if opened else whole
    if whole == plain or (whole == bare and len(bare.split()) <= 2):
        return text
    return _as_question(whole)


def _bare_name(plain: str) -> bool:
    return len(plain.split()) <= 4 and plain[0].isupper() and plain.istitle()


def _as_question(words: str) -> str:
    text = re.sub(r"\s+", " ", words).strip()
    return f"{text[0].upper()}{text[1:]}?"
