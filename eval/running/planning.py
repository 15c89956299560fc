"""The words of ``python -m eval.run`` go in, what is to be asked of whom and where it is kept comes out."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from eval.cases import BadQuestionsError, Case, load
from eval.scoring import MEASURES, BadFloorError, floors
from eval.targets import Answerer, BadAnswererError


class UsageError(Exception):
    """Raised when the words of the command do not fit together, or name what cannot be used: which, remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One evaluation. ``url`` or ``data``, or neither: the index that the settings name."""

    questions: Sequence[Path]
    cases: Sequence[Case]
    answerers: Sequence[Answerer]
    url: str | None
    data: Path | None
    out: Path | None
    resume: bool
    citations: bool
    floors: Mapping[str, float]  # by measure
    ceilings: Mapping[str, float]

    def folder(self, answerer: Answerer) -> Path | None:
        """Where the reports of an answerer go: a folder of its own where there are several."""
        return self.out / answerer.folder if self.out and len(self.answerers) > 1 else self.out


def planned(given: argparse.Namespace) -> Plan:
    """Raises UsageError."""
    try:
        answerers = [Answerer(name) for name in given.answerer or ["extractive"]]
        least, most = floors(given.fail_under), floors(given.fail_over)
        cases = _chosen(load(given.questions), kinds=given.kind, limit=given.limit)
    except (BadAnswererError, BadFloorError, BadQuestionsError) as error:
        raise UsageError(str(error)) from error
    if not cases:
        raise UsageError(f"no question is left of kind {', '.join(given.kind)}")
    if given.resume and not given.out:
        raise UsageError("--resume goes on with what is in a folder: name it with --out")
    if len({each.folder for each in answerers}) < len(answerers):
        raise UsageError(f"an answerer is named twice: {', '.join(given.answerer)}")
    if given.url and (named := [each.name for each in answerers if each.model]):
        raise UsageError(f"{named[0]}: a running service has the model that it was started with. Write model.")
    return Plan(
        questions=given.questions,
        cases=cases,
        answerers=answerers,
        url=given.url,
        data=given.data,
        out=given.out,
        resume=given.resume,
        citations=given.citations,
        floors=least,
        ceilings=most,
    )


def _chosen(cases: Sequence[Case], *, kinds: Sequence[str], limit: int | None) -> list[Case]:
    return list(islice((case for case in cases if not kinds or case.kind in kinds), limit))


def _positive(written: str) -> int:
    number = int(written)
    if number < 1:
        raise ValueError(written)
    return number


def parser(description: str | None) -> argparse.ArgumentParser:
    """What the command understands."""
    words = argparse.ArgumentParser(
        prog="python -m eval.run",
        description=description,
        epilog="Measures: " + "; ".join(f"{name}: {each.says}" for name, each in MEASURES.items()).replace("%", "%%"),
    )
    words.add_argument("questions", nargs="+", type=Path, metavar="QUESTIONS.jsonl")
    where = words.add_mutually_exclusive_group()
    where.add_argument("--url", help="a running service, such as http://127.0.0.1:8000")
    where.add_argument("--data", type=Path, help="index folder, asked in process (default: the one the settings name)")
    words.add_argument("--out", type=Path, help="folder for report.html, report.md, report.json and records.jsonl")
    words.add_argument(
        "--resume", action="store_true", help="go on with the records in --out, made by the same command"
    )
    words.add_argument(
        "--answerer",
        action="append",
        help="extractive (default), model (the one that is set) or model:PROVIDER:NAME; repeatable: each is asked, and "
        "has a folder in --out; printed is also how it differs from the first",
    )
    words.add_argument(
        "--citations",
        action="store_true",
        help="also citation recall and precision (some tenths of a second an answer, outside its time). The judge is "
        "the project's own check of a chat model's sentences, no independent one; how often it errs is in the README, "
        "and measured by python -m eval.support",
    )
    words.add_argument(
        "--fail-under", action="append", default=[], metavar="MEASURE=VALUE", help="exit with 1 below it; repeatable"
    )
    words.add_argument(
        "--fail-over", action="append", default=[], metavar="MEASURE=VALUE", help="exit with 1 above it; repeatable"
    )
    words.add_argument("--limit", type=_positive, help="only the first so many questions")
    words.add_argument("--kind", action="append", default=[], help="only questions of this kind; repeatable")
    return words
