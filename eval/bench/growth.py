"""``python -m eval.bench.growth``: whosaid beside LangChain's tutorial, LlamaIndex and txtai, over ever more articles.

The articles are the samples with names, places, numbers and dates replaced; the model is the same for all. Each system
runs in processes of its own, one after the other at each size, so that ratios hold on a machine that is busy. A run is
kept as soon as it is done: the same command goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from eval.bench import plots, results, telling
from eval.bench.measuring import Place, measure, prepare
from eval.bench.processes import BenchError
from eval.bench.results import Results
from eval.bench.systems import NAMED, SYSTEMS, Installed
from eval.bench.users import SECONDS
from eval.report import origin
from eval.reporting import PlotsUnavailable
from retriever.embedding.package import folder
from retriever.errors import RetrieverError

DATA: Final = Path(__file__).parents[1] / "data"
OUT: Final = Path(__file__).parents[1] / "reports" / "bench"
PEERS: Final = Path(".venv-bench/bin/python")
PICTURE: Final = "eval/data/pictures/growth-{name}.svg"  # below the README's folder
BEGIN: Final = "<!-- figures: bench -->\n"
END: Final = "<!-- /figures -->"
PICTURES: Final = {"cost": plots.COST, "finding": plots.FINDING}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured. ``at_most``: seconds that an ingest may take, as far as they can be told beforehand;
    ``index``: see ``Place``.
    """

    out: Path
    sizes: Sequence[int]
    systems: Sequence[Installed]
    rounds: int
    at_most: float | None
    again: bool  # also what is there
    peers: Path
    seconds: float
    index: Path | None = None

    def turns(self) -> Iterator[tuple[int, int, Installed]]:
        """(size, round, system): every other round in the opposite order, so that no system is always the first."""
        for size in sorted(self.sizes):
            for turn in range(self.rounds):
                for system in self.systems[:: -1 if turn % 2 else 1]:
                    yield size, turn, system


def measure_all(plan: Plan) -> list[str]:
    """What has not been measured yet, a file a run; a line on each run that failed. Raises RetrieverError."""
    failed = []
    model = folder()
    for size, turn, system in plan.turns():
        file = results.path(plan.out, system.name, size, turn)
        about = {"system": system.name, "size": size, "round": turn}
        if _there(file, plan):
            continue
        seconds = results.read(plan.out).predicted(system.name, size)
        if plan.at_most is not None and seconds is not None and seconds > plan.at_most:
            _say(f"{system.name}, {size:,} articles: not run, its ingest would take {seconds / 60:.0f} minutes")
            results.keep(file, about | {"skipped": seconds})
            continue
        place = Place(plan.out / "work" / str(size), model, plan.peers, plan.seconds, plan.index)
        prepare(place, size, DATA / "articles")
        _say(f"{system.name}, {size:,} articles, round {turn + 1} of {plan.rounds} …")
        try:
            measured = measure(system, place)
        except BenchError as error:
            measured = {"failed": str(error)}
        if "failed" in measured:
            failed.append(f"{system.name}, {size:,} articles: {measured['failed']}")
            _say(failed[-1])
        if "build" in measured:
            made = asdict(origin([place.questions], {"system": system.name}))
            results.keep(file, about | {"origin": made} | measured)
    return failed


def _there(file: Path, plan: Plan) -> bool:
    """Whether a run is kept, and is not one that was skipped, which another limit may let run."""
    return not plan.again and file.exists() and '"skipped"' not in file.read_text(encoding="utf-8")


def _say(line: str) -> None:
    sys.stderr.write(f"eval.bench.growth: {line}\n")


# ---- what is told of it


def told(found: Results, machine: str) -> str:
    """The text of growth.md and of the README's part, pictures left out."""
    lines = (
        f"Measured by `make bench` on {machine}. Articles are the samples with names, places, numbers and dates "
        "replaced, each of its own event; the questions are the same at every size, and one article alone answers "
        "each. All systems use the same model; the others are given each article's title in front of its text. "
        "Evidence: a slice among the first five shares a character with it; in brackets 95 % intervals."
    )
    return f"{lines}\n\n{telling.as_markdown(found)}\n"


