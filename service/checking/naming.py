"""A sentence and its passages go in; the same sentence with its speaker named as the passages name him comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retriever.records import Statement
from service.checking.matching import Ground
from service.entailing.model import Entailed

_PRONOUNS = frozenset(("he", "she"))


@dataclass(frozen=True, slots=True)
class Named:
    """``text``: the sentence, in which from ``start`` on a name was made ``shorter`` by so many characters."""

    text: str
    start: int
    shorter: int

    def placed(self, entailed: Entailed) -> Entailed:
        """With its place as it is in the sentence as it was written."""
        start, end = (at + (self.shorter if at > self.start else 0) for at in entailed.at)
        return replace(entailed, at=(start, end))


def speaker_as_there(text: str, grounds: Sequence[Ground]) -> Named | None:
    """With the first full name of a speaker of the passages in the words that stand for it there ("Yang", "he"); None
    where it names none, or where the passages call nobody so but by that name.
    """
    for ground in grounds:
        for full, called in dict.fromkeys(_called(ground)):
            if (match := re.search(rf"(?<!\w){re.escape(full)}(?!\w)", text)) and full not in ground.text:
                word = called.capitalize() if match.start() == 0 else called
                return Named(text[: match.start()] + word + text[match.end() :], match.start(), len(full) - len(word))
    return None


def _called(ground: Ground) -> Iterator[tuple[str, str]]:
    """Full names of speakers with what stands for each, pronouns only where they stand for one alone."""
    said = [each for each in ground.source.statements if each.speaker and each.speech]
    meant = {each.speaker for each in said if _is_pronoun(each)}
    for each in said:
        known = each.speaker or ""
        if _is_pronoun(each):
            if len(meant) == 1:
                yield known, each.speaker_text.lower()
        elif each.speaker_text != known and each.speaker_text in known:
            yield known, each.speaker_text


def _is_pronoun(statement: Statement) -> bool:
    return statement.speaker_text.lower() in _PRONOUNS
