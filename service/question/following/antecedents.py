"""A question and its answer go in; what a follow-up may point back to comes out: people, parties, things, events.

Every word of what comes out stands in the exchange, but for articles, "and", "of" and the noun of an event that the
question has as a verb ("met" gives "the meeting of").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from retriever.timewords import MONTHS
from service.question.following.clauses import AUXILIARIES, Clause, is_verb, past_of, taken_apart
from service.question.kinds import unquoted
from service.question.mentions import DATE, NAME, STOPS, TITLES, names_in, noun_phrase, people_in, place_in

EVENTS: Final = (
    r"(?:(?:phone |telephone |video |press )?(?:meeting|call|talks|visit|speech|summit|conference|interview|hearing"
    r"|conversation|ceremony|negotiations|election|vote|trial|debate|session))"
)
# Nouns of those who can speak and act: people, whom "it" never means, and bodies.
PEOPLE: Final = frozenset(
    """minister president mayor senator governor ambassador official spokesman spokeswoman spokesperson leader chief
    head secretary envoy diplomat analyst expert critic adviser advisor researcher scientist professor historian
    economist judge lawyer king queen prince princess chancellor premier deputy resident grower fisherman fishermen
    farmer student teacher worker driver author reporter journalist keeper captain master director chairman chairwoman
    owner founder boy girl man men woman women child children people pupil politician lawmaker general commander
    doctor nurse patient winner rival successor predecessor counterpart wife husband father mother son""".split()
)
BODIES: Final = frozenset(
    """government ministry opposition party side company union council parliament senate committee commission embassy
    agency authorities cooperative association""".split()
)
_EVENT_NOUNS: Final = {"meet": "meeting", "negotiate": "negotiations", "visit": "visit", "talk": "talks"}
_PEOPLES: Final = re.compile(r"(?:ese|ish|ian|ean)$")  # "the Chinese streets": no thing of its own
_BY_PHONE: Final = re.compile(r"\b(?:by|on the|over the) (?:tele)?phone\b", re.I)
_JOINED: Final = re.compile(rf"{NAME.pattern}(?:, (?:{NAME.pattern}))*,? and (?:the )?{NAME.pattern}")
_SAYING: Final = frozenset("say think claim believe expect predict suggest hope argue insist".split())
_PART_OF_A_TIME: Final = re.compile(
    r"\b(?:at|in|by|toward|until|since) the (?:end|beginning|start|middle|close) of\b", re.I
)
_ARTICLE: Final = re.compile(r"\b(?:the|an?) (?=\w)", re.I)
_DEFINING: Final = re.compile(
    r"(?:what(?: is| are| was| were|['’]s)|(?:can you )?tell me about|describe|explain) (?P<noun>[^?.!]+)", re.I
)
_TOPIC: Final = re.compile(
    rf"\b(?:(?:about|regarding|concerning|over) |on (?=the |[A-Z])(?!the (?:tele)?phone|(?i:{DATE.pattern})))(?=\w)"
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of the conversation in its stand-alone form and its answer, which is empty where it was declined."""

    question: str
    answer: str  # without citation marks and quotations
    clause: Clause | None

    @classmethod
    def of(cls, question: str, answer: str) -> Exchange:
        return cls(question, _uncapitalised(answer), taken_apart(question))

    @property
    def asks_who(self) -> bool:
        return bool(re.match(r"(?:and |\w+ )?(?:whom?|which)\b", self.question, re.I))

    @property
    def new_people(self) -> tuple[str, ...]:
        """The people of the answer whom the question does not name."""
        asked = {word for name in names_in(self.question) for word in name.split()}
        return tuple(name for name in people_in(self.answer) if name.split()[-1] not in asked)


def _uncapitalised(answer: str) -> str:
    """ "Ninety metres deep" names nobody: the first word is a name's where a verb, a link or another name follows."""
    match = re.match(r"[^\W\d_]+ (?P<next>[a-z][\w-]*)", answer)
    after = match["next"] if match else "is"
    follows = is_verb(after) or after in AUXILIARIES or after in STOPS or re.fullmatch(r"also|later|first|\w+ly", after)
    return answer if follows else f"{answer[0].lower()}{answer[1:]}"


def fullest(name: str, exchanges: Iterable[Exchange]) -> str:
    """The longest form of a name in the conversation, titles left out where a whole name stays."""
    words = set(name.split())
    known = (n for e in exchanges for text in (e.question, e.answer) for n in people_in(text))
    whole = max((n for n in known if words <= set(n.split())), key=lambda n: len(n.split()), default=name)
    return untitled(whole)


def untitled(name: str) -> str:
    """ "Foreign Minister Wang Yi" -> "Wang Yi"; a surname keeps its title."""
    words = name.split()
    bare = words[next((n for n, word in enumerate(words) if word.lower() not in TITLES), 0) :]
    return " ".join(bare) if len(bare) > 1 else name


