"""Systems at several sizes: what is run, in which order, what is kept, and what is told of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from eval.bench import growth, plots, results
from eval.bench.processes import BenchError
from eval.bench.results import Measured, difference
from eval.bench.systems import SYSTEMS, Installed

MACHINE = {"cores": 2, "system": "Linux", "python": "3.11"}
README = (
    "# One\n<!-- figures: search -->\nkept\n<!-- /figures -->\n<!-- figures: bench -->\nold\n<!-- /figures -->\nend\n"
)


def run(seconds: float, found: int, *, ours: bool = False) -> dict[str, Any]:
    """Ten questions, the first five paraphrased, of which ``found`` find their evidence among five."""
    rights = [number < found for number in range(10)]
    values: dict[str, Any] = {
        "build": {"seconds": seconds, "cpu_seconds": 3.0, "peak_mb": 500.0, "index_bytes": 2**21, "slices": 40},
        "ask": {"first_seconds": 2.0, "milliseconds": [10.0, 20.0, 30.0], "peak_mb": 400.0},
        "recall": {"1": rights, "5": rights, "10": rights},
        "characters": 800.0,
        "paraphrased": [number < 5 for number in range(10)],
    }
    if ours:
        values["answers"] = {"milliseconds": [50.0, 60.0, 70.0]}
        values["embedding"] = {"texts": 80, "seconds": seconds}
        served = {"answers": 100, "seconds": 10.0, "milliseconds": [900.0], "errors": 0}
        values["served"] = {**served, "first_seconds": 3.0, "peak_mb": 600.0}
    return values


def keep(out: Path, system: str, size: int, turn: int, values: Mapping[str, Any]) -> None:
    about = {"system": system, "size": size, "round": turn, "origin": {"machine": MACHINE}}
    results.keep(results.path(out, system, size, turn), about | dict(values))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What was measured, in order: (system, size); nothing is."""
    done: list[tuple[str, str]] = []

    def measure(system: Installed, place: Any) -> dict[str, Any]:
        done.append((system.name, place.folder.name))
        if system.name == "LlamaIndex":
            raise BenchError("LlamaIndex ended with 1")
        return run(10.0, 4, ours=system.ours)

    monkeypatch.setattr(growth, "measure", measure)
    monkeypatch.setattr(growth, "prepare", lambda *_: None)
    monkeypatch.setattr(growth, "origin", lambda *_: growth_origin())
    return done


def growth_origin() -> Any:
    from eval.report import Origin

    return Origin("now", None, False, (), "", {}, MACHINE)


