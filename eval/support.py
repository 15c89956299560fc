"""``python -m eval.support CASES.jsonl --data INDEX``: how well sentences that a model might write are checked.

A case is a sentence without marks, the passage that it cites (offsets into an article of the index), and whether it is
faithful. ``--write`` learns on these cases the weights with which a sentence's support is judged.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.learning import LearningError, Table, regression
from eval.metrics import percentile, wilson
from retriever.catalogue import Catalogue
from retriever.embedding import MiniLM
from retriever.errors import RetrieverError
from retriever.records import Hit, Passage
from retriever.speaking import Speaking
from service.checking.aligning import predicates
from service.checking.quoting import quotations
from service.checking.source import Source
from service.checking.support import FEATURES, SUPPORT, features
from service.checking.suspects import suspected
from service.checking.verdict import Fault, Verdict
from service.checking.written import Checker, told_wrong
from service.entailing.model import Entailing
from service.errors import ServiceError
from service.settings import Settings
from service.weighing import read_to_learn

SHOWN = 1.0  # what an altered sentence that is shown costs, a faithful one that is dropped being 1
STRENGTH = 0.02  # inverse of the regularisation, chosen by cross-validation on the sentences learned from


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, what it cites, and whether that bears it out."""

    id: str
    kind: str
    good: bool
    sentence: str
    source: Source
    question: str = ""
    before: tuple[str, ...] = ()


def cases(rows: Sequence[Mapping[str, Any]], catalogue: Catalogue) -> list[Case]:
    """Raises ArticleNotFound where a case is about an article that is not in the index."""
    found = []
    for row in rows:
        article = catalogue.article(row["document"])
        start, end = row["start"], row["end"]
        passage = Passage(f"{article.id}:{start}:{end}", article.id, 0, start, end, article.text[start:end])
        statements = tuple(
            each for each in catalogue.statements.of_article(article.id) if each.start < end and start < each.end
        )
        source = Source(1, Hit(passage, article, 1.0, None, None), statements)
        before = tuple(row.get("before") or ())
        found.append(
            Case(row["id"], row["kind"], row["good"], row["sentence"], source, row.get("question") or "", before)
        )
    return found


