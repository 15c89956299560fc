"""Texts of others go in, Markdown that shows them as they are comes out: no link, image, heading or HTML of theirs."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import quote

_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}  # which every dialect of Markdown knows
_MARKS: Final = re.compile(r"[\\`*_{}\[\]#!|~^$]")
# Words that some readers make a link of by themselves, whatever stands before them: addresses, mail, names of hosts.
_LINKED: Final = re.compile(r"://|www\.|@|[^\W_]\.[^\W\d_]{2}|xn--", re.IGNORECASE)
_JOINERS: Final = "\u200c\u200d"  # cannot be seen either, but change the letters beside them
_OPENING: Final = re.compile(r"(?:[-+=:]|\d+[.)])(?=\s|[-+=]|$)")  # of a list, an underlined heading, a definition
_OF_ADDRESSES: Final = "%/:?#[]@!$&'()*+,;=~-._"
_ADDRESS: Final = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def inline(text: str) -> str:
    """The text in one line, to stand within one. Characters that cannot be seen or turn the direction are left out."""
    plain = "".join(filter(_shown, " ".join(text.split())))
    return " ".join(_code(word) if _LINKED.search(word) else _escaped(word) for word in plain.split())


def paragraph(text: str) -> str:
    """What ``inline`` made, to stand at the beginning of a line."""
    opening = _OPENING.match(text)
    return f"{text[: opening.end() - 1]}\\{text[opening.end() - 1 :]}" if opening else text


def address(url: str) -> str:
    """A link to a web address, as it is written; of anything else its text."""
    if not _ADDRESS.match(url):
        return inline(url)
    return f"<{quote(url.strip(), safe=_OF_ADDRESSES)}>"


def _shown(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}


def _escaped(text: str) -> str:
    return "".join(_ENTITIES.get(each) or (f"\\{each}" if _MARKS.match(each) else each) for each in text)


def _code(text: str) -> str:
    """In a fence longer than any run of backticks within, where nothing means anything."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{room}{text}{room}{fence}"
