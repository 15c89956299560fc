"""To whom it was said: a statement goes in, the one who is told comes out, or None.

Who stands between the cue and the words; else whom the sentence has them speak with; else, in an account of a talk
between two people, the other one, as long as nobody speaks to the press.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from retriever.catalogue.words import tokens
from retriever.statements.people import People
from retriever.statements.speaker import Speaker
from retriever.statements.tagging import Span, Tagged

_PARTNER = re.compile(
    r"\b(?:with|to|told|asked|urged|warned|informed|assured|phoned|called|met|meeting|summoned)\s+(?P<name>[^.;:\n]{3,70})"
)
_CLAUSE = re.compile(
    r"\b(?:that|to|about|of|on|in|not|whether|if|when|for|during|after|before|from|at|by|as|and|over)\b|,"
)
_NAME = re.compile(r"[A-Z][\w.'’\-]*")
_ASKS = re.compile(r"\b(?:urg|ask|call|request|press|warn|invit|remind|advis|demand|want)", re.I)
_ASKED = re.compile(r"(?:on |upon )?(?P<name>(?:the )?[A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*){0,3}) (?:to|not|that)\b")
_GROUP = re.compile(
    r"(?:the |his |her |their |a )?(?:\w+ ){0,3}?(?:reporters|journalists|lawmakers|parliament|hosts|audience|"
    r"conference|media|press|crowd|committee|newspaper|agency|visitors|colleagues)",
    re.I,
)
_TO = re.compile(r"^\s*(?:to|with)\s+")
_TAKES = re.compile(r"\b(?:told|tells|asked|urged|warned|informed|assured|reminded)$", re.I)  # an object behind them
_PRONOUN = frozenset("him her".split())
_PRESS = re.compile(r"\b(?:reporters|journalists|(?:press|news) (?:conference|briefing)|interview)\b", re.I)
_KNOWN = re.compile(r"\baccording to$", re.I)  # the cue tells how it is known, not to whom it was said
_LATER = re.compile(r"\b(?:afterwards?|later)\b")
_APART = re.compile(r"\b(?:agree|publish|issue|announce|report|note|wr[io]te|tweet|post)", re.I)
_TALK = re.compile(
    r"\b(?:met|meet|meets|meeting|talks?|talked|spoke|calls?|called (?:in|on)|sat down|conferred|summoned|"
    r"telephoned?|phoned?|telephone|summit|dialogue|"
    r"led|received|hosted|conversation|told|asked)\b"
)
_REPLIES = re.compile(r"\b(?:answer|repl(?:y|ied)|respond|retort|counter)", re.I)
_REACH = 12  # sentences back in which a talk was told of
_TWO = 2
_BESIDE = 12  # characters behind a cue that hold "afterwards"


def addressee(text: str, tagged: Tagged, speaker: Speaker | None, people: People) -> str | None:
    """The name in full where the article has it, a group of people ("reporters") in the article's words."""
    if not tagged.cue or not tagged.content or _KNOWN.search(text[tagged.cue[0][0] : tagged.cue[-1][1]]):
        return None
    return next((name for name in _candidates(text, tagged, speaker, people) if name), None)


def _candidates(text: str, tagged: Tagged, speaker: Speaker | None, people: People) -> Iterator[str | None]:
    """Who may be told, the likeliest first."""
    cue, words = tagged.cue[-1], tagged.content[0]
    opening, closing = people.sentence_at(tagged.cue[0][0])
    told = _object(text, tagged, closing)
    if told.lower() in _PRONOUN or re.match(r"(?:him|her) to\b", text[words[0] : words[1]]):
        yield _in_a_talk(text, tagged, speaker, people, pressed=False)
        yield _other(people.mentioned(opening, cue[0]), speaker)
        return
    if _NAME.search(told) or _GROUP.fullmatch(told):
        yield _named(told, speaker, people, at=cue[1])
    asked = _ASKED.match(text[words[0] : words[1]]) if _ASKS.search(text[cue[0] : cue[1]]) else None
    if asked:
        yield _named(asked["name"], speaker, people, at=words[0])
    yield _in_setting(text, (cue[1], max(cue[1], words[0])), speaker, people)
    press = re.search(r"\bbriefed (?P<whom>reporters|journalists)\b", " ".join(text[a:b] for a, b in tagged.source))
    yield press["whom"] if press else None
    if _LATER.search(text[cue[0] : cue[1] + _BESIDE]):
        return
    yield _in_setting(text, (opening, min(words[0], tagged.cue[0][0])), speaker, people)
    yield _in_a_talk(text, tagged, speaker, people, pressed=True)


