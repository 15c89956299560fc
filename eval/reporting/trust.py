"""Reliabilities and differences go in, pictures of them come out: whether confidence, and a gain, can be believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from eval.metrics import Bin, Estimate
from eval.reporting.canvas import BAD, GOOD, GROUND, POINT, RUNS, SOFT, Picture, label, picture, rows
from eval.scoring.reliability import Reliability

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COUNTS = 0.24  # how far below 0 the bars of the counts reach, on the axis of the shares
SIDE = 3.6  # inches of a panel's width
ENDS = (0.0, 0.25, 0.5, 0.75, 1.0)


def reliability(groups: Mapping[str, Reliability], *, name: str = "reliability", alone: bool = False) -> str:
    """A panel a group: a point a bin at its mean confidence and its share right, with the share's interval; under the
    axis, how many events each bin holds. On the diagonal, confidence is what comes true. Raises PlotsUnavailable.
    """
    with picture(3.7, panels=len(groups), width=SIDE) as drawn:
        for axes, (of, group) in zip(drawn.axes, groups.items(), strict=True):
            _panel(drawn, axes, of, group)
        title = f"Reliability of the confidence of {', '.join(groups)}"
        said = (
            "Share right over stated confidence, with 95 % intervals; below, how many there are. Points on the dashed "
            "diagonal are calibrated; above it confidence is too low, under it too high."
        )
        return drawn.svg(name, title, said, alone=alone)


def _panel(drawn: Picture, axes: Axes, name: str, group: Reliability) -> None:
    n = group.right.n if group.right else 0
    error = "nothing stated" if group.expected_error is None else f"calibration error {group.expected_error:.3f}"
    axes.set_title(f"{label(name)}, n = {n}\n{error}", fontsize=9)
    axes.plot([0, 1], [0, 1], "--", color=SOFT, linewidth=1)
    most = max((each.right.n for each in group.bins), default=1)
    for each in group.bins:
        _bin(drawn, axes, each, most)
    axes.axhline(0, color=SOFT, linewidth=0.8)
    axes.set_xlim(0, 1)
    axes.set_ylim(-COUNTS - 0.1, 1.02)
    axes.set_xticks(ENDS, [f"{each:g}" for each in ENDS])
    axes.set_yticks(ENDS, [f"{each:g}" for each in ENDS])
    axes.set_xlabel("stated confidence")
    axes.set_ylabel("share right")


def _bin(drawn: Picture, axes: Axes, each: Bin, most: int) -> None:
    share, colour = each.right, RUNS[0]
    axes.plot([each.confidence] * 2, [share.low, share.high], color=colour, linewidth=2)
    (point,) = axes.plot(each.confidence, share.mean, "o", color=colour, markersize=POINT + 1, clip_on=False, zorder=3)
    said = f"right {share.mean:.2f} ({share.low:.2f}–{share.high:.2f}), n = {share.n}"
    drawn.note(point, f"confidence {each.confidence:.2f}: {said}")
    height = share.n / most * (COUNTS - 0.06)
    width = max(each.high - each.low, 0.02)
    axes.bar(each.low + width / 2, height, width * 0.86, bottom=-COUNTS - 0.08, color=colour, alpha=0.45)
    axes.text(
        each.low + width / 2, height - COUNTS - 0.07, f"{share.n}", ha="center", va="bottom", fontsize=8, color=SOFT
    )


def differences(of: Mapping[str, Estimate], *, less_is_better: Sequence[str], name: str, title: str) -> str:
    """A row a measure, from what was lost to what was gained; a point is full where its interval leaves out zero."""
    with picture(0.7 + 0.24 * len(of)) as drawn:
        axes = drawn.panel
        for row, (measure, each) in enumerate(of.items()):
            less = measure in less_is_better
            sure = not each.low <= 0 <= each.high
            colour = SOFT if not sure else GOOD if (each.mean < 0) == less else BAD
            axes.plot([each.low, each.high], [row, row], color=colour, linewidth=2)
            face = colour if sure else GROUND
            (point,) = axes.plot(
                each.mean, row, "o", color=colour, markerfacecolor=face, markersize=POINT + 1, zorder=3
            )
            drawn.note(point, f"{measure}: {each.mean:+.3f} ({each.low:+.3f} to {each.high:+.3f}), n = {each.n}")
        axes.axvline(0, color=SOFT, linewidth=1)
        rows(axes, [f"{label(measure)}{' ↓' if measure in less_is_better else ''}" for measure in of])
        axes.set_xlabel("difference")
        return drawn.svg(name, title, "The figures are in the table below it.")
