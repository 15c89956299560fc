"""A follow-up whose words point back goes in; with what they point to in their place it comes out.

"He", "they", "it", "there", "that day", "the meeting", "about that": each becomes words of the conversation, the last
exchange first. What has its antecedent in the follow-up itself, or none anywhere, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from service.question.following import antecedents
from service.question.following.antecedents import EVENTS, Exchange, possessive
from service.question.following.clauses import AUXILIARIES, taken_apart
from service.question.kinds import QUOTED
from service.question.mentions import date_in, names_in, people_in, place_in

_PERSONAL: Final = re.compile(r"\b(?:he|she|him|her|his)\b(?!['’])", re.I)
_PLURAL: Final = re.compile(
    r"\b(?:they|them|their|(?:the (?:two|both) |both )(?:sides|leaders|ministers|countries|parties|men|women)|"
    r"both(?! of)|the two(?= (?!\w+s\b))|the two$)(?!\w)",
    re.I,
)
_SIDES: Final = ("sides", "leaders", "ministers", "countries", "parties")
_SINGULAR: Final = re.compile(r"\b(?:it|its)\b(?!['’])", re.I)
_EXPLETIVE: Final = re.compile(
    r"\bit (?:true|likely|possible|clear|that|necessary|take \w+ to|rain)\b"
    r"|\bit (?:is|was|were|would be|will be) (?:\w+ )?\w+ (?:that|to|for)\b"
    r"|\b(?:is|was) it (?:\w+ )?(?:that|to|for)\b",
    re.I,
)
_HAPPENING: Final = re.compile(r"\bit (?:last|happen|take|end|begin|start)\b", re.I)
_THERE: Final = re.compile(r"\b(?:from |over )?there\b(?! (?:is|are|was|were|will|has|have|been|be|any|a)\b)", re.I)
_EXISTENTIAL: Final = re.compile(
    r"\b(?:is|are|was|were|will|has|have|had|would|can|could|may|might|should|did|does) there\b(?! (?:\w+ed)\b)", re.I
)
_THEN: Final = re.compile(
    r"\b(?:since |by |until )?(?:then$|(?:on |in )?(?:that|the same) (?:day|year|month|time|date)\b)", re.I
)
_EVENT: Final = re.compile(
    rf"\b(?:the|that|this) (?P<noun>{EVENTS})\b(?! (?:of|between|with|in|on|at|to|about|by|from)\b)"
)
_THAT: Final = re.compile(r"\b(?P<lead>about|on|of|to|with|against|for|over) (?:that|this|it)$", re.I)
_SAID_THAT: Final = re.compile(r"\b(?:say|said|think|claim|mean|ask|do|did) (?:that|this|so)$", re.I)
_REACTING: Final = re.compile(r"\b(?:react|reacted|respond|responded|disagree|disagreed|object|objected)$", re.I)
_CLAUSE: Final = re.compile(
    r"\b(?:that|when|where|whether|if|why|how|what|who|before|after|because|while|and)\b|,", re.I
)
_SPEECH: Final = re.compile(r"(?:say|said|think|ask|tell|write|know|hear|add|talk|speak|do)$")


def pointed(text: str, exchanges: Sequence[Exchange]) -> str:
    """The follow-up, without its question mark, with its pointing words replaced. ``exchanges``: last one last."""
    for replace in (_people, _parties, _events, _matters, _things, _places, _times, _reactions):
        text = replace(text, exchanges)
    return text


def with_topic(text: str, last: Exchange) -> str:
    """A clause that says of nothing what it is about ("what did Qin ask for"), with the last question's topic."""
    clause = taken_apart(text)
    if clause is None or not clause.gap or re.fullmatch(r"(?:for|about|of|to|on|with)?", clause.rest) is None:
        return text
    speaks = bool(_SPEECH.match(clause.verb)) and not clause.rest
    found = list(antecedents.topics(last))
    if not found and speaks and (matter := antecedents.matter(last)):
        found = [f"about {matter}"]
    if not speaks:
        found = [re.sub(r"^about\b", "regarding", topic) for topic in found]
    own, other = names_in(clause.subject), names_in(last.clause.subject) if last.clause else ()
    if own and other:
        found = [re.sub(rf"\bwith {re.escape(own[0])}\b(?: [A-Z]\w+)*", f"with {other[0]}", topic) for topic in found]
    return " ".join([text, *(topic for topic in found if topic not in text)])


def _people(text: str, exchanges: Sequence[Exchange]) -> str:
    match = _PERSONAL.search(_masked(text))
    if not match or _named_before(text[: match.start()], match[0]):
        return text
    pronoun = match[0].lower()
    person = _latest(exchanges, lambda exchange: antecedents.person(exchange, pronoun))
    if person is None:
        return text
    name = antecedents.fullest(person, exchanges)
    own = pronoun == "his" or (pronoun == "her" and _before_noun(text[match.end() :]))
    return _put(text, match, possessive(name) if own else name)


def _named_before(before: str, pronoun: str) -> bool:
    """Whether the question itself names whom it means: "Did Wang say when he would come?"; in "Who did Wang send to
    him?" it does not, "him" being somebody else there.
    """
    if not people_in(before):
        subject = re.search(rf"\b(?:{'|'.join(AUXILIARIES)}) (?:the|a|an) \w", before, re.I)
        return bool(subject) and pronoun.lower() != "him"
    return pronoun.lower() != "him" or bool(_CLAUSE.search(before.partition(people_in(before)[-1])[2]))


