"""A sentence of an answer and the slices it cites go in; what in it those slices do not bear out comes out.

Every sentence of every answer passes here, whoever wrote it. A quotation must stand word for word in a cited slice;
so must every name and every number, unless it was derived (a resolved date, the speaker of a labelled turn, an
article's own date or outlet) and the derivation is handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from retriever.catalogue.words import fold, stands_in, tokens

_QUOTATIONS = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|''([^']+)''|«([^«»]+)»|„([^“”„]+)[“”]")
_NUMBER = re.compile(r"\d[\d.,:]*\d|\d")
_NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w’'\-]+")
# Capitals at the start of a sentence and in dates are no names; dates are checked as numbers and by derivation.
_CALENDAR = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday""".split()
)


def faults(text: str, slices: Sequence[str], *, derived: Iterable[str] = ()) -> tuple[str, ...]:
    """What of ``text`` is not in ``slices`` (nor in ``derived``), in words; empty where everything is.

    Comparison folds case, accents, white space and the shapes of quotation marks, and nothing else.
    """
    known = [fold(each) for each in (*slices, *derived)]
    return (
        *(f"quotation not in the source: {words!r}" for words in _quotations(text) if not _verbatim(words, slices)),
        *(f"number not in the source: {number}" for number in _numbers(text) if not _stands(number, known)),
        *(f"name not in the source: {name}" for name in _names(text) if not _stands(name, known)),
    )


def _quotations(text: str) -> list[str]:
    return [next(group for group in groups if group) for groups in _QUOTATIONS.findall(text)]


def _verbatim(words: str, slices: Sequence[str]) -> bool:
    """Whether the quoted words stand in one slice, in a row; an ellipsis stands for words left out between."""
    parts = [part for part in re.split(r"…|\.\.\.", words) if tokens(part)]
    return any(all(stands_in(tokens(part), fold(each)) for part in parts) for each in slices)


def _numbers(text: str) -> list[str]:
    return [match[0] for match in _NUMBER.finditer(text)]


def _names(text: str) -> list[str]:
    """Capitalised words that do not merely open a sentence."""
    openers = {match.end() for match in re.finditer(r"(?:^|[.!?:;—–] ?|[“\"'(] ?)(?=\w)", text)}
    return [
        match[0]
        for match in _NAME.finditer(text)
        if match.start() not in openers and match[0].lower() not in _CALENDAR and not match[0].startswith("I’")
    ]


def _stands(words: str, known: Sequence[str]) -> bool:
    sought = tokens(re.sub(r"['’]s$", "", words))
    return not sought or any(stands_in(sought, each) for each in known)
