"""What a person typed goes in; what is asked comes out: the kind of answer wanted, the names, the quoted words.

Nothing here looks at the archive. A follow-up is made to stand alone from the conversation before it, and the
stand-alone form is what is searched, answered and shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from service.records import Question, Turn

Kind = Literal["who", "what", "when", "where", "howmany", "howlong", "list", "yesno"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question understood.

    ``context`` holds words of the earlier turns that the search should know and the reader need not see again.
    ``speaker`` is who is said to have spoken ("What did Hayashi say about …" -> "Hayashi"), None where that is asked.
    """

    text: str  # stand-alone
    kind: Kind
    speech: bool  # about a statement: who said, what X said, when X said
    speaker: str | None
    names: tuple[str, ...]  # people, bodies, places, as written, in order
    quoted: tuple[str, ...]  # words that the question puts in quotation marks
    context: str = ""

    @property
    def search_text(self) -> str:
        return f"{self.text} {self.context}".strip()


# Titles that end in these are people: historian, senator, analyst, minister, official, economist …
_PERSON = re.compile(
    r"\b(?:\w+(?:er|or|ist|ian|ant|ent|man|woman|eon|cial|ey|ess)|president|chief|head|leader|mp|aide|envoy|diplomat|"
    r"judge|jurist|king|queen|monarch|mayor|nominee|colleague|commentator|critic|body|people|person|politician|"
    r"party|agency|outlet|group|company|firm|figure|star|athlete|hero|veteran|widow|scholar|expert|lawmaker)s?\b",
    re.I,
)
_NOT_PERSON = frozenset(
    [
        "number",
        "letter",
        "paper",
        "order",
        "matter",
        "letter",
        "year",
        "quarter",
        "winter",
        "summer",
        "river",
        "centre",
        "center",
        "theater",
        "theatre",
        "sector",
        "factor",
        "border",
        "never",
        "other",
        "another",
        "answer",
        "offer",
        "chapter",
        "former",
        "after",
        "over",
        "under",
        "whether",
        "together",
        "power",
        "water",
        "computer",
        "newspaper",
        "percent",
        "government",
        "agreement",
        "document",
        "moment",
        "event",
        "statement",
        "parliament",
        "department",
        "settlement",
        "movement",
        "country",
        "city",
        "money",
        "journey",
        "valley",
        "investment",
        "treatment",
        "argument",
        "development",
    ]
)
_PLACE = re.compile(
    r"\b(?:country|countries|nation|city|cities|town|village|capital|place|venue|state|region|island|province|"
    r"municipality|airport|building|hotel|building|continent|port|base|suburb|street)s?\b",
    re.I,
)
_TIME = re.compile(r"\b(?:date|day|month|year|week|time|weekday)s?\b", re.I)
_LENGTH = re.compile(r"\b(?:how long|(?:what|which) (?:stretch|length|span|period) of time|for how many \w+|how many "
                     r"(?:years|months|weeks|days|hours|minutes|decades))\b", re.I)  # fmt: skip
