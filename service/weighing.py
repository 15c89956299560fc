"""Named numbers go in, a chance between 0 and 1 comes out. ``eval`` learns the weights; they are read from files here.

Method: logistic regression; a feature counts as ``weight * (value - mean) / scale``. Where what one feature tells
depends on another, their standardised values, kept within ±WITHIN, are multiplied, and the product has its own weight.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from service.errors import ServiceError

CHOOSING = Path(__file__).with_name("choosing.json")  # which sentence answers: python -m eval.choosing
RERANKING = Path(__file__).with_name("reranking.json")  # the same once it is read: python -m eval.choosing --read
CALIBRATION = Path(__file__).with_name("calibration.json")  # whether anything answers: python -m eval.calibrate
CONFIDENCE = Path(__file__).with_name("confidence.json")  # whether the answer is right: the same


WITHIN = 1.5  # standard deviations: where examples are dense; beyond them products say what no example has said


class WeightsUnusable(ServiceError):
    """Raised when a file of learned weights is missing or not what the code expects."""

    code = "weights-unusable"


@dataclass(frozen=True, slots=True)
class Weights:
    """A learned regression. ``threshold``: under it the answer is no. ``confidence``: for what a chance stands for, the
    share that came true, as (chance, share) in rising order.
    """

    names: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float
    threshold: float = 0.5
    confidence: Mapping[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)
    products: tuple[tuple[int, int, float], ...] = ()  # places of two features (or of one, twice), and the weight

    def share(self, of: str, chance: float) -> float:
        """How often it came true, on the questions learned from, that an answer of this chance was ``of`` ("right",
        "answerable"); the chance itself where that was not learned.
        """
        knots = self.confidence.get(of, ())
        if not knots:
            return chance
        at = bisect_left(knots, (chance,))
        if at in (0, len(knots)):
            return knots[min(at, len(knots) - 1)][1]
        (low, under), (high, over) = knots[at - 1], knots[at]
        return under + (over - under) * (chance - low) / max(high - low, 1e-9)

    def chance(self, features: Mapping[str, float]) -> float:
        """0 to 1. Raises KeyError where a feature is missing: the code and its weights must go together."""
        return self.of([features[name] for name in self.names])

    def of(self, values: Sequence[float]) -> float:
        """``chance`` of values in the order of ``names``."""
        scaled = [(v - mean) / scale for v, mean, scale in zip(values, self.means, self.scales, strict=True)]
        if self.products:
            scaled = [max(-WITHIN, min(WITHIN, value)) for value in scaled]
        logit = self.intercept + sum(weight * value for weight, value in zip(self.weights, scaled, strict=True))
        logit += sum(weight * scaled[one] * scaled[other] for one, other, weight in self.products)
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


def read(file: Path, names: Sequence[str]) -> Weights:
    """The weights of a file as ``eval`` writes it. Raises WeightsUnusable, also where they are not of these ``names``
    in this order: code and weights must go together.
    """
    try:
        written = weights_of(json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unusable(file, repr(error)) from error
    if written.names != tuple(names):
        raise _unusable(file, f"the code has other features: {', '.join({*written.names} ^ {*names}) or 'the order'}")
    return written


def read_to_learn(file: Path, names: Sequence[str]) -> Weights:
    """``read``; where what was learned is of other features, the code's without any weight, to learn them anew."""
    try:
        return read(file, names)
    except WeightsUnusable:
        none = (0.0,) * len(names)
        return Weights(tuple(names), none, (1.0,) * len(names), none, 0.0)


def _unusable(file: Path, why: str) -> WeightsUnusable:
    return WeightsUnusable(
        f"cannot be used ({why})",
        thing="file of learned weights",
        value=str(file),
        remedy="Restore it from the repository, or learn it anew (README, “Calibration”).",
    )


def weights_of(written: Mapping[str, Any]) -> Weights:
    """From the shape in which they are written: features (name -> mean, scale, weight), intercept, threshold,
    products (name, name, weight).
    """
    features = written["features"]
    place = {name: number for number, name in enumerate(features)}
    columns = {key: tuple(float(f[key]) for f in features.values()) for key in ("mean", "scale", "weight")}
    return Weights(
        tuple(features),
        columns["mean"],
        columns["scale"],
        columns["weight"],
        float(written["intercept"]),
        float(written.get("threshold", 0.5)),
        {of: tuple((float(x), float(y)) for x, y in knots) for of, knots in written.get("confidence", {}).items()},
        tuple((place[one], place[other], float(weight)) for one, other, weight in written.get("products", ())),
    )
