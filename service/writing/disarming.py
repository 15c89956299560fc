"""Text of unknown origin goes in; the same words come out, without what means something to a chat model or its server.

The words stay as they are, so that a quotation copied from here is found in the source (``tokens``); only characters
that no reader sees, or that a server may take for its own, are lost.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from service.marks import unmarked

_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNWRITTEN: Final = frozenset(("Cc", "Cs", "Co"))  # controls, halves of characters, characters of no script
# Beside the zero-width marks, direction marks and tags of category Cf.
_SELECTORS: Final = re.compile("[\u034f\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef\u115f\u1160\u3164\uffa0]")
# Servers know their turns by "<|im_start|>", "</s>", "<start_of_turn>", "[INST]", also where they stand in an article.
_TURN: Final = re.compile(r"\[(?=/?[A-Z][A-Z_]*\])")


def disarmed(text: str) -> str:
    """The words and lines of a text without invisible characters; "<" becomes "‹", and "[3]" "(3)"."""
    return _TURN.sub("[ ", unmarked(visible(text))).replace("<", "‹")


def visible(text: str) -> str:
    """The text without characters that no reader sees."""
    lines = _LINE_ENDS.sub("\n", text)
    return lines.translate({ord(each): _seen(each) for each in set(lines) - set("\n\t")})


@lru_cache(maxsize=8192)
def disarmed_line(text: str, most: int) -> str:
    """The same on one line and no longer than ``most`` characters, if there is a choice cut between words."""
    line = " ".join(disarmed(text).split())
    return line if len(line) <= most else f"{line[: most - 1].rpartition(' ')[0] or line[: most - 1]}…"


@lru_cache(maxsize=4096)
def _seen(character: str) -> str:
    """What a reader sees of it. A control parts words, as in ``tokens``; a zero-width mark does not."""
    category = unicodedata.category(character)
    if category in _UNWRITTEN:
        return " "
    return "" if category == "Cf" or _SELECTORS.match(character) else character
