"""``python -m eval.run``: asks every question of the given files, one at a time, and reports what answers are worth."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from time import perf_counter

from tqdm import tqdm

from eval.cases import BadQuestionsError, Case, load
from eval.metrics import DEPTH
from eval.report import PLOT, as_markdown, origin, record, write
from eval.scoring import MEASURES, BadFloorError, Score, floors, missed, score, summarise
from eval.targets import OverHttp, Target, TargetError, in_process
from service.records import Answer, Question

DONE, FLOOR_MISSED, USAGE = 0, 1, 2


def measure(cases: Sequence[Case], target: Target) -> Iterator[Score]:
    """One score a case, as it is done. The first question is asked once before, so that no time holds a cold start.

    Raises TargetError.
    """
    target.ask(_question(cases[0]))
    for case in cases:
        began = perf_counter()
        answer = target.ask(_question(case))
        seconds = perf_counter() - began
        # Outside the measured time: what the score needs besides the answer. The stand-alone form of the question is
        # what was searched for; for a follow-up the typed words alone would find nothing.
        ranked = target.ranked(answer.question, DEPTH) if case.evidence else []
        yield score(case, answer, seconds=seconds, ranked=ranked, texts=_texts(case, answer, target))


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: a floor is missed or the target failed; 2: wrong usage."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        asked = floors(given.fail_under)
        cases = _chosen(load(given.questions), kinds=given.kind, limit=given.limit)
    except (BadFloorError, BadQuestionsError) as error:
        parser.error(str(error))  # exits with 2
    if not cases:
        parser.error(f"no question is left of kind {', '.join(given.kind)}")
    try:
        with closing(OverHttp(given.url) if given.url else in_process(given.data)) as target:
            scores = _measured(cases, target, given.out)
            made = origin(given.questions, target.described())
    except TargetError as error:
        sys.stderr.write(f"eval.run: {error}\n")
        return FLOOR_MISSED
    summary = summarise(scores)
    short = missed(summary, asked)
    if given.out:
        write(given.out, made, summary, scores, short)
    sys.stdout.write(as_markdown(made, summary, scores, short).partition("\n## Failing cases")[0] + "\n")
    for line in short:
        sys.stderr.write(f"eval.run: {line}\n")
    return FLOOR_MISSED if short else DONE


def _measured(cases: Sequence[Case], target: Target, out: Path | None) -> list[Score]:
    """All scores; with ``out``, each is written to its records as soon as it is known."""
    progress = tqdm(measure(cases, target), total=len(cases), unit="question", file=sys.stderr)
    if out is None:
        return list(progress)
    out.mkdir(parents=True, exist_ok=True)
    scores = []
    with (out / "records.jsonl").open("w", encoding="utf-8") as records:
        for each in progress:
            records.write(json.dumps(record(each), ensure_ascii=False, default=str) + "\n")
            records.flush()
            scores.append(each)
    return scores


def _question(case: Case) -> Question:
    return Question(case.question, history=case.history)


def _texts(case: Case, answer: Answer, target: Target) -> dict[str, str]:
    ids = dict.fromkeys([each.document for each in case.evidence] + [each.document_id for each in answer.citations])
    return {name: text for name in ids if (text := target.text(name)) is not None}


def _chosen(cases: Sequence[Case], *, kinds: Sequence[str], limit: int | None) -> list[Case]:
    return list(islice((case for case in cases if not kinds or case.kind in kinds), limit))


def _positive(written: str) -> int:
    number = int(written)
    if number < 1:
        raise ValueError(written)
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.run",
        description=__doc__,
        epilog="Measures: " + "; ".join(f"{name}: {each.says}" for name, each in MEASURES.items()).replace("%", "%%"),
    )
    parser.add_argument("questions", nargs="+", type=Path, metavar="QUESTIONS.jsonl")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--url", help="a running service, such as http://127.0.0.1:8000")
    where.add_argument("--data", type=Path, help="index folder, asked in process (default: the one the settings name)")
    parser.add_argument("--out", type=Path, help=f"folder for report.json, report.md, {PLOT} and records.jsonl")
    parser.add_argument(
        "--fail-under", action="append", default=[], metavar="MEASURE=VALUE", help="exit with 1 below it; repeatable"
    )
    parser.add_argument("--limit", type=_positive, help="only the first so many questions")
    parser.add_argument("--kind", action="append", default=[], help="only questions of this kind; repeatable")
    return parser


if __name__ == "__main__":
    sys.exit(main())
