"""What making questions hands on: a question with its answer and evidence, before it has an id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Kind = Literal["who", "when", "what", "list", "nearmiss", "unanswerable"]
KINDS: Final[tuple[Kind, ...]] = ("who", "when", "what", "list", "nearmiss", "unanswerable")


class Unmade(Exception):
    """Raised when of a statement that can be asked about no question of a kind can be made; its text is the reason."""


@dataclass(frozen=True, slots=True)
class Place:
    """``text`` is the article's text from ``start`` to ``end``, in code points."""

    document: str
    start: int
    end: int
    text: str

    def as_values(self) -> dict[str, Any]:
        return {"document": self.document, "start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A question. ``answer`` is empty where the articles do not answer it. ``notes``: keys for people and checks."""

    kind: Kind
    question: str
    answer: tuple[tuple[str, ...], ...] = ()
    forbid: tuple[str, ...] = ()
    evidence: tuple[Place, ...] = ()
    max_words: int | None = None
    topic: str = ""  # that no other question of the kind is to ask about; "": the question tells itself apart
    notes: Mapping[str, str] = field(default_factory=dict)

    def as_values(self, id_: str) -> dict[str, Any]:
        """A line of a question file."""
        given: dict[str, Any] = {"answer": [list(each) for each in self.answer], "forbid": list(self.forbid)}
        given["unanswerable"] = not self.answer
        given["max_words"] = self.max_words
        given["evidence"] = [each.as_values() for each in self.evidence]
        known = {name: value for name, value in given.items() if value}
        return {"id": id_, "kind": self.kind, "question": self.question, **known, **self.notes, "made": True}