_NUMBER = re.compile(
    r"\b(?:how (?:many|much|big|large|high|old|far)|what (?:number|share|percentage|proportion|sum|amount|total)"
    r"|what fraction|by how|at what (?:age|price|cost|rate))\b",
    re.I,
)
_DATE = re.compile(r"^(?:the )?(?:starting |exact |start )?date (?:of|on|for|when)\b|\b(?:date|day)$", re.I)
_LIST = re.compile(
    r"^(?:name|list)\b|\b(?:who else|which (?:two|three|four|five|six|seven|several)|who (?:were|are) the (?:two|three|"
    r"\w+s\b)|what (?:two|three|four|five|six))\b",
    re.I,
)
_YES_NO = re.compile(
    r"^(?:did|do|does|is|are|was|were|has|have|had|can|could|will|would|should|shall|may|might)\b", re.I
)
_SPEECH = (
    r"(?:sa(?:y|id|ys)|tell|told|ask(?:ed)?|call(?:ed)?|claim(?:ed)?|argue[ds]?|warn(?:ed)?|stress(?:ed)?|urge[ds]?|"
    r"state[ds]?|express(?:ed)?|mention(?:ed)?|describe[ds]?|explain(?:ed)?|note[ds]?|insist(?:ed)?|add(?:ed)?|"
    r"announce[ds]?|promise[ds]?|pledge[ds]?|request(?:ed)?|demand(?:ed)?|raise[ds]?|quoted?|use[ds]? the words|"
    r"remark(?:ed)?|declare[ds]?|think|thought|believe[ds]?|predict(?:ed)?|suggest(?:ed)?|propose[ds]?|accuse[ds]?|thank(?:ed)?|praise[ds]?)"
)
_SAYS = re.compile(rf"\b{_SPEECH}\b", re.I)
_SPEAKER = re.compile(
    rf"^(?:and |but |so )?(?:what|when|where|why|how|which \w+|what \w+)\s+(?:did|does|do|has|had|was it that|would)\s+"
    rf"(?P<speaker>(?:the )?[^,?\"“]{{2,80}}?)\s+(?:\w+ly |also |first |publicly )?{_SPEECH}\b",
    re.I,
)
_QUOTED = re.compile(r"[\"“”„«]([^\"“”„»]{2,})[\"“”»]|''([^']{2,}?)''|‘([^’]{2,}?)’(?!\w)|(?<!\w)'([^']{2,}?)'(?!\w)")
_LINKS = r"(?:of|de|al|bin|van|von|der|di|da|del|la|el|and the|for|the)"
_NAME = re.compile(rf"[^\W\d_a-zß-öø-ÿ][\w.'’\-]*(?:(?: {_LINKS})? [^\W\d_a-zß-öø-ÿ][\w.'’\-]*)*")
_OPENERS = frozenset(
    [
        "who",
        "whom",
        "whose",
        "what",
        "when",
        "where",
        "which",
        "why",
        "how",
        "did",
        "does",
        "do",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "can",
        "could",
        "will",
        "would",
        "should",
        "name",
        "list",
        "and",
        "but",
        "so",
        "in",
        "on",
        "at",
        "for",
        "of",
        "to",
        "by",
        "from",
        "with",
        "the",
        "a",
        "an",
        "according",
        "if",
        "after",
        "before",
        "since",
        "during",
        "until",
        "about",
        "tell",
        "give",
        "i",
        "he",
        "she",
        "they",
        "it",
        "we",
        "you",
        "his",
        "her",
        "their",
        "its",
        "going",
        "roughly",
        "against",
        "once",
        "please",
        "whereabouts",
        "under",
        "toward",
    ]
)
_PRONOUN = re.compile(
    r"\b(?:he|she|him|her|his|hers|they|them|their|it|its|that|this|those|these|there|then|the two sides|both sides|"
    r"the (?:meeting|call|visit|talks|speech|statement|event|two))\b",
    re.I,
)
_PERSONAL = re.compile(r"\b(?:he|she|him|her|his)\b", re.I)
_ELLIPSIS = re.compile(
    r"^(?:and|but|so|or|then|what about|how about|who else|anything else|what else|why|when|where)\b", re.I
)


def understand(question: Question) -> Asked:
    """Read a question in its conversation."""
    text, context = stand_alone(question.text.strip(), question.history)
    quoted = tuple(q for groups in _QUOTED.findall(text) for q in groups if q and len(q.split()) >= 1)
    speaker = _speaker(text)
    return Asked(
        text=text,
        kind=kind_of(text),
        speech=bool(_SAYS.search(_unquoted(text))) or text.lower().startswith("according to"),
        speaker=speaker,
        names=names_in(text),
        quoted=quoted,
        context=context,
    )


def kind_of(text: str) -> Kind:
    """The kind of answer that a question wants, from its interrogative phrase wherever that stands."""
    bare = re.sub(r"^(?:and|but|so|then|ok|okay|well|also)[,\s]+", "", _unquoted(text).strip(), flags=re.I)
    if _LENGTH.search(bare):
        return "howlong"
    if _NUMBER.search(bare):
        return "howmany"
    if _DATE.search(bare.rstrip("?. ")):
        return "when"
    if _LIST.search(bare):
        return "list"
    if _YES_NO.match(bare):
        return "yesno"
    return _kind_of_interrogative(bare)


