"""A question goes in, the kind of answer it wants comes out: a person, a day, a place, a number, a list …

Read from the interrogative phrase alone ("which senators", "for how many years"), wherever it stands.
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["who", "what", "when", "where", "howmany", "howlong", "list", "yesno"]

# Words in quotation marks of every kind, also two apostrophes.
QUOTED = re.compile(r"[\"“”„«]([^\"“”„»]{2,})[\"“”»]|''([^']{2,}?)''|‘([^’]{2,}?)’(?!\w)|(?<!\w)'([^']{2,}?)'(?!\w)")

# Titles that end in these are people: historian, senator, analyst, minister, official, economist …
_PERSON = re.compile(
    r"\b(?:\w+(?:er|or|ist|ian|ant|ent|man|woman|eon|cial|ey|ess)|president|chief|head|leader|mp|aide|envoy|diplomat|"
    r"judge|jurist|king|queen|monarch|mayor|nominee|colleague|counterpart|partner|ally|allies|rival|"
    r"opponent|guest|host|relative|commentator|critic|body|people|person|politician|"
    r"party|agency|outlet|group|company|firm|figure|star|athlete|hero|veteran|widow|scholar|expert|lawmaker)s?\b",
    re.I,
)
_NOT_PERSON = frozenset(
    """number letter paper order matter year quarter winter summer river centre center theater theatre sector factor
    border never other another answer offer chapter former after over under whether together power water
    computer newspaper percent government agreement document moment event statement parliament department
    settlement movement country city money journey valley investment treatment argument development""".split()
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
_DATE = re.compile(
    r"^(?:the )?(?:starting |exact |start )?date (?:of|on|for|when)\b|\b(?:date|day)$"
    r"|^what (?:was|is|were) the (?:exact |precise |right )?(?:date|day|month|year)s?\b",
    re.I,
)
_LIST = re.compile(
    r"^(?:name|list)\b|\b(?:who else|which (?:two|three|four|five|six|seven|several)|who (?:were|are) the (?:two|three|"
    r"\w+s\b)|what (?:two|three|four|five|six))\b",
    re.I,
)
_YES_NO = re.compile(
    r"^(?:did|do|does|is|are|was|were|has|have|had|can|could|will|would|should|shall|may|might)\b", re.I
)


def unquoted(text: str) -> str:
    """The question without the words it puts in quotation marks."""
    return QUOTED.sub(" ", text)


def kind_of(text: str) -> Kind:
    """The kind of answer that a question wants, from its interrogative phrase wherever that stands."""
    bare = re.sub(r"^(?:and|but|so|then|ok|okay|well|also)[,\s]+", "", unquoted(text).strip(), flags=re.I)
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
