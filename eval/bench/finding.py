"""Slices that a system found go in, for each question whether its evidence is among the first comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from eval.bench.protocol import page, read
from eval.cases import Case
from eval.matching import locate
from eval.metrics import Slice, recall_at

RANKS: Final = (1, 5, 10)


def recall(cases: Sequence[Case], found: Sequence[Sequence[Sequence[str]]], articles: Path) -> Mapping[str, list[bool]]:
    """By number of ranks, for each question: whether a slice of the right article has a character of the evidence.

    ``found``: for each question (id of an article, words of the slice), best first; where that stands is looked up.
    """
    sought = {evidence.document for case in cases for evidence in case.evidence}
    pages = {each["id"]: page(each) for each in read(articles) if each["id"] in sought}
    places = [[_slice(id_, words, pages) for id_, words in ranked] for ranked in found]
    evidence = [[_places(case, pages)] for case in cases]
    return {
        str(k): [bool(recall_at(k, each, ranked)) for each, ranked in zip(evidence, places, strict=True)] for k in RANKS
    }


def characters(found: Iterable[Sequence[Sequence[str]]]) -> float:
    """Of a slice, on average: the longer, the easier it is to hold the evidence."""
    lengths = [len(words) for ranked in found for _, words in ranked]
    return sum(lengths) / max(1, len(lengths))


def _places(case: Case, pages: Mapping[str, str]) -> list[Slice]:
    return [
        Slice(each.document, start, end)
        for each in case.evidence
        for start, end in locate(each.text, pages[each.document])
    ]


def _slice(id_: str, words: str, pages: Mapping[str, str]) -> Slice:
    """An empty slice where the article holds no evidence, and need not be looked at."""
    if id_ not in pages:
        return Slice(id_, 0, 0)
    start = pages[id_].find(words)
    if start >= 0:
        return Slice(id_, start, start + len(words))
    found = locate(words, pages[id_])  # a library may have changed its blanks
    return Slice(id_, *found[0]) if found else Slice(id_, 0, 0)