def write(plan: Plan, readme: Path | None) -> None:
    """growth.md and two pictures, into the folder of the results and, where it is named, the README. Raises
    PlotsUnavailable, BenchError where nothing is measured or the README has no place for it.
    """
    found = results.read(plan.out)
    if not found.measured:
        raise BenchError(f"nothing is measured in {plan.out} yet")
    text = told(found, _machine(found))
    drawn = {name: plots.growth(found, curves, name) for name, curves in PICTURES.items()}
    shown = "\n".join(f"![Growth: {name}](growth-{name}.svg)" for name in drawn)
    (plan.out / "growth.md").write_text(f"# Growth\n\n{text}\n{shown}\n", encoding="utf-8")
    for name, svg in drawn.items():
        (plan.out / f"growth-{name}.svg").write_text(svg, encoding="utf-8")
    if readme is None:
        return
    if len(found.sizes) < 2:
        drawn = {}  # one size shows no growth
    for name, svg in drawn.items():
        (readme.parent / PICTURE.format(name=name)).write_text(svg, encoding="utf-8")
    linked = "\n".join(f"![Growth: {name}]({PICTURE.format(name=name)})" for name in drawn)
    part = f"{text}\n{linked}\n" if linked else text
    readme.write_text(replaced(readme.read_text(encoding="utf-8"), part), encoding="utf-8")


def replaced(readme: str, part: str) -> str:
    """The README with its part between the markers replaced. Raises BenchError where they are not there."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise BenchError(f"the README has no place for figures: {BEGIN.strip()} and {END} are to mark it")
    return f"{before}{begin}{part}{end}{after}"


def _machine(found: Results) -> str:
    machine = next(iter(found.measured.values())).runs[0]["origin"]["machine"]
    return f"{machine['cores']} cores ({machine['system'].partition('-')[0]}), Python {machine['python']}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: a run failed, the others are kept; 2: wrong usage."""
    parser = _parser()
    given = parser.parse_args(arguments)
    systems = [NAMED[name] for name in given.systems]
    turns = given.sizes, systems, given.rounds
    plan = Plan(given.out, *turns, given.at_most, given.again, given.peers, given.seconds, given.index)
    if min(given.sizes) < 1 or given.rounds < 1:
        parser.error("sizes and rounds begin at 1")
    if given.index and (len(given.sizes) != 1 or len(systems) != 1 or not systems[0].ours):
        parser.error("an index that is there is of one size and one of our own systems: --sizes 1000 --systems whosaid")
    if not all(each.ours for each in systems) and not given.told and not given.peers.exists():
        parser.error(f"{given.peers} is not there. `make bench` installs the other systems; or name --systems whosaid.")
    try:
        failed = [] if given.told else measure_all(plan)
        write(plan, given.readme)
    except (BenchError, RetrieverError, PlotsUnavailable) as error:
        _say(str(error))
        return 1
    sys.stdout.write((plan.out / "growth.md").read_text(encoding="utf-8"))
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.bench.growth", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000], metavar="ARTICLES")
    parser.add_argument("--systems", nargs="+", default=[*NAMED], choices=[*NAMED], metavar="NAME", help=_names())
    parser.add_argument("--rounds", type=int, default=1, help="how often each is measured; medians are told")
    parser.add_argument("--at-most", type=float, metavar="SECONDS", help="leave out whose ingest would take longer")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long many users ask at once (%(default)s)")
    parser.add_argument("--again", action="store_true", help="measure also what is kept already")
    parser.add_argument(
        "--told", action="store_true", help="measure nothing, write tables and pictures of what is kept"
    )
    parser.add_argument("--index", type=Path, help="ask this one, made of the same articles, and time no ingest")
    parser.add_argument("--out", type=Path, default=OUT, help="folder of the results")
    parser.add_argument("--peers", type=Path, default=PEERS, help="Python of the other systems (%(default)s)")
    parser.add_argument("--readme", type=Path, help="README whose figures are written anew")
    return parser


def _names() -> str:
    return "; ".join(each.name for each in SYSTEMS)


if __name__ == "__main__":
    sys.exit(main())
