"""A sentence beside its passages goes in; what speaks against it comes out, though none of it is certain.

Each of these is right about more than half of the sentences in which it is found, and wrong about too many to decide
alone: learned weights say how much it counts beside everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from service.checking import claims, grounding, polarity, quoting, roles, told
from service.checking.matching import Matching, Place
from service.checking.parse import Word
from service.checking.verdict import Examined, Fault

FEATURES: Final = ("number", "speaker", "replaced", "opposite", "universal", "baseless")
_UNIVERSAL: Final = frozenset(
    "all every always entire entirely fully completely totally wholly everyone everything".split()
)
_AS_WIDE: Final = _UNIVERSAL | frozenset("each any whole no none neither nobody nothing without both never".split())


def suspected(seen: Examined, aligned: Sequence[tuple[Word, Place]]) -> dict[str, Fault]:
    """By the names of FEATURES, the first of each."""
    found: dict[str, Iterator[Fault]] = {
        "number": (Fault("number", words) for words in told.numbers_unknown(seen)),
        "speaker": _misspoken(seen),
        "replaced": (Fault("speaker", ours.text) for ours, _ in roles.replaced(seen.matching, aligned)),
        "opposite": (Fault("negation", ours.text) for ours, _ in polarity.opposites(seen.matching)),
        "universal": (Fault("support", word) for word in _universals(seen.matching)),
        "baseless": (Fault("support", word) for word in grounding.baseless(seen.matching)),
    }
    firsts = ((name, next(faults, None)) for name, faults in found.items())
    return {name: fault for name, fault in firsts if fault is not None}


def _universals(matching: Matching) -> Iterator[str]:
    """ "All", "always" where the chosen sentences say nothing as wide."""
    if not any(word.lower in _AS_WIDE for word in matching.words_of()):
        yield from (word.text for word in matching.parse.words if word.lower in _UNIVERSAL)


def _misspoken(seen: Examined) -> Iterator[Fault]:
    """A claim, or a quotation, that is somebody else's."""
    yield from (Fault("speaker", claim.named) for claim, _ in claims.wrong(seen.matching, seen.before))
    yield from _misquoted(seen)


def _misquoted(seen: Examined) -> Iterator[Fault]:
    """A quotation belongs to the speaker of the statement that it is copied from."""
    for each in seen.quoted:
        for number, start, end in each.places:
            ground = seen.matching.grounds[number]
            wrong = claims.speaker_of_quotation(seen.matching, ground, (start, end), _place(seen, each), seen.before)
            if wrong is not None:
                yield Fault("speaker", wrong)


def _place(seen: Examined, quoted: quoting.Quoted) -> tuple[int, int]:
    """Where a quotation stands in the text as it is shown."""
    marks = [(match.start(), match.end()) for match in re.finditer(r"“[^”]*”", seen.text)]
    kept = [each for each in seen.quoted if each.places]
    place = kept.index(quoted)
    return marks[place] if place < len(marks) else (0, len(seen.text))
