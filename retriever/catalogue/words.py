"""Text goes in, the words by which it is found come out; and expressions for FTS5 that no text can break.

Index and questions pass through the same ``tokens``, so that odd characters never get in the way of matching.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

_MOST_TERMS: Final = 256  # of one question; what comes after would only make it slow
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_WORD: Final = re.compile(r"[^\W_]+")
_INITIALS: Final = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # "U.S." and "US" are one word
# Han, kana and their extensions are written without spaces: each character is a word, a name a phrase.
_UNSPACED: Final = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_POSSESSIVE: Final = re.compile(r"['’‘`´ʼ]s?$", re.IGNORECASE)


def tokens(text: str) -> list[str]:
    """The words of a text in order: lower case, no accents, no punctuation, compatibility forms as plain ones."""
    plain = _BEYOND_ASCII.sub(_plain, text)
    joined = _INITIALS.sub(lambda initials: initials[0].replace(".", ""), plain)
    return _WORD.findall(_UNSPACED.sub(r" \1 ", joined.casefold()))


def _plain(run: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFKD", run[0])
    return "".join(character for character in decomposed if unicodedata.category(character) not in {"Mn", "Cf"})


def fold(text: str) -> str:
    """``tokens`` with one space between them."""
    return " ".join(tokens(text))


def term(text: str) -> str | None:
    """The FTS5 expression for one term: a word, or several that stand together. None where it has no word."""
    found = tokens(_POSSESSIVE.sub("", text.strip()))
    return f'"{" ".join(found)}"' if found else None


def any_of(terms: str | Iterable[str]) -> str | None:
    """The FTS5 expression that matches any of the terms; of a plain text, any of its words. None without words."""
    several = tokens(terms) if isinstance(terms, str) else terms
    found = dict.fromkeys(expression for each in several if (expression := term(each)))
    return " OR ".join(list(found)[:_MOST_TERMS]) or None


def stands_in(sought: Sequence[str], folded: str) -> bool:
    """Whether these tokens stand together, unstemmed, in a folded text."""
    return f" {' '.join(sought)} " in f" {folded} "
