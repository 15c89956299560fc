"""Text as a file gives it goes in, text as a reader should see it comes out: no furniture, nothing twice.

Characters stay as they are (non-breaking spaces, odd quotes). Only line ends, characters that nobody sees or that turn
the order of others, spaces at line ends, runs of blank lines and hard-wrapped lines are changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retriever.reading import furniture, lines
from retriever.reading.wrapping import unwrapped

_LINE_END = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"  # of the look of the character before them
_JOINED = "\u0590-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff"  # scripts that need joiners
_PICTURES = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_INVISIBLE = re.compile(
    "(\U0001f3f4\U000e0067\U000e0062[\U000e0061-\U000e007a]{3}\U000e007f)"  # a flag spelt in characters nobody sees
    "|[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e00ff]"
    "|\u00ad(?=\\w)"  # at the end of a line it is read with what follows
    f"|(?<![{_JOINED}{_PICTURES}])[\u200c\u200d]+|(?<=[\u200c\u200d])[\u200c\u200d]+"
    f"|(?<![^\\sA-Za-z{_SELECTORS}])[{_SELECTORS}]+"
)
_SPACE_AT_END = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")
_LONG = 60  # characters in letters and digits: so long a line is not twice in one text by chance
_TITLE = 20


def cleaned(text: str, *, title: str | None = None) -> str:
    """The text without furniture and repeats. ``title`` (from metadata) helps to see its second print."""
    texts = unwrapped(levelled(text)).split("\n")
    for find in (lambda kept: repeated(kept, title=title), furniture.removable):
        gone = find(texts)
        texts = [line for place, line in enumerate(texts) if place not in gone]
    return _BLANK_LINES.sub("\n\n", "\n".join(texts)).strip("\n\t ")


def levelled(text: str) -> str:
    """One kind of line end, no characters that nobody sees, no spaces before line ends."""
    return _SPACE_AT_END.sub("", seen(_LINE_END.sub("\n", text)))


def seen(text: str) -> str:
    """The text without invisible characters, but for joiners and selectors that change the letter beside them."""
    return _INVISIBLE.sub(r"\1", text)


def repeated(texts: Sequence[str], *, title: str | None = None) -> set[int]:
    """The places of lines that stand earlier in the text: paragraphs, the title, and short lines between such."""
    order = [place for place, text in enumerate(texts) if text.strip()]
    folded = {place: lines.folded(texts[place]) for place in order}
    headline = lines.folded(title or "") or next((folded[one] for one in order[:8] if lines.is_title(texts[one])), "")
    seen: set[str] = set()
    again: set[int] = set()
    for place in order:
        if folded[place] in seen:
            again.add(place)
        seen.add(folded[place])
    gone = {
        one
        for one in again
        if (len(folded[one]) >= _LONG and lines.is_prose(texts[one]))
        or (folded[one] == headline and len(headline) >= _TITLE)
    }
    return gone | _between(order, again, gone)


def _between(order: Sequence[int], again: set[int], gone: set[int]) -> set[int]:
    """Subheads and bylines of a second print: they stand earlier too, in one run with paragraphs that do."""
    found: set[int] = set()
    run: list[int] = []
    for place in [*order, -1]:
        if place in again:
            run.append(place)
            continue
        if len(gone.intersection(run)) >= 2:
            found.update(run)
        run = []
    return found
