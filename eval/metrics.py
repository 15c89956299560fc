"""Answers and ranked passages go in with the case they are for, figures come out. ``None`` means: does not apply.

All functions are pure. A case's evidence is first located in the texts of its articles; an evidence text that does not
stand there has no place, so it counts as not found (and the report names it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from eval.cases import Case
from eval.matching import fold
from service.records import Answer

DEPTH = 20  # ranks that are looked at
RESAMPLES, SEED = 2000, 20240

_MARK = re.compile(r"\s*\[\d{1,3}\]")
_QUOTATION = re.compile(
    r"“(?P<curly>[^“”]*)(?:”|$)"
    r"|«(?P<angled>[^«»]*)(?:»|$)"
    r"|„(?P<low>[^„“”]*)(?:[“”]|$)"
    r"|(?:''|``)(?P<doubled>(?:(?!'').)*)(?:''|$)"
    r'|"(?P<straight>[^"]*)(?:"|$)'
    r"|(?<!\w)‘(?P<single>[^‘]*?)’(?!\w)",
    re.DOTALL,
)


class Slice(NamedTuple):
    """``text[start:end]`` of one article."""

    document_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over ``n`` cases with its 95 % percentile-bootstrap interval."""

    mean: float
    low: float
    high: float
    n: int


# ---- an answer's text


def right(case: Case, answer: Answer) -> bool:
    """Whether the answer says all it must, nothing it must not, in few enough words; unanswerable: is declined."""
    if case.unanswerable or answer.declined:
        return case.unanswerable and answer.declined
    said = fold(_MARK.sub("", answer.answer))
    complete = all(any(fold(words) in said for words in alternatives) for alternatives in case.answer)
    clean = not any(fold(words) in said for words in case.forbid)
    return complete and clean and words(answer) <= case.max_words


def words(answer: Answer) -> int:
    """Words between blanks, citation marks left out."""
    return len(_MARK.sub("", answer.answer).split())


def false_quotations(answer: Answer) -> tuple[str, ...]:
    """Words in quotation marks that stand verbatim in no cited quote; a run of blanks counts as one space.

    A quotation ends at its closing mark, else at the citation mark of its sentence.
    """
    sources = [_spaced(citation.quote) for citation in answer.citations]
    return tuple(
        quoted
        for part in _MARK.split(answer.answer)
        for quoted in _quotations(part)
        if not any(_spaced(quoted) in source for source in sources)
    )


def _quotations(text: str) -> list[str]:
    found = (next(group for group in match.groups() if group is not None) for match in _QUOTATION.finditer(text))
    return [quoted for quoted in found if quoted.strip()]


def _spaced(text: str) -> str:
    return " ".join(text.split())


# ---- citations


def slices(answer: Answer) -> list[Slice]:
    """Where the answer's citations stand."""
    return [Slice(citation.document_id, citation.start, citation.end) for citation in answer.citations]


def inexact_slices(answer: Answer, texts: Mapping[str, str]) -> list[int]:
    """Numbers of the citations whose quote is not ``text[start:end]`` of their article, or whose article is missing."""
    return [
        citation.number
        for citation in answer.citations
        if not 0 <= citation.start < citation.end
        or texts.get(citation.document_id, "")[citation.start : citation.end] != citation.quote
    ]


# ---- evidence


def located(case: Case, texts: Mapping[str, str]) -> list[list[Slice]]:
    """For each evidence text of the case the places where it stands in its article (none: it does not stand there)."""
    return [
        [Slice(each.document, *place) for place in each.places(texts.get(each.document, ""))] for each in case.evidence
    ]


def evidence_found(evidence: Sequence[Sequence[Slice]], cited: Sequence[Slice]) -> bool | None:
    """Whether a cited slice overlaps one of the evidence texts by at least a character; None: the case has none."""
    return any(_overlap(places, cited) for places in evidence) if evidence else None


def evidence_share(evidence: Sequence[Sequence[Slice]], cited: Sequence[Slice]) -> float | None:
    """Which share of the evidence texts a cited slice overlaps, 0 to 1; None: the case has none."""
    return sum(_overlap(places, cited) for places in evidence) / len(evidence) if evidence else None


def recall_at(k: int, evidence: Sequence[Sequence[Slice]], ranked: Sequence[Slice]) -> bool | None:
    """Whether one of the evidence texts is overlapped by one of the first ``k`` slices, best first; None: has none."""
    return evidence_found(evidence, ranked[:k])


def reciprocal_rank(evidence: Sequence[Sequence[Slice]], ranked: Sequence[Slice]) -> float | None:
    """1 / rank of the first slice among the first 20 that overlaps evidence, 0.0 if none does; None: has none."""
    if not evidence:
        return None
    ranks = (rank for rank, found in enumerate(ranked[:DEPTH], start=1) if evidence_found(evidence, [found]))
    return 1 / next(ranks, float("inf"))


def _overlap(places: Iterable[Slice], cited: Sequence[Slice]) -> bool:
    return any(
        place.document_id == slice_.document_id and place.start < slice_.end and slice_.start < place.end
        for place in places
        for slice_ in cited
    )


# ---- over many cases


def estimate(values: Iterable[float | None]) -> Estimate | None:
    """The mean of the values that apply, with its interval (the same values give the same one). None: none apply."""
    known = np.array([value for value in values if value is not None], dtype=np.float64)
    if not len(known):
        return None
    chosen = np.random.default_rng(SEED).integers(len(known), size=(RESAMPLES, len(known)))
    low, high = np.percentile(known[chosen].mean(axis=1), [2.5, 97.5])
    return Estimate(float(known.mean()), float(low), float(high), len(known))


def calibration_error(confidences: Sequence[float], rights: Sequence[bool], *, bins: int = 10) -> float | None:
    """Expected calibration error: how far confidence and share of right answers lie apart, 0 to 1, over equal bins.

    Bins are equally wide; each counts by how many answers fall into it. None where there is no answer.
    """
    if not confidences:
        return None
    stated, came_true = np.array(confidences, dtype=np.float64), np.array(rights, dtype=np.float64)
    bin_of = np.minimum((stated * bins).astype(int), bins - 1)
    gaps = (
        abs(stated[bin_of == number].mean() - came_true[bin_of == number].mean()) * (bin_of == number).mean()
        for number in np.unique(bin_of)
    )
    return float(sum(gaps))


def percentile(seconds: Sequence[float], share: int) -> float | None:
    """The ``share``-th percentile (0 to 100) of measured times, in the unit they came in; None where there are none."""
    return float(np.percentile(np.array(seconds), share)) if seconds else None
