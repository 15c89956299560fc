"""A follow-up that leaves out most of itself goes in; what it leaves out is taken from the question before.

"When was that?", "Who else?", "And Brandt?", "How many of them?", "In which city?": each is the last question with one
part exchanged. What is a whole question gives None.
"""

from __future__ import annotations

import re
from typing import Final

from service.question.following import antecedents
from service.question.following.antecedents import Exchange
from service.question.following.clauses import AUXILIARIES, Clause, base_of, is_verb, past_of
from service.question.following.exchanging import PERIOD, TALKING, exchanged, is_fragment
from service.question.mentions import NAME, names_in

_ASKING: Final = (
    r"(?:since when|for how long|how (?:long|often|soon)|how|when|where|why|"
    r"(?:in|on|at|to|from|with|by|for|about|against) (?:which|what|whom?)(?: \w+){0,2})"
)
_BARE: Final = re.compile(
    rf"(?P<asked>{_ASKING})(?: exactly)?(?: (?:was|is|were) (?:that|this|it)(?: (?:said|done|announced|decided))?"
    r"| (?:did|does) (?:that|this|it) (?:happen|take place|occur))?",
    re.I,
)
_ABOUT_IT: Final = re.compile(r"(?:when|where|why) (?:was|is|were) it$", re.I)
_ELSE: Final = re.compile(
    r"(?:(?P<asked>who|what|where|when|which \w+)|any(?P<any>one|body|thing)) else(?: was there| is there)?", re.I
)
_OF_THEM: Final = re.compile(
    r"(?P<asked>.*?\b(?:how (?:many|much)|which|one|some|any|all|none) of) them\b(?P<more>.*)", re.I
)
_SAID_SO: Final = re.compile(
    r"(?P<said>who (?:said|says)) (?:that|so|this)|"
    r"(?P<true>is|was) (?:that|this|it) (?:really )?(?:true|so|right|correct)",
    re.I,
)
_INSTEAD: Final = re.compile(r"(?:(?:and |but )?(?:what|how) about |and (?:what of )?|but |or )", re.I)
_STRANDED: Final = re.compile(
    r"(?P<before>(?:.*? )?(?:up|out|off|down|over|about|against|from|to|for|with|of|on|at|in))"
    r"(?P<after>$| (?:in|on|at|about|during|after|before|by|with|when|while|according) .*)"
)
_TOLD: Final = re.compile(rf"(?P<whom>(?:the )?{NAME.pattern})(?P<after>.*)")


def completed(text: str, last: Exchange, *, opened: bool) -> str | None:
    """The follow-up without its question mark, made whole. ``opened``: "And", "But" or "What about" stood before it."""
    if last.clause is not None and (match := _BARE.fullmatch(text)) and not _of_a_thing(text, last.clause):
        return _asked_anew(match["asked"], last, last.clause)
    if last.clause is not None and (match := _ELSE.fullmatch(text)):
        asked = match["asked"] or ("what" if match["any"].lower() == "thing" else "who")
        return _asked_further(asked, last.clause)
    if last.clause is not None and (match := _OF_THEM.fullmatch(text)):
        group = _group(last.clause) if match["more"] else None
        return f"{match['asked']} {group}{match['more']}" if group else None
    if (match := _SAID_SO.fullmatch(text)) and (match["true"] or not TALKING.search(last.question)):
        return _said(match["said"] or "is it true", last)
    return exchanged(text, last) if opened and is_fragment(text) else None


def _said(text: str, last: Exchange) -> str | None:
    """ "Who said that the pier is old?" for "Who said that?" after that answer; "Is it true that …?"."""
    words = last.answer.rstrip(". ")
    whole = (
        4 <= len(words.split()) <= 25
        and ". " not in words
        and any(is_verb(w) or w in AUXILIARIES for w in words.split())
    )
    if (
        not whole
        or is_verb(words.split()[0])
        or re.search(r"^(?:yes|no)\b|\b(?:he|she|it|they|him|her|them)\b", words, re.I)
    ):
        return None
    name = next(iter(names_in(words)), "")
    opens = name and words.startswith(name)
    return f"{text} that {words if opens else words[0].lower() + words[1:]}"


def without_opener(text: str) -> tuple[str, bool]:
    """ "And Brandt" -> ("Brandt", True): what an ellipsis opens with is no part of it."""
    match = _INSTEAD.match(text)
    return (text[match.end() :], True) if match else (text, False)


def _of_a_thing(text: str, clause: Clause) -> bool:
    """ "Where is it?" asks for the pier of "What is the pier made of?", not where it is made."""
    return bool(_ABOUT_IT.fullmatch(text)) and (clause.auxiliary in ("is", "are", "was", "were") and not clause.verb)


