"""A sentence and one that stands in the answer go in; whether it says nothing more than that one comes out.

All that it tells must stand in the other: its words, but for those that carry no meaning or only say what a name is the
name of ("state news agency Xinhua"); its names in the same order; and where the other denies, it denies too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from retriever.catalogue.words import tokens
from retriever.wording import content_words
from service.evidence import NUMBER

# Of words that carry little, those without which a sentence says the same. "Not", "by", "would", "before" are not here.
_EMPTY: Final = frozenset(
    """a an the of to in on at for with from as is are was were be been being has have had that this these those which
    who it its he she they his her their him them and also so s said says say""".split()
)
_DENIES: Final = frozenset("not no never none nobody nothing nor neither without cannot hardly t".split())
# What they join a name to is told by them.
_JOINS: Final = frozenset(
    """against despite unlike like toward towards through during since until within near without unless except only
    under between""".split()
)
_WORD: Final = re.compile(r"[^\W_]+(?:[.’'][^\W_]+)*")


def says_nothing_new(text: str, other: str) -> bool:
    """Whether ``other`` says all that ``text`` does."""
    words, known = list(_words(text)), list(_words(other))
    there = {folded for folded, _ in known}
    if not any(folded not in _EMPTY for folded, _ in words) or _denials(words) != _denials(known):
        return False
    return _tells_none_but(words, there) and _follows([w for w, is_name in words if is_name and w in there], known)


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """Each folded, and whether it may be a name: one with a capital that carries meaning."""
    for match in _WORD.finditer(text):
        for folded in tokens(match[0]):
            yield folded, match[0][0].isupper() and folded not in _EMPTY


def _denials(words: Sequence[tuple[str, bool]]) -> set[str]:
    return {folded for folded, _ in words} & _DENIES


def _tells_none_but(words: Sequence[tuple[str, bool]], there: set[str]) -> bool:
    """Whether what is not ``there`` says only what a name is the name of: it stands right in front of one that is."""
    is_new = False
    for folded, is_name in words:
        if folded in there and is_new and not is_name:
            return False
        if folded not in there and folded not in _EMPTY:
            if is_name or not content_words(folded) or folded in _JOINS or NUMBER.search(folded):
                return False
            is_new = True
        elif folded not in _EMPTY:
            is_new = False
    return not is_new


def _follows(names: Sequence[str], known: Sequence[tuple[str, bool]]) -> bool:
    """Whether the names stand among the known words in this order."""
    rest = iter([folded for folded, _ in known])
    return all(name in rest for name in names)
