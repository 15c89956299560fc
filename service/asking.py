"""What a person typed goes in; what is asked comes out: the kind of answer wanted, the names, the quoted words.

Nothing here looks at the archive. A follow-up is made to stand alone from the conversation before it, and the
stand-alone form is what is searched, answered and shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.kinds import QUOTED, Kind, kind_of, unquoted
from service.records import Question, Turn


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
    claim: str = ""  # what is said to have been said, without quotation marks: "Who said that …?"
    context: str = ""
    partners: tuple[str, ...] = ()  # whom somebody is said to have met, called or told
    actor: str | None = None  # who is said to have done or said it: "Why did Hayashi fly …", "How has Wang reacted …"

    @property
    def search_text(self) -> str:
        return f"{self.text} {self.context}".strip()


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
_CLAIM = re.compile(
    rf"\b{_SPEECH}\s+(?:(?!about\b|of\b|on\b)\w+\s+)?that\b\s*(?P<claim>[^?.!\s].*?)[?.!\s]*$", re.I | re.S
)
_LINKS = r"(?:of|de|al|bin|van|von|der|di|da|del|la|el|and the|for|the)"
_NAME = re.compile(rf"[^\W\d_a-zß-öø-ÿ][\w.'’\-]*(?:(?: {_LINKS})? [^\W\d_a-zß-öø-ÿ][\w.'’\-]*)*")
_PARTNERS = re.compile(
    r"\b(?:(?:meet|met|meets|speak|spoke|spoken|talk(?:ed|s)?|confer(?:red)?|call|talks|meeting|conversation)\s+"
    r"(?:\w+\s+)?with|tell|told|ask(?:ed)?|warn(?:ed)?|urge[ds]?|assure[ds]?|inform(?:ed)?)\s+(?P<partners>[^?]+)",
    re.I,
)
_ACTOR = re.compile(
    rf"\b(?:did|does|do|has|have|had|was|were|is|are|will|would|could|can|should) (?:the )?(?P<actor>{_NAME.pattern})"
)
_CLAUSE = re.compile(r"\b(?:that|to|about|of|on|in|not|whether|if|when|for|during|after|before)\b|[,;]")
_OPENERS = frozenset(
    """who whom whose what when where which why how did does do is are was were has have had can could will would
    should name list and but so in on at for of to by from with the a an according if after before since during
    until about tell give i he she they it we you his her their its going roughly against once please
    whereabouts under toward""".split()
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
    quoted = tuple(q for groups in QUOTED.findall(text) for q in groups if q and len(q.split()) >= 1)
    speaker = _speaker(text)
    return Asked(
        text=text,
        kind=kind_of(text),
        speech=bool(_SAYS.search(unquoted(text))) or text.lower().startswith("according to"),
        speaker=speaker,
        names=names_in(text),
        quoted=quoted,
        claim=_claim(text) if not quoted else "",
        context=context,
        partners=_partners(text),
        actor=_actor(text),
    )


def names_in(text: str) -> tuple[str, ...]:
    """Capitalised names outside quotation marks, sentence openers and single titles left out."""
    found = []
    bare = unquoted(text)
    for match in _NAME.finditer(bare):
        words = match[0].split()
        while words and words[0].lower().rstrip(",") in _OPENERS:
            words.pop(0)
        name = re.sub(r"['’]s$", "", " ".join(words)).strip(" .,?!'’")
        if name and name.lower() not in _OPENERS and name not in found:
            found.append(name)
    return tuple(found)


def _speaker(text: str) -> str | None:
    match = _SPEAKER.match(unquoted(text))
    return match["speaker"].strip() if match else None


def _actor(text: str) -> str | None:
    match = _ACTOR.search(unquoted(text))
    return next(iter(names_in(match["actor"])), None) if match else None


def _claim(text: str) -> str:
    match = _CLAIM.search(text)
    return match["claim"] if match else ""


def _partners(text: str) -> tuple[str, ...]:
    match = _PARTNERS.search(unquoted(text))
    return names_in(_CLAUSE.split(match["partners"])[0]) if match else ()


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