def _asked_anew(asked: str, last: Exchange, clause: Clause) -> str:
    if clause.asked.lower() == asked.lower():
        return last.question.rstrip("? ")
    rest = _dropped(asked, clause.rest)
    if clause.subject and clause.asked.lower() == "who" and not clause.verb:
        since = "since " if asked.lower() == "when" and clause.auxiliary in ("is", "are") else ""
        agent = _agent(clause, last)
        auxiliary = "were" if clause.auxiliary == "was" and re.match(r"the \w+s$", agent, re.I) else clause.auxiliary
        return f"{since}{asked.lower()} {auxiliary} {agent} {clause.subject}"
    if clause.subject:
        whole = _filled(clause, rest, last) if clause.gap else f"{clause.verb} {rest}"
        return f"{asked} {clause.auxiliary} {clause.subject} {clause.adverb} {whole}"
    agent = _agent(clause, last)
    if clause.auxiliary:
        return f"{asked} {clause.auxiliary} {agent} {clause.adverb} {clause.verb} {rest}"
    base = base_of(clause.verb)
    return f"{asked} did {agent} {base} {rest}" if base else f"{asked} was it that {agent} {clause.verb} {rest}"


def _dropped(asked: str, rest: str) -> str:
    """A question for the place or the time does not name it any more."""
    if re.search(r"\b(?:when|date|day|year|month)$", asked, re.I):
        return re.sub(rf" ?{PERIOD.pattern}$", "", rest, flags=re.I)
    if re.search(r"\b(?:where|city|country|place|town)$", asked, re.I):
        return re.sub(rf"(?:^| )(?:in|at) {NAME.pattern}$", "", rest)
    return rest


def _filled(clause: Clause, rest: str, last: Exchange) -> str:
    """The verb and what follows with the object put in that was asked for."""
    filler = _filler(clause, last)
    if match := _STRANDED.fullmatch(rest):
        return f"{clause.verb} {match['before']} {filler}{match['after']}"
    if clause.verb in ("tell", "ask", "give", "show", "promise") and (match := _TOLD.fullmatch(rest)):
        return f"{clause.verb} {match['whom']} {filler}{match['after']}"
    return f"{clause.verb} {filler} {rest}"


def _filler(clause: Clause, last: Exchange) -> str:
    if re.match(r"(?:\w+ )?whom?$", clause.asked, re.I):
        return antecedents.listed(last.new_people) or "anyone"
    if many := re.match(r"how (many|much) (.+)", clause.asked, re.I):
        return f"that {many[1]} {many[2]}"
    if not clause.noun:
        return "that much" if clause.asked.lower() == "how much" else "that"
    asked = {word for name in names_in(last.question) for word in name.split()}
    new = [name for name in names_in(last.answer) if not asked & set(name.split())]
    if len(new) != 1:
        return f"the {clause.noun}"
    return f"the {new[0]}" if re.search(rf"\bthe {re.escape(new[0])}", last.answer) else new[0]


def _agent(clause: Clause, last: Exchange) -> str:
    """Who did it, where the question asked that: as the answer says."""
    if clause.noun:
        many = re.match(r"how (many|much) (.+)", clause.asked, re.I)
        return f"that {many[1]} {many[2]}" if many else f"the {clause.noun}"
    new = last.new_people
    if len(new) > 1 and re.search(r"\band\b", last.answer):
        return antecedents.listed(new)
    opening = re.match(r"[^,.;]+", last.answer)
    words = opening[0].split() if opening else []
    end = next((n for n, word in enumerate(words) if n and (is_verb(word) or word in AUXILIARIES)), 0)
    subject = " ".join(words[:end])
    if subject and len(words[:end]) <= 6 and not re.match(r"(?:he|she|it|they|nobody|no one)\b", subject, re.I):
        return subject if names_in(subject) and subject.split()[0] != "The" else subject[0].lower() + subject[1:]
    return new[0] if new else "anyone"


def _asked_further(asked: str, clause: Clause) -> str | None:
    person = asked.lower() == "who"
    own = re.match(r"(?:whom?|which)\b", clause.asked, re.I) if person else re.match(r"what\b", clause.asked, re.I)
    if own or asked.lower() == clause.asked.lower():
        tail = f"{clause.auxiliary} {clause.subject} {clause.adverb} {clause.verb} {clause.rest}"
        return f"{asked if clause.noun else clause.asked} else {tail}"
    if person and clause.auxiliary == "did" and clause.subject and (past := past_of(clause.verb)):
        speech = clause.gap and clause.verb in ("say", "add", "tell", "think")
        filler = "anything " if speech else "that " if clause.gap else ""
        return f"who else {clause.adverb} {past} {filler}{clause.rest}"
    return None


def _group(clause: Clause) -> str | None:
    """ "the ships held in the port" for "of them" after "Which ships were held in the port?"."""
    if clause.noun and not clause.noun.split(" of ", maxsplit=1)[0].endswith(("s", "people", "men")):
        return None
    if not clause.noun:
        return clause.subject if re.match(r"the \w+s\b", clause.subject) else None
    if clause.subject and not clause.verb:
        return f"the {clause.noun}"
    if clause.subject:
        past = past_of(clause.verb)
        return f"the {clause.noun} that {clause.subject} {past} {clause.rest}".strip() if past else f"the {clause.noun}"
    link = "" if clause.auxiliary in ("was", "were") else "that " + (f"{clause.auxiliary} " if clause.auxiliary else "")
    return f"the {clause.noun} {link}{clause.verb} {clause.rest}".strip()
