"""Scores go in with what was measured on, a report comes out: plain values for JSON, Markdown to read, and a plot."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eval.cases import Case, digest
from eval.metrics import RESAMPLES, Estimate
from eval.reporting import PlotsUnavailable
from eval.reporting.trust import reliability as drawn
from eval.scoring import MEASURES, Score, Summary
from eval.scoring.reliability import Reliability
from retriever.cores import cores

SHOWN = 100  # failing cases that the Markdown spells out; the records hold all
WIDTH = 300  # characters of a question or answer in the Markdown
PLOT = "reliability.svg"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a run needs to be made again: which code asked what, of what, where and when."""

    made: str  # UTC, ISO 8601
    commit: str | None  # None outside a git checkout
    dirty: bool  # files differ from the commit
    questions: tuple[str, ...]
    questions_sha256: str
    target: Mapping[str, Any]  # models and settings
    machine: Mapping[str, Any]


def origin(questions: Sequence[Path], target: Mapping[str, Any]) -> Origin:
    """Of this run, now, with this checkout."""
    return Origin(
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        commit=_git("rev-parse", "HEAD"),
        dirty=bool(_git("status", "--porcelain")),
        questions=tuple(map(str, questions)),
        questions_sha256=digest(questions),
        target=target,
        machine={
            "system": platform.platform(),
            "processor": platform.processor() or platform.machine(),
            "cores": cores(),
            "python": platform.python_version(),
        },
    )


