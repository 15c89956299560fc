"""A system goes in, what it costs and what it finds come out as one line of JSON: the same steps for every system.

    python -m MODULE NAME build ARTICLES FOLDER     # a folder of JSON lines -> an index in FOLDER
    python -m MODULE NAME ask FOLDER QUESTIONS      # opened anew -> times, and the slices that were found

Each command is a process of its own, so that its memory and its start are its own. Nothing here, nor in the other
systems, imports more than the standard library and that system: they run in another environment.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

STARTED: Final = "BENCH_STARTED"  # variable: when the process was started, in seconds of time.time()
MODEL: Final = "BENCH_MODEL"  # variable: folder of the embedding model that all systems use
TIMED: Final = 5  # slices, when times are taken
LOOKED_AT: Final = 10  # slices, when it is looked what was found


class System(Protocol):
    """What is measured. All that it loads for indexing is loaded by ``warm``."""

    def warm(self, folder: Path) -> None:
        """Before anything is timed; ``folder`` is where the index will be."""

    def build(self, articles: Path, folder: Path) -> int:
        """Index all; how many slices there are."""

    def open(self, folder: Path) -> None: ...
    def find(self, words: str, limit: int) -> Sequence[tuple[str, str]]:
        """(id of the article, words of the slice), best first."""


def main(systems: Mapping[str, Callable[[], System]], arguments: Sequence[str]) -> None:
    """Runs one command and writes what was measured as the last line of the output."""
    name, command, one, other = arguments
    system = systems[name]()
    measured = {"build": built, "ask": asked}[command](system, Path(one), Path(other))
    sys.stdout.write(f"\n{json.dumps({**measured, 'peak_mb': peak_mb()})}\n")


def built(system: System, articles: Path, folder: Path) -> dict[str, Any]:
    """Seconds on the clock and of the processors (its children's too) from the first article until all is on the disk,
    the model loaded before.
    """
    system.warm(folder)
    count = sum(1 for _ in read(articles))
    began, used = time.perf_counter(), cpu_seconds()
    slices = system.build(articles, folder)
    return {
        "documents": count,
        "slices": slices,
        "seconds": time.perf_counter() - began,
        "cpu_seconds": cpu_seconds() - used,
        "index_bytes": sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()),
    }


def asked(system: System, folder: Path, questions: Path) -> dict[str, Any]:
    """Seconds from the start of the process to the first slices; then milliseconds of each question, one at a time."""
    words = [json.loads(line)["question"] for line in questions.read_text(encoding="utf-8").splitlines()]
    system.open(folder)
    system.find(words[0], TIMED)
    first_seconds = time.time() - float(os.environ[STARTED])
    milliseconds = []
    for each in words:
        began = time.perf_counter()
        system.find(each, TIMED)
        milliseconds.append((time.perf_counter() - began) * 1000)
    found = [system.find(each, LOOKED_AT) for each in words]
    return {"first_seconds": first_seconds, "milliseconds": milliseconds, "found": found}


def read(articles: Path) -> Iterator[dict[str, Any]]:
    """Every article of the folder, one at a time."""
    for path in sorted(articles.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def page(article: Mapping[str, Any]) -> str:
    """What the other systems are given of an article: its title stands over its text, as on a page."""
    return f"{article['title']}\n\n{article['text']}"


def cpu_seconds() -> float:
    """Of the processors, for this process and its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def peak_mb(process: int | str = "self") -> float:
    """The most memory that a process has held so far, in MB.

    Linux's own figure of it: what getrusage tells of a child starts at what its parent held.
    """
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
