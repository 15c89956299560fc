"""A sentence that opens with "he" and what comes before it go in; whether it would be read of another comes out.

Where a sentence was left out, the one behind it is read behind another, and its pronoun means whom that one names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from retriever.catalogue.words import tokens
from retriever.dating import times
from retriever.wording import content_words

_OPENS: Final = re.compile(
    r"\W*(?:(?:later|then|also|and|but|however|instead|yet|so|still),? )?(he|she|they|his|her|their)\b", re.IGNORECASE
)
_NAME: Final = re.compile(r"(?<!\w)[A-Z][\w’'\-]*(?: [A-Z][\w’'\-]*)*")


@dataclass(frozen=True, slots=True)
class Before:
    """``standing``: the sentences in front that stand. ``left_out``: those behind the last of them, which do not."""

    standing: Sequence[str]
    left_out: Sequence[str] = ()

    def moved(self, text: str, question: str) -> str | None:
        """The pronoun with which ``text`` opens, if it was read behind a sentence that was left out, and means another
        behind the last that stands, or behind the question.
        """
        read = next((each for each in reversed(self.left_out) if not pronoun(each)), "")
        return pronoun(text) if differ(read, self.standing[-1] if self.standing else question) else None


def pronoun(text: str) -> str | None:
    """The personal pronoun with which a sentence opens."""
    opens = _OPENS.match(text)
    return opens[1] if opens else None


def differ(text: str, other: str) -> bool:
    """Whether the first name in a sentence is another than the first in the other; days are no names."""
    name = _first_name(text)
    return bool(name) and not name & _first_name(other)


def _first_name(text: str) -> set[str]:
    days = {word for when in times(text, None) for word in tokens(when.text)}
    names = (set(content_words(match[0])) - days for match in _NAME.finditer(text))
    return next((name for name in names if name), set())