def _git(*words: str) -> str | None:
    """What git says of the checkout this file is in; None where there is no git or no checkout."""
    git = shutil.which("git")
    if git is None:
        return None
    here = Path(__file__).parent
    ran = subprocess.run([git, *words], cwd=here, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    return ran.stdout.strip() if ran.returncode == 0 else None


def write(folder: Path, origin: Origin, summary: Summary, scores: Sequence[Score], missed: Sequence[str]) -> None:
    """report.json, report.md and reliability.svg, which report.md shows, into a folder that is there.

    Without the packages that draw, report.md says so in place of the plot.
    """
    values = json.dumps(as_values(origin, summary, scores, missed), ensure_ascii=False, indent=1, default=str)
    (folder / "report.json").write_text(values + "\n", encoding="utf-8")
    try:
        (folder / PLOT).write_text(drawn(summary.reliability, alone=True) + "\n", encoding="utf-8")
        plot = f"![Reliability: share right over stated confidence]({PLOT})"
    except PlotsUnavailable as error:
        plot = f"No plot: {error}"
    (folder / "report.md").write_text(as_markdown(origin, summary, scores, missed, plot=plot), encoding="utf-8")


def as_values(origin: Origin, summary: Summary, scores: Sequence[Score], missed: Sequence[str]) -> dict[str, Any]:
    """The report as plain values."""
    return {
        "origin": asdict(origin),
        "summary": asdict(summary),
        "floors_missed": list(missed),
        "failing": [each.case.id for each in scores if not each.right],
        "misplaced_evidence": {each.case.id: list(each.misplaced) for each in scores if each.misplaced},
    }


def record(score: Score) -> dict[str, Any]:
    """One line of the records: the case, the whole answer and what it is worth."""
    return {**asdict(score), "case": asdict(score.case), "seconds": round(score.seconds, 4)}


def as_markdown(
    origin: Origin, summary: Summary, scores: Sequence[Score], missed: Sequence[str], *, plot: str | None = None
) -> str:
    """The report to read: where it comes from, the measures, the kinds, whether confidence can be believed, and every
    failing case with what it got. ``plot``: Markdown that shows the reliability plot, or says why there is none.
    """
    parts = [
        "# Evaluation",
        f"- {summary.cases} questions\n{origin_lines(origin)}",
        *(["## Floors missed", "\n".join(f"- {line}" for line in missed)] if missed else []),
        "## Measures",
        _measures(summary),
        "## By kind",
        _kinds(summary),
        "## Calibration",
        *([plot] if plot else []),
        *_calibration(summary),
        *_misplaced(scores),
        *_failing([each for each in scores if not each.right]),
    ]
    return "\n\n".join(parts) + "\n"


def figure(estimate: Estimate | None) -> str:
    """``0.75 (0.60–0.88)``, or a dash where it does not apply."""
    return f"{estimate.mean:.3f} ({estimate.low:.3f}–{estimate.high:.3f})" if estimate else "–"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first column is to the left, the others to the right."""
    rule = ["---", *["---:"] * (len(heads) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (heads, rule, *rows))


def origin_lines(origin: Origin) -> str:
    """Where a report comes from, as Markdown."""
    commit = f"{origin.commit or 'none'}{' with uncommitted changes' if origin.dirty else ''}"
    lines = [
        f"- made {origin.made}, commit {commit}",
        f"- questions: {', '.join(origin.questions)} (SHA-256 {origin.questions_sha256})",
        f"- machine: {', '.join(f'{name} {value}' for name, value in origin.machine.items())}",
        *(f"- {name}: `{json.dumps(value, ensure_ascii=False, default=str)}`" for name, value in origin.target.items()),
    ]
    return "\n".join(lines)


def _measures(summary: Summary) -> str:
    rows = [
        [name, figure(estimate), str(estimate.n if estimate else 0), MEASURES[name].says]
        for name, estimate in summary.measures.items()
    ]
    error = "–" if summary.calibration_error is None else f"{summary.calibration_error:.3f}"
    notes = [
        f"Means with 95 % intervals (percentile bootstrap over cases, {RESAMPLES:,} resamples).",
        f"Inexact slices: {summary.inexact_slices} of {summary.slices}. "
        f"False quotations: {summary.false_quotations} of {summary.quotations}.",
        f"Latency, one question at a time, after one to warm up: p50 {_ms(summary.p50_ms)}, p95 {_ms(summary.p95_ms)}, "
        f"p99 {_ms(summary.p99_ms)}.",
        f"Expected calibration error of the confidence of answers given: {error}.",
    ]
    return table(["measure", "mean", "n", "what it says"], rows) + "\n\n" + "\n".join(notes)


def _ms(milliseconds: float | None) -> str:
    return "–" if milliseconds is None else f"{milliseconds:.0f} ms"


def _kinds(summary: Summary) -> str:
    shown = ("right", "confidence", "declined", "evidence")
    rows = []
    for kind, measures in {**summary.kinds, **{f"**{name}**": each for name, each in summary.totals.items()}}.items():
        asked, sought = measures["right"], measures["evidence"]
        counts = [str(each.n if each else 0) for each in (asked, sought)]
        rows.append([kind, *(figure(measures[name]) for name in shown), *counts])
    notes = [
        "Declined: right among unanswerable questions, wrong among answerable ones. n: questions of the kind, of which",
        "the last column counts those that name evidence. Confidence: mean of what was stated; calibrated, it is the",
        "share right. Where all questions of a kind came out alike, resampling cannot tell how far chance would go.",
    ]
    return table(["kind", *shown, "n", "n with evidence"], rows) + "\n\n" + "\n".join(notes)


def _calibration(summary: Summary) -> list[str]:
    heads = ["confidence of", "stated", "right", "ECE", "ECE by chance", "ECE, equal mass", "MCE", "Brier score", "n"]
    notes = [
        "An answer given is right with its confidence; of a refusal, confidence is the chance that declining is right.",
        "ECE, expected calibration error: mean distance of confidence and share right over ten equally wide bins, or",
        "over ten that hold equally many. MCE: the largest distance of an equally wide bin. By chance: the ECE that",
        "confidences exactly right would show over as few answers, its mean and where 95 % of them lie. Brier score:",
        "mean squared distance of confidence from what came true. 0 is best in each.",
    ]
    bins = [
        [name, f"{each.low:.1f}–{each.high:.1f}", f"{each.confidence:.3f}", figure(each.right), str(each.right.n)]
        for name, group in summary.reliability.items()
        for each in group.bins
    ]
    return [
        table(heads, [[name, *_reliability(group)] for name, group in summary.reliability.items()]),
        "\n".join(notes),
        table(["of", "bin", "confidence", "right", "n"], bins),
        "Intervals of the bins: Wilson's. Bins without an answer are left out.",
    ]


def _reliability(group: Reliability) -> list[str]:
    expected, equal_mass, most = (
        "–" if error is None else f"{error:.3f}"
        for error in (group.expected_error, group.expected_error_equal_mass, group.maximum_error)
    )
    stated, right, chance = figure(group.confidence), figure(group.right), figure(group.by_chance)
    return [
        stated,
        right,
        expected,
        chance,
        equal_mass,
        most,
        figure(group.brier),
        str(group.right.n if group.right else 0),
    ]


def _misplaced(scores: Sequence[Score]) -> list[str]:
    lines = [f"- {each.case.id}: {_short(text)}" for each in scores for text in each.misplaced]
    if not lines:
        return []
    return ["## Evidence that does not stand in its article (counted as not found)", "\n".join(lines)]


def _failing(scores: Sequence[Score]) -> list[str]:
    left_out = [f"And {len(scores) - SHOWN} more, in the records."] if len(scores) > SHOWN else []
    return [f"## Failing cases ({len(scores)})", *map(_failed, scores[:SHOWN]), *left_out]


def _failed(score: Score) -> str:
    answer = score.answer
    got = (
        f"declined ({answer.reason}): {answer.answer}" if answer.declined else f"{answer.answer} [{score.words} words]"
    )
    before = "".join(f"\n  - {turn.role}: {_short(turn.content)}" for turn in score.case.history)
    return (
        f"- **{score.case.id}** ({score.case.kind}) {_short(score.case.question)}{before}"
        f"\n  - expected: {_short(_expected(score.case))}\n  - got: {_short(got)}"
        f"\n  - evidence cited: {'–' if score.evidence is None else 'yes' if score.evidence else 'no'}"
    )


def _expected(case: Case) -> str:
    if case.unanswerable:
        return "declined"
    wanted = " and ".join(" / ".join(alternatives) for alternatives in case.answer)
    return wanted + (f"; without {', '.join(case.forbid)}" if case.forbid else "") + f"; {case.max_words} words at most"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"
