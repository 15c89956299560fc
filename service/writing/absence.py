"""A sentence of a chat model goes in; whether it says that the passages do not hold something comes out.

What an article says of a document that it tells of ("The communiqué does not mention Taiwan", "Kishida said the text
does not bind Japan") is a sentence like any other. What sets the model's own words apart: they are about the passages
by a name that only those have ("the passages", "the provided text"), or by a plain one ("the document") that stands in
none of them; they are in the present tense; nobody is said to say them; and they tell of nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from retriever.catalogue.words import tokens

ABSENT: Final = "NOT IN THE PASSAGES"  # what the prompts ask for where the passages do not answer

_GIVEN = r"(?:provided|given|supplied|available|above|cited|retrieved|numbered|listed)"
_PLAIN = r"(?:documents?|texts?|reports?|materials?|information|content|articles?|sources?|excerpts?)"
_THE = r"(?:(?:any|none|all|each|most|either|neither) of )?(?:the|these|this|those|any|no|my|your) "
_OURS = rf"(?:(?:\w+ )?passages?|context|search results|{_GIVEN} (?:\w+ )?{_PLAIN}|{_PLAIN} (?:\w+ ){{0,3}}{_GIVEN})"
_PASSAGES = rf"(?:(?:{_THE})?{_OURS}(?: \d+(?:(?:,| and) \d+)*| given| provided)?)"
_PLAINLY = rf"(?:{_THE}(?:news )?(?P<plain>{_PLAIN}))"  # may be a document that the passages tell of

_HOW = r"(?:(?:also|however|explicitly|directly|specifically|clearly|actually|themselves|itself|further|exactly) )*"
_TELL = (
    r"(?:say|state|mention|specify|tell|give|provide|contain|include|indicate|answer|describe|explain|reveal|identify"
    r"|name|discuss|address|report|offer|disclose|clarify|show|elaborate|cover|refer|quote|list|record)"
)
_NO = r"(?:no|not enough|not any|insufficient|nothing)"
_LACKS = (
    rf"{_HOW}(?:(?:do not|does not|don't|doesn't|cannot|can't|never) {_HOW}{_TELL}\b|lacks?\b|fails? to {_TELL}\b"
    r"|(?:is|are) (?:silent|unclear|not clear)"
    rf"|(?:makes?|contains?|gives?|provides?|includes?|offers?|has|have) {_NO}\b"
    r"|says? nothing\b)"
)
_TOLD = (
    r"(?:stated|specified|mentioned|given|provided|said|told|indicated|described|named|identified|disclosed|reported"
    r"|contained|included|answered|found|explained|discussed|available|present|clear|known|determined|established)"
)
_UNTOLD = (
    rf"(?:(?:(?:is|are|was|were) (?:not|never|nowhere)|(?:cannot|can't) be) (?:\w+ )?{_TOLD}"
    r"|(?:is|are) (?:unclear|unknown|unspecified|unstated|not|nowhere|missing|absent))"
)
_FROM = rf"(?:in|by|from|within|based on|with|using) {_PASSAGES}"
_SAID = r"(?:said|told|says|added|argued)"
_WHAT = rf"(?:(?:who|what|when|where|why|how|which|whether)\b[^,;]*|(?:(?! {_SAID} )[^,;])*)"
_WHO = r"(?:who|whom|whose|what|when|where|why|how|which|whether|if)"

_BEGINS: Final = re.compile(
    r"(?:(?:note|please note(?: that)?|answer|unfortunately|however|but|also|and|sorry|i am sorry|i'm sorry"
    rf"|i apologi[sz]e|additionally|moreover|{_FROM})[,:;]* )+",
    re.IGNORECASE,
)
_OURS_LACK: Final = re.compile(
    rf"(?:{_PASSAGES}|neither passage) {_LACKS}"  # "The passages do not say …"
    rf"|none of the passages \w+|no passages? \w+|nothing {_FROM} \w+"
    rf"|{_WHAT} {_UNTOLD} (?:\w+ )?{_FROM}"  # "The exact date is not given in the passages"
    rf"|(?:(?:there (?:is|are)|i find|i found|i see) )?{_NO} (?:\w+ )?(?:information|mention|details?|answer)\b"
    rf".* {_FROM}"
    rf"|there (?:is|are) {_NO} (?:\w+ )?(?:information|details?) (?:about|on|regarding|available|given|to answer)\b"
    rf"|it is (?:not (?:\w+ )?(?:stated|specified|mentioned|indicated|given)|unspecified|unstated) {_WHO}\b"
    rf"|(?:it is )?(?:not (?:clear|known|possible)|unclear|unknown|impossible)\b.* {_FROM}"
    rf"|{_FROM},? (?:it|there) is (?:not?|nothing|impossible|unclear|unknown)\b"
    r"|(?:it is )?not (?:stated|specified|mentioned|given|found)\W*$"
    r"|(?:this|the|your) question (?:cannot|can't) be answered"
    r"|(?:the|an) answer (?:is not (?:in|given|found|provided|stated|available|contained)|cannot be (?:found|given))\b"
    r"|(?:i|we) (?:cannot|can't|could not|couldn't|am unable to|was unable to|am not able to|did not|didn't)"
    r" (?:answer|find|determine|provide|tell|identify|locate)\b"
    rf"|(?:i|we) (?:do not|don't) (?:have|see|find) (?:\w+ ){{0,2}}(?:information|mention|details?|answer|{_OURS})\b"
    r"|unable to (?:answer|find|determine)\b",
    re.IGNORECASE,
)
_PLAINLY_LACKS: Final = re.compile(rf"{_PLAINLY} {_LACKS}", re.IGNORECASE)
# What tells of something beside, or who says it: such a sentence is checked like any other.
_TELLS: Final = re.compile(
    r"[,;] (?:but|although|though|while|however|yet|except)\b|[“”\"«»]"
    rf"|[,;–—] (?!(?:or|nor|and|{_WHO})\b)(?:\S+ ){{0,6}}{_SAID}\b|, according to (?!the passage)"
)


def is_absent(text: str) -> bool:
    """Whether it is what the prompts ask for where the passages do not answer."""
    return _plain(text).upper().startswith(ABSENT)


def speaks_of_passages(text: str, words: Set[str]) -> bool:
    """Whether it says of anything that the passages do not hold it, and is no sentence of an answer. ``words``: all
    that stand in the passages, folded.
    """
    plain = _plain(text)
    if ABSENT in plain.upper():
        return True
    begins = _BEGINS.match(plain)
    bare = plain[begins.end() :] if begins else plain
    if _TELLS.search(bare):
        return False
    if _OURS_LACK.match(plain) or _OURS_LACK.match(bare):
        return True
    plainly = _PLAINLY_LACKS.match(bare)
    return plainly is not None and not _in(plainly["plain"], words)


def _in(noun: str, words: Set[str]) -> bool:
    """Whether a noun stands among the words, be there one or many of it."""
    return any(word.rstrip("s") == token.rstrip("s") for token in tokens(noun) for word in words)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip(" '*“\"”")
