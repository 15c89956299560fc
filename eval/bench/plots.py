"""Results go in, growth curves come out: two pictures, every system with its own colour and shape."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from eval.bench.results import AT, Measured, Results
from eval.reporting.canvas import POINT, Picture, legend, look, picture

HEIGHT, WIDTH = 3.6, 3.2  # inches, of a panel
ROOM = 1.3  # times the greatest value, and below the least
MANY = 8  # ticks


class Curve(NamedTuple):
    """What a panel shows of a system at a size."""

    title: str
    value: Callable[[Measured], float | None]  # None: not shown
    even: bool = False  # from 0 to 1, and not by powers of ten


def ticks_between(low: float, high: float) -> list[float]:
    """1, 2 and 5 of every power of ten, or the powers alone where those are many; both ends above 0."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    every = [digit * 10.0**power for power in powers for digit in (1, 2, 5)]
    there = [tick for tick in every if low <= tick <= high]
    return there if len(there) <= MANY else [tick for tick in there if tick in {10.0**power for power in powers}]


def _found(each: Measured) -> float:
    share = each.recall("paraphrased")
    return share.mean if share else 0.0


COST = (
    Curve("Ingest, articles a second", lambda each: each.documents_per_second),
    Curve("Peak memory of ingest, MB", lambda each: each.middle("build", "peak_mb") if each.made else None),
    Curve("Index, MB", lambda each: each.middle("build", "index_bytes") / 2**20),
)
FINDING = (
    Curve("First slices after start, s", lambda each: each.middle("ask", "first_seconds")),
    Curve("Retrieval p50, ms", lambda each: each.milliseconds("ask", 50)),
    Curve(f"Evidence@{AT}, paraphrased", _found, even=True),
)


def growth(results: Results, curves: Sequence[Curve], name: str) -> str:
    """A panel a curve, over the number of articles, as an SVG of its own. Raises PlotsUnavailable."""
    with picture(HEIGHT, panels=len(curves), width=WIDTH) as drawn:
        for panel, curve in enumerate(curves):
            _panel(drawn, panel, curve, results)
        legend(drawn, results.systems)
        told = f"{', '.join(curve.title for curve in curves)}, of {', '.join(results.systems)}"
        return drawn.svg(name, "As the number of articles grows", told, alone=True)


def _panel(drawn: Picture, panel: int, curve: Curve, results: Results) -> None:
    axes = drawn.axes[panel]
    axes.set_title(curve.title)
    axes.set_xlabel("articles")
    axes.set_xscale("log")
    values = [value for each in results.measured.values() if (value := curve.value(each)) is not None]
    if curve.even:
        axes.set_ylim(0, 1.03)
    else:
        axes.set_yscale("log")
        axes.set_ylim(min(values) / ROOM, max(values) * ROOM)
        ticks = ticks_between(min(values) / ROOM, max(values) * ROOM)
        axes.set_yticks(ticks, [f"{tick:,g}" for tick in ticks])
    for number, name in enumerate(results.systems):
        there = [results.measured[name, size] for size in results.sizes if (name, size) in results.measured]
        shown = [(each.size, value) for each in there if (value := curve.value(each)) is not None]
        xs, ys = [x for x, _ in shown], [y for _, y in shown]
        colour, marker, dashes = look(number)
        axes.plot(xs, ys, color=colour, linestyle=dashes)
        for x, y in zip(xs, ys, strict=True):
            (point,) = axes.plot([x], [y], color=colour, marker=marker, markersize=POINT)
            drawn.note(point, f"{name}, {x:,} articles: {y:.3g}")
    axes.set_xlim(results.sizes[0] / ROOM, results.sizes[-1] * ROOM)  # the same beside each other
    axes.set_xticks(results.sizes, [f"{size:,}" for size in results.sizes])
    axes.minorticks_off()
