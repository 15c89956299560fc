"""A question goes in, taken apart it comes out: what is asked for, the auxiliary, the subject, the verb, the rest.

By word lists alone: a verb counts where it is on the list or stands where only a verb can. What does not come apart
gives None, and nothing is built from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_LONGEST = 300  # characters of a question that are worth taking apart
_ADVERBIAL: Final = re.compile(
    r"\b(?:when|where|why|how(?! (?:many|much)))$|\bhow (?:long|often|far|old|big)\b|"
    r"^(?:in|on|at|by|for|since|to|from) |\b(?:day|date|year|month|time|city|town|country|place)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """``"{asked} {auxiliary} {subject} {adverb} {verb} {rest}?"``. Parts that a question does not have are empty."""

    asked: str  # "Who", "In which year", "How many ships"; empty: yes or no
    auxiliary: str  # "did"; empty: "Who met Brandt?"
    subject: str  # empty: ``asked`` is the subject
    verb: str  # as it stands there: "meet", "met"; empty: "Who is the mayor?"
    rest: str
    adverb: str = ""  # "first", "publicly"

    @property
    def gap(self) -> bool:
        """Whether what is asked for is the object: "What did Vik say?", "Whom did Vik meet?"."""
        adverbial = _ADVERBIAL.search(self.asked)
        return bool(self.asked and self.subject and self.verb and not adverbial)

    @property
    def noun(self) -> str:
        """ "ships" of "Which ships", "coal" of "How much coal"; empty where a bare word asks."""
        match = re.match(r"(?:\w+ )?(?:which|what|how (?:many|much))\s+(?P<noun>.+)", self.asked, re.I)
        return match["noun"] if match else ""


_IRREGULAR: Final = dict(
    pair.split(":")
    for pair in """say:said tell:told meet:met speak:spoke give:gave get:got make:made take:took hold:held go:went
    come:came see:saw write:wrote win:won lose:lost find:found buy:bought sell:sold build:built begin:began leave:left
    think:thought send:sent keep:kept lead:led fall:fell rise:rose break:broke bring:brought choose:chose draw:drew
    drive:drove fight:fought fly:flew grow:grew hear:heard know:knew pay:paid run:ran set:set put:put cut:cut
    shut:shut blow:blew sing:sang sink:sank spend:spent stand:stood steal:stole strike:struck swear:swore
    teach:taught throw:threw understand:understood wear:wore become:became catch:caught do:did feel:felt
    forget:forgot have:had lay:laid lend:lent let:let light:lit quit:quit read:read ride:rode seek:sought shoot:shot
    show:showed sit:sat sleep:slept swim:swam burn:burned learn:learned""".split()
)
_REGULAR: Final = """abolish abandon accept accuse achieve acquire add admit adopt affect agree allow announce answer
    appear appoint approve argue arrest arrive ask assure attack attend attract ban blame block boycott call cancel
    carry cause change claim close collapse comment complain conclude condemn conduct confirm confer conquer cost
    create criticise criticize damage decide declare decline defeat defend delay deliver demand demolish deny describe
    design destroy develop die discover discuss dismiss donate earn elect emphasise emphasize end erupt escape
    establish estimate expand expect explain export express fail file finish flood found fund happen harm help host
    hope import improve include increase indicate inform inherit injure insist inspect install introduce invade
    invent invest investigate invite issue join jump kill land last launch like live lodge manage marry measure
    mention move name need negotiate note notice notify object occur offer open oppose order organise organize own
    paint participate pass patrol perform plan play please pledge praise predict prefer present prevent produce
    promise promote propose protest prove provide publish purchase push question raise reach react recall receive
    recommend record recover reduce refer refuse reject release remain remark remember remove repair repeat replace
    reply report represent request rescue resign respond restore result resume retire return reveal review
    ruin rule sail save score search serve share sign start state stay stop stress study succeed suffer suggest
    support survive suspend talk teach test thank threaten touch tour trade train travel treat try turn urge use
    visit voice vote wait walk want warn welcome wish witness work worry""".split()
_DOUBLED: Final = frozenset("admit ban stop plan refer confer prefer quit occur".split())
_PARTICIPLES: Final = frozenset(
    """written given taken seen done known spoken broken shown drawn chosen born thrown stolen driven flown hidden
    begun sung beaten fallen forgotten gone come become grown been""".split()
)


def _regular_past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ied"
    return f"{base}{base[-1]}ed" if base in _DOUBLED else f"{base}ed"


_PASTS: Final = {base: _regular_past(base) for base in _REGULAR} | _IRREGULAR
_BASES: Final = {past: base for base, past in _PASTS.items()}
AUXILIARIES: Final = """did does do has have had was were is are will would can could shall should must may
    might""".split()
_AUXILIARY: Final = rf"(?:{'|'.join(AUXILIARIES)})"
_BEING: Final = frozenset("was were is are has have had".split())
_ASKED: Final = (
    r"(?:(?:in|on|at|by|for|with|to|from|of|since|until|under|about|against|after|before)\s+)?"
    r"(?:who(?:m|se)?|what|which|when|where|why|how)"
)
_WITH_AUXILIARY: Final = re.compile(
    rf"(?P<asked>{_ASKED}(?:\s+[^\s,]+){{0,6}}?)\s+(?P<auxiliary>{_AUXILIARY})\s+(?P<after>.+)", re.I | re.S
)
_YES_NO: Final = re.compile(rf"(?P<auxiliary>{_AUXILIARY})\s+(?P<after>.+)", re.I | re.S)
_LINKS: Final = frozenset("of de al bin van von der di da del la el the for and".split())
_ADVERB: Final = re.compile(r"(?:\w+ly|also|first|ever|then|later|once|never|not|still|even|already)", re.I)


def base_of(past: str) -> str | None:
    """ "met" -> "meet"; None where it is no past tense that is known."""
    return _BASES.get(past.lower())


def past_of(base: str) -> str | None:
    """ "meet" -> "met"; None where the verb is not known."""
    return _PASTS.get(base.lower())


def is_verb(word: str) -> bool:
    """Whether a word is a known verb, in its base form or its past tense."""
    return word.lower() in _PASTS or word.lower() in _BASES or word.lower() in _PARTICIPLES


def taken_apart(question: str) -> Clause | None:
    """The parts of a question of one clause; None where it does not open like one."""
    text = question.strip().rstrip("?.! ")
    if len(text) > _LONGEST:
        return None
    match = _WITH_AUXILIARY.fullmatch(text)
    if match and not any(base_of(word) or word == "that" for word in match["asked"].split()[1:]):
        return _with_auxiliary(match["asked"], match["auxiliary"].lower(), match["after"])
    if match := _YES_NO.fullmatch(text):
        return _with_auxiliary("", match["auxiliary"].lower(), match["after"])
    return _without_auxiliary(text)


def _without_auxiliary(text: str) -> Clause | None:
    words = text.split()
    if not words or not re.fullmatch("who|which|what|whose|how", words[0], re.I):
        return None
    verb = next((n for n, word in enumerate(words[1:7], 1) if base_of(word) or re.fullmatch(r"\w{3,}ed", word)), None)
    if verb is None or (words[0].lower() in ("which", "whose", "how") and verb == 1):
        return None
    bare = [word for word in words[1:verb] if not (words[0].lower() == "who" and _ADVERB.fullmatch(word))]
    if words[0].lower() == "who" and bare:
        return None
    return Clause(" ".join([words[0], *bare]), "", "", words[verb], " ".join(words[verb + 1 :]))


def _with_auxiliary(asked: str, auxiliary: str, after: str) -> Clause:
    words = after.split()
    length = _subject(words, auxiliary, asked=bool(asked))
    verb = length
    while verb < len(words) - 1 and _ADVERB.fullmatch(words[verb]):
        verb += 1
    stated = verb < len(words) and (auxiliary not in _BEING or _participle(words[verb]) or length == 0)
    if not stated:
        return Clause(asked, auxiliary, after, "", "")
    subject, adverb, rest = words[:length], words[length:verb], words[verb + 1 :]
    return Clause(asked, auxiliary, " ".join(subject), words[verb], " ".join(rest), " ".join(adverb))


def _subject(words: list[str], auxiliary: str, *, asked: bool) -> int:
    """How many words the subject has: names, or everything before the first word that must be the verb."""
    can_be_verb = _participle if auxiliary in _BEING else (lambda word: word.lower() in _PASTS)
    if asked and (can_be_verb(words[0]) or words[0] == "to"):
        return 0
    named = _names(words) if words[0][0].isupper() else 0
    if named and (named == len(words) or not re.search(r"['’]s?$", words[named - 1])):
        return named
    return next((n for n, word in enumerate(words[:12]) if n > named and can_be_verb(word)), len(words))


def _names(words: list[str]) -> int:
    n = 1
    while n < len(words):
        linked = words[n].lower() in _LINKS and n + 1 < len(words) and words[n + 1][0].isupper()
        if not words[n][0].isupper() and not linked:
            return n
        n += 1
    return n


def _participle(word: str) -> bool:
    plain = word.lower().rstrip(",")
    return plain in _BASES or plain in _PARTICIPLES or bool(re.fullmatch(r"\w{3,}(?:ed|ing)", plain))
