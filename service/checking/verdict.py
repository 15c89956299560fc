"""What the check of a written sentence works on and what it says: a sentence beside its passages, faults, a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from retriever.records import When
from service.checking import quoting
from service.checking.matching import Matching
from service.drafting.leads import Slice
from service.entailing.model import Entailed

Kind = Literal["uncited", "quotation", "speaker", "name", "number", "date", "negation", "support", "fragment"]
_TOLD: Final[dict[Kind, str]] = {
    "uncited": "it cites nothing",
    "quotation": "the quoted words “{words}” are not in what it cites",
    "speaker": "what it cites does not put this into the mouth or the hands of {words}",
    "name": "the name {words} stands nowhere in what it cites",
    "number": "the number {words} stands nowhere in what it cites",
    "date": "the time “{words}” does not follow from what it cites",
    "negation": "what it cites says the opposite of “{words}”",
    "support": "what it cites does not bear out “{words}”",
    "fragment": "it is no whole sentence",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a sentence, and with which of its words."""

    kind: Kind
    words: str

    @property
    def told(self) -> str:
        """For people, and for the model that may write the sentence anew."""
        return _TOLD[self.kind].format(words=self.words)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``text``: as it may be shown. ``slices``: the sentences that bear it out, best first. It passed if it has no
    ``faults``. ``chance``: that it is borne out, 0 to 1.
    """

    text: str
    slices: tuple[Slice, ...]
    faults: tuple[Fault, ...]
    mended: bool
    chance: float = 1.0


@dataclass(frozen=True, slots=True)
class Examined:
    """A sentence beside its passages. ``text``: with its quotations as the source has them; ``days``: times in it;
    ``entailed``: by the passage that is likeliest to say it; ``unheard``: verbs of which nothing that they say is near
    to the passages, where these, without their titles, do not entail the sentence either.
    """

    sentence: str
    text: str
    quoted: tuple[quoting.Quoted, ...]
    days: tuple[When, ...]
    matching: Matching
    entailed: Entailed
    before: tuple[str, ...]
    unheard: tuple[str, ...] = ()
