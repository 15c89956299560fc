"""A question and a checked sentence go in; whether the sentence can be what is asked for comes out.

What a chat model writes may be true and beside the point. A sentence need not answer to stand in an answer, but one of
them has to: it holds the kind of thing that is asked for, and is taken from an article that has a name of the
question's, if it has any.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retriever import dating
from retriever.catalogue.words import tokens
from retriever.records import Article
from service.drafting.leads import Slice
from service.evidence import NUMBER
from service.question.asking import Asked

_NAME = re.compile(r"(?<!\w)[^\W\d_a-zß-öø-ÿ][\w.’'\-]*")
# Where something is: "in the old port of Sandvik"; and what a place does: "Sandvik hosted the talks".
_CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w.’'\-]*"
_PLACED = re.compile(
    r"\b(?:in|at|on|near|to|from|off|outside|inside|across|over|through|above|around|(?:north|south|east|west)[\w-]* of"
    r")"
    rf"(?: (?!between|with|by|and|for|that|who|when)[a-z]+){{0,4}} (?P<at>{_CAPITALISED})"
    rf"|^(?P<of>{_CAPITALISED}) (?:hosted|hosts|saw|held)\b"
)
_BEGINNING = 4  # letters by which a name is known again: "Thai" and "Thailand", "Korean" and "Korea"
_NAMED = frozenset(("who", "where"))  # kinds that are answered with a name


def pertinent(asked: Asked, text: str, slices: Sequence[Slice]) -> bool:
    """Whether ``text``, taken from ``slices``, may answer."""
    return _is_of_kind(asked, text) and all(_has_names(asked, each.hit.article) for each in slices[:1])


def _is_of_kind(asked: Asked, text: str) -> bool:
    if asked.kind in _NAMED:
        names = _names(text) if asked.kind == "who" else [m["at"] or m["of"] for m in _PLACED.finditer(text)]
        return any(not set(tokens(name)) <= set(tokens(asked.text)) for name in names)
    if asked.kind == "when":
        return bool(dating.times(text, None))
    return asked.kind not in ("howmany", "howlong") or bool(NUMBER.search(text))


def _names(text: str) -> list[str]:
    """Capitalised words; the first of the sentence may be one only because it is the first, which is let pass."""
    return _NAME.findall(text)


def _has_names(asked: Asked, article: Article) -> bool:
    about = {
        word[:_BEGINNING]
        for word in tokens(f"{article.title or ''} {article.source or ''} {article.author or ''} {article.text}")
    }
    last = [tokens(name)[-1][:_BEGINNING] for name in asked.names if tokens(name)]
    return not last or any(word in about for word in last)
