"""A sentence and the passages it cites go in; its quotations come out with the exact characters they are a copy of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final

from retriever.catalogue.words import tokens
from retriever.wording import content_words, stem

_MARKS = re.compile(  # of a sentence whose marks are evened
    r"“(?P<a>[^“”]*)”|\"(?P<b>[^\"]*)\"|(?<!')''(?!')(?P<c>.+?)''|(?<!\w)‘(?P<d>[^‘]+?)’(?!\w)"
    r"|(?<![\w'])'(?P<e>\w[^']*(?:\w'\w[^']*)*)'(?![\w'])|(?<!\w)\"(?P<f>[^\"]+)$"
)
_OPENING: Final = {
    "„": "“”",
    "‟": "”",
    "«": "»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "‚": "‘’",
    "〝": "〞",
}  # and what closes it
_TURNED: Final = {"»": "«", "›": "‹", "”": "”"}  # marks that close in one language and open in another
_DENIAL = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|without|unless|except|hardly|barely|if|cannot|refus\w+"
    r"|den(?:y|ies|ied|ying)|reject\w*|fail(?:s|ed|ing)?)\b|n['’]t\b",
    re.IGNORECASE,
)
_INNER = re.compile(r"(?<!\w)‘([^‘’]+)’(?!\w)")
_FEWEST = 2  # words of each part of a quotation that leaves some out
_FURTHEST = 300  # characters that it may leave out
_CHUNK = re.compile(r"[^\s—–…/]+")
_GAP = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*")
_OPENS: Final = "“\"„«‘'[("
_ENDS: Final = ".,;:!?"


@dataclass(frozen=True, slots=True)
class Quoted:
    """``sentence[start:end]`` with its marks. ``places``: of the copied characters, as (number of the passage, start,
    end) in it, in order; empty where they are not there.
    """

    start: int
    end: int
    words: str
    places: tuple[tuple[int, int, int], ...]
    near: bool = False  # not there, but all its words of meaning in a row, in some form, and denied as often


def evened(sentence: str) -> str:
    """The sentence with one kind of marks around what it quotes, “ and ”, whatever kind it had («…», „…“, 「…」, »…«,
    ”…”); what is quoted inside stands in ‘ and ’. A mark that nothing closes holds all that follows.
    """
    text, closing, made = sentence.replace("＂", '"'), list[str](), list[str]()
    for place, mark in enumerate(text):
        if closing and mark in closing[-1]:
            closing.pop()
            made.append("’" if closing else "”")
        elif closes := _closing(text, place, mark):
            made.append("‘" if closing else "“")
            closing.append(closes)
        else:
            made.append(mark)
    return "".join([*made, *("’" if depth else "”" for depth in reversed(range(len(closing))))])


def _closing(text: str, place: int, mark: str) -> str:
    """By which marks a quotation ends that this one opens; "" where it opens none."""
    behind, before = text[place + 1 :], text[:place]
    if mark == "‚" and not (re.match(r"\w", behind) and "‘" in behind):
        return ""  # a comma of another shape
    if mark == "“":
        return "”" if "”" in behind or "“" not in behind else "“"
    if mark in _OPENING:
        return _OPENING[mark]
    starts = mark in _TURNED and re.match(r"\w", behind) and (not before or not before[-1:].strip())
    return _TURNED[mark] if starts and _TURNED[mark] in behind else ""


def quotations(sentence: str, passages: Sequence[str]) -> list[Quoted]:
    """In order. ``sentence``: with its marks ``evened``. Case, accents, the shapes of marks and white space may differ
    from the source, nothing else.
    """
    chunks = [list(_chunks(each)) for each in passages]
    found = []
    for match in _MARKS.finditer(sentence):
        words = next(group for group in match.groups() if group is not None)
        if not tokens(words):
            continue
        places = next((p for n, each in enumerate(chunks) if (p := _found(words, each, n, passages[n]))), ())
        near = not places and any(map(partial(_retold, words), chunks, passages))
        found.append(Quoted(match.start(), match.end(), words, places, near))
    return found


def mended(sentence: str, found: Sequence[Quoted], passages: Sequence[str]) -> str:
    """The sentence with each quotation in the source's characters, and without marks around what is none."""
    parts, last = [], 0
    for each in found:
        parts.append(sentence[last : each.start])
        last = each.end
        if not each.places:
            parts.append(_INNER.sub(r"\1", each.words))
            continue
        copied = " … ".join(" ".join(passages[n][a:b].split()) for n, a, b in each.places)
        ending = each.words.rstrip()[-1:]
        number, _, stop = each.places[-1]
        if ending in _ENDS and passages[number][stop : stop + 1] == ending:
            parts.append(f"“{copied}{ending}”")
        else:
            behind = sentence[last : last + 1]
            parts.append(f"“{copied}”{ending if ending in _ENDS and behind not in _ENDS else ''}")
    return "".join([*parts, sentence[last:]])


