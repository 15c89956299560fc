"""``python -m eval.choosing``: learns which sentence answers a question, and writes it for the question path.

A regression over the features of ``service.evidence``. A sentence holds the answer when it overlaps one of the
question's evidence texts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from tqdm import tqdm

from eval import cases as cases_
from eval.cases import BadQuestionsError, Case, digest
from eval.learning import LearningError, Regression, learning_sets, ranking, sets
from eval.targets import TargetError
from retriever.records import Query
from service.answering import HITS, Answering
from service.evidence import FEATURES, Candidate
from service.parts import Parts
from service.question import asking
from service.ranking import READ
from service.records import Question
from service.weighing import CHOOSING, RERANKING


class Seen(NamedTuple):
    """A question's candidates, and which of them hold the answer."""

    case: Case
    candidates: list[Candidate]
    holds: list[bool]
    values: list[tuple[float, ...]]


def learn(
    given: Sequence[Sequence[Path]], *, unread: Sequence[Sequence[Path]] = (), read: bool = False
) -> tuple[dict[str, Any], str]:
    """What is written, and its figures in Markdown. ``given``, ``unread``: see ``learning.sets``. ``read``: of
    the sentences that are read, with what the reader says of them.

    Raises LearningError, BadQuestionsError, TargetError.
    """
    seen = [each for cases, parts in sets(given, unread=unread) for each in _seen(cases, parts, read)]
    fitted = _fit(seen, (*FEATURES, *READ) if read else FEATURES)
    weighed = [f"{n} {f['weight']:+.2f}" for n, f in fitted.written["features"].items()]
    return fitted.written, f"{len(seen)} questions: {_figures(seen, fitted)}\n\n{', '.join(weighed)}"


def _seen(cases: Sequence[Case], parts: Parts, read: bool) -> list[Seen]:
    answering = parts.answering
    if not isinstance(answering, Answering):
        raise LearningError(f"the question path {type(answering).__name__} shows no candidates to learn from.")
    found = []
    for case in tqdm([case for case in cases if case.evidence], unit="question", file=sys.stderr):
        asked = asking.understand(Question(case.question, case.history))
        candidates = answering.evidence.candidates(asked, parts.search.search(Query(asked.search_text, limit=HITS)))
        values = [each.features for each in candidates]
        if read:
            first = [answering.ranking.choosing.of(each) for each in values]
            chosen = answering.ranking.read(asked, candidates, first)
            candidates = [each for _, each, _ in chosen]
            values = [(*each.features, *said) for _, each, said in chosen]
        found.append(Seen(case, candidates, [_holds(case, each) for each in candidates], values))
    return found


def _holds(case: Case, candidate: Candidate) -> bool:
    article = candidate.hit.article
    return any(
        start < candidate.end and candidate.start < end
        for evidence in case.evidence
        if evidence.document == article.id
        for start, end in _places(evidence, article.text)
    )


@lru_cache(maxsize=1024)
def _places(evidence: cases_.Evidence, text: str) -> tuple[tuple[int, int], ...]:
    return tuple(evidence.places(text))


def _fit(seen: Sequence[Seen], names: Sequence[str]) -> Regression:
    rows = [
        (values, holds, each.case.id) for each in seen for values, holds in zip(each.values, each.holds, strict=True)
    ]
    return ranking(names, [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])


def _figures(seen: Sequence[Seen], fitted: Regression) -> str:
    """How often one of the best 1, 3 and 16 sentences holds the answer."""
    at, found = 0, {1: 0, 3: 0, 16: 0}
    for each in seen:
        chances = fitted.unseen[at : at + len(each.candidates)]
        at += len(each.candidates)
        order = sorted(range(len(chances)), key=lambda place: -chances[place])
        for k in found:
            found[k] += any(each.holds[place] for place in order[:k])
    return ", ".join(f"{count / len(seen):.3f} among the best {k}" for k, count in found.items())


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: the index cannot be used or nothing can be learned; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.choosing", description="Learns which sentence answers.")
    learning_sets(parser)
    parser.add_argument("--read", action="store_true", help=f"of sentences once they are read: {RERANKING.name}")
    parser.add_argument("--write", action="store_true", help=f"write {CHOOSING.name}, which the question path reads")
    given = parser.parse_args(arguments)
    given.sets += given.made
    if not (given.sets or given.unread):
        parser.error("nothing is given to learn from: name questions and their index with --set")
    try:
        learned, figures = learn(given.sets, unread=given.unread, read=given.read)
    except BadQuestionsError as error:
        parser.error(str(error))
    except (TargetError, LearningError) as error:
        sys.stderr.write(f"eval.choosing: {error}\n")
        return 1
    sys.stdout.write(figures + "\n")
    if given.write:
        files = [questions for questions, _ in (*given.sets, *given.unread)]
        origin = {"questions": [file.name for file in files], "questions_sha256": digest(files)}
        file = RERANKING if given.read else CHOOSING
        file.write_text(json.dumps({**learned, **origin}, indent=1) + "\n", encoding="utf-8")
        sys.stdout.write(f"\nwritten to {file}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