def _before_noun(after: str) -> bool:
    word = re.match(r" ([a-z][\w-]*)", after)
    function = "in on at by for with to from about that when where why how and or after before during of as".split()
    return bool(word) and word is not None and word[1] not in function and not word[1].endswith("ly")


def _parties(text: str, exchanges: Sequence[Exchange]) -> str:
    match = _PLURAL.search(_masked(text))
    if not match or names_in(text[: match.start()]):
        return text
    found = _latest(exchanges[-2:], antecedents.parties)
    if found is None or (text[: match.start()].endswith("of ") and " and " in found):
        return text
    if match[0].lower().endswith(_SIDES):  # articles say "the two sides agreed", and it says how many there are
        return _put(text, match, f"{match[0]}, {found},")
    text = _put(text, match, possessive(found) if match[0].lower() == "their" else found)
    place = place_in(exchanges[-1].question)
    again = not re.search(r"\b(?:agree|discuss|decide|say|talk|promise|sign)\b", text)
    met = exchanges[-1].clause and exchanges[-1].clause.verb in ("meet", "met", "talk", "speak", "negotiate")
    return f"{text} {place}" if place and met and not again and not place_in(text) and not date_in(text) else text


def _events(text: str, exchanges: Sequence[Exchange]) -> str:
    match = _EVENT.search(_masked(text))
    if not match:
        return text
    noun = match["noun"].split()[-1]
    found = _latest(exchanges[-2:], lambda exchange: antecedents.event(exchange, noun))
    if found is None and noun in ("call", "meeting", "talks", "conversation"):
        names = _latest(exchanges[-1:], antecedents.parties)
        found = f"the {noun} between {names}" if names and " and " in names else None
    return _put(text, match, found) if found else text


def _matters(text: str, exchanges: Sequence[Exchange]) -> str:
    """ "about that" -> "about the pier"; "say that" at the end is followed by what it is about."""
    last = exchanges[-1]
    if match := _THAT.search(_masked(text)):
        matter = antecedents.matter(last)
        return _put(text, match, f"{match['lead']} {matter}") if matter else text
    if _SAID_THAT.search(_masked(text)) and (about := antecedents.topics(last)):
        return f"{re.sub(r'so$', 'that', text)} {' '.join(about)}"
    return text


def _things(text: str, exchanges: Sequence[Exchange]) -> str:
    masked = _masked(text)
    match = _SINGULAR.search(masked)
    if not match or _EXPLETIVE.search(masked) or _own_thing(text[: match.start()]):
        return text
    happening = _HAPPENING.search(masked)
    found = _latest(exchanges[-1:], antecedents.event) if happening else None
    if not re.search(r"\bit take$", masked, re.I):
        found = found or _latest(exchanges[-2:], antecedents.thing)
    if found is None or (happening and found.istitle()):  # what only has a name ("Taiwan") does not last or end
        return text
    return _put(text, match, possessive(found) if match[0].lower() == "its" else found)


def _own_thing(before: str) -> bool:
    return bool(re.search(r"\b(?:the|an?) \w|['’]s \w", before, re.I) or set(names_in(before)) - set(people_in(before)))


def _places(text: str, exchanges: Sequence[Exchange]) -> str:
    masked = _masked(text)
    match = _THERE.search(masked)
    existing = _EXISTENTIAL.match(masked)
    if not (match or existing) or (_EXISTENTIAL.search(masked) and not existing) or place_in(text):
        return text
    found = _latest(exchanges[-2:], lambda exchange: place_in(exchange.answer) or place_in(exchange.question))
    if found is None:
        return text
    place = re.sub(r"^(?:to|from|near) ", "in ", found)
    if existing or match is None:
        return f"{text} {place}"
    return _put(text, match, re.sub(r"^\w+ ", "from ", place) if match[0].lower().startswith("from") else place)


def _times(text: str, exchanges: Sequence[Exchange]) -> str:
    match = _THEN.search(_masked(text))
    if not match or date_in(text):
        return text
    found = _latest(exchanges[-2:], lambda exchange: date_in(exchange.answer) or date_in(exchange.question))
    if found is None:
        return text
    lead = re.match(r"since |by |until ", match[0], re.I)
    day = re.sub(r"^(?:on|in|since|by|until|before|after|during|of) ", "", found)
    return _put(text, match, f"{lead[0]}{day}" if lead else found)


def _reactions(text: str, exchanges: Sequence[Exchange]) -> str:
    """ "How did Norway react?" to what was asked about before."""
    match = _REACTING.search(text)
    deed = antecedents.deed(exchanges[-1]) if match else None
    if deed is None or ("disagree" in text and not deed.startswith("what ")):
        return text
    return f"{text} {'with' if 'disagree' in text else 'to'} {deed}"


def _latest(exchanges: Sequence[Exchange], antecedent: Callable[[Exchange], str | None]) -> str | None:
    return next((found for exchange in reversed(exchanges) if (found := antecedent(exchange))), None)


def _put(text: str, match: re.Match[str], words: str) -> str:
    return text[: match.start()] + words + text[match.end() :]


def _masked(text: str) -> str:
    """The text with quotations blanked out, as long as before."""
    return QUOTED.sub(lambda match: " " * len(match[0]), text)