def _object(text: str, tagged: Tagged, closing: int) -> str:
    """What stands behind the cue: up to the words, or where the words stand in front, up to the end of the clause."""
    cue, words = tagged.cue[-1], tagged.content[0]
    if group := re.search(rf"\b(?:told|gave) ({_GROUP.pattern})$", text[cue[0] : cue[1]], re.I):
        return group[1]
    following = min((a for a, _ in tagged.content if a >= cue[1]), default=closing)
    if cue[1] > words[0] and not _TAKES.search(text[cue[0] : cue[1]]):
        return ""
    behind = text[cue[1] : following].strip(" .\n")
    return _CLAUSE.split(f" {_TO.sub('', behind)} ")[0].strip()


def exchanged(found: list[tuple[Tagged, Speaker | None]], text: str) -> dict[int, int]:
    """Which statement answers which: "Berg said …. Moe answered that …", place of the answer -> place of the other."""
    answers: dict[int, int] = {}
    for (earlier, (_, first)), (later, (tagged, second)) in pairwise(enumerate(found)):
        cue = " ".join(text[a:b] for a, b in tagged.cue)
        if not (first and second and first.person and second.person and tagged.cue and _REPLIES.search(cue)):
            continue
        if first.name != second.name and "\n" not in text[found[earlier][0].content[0][0] : tagged.cue[0][0]]:
            answers[later] = earlier
    return answers


def _named(words: str, speaker: Speaker | None, people: People, *, at: int) -> str | None:
    named = people.named(words, at=at)
    if named and not named.person:
        named = people.holder_near(words, at) or named
    return named.name if named and (speaker is None or named.name not in speaker.name) else None


def _other(names: list[str], speaker: Speaker | None) -> str | None:
    """The last of them who is not the speaker."""
    others = [name for name in names if not speaker or not set(tokens(name)) & set(tokens(speaker.name))]
    return others[-1] if others else None


def _in_setting(text: str, outside: Span, speaker: Speaker | None, people: People) -> str | None:
    """With whom the sentence has them speak, in front of the words: "In a call with Moe, Berg said"."""
    for match in _PARTNER.finditer(text, *outside):
        candidate = _CLAUSE.split(match["name"])[0].strip()
        named = people.named(candidate) if _NAME.search(candidate) else None
        if named and named.person and (speaker is None or named.name not in speaker.name):
            return named.name
    return None


def _in_a_talk(text: str, tagged: Tagged, speaker: Speaker | None, people: People, *, pressed: bool) -> str | None:
    """The other one of the two between whom a talk is told of. ``pressed``: the press may be told instead."""
    cue = " ".join(text[a:b] for a, b in tagged.cue)
    if not speaker or not speaker.person or " and " in speaker.name or _APART.search(cue):
        return None
    at = tagged.cue[0][0]
    for start, end in people.sentences_until(at)[:_REACH]:
        sentence = text[start:end]
        names = people.present(start, end)
        if pressed and (press := _PRESS.search(sentence)) and (start <= at <= end or speaker.name in names[:1]):
            return press[0] if press[0].lower() in ("reporters", "journalists") else None
        if speaker.name in names and (talk := _TALK.search(sentence)):
            names = names if len(names) == _TWO else _talking(people, start, start + talk.start(), end)
            if speaker.name in names and len(names) == _TWO:
                return _other(names, speaker)
    return None


def _talking(people: People, start: int, verb: int, end: int) -> list[str]:
    """Of more than two in a sentence, the one in front of "met" and the one behind."""
    return list(dict.fromkeys((*people.present(start, verb)[:1], *people.present(verb, end)[:1])))
