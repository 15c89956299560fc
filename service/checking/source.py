"""A passage that a chat model was given, and by which number it may cite it."""

from __future__ import annotations

from dataclasses import dataclass

from retriever.records import Hit, Statement


@dataclass(frozen=True, slots=True)
class Source:
    """``statements``: those of the passage's article that stand in the passage, in the order of the text."""

    number: int  # 1 for the first; what [1] in the model's text points to
    hit: Hit
    statements: tuple[Statement, ...] = ()
