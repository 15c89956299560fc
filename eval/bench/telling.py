"""Results go in, tables to read come out: each system beside the tutorial, and what whosaid alone does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from eval.bench.results import AT, WORDINGS, Measured, Results, difference
from eval.bench.systems import BARE, TUTORIAL, WHOLE
from eval.metrics import Estimate
from eval.report import table

_MB: Final = 2**20
COST: Final = [
    "system",
    "articles/s (times the tutorial)",
    "CPU seconds a thousand",
    "peak memory, ingest, MB",
    "index, MB",
    "slices",
]
FINDING: Final = [
    "system",
    "first slices after start, s",
    "retrieval p50, p95, ms",
    "peak memory, asked, MB",
    f"evidence@{AT}, paraphrased",
    f"evidence@{AT}, near the source's words",
    "characters a slice",
]
ANSWERING: Final = [
    "articles",
    "answer p50, p95, ms",
    "20 users: answers/s",
    "p95, s",
    "errors",
    "cold start to first answer, s",
    "peak memory of the server, MB",
    "passages/s at ingest beside the bare model's",
]


def as_markdown(results: Results) -> str:
    """Every size in turn, then the answers."""
    parts = [part for size in results.sizes for part in _of_size(results, size)]
    for name in (WHOLE, BARE):
        rows = [_answering(each) for size in results.sizes if (each := _answered(results, name, size)) is not None]
        if rows:
            parts += [f"{name}, whole extractive answers:", table(ANSWERING, rows)]
    return "\n\n".join(parts)


def _of_size(results: Results, size: int) -> list[str]:
    cost, found = [], []
    for name in results.systems:
        measured = results.measured.get((name, size))
        if measured is not None:
            cost.append(_cost(measured, results.measured.get((TUTORIAL, size))))
            found.append(_finding(measured))
        elif (seconds := results.skipped.get((name, size))) is not None:
            told = f"not run: ingest would take {seconds / 60:.0f} min"
            cost.append([name, told, *["–"] * (len(COST) - 2)])
    lines = [*_untimed(results, size), *_differences(results, size)]
    return [f"**{size:,} articles**", table(COST, cost), *([table(FINDING, found)] if found else []), *lines]


def _untimed(results: Results, size: int) -> list[str]:
    found = [each.system for (_, at), each in results.measured.items() if at == size and not each.made]
    return [f"The index of {', '.join(found)} was there already: its making was not timed."] if found else []


def _cost(each: Measured, tutorial: Measured | None) -> list[str]:
    speed, other = each.documents_per_second, tutorial and tutorial.documents_per_second
    ratio = f" ({speed / other:.1f}×)" if speed and other else ""
    return [
        each.system,
        f"{speed:.1f}{ratio}" if speed else "–",
        f"{each.middle('build', 'cpu_seconds') / each.size * 1000:.0f}" if each.made else "–",
        f"{each.middle('build', 'peak_mb'):.0f}" if each.made else "–",
        f"{each.middle('build', 'index_bytes') / _MB:.0f}",
        f"{each.middle('build', 'slices'):,.0f}",
    ]


def _finding(each: Measured) -> list[str]:
    return [
        each.system,
        f"{each.middle('ask', 'first_seconds'):.1f}",
        f"{each.milliseconds('ask', 50):.1f}, {each.milliseconds('ask', 95):.1f}",
        f"{each.middle('ask', 'peak_mb'):.0f}",
        *(_share(each.recall(wording)) for wording in WORDINGS),
        f"{each.runs[0]['characters']:.0f}",
    ]


def _share(estimate: Estimate | None) -> str:
    return f"{estimate.mean:.2f} ({estimate.low:.2f}–{estimate.high:.2f})" if estimate else "–"


def _answered(results: Results, name: str, size: int) -> Measured | None:
    found = results.measured.get((name, size))
    return found if found is not None and all("served" in run for run in found.runs) else None


def _answering(each: Measured) -> list[str]:
    share = each.embedding_share
    return [
        f"{each.size:,}",
        f"{each.milliseconds('answers', 50):.0f}, {each.milliseconds('answers', 95):.0f}",
        f"{each.answers_per_second():.1f}",
        f"{each.milliseconds('served', 95) / 1000:.2f}",
        f"{each.middle('served', 'errors'):.0f}",
        f"{each.middle('served', 'first_seconds'):.1f}",
        f"{each.middle('served', 'peak_mb'):.0f}",
        "–" if share is None else f"{share:.0%}",
    ]


def _differences(results: Results, size: int) -> Sequence[str]:
    """What whosaid finds more than each other system, with paired intervals."""
    ours = results.measured.get((WHOLE, size)) or results.measured.get((BARE, size))
    lines = []
    for name in results.systems:
        theirs = results.measured.get((name, size))
        if ours is not None and theirs is not None and name not in (WHOLE, BARE):
            told = ", ".join(f"{wording} {_signed(difference(ours, theirs, wording))}" for wording in WORDINGS)
            lines.append(f"- {ours.system} less {name}, evidence@{AT}: {told}")
    return ["\n".join(lines)] if lines else []


def _signed(found: Estimate | None) -> str:
    return f"{found.mean:+.2f} ({found.low:+.2f} to {found.high:+.2f})" if found else "–"