def _chunks(text: str) -> Iterator[tuple[str, int, int]]:
    """Each folded word with where it stands."""
    for match in _CHUNK.finditer(text):
        words = tokens(match[0])
        if len(words) == 1:
            yield words[0], *_trimmed(text, match.start(), match.end())
            continue
        place = match.start()
        for piece in re.finditer(r"[^\W_]+", match[0]):
            for word in tokens(piece[0]):
                yield word, place + piece.start(), place + piece.end()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not (text[start].isalnum() or text[start] in "$€£¥"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == "%"):
        end -= 1
    return start, end


def _parts(words: str) -> list[list[str]]:
    opened = re.sub(r"[\[\]]", "", words) if not _GAP.search(words) else re.sub(r"\[(\w+)\]", r"\1", words)
    return [part for each in _GAP.split(opened) if (part := tokens(each))]


def _found(
    words: str, chunks: Sequence[tuple[str, int, int]], number: int, text: str
) -> tuple[tuple[int, int, int], ...]:
    within, begins, places = [word for word, _, _ in chunks], 0, list[tuple[int, int, int]]()
    parts = _parts(words)
    for part in parts:
        spots = range(begins, len(within) - len(part) + 1)
        at = next((spot for spot in spots if within[spot : spot + len(part)] == part), None)
        if at is None:
            return ()
        begins = at + len(part)
        places.append((number, chunks[at][1], _closed(text, chunks[begins - 1][2])))
    return tuple(places) if len(places) < 2 or _may_leave_out(places, parts, text) else ()


def _may_leave_out(places: Sequence[tuple[int, int, int]], parts: Sequence[Sequence[str]], text: str) -> bool:
    """Whether what an ellipsis stands for may be left out: not the word that turns the rest, and not so much, or so
    much of what stands around it, that another sense is put together from pieces.
    """
    gaps = [text[end:start] for (_, _, end), (_, start, _) in pairwise(places)]
    return all(len(part) >= _FEWEST for part in parts) and not any(
        len(gap) > _FURTHEST or _DENIAL.search(gap) for gap in gaps
    )


def _closed(text: str, end: int) -> int:
    """With the full stop of "U.S." that belongs to its last word."""
    return end + 1 if re.search(r"\b(?:[^\W\d_]\.)+[^\W\d_]$", text[:end]) and text[end : end + 1] == "." else end


def _retold(words: str, chunks: Sequence[tuple[str, int, int]], text: str) -> bool:
    """Whether the source has the same words of meaning in a row: what else differs is a matter of grammar."""
    sought = [stem(word) for part in _parts(words) for word in part if content_words(word)]
    within = [(stem(word), start, end) for word, start, end in chunks if content_words(word)]
    denied = len(_DENIAL.findall(words))
    for first in range(len(within) - len(sought) + 1) if sought else ():
        window = within[first : first + len(sought)]
        if [word for word, _, _ in window] == sought:
            opens = within[first - 1][2] if first else 0  # a "not" may stand in front of them
            return len(_DENIAL.findall(text[opens : window[-1][2]])) == denied
    return False
