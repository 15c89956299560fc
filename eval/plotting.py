"""The reliability of confidences goes in, a plot of it comes out: one self-contained SVG, legible on light and dark."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from eval.metrics import Bin
from eval.reliability import Reliability

SIDE = 200  # pixels of a panel's square, in which 0 to 1 is drawn either way
LEFT, TOP, GAP, RIGHT = 64, 64, 76, 24  # pixels around and between the squares
COUNTS_TOP, COUNTS, BOTTOM = 58, 56, 46  # pixels from square to counts, their height, what is below
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)

# The ground is painted and follows the reader's colour scheme together with the ink, so that no page can part them.
_STYLE = """
svg { font: 12px system-ui, sans-serif }
.ground { fill: #ffffff } .ink { fill: #1f2328 } .faint { fill: #59636e }
.frame { fill: none; stroke: #818b98 } .grid { stroke: #d1d9e0 }
.diagonal { stroke: #59636e; stroke-width: 1.5; stroke-dasharray: 4 4 }
.point, .count { fill: #0969da } .interval { stroke: #0969da; stroke-width: 2 } .count { fill-opacity: .55 }
.head { font-weight: 600; font-size: 13px } .middle { text-anchor: middle } .end { text-anchor: end }
.small { font-size: 10px }
@media (prefers-color-scheme: dark) {
  .ground { fill: #0d1117 } .ink { fill: #f0f6fc } .faint { fill: #9198a1 }
  .frame { stroke: #656c76 } .grid { stroke: #2a313c } .diagonal { stroke: #9198a1 }
  .point, .count { fill: #58a6ff } .interval { stroke: #58a6ff }
}
"""


def as_svg(groups: Mapping[str, Reliability]) -> str:
    """One panel a group: a point a bin at its mean confidence and its share right, with the share's interval; below,
    how many events each bin holds. On the diagonal, confidence is what comes true.
    """
    width = LEFT + len(groups) * (SIDE + GAP) - GAP + RIGHT
    height = TOP + SIDE + COUNTS_TOP + COUNTS + BOTTOM
    panels = [_panel(name, each, LEFT + at * (SIDE + GAP)) for at, (name, each) in enumerate(groups.items())]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}">',
            "<title>Reliability of the confidence</title>",
            "<desc>Share right over stated confidence, with 95 % intervals; below, how many there are. Points on the "
            "dashed diagonal are calibrated; above it confidence is too low, under it too high.</desc>",
            f"<style>{_STYLE}</style>",
            f'<rect class="ground" width="{width}" height="{height}"/>',
            *panels,
            "</svg>\n",
        ]
    )


def _panel(name: str, group: Reliability, left: int) -> str:
    error = "none" if group.expected_error is None else f"expected calibration error {group.expected_error:.3f}"
    n = group.right.n if group.right else 0
    most = max((each.right.n for each in group.bins), default=1)
    return "\n".join(
        [
            f'<g class="panel" transform="translate({left} {TOP})">',
            _text(0, -30, f"{name[:1].upper()}{name[1:]} (n = {n})", "ink head"),
            _text(0, -12, error, "faint"),
            *map(_tick, TICKS),
            f'<rect class="frame" width="{SIDE}" height="{SIDE}"/>',
            f'<line class="diagonal" x1="0" y1="{SIDE}" x2="{SIDE}" y2="0"/>',
            _text(SIDE / 2, SIDE + 36, "stated confidence", "ink middle"),
            f'<text class="ink middle" transform="translate(-44 {SIDE // 2}) rotate(-90)">share right</text>',
            *(_point(each) for each in group.bins),
            *(_count(each, most) for each in group.bins),
            f'<line class="frame" x1="0" y1="{_counts_end()}" x2="{SIDE}" y2="{_counts_end()}"/>',
            _text(SIDE / 2, _counts_end() + 20, "how many, by confidence", "ink middle"),
            "</g>",
        ]
    )


def _tick(value: float) -> str:
    at, label = value * SIDE, f"{value:g}"
    return "\n".join(
        [
            f'<line class="grid" x1="{at:g}" y1="0" x2="{at:g}" y2="{SIDE}"/>',
            f'<line class="grid" x1="0" y1="{at:g}" x2="{SIDE}" y2="{at:g}"/>',
            _text(at, SIDE + 17, label, "faint middle"),
            _text(-7, SIDE - at + 4, label, "faint end"),
        ]
    )


def _point(each: Bin) -> str:
    share, x = each.right, f"{each.confidence * SIDE:.2f}"
    low, high = (f"{SIDE - end * SIDE:.2f}" for end in (share.low, share.high))
    said = f"confidence {each.confidence:.2f}, right {share.mean:.2f} ({share.low:.2f}–{share.high:.2f}), n = {share.n}"
    return (
        f'<g class="bin"><title>{said}</title>'
        f'<line class="interval" x1="{x}" y1="{low}" x2="{x}" y2="{high}"/>'
        f'<circle class="point" cx="{x}" cy="{SIDE - share.mean * SIDE:.2f}" r="4.5"/></g>'
    )


def _count(each: Bin, most: int) -> str:
    height, left, right = max(1.0, each.right.n / most * COUNTS), each.low * SIDE, each.high * SIDE
    return (
        f'<rect class="count" x="{left + 1:.2f}" y="{_counts_end() - height:.2f}" '
        f'width="{max(1.0, right - left - 2):.2f}" height="{height:.2f}"/>'
        + _text((left + right) / 2, _counts_end() - height - 4, str(each.right.n), "faint small middle")
    )


def _counts_end() -> int:
    return SIDE + COUNTS_TOP + COUNTS


def _text(x: float, y: float, words: str, style: str) -> str:
    return f'<text class="{style}" x="{x:g}" y="{y:g}">{escape(words)}</text>'
