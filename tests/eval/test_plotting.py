"""The plot is read back as XML: what is drawn where, measured against its own frame."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from eval.plotting import as_svg
from eval.reliability import reliability

SVG = "{http://www.w3.org/2000/svg}"
GIVEN = reliability([0.62, 0.64, 0.66, 0.64, 0.28], [True, True, False, True, False])
REFUSED = reliability([0.97], [True])


def panels(svg: str) -> list[ET.Element]:
    return [each for each in ET.fromstring(svg).iter(f"{SVG}g") if each.get("class") == "panel"]


def classed(panel: ET.Element, tag: str, name: str) -> list[ET.Element]:
    return [each for each in panel.iter(f"{SVG}{tag}") if each.get("class") == name]


def number(of: ET.Element, name: str) -> float:
    return float(of.get(name, "0"))


def side(panel: ET.Element) -> float:
    (frame,) = classed(panel, "rect", "frame")
    assert (number(frame, "x"), number(frame, "y")) == (0, 0)
    assert frame.get("width") == frame.get("height")
    return number(frame, "width")


def test_each_group_has_a_panel_that_says_its_name_size_and_error() -> None:
    first, second = panels(as_svg({"answers given": GIVEN, "refusals": REFUSED}))
    words = " ".join(each.text or "" for each in first.iter(f"{SVG}text"))
    assert "Answers given (n = 5)" in words
    assert f"expected calibration error {GIVEN.expected_error:.3f}" in words
    assert "Refusals (n = 1)" in " ".join(each.text or "" for each in second.iter(f"{SVG}text"))


def test_points_stand_at_mean_confidence_and_share_right_with_their_intervals() -> None:
    (panel,) = panels(as_svg({"all": GIVEN}))
    unit = side(panel)
    points, intervals = classed(panel, "circle", "point"), classed(panel, "line", "interval")
    drawn = [(number(each, "cx") / unit, 1 - number(each, "cy") / unit) for each in points]
    assert drawn == [pytest.approx((0.28, 0.0)), pytest.approx((0.64, 0.75))]
    for line, each in zip(intervals, GIVEN.bins, strict=True):
        assert number(line, "x1") == number(line, "x2") == pytest.approx(each.confidence * unit, abs=0.01)
        ends = {1 - number(line, "y1") / unit, 1 - number(line, "y2") / unit}
        assert (min(ends), max(ends)) == pytest.approx((each.right.low, each.right.high), abs=0.001)


def test_the_diagonal_goes_from_nothing_to_certainty() -> None:
    (panel,) = panels(as_svg({"all": GIVEN}))
    unit = side(panel)
    (line,) = classed(panel, "line", "diagonal")
    assert [number(line, name) for name in ("x1", "y1", "x2", "y2")] == [0, unit, unit, 0]


def test_bars_stand_under_their_bins_as_high_as_there_are_events() -> None:
    (panel,) = panels(as_svg({"all": GIVEN}))
    unit = side(panel)
    low, high = classed(panel, "rect", "count")
    assert number(high, "height") == pytest.approx(4 * number(low, "height"))
    for bar, left in ((low, 0.2), (high, 0.6)):
        assert left * unit < number(bar, "x")
        assert number(bar, "x") + number(bar, "width") < (left + 0.1) * unit
        assert number(bar, "y") > unit
    assert number(low, "y") + number(low, "height") == number(high, "y") + number(high, "height")


def test_everything_is_drawn_within_the_picture() -> None:
    svg = ET.fromstring(as_svg({"answers given": GIVEN, "refusals": REFUSED, "all": GIVEN}))
    width, height = number(svg, "width"), number(svg, "height")
    for panel in panels(ET.tostring(svg, encoding="unicode")):
        left, top = map(float, panel.get("transform", "").removeprefix("translate(").removesuffix(")").split())
        assert left + side(panel) < width
        assert all(top + number(each, "y") < height for each in panel.iter(f"{SVG}text"))


def test_a_group_without_events_has_its_axes_and_no_points() -> None:
    (panel,) = panels(as_svg({"refusals": reliability([], [])}))
    assert classed(panel, "circle", "point") == classed(panel, "rect", "count") == []
    assert len(classed(panel, "line", "diagonal")) == 1


def test_the_plot_needs_nothing_from_elsewhere_and_has_words_for_those_who_do_not_see_it() -> None:
    written = as_svg({"a & b": GIVEN})
    svg = ET.fromstring(written)
    assert written.count("http") == 1  # the name of the format
    assert svg.get("role") == "img"
    assert svg.findtext(f"{SVG}title")
    assert "prefers-color-scheme: dark" in (svg.findtext(f"{SVG}style") or "")
    assert "A &amp; b (n = 5)" in written
