"""What a chat model wrote as a sentence goes in; it comes out fit to be checked, or what of it no sentence holds."""

from __future__ import annotations

import re
from typing import Final

from service.checking.quoting import evened
from service.marks import unmarked
from service.writing.disarming import visible

_NO_PROSE: Final = re.compile(
    r"https?:|www\.|\]\s?[(\[:]|!\[|</?[a-z!?]|<\||javascript:|vbscript:|data:\w+/"  # links, pictures, tags
    r"|[{}`|]|%\(|(?<!\w)[$%][a-z]\w*"  # calls of tools, code, tables, variables
    r"|[^\s—–…]{50,}",  # words of no language
    re.IGNORECASE,
)
LONGEST: Final = 800  # characters; nobody reads a longer sentence, and to check it takes long
_SHOWN: Final = 40
_CLOSES: Final = re.compile(r"(?<=[\w.,!?…])\"(?!\w)")
_OPENS: Final = re.compile(r"(?<![\w.,!?…])\"(?=\w|\.{3}|…|[\[(](?:\w|\.{3}|…))")


def no_prose(text: str) -> str | None:
    """What would act, or tell of nothing, if it were shown: an address, a tag, code, words without end."""
    if len(text) > LONGEST:
        return text[:_SHOWN]
    found = _NO_PROSE.search(text)
    return found[0] if found else None


def fit(text: str) -> str:
    """The sentence without characters that nobody sees and without what looks like a mark of its own. A quotation that
    is closed and was never opened begins with the sentence, so that its words are looked for in the source.
    """
    return _opened(evened(unmarked(visible(text))))


def _opened(text: str) -> str:
    at = text.find("”")
    if at >= 0 and "“" not in text[:at]:
        return f"“{text}"
    closes, opens = _CLOSES.search(text), _OPENS.search(text)
    return f'"{text}' if closes and (opens is None or opens.start() > closes.start()) else text