def person(exchange: Exchange, pronoun: str) -> str | None:
    """Whom "he" or "she" means after an exchange, the likeliest alone."""
    asked = people_in(exchange.question)
    opening = re.match(r"(?:yes, |no, )?(he|she)\b", exchange.answer, re.I)
    if opening and asked:
        same = opening[1].lower() == ("she" if pronoun in ("she", "her", "hers") else "he")
        return asked[0] if same else next(iter((*exchange.new_people, *asked[1:])), None)
    # Who is asked about as a speaker stays the subject; else what the answer brings is what is new.
    clause = exchange.clause
    acting = people_in(clause.subject) if clause and clause.verb in _SAYING else ()
    new = (*acting, *exchange.new_people)
    preferred = (*new, *asked) if exchange.asks_who else (*people_in(exchange.answer), *asked)
    return next(iter(preferred), None)


def parties(exchange: Exchange) -> str | None:
    """Who "they" are after an exchange: the names that stand together, those who met, or a group."""
    clause = exchange.clause
    joined = _JOINED.search(_named_last(exchange.question)) or _JOINED.search(_named_last(exchange.answer))
    new = exchange.new_people if exchange.asks_who else ()
    if clause and clause.verb and _is_name(clause.subject):
        partners = new or people_in(clause.rest)
        if partners and not (joined and joined[0] in clause.subject):
            return listed((names_in(clause.subject)[0], *partners))
    if joined:
        return joined[0]
    if clause and clause.subject.startswith("the ") and _plural(noun_phrase(clause.subject)):
        return noun_phrase(clause.subject)
    if clause and not clause.subject and clause.noun.endswith("s"):
        return f"the {clause.noun}"
    defined = _defined(exchange.question)
    counted = defined is None or re.match(r"(?:the|an?) |.*[A-Z]", defined)
    return defined if defined and (_plural(defined) or not counted) else None


def _is_name(subject: str) -> bool:
    return bool(names_in(subject)) and names_in(subject)[0] == re.sub(r"^the ", "", subject)


def event(exchange: Exchange, noun: str = "") -> str | None:
    """What "the meeting" or "it" in "How long did it last?" means; with a ``noun`` only an event of that name."""
    clause = exchange.clause
    if match := re.search(rf"\bthe (?:[\w-]+ ){{0,3}}?{noun or EVENTS}\b", exchange.question):
        after = exchange.question[match.end() :]
        whole = (
            match[0]
            + " "
            + re.split(r"[?,]|\b(?:about|on|last|say|said|take|took|was|is|were|are)\b", after)[0].strip()
        )
        return _between(whole.strip(), clause)
    if clause is None or not (clause.subject or exchange.new_people):
        return None
    from_verb = _event_noun(exchange, clause)
    if not from_verb or (noun and noun not in from_verb):
        return None
    if from_verb == "visit":
        return f"{possessive(clause.subject)} visit to {noun_phrase(clause.rest)}" if clause.rest else None
    people = parties(exchange) or listed((*exchange.new_people, *people_in(clause.rest)))
    link = "between" if "call" in from_verb else "of"
    details = [d for d in _details(clause.rest) if not clause.asked.lower().startswith("where") or "in " in d]
    return " ".join([f"the {from_verb} {link} {people}", *details]) if " and " in people else None


def _event_noun(exchange: Exchange, clause: Clause) -> str | None:
    if _BY_PHONE.search(exchange.question):
        return "call"
    verb = {"met": "meet", "visited": "visit", "negotiated": "negotiate"}.get(clause.verb, clause.verb)
    return _EVENT_NOUNS.get(verb)


def _between(whole: str, clause: Clause | None) -> str:
    """ "the call with Qin" of Hayashi's is "the call between Hayashi and Qin"."""
    match = re.match(rf"(?P<event>.+?) with (?P<other>(?:the )?{NAME.pattern})(?P<more>.*)", whole)
    own = names_in(clause.subject) if clause else ()
    if not match or not own or own[0] in match["other"]:
        return whole
    return f"{match['event']} between {own[0]} and {match['other']}{match['more']}"


def _details(rest: str) -> list[str]:
    """Where and when, as the question says it: "in Busan", "in November 2023"."""
    place = place_in(rest)
    dates = [f"{m[0]}" for m in re.finditer(rf"\b(?:in|on) {DATE.pattern}", rest, re.I)]
    return [*([place] if place and re.match("in |at ", place) else []), *dates]


def thing(exchange: Exchange) -> str | None:
    """What "it" means: what the question is about that is no person; else what the answer brings."""
    clause = exchange.clause
    defined = _defined(exchange.question)
    if defined and not _plural(defined) and not _is_person(defined):
        return re.sub(r"^an? ", "the ", defined)
    texts = [clause.subject, clause.rest] if clause and clause.subject else [exchange.question]
    found = [phrase for text in texts for phrase in _things(text)]
    return next(iter(found), None) or next(iter(_things(exchange.answer)), None)


