"""Runs go in, a picture for each question that a reader has comes out; every run has its own colour and shape."""

from __future__ import annotations

from collections.abc import Sequence

from eval.metrics import DEPTH, Estimate
from eval.reporting import Run
from eval.reporting.canvas import (
    BAD,
    DOUBTFUL,
    GOOD,
    GOOD_TOO,
    POINT,
    SOFT,
    Picture,
    label,
    legend,
    look,
    percents,
    picture,
    rows,
)
from eval.reporting.curves import Declining, declining, outcomes, recall, share

HEIGHT = 3.1  # inches of a plot with curves
WIDE = 20  # times the fastest answer that the slowest may take on an even axis
TELLING = 0.04  # of a bar: the room that a number needs
FEW = 5  # answers, from which on a share of them is drawn
DOTS = 25  # points of a curve that a pointer can rest on, about


def outcome_bars(runs: Sequence[Run]) -> str:
    """What became of the questions: a bar a run."""
    with picture(0.9 + 0.5 * len(runs)) as drawn:
        axes, colours = drawn.panel, (GOOD, GOOD_TOO, DOUBTFUL, BAD)
        counted = [outcomes(run.scores) for run in runs]
        for row, (run, counts) in enumerate(zip(runs, counted, strict=True)):
            left = 0.0
            for (name, count), colour in zip(counts.items(), colours, strict=True):
                part = count / len(run.scores)
                (bar,) = axes.barh(row, part, left=left, color=colour, height=0.45)
                drawn.note(bar, f"{run.name}: {name} {count} of {len(run.scores)} ({part:.0%})")
                if part >= TELLING:
                    axes.text(left + part / 2, row + 0.4, f"{count}", ha="center", va="center", fontsize=9, color=SOFT)
                left += part
        rows(axes, [label(run.name) for run in runs])
        percents(axes, "x")
        axes.set_ylim(len(runs) - 0.4, -0.4)
        axes.grid(visible=False)
        drawn.legend([(name, colour, "s", "") for name, colour in zip(counted[0], colours, strict=True)])
        told = (
            f"{r.name}: {', '.join(f'{n} {c}' for n, c in of.items())}" for r, of in zip(runs, counted, strict=True)
        )
        return drawn.svg("outcomes", "What became of the questions", "; ".join(told))


def kinds(runs: Sequence[Run]) -> str:
    """The share right of each kind and of all, every run beside the others."""
    shares = [{**run.summary.kinds, **run.summary.totals} for run in runs]
    totals = list(runs[0].summary.totals)
    names = [name for name in dict.fromkeys(name for of in shares for name in of) if name not in totals] + totals
    known = [{name: of["right"] for name, of in each.items() if of["right"]} for each in shares]
    with picture(0.8 + len(names) * (0.12 + 0.15 * len(runs))) as drawn:
        axes = drawn.panel
        for number, (run, of) in enumerate(zip(runs, known, strict=True)):
            for row, name in enumerate(names):
                if name in of:
                    y = row + (number - (len(runs) - 1) / 2) * 0.72 / len(runs)
                    _interval(drawn, share(of[name]), y, number, f"{run.name}, {name}")
        rows(axes, [f"{label(name)} ({max((of[name].n for of in known if name in of), default=0)})" for name in names])
        axes.axhline(len(names) - len(totals) - 0.5, color=SOFT, linewidth=0.8)
        percents(axes, "x")
        axes.set_xlabel("right")
        legend(drawn, [run.name for run in runs])
        return drawn.svg("kinds", "Right answers by kind of question", "The figures are in the table by kind.")


def latency(runs: Sequence[Run]) -> str:
    """Which share of the answers was there after which time."""
    times = [sorted(each.seconds * 1000 for each in run.scores) for run in runs]
    with picture(HEIGHT) as drawn:
        axes = drawn.panel
        for number, (run, taken) in enumerate(zip(runs, times, strict=True)):
            shares = [n / len(taken) for n in range(len(taken) + 1)]
            axes.step(
                [taken[0], *taken], shares, where="post", color=look(number).colour, linestyle=look(number).dashes
            )
            for percent, ms in ((50, run.summary.p50_ms), (95, run.summary.p95_ms)):
                if ms is not None:
                    _point(drawn, (ms, percent / 100), number, f"{run.name}: p{percent} {ms:.0f} ms", size=POINT + 2)
        least, most = min(each[0] for each in times), max(each[-1] for each in times)
        if most > WIDE * max(least, 0.1):
            axes.set_xscale("log")
            axes.xaxis.set_major_formatter("{x:g}")
        else:
            axes.set_xlim(0, max(most * 1.03, 1))
        percents(axes, "y")
        axes.set_xlabel("milliseconds")
        axes.set_ylabel("answers that are there")
        legend(drawn, [run.name for run in runs])
        told = (
            f"{run.name}: p50 {run.summary.p50_ms or 0:.0f} ms, p95 {run.summary.p95_ms or 0:.0f} ms" for run in runs
        )
        return drawn.svg("latency", "Latency", "; ".join(told))


