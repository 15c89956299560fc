"""Answers and ranked passages go in with the case they are for, figures come out. ``None`` means: does not apply.

All functions are pure. A case's evidence is first located in the texts of its articles; an evidence text that does not
stand there has no place, so it counts as not found (and the report names it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from eval.cases import Case
from eval.matching import fold
from service.records import Answer

DEPTH = 20  # ranks that are looked at
RESAMPLES, SEED = 2000, 20240
BINS = 10  # of confidence
Equal = Literal["width", "mass"]  # what bins have in common: their width, or how many events they hold

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
    """A mean over ``n`` cases with its 95 % interval: percentile bootstrap where nothing else is said."""

    mean: float
    low: float
    high: float
    n: int


# ---- an answer's text


def right(case: Case, answer: Answer) -> bool:
    """Whether the answer says all it must, nothing it must not, in few enough words; unanswerable: is declined."""
    if case.unanswerable or answer.declined:
        return case.unanswerable and answer.declined
    said = fold(unmarked(answer.answer))
    clean = not any(fold(words) in said for words in case.forbid)
    return says(case, answer.answer) and clean and words(answer) <= case.max_words


def says(case: Case, text: str) -> bool:
    """Whether a text holds all that a right answer must, each thing by one of its alternatives."""
    said = fold(unmarked(text))
    return all(any(fold(words) in said for words in alternatives) for alternatives in case.answer)


def unmarked(text: str) -> str:
    """A text without its citation marks."""
    return _MARK.sub("", text)


def words(answer: Answer) -> int:
    """Words between blanks, citation marks left out."""
    return len(unmarked(answer.answer).split())


def quotations(answer: Answer) -> tuple[str, ...]:
    """Words in quotation marks; a quotation ends at its closing mark, else at the citation mark of its sentence."""
    return tuple(quoted for part in _MARK.split(answer.answer) for quoted in _quotations(part))


def false_quotations(answer: Answer) -> tuple[str, ...]:
    """Those that stand verbatim in no cited quote; a run of blanks counts as one space."""
    sources = [_spaced(citation.quote) for citation in answer.citations]
    return tuple(each for each in quotations(answer) if not any(_spaced(each) in source for source in sources))


def quotation_fidelity(answer: Answer) -> float | None:
    """Which share of the quotations stands in a cited quote, 0 to 1; None: nothing is quoted."""
    count = len(quotations(answer))
    return 1 - len(false_quotations(answer)) / count if count else None


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


def wilson(successes: int, n: int) -> Estimate:
    """A share, ``n`` 1 or more, with its 95 % score interval, which holds where cases are few or all alike.

    Wilson 1927, Probable inference, the law of succession, and statistical inference.
    """
    share, z2 = successes / n, NormalDist().inv_cdf(0.975) ** 2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n**2))) / (1 + z2 / n)
    return Estimate(share, max(0.0, middle - half), min(1.0, middle + half), n)


def percentile(seconds: Sequence[float], share: int) -> float | None:
    """The ``share``-th percentile (0 to 100) of measured times, in the unit they came in; None where there are none."""
    return float(np.percentile(np.array(seconds), share)) if seconds else None


# ---- confidence: 0 to 1, each with whether it came true


@dataclass(frozen=True, slots=True)
class Bin:
    """Events of about the same confidence, and what became of them."""

    low: float  # of equally wide bins the edges, of equally full ones the least and the greatest confidence
    high: float
    confidence: float  # mean
    right: Estimate  # share that came true, with Wilson's interval

    @property
    def gap(self) -> float:
        """How far confidence and what came true lie apart, 0 to 1."""
        return abs(self.confidence - self.right.mean)


def reliability_bins(
    confidences: Sequence[float], rights: Sequence[bool], *, count: int = BINS, equal: Equal = "width"
) -> list[Bin]:
    """The bins that hold an event, lowest confidence first: ``count`` equally wide ones, or about equally full ones.

    Events of the same confidence share a bin, so that no order of the events matters.
    """
    stated, came_true = np.array(confidences, dtype=np.float64), np.array(rights, dtype=bool)
    numbers = bin_numbers(stated, count, equal)
    found = []
    for number in np.unique(numbers):
        within = stated[numbers == number]
        wide = equal == "width"
        low, high = (number / count, (number + 1) / count) if wide else (within.min(), within.max())
        share = wilson(int(came_true[numbers == number].sum()), len(within))
        found.append(Bin(float(low), float(high), float(within.mean()), share))
    return found


def bin_numbers(stated: NDArray[np.float64], count: int, equal: Equal) -> NDArray[np.int64]:
    """For each confidence the number of its bin, 0 to ``count`` - 1."""
    if equal == "width":
        return np.minimum((stated * count).astype(np.int64), count - 1)
    ordered = np.sort(stated)
    middle = np.searchsorted(ordered, stated) + np.searchsorted(ordered, stated, side="right")  # twice the rank
    return (middle * count // max(1, 2 * len(stated))).astype(np.int64)


def calibration_error(
    confidences: Sequence[float], rights: Sequence[bool], *, bins: int = BINS, equal: Equal = "width"
) -> float | None:
    """Expected calibration error: how far confidence and share of right answers lie apart, 0 to 1, over equal bins.

    Each bin counts by how many answers fall into it. None where there is no answer. Naeini et al. 2015, Obtaining well
    calibrated probabilities using Bayesian binning; over equally wide bins: Guo et al. 2017, On calibration of modern
    neural networks.
    """
    if not confidences:
        return None
    return sum(b.gap * b.right.n for b in reliability_bins(confidences, rights, count=bins, equal=equal)) / len(rights)


def maximum_calibration_error(
    confidences: Sequence[float], rights: Sequence[bool], *, bins: int = BINS, equal: Equal = "width"
) -> float | None:
    """The largest distance of a bin, 0 to 1, however few answers it holds (Naeini et al. 2015; Guo et al. 2017).

    None where there is no answer.
    """
    return max((b.gap for b in reliability_bins(confidences, rights, count=bins, equal=equal)), default=None)


def squared_error(confidence: float, right: bool) -> float:
    """Of one event, 0 to 1, 0 is best. Its mean is the Brier score, counted for the event alone: half of what Brier
    1950, Verification of forecasts expressed in terms of probability, sums over the event and its opposite.
    """
    return (confidence - right) ** 2


def brier_score(confidences: Sequence[float], rights: Sequence[bool]) -> Estimate | None:
    """Mean of ``squared_error`` with its interval; None where there is no event."""
    return estimate(squared_error(*event) for event in zip(confidences, rights, strict=True))