def _defined(question: str) -> str | None:
    """What a question asks to be told about: "lipids" of "What are lipids?" or "Tell me about lipids."."""
    match = _DEFINING.match(question)
    phrase = noun_phrase(match["noun"].removesuffix(" exactly")) if match else ""
    return phrase if phrase and len(phrase.split()) <= 6 and not any(map(is_verb, phrase.split())) else None


def _plural(phrase: str) -> bool:
    return bool(re.search(r"[^sui]s$", phrase.split(" of ", maxsplit=1)[0]))


def _things(text: str) -> list[str]:
    bare = re.sub(rf"\b(?:in|on) {DATE.pattern}", " ", unquoted(_PART_OF_A_TIME.sub("in", text)), flags=re.I)
    phrases = [(m.start(), _until_verb(noun_phrase(bare[m.start() :]))) for m in _ARTICLE.finditer(bare)]
    taken = " ".join(phrase for _, phrase in phrases)
    people = people_in(bare)
    named = (n for n in names_in(bare) if n not in taken and n not in people and n.lower() not in MONTHS)
    others = [n for n in named if not _PEOPLES.search(n)]
    names = [(bare.find(name), name) for name in others if not _placed(name, bare)]
    whole = [re.sub(r"^(?:the|an?) ", "the ", phrase, flags=re.I) for _, phrase in sorted([*phrases, *names])]
    return [phrase for phrase in whole if phrase and phrase.lower() != "the" and not _is_person(phrase)]


def _placed(name: str, text: str) -> bool:
    return bool(re.search(rf"\b(?:in|at|near|to|from|for|on) {re.escape(name)}", text))


def _until_verb(phrase: str) -> str:
    words = phrase.split()
    end = next((n for n, word in enumerate(words) if n > 1 and is_verb(word)), len(words))
    return " ".join(words[:end])


def _is_person(phrase: str) -> bool:
    return head(phrase) in PEOPLE


def head(phrase: str) -> str:
    """ "mayor" of "the new mayor of Sandvik", "growers" as "grower"; lower case."""
    noun = phrase.split(" of ", maxsplit=1)[0].rsplit(maxsplit=1)[-1].lower()
    return noun if noun in PEOPLE or noun in BODIES else noun.removesuffix("s")


def topics(exchange: Exchange) -> tuple[str, ...]:
    """What the question is about, each with the words that lead to it: "in the call with Qin", "about the islands"."""
    text = exchange.question.rstrip("?.! ")
    about = [text[m.start() : m.end()] + noun_phrase(text[m.end() :]) for m in _TOPIC.finditer(text)]
    held = re.findall(rf"\b((?:in|at|during) (?:the|their) (?:[\w-]+ ){{0,2}}?{EVENTS}(?: with {NAME.pattern})?)", text)
    held = [re.sub(r"^in (?=.*\b(?:summit|meeting|conference)\b)", "at ", phrase) for phrase in held]
    return (*held, *(phrase for phrase in about if len(phrase.split()) > 1))


def matter(exchange: Exchange) -> str | None:
    """What "about that" means: the topic, or else the object of the question."""
    about = [re.sub(r"^\w+ ", "", t) for t in topics(exchange) if not re.match("in |at |during ", t)]
    if about:
        return about[-1]
    clause = exchange.clause
    if clause and (match := re.match(r"(?:the|an?|his|her|their) .+", clause.rest)):
        first = noun_phrase(match[0])
        second = re.match(r" and (the .+)", match[0][len(first) :])
        return f"{first} and {noun_phrase(second[1])}" if second else first
    return None


def deed(exchange: Exchange) -> str | None:
    """What somebody may react to or agree with: "what Vik said about the pier", "the meeting of Vik and Brandt"."""
    clause = exchange.clause
    past = past_of(clause.verb) if clause and clause.auxiliary == "did" else None
    if clause and past and clause.asked.lower() == "what" and clause.subject:
        return f"what {clause.subject} {past} {clause.rest}".strip()
    return event(exchange) or (matter(exchange) if clause and clause.asked else None)


def listed(names: Iterable[str]) -> str:
    """ "A, B and C"."""
    *others, last = dict.fromkeys(map(untitled, names)) or [""]
    return f"{', '.join(others)} and {last}" if others else last


def possessive(name: str) -> str:
    return f"{name}’" if re.search(r"(?:^| )[a-z]\w*s$", name) else f"{name}’s"


def _named_last(text: str) -> str:
    """A text whose first word, if it only opens the sentence, cannot pass for a part of a name."""
    return re.sub(
        r"^(?:did|do|does|was|were|have|has|what|when|where|who|why|how|which|will|is|are)\b ", "", text, flags=re.I
    )
