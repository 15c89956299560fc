"""Words of others go in, the same words come out without what a reader could take for the marks of an answer."""

from __future__ import annotations

import re
from typing import Final

_OPEN, _CLOSED = r"\[［【〔〖⟦", r"\]］】〕〗⟧"
_REFERENCE: Final = re.compile(rf"[{_OPEN}]([^{_OPEN}{_CLOSED}]{{1,60}})[{_CLOSED}]")
_OF_REFERENCES: Final = re.compile(r"\b(?:passages?|and)\b|[\W\d_]", re.IGNORECASE)


def unmarked(text: str) -> str:
    """What could pass for the number of a passage goes into round brackets: "[3]" is "(3)"; "[applause]" stays."""
    return _REFERENCE.sub(_unbracketed, text)


def _unbracketed(match: re.Match[str]) -> str:
    is_reference = any(map(str.isdigit, match[1])) and not _OF_REFERENCES.sub("", match[1])
    return f"({match[1]})" if is_reference else match[0]
