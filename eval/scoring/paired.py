"""A figure's values in two runs over the same cases go in, case by case, out comes how the runs differ.

All functions are pure. ``None`` in place of a value means: does not apply to this case in this run.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

import numpy as np

from eval.metrics import RESAMPLES, SEED, Estimate


def difference(before: Sequence[float | None], after: Sequence[float | None]) -> Estimate | None:
    """The mean after less the mean before; the interval is from resampling cases, each with both of its values.

    ``n``: cases to which the figure applies in either run. None: a run has no such case.
    """
    values = np.array([before, after], dtype=np.float64)  # 2 x cases; None becomes NaN
    either = ~np.isnan(values).all(axis=0)
    known = ~np.isnan(values[:, either])
    values = np.where(known, values[:, either], 0.0)
    if not known.any(axis=1).all():
        return None
    n = known.shape[1]
    chosen = np.random.default_rng(SEED).integers(n, size=(RESAMPLES, n))
    counts = known[:, chosen].sum(axis=2)
    drawn = counts.all(axis=0)  # the resamples in which both runs have a case
    means = values[:, chosen].sum(axis=2)[:, drawn] / counts[:, drawn]
    low, high = np.percentile(means[1] - means[0], [2.5, 97.5])
    was, became = values.sum(axis=1) / known.sum(axis=1)
    return Estimate(float(became - was), float(low), float(high), n)


def won_and_lost(
    before: Sequence[float | None], after: Sequence[float | None], *, less_is_better: bool = False
) -> tuple[int, int]:
    """In how many cases the figure is better after than before, and in how many worse, where it applies in both."""
    pairs = [(was, became) for was, became in zip(before, after, strict=True) if was is not None and became is not None]
    more, less = sum(became > was for was, became in pairs), sum(became < was for was, became in pairs)
    return (less, more) if less_is_better else (more, less)


def sign_test(gained: int, lost: int) -> float:
    """Two-sided exact sign test of paired outcomes that differ: the chance of such a difference where there is none.

    Of outcomes that are yes or no it is the exact form of McNemar 1947, Note on the sampling error of the difference
    between correlated proportions or percentages.
    """
    n = gained + lost
    tail: float = sum(comb(n, k) for k in range(min(gained, lost) + 1)) / 2**n
    return min(1.0, 2 * tail)
