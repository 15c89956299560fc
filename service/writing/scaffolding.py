"""What a chat model was told beside the passages goes in; whether a sentence of its is a copy of that comes out.

A small model repeats what it was told: a rule of the prompt, the question, the line above a passage that says where it
is from. Such a sentence tells of nothing, however many of its words stand in a passage too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from prompts import prompt
from retriever.catalogue.words import stands_in, tokens
from retriever.splitting import sentences
from service.writing.briefing import LABELS, Briefing, headings

_FEWEST: Final = 3  # words in a row of a prompt that are no chance


@dataclass(frozen=True, slots=True)
class Scaffolding:
    """All folded. ``told``: sentences of the prompts and the question; ``headings``: what stands over passages and
    statements; ``labels``: words of the prompts' own that no passage has.
    """

    told: tuple[str, ...]
    headings: tuple[str, ...]
    labels: tuple[str, ...]

    def holds(self, sentence: str) -> bool:
        """Whether the sentence is taken from it, or has any of it within."""
        words = tokens(sentence)
        whole = " ".join(words)
        if whole in self.told or any(stands_in(tokens(each), whole) for each in (*self.headings, *self.labels)):
            return True
        return len(words) >= _FEWEST and any(stands_in(words, each) for each in self.told)


def scaffolding(name: str, briefing: Briefing, question: str) -> Scaffolding:
    """Of the prompt ``name`` and of the one that asks for sentences anew."""
    passages = " ".join(_folded(source.hit.passage.text) for source in briefing.sources)
    labels = (_folded(each) for each in (*LABELS, briefing.mark))
    told = dict.fromkeys((*map(_folded, _sentences(name)), *map(_folded, _sentences("rewrite")), _folded(question)))
    return Scaffolding(
        tuple(each for each in told if each),
        tuple(dict.fromkeys(map(_folded, headings(briefing)))),
        tuple(each for each in labels if not stands_in(each.split(), passages)),
    )


def _sentences(name: str) -> Iterator[str]:
    asked = prompt(name)
    for line in f"{asked.system}\n{asked.user}".splitlines():
        yield from (line[each.start : each.end] for each in sentences(line))


def _folded(text: str) -> str:
    return " ".join(tokens(text))
