"""``python -m eval.bench [ARTICLES [QUESTIONS]]``: how fast articles go in and answers come out, in how much memory.

Every step runs in a process of its own over an index folder that is made for it and removed: its peak memory is its
own. Ingest and bare embedding are measured one after the other, so that their ratio holds on a machine that is busy.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import httpx

from eval.cases import BadQuestionsError, load
from eval.metrics import percentile
from eval.report import origin, origin_lines, table
from eval.targets import opened
from service.records import Question
from service.settings import Settings

DATA = Path(__file__).with_name("data")
STARTS = 5  # of which the median is told
_COMMAND = "from service.cli import main; main()"
_STEP = """
import json, sys
from eval import bench
measured = bench.STEPS[sys.argv[1]](*sys.argv[2:])
sys.stdout.write(json.dumps({**measured, "peak_mb": bench.peak_mb()}))
"""


class BenchError(Exception):
    """Raised when a step failed; its own words stand on the error output before."""


# ---- steps: each in a process of its own, plain values out


def ingest(articles: str, data: str) -> dict[str, Any]:
    """Index the articles; seconds from the first file to the last outcome, the model loaded before."""
    from service.wiring import build

    settings = Settings.load(data=Path(data))
    parts = build(settings)
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.txt"
        small.write_text("The model is loaded by the first article that comes.", encoding="utf-8")
        list(parts.articles.ingest([small]))
        parts.articles.remove(small.name)
    began = perf_counter()
    outcomes = [outcome.status for outcome in parts.articles.ingest([Path(articles)])]
    seconds = perf_counter() - began
    passages = parts.articles.status()["passages"]
    return {"articles": len(outcomes), "failed": outcomes.count("failed"), "passages": passages, "seconds": seconds}


def embed(data: str) -> dict[str, Any]:
    """The texts of the same passages, each once, through the model and nothing else."""
    from eval.retrieval import articles_of
    from retriever.embedding import MiniLM
    from retriever.splitting import embedded_text

    parts, settings = opened(Path(data))
    articles = articles_of(parts)
    texts = list({embedded_text(each, passage) for each in articles for passage in parts.articles.passages(each.id)})
    model = MiniLM(cache=settings.cache, threads=settings.threads)
    model.vectors(["The first text loads the model."])
    began = perf_counter()
    model.vectors(texts)
    return {"texts": len(texts), "seconds": perf_counter() - began}


def ask(questions: str, data: str) -> dict[str, Any]:
    """Every question once, one at a time, after one to warm up: milliseconds each."""
    parts, _ = opened(Path(data))
    asked = [Question(case.question, case.history) for case in load([Path(questions)])]
    milliseconds = []
    for question in [asked[0], *asked]:
        began = perf_counter()
        for _event in parts.answering.events(question):
            pass
        milliseconds.append((perf_counter() - began) * 1000)
    return {"questions": len(asked), "milliseconds": milliseconds[1:]}


STEPS = {"ingest": ingest, "embed": embed, "ask": ask}


# ---- processes


def run(*arguments: str) -> tuple[str, float]:
    """What a Python process wrote, and its seconds from start to end. Raises BenchError."""
    began = perf_counter()
    ran = subprocess.run([sys.executable, *arguments], stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - our own
    if ran.returncode:
        raise BenchError(f"{' '.join(arguments[2:] or arguments)} ended with {ran.returncode}")
    return ran.stdout, perf_counter() - began


def step(name: str, *arguments: object) -> dict[str, Any]:
    """What a step measured, with the ``peak_mb`` of its process. Raises BenchError."""
    measured: dict[str, Any] = json.loads(run("-c", _STEP, name, *map(str, arguments))[0])
    return measured


def serving(data: Path) -> dict[str, Any]:
    """Seconds from ``whosaid serve`` until /readyz says so, and the peak memory until then. Raises BenchError."""
    began = perf_counter()
    command = [sys.executable, "-c", _COMMAND, "serve", "--port", "0", "--data", str(data)]
    quiet = {**os.environ, "WHOSAID_LOG_LEVEL": "warning"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=quiet) as process:  # noqa: S603 - our own
        try:
            addresses = (line.split()[-1] for line in process.stdout or () if "is ready at" in line)
            if (address := next(addresses, None)) is None:
                raise BenchError(f"whosaid serve over {data} did not become ready")
            httpx.get(f"{address}/readyz").raise_for_status()
            return {"seconds": perf_counter() - began, "peak_mb": peak_mb(process.pid)}
        finally:
            process.terminate()


def peak_mb(process: int | str = "self") -> float:
    """The most memory that a process has held so far, in MB.

    Linux's own figure of it: what getrusage tells of a child starts at what its parent held.
    """
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


# ---- the whole


def measure(articles: Path, questions: Path) -> dict[str, Any]:
    """All figures. Raises BenchError."""
    with tempfile.TemporaryDirectory(prefix="whosaid-bench-") as folder:
        data = Path(folder) / "index"
        return {
            "ingest": step("ingest", articles, data),
            "embed": step("embed", data),
            "ask": step("ask", questions, data),
            "serve": serving(data),
            "help": {"seconds": median(run("-c", _COMMAND, "--help")[1] for _ in range(STARTS))},
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
