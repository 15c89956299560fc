"""Runs go in, the page comes out: the template of ``templates/report.html`` filled, everything in it escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eval.metrics import RESAMPLES
from eval.reporting import PlotsUnavailable, Run, plots, tables, trust
from eval.reporting.canvas import dark_rules, look
from eval.reporting.cases import Card, Shown, Texts, cards_and_rows
from eval.reporting.curves import shared
from eval.reporting.faults import FAULTS
from eval.reporting.tables import Table
from eval.scoring import MEASURES

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class Part:
    """A section: SVGs, what they say, and tables; ``folded`` ones wait for who asks."""

    id: str
    name: str
    says: str
    svgs: Sequence[str] = ()
    tables: Sequence[Table] = ()
    folded: Sequence[Table] = ()


def page(runs: Sequence[Run], texts: Texts) -> str:
    """HTML. Raises PlotsUnavailable."""
    environment = _environment()
    cards, rows = cards_and_rows(runs, texts)
    script = _source(environment, "report.js")
    written = environment.get_template("report.html").render(
        runs=runs,
        looks=[look(number) for number in range(len(runs))],
        overview=tables.overview(runs),
        outcomes=plots.outcome_bars(runs),
        parts=_parts(runs),
        origins=[tables.origin(run) for run in runs],
        cards=cards,
        rows=rows,
        fault_names=FAULTS,
        choices=_choices(cards, rows),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        style=_source(environment, "report.css") + dark_rules(),
    )
    return written.encode("utf-8", "replace").decode("utf-8")  # articles may hold halves of surrogate pairs


def _parts(runs: Sequence[Run]) -> list[Part]:
    """The sections before the cases, those left out that have nothing to show."""
    retrieval = plots.retrieval(runs)
    return [
        Part(
            "kinds",
            "By kind of question",
            "Share right, with 95 % intervals (Wilson’s) and how many questions there are. An unanswerable question is "
            "right when it is declined.",
            svgs=[plots.kinds(runs)],
            tables=[tables.right_by_kind(runs)],
            folded=[tables.kinds(run) for run in runs],
        ),
        *(_confidence(run, number, several=len(runs) > 1) for number, run in enumerate(runs)),
        _declining(runs),
        Part(
            "latency",
            "Latency",
            "Which share of the answers was there after which time, one question at a time; marked are the 50th and "
            "the 95th percentile.",
            svgs=[plots.latency(runs)],
            tables=[times] if (times := tables.steps(runs)).rows else [],
            folded=[tables.latencies(run) for run in runs],
        ),
        *(
            [
                Part(
                    "retrieval",
                    "Retrieval",
                    "Of the questions that name evidence, the share whose evidence is among the first passages that "
                    "the search finds, with 95 % intervals (Wilson’s).",
                    svgs=[retrieval],
                    tables=[tables.evidence(runs)],
                )
            ]
            if retrieval
            else []
        ),
        *(_difference(runs[0], run, number) for number, run in enumerate(runs) if number),
        Part(
            "measures",
            "Measures",
            f"Means with 95 % intervals (percentile bootstrap over questions, {RESAMPLES:,} resamples). n: questions "
            "that a measure applies to.",
            tables=[tables.measures(runs)],
        ),
    ]


def _confidence(run: Run, number: int, *, several: bool) -> Part:
    groups = run.summary.reliability
    svgs = [
        trust.reliability({name: group}, name=f"reliability-{number}-{at}")
        for at, (name, group) in enumerate(groups.items())
        if group.bins
    ]
    return Part(
        f"confidence-{number}",
        f"Confidence: {run.name}" if several else "Confidence",
        "Share right over the confidence that was stated, with 95 % intervals (Wilson’s); bars: how many there are. On "
        "the dashed line, confidence is what comes true; above it confidence is too low, under it too high. The "
        "confidence of a refusal is the chance that declining is right.",
        svgs=svgs,
        folded=[tables.calibration(run)],
    )


def _declining(runs: Sequence[Run]) -> Part:
    drawn = plots.risk(runs)
    return Part(
        "declining",
        "Declining more",
        "If answers under some confidence were declined as well, fewer questions would be answered (to the left) and "
        "fewer answers be wrong (down). The rightmost point of a line is the run as it was.",
        svgs=[drawn] if drawn else [],
        tables=[each for run in runs if (each := tables.thresholds(run)).rows],
    )


def _difference(first: Run, run: Run, number: int) -> Part:
    pairs = shared(first.scores, run.scores)
    name = f"{run.name} less {first.name}"
    of = tables.differences(name, pairs)
    less = [measure for measure, each in MEASURES.items() if each.less_is_better]
    return Part(
        f"difference-{number}",
        f"Difference: {name}",
        f"Paired over the {of.n} questions that both runs asked, with 95 % intervals (percentile bootstrap, both "
        "answers of a question together). ↓: less is better. Coloured and full: the interval leaves out zero. "
        "Won–lost: questions better or worse; p: two-sided exact sign test of those.",
        svgs=[trust.differences(of.drawn, less_is_better=less, name=f"difference-{number}", title=name)]
        if of.drawn
        else [],
        tables=[of.table] if of.table.rows else [],
    )


def _choices(cards: Sequence[Card], rows: Sequence[Shown]) -> dict[str, list[str]]:
    """What the cases can be filtered by."""
    every = [card.shown for card in cards] + list(rows)
    found = {fault.name for card in cards for fault in card.shown.faults}
    return {
        "kind": sorted({each.score.case.kind for each in every}),
        "fault": [fault.name for fault in FAULTS if fault.name in found],
        "run": list(dict.fromkeys(each.name for each in sorted(every, key=lambda each: each.run))),
    }


def _environment() -> Environment:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ModuleNotFoundError as error:
        raise PlotsUnavailable(error.name or "jinja2") from error
    environment = Environment(
        loader=PackageLoader("eval.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(short=_short, web=_web)
    return environment


def _source(environment: Environment, name: str) -> str:
    """A file of the templates as it is."""
    loader: Any = environment.loader
    return str(loader.get_source(environment, name)[0])


def _short(text: str, most: int = 160) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _web(url: str | None) -> bool:
    return bool(url) and str(url).startswith(("http://", "https://"))
