"""What was measured goes into a file a run; read again, figures come out: medians over a system's runs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

from eval.bench.systems import NAMED, SYSTEMS
from eval.metrics import Estimate, estimate, percentile, wilson

AT: Final = "5"  # ranks at which systems are compared
WORDINGS: Final = {"paraphrased": True, "verbatim": False}


@dataclass(frozen=True, slots=True)
class Measured:
    """All runs of one system at one size; a run's values are as ``eval.bench.measuring`` gives them."""

    system: str
    size: int
    runs: Sequence[Mapping[str, Any]]

    def middle(self, step: str, name: str) -> float:
        """The median over the runs."""
        return median(float(run[step][name]) for run in self.runs)

    @property
    def made(self) -> bool:
        """Whether the index was made by the run; one that was there tells nothing of making it but its size."""
        return all("seconds" in run["build"] for run in self.runs)

    @property
    def documents_per_second(self) -> float | None:
        return self.size / self.middle("build", "seconds") if self.made else None

    @property
    def embedding_share(self) -> float | None:
        """Passages a second at ingest beside those of the model alone, 1 for as many; None where it was not timed."""
        if not self.made or not all("embedding" in run for run in self.runs):
            return None
        return median(_speed(run["build"], "slices") / _speed(run["embedding"], "texts") for run in self.runs)

    def milliseconds(self, step: str, share: int) -> float:
        """A percentile of a step's times, the median over the runs."""
        return median(percentile(run[step]["milliseconds"], share) or 0.0 for run in self.runs)

    def answers_per_second(self) -> float:
        return median(_speed(run["served"], "answers") for run in self.runs)

    def found(self, wording: str, ranks: str = AT) -> list[bool]:
        """For each question of the wording whether its evidence was among the first. All runs find the same: the first
        tells it.
        """
        run = self.runs[0]
        return [
            found
            for found, paraphrased in zip(run["recall"][ranks], run["paraphrased"], strict=True)
            if paraphrased is WORDINGS[wording]
        ]

    def recall(self, wording: str, ranks: str = AT) -> Estimate | None:
        """The share of them, with its interval; None where there is no such question."""
        found = self.found(wording, ranks)
        return wilson(sum(found), len(found)) if found else None


def _speed(step: Mapping[str, Any], what: str) -> float:
    """So many a second."""
    return float(step[what]) / float(step["seconds"])


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that was measured so far, and ``skipped``: seconds of ingest that were thought too many."""

    measured: Mapping[tuple[str, int], Measured]
    skipped: Mapping[tuple[str, int], float]

    @property
    def sizes(self) -> list[int]:
        return sorted({size for _, size in (*self.measured, *self.skipped)})

    @property
    def systems(self) -> list[str]:
        known = {name for name, _ in (*self.measured, *self.skipped)}
        return [each.name for each in SYSTEMS if each.name in known]

    def predicted(self, system: str, size: int) -> float | None:
        """Seconds that ingest will take, by its speed at the largest smaller size; None where there is none."""
        speeds = {at: each.documents_per_second for (name, at), each in self.measured.items() if name == system}
        smaller = max((at for at, speed in speeds.items() if speed and at < size), default=None)
        return size / speed if smaller and (speed := speeds[smaller]) else None


def difference(one: Measured, other: Measured, wording: str) -> Estimate | None:
    """What the first finds more, question by question; None where they were not asked the same."""
    pairs = list(zip(one.found(wording), other.found(wording), strict=False))
    same = len(one.found(wording)) == len(other.found(wording))
    return estimate(float(ours) - float(theirs) for ours, theirs in pairs) if same else None


def path(out: Path, system: str, size: int, turn: int) -> Path:
    """The file of one run."""
    return out / str(size) / f"{NAMED[system].slug}.{turn}.json"


def keep(file: Path, values: Mapping[str, Any]) -> None:
    """Written whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    waiting = file.with_suffix(".part")
    waiting.write_text(json.dumps(values) + "\n", encoding="utf-8")
    waiting.replace(file)


def read(out: Path) -> Results:
    """All that is kept below the folder."""
    runs: dict[tuple[str, int], list[Mapping[str, Any]]] = defaultdict(list)
    skipped = {}
    for file in sorted(out.glob("*/*.json")):
        values = json.loads(file.read_text(encoding="utf-8"))
        place = values["system"], values["size"]
        if "skipped" in values:
            skipped[place] = values["skipped"]
        else:
            runs[place].append(values)
    measured = {place: Measured(*place, each) for place, each in runs.items()}
    return Results(measured, {place: seconds for place, seconds in skipped.items() if place not in measured})
