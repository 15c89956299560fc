"""Verdicts go in with what is known of the same answers; how far they agree comes out. All functions are pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.metrics import RESAMPLES, SEED, Estimate, wilson

FLOOR, KAPPA_FLOOR, READABLE_FLOOR = 0.8, 0.6, 0.9
_ALIKE = 1e-12


@dataclass(frozen=True, slots=True)
class Agreement:
    """Over the answers whose verdict could be read. ``wrong_*``: of calling an answer wrong; None: nothing is so
    called, or nothing is so.
    """

    n: int
    unreadable: int
    agreed: Estimate | None
    kappa: Estimate | None  # Cohen's; None where it has no value: all alike on both sides
    wrong_precision: Estimate | None
    wrong_recall: Estimate | None

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why the judge is not to be believed; empty where nothing speaks against it."""
        asked = self.n + self.unreadable
        readable = self.n / asked if asked else 0.0
        told = [
            (
                readable < READABLE_FLOOR,
                f"only {readable:.0%} of its replies can be read, {READABLE_FLOOR:.0%} are needed",
            ),
            (
                self.agreed is None or self.agreed.low < FLOOR,
                f"its agreement may be under {FLOOR:.0%}: the lower end of its interval is "
                f"{self.agreed.low if self.agreed else 0:.0%}",
            ),
            (
                self.kappa is None or self.kappa.mean < KAPPA_FLOOR,
                f"beyond chance it agrees too little: Cohen's kappa is "
                f"{'not defined' if self.kappa is None else f'{self.kappa.mean:.2f}'}, {KAPPA_FLOOR} is needed",
            ),
        ]
        return tuple(doubt for holds, doubt in told if holds)


def agreement(said: Sequence[bool | None], known: Sequence[bool]) -> Agreement:
    """``said``: verdicts, None where unreadable; ``known``: in the same order, what is held to be so."""
    pairs = [(verdict, truth) for verdict, truth in zip(said, known, strict=True) if verdict is not None]
    agreed = sum(verdict == truth for verdict, truth in pairs)
    wrong_both = sum(not verdict and not truth for verdict, truth in pairs)
    called, are = sum(not verdict for verdict, _ in pairs), sum(not truth for _, truth in pairs)
    return Agreement(
        n=len(pairs),
        unreadable=len(said) - len(pairs),
        agreed=wilson(agreed, len(pairs)) if pairs else None,
        kappa=_kappa_with_interval(pairs),
        wrong_precision=wilson(wrong_both, called) if called else None,
        wrong_recall=wilson(wrong_both, are) if are else None,
    )


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Cohen 1960, A coefficient of agreement for nominal scales: agreement beyond chance, 1 at most, 0 by chance.

    None where chance alone would agree always.
    """
    values = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    observed = float((values[:, 0] == values[:, 1]).mean()) if len(values) else 0.0
    first, second = values.mean(axis=0) if len(values) else (1.0, 1.0)
    by_chance = float(first * second + (1 - first) * (1 - second))
    return None if by_chance > 1 - _ALIKE else (observed - by_chance) / (1 - by_chance)


def _kappa_with_interval(pairs: Sequence[tuple[bool, bool]]) -> Estimate | None:
    """The interval is the percentile bootstrap's over answers; resamples in which it has no value are left out."""
    value = kappa(pairs)
    if value is None:
        return None
    drawn = np.random.default_rng(SEED).integers(len(pairs), size=(RESAMPLES, len(pairs)))
    resampled = [found for row in drawn if (found := kappa([pairs[n] for n in row])) is not None]
    low, high = np.percentile(np.array(resampled), [2.5, 97.5])
    return Estimate(value, float(low), float(high), len(pairs))
