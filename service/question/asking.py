"""What a person typed goes in; what is asked comes out: the kind of answer wanted, the names, the quoted words.

Nothing here looks at the archive. A follow-up is made to stand alone from the conversation before it, and the
stand-alone form is what is searched, answered and shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.question.following import stand_alone
from service.question.kinds import QUOTED, Kind, kind_of, unquoted
from service.question.mentions import NAME, names_in
from service.records import Question

__all__ = ["Asked", "names_in", "understand"]


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


# Lower case alone: "the State Department" states nothing; "of" because a "head of state" does neither.
_SPEECH = (
    r"(?-i:(?<!of )(?:sa(?:y|id|ys)|tell|told|ask(?:ed)?|call(?:ed)?|claim(?:ed)?|argue[ds]?|"
    r"warn(?:ed)?|stress(?:ed)?|urge[ds]?|state[ds]?|express(?:ed)?|mention(?:ed)?|describe[ds]?|explain(?:ed)?|note[ds]?|insist(?:ed)?|add(?:ed)?|"
    r"announce[ds]?|promise[ds]?|pledge[ds]?|request(?:ed)?|demand(?:ed)?|raise[ds]?|quoted?|use[ds]? the words|"
    r"remark(?:ed)?|declare[ds]?|think|thought|believe[ds]?|predict(?:ed)?|suggest(?:ed)?|propose[ds]?|accuse[ds]?|thank(?:ed)?|praise[ds]?|"
    r"salute[ds]?|congratulate[ds]?|welcome[ds]?|condemn(?:ed)?|applaud(?:ed)?|denounce[ds]?|commend(?:ed)?|hail(?:ed)?))"
)
_SAYS = re.compile(rf"\b{_SPEECH}\b", re.I)
_SPEAKER = re.compile(
    r"^(?:and |but |so )?(?:"
    r"(?:to|on|in|at|by|for|from|with|about|against|during|under) (?:whom|(?:what|which)(?: \w+)?)|"
    r"what|when|where|why|how|whom?|which \w+|what \w+)\s+(?:did|does|do|has|had|was it that|would)\s+"
    rf"(?P<speaker>(?:the )?[^,?\"“]{{2,80}}?)\s+(?:\w+ly |also |first |publicly )?{_SPEECH}\b",
    re.I,
)
_SAID_ABOUT = re.compile(
    r"^what (?:did|does|do) (?P<speaker>[^,?\"“]{2,60}?) (?:say|think|remark|state) (?:about|on|of) "
    r"(?P<about>[^?]+?)[\s?.!]*$",
    re.I,
)
_CLAIM = re.compile(
    rf"\b{_SPEECH}\s+(?:(?!about\b|of\b|on\b)\w+\s+)?that\b\s*(?P<claim>[^?.!\s].*?)[?.!\s]*$", re.I | re.S
)
_PARTNERS = re.compile(
    r"\b(?:(?:meet|met|meets|speak|spoke|spoken|talk(?:ed|s)?|confer(?:red)?|call|talks|meeting|conversation)\s+"
    r"(?:\w+\s+)?with|tell|told|ask(?:ed)?|warn(?:ed)?|urge[ds]?|assure[ds]?|inform(?:ed)?)\s+(?P<partners>[^?]+)",
    re.I,
)
_ACTOR = re.compile(
    rf"\b(?:did|does|do|has|have|had|was|were|is|are|will|would|could|can|should) (?:the )?(?P<actor>{NAME.pattern})"
)
_CLAUSE = re.compile(r"\b(?:that|to|about|of|on|in|not|whether|if|when|for|during|after|before)\b|[,;]")


def understand(question: Question) -> Asked:
    """Read a question in its conversation."""
    alone = stand_alone(question.text.strip(), question.history)
    text = alone.text
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
        context=alone.context,
        partners=_partners(text),
        actor=_actor(text),
    )


def for_all(text: str) -> str:
    """ "What did Hayashi say about Taiwan?" as a question for everything that he said about it; others as they are."""
    match = _SAID_ABOUT.match(text.strip())
    return f"What has {match['speaker']} said about {match['about']}?" if match else text


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
