"""Runs go in, the page's tables come out, as words; whatever measures and kinds there are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from eval.metrics import Estimate, percentile
from eval.report import figure
from eval.reporting import Run
from eval.reporting.curves import Declining, at, outcomes, recall, share
from eval.scoring import MEASURES, RANKS, Score
from eval.scoring.paired import difference, sign_test, won_and_lost

THRESHOLDS = (0.0, 0.3, 0.5, 0.7, 0.9)


@dataclass(frozen=True, slots=True)
class Table:
    """The first cell of a row names it. ``words``: how many of the last columns hold sentences rather than figures."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: int = 0


@dataclass(frozen=True, slots=True)
class Differences:
    """What a run gained and lost to the first one, over ``n`` questions that both asked."""

    n: int
    drawn: Mapping[str, Estimate]  # of the measures that are shares, or go from 0 to 1
    table: Table


def overview(runs: Sequence[Run]) -> Table:
    """A row a run: what a reader wants to know first."""
    heads = ["run", "questions", "right", "wrong answers", "wrongly declined", "p50", "p95"]
    rows = []
    for run in runs:
        counts, right = outcomes(run.scores), run.summary.measures["right"]
        wrong = [str(counts[name]) for name in ("wrong answer", "wrongly declined")]
        times = [_ms(each) for each in (run.summary.p50_ms, run.summary.p95_ms)]
        rows.append([run.name, str(run.summary.cases), figure(right), *wrong, *times])
    return Table("At a glance", heads, rows)


def measures(runs: Sequence[Run]) -> Table:
    """Every measure of every run with its interval."""
    names = dict.fromkeys(name for run in runs for name in run.summary.measures)
    heads = [
        "measure",
        *(head for run in runs for head in (run.name if len(runs) > 1 else "mean", "n")),
        "what it says",
    ]
    rows = []
    for name in names:
        each = [run.summary.measures.get(name) for run in runs]
        cells = [cell for of in each for cell in (figure(of), str(of.n if of else 0))]
        rows.append([name, *cells, MEASURES[name].says if name in MEASURES else ""])
    return Table("Measures", heads, rows, words=1)


def right_by_kind(runs: Sequence[Run]) -> Table:
    """The share right of every kind and of all, every run beside the others."""
    of = [{**run.summary.kinds, **run.summary.totals} for run in runs]
    totals = list(runs[0].summary.totals)
    names = [name for name in dict.fromkeys(name for each in of for name in each) if name not in totals]
    rows = []
    for name in [*names, *totals]:
        found = [each.get(name, {}).get("right") for each in of]
        rows.append([name, *(cell for one in found for cell in (figure(share(one) if one else None), _n(one)))])
    heads = ["kind", *(head for run in runs for head in (run.name if len(runs) > 1 else "right", "n"))]
    return Table("Right by kind", heads, rows)


def kinds(run: Run) -> Table:
    """The means of everything that is known by kind."""
    by_kind = {**run.summary.kinds, **run.summary.totals}
    heads = list(dict.fromkeys(name for of in by_kind.values() for name in of))
    rows = [
        [kind, *(f"{found.mean:.3f} ({found.n})" if (found := of.get(name)) else "–" for name in heads)]
        for kind, of in by_kind.items()
    ]
    return Table(f"By kind: {run.name}", ["kind", *heads], rows)


def calibration(run: Run) -> Table:
    """Whether the confidence of answers, of refusals and of all can be believed."""
    heads = ["confidence of", "n", "stated", "right", "calibration error", "by chance", "largest gap", "Brier score"]
    rows = []
    for name, of in run.summary.reliability.items():
        errors = ["–" if each is None else f"{each:.3f}" for each in (of.expected_error, of.maximum_error)]
        row = [figure(of.confidence), figure(of.right), errors[0], figure(of.by_chance), errors[1], figure(of.brier)]
        rows.append([name, _n(of.right), *row])
    return Table(f"Calibration: {run.name}", heads, rows)


