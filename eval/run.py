"""``python -m eval.run``: asks every question of the given files, one at a time, and reports what answers are worth."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from tqdm import tqdm

from eval import compare
from eval.cases import digest
from eval.report import as_markdown, origin, write
from eval.reporting import PlotsUnavailable, Run, as_html
from eval.running.measuring import Judge, measure
from eval.running.planning import Plan, UsageError, parser, planned
from eval.running.resuming import ResumeError, begin, begun, recorded, resume
from eval.scoring import Score, citing, exceeded, missed, summarise
from eval.targets import Answerer, OverHttp, Target, TargetError, in_process
from retriever.errors import RetrieverError
from service.errors import ServiceError

__all__ = ["main", "measure"]
DONE, FLOOR_MISSED, USAGE, INTERRUPTED = 0, 1, 2, 130  # the last as shells say it


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: a floor is missed or the target failed; 2: wrong usage; 130: interrupted."""
    usage = parser(__doc__)
    plan = None
    try:
        plan = planned(usage.parse_args(arguments))
        return _reported(plan)
    except (UsageError, ResumeError) as error:
        usage.error(str(error))  # exits with 2
    except (TargetError, RetrieverError, ServiceError) as error:
        sys.stderr.write(f"eval.run: {error}\n{_remedy(plan)}")
        return FLOOR_MISSED
    except KeyboardInterrupt:
        sys.stderr.write(f"eval.run: interrupted.\n{_remedy(plan)}")
        return INTERRUPTED


def _remedy(plan: Plan | None) -> str:
    """How to go on, where anything was answered."""
    folders = [plan.folder(each) for each in plan.answerers] if plan else []
    if plan is None or not any(folder and begun(folder) for folder in folders):
        return ""
    return f"What was answered is in {plan.out}. Run the same command with --resume: it goes on from there.\n"


def _reported(plan: Plan) -> int:
    """Ask, write each report, print the figures, write what is over all; the exit code."""
    judge = citing.opened() if plan.citations else None
    with ExitStack() as opened:
        targets = {each: opened.enter_context(closing(_target(plan, each))) for each in plan.answerers}
        runs = [_run(plan, each, target, judge) for each, target in targets.items()]
        comparison = _comparison(runs)
        for run in runs:
            sys.stdout.write(_shown(run, named=len(runs) > 1))
            sys.stderr.write("".join(f"eval.run: {line}\n" for line in run.missed))
        sys.stdout.write(comparison)
        if plan.out:
            _write(plan.out, runs, comparison, targets[plan.answerers[0]].text)
    return FLOOR_MISSED if any(run.missed for run in runs) else DONE


def _target(plan: Plan, answerer: Answerer) -> Target:
    return OverHttp(plan.url) if plan.url else in_process(plan.data, answerer)


def _run(plan: Plan, answerer: Answerer, target: Target, judge: Judge | None) -> Run:
    """All questions asked of one answerer, and its report written."""
    scores = _scores(plan, answerer, target, judge)
    made = origin(plan.questions, {"answerer": answerer.name, **target.described()})
    summary = summarise(scores)
    short = [*missed(summary, plan.floors), *exceeded(summary, plan.ceilings)]
    run = Run(answerer.name, made, summary, scores, short)
    if folder := plan.folder(answerer):
        write(folder, made, summary, scores, short)
    return run


def _scores(plan: Plan, answerer: Answerer, target: Target, judge: Judge | None) -> list[Score]:
    """In the order of the cases; with a folder, each is in its records as soon as it is known."""
    folder, kept = plan.folder(answerer), list[Score]()
    if folder:
        asked = {
            "questions_sha256": digest(plan.questions),
            "answerer": answerer.name,
            "citations": plan.citations,
            "target": target.described(),
        }
        if plan.resume:
            kept = resume(folder, asked, plan.cases)
        else:
            begin(folder, asked)
    known = {each.case.id: each for each in kept}
    new = measure([case for case in plan.cases if case.id not in known], target, answerer=answerer, judge=judge)
    new = recorded(new, folder) if folder else new
    several = answerer.name if len(plan.answerers) > 1 else None
    bar = tqdm(new, total=len(plan.cases), initial=len(kept), desc=several, unit="question", file=sys.stderr)
    known |= {each.case.id: each for each in bar}
    return [known[case.id] for case in plan.cases]


def _comparison(runs: Sequence[Run]) -> str:
    """How each further answerer differs from the first, question by question; empty where there is one."""
    first, *others = ({each.case.id: each for each in run.scores} for run in runs)
    parts = [
        f"\n# {runs[0].name} (before) and {run.name} (after)\n\n{compare.as_markdown(compare.paired(first, other))}\n"
        for run, other in zip(runs[1:], others, strict=True)
    ]
    return "".join(parts)


def _write(out: Path, runs: Sequence[Run], comparison: str, text: Callable[[str], str | None]) -> None:
    """What is over all runs: the page, and how they differ."""
    if comparison:
        (out / "comparison.md").write_text(comparison.lstrip(), encoding="utf-8")
    try:
        (out / "report.html").write_text(as_html(runs, text), encoding="utf-8")
    except PlotsUnavailable as error:
        sys.stderr.write(f"eval.run: no report.html: {error}\n")


def _shown(run: Run, *, named: bool) -> str:
    figures = as_markdown(run.origin, run.summary, run.scores, run.missed).partition("\n## Failing cases")[0]
    return f"{figures.replace('# Evaluation', f'# Evaluation: {run.name}', 1) if named else figures}\n"


if __name__ == "__main__":
    sys.exit(main())