@dataclass(frozen=True, slots=True)
class Checked:
    """A case and what the check makes of it. ``seconds``: its passage was read before."""

    case: Case
    verdict: Verdict
    certain: bool  # whether a fault is told whatever the weights
    features: tuple[float, ...]
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether it is shown as it was written; a quotation that lost its marks was caught."""
        return not self.verdict.faults and not (self.case.kind.startswith("quot") and self._lost_marks)

    @property
    def _lost_marks(self) -> bool:
        written, shown = (len(quotations(text, [text])) for text in (self.case.sentence, self.verdict.text))
        return shown < written


def check(checker: Checker, case: Case) -> Checked:
    """Check one sentence as it is checked while the model writes."""
    checker.prepare([case.source])
    began = time.perf_counter()
    seen = checker.examined(case.sentence, [case.source], before=(case.question, *case.before))
    verdict = checker.judged(seen)
    seconds = time.perf_counter() - began
    aligned = predicates(seen.matching)
    values = features(seen.matching, aligned, suspected(seen, aligned), seen.entailed)
    certain = any(True for _ in told_wrong(seen))
    return Checked(case, verdict, certain, tuple(values[name] for name in FEATURES), seconds)


def learned(checked: Sequence[Checked]) -> tuple[dict[str, Any], list[Checked]]:
    """The weights, and the cases judged by weights that were learned without their article. Raises LearningError where
    there are too few cases.
    """
    rest = [each for each in checked if not each.certain]
    table = Table(
        FEATURES,
        [each.features for each in rest],
        [each.case.good for each in rest],
        [each.case.source.hit.article.id for each in rest],
    )
    found = regression(table, strength=STRENGTH)
    threshold = _cheapest(found.unseen, np.array(table.labels))
    judged = {id(each): float(chance) >= threshold for each, chance in zip(rest, found.unseen, strict=True)}
    return {**found.written, "threshold": threshold}, [_as_judged(each, judged.get(id(each))) for each in checked]


def _cheapest(chances: NDArray[Any], good: NDArray[Any]) -> float:
    """The threshold at which what is shown and what is dropped wrongly cost least, cross-validated; each of the two
    classes counts as much as the other, however many there are.
    """
    costs = {
        threshold: SHOWN * float((chances[~good] >= threshold).mean()) + float((chances[good] < threshold).mean())
        for threshold in (float(each) for each in np.arange(0.2, 0.9, 0.01).round(2))
    }
    least = min(costs.values())
    near = [threshold for threshold, cost in costs.items() if cost <= least + 0.01]  # a flat valley: its middle
    return near[len(near) // 2]


def _as_judged(each: Checked, held: bool | None) -> Checked:
    if held is None:
        return each
    return replace(each, verdict=replace(each.verdict, faults=() if held else (Fault("support", each.case.sentence),)))


def report(checked: Sequence[Checked]) -> list[str]:
    """A line for each kind, faithful and altered together last: share judged rightly with its interval."""
    groups: dict[str, list[Checked]] = {}
    for each in sorted(checked, key=lambda each: (each.case.good, each.case.kind)):
        groups.setdefault(f"{'passed' if each.case.good else 'caught'} {each.case.kind}", []).append(each)
    groups["caught all altered"] = [each for each in checked if not each.case.good]
    groups["passed all faithful"] = [each for each in checked if each.case.good]
    lines = []
    for name, group in groups.items():
        if group:
            share = wilson(sum(each.passed == each.case.good for each in group), len(group))
            lines.append(f"{name:28} {share.mean:6.1%}  [{share.low:.1%}, {share.high:.1%}]  n = {share.n}")
    times = [each.seconds * 1000 for each in checked]
    return [*lines, f"ms a sentence: p50 {percentile(times, 50) or 0:.0f}, p95 {percentile(times, 95) or 0:.0f}"]


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if it could be measured."""
    parser = argparse.ArgumentParser(prog="python -m eval.support", description=__doc__)
    parser.add_argument("cases", type=Path, help="JSON lines: id, kind, good, sentence, document, start, end")
    parser.add_argument("--data", type=Path, required=True, help="the index folder of the articles")
    parser.add_argument(
        "--also", nargs=2, type=Path, action="append", default=[], metavar=("CASES", "DATA"),
        help="further cases with the index folder of their articles; may be given several times",
    )  # fmt: skip
    parser.add_argument("--write", action="store_true", help="learn the weights on these cases, and keep them")
    parser.add_argument("--wrong", action="store_true", help="also show every case that was judged wrongly")
    asked = parser.parse_args(arguments)
    try:
        sets = [(asked.cases, asked.data), *asked.also]
        if asked.write:
            for file, _ in sets:
                _may_be_learned(file)
        checked = [each for file, data in sets for each in _checked(file, data)]
        if asked.write:
            written, checked = learned(checked)
            SUPPORT.write_text(json.dumps(written, indent=1) + "\n", "utf-8")
    except (LearningError, RetrieverError, ServiceError, OSError, ValueError, KeyError) as error:
        print(f"support: {error}", file=sys.stderr)  # noqa: T201
        return 1
    lines = report(checked)
    if asked.wrong:
        lines += [_shown(each) for each in checked if each.passed != each.case.good]
    print("\n".join(lines))  # noqa: T201
    return 0


def _may_be_learned(file: Path) -> None:
    if re.search(r"held[-_ ]?out", file.name, re.I):
        raise LearningError(f"{file} is held out: nothing may be learned from it. Give development cases.")


def _checked(file: Path, data: Path) -> list[Checked]:
    settings = Settings.load({}, data=data)
    catalogue = Catalogue(settings.data)
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    vectors = MiniLM(cache=settings.cache, threads=settings.threads, quantised=True)
    weights = read_to_learn(SUPPORT, FEATURES)
    checker = Checker(speaking=Speaking(), vectors=vectors.vectors, entails=Entailing(), weights=weights)
    checker.load()
    return [check(checker, case) for case in cases(rows, catalogue)]


def _shown(each: Checked) -> str:
    told = "; ".join(fault.told for fault in each.verdict.faults) or "passed"
    return f"{each.case.id} {each.case.kind}: {each.case.sentence}\n    {told}"


if __name__ == "__main__":
    sys.exit(main())