def _kind_of_interrogative(bare: str) -> Kind:
    match = re.search(
        r"\b(?:(?P<which>which|what|whose)\s+(?P<noun>(?:[\w'’.-]+\s+){0,3}[\w'’-]+)|who(?:m|se)?|when|where)\b",
        bare,
        re.I,
    )
    simple = re.search(r"\b(who(?:m|se)?|when|where|what|which|why|how)\b", bare, re.I)
    if not simple:
        return "what"
    word = simple[1].lower()
    if word in ("who", "whom", "whose"):
        return "who"
    if word in ("when", "where"):
        return "when" if word == "when" else "where"
    if match and match["which"] and word in ("which", "what"):
        return _kind_of_noun(word, match["noun"])
    return "what"


def _kind_of_noun(word: str, phrase: str) -> Kind:
    """ "Which senators", "what date", "which town": the head of the phrase is its last noun before a verb."""
    nouns = re.split(
        r"\b(?:did|does|do|is|are|was|were|has|have|had|will|would|could|can|should|may|might|must|whom?|of|in|on|at|to|by|from|with|that)\b",
        phrase,
    )[0].split()
    for noun in reversed(nouns):
        plain = noun.lower().strip(".,'’")
        if _TIME.fullmatch(plain):
            return "when"
        if _PLACE.fullmatch(plain):
            return "where"
        if _PERSON.fullmatch(plain) and plain.rstrip("s") not in _NOT_PERSON and plain not in _NOT_PERSON:
            return "list" if plain.endswith("s") and not plain.endswith("ss") else "who"
        if word == "what":
            break  # "what chief reason": only the noun next to the verb counts
    return "what"


def names_in(text: str) -> tuple[str, ...]:
    """Capitalised names outside quotation marks, sentence openers and single titles left out."""
    found = []
    bare = _unquoted(text)
    for match in _NAME.finditer(bare):
        words = match[0].split()
        while words and words[0].lower().rstrip(",") in _OPENERS:
            words.pop(0)
        name = re.sub(r"['’]s$", "", " ".join(words)).strip(" .,?!'’")
        if name and name.lower() not in _OPENERS and name not in found:
            found.append(name)
    return tuple(found)


def _unquoted(text: str) -> str:
    return _QUOTED.sub(" ", text)


def _speaker(text: str) -> str | None:
    match = _SPEAKER.match(_unquoted(text))
    return match["speaker"].strip() if match else None


def stand_alone(text: str, history: tuple[Turn, ...]) -> tuple[str, str]:
    """The question as it would be asked without the conversation, and words of the conversation to search with.

    "He" and "she" become the one person whom the last turns name; everything else that points back brings the last
    question's names and words along.
    """
    asked = next((turn.content for turn in reversed(history) if turn.role == "user"), "")
    answered = next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")
    points_back = bool(_PRONOUN.search(text) or _ELLIPSIS.match(text) or len(text.split()) <= 4)
    if not asked or not points_back:
        return text, ""
    person = _one_person(names_in(answered) or names_in(asked))
    if person and _PERSONAL.search(text) and not _earlier_name(text):
        text = _PERSONAL.sub(lambda match: _as_pronoun(match[0], person), text, count=1)
    return text, f"{asked} {answered[:300]}".strip()


def _one_person(names: tuple[str, ...]) -> str | None:
    return names[0] if names and len(names[0].split()) <= 4 else None


def _earlier_name(text: str) -> bool:
    """Whether a name stands before the pronoun: "Did Wang say when he would come?" needs no help."""
    match = _PERSONAL.search(text)
    return bool(match and names_in(text[: match.start()]))


def _as_pronoun(pronoun: str, person: str) -> str:
    return f"{person}’s" if pronoun.lower() == "his" else person
