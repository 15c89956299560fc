"""``python -m eval.judge RUN --model PROVIDER:NAME``: a chat model judges the answers of a run, beside the rules.

RUN is a folder written by ``eval.run --out``. Verdicts are kept there, in judged.jsonl, with model, prompt and
temperature; after an interruption it goes on where it was. No judge is to be believed unchecked: with ``--labels`` it
first judges answers that a person has judged (eval/data/judging/labels.jsonl), and its agreement is told.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tqdm import tqdm

from eval.judging import report
from eval.judging.answers import JudgingError, Run, Shown, labelled, of_run
from eval.judging.asking import Judge, verdicts
from prompts.loading import Prompt, PromptUnusable, prompt
from service.chatmodel.model import opened
from service.chatmodel.provider import Wanted
from service.errors import ServiceError

JUDGED, REPORT = "judged.jsonl", "judged.md"
LABELS = Path(__file__).parent / "data" / "judging" / "labels.jsonl"
KEY = "JUDGE_KEY"  # variable with the key of a judge at an address of one's own
DONE, DOUBTED, USAGE = 0, 1, 2
_REPLY = 160  # tokens


def main(arguments: Sequence[str] | None = None, *, opening: Callable[[Wanted], Judge] = opened) -> int:
    """Exit code 0: done; 1: the model or the run failed, or the judge is not to be believed; 2: wrong usage."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        key = os.environ.get(KEY)
        judge = opening(Wanted(model=given.model, url=given.url, key=key, timeout=given.timeout, reply=_REPLY))
    except ValueError as error:
        parser.error(f"--model {given.model!r}: {error}")  # exits with 2
    try:
        known = labelled(given.labels)[: given.limit] if given.labels else []
        run = _run(given.run, given.model, only_labels=bool(known))
        told, doubted = _judged(known, run.answers[: given.limit], judge, given.run)
    except (ServiceError, PromptUnusable, OSError) as error:
        sys.stderr.write(f"eval.judge: {error}\n")
        return DOUBTED
    (given.run / REPORT).write_text(told, "utf-8")
    sys.stdout.write(told)
    return DOUBTED if doubted else DONE


def _run(folder: Path, model: str, *, only_labels: bool) -> Run:
    """Raises JudgingError, also where the judge wrote what it would judge."""
    if only_labels and not (folder / "records.jsonl").exists():
        folder.mkdir(parents=True, exist_ok=True)
        return Run((), frozenset())
    run = of_run(folder)
    if model in run.writers:
        raise JudgingError(
            "it wrote answers of this run", thing="judge", value=model, remedy="Name another model to judge them."
        )
    return run


def _judged(
    known: Sequence[Shown], answers: Sequence[Shown], judge: Judge, folder: Path
) -> tuple[str, bool]:  # fmt: skip
    """The report, and whether the labels speak against the judge. Raises ModelFailed."""
    used = prompt("judge")
    labels = _with_verdicts(known, judge, used, folder / JUDGED)
    judged = _with_verdicts(answers, judge, used, folder / JUDGED)
    parts, doubted = [report.heading([*labels, *judged])], False
    if labels:
        text, found = report.checked(labels)
        parts.append(text)
        doubted = bool(found.doubts)
    else:
        parts.append(report.UNCHECKED)
    if judged:
        parts.append(report.of_run(judged))
    return "\n\n".join(parts) + "\n", doubted


def _with_verdicts(answers: Sequence[Shown], judge: Judge, used: Prompt, kept: Path) -> report.Judged:
    told = tqdm(verdicts(answers, judge, used, kept), total=len(answers), unit="answer", file=sys.stderr)
    return list(zip(answers, told, strict=True))


def _positive(written: str) -> int:
    number = int(written)
    if number < 1:
        raise ValueError(written)
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.judge", description=__doc__)
    parser.add_argument("run", type=Path, metavar="RUN", help="folder written by eval.run --out")
    parser.add_argument("--model", required=True, metavar="PROVIDER:NAME", help="such as openai:gpt-4.1-mini")
    parser.add_argument("--url", help=f"address of the model's server, where it is one's own; its key: {KEY}")
    parser.add_argument("--timeout", type=float, default=60.0, help="seconds to the first token and between two (60)")
    parser.add_argument("--limit", type=_positive, help="only the first so many answers, and labels")
    parser.add_argument(
        "--labels", type=Path, nargs="?", const=LABELS, metavar="LABELS.jsonl",
        help="answers judged by hand (no file named: the project's); RUN may then be a new folder",
    )  # fmt: skip
    return parser


if __name__ == "__main__":
    sys.exit(main())