def test_every_other_round_runs_the_other_way_and_nothing_runs_twice(
    asked: list[tuple[str, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = ["--sizes", "20", "10", "--systems", "whosaid", "txtai", "--rounds", "2", "--out", str(tmp_path)]
    there = [*wanted, "--peers", str(tmp_path)]
    assert growth.main(there) == 0
    one = ["whosaid", "txtai", "txtai", "whosaid"]
    assert asked == [(name, size) for size in ("10", "20") for name in one]
    assert growth.main(there) == 0
    assert len(asked) == 8
    assert "**20 articles**" in capsys.readouterr().out


def test_a_system_that_fails_does_not_stop_the_others(
    asked: list[tuple[str, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = ["--sizes", "10", "--systems", "LlamaIndex", "txtai", "--out", str(tmp_path), "--peers", str(tmp_path)]
    assert growth.main(wanted) == 1
    assert [name for name, _ in asked] == ["LlamaIndex", "txtai"]
    told = capsys.readouterr()
    assert "LlamaIndex, 10 articles: LlamaIndex ended with 1" in told.err
    assert "| txtai |" in told.out


def test_what_was_measured_before_answering_failed_is_kept(
    asked: list[tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(growth, "measure", lambda *_: run(10.0, 4) | {"failed": "whosaid serve did not become ready"})
    assert growth.main(["--sizes", "10", "--systems", "whosaid", "--out", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert "| whosaid | 1.0 |" in told.out
    assert "whole extractive answers" not in told.out
    assert "did not become ready" in told.err


def test_what_would_take_too_long_is_left_out_and_told(
    asked: list[tuple[str, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(tmp_path, "whosaid", 10, 0, run(10.0, 4, ours=True))
    wanted = ["--sizes", "600", "--systems", "whosaid", "--out", str(tmp_path), "--at-most"]
    assert growth.main([*wanted, "599"]) == 0
    assert asked == []
    assert "| whosaid | not run: ingest would take 10 min |" in capsys.readouterr().out
    assert growth.main([*wanted, "601"]) == 0
    assert asked == [("whosaid", "600")]
    assert "not run" not in capsys.readouterr().out


def test_each_figure_of_the_tables_is_the_median_of_the_runs(tmp_path: Path) -> None:
    for turn, seconds in enumerate((4.0, 5.0, 50.0)):
        keep(tmp_path, "whosaid", 10, turn, run(seconds, 10, ours=True))
    keep(tmp_path, "LangChain tutorial", 10, 0, run(20.0, 2))
    told = growth.told(results.read(tmp_path), "two cores")
    assert "| whosaid | 2.0 (4.0×) | 300 | 500 | 2 | 40 |" in told
    assert "| LangChain tutorial | 0.5 (1.0×) |" in told
    assert "| whosaid | 2.0 | 20.0, 29.0 | 400 | 1.00 (0.57–1.00) | 1.00 (0.57–1.00) | 800 |" in told
    assert "| 10 | 60, 69 | 10.0 | 0.90 | 0 | 3.0 | 600 | 50% |" in told
    assert "whosaid less LangChain tutorial, evidence@5: paraphrased +0.60 (" in told


def test_systems_that_were_not_asked_the_same_are_not_compared() -> None:
    one, other = run(1.0, 5), run(1.0, 3)
    less = {**other, "paraphrased": other["paraphrased"][1:], "recall": {"5": other["recall"]["5"][1:]}}
    ours, theirs, fewer = (Measured("whosaid", 10, [each]) for each in (one, other, less))
    found = difference(ours, theirs, "paraphrased")
    assert found is not None
    assert found.mean == pytest.approx(0.4)
    assert difference(ours, fewer, "paraphrased") is None


def test_the_readme_is_written_between_its_markers_only(tmp_path: Path) -> None:
    keep(tmp_path / "out", "txtai", 10, 0, run(4.0, 10))
    readme = tmp_path / "README.md"
    readme.write_text(README, encoding="utf-8")
    (tmp_path / "eval/data/pictures").mkdir(parents=True)
    assert growth.main(["--told", "--out", str(tmp_path / "out"), "--readme", str(readme)]) == 0
    before, _, after = readme.read_text("utf-8").partition("<!-- figures: bench -->\n")
    assert before == README.partition("<!-- figures: bench -->")[0]
    assert after.endswith("<!-- /figures -->\nend\n")
    assert "old" not in after
    assert "2 cores (Linux), Python 3.11" in after
    assert "growth-" not in after  # one size shows no growth
    keep(tmp_path / "out", "txtai", 100, 0, run(40.0, 100))
    assert growth.main(["--told", "--out", str(tmp_path / "out"), "--readme", str(readme)]) == 0
    after = readme.read_text("utf-8")
    for name in growth.PICTURES:
        assert f"](eval/data/pictures/growth-{name}.svg)" in after
        assert "<svg" in (tmp_path / f"eval/data/pictures/growth-{name}.svg").read_text("utf-8")


def test_a_readme_without_markers_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BenchError, match="no place for figures"):
        growth.replaced("# A readme\n", "figures")
    assert growth.main(["--told", "--out", str(tmp_path)]) == 1
    assert "nothing is measured" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(3, 60, [5, 10, 20, 50]), (0.09, 0.3, [0.1, 0.2]), (1, 50_000, [1, 10, 100, 1000, 10_000]), (2, 2.5, [2])],
)
def test_ticks_are_round_and_few(low: float, high: float, ticks: list[float]) -> None:
    assert plots.ticks_between(low, high) == pytest.approx(ticks)


def test_a_run_is_kept_whole(tmp_path: Path) -> None:
    keep(tmp_path, "txtai hybrid", 1000, 1, run(1.0, 1))
    (file,) = tmp_path.rglob("*.*")
    assert file == tmp_path / "1000" / "txtai-hybrid.1.json"
    assert json.loads(file.read_text("utf-8"))["round"] == 1


def test_no_two_systems_share_a_file() -> None:
    assert len({each.slug for each in SYSTEMS}) == len(SYSTEMS)


@pytest.mark.parametrize("wrong", [["--sizes", "0"], ["--systems", "txtai", "--peers", "/nowhere/python"]])
def test_wrong_usage_ends_with_two(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        growth.main(wrong)
    assert ended.value.code == 2
    assert capsys.readouterr().err


def test_an_index_that_is_there_tells_nothing_of_its_making(
    asked: list[tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[Any] = []

    def measure(_system: Installed, place: Any) -> dict[str, Any]:
        places.append(place)
        values = run(10.0, 4, ours=True)
        values["build"] = {"slices": 40, "index_bytes": 2**21}
        return values

    keep(tmp_path, "whosaid", 1000, 0, run(100.0, 4, ours=True))
    monkeypatch.setattr(growth, "measure", measure)
    command = ["--out", str(tmp_path), "--sizes", "50000", "--systems", "whosaid", "--index", str(tmp_path / "made")]
    assert growth.main(command) == 0
    assert [place.index for place in places] == [tmp_path / "made"]
    told = (tmp_path / "growth.md").read_text(encoding="utf-8")
    assert "| whosaid | – | – | – | 2 | 40 |" in told
    assert told.count("The index of whosaid was there already: its making was not timed.") == 1
    assert "| whosaid | 10.0 |" in told
    assert "| 50,000 | 60, 69 |" in told
    assert results.read(tmp_path).predicted("whosaid", 100_000) == 10_000
    assert not asked


def test_an_index_that_is_there_is_of_one_size_and_one_system_of_ours(tmp_path: Path) -> None:
    for given in (["--sizes", "1", "2", "--systems", "whosaid"], ["--sizes", "1", "--systems", "LlamaIndex"]):
        with pytest.raises(SystemExit):
            growth.main(["--out", str(tmp_path), "--index", str(tmp_path), *given])
