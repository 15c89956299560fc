"""Lines that a program or printer broke at one width go in, paragraphs come out, one a line.

A line break ends a sentence everywhere else in this system, so a sentence broken by the width of a page could be
neither found nor cited whole. Lines that their author ended (verses, lists, headings, tables) stay as they are.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from retriever.reading import lines

_NARROWEST, _WIDEST = 45, 125  # characters of a column of print
_FEWEST_ROWS = 10  # of a text in which a blank line follows every line (some scanned transcripts)
_BLANK = re.compile(r"\n(?:[ \t\u00a0]*\n)+")
_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad\u2010]$")


def unwrapped(text: str) -> str:
    """The text with wrapped blocks joined into paragraphs; all other blocks unchanged."""
    blocks = _BLANK.split(text)
    rows = [row for block in blocks for row in block.split("\n") if row.strip()]
    if len(rows) >= _FEWEST_ROWS and len(blocks) > 0.9 * len(rows) and is_wrapped(rows):
        return "\n\n".join(paragraphs(rows))
    return "\n\n".join(_unwrapped_block(block) for block in blocks)


def _unwrapped_block(block: str) -> str:
    rows = block.split("\n")
    return "\n".join(paragraphs(rows)) if is_wrapped(rows) else block


def is_wrapped(rows: Sequence[str]) -> bool:
    """Whether the rows are of one width and a good part of them ends in the middle of a sentence."""
    if len(rows) < 2:
        return False
    width = _width(rows)
    midway = [row for row, after in itertools.pairwise(rows) if _goes_on(row, after)]
    full = sum(len(row) >= 0.7 * width for row in midway)
    return _NARROWEST <= width <= _WIDEST and len(midway) * 3 >= len(rows) - 1 and full >= 0.8 * len(midway)


def paragraphs(rows: Sequence[str]) -> Iterator[str]:
    """The rows joined to paragraphs: one begins after a blank row, with a list mark or a speaker's label, indented,
    or where the row before stops short of the column and ends a sentence (or is far too short for the column)."""
    width = _width(rows)
    held, before = "", ""
    for row in rows:
        if held and (not row.strip() or _opens(before, row, width)):
            yield held
            held = ""
        if row.strip():
            held = _joined(held, row.strip(" \t")) if held else row.strip(" \t")
        before = row
    if held:
        yield held


def _width(rows: Sequence[str]) -> int:
    """Characters of the column: nine of ten rows are no longer."""
    lengths = sorted(len(row) for row in rows if row.strip())
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _goes_on(row: str, after: str) -> bool:
    return bool(after[:1].islower()) and not lines.ends_sentence(row)


def _opens(before: str, row: str, width: int) -> bool:
    if lines.is_bulleted(row) or lines.turn_label(row) or (row[:2].isspace() and not before[:2].isspace()):
        return True
    if lines.turn_label(before) and before.rstrip().endswith(":"):
        return False  # a label on a row of its own belongs to what is said
    if lines.ends_sentence(before) or before.rstrip().endswith(":"):
        return len(before) < 0.8 * width
    return len(before) < 0.6 * width and not row.lstrip()[:1].islower()


def _joined(held: str, row: str) -> str:
    return _HYPHEN.sub("", held) + row if _HYPHEN.search(held) and row[:1].islower() else f"{held} {row}"
