"""Sentences that failed go in with the reasons; the request to write them anew and what the model replied come out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING

from service.writing.absence import speaks_of_passages
from service.writing.disarming import disarmed
from service.writing.sentences import Sentences, WrittenSentence

if TYPE_CHECKING:
    from service.checking.written import Fault

_LINE = re.compile(r"^[\s*_-]*(\d{1,2})[.):][*_]*\s*(.*)$")
_DROPPED = re.compile(r"\W*drop\b", re.I)


def listed(failed: Sequence[tuple[WrittenSentence, Sequence[Fault]]]) -> str:
    """The sentences, numbered from 1, each with what is wrong with it."""
    return "\n".join(
        f"{number}. {disarmed(sentence.text)}{_marks(sentence)}\n   Wrong: {'; '.join(fault.told for fault in faults)}"
        for number, (sentence, faults) in enumerate(failed, start=1)
    )


def _marks(sentence: WrittenSentence) -> str:
    return "".join(f"[{number}]" for number in sentence.cites)


def rewritten(reply: str, count: int, words: Set[str]) -> Mapping[int, WrittenSentence]:
    """The model's new sentences by their numbers, 1 to ``count``; those it gave up, and those that only say what the
    passages, which hold ``words``, do not, are not among them. Of one that came back as several, the first.
    """
    found: dict[int, WrittenSentence] = {}
    for line in reply.splitlines():
        match = _LINE.match(line)
        if not match or not 1 <= int(match[1]) <= count or _DROPPED.match(match[2]):
            continue
        cutting = Sentences()
        sentences = [*cutting.feed(match[2]), *cutting.rest()]
        if sentences and not speaks_of_passages(sentences[0].text, words):
            found.setdefault(int(match[1]), sentences[0])
    return found
