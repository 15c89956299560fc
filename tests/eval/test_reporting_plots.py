"""Pictures are read back as XML."""

from __future__ import annotations

import re
import sys
from xml.etree import ElementTree as ET

import pytest

from eval.metrics import Estimate
from eval.reporting import PlotsUnavailable, Run, plots
from eval.reporting.canvas import INK, dark_rules, label, look, picture
from eval.reporting.trust import differences
from eval.reporting.trust import reliability as drawn
from eval.scoring import summarise
from eval.scoring.reliability import reliability
from tests.eval.test_reporting_cases import DUE, MADE, REFUSED, RIGHT, UNSURE, WRONG

GIVEN = reliability([0.62, 0.64, 0.66, 0.64, 0.28], [True, True, False, True, False])
SCORES = [RIGHT, WRONG, UNSURE, REFUSED, DUE]
RUNS = [Run("first", MADE, summarise(SCORES), SCORES, []), Run("second", MADE, summarise(SCORES[:2]), SCORES[:2], [])]


def notes(svg: str) -> list[str]:
    """What a pointer finds, the title of the whole left out."""
    return [each.text or "" for each in ET.fromstring(svg).iter() if each.tag.endswith("title")][1:]


def words(svg: str) -> list[str]:
    return ["".join(each.itertext()) for each in ET.fromstring(svg).iter() if each.tag.endswith("text")]


def test_each_bin_tells_its_confidence_its_share_right_and_its_size() -> None:
    assert notes(drawn({"all": GIVEN})) == [
        "confidence 0.28: right 0.00 (0.00–0.79), n = 1",
        "confidence 0.64: right 0.75 (0.30–0.95), n = 4",
    ]


def test_a_panel_says_its_name_size_and_error() -> None:
    shown = " ".join(words(drawn({"answers given": GIVEN, "refusals": reliability([], [])})))
    assert "answers given, n = 5" in shown
    assert f"calibration error {GIVEN.expected_error:.3f}" in shown
    assert "refusals, n = 0" in shown


def test_a_file_of_its_own_is_whole_and_follows_the_readers_colours() -> None:
    written = drawn({"all": GIVEN}, alone=True)
    root = ET.fromstring(written)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert written.count("http") == 1  # the name of the format
    assert float(root.get("width", 0)) > 200
    assert "prefers-color-scheme: dark" in written
    assert root.get("role") == "img"


def test_every_colour_that_is_drawn_has_one_for_the_dark() -> None:
    pictures = [plots.outcome_bars(RUNS), plots.kinds(RUNS), plots.latency(RUNS), drawn({"all": GIVEN})]
    used = {colour for svg in pictures for colour in re.findall(r"(?:fill|stroke): (#\w+)", svg)}
    assert used <= INK.keys()
    assert all(dark in dark_rules() for dark in INK.values())


def test_pictures_of_one_page_share_no_id() -> None:
    pictures = [plots.kinds(RUNS), plots.latency(RUNS), plots.retrieval(RUNS) or "", plots.risk(RUNS) or ""]
    ids = [each for svg in pictures for each in re.findall(r'\sid="([^"]+)"', svg)]
    assert len(ids) == len(set(ids))
    for svg in pictures:
        named = set(re.findall(r'\sid="([^"]+)"', svg))
        assert set(re.findall(r'(?:href="|url\()#([^")]+)', svg)) <= named
        assert set((ET.fromstring(svg).get("aria-labelledby") or "-").split()) <= named


def test_the_same_figures_make_the_same_picture() -> None:
    assert plots.latency(RUNS) == plots.latency(RUNS)


def test_kinds_are_told_with_their_numbers_and_wilsons_intervals() -> None:
    svg = plots.kinds(RUNS[:1])
    assert "who (2)" in words(svg)
    assert "first, who: 0.500 (0.095–0.905), n = 2" in notes(svg)


def test_runs_are_named_where_there_are_several_and_differ_in_more_than_colour() -> None:
    assert "second" in words(plots.latency(RUNS))
    assert "first" not in words(plots.latency(RUNS[:1]))
    assert len({look(number).marker for number in range(6)}) == 6


def test_latency_marks_the_median_and_the_95th_percentile() -> None:
    assert notes(plots.latency(RUNS[:1])) == ["first: p50 100 ms", "first: p95 100 ms"]


def test_what_no_run_has_is_not_drawn() -> None:
    none = [Run("first", MADE, summarise([DUE]), [DUE], [])]
    assert plots.retrieval(none) is None
    assert plots.risk(none) is None


def test_outcomes_are_counted_bar_by_bar() -> None:
    assert "first: wrong answer 2 of 5 (40%)" in notes(plots.outcome_bars(RUNS))


def test_differences_say_which_measures_are_better_small() -> None:
    of = {"right": Estimate(0.1, 0.02, 0.2, 30), "brier": Estimate(0.01, -0.1, 0.2, 30)}
    svg = differences(of, less_is_better=["brier"], name="d", title="second less first")
    assert {"right", "brier ↓"} <= set(words(svg))
    assert notes(svg)[0] == "right: +0.100 (+0.020 to +0.200), n = 30"


@pytest.mark.parametrize("name", ["$\\frac{", "<script>", "a & b", "未知", "nul\0bell\7", "\u202egnidaer", "x" * 500])
def test_a_name_is_drawn_as_it_is_whatever_it_holds(name: str) -> None:
    svg = plots.outcome_bars([Run(name, MADE, summarise(SCORES), SCORES, [])])
    assert "<script>" not in svg
    assert label(name) in words(svg)
    assert len(label(name)) <= 26


def test_a_package_that_is_missing_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(PlotsUnavailable, match=r"package 'matplotlib'.*pip install -e"), picture(2.0):
        pass
