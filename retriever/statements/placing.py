"""Where in its article a statement names its speaker, or has its cue."""

from __future__ import annotations

import re

from retriever.records import Statement


def place_of(words: str, statement: Statement, text: str) -> tuple[int, int] | None:
    """(start, end) of words that stand beside the statement's own ("he", "Minister Qin", "said"); None where they are
    empty or not there. Whole words, never inside what was said, the nearest to it; a label that opens a transcript's
    turn stands in front of the statement.
    """
    if not words:
        return None
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    inside = [match.span() for match in pattern.finditer(text, statement.start, statement.end)]
    outside = [span for span in inside if not any(a <= span[0] < b for a, b in statement.slices)]
    if outside or inside:
        return min(outside or inside, key=lambda span: _distance(span, statement))
    before = [match.span() for match in pattern.finditer(text, 0, statement.end)]
    return before[-1] if before else None


def _distance(span: tuple[int, int], statement: Statement) -> int:
    return min(min(abs(span[1] - start), abs(span[0] - end)) for start, end in statement.slices)
