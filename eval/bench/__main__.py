"""``python -m eval.bench [ARTICLES [QUESTIONS]]``: how fast articles go in and answers come out, in how much memory.

Every step runs in a process of its own over an index folder that is made for it and removed: its peak memory is its
own. Ingest and bare embedding are measured one after the other, so that their ratio holds on a machine that is busy.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import httpx

from eval.bench.processes import COMMAND, STEPS, BenchError, measured, run, serving
from eval.bench.protocol import peak_mb
from eval.cases import BadQuestionsError, load
from eval.metrics import percentile
from eval.report import origin, origin_lines, table

DATA = Path(__file__).parents[1] / "data"
STARTS = 5  # of which the median is told


def served(data: Path) -> dict[str, Any]:
    """Seconds from ``whosaid serve`` until /readyz says so, and the peak memory until then. Raises BenchError."""
    with serving(data) as service:
        httpx.get(f"{service.address}/readyz").raise_for_status()
        return {"seconds": perf_counter() - service.began, "peak_mb": peak_mb(service.process)}


def measure(articles: Path, questions: Path) -> dict[str, Any]:
    """All figures. Raises BenchError."""
    with tempfile.TemporaryDirectory(prefix="whosaid-bench-") as folder:
        data = Path(folder) / "index"
        return {
            "ingest": measured(STEPS, "ingest", articles, data),
            "embed": measured(STEPS, "embed", data),
            "ask": measured(STEPS, "ask", questions, data),
            "serve": served(data),
            "help": {"seconds": median(run("-c", COMMAND, "--help")[1] for _ in range(STARTS))},
        }


def as_markdown(found: Mapping[str, Mapping[str, Any]]) -> str:
    """The figures as a table."""
    ingested, embedded, asked = found["ingest"], found["embed"], found["ask"]
    speed, bare = ingested["passages"] / ingested["seconds"], embedded["texts"] / embedded["seconds"]
    p50, p95 = (percentile(asked["milliseconds"], share) for share in (50, 95))
    took = f"{ingested['articles']} articles, {ingested['failed']} failed, {ingested['passages']} passages"
    rows = [
        [f"ingest ({took})", f"{speed:.1f} passages/s, {ingested['articles'] / ingested['seconds']:.1f} articles/s"],
        [f"embedding alone ({embedded['texts']} different texts)", f"{bare:.1f} texts/s"],
        ["ingest beside embedding alone", f"{speed / bare:.0%}"],
        ["peak memory of ingest, of embedding alone", f"{ingested['peak_mb']:.0f} MB, {embedded['peak_mb']:.0f} MB"],
        [f"answer, one at a time ({asked['questions']} questions)", f"p50 {p50:.0f} ms, p95 {p95:.0f} ms"],
        ["peak memory of answering", f"{asked['peak_mb']:.0f} MB"],
        ["whosaid serve until ready", f"{found['serve']['seconds']:.1f} s, {found['serve']['peak_mb']:.0f} MB"],
        [f"whosaid --help (median of {STARTS})", f"{found['help']['seconds']:.2f} s"],
    ]
    return table(["what", "figure"], rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: a step failed; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.add_argument("articles", nargs="?", type=Path, default=DATA / "articles", help="file or folder to index")
    parser.add_argument("questions", nargs="?", type=Path, default=DATA / "questions" / "dev.jsonl", help="JSON lines")
    given = parser.parse_args(arguments)
    if not given.articles.exists():
        parser.error(f"{given.articles} is not there. Name a file or folder of articles.")
    try:
        load([given.questions])
        found = measure(given.articles, given.questions)
    except BadQuestionsError as error:
        parser.error(str(error))
    except BenchError as error:
        sys.stderr.write(f"eval.bench: {error}\n")
        return 1
    made = origin([given.questions], {"articles": str(given.articles)})
    sys.stdout.write(f"{origin_lines(made)}\n\n{as_markdown(found)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
