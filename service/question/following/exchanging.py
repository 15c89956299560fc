"""A fragment ("Brandt", "in 2021", "the airport") and a question go in; the question about that instead comes out.

The part of the question that is of the fragment's kind gives way: a person for a person, a place for a place, a period
for a period, a topic for a topic.
"""

from __future__ import annotations

import re
from typing import Final

from service.question.following.antecedents import BODIES, PEOPLE, Exchange, head
from service.question.following.clauses import Clause, base_of, is_verb
from service.question.mentions import DATE, NAME, names_in, noun_phrase, people_in

_LEADING: Final = re.compile(r"(?:in|at|on|about|with|by|for|to|from|after|before|during|since|of|against) ", re.I)
PERIOD: Final = re.compile(rf"\b(?:in|on|since|by|until|before|after|during) {DATE.pattern}", re.I)
_PLACE: Final = re.compile(rf"\b(?:in|at|near|to|from|on) (?:the )?(?P<name>{NAME.pattern})")
_ABOUT: Final = re.compile(
    r"\b(?:about|on(?! the (?:tele)?phone)|regarding|over|against) (?P<noun>(?:the |an? )?\w.*)", re.I
)
TALKING: Final = re.compile(r"\b(?:say|said|tell|told|think|ask|speak|spoke|talk|talked|discuss|agree|agreed)\b", re.I)


def is_fragment(text: str) -> bool:
    words = text.split()
    opens = re.match(
        r"(?:who|what|when|where|why|how|which|whose|did|does|is|are|was|were|has|have|will)\b", text, re.I
    )
    return 0 < len(words) <= 7 and not opens and not any(is_verb(w) and w.islower() for w in words[1:])


def exchanged(text: str, last: Exchange) -> str | None:
    """The last question with the part that is of the fragment's kind replaced by it."""
    question = last.question.rstrip("?.! ")
    lead, bare = _led(text)
    if DATE.fullmatch(bare):
        return _with_period(question, lead, bare)
    if lead in ("about ", "regarding ", "on "):
        return _with_topic(question, bare)
    if lead:
        return _with_place(question, lead, bare)
    return (
        _with_name(question, bare, last) if names_in(bare) and bare[0].isupper() else _with_noun(question, bare, last)
    )


def _led(text: str) -> tuple[str, str]:
    match = _LEADING.match(text)
    return (match[0].lower(), text[match.end() :]) if match else ("", text)


def _with_period(question: str, lead: str, period: str) -> str:
    lead = lead or ("on " if re.match(r"\d{1,2} |\w+day$|[A-Z]\w+ \d{1,2}\b(?!\d)", period) else "in ")
    lead = "" if re.match("last|this|next|yesterday|today", period, re.I) else lead
    dated = [*PERIOD.finditer(question)] or [*re.finditer(rf"\b{DATE.pattern}$", question)]
    if dated:
        return question[: dated[-1].start()] + lead + period + question[dated[-1].end() :]
    return f"{question} {lead}{period}"


def _with_topic(question: str, topic: str) -> str | None:
    match = re.search(r"\b(?:about|regarding|concerning) |\bon (?=the |an? )", question)
    if match:
        return _with_other(question, match.end(), topic)
    return f"{question} about {topic}" if TALKING.search(question) and " that " not in question else None


def _with_place(question: str, lead: str, place: str) -> str:
    same = [match for match in _PLACE.finditer(question) if not DATE.match(match["name"])]
    match = next((m for m in reversed(same) if m[0].startswith(lead) or lead == "in "), None)
    other = re.search(rf"\b{lead}", question)
    if match is None and other:
        return _with_other(question, other.end(), place)
    return (
        f"{question[: match.start()]}{lead}{place}{question[match.end() :]}" if match else f"{question} {lead}{place}"
    )


def _with_name(question: str, name: str, last: Exchange) -> str | None:
    """A name takes the place of the subject's, of a place's, of another's: of the first that is of its kind."""
    clause = last.clause
    subject = names_in(clause.subject) if clause else ()
    old = next((n for n in people_in(question) if name in n or n in name), None)
    if subject and old and old != subject[0]:  # "And Brandt?" after "What did Vik ask Brandt?": the other way round
        return question.replace(old, "\0").replace(subject[0], name).replace("\0", subject[0])
    known = any(name in n or n in name for n in people_in(last.answer))
    is_person = name in people_in(f"{name} spoke") and (known or " " in name)
    place = next((m for m in _PLACE.finditer(question) if not DATE.match(m["name"])), None)
    if name not in people_in(f"{name} spoke") and set(subject) & set(people_in(question)):
        return _about_instead(question, name, place)
    if clause and subject and clause.subject.startswith((subject[0], f"the {subject[0]}")):
        return None if " and " in clause.subject else question.replace(subject[0], name, 1)
    if clause and place and not is_person:
        return _put_in(question, place, name)
    if clause and clause.asked.lower() == "who" and name not in question:
        return _whether(name, clause)
    same = [n for n in names_in(question) if (n in people_in(question)) == (name in people_in(f"{name} spoke"))]
    return question.replace(same[0], name, 1) if same else None


def _about_instead(question: str, name: str, place: re.Match[str] | None) -> str | None:
    """A country or a body beside a person: what was said about it, or what was done there."""
    topic = re.search(rf"\b(?:about|on) (?:the )?(?P<name>{NAME.pattern})", question)
    slot = topic or place
    if slot and name in slot["name"]:
        return None
    return _put_in(question, slot, name) if slot else _with_topic(question, name)


def _put_in(question: str, slot: re.Match[str], name: str) -> str:
    own = re.search(r"['’]s$", slot["name"])
    return question[: slot.start("name")] + name + (own[0] if own else "") + question[slot.end("name") :]


def _whether(name: str, clause: Clause) -> str | None:
    """ "Did Moe speak?" for "And Moe?" after "Who spoke?"."""
    if clause.auxiliary:
        return (
            f"{clause.auxiliary} {name} {clause.subject} {clause.adverb} {clause.verb} {clause.rest}"
            if not clause.gap
            else None
        )
    base = base_of(clause.verb)
    return f"did {name} {base} {clause.rest}" if base else None


def _with_noun(question: str, phrase: str, last: Exchange) -> str | None:
    """ "the airport": what the question is about; "the mayor": who it is about, or whose it asks for."""
    clause = last.clause
    if clause is None or (clause.asked.lower() == "who" and not clause.verb):
        return None
    acts = clause.auxiliary not in ("is", "are", "was", "were") and " and " not in clause.subject
    if head(phrase) in PEOPLE | BODIES and clause.subject and clause.verb and acts:
        return question.replace(clause.subject, phrase, 1)
    if match := _ABOUT.search(clause.rest):
        return _with_other(question, question.rfind(match["noun"]), phrase)
    if re.match(r"(?:the|an?|his|her|their) .+", clause.rest):
        return _with_other(question, question.rfind(clause.rest), phrase)
    if re.match(r"(?:the|an?|his|her|their) ", clause.subject):
        return _with_other(question, question.rfind(clause.subject), phrase)
    return _with_topic(question, phrase)


def _with_other(question: str, start: int, phrase: str) -> str:
    """The noun phrase that starts there, and a relative clause that hangs on it, gives way to another."""
    after = question[start + len(noun_phrase(question[start:])) :]
    return f"{question[:start]}{phrase} {re.sub(r'^ (?:who|that|which) .*', '', after)}".strip()