def retrieval(runs: Sequence[Run]) -> str | None:
    """Recall over the number of passages that are looked at; None where no question names evidence."""
    found = [recall(run.scores) for run in runs]
    if not any(found):
        return None
    with picture(HEIGHT) as drawn:
        axes, ranks = drawn.panel, range(1, DEPTH + 1)
        for number, (run, shares) in enumerate(zip(runs, found, strict=True)):
            if shares:
                _band(drawn, [*map(float, ranks)], shares, number)
            for k, each in zip(ranks, shares, strict=False):
                _point(drawn, (k, each.mean), number, f"{run.name}: recall@{k} {_told(each)}")
        axes.set_xticks([1, *range(5, DEPTH + 1, 5)])
        percents(axes, "y", low=min(each.low for shares in found for each in shares))
        axes.set_xlabel("passages looked at, best first")
        axes.set_ylabel("evidence is among them")
        legend(drawn, [run.name for run in runs])
        told = (
            f"{run.name}: {shares[0].mean:.0%} in the first, {shares[-1].mean:.0%} in the first {DEPTH}"
            for run, shares in zip(runs, found, strict=True)
            if shares
        )
        return drawn.svg("retrieval", "Evidence that the search finds", "; ".join(told))


def risk(runs: Sequence[Run]) -> str | None:
    """The share wrong among answers over the share of questions answered; None where no run gave an answer."""
    found = [_drawable(declining(run.scores)) for run in runs]
    if not any(found):
        return None
    with picture(HEIGHT) as drawn:
        axes = drawn.panel
        for number, (run, points) in enumerate(zip(runs, found, strict=True)):
            if points:
                _band(drawn, [each.coverage for each in points], [each.wrong for each in points], number)
            for each in points[:: max(1, len(points) // DOTS)] + points[-1:]:
                said = f"{each.coverage:.0%} of the questions answered, of these wrong {_told(each.wrong)}"
                place = (each.coverage, each.wrong.mean)
                _point(drawn, place, number, f"{run.name}, confidence {each.threshold:.2f} or more: {said}")
        percents(axes, "x")
        percents(axes, "y", high=1.5 * max(each.wrong.mean for points in found for each in points) + 0.1)
        axes.set_xlabel("questions that are answered")
        axes.set_ylabel("of the answers given, wrong")
        legend(drawn, [run.name for run in runs])
        return drawn.svg("declining", "Wrong answers as fewer are given", "The figures are in the table below it.")


def _drawable(points: Sequence[Declining]) -> list[Declining]:
    """Without those that rest on very few answers."""
    return [each for each in points if each.wrong.n >= min(FEW, points[-1].wrong.n)]


def _interval(drawn: Picture, of: Estimate, y: float, number: int, name: str) -> None:
    drawn.panel.plot([of.low, of.high], [y, y], color=look(number).colour, linewidth=2)
    _point(drawn, (of.mean, y), number, f"{name}: {_told(of)}", size=POINT)


def _band(drawn: Picture, x: Sequence[float], shares: Sequence[Estimate], number: int) -> None:
    style, lows, highs = look(number), [each.low for each in shares], [each.high for each in shares]
    drawn.panel.fill_between(x, lows, highs, color=style.colour, alpha=0.14, linewidth=0)
    drawn.panel.plot(x, [each.mean for each in shares], color=style.colour, linestyle=style.dashes)


def _point(drawn: Picture, place: tuple[float, float], number: int, note: str, *, size: float = POINT - 2) -> None:
    style = look(number)
    (point,) = drawn.panel.plot(
        *place, marker=style.marker, color=style.colour, markersize=size, clip_on=False, zorder=3
    )
    drawn.note(point, note)


def _told(of: Estimate) -> str:
    return f"{of.mean:.3f} ({of.low:.3f}–{of.high:.3f}), n = {of.n}"
