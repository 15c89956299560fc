"""A sentence goes in, what of it may be told comes out: whole clauses, an ellipsis where something was left out.

No parser: clauses are seen by commas, dashes, brackets and the words that open them. Where that is not enough to be
sure, the parts stay together. A clause that turns the sense of the one before it ("but", "unless", "not") is never
left out where that one is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from retriever.wording import stem
from service.drafting.stretches import Part, bare, parts
from service.drafting.tellingwords import CONDITIONS, FUNCTION, TURNS

NEEDED = 3  # wanted words that one needed word is worth
_MOST_OPTIONAL = 9  # parts that are tried with and without; 512 ways
_FEWEST = 4  # words of a clause that is told by itself
_FEWEST_OF_A_CLAUSE = 7  # words of one that ends before a phrase
_PHRASES = frozenset(
    "in on at for with by from about over after before during under against through into across".split()
)
_TURNED = TURNS | {"only", "provided"}
_LEAST_SHARE = 0.4  # of what all its words are worth, that a shorter telling keeps
_LINKS = frozenset(("and", "or", "so"))
_TRAILING = re.compile(r"[\s,;:—–―-]+([\"”’']*)$")


def told(text: str, most: int, wanted: Collection[str], needed: Collection[str] = ()) -> str | None:
    """The whole clauses of a sentence, at most ``most`` words, that hold most of the ``wanted`` words (folded), each of
    the ``needed`` ones worth several; the longest of equals. None where no whole clause is so short, or only such as
    hold none of the words.
    """
    words = text.split()
    if len(words) <= most:
        return text
    ways = list(_ways(words, wanted, needed))
    fitting = [way for way in ways if way.words <= most] or [
        w for w in _shortened(words, ways, wanted, needed) if w.words <= most
    ]
    best = max(fitting, key=lambda way: (way.worth, way.words), default=None)
    sought = _sought(wanted, needed)
    most_worth = sum(worth for _, worth in {_worth(word, sought) or ("", 0) for word in words})
    if best is None or best.worth < _LEAST_SHARE * most_worth:
        return None
    return _shown(words, best.spans)


def least(
    text: str, wanted: Collection[str], needed: Collection[str] = (), *, share: float = 1.0, phrases: bool = False
) -> str:
    """The shortest way to tell a sentence in whole clauses that keeps a ``share`` of what its wanted and needed words
    are worth. ``phrases``: a clause may end before a prepositional phrase.
    """
    words = text.split()
    ways = list(_ways(words, wanted, needed))
    if phrases:
        ways += _shortened(words, ways, wanted, needed)
    enough = share * max((way.worth for way in ways), default=0)
    best = min((way for way in ways if way.worth >= enough), key=lambda way: (way.words, -way.worth), default=None)
    return _shown(words, best.spans) if best else text


def _shortened(
    words: Sequence[str], ways: Sequence[_Way], wanted: Collection[str], needed: Collection[str]
) -> list[_Way]:
    """The ways, each ended before a phrase of its last clause."""
    sought = _sought(wanted, needed)
    worths = [_worth(word, sought) for word in words]
    found = []
    opening = next((n + 1 for n, word in enumerate(words) if word.endswith(",")), 0)
    condition = opening if bare(words[0]).lower() in CONDITIONS else 0  # what holds under it stands behind
    for way in ways:
        start, end = way.spans[-1]
        for cut in range(start + _FEWEST_OF_A_CLAUSE + condition, end):
            turned = any(bare(word).lower() in _TURNED for word in words[cut:end])
            if (
                words[cut].lower() in _PHRASES
                and not turned
                and _ends_well(words[cut - 1])
                and _is_even(words[start:cut])
            ):
                spans = (*way.spans[:-1], (start, cut))
                held = {each for a, b in spans for each in worths[a:b] if each}
                gaps = len(spans) + (spans[0][0] > 0)
                found.append(_Way(spans, sum(b - a for a, b in spans) + gaps, sum(worth for _, worth in held)))
    return found


def _ends_well(word: str) -> bool:
    return bare(word).lower() not in FUNCTION and not word.endswith((",", ";", ":"))


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to tell a sentence: runs of its words, without what stands between them."""

    spans: tuple[tuple[int, int], ...]
    words: int  # ellipses included
    worth: int


def _ways(words: Sequence[str], wanted: Collection[str], needed: Collection[str]) -> Iterator[_Way]:
    sought = _sought(wanted, needed)
    worths = [_worth(word, sought) for word in words]
    for chosen in _choices(parts(words)):
        spans = _joined(chosen)
        told_words = sum(end - start for start, end in spans)
        if told_words < _FEWEST or not all(_is_even(words[end:start]) for (_, end), (start, _) in pairwise(spans)):
            continue
        says = {part.end for part in chosen if part.says}
        if any(bare(words[end - 1]).lower() in FUNCTION for _, end in spans if end < len(words) and end not in says):
            continue
        found = {each for start, end in spans for each in worths[start:end] if each}
        gaps = len(spans) - 1 + (spans[0][0] > 0) + (spans[-1][1] < len(words))
        yield _Way(spans, told_words + gaps, sum(worth for _, worth in found))


def _sought(wanted: Collection[str], needed: Collection[str]) -> dict[str, int]:
    """Stems with what each is worth."""
    return {stem(word): 1 for word in wanted} | {stem(word): NEEDED for word in needed}


def _worth(word: str, sought: dict[str, int]) -> tuple[str, int] | None:
    """The word's stem and what it is worth; None where nobody wants it."""
    stems = [stem(each) for each in re.findall(r"\w+", word.lower())]
    return max(((each, sought[each]) for each in stems if each in sought), key=lambda pair: pair[1], default=None)


def _choices(found: Sequence[Part]) -> Iterator[list[Part]]:
    """Parts that may be told together: some main clauses in a row, with and without what is optional in them."""
    opening = {part.clause: part for part in reversed(found)}
    for first, part in opening.items():
        if first and not part.opens:
            continue
        for stop in range(first, len(opening)):
            if stop + 1 not in opening or not opening[stop + 1].turns:
                yield from _subsets([each for each in found if first <= each.clause <= stop or each.says])


def _subsets(found: Sequence[Part]) -> Iterator[list[Part]]:
    optional = [place for place, part in enumerate(found) if part.optional][-_MOST_OPTIONAL:]
    for kept in product((True, False), repeat=len(optional)):
        out = {place for place, is_kept in zip(optional, kept, strict=True) if not is_kept}
        if not any(part.hangs and place not in out and place - 1 in out for place, part in enumerate(found)):
            yield [part for place, part in enumerate(found) if place not in out]


def _joined(chosen: Sequence[Part]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for part in chosen:
        if spans and spans[-1][1] == part.start:
            spans[-1] = spans[-1][0], part.end
        else:
            spans.append((part.start, part.end))
    return tuple(spans)


def _is_even(words: Sequence[str]) -> bool:
    """Whether each quotation that opens in words left out closes there."""
    gap = " ".join(words)
    return gap.count("“") == gap.count("”") and gap.count('"') % 2 == 0 and gap.count("''") % 2 == 0


def _shown(words: Sequence[str], spans: Sequence[tuple[int, int]]) -> str:
    start = spans[0][0]
    shown = "… " if start else ""
    if start and words[start].lower() in _LINKS:  # the ellipsis links
        spans = [(start + 1, spans[0][1]), *spans[1:]]
    for begin, end in spans:
        shown += " ".join(words[begin:end])
        if end < len(words):
            shown = _TRAILING.sub(r"\1", shown) + " … "
    return shown.rstrip()
