"""A case goes in; a chat model comes out that knows its answer, and copies it from the passages it is given.

The best that a model can do with these passages in the sources' own words: the sentences in which the evidence stands,
each with the number of the passage it was read in, and the agreed words where none of it is among them. What of that
does not reach the reader is the service's own loss.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace

from eval.cases import Case
from eval.metrics import right
from retriever.splitting import sentences
from service.records import Answer
from service.writing.absence import ABSENT
from service.writing.composition import Messages
from service.writing.disarming import disarmed

_NUMBER = re.compile(r"text \[(\d+)\]>")
PIECE = 24  # characters that come at once


@dataclass(slots=True)
class Copying:
    """``texts``: of the articles in which the case's evidence stands, by id."""

    case: Case
    texts: Mapping[str, str]
    name: str = "copying:evidence"
    context: int = 16_384
    reply: int = 512
    replies: list[str] = field(default_factory=list)

    def count(self, text: str) -> int:
        return len(text) // 4 + 1

    def stream(self, messages: Messages) -> Generator[str, None, None]:
        """The evidence, or that there is none; a second request is given up."""
        text = "1. DROP" if self.replies else self._copied(messages[-1][1])
        self.replies.append(text)
        yield from (text[at : at + PIECE] for at in range(0, len(text), PIECE))

    def _copied(self, shown: str) -> str:
        said = []
        for sentence in dict.fromkeys(self._evidence()):
            place = shown.find(disarmed(sentence))
            numbers = _NUMBER.findall(shown, 0, max(place, 0))
            if place >= 0 and numbers:
                said.append(f"{' '.join(sentence.split())}[{numbers[-1]}]")
        return " ".join(said) or ABSENT

    def _evidence(self) -> list[str]:
        """The whole sentences that hold it."""
        found = []
        for evidence in self.case.evidence if not self.case.unanswerable else ():
            text = self.texts.get(evidence.document, "")
            for start, end in evidence.places(text)[:1]:
                found += [text[s.start : s.end] for s in sentences(text) if s.start < end and start < s.end]
        return found

    def is_right(self, answer: Answer) -> bool:
        """Whether its text by itself is a right answer, unchecked. ``answer``: any answer to the same question."""
        text = self.replies[0] if self.replies else answer.answer
        return right(self.case, replace(answer, answer=text, declined=text == ABSENT))
