"""``python -m eval.ablation QUESTIONS DATA``: what each part of the question path adds.

Every variant answers every question, also those that would be declined: what is compared is whether the answer is right
and its evidence cited, of the questions that have an answer.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, cast

from tqdm import tqdm

from eval.cases import BadQuestionsError, Case, load
from eval.metrics import Estimate, estimate, evidence_found, located, right, slices
from eval.report import figure, table
from eval.scoring.paired import sign_test
from eval.targets import TargetError, opened
from retriever.search import Search
from service.answering import Answering
from service.evidence import Candidate
from service.parts import Parts
from service.question.asking import Asked
from service.ranking import Ranking
from service.records import Question


class Found(NamedTuple):
    """Of one question."""

    right: bool
    evidence: bool | None


class WithoutAnswers(Ranking):
    """Ranks as it does, and forgets where the reader saw the answer."""

    def ranked(self, asked: Asked, candidates: Sequence[Candidate]) -> list[tuple[float, Candidate]]:
        return [(chance, replace(each, read=None)) for chance, each in Ranking.ranked(self, asked, candidates)]


def variants(whole: Answering) -> Mapping[str, Answering]:
    """The question path, and what is left of it without each part."""
    search, ranking = cast("Search", whole.search), whole.ranking
    unread = WithoutAnswers(reader=ranking.reader, choosing=ranking.choosing, reranking=ranking.reranking)
    return {
        "everything": whole,
        "without the answer in front": replace(whole, ranking=unread),
        "without the reader": replace(whole, ranking=replace(ranking, first=0, more=0)),
        "without sentences in the search": replace(whole, search=replace(search, sentences=None)),
        "without exact words": replace(whole, search=replace(search, words=False)),
        "without vectors": replace(whole, search=replace(search, dense=False)),
    }


def measure(cases: Sequence[Case], answering: Answering, parts: Parts) -> list[Found]:
    """One a question, in their order."""
    found = []
    for case in tqdm(cases, unit="question", file=sys.stderr):
        _, answer = answering.examined(Question(case.question, case.history))
        ids = {each.document for each in case.evidence}
        texts = {id_: parts.articles.article(id_).text for id_ in ids}
        found.append(Found(right(case, answer), evidence_found(located(case, texts), slices(answer))))
    return found


def as_markdown(found: Mapping[str, Sequence[Found]]) -> str:
    """Means with intervals, and how many questions each variant has right that the whole has not, and the other way."""
    whole = next(iter(found.values()))
    rows = []
    for name, each in found.items():
        gained = sum(a.right and not b.right for a, b in zip(each, whole, strict=True))
        lost = sum(b.right and not a.right for a, b in zip(each, whole, strict=True))
        shares: list[Estimate | None] = [estimate(f.right for f in each), estimate(f.evidence for f in each)]
        rows.append([name, *map(figure, shares), f"+{gained} −{lost}", f"{sign_test(gained, lost):.3f}"])
    return table(["question path", "right", "evidence cited", "right beside everything", "p"], rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: the index cannot be used; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.ablation", description=__doc__)
    parser.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    parser.add_argument("data", type=Path, help="index folder of their articles")
    given = parser.parse_args(arguments)
    try:
        cases = [case for case in load([given.questions]) if not case.unanswerable]
        parts = opened(given.data)[0]
    except BadQuestionsError as error:
        parser.error(str(error))
    except TargetError as error:
        sys.stderr.write(f"eval.ablation: {error}\n")
        return 1
    whole = cast("Answering", parts.answering)
    found = {name: measure(cases, path, parts) for name, path in variants(whole).items()}
    sys.stdout.write(f"{len(cases)} questions of {given.questions.name}\n\n{as_markdown(found)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
