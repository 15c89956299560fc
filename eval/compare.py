"""``python -m eval.compare BEFORE AFTER``: what two runs over the same questions have gained and lost, as Markdown.

Read are the records that ``eval.run --out`` leaves. All differences are paired, question by question.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.cases import Case, digest
from eval.metrics import RESAMPLES, Estimate, estimate
from eval.report import table
from eval.scoring import MEASURES, Measure, Score, summarise
from eval.scoring.paired import difference, sign_test, won_and_lost

RECORDS = "records.jsonl"
OF_A_KIND = ("right", "declined", "wrongly_declined", "evidence", "brier")
NAMED = 10  # questions that an error names
Pair = tuple[Score, Score]  # one question, before and after


class CompareError(Exception):
    """Raised when a run's records cannot be read, or two runs did not ask the same: which file or questions, remedy."""


def records(path: Path) -> Path:
    """Where the records of a run are: the file itself, or the one in the folder that ``eval.run --out`` wrote."""
    return path / RECORDS if path.is_dir() else path


def load(path: Path) -> dict[str, Score]:
    """The scores of one run by the ids of their questions, in the order in which they were asked. Raises CompareError.

    Fields that records of an earlier version lack have the values that they have where nothing is said.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise CompareError(f"{path}: {error.strerror or error}. Name a folder written by eval.run --out.") from error
    except UnicodeDecodeError as error:
        raise CompareError(f"{path}: byte {error.start} is not UTF-8. Name a file that eval.run wrote.") from error
    scores: dict[str, Score] = {}
    read = TypeAdapter(Score).validate_json
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            score = read(line)
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(map(str, first["loc"])) or "the line"
            raise CompareError(f"{path}:{number}: {name}: {first['msg']}. Run the questions again.") from error
        if score.case.id in scores:
            raise CompareError(f"{path}:{number}: {score.case.id!r} was asked before. Keep one run a file.")
        scores[score.case.id] = score
    if not scores:
        raise CompareError(f"{path}: no record in it. Run the questions again.")
    return scores


def paired(before: Mapping[str, Score], after: Mapping[str, Score]) -> list[Pair]:
    """Both scores of every question, in the order of the first run. Raises CompareError, which names the questions that
    only one run asked, or that ask or expect something else in the other.
    """
    changed = [f"{id_} ({names})" for id_ in before if id_ in after and (names := _changed(before[id_], after[id_]))]
    unlike = {
        "only in the first": [id_ for id_ in before if id_ not in after],
        "only in the second": [id_ for id_ in after if id_ not in before],
        "changed in between": changed,
    }
    named = [f"{what}: {_some(ids)}" for what, ids in unlike.items() if ids]
    if named:
        raise CompareError(f"the runs did not ask the same questions; {'; '.join(named)}. Run both over one file.")
    return [(score, after[id_]) for id_, score in before.items()]


def _changed(before: Score, after: Score) -> str:
    names = (each.name for each in fields(Case))
    return ", ".join(name for name in names if getattr(before.case, name) != getattr(after.case, name))


def _some(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
    return ", ".join(ids[:NAMED]) + more


def as_markdown(pairs: Sequence[Pair]) -> str:
    """Every measure over all questions, some by kind, the error of confidence, and the questions won and lost."""
    heads = ["before", "after", "difference", "won–lost", "p", "n"]
    kinds = dict.fromkeys(before.case.kind for before, _ in pairs)
    by_kind = [
        [f"{kind}: {name}", *row]
        for kind in kinds
        for name in OF_A_KIND
        if (row := _row(MEASURES[name], [pair for pair in pairs if pair[0].case.kind == kind]))
    ]
    notes = [
        "Differences with 95 % intervals (percentile bootstrap over questions, both answers of a question together,",
        f"{RESAMPLES:,} resamples). Won and lost: questions better or worse after than before, where a measure applies",
        "to both answers. p: two-sided exact sign test of those, each by itself (McNemar's exact test where a measure",
        "is yes or no). n: questions to which it applies, before → after where they differ. Where few questions all",
        "changed alike, resampling cannot tell how far chance would go: see p.",
    ]
    rows = [[name, *row] for name, measure in MEASURES.items() if (row := _row(measure, pairs))]
    parts = [
        "## Measures",
        table(["measure", *heads], rows),
        "\n".join(notes),
        "## By kind",
        table(["kind: measure", *heads], by_kind),
        "## Expected calibration error",
        _calibration(pairs),
        "## Questions",
        _questions(pairs),
    ]
    return "\n\n".join(parts)


def _row(measure: Measure, pairs: Sequence[Pair]) -> list[str]:
    """Empty where the measure applies to none of the answers."""
    was, became = ([measure.of(pair[run]) for pair in pairs] for run in (0, 1))
    before, after = estimate(was), estimate(became)
    if before is None and after is None:
        return []
    won, lost = won_and_lost(was, became, less_is_better=measure.less_is_better)
    p = f"{sign_test(won, lost):.3f}" if won or lost else "–"
    return [_mean(before), _mean(after), _signed(difference(was, became)), f"{won}–{lost}", p, _counts(before, after)]


def _mean(of: Estimate | None) -> str:
    return f"{of.mean:.3f}" if of else "–"


def _signed(of: Estimate | None) -> str:
    return f"{of.mean:+.3f} ({of.low:+.3f} to {of.high:+.3f})" if of else "–"


def _counts(before: Estimate | None, after: Estimate | None) -> str:
    was, became = (each.n if each else 0 for each in (before, after))
    return str(was) if was == became else f"{was} → {became}"


def _calibration(pairs: Sequence[Pair]) -> str:
    was, became = (summarise([pair[run] for pair in pairs]).reliability for run in (0, 1))
    rows = []
    for name in was:
        errors = ["–" if e is None else f"{e:.3f}" for e in (was[name].expected_error, became[name].expected_error)]
        rows.append([name, *errors, _counts(was[name].right, became[name].right)])
    return table(["confidence of", "before", "after", "n"], rows)


def _questions(pairs: Sequence[Pair]) -> str:
    won = [after.case.id for before, after in pairs if after.right and not before.right]
    lost = [after.case.id for before, after in pairs if before.right and not after.right]
    return "\n".join(
        f"- {what} ({len(ids)}): {', '.join(ids) or 'none'}"
        for what, ids in (("right only after", won), ("right only before", lost))
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 2: wrong usage, a run that cannot be read, or runs over other questions."""
    parser = argparse.ArgumentParser(prog="python -m eval.compare", description=__doc__)
    parser.add_argument("before", type=Path, metavar="BEFORE", help="folder written by eval.run --out, or its records")
    parser.add_argument("after", type=Path, metavar="AFTER", help="another, over the same questions")
    given = parser.parse_args(arguments)
    runs = [records(given.before), records(given.after)]
    try:
        pairs = paired(*map(load, runs))
    except CompareError as error:
        parser.error(str(error))  # exits with 2
    origins = [
        f"- {name}: {path} (SHA-256 {digest([path])})" for name, path in zip(("before", "after"), runs, strict=True)
    ]
    head = "\n".join([f"- {len(pairs)} questions", *origins])
    sys.stdout.write(f"# Comparison\n\n{head}\n\n{as_markdown(pairs)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
