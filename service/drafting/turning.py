"""A sentence of an article goes in; the sentence after it comes out where that one turns its sense ("But …").

Telling the first without the second would be a cut quotation.
"""

from __future__ import annotations

import re

from retriever import splitting
from retriever.records import Article

_TURNS = re.compile(
    r"[\"“”'’(]*(?:But|However|Yet|Still|Unless|Except|Nevertheless|Nonetheless|Even so|That said|Not)\b"
    r"(?! (?:only|even|all|every))"
    r"|[\"“”'’(]*\w+(?: \w+){0,3}, (?:however|though),"
)
_SAME = re.compile(r"[\"“”'’(]*(?:But|However|Yet|Still|Nevertheless|Nonetheless),? (?:he|she|they|it|I|we)\b")


def turned(article: Article, end: int, label: str | None) -> tuple[int, int] | None:
    """Where the sentence stands that turns the sense of the one that ends at ``end``: the next of the same paragraph,
    of the same speaker's turn (``label``), or of the next paragraph where it goes on about the same one. None where
    the next sentence does not.
    """
    text = article.text
    rest = text[end:]
    begins = end + len(rest) - len(rest.lstrip())
    gap, stop = text[end:begins], text.find("\n", begins)
    line = text[begins : stop if stop >= 0 else len(text)]
    if not line or not (_TURNS if "\n" not in gap or (label and not splitting.turn_label(line)) else _SAME).match(line):
        return None
    first = next(iter(splitting.sentences(line)), None)
    return (begins + first.start, begins + first.end) if first else None
