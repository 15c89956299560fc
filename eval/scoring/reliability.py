"""Confidences go in with what became of each, out comes whether they can be believed: bins, errors, and chance's share.

An event is an answer that was given, right with its confidence, or a refusal, right to decline with its confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.metrics import (
    BINS,
    RESAMPLES,
    SEED,
    Bin,
    Equal,
    Estimate,
    bin_numbers,
    brier_score,
    calibration_error,
    estimate,
    maximum_calibration_error,
    reliability_bins,
)


@dataclass(frozen=True, slots=True)
class Reliability:
    """How confidence and what came true lie apart, 0 to 1; over equally wide bins where nothing else is said.

    Without an event there are no bins, and every figure is None.
    """

    bins: tuple[Bin, ...]
    confidence: Estimate | None
    right: Estimate | None
    expected_error: float | None
    by_chance: Estimate | None
    expected_error_equal_mass: float | None
    maximum_error: float | None
    brier: Estimate | None


def reliability(confidences: Sequence[float], rights: Sequence[bool]) -> Reliability:
    """All figures of these events."""
    return Reliability(
        bins=tuple(reliability_bins(confidences, rights)),
        confidence=estimate(confidences),
        right=estimate(rights),
        expected_error=calibration_error(confidences, rights),
        by_chance=error_by_chance(confidences),
        expected_error_equal_mass=calibration_error(confidences, rights, equal="mass"),
        maximum_error=maximum_calibration_error(confidences, rights),
        brier=brier_score(confidences, rights),
    )


def error_by_chance(confidences: Sequence[float], *, bins: int = BINS, equal: Equal = "width") -> Estimate | None:
    """The expected calibration error that perfect confidences would show over as few events: its mean, and between
    which values it lies 95 times of 100. None where there is no event.

    Few events scatter about their chance, so that no error measured on them is zero. The events are drawn as often as
    the confidences say (consistency resampling: Bröcker and Smith 2007, Increasing the reliability of reliability
    diagrams).
    """
    if not confidences:
        return None
    stated = np.array(confidences, dtype=np.float64)
    came_true = np.random.default_rng(SEED).random((RESAMPLES, len(stated))) < stated
    numbers = bin_numbers(stated, bins, equal)
    belongs = numbers[:, None] == np.unique(numbers)  # events x bins
    errors = abs((stated - came_true) @ belongs).sum(axis=1) / len(stated)
    low, high = np.percentile(errors, [2.5, 97.5])
    return Estimate(float(errors.mean()), float(low), float(high), len(stated))