def thresholds(run: Run) -> Table:
    """What would be answered, and how wrongly, if less certain answers were declined."""
    given = [each.answer.confidence for each in run.scores if not each.answer.declined]
    points = [at(run.scores, each) for each in THRESHOLDS if given and each <= max(given)]
    return Table(
        f"Declining more: {run.name}", ["confidence", "answered", "wrong among them", "n"], [*map(_point, points)]
    )


def _point(point: Declining) -> list[str]:
    return [f"{point.threshold:g} or more", f"{point.coverage:.0%}", figure(point.wrong), str(point.wrong.n)]


def steps(runs: Sequence[Run]) -> Table:
    """Where the time of an answer goes, as far as the answers tell."""
    rows = []
    for run in runs:
        times: dict[str, list[float]] = {}
        for score in run.scores:
            for name, ms in (score.answer.timings_ms or {}).items():
                times.setdefault(name, []).append(ms)
        rows += [
            [
                f"{run.name}: {name}" if len(runs) > 1 else name,
                _ms(percentile(ms, 50)),
                _ms(percentile(ms, 95)),
                str(len(ms)),
            ]
            for name, ms in times.items()
        ]
    return Table("Where the time goes", ["step", "p50", "p95", "n"], rows)


def latencies(run: Run) -> Table:
    """How long answers take by kind."""
    rows = [[kind, *map(_ms, (of.p50_ms, of.p95_ms, of.p99_ms)), str(of.n)] for kind, of in run.summary.latency.items()]
    return Table(f"Latency by kind: {run.name}", ["kind", "p50", "p95", "p99", "n"], rows)


def evidence(runs: Sequence[Run]) -> Table:
    """Recall at the ranks that the scores hold."""
    found = {run.name: of for run in runs if (of := recall(run.scores))}
    rows = [
        [f"in the first {k}" if k > 1 else "in the first", *(figure(of[k - 1]) for of in found.values())] for k in RANKS
    ]
    heads = [f"{name if len(runs) > 1 else 'found'} (n = {of[0].n})" for name, of in found.items()]
    return Table("Evidence found", ["passages", *heads], rows)


def differences(name: str, pairs: Sequence[tuple[Score, Score]]) -> Differences:
    """Of a run to the first one, question by question."""
    drawn, rows = {}, []
    for measure, of in MEASURES.items():
        was, became = ([of.of(pair[run]) for pair in pairs] for run in (0, 1))
        change = difference(was, became)
        if change is None:
            continue
        known = [value for value in [*was, *became] if value is not None]
        if all(0 <= value <= 1 for value in known):
            drawn[measure] = change
        won, lost = won_and_lost(was, became, less_is_better=of.less_is_better)
        p = f"{sign_test(won, lost):.3f}" if won or lost else "–"
        rows.append(
            [
                measure,
                f"{change.mean:+.3f} ({change.low:+.3f} to {change.high:+.3f})",
                f"{won}–{lost}",
                p,
                str(change.n),
            ]
        )
    heads = ["measure", "difference", "won–lost", "p", "n"]
    return Differences(len(pairs), drawn, Table(f"Differences: {name}", heads, rows))


def origin(run: Run) -> list[tuple[str, str]]:
    """Every field of where a run comes from, named, what is nested as indented JSON."""
    return [(each.name.replace("_", " "), _plain(getattr(run.origin, each.name))) for each in fields(run.origin)]


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return json.dumps(dict(value), ensure_ascii=False, indent=1, default=str)
    if isinstance(value, tuple | list):
        return "\n".join(map(str, value))
    if value is None or isinstance(value, bool):
        return {None: "none", True: "yes", False: "no"}[value]
    return str(value)


def _n(of: Estimate | None) -> str:
    return str(of.n if of else 0)


def _ms(milliseconds: float | None) -> str:
    return "–" if milliseconds is None else f"{milliseconds:,.0f} ms"
