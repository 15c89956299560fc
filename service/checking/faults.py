"""A sentence of an answer and the slices it cites go in; what in it those slices do not bear out comes out.

Every sentence of every answer passes here, whoever wrote it. A quotation must stand word for word in a cited slice;
so must every name, every number and every day or month, unless it was derived (a resolved date, the speaker of a
labelled turn, an article's own date or outlet) and the derivation is handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from retriever.catalogue.words import stands_in, tokens
from retriever.wording import content_words

_CLOSERS = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』"}
_STRAIGHT = re.compile(
    r"\"([^\"]+)(?:\"|$)|(?<!')''(?!')(.+?)(?:''|$)|(?<!\w)‘(.+?)’(?!\w)|(?<![\w'])'(\w.+?)'(?![\w'])"
)
_NUMBER = re.compile(r"\w*\d(?:[\w.,:]*\w)?")  # "1,000", "60th", "G7"
_COUNTS = {word: str(number) for number, word in enumerate("two three four five six seven eight nine ten".split(), 2)}
_COUNTS |= {"eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16"}
_COUNTS |= {"seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40"}
_COUNTS |= {"fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}
_AMOUNT = re.compile(rf"\b(?:{'|'.join(_COUNTS)}|dozens?|hundreds?|thousands?|(?:m|b|tr)illions?|half)\b", re.I)
_NAME = re.compile(r"(?<!\w)[^\W\d_a-zß-öø-ÿ](?:[\w’'\-]|\.(?=\w))+\.?")  # "D-N.J." is one
# Words with a capital at the start of a sentence that name nobody (beside those that carry no meaning).
_PLAIN = frozenset("according both also later earlier meanwhile however still yes".split())
_OPENS = re.compile(r"(?:^|[.!?:;—–…] ?|[“„«\"'‘(] ?)(?=\w)")


def faults(text: str, slices: Sequence[str], *, derived: Iterable[str] = ()) -> tuple[str, ...]:
    """What of ``text`` is not in ``slices`` (nor in ``derived``), in words; empty where everything is.

    Comparison folds case, accents, white space, the shapes of quotation marks, and "three" to "3"; nothing else.
    """
    known = [_folded(each) for each in (*slices, *derived)]
    return (
        *(f"quotation not in the source: {words!r}" for words in _quotations(text) if not _verbatim(words, slices)),
        *(f"number not in the source: {number}" for number in _numbers(text) if not _stands(number, known)),
        *(f"name not in the source: {name.rstrip('.')}" for name in _names(text) if not _stands(name, known)),
    )


def _quotations(text: str) -> Iterator[str]:
    """What stands in marks of each kind; marks inside marks belong to the outer words. A mark that nothing closes
    holds all that follows.
    """
    closer, begins, depth = "", 0, 0
    for place, character in enumerate(text):
        if depth and character in closer:
            depth -= 1
            if depth == 0:
                yield text[begins:place]
        elif depth and _CLOSERS.get(character) == closer:
            depth += 1
        elif not depth and character in _CLOSERS:
            closer, begins, depth = _CLOSERS[character], place + 1, 1
    if depth:
        yield text[begins:]
    for groups in _STRAIGHT.findall(text):
        yield next(group for group in groups if group)


def _verbatim(words: str, slices: Sequence[str]) -> bool:
    """Whether the quoted words stand in one slice, in a row; an ellipsis stands for words left out between."""
    parts = [part for each in re.split(r"…|\.\.\.", words) if (part := tokens(each))]
    return any(_in_order(parts, tokens(each)) for each in slices)


def _in_order(parts: Sequence[Sequence[str]], within: Sequence[str]) -> bool:
    begins = 0
    for part in parts:
        places = range(begins, len(within) - len(part) + 1)
        found = next((place for place in places if within[place : place + len(part)] == part), None)
        if found is None:
            return False
        begins = found + len(part)
    return True


def _numbers(text: str) -> list[str]:
    return [match[0] for pattern in (_NUMBER, _AMOUNT) for match in pattern.finditer(text)]


def _names(text: str) -> list[str]:
    """Capitalised words, but for words without content that merely open a sentence ("The", "According")."""
    openers = {match.end() for match in _OPENS.finditer(text)}
    return [
        match[0]
        for match in _NAME.finditer(text)
        if not (match.start() in openers and _is_plain(match[0])) and not re.match(r"I['’]", match[0])
    ]


def _is_plain(word: str) -> bool:
    return word.lower() in _PLAIN or not content_words(word)


def _stands(words: str, known: Sequence[str]) -> bool:
    sought = tokens(_folded(re.sub(r"['’]s$", "", words)))
    return not sought or any(stands_in(sought, each) for each in known)


def _folded(text: str) -> str:
    """The words with one space between them; numbers up to a hundred as digits."""
    return " ".join(_COUNTS.get(token, token) for token in tokens(text))
