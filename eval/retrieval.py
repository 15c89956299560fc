"""``python -m eval.retrieval``: how often the search finds the evidence, beside the searches one would build otherwise.

All searches see the same articles (those of the index) and the same words: the question, and for a follow-up the last
thing the user said before it, since none of them resolves "he" by itself.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tqdm import tqdm

from eval.baselines import Find, peers
from eval.cases import BadQuestionsError, Case, load
from eval.metrics import DEPTH, Estimate, Slice, estimate, located, recall_at, reciprocal_rank
from eval.report import Origin, figure, origin, origin_lines, table
from eval.scoring import RANKS
from eval.targets import InProcess, TargetError, opened
from retriever.embedding import MiniLM
from retriever.records import Article, Query
from service.parts import Choice, Parts, Search

OURS = "whosaid"


@dataclass(frozen=True, slots=True)
class Found:
    """What one search found for the questions of one file, a value a question that has evidence."""

    recall: Mapping[int, Sequence[float | None]]  # by number of ranks
    reciprocal_ranks: Sequence[float | None]
    characters: float  # a slice, on average: the longer, the easier it is to overlap evidence


def words_of(case: Case) -> str:
    """What every search is asked: the question, after the user's last turn where there is one."""
    asked = [turn.content for turn in case.history if turn.role == "user"][-1:]
    return " ".join([*asked, case.question])


def compare(cases: Sequence[Case], searches: Mapping[str, Find], texts: Mapping[str, str]) -> dict[str, Found]:
    """Each search's figures over the cases that have evidence."""
    evidence = {case.id: located(case, texts) for case in cases}
    with_evidence = [case for case in cases if case.evidence]
    found = {}
    for name, find in searches.items():
        progress = tqdm(with_evidence, desc=name, unit="question", file=sys.stderr)
        ranked = {case.id: find(words_of(case)) for case in progress}
        found[name] = Found(
            {k: [recall_at(k, evidence[case], slices) for case, slices in ranked.items()] for k in RANKS},
            [reciprocal_rank(evidence[case], slices) for case, slices in ranked.items()],
            _characters(ranked),
        )
    return found


def _characters(ranked: Mapping[str, Sequence[Slice]]) -> float:
    lengths = [each.end - each.start for slices in ranked.values() for each in slices]
    return sum(lengths) / max(1, len(lengths))


def as_markdown(path: Path | str, found: Mapping[str, Found]) -> str:
    """One table a question file, and how far ours is from each other search, question by question."""
    n = len(next(iter(found.values())).reciprocal_ranks)
    heads = [f"{path} (n = {n})", *(f"recall@{k}" for k in RANKS), "MRR", "characters"]
    rows = [
        [
            name,
            *(figure(estimate(each.recall[k])) for k in RANKS),
            figure(estimate(each.reciprocal_ranks)),
            f"{each.characters:.0f}",
        ]
        for name, each in found.items()
    ]
    return table(heads, rows) + "\n\n" + "\n".join(_differences(found))


def _differences(found: Mapping[str, Found]) -> list[str]:
    ours = found[OURS]
    return [
        f"- {OURS} less {name}: recall@5 {_signed(ours.recall[5], each.recall[5])}, "
        f"MRR {_signed(ours.reciprocal_ranks, each.reciprocal_ranks)}"
        for name, each in found.items()
        if name != OURS
    ]


def _signed(ours: Sequence[float | None], theirs: Sequence[float | None]) -> str:
    paired: Estimate | None = estimate((a or 0.0) - (b or 0.0) for a, b in zip(ours, theirs, strict=True))
    return f"{paired.mean:+.3f} ({paired.low:+.3f} to {paired.high:+.3f})" if paired else "–"


def ours(search: Search) -> dict[str, Find]:
    """The search of this checkout, whole."""

    def find(words: str) -> list[Slice]:
        hits = search.search(Query(words, limit=DEPTH))
        return [Slice(hit.article.id, hit.passage.start, hit.passage.end) for hit in hits]

    return {OURS: find}


def articles_of(parts: Parts) -> list[Article]:
    """Every article of the index, with its text."""
    articles: list[Article] = []
    while True:
        page, total = parts.articles.page(Choice(offset=len(articles)))
        articles.extend(parts.articles.article(each.id) for each in page)
        if not page or len(articles) >= total:
            return articles


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: the index cannot be used; 2: wrong usage."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        files = {path: load([path]) for path in given.questions}
        parts, settings = opened(given.data)
    except BadQuestionsError as error:
        parser.error(str(error))
    except TargetError as error:
        sys.stderr.write(f"eval.retrieval: {error}\n")
        return 1
    articles = articles_of(parts)
    searches = ours(parts.search)
    if not given.ours_only:
        searches |= peers(articles, MiniLM(cache=settings.cache, threads=settings.threads), depth=DEPTH)
    texts = {article.id: article.text for article in articles}
    found = {path: compare(cases, searches, texts) for path, cases in files.items()}
    markdown = "\n\n".join(as_markdown(path, each) for path, each in found.items()) + "\n"
    sys.stdout.write(markdown)
    if given.out:
        made = origin(given.questions, InProcess(parts, settings.model_dump(mode="json")).described())
        _write(given.out, markdown, made, found)
    return 0


def _write(out: Path, markdown: str, made: Origin, found: Mapping[Path, Mapping[str, Found]]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    values = {
        "origin": asdict(made),
        "found": {str(path): {name: asdict(each) for name, each in by.items()} for path, by in found.items()},
    }
    (out / "retrieval.json").write_text(json.dumps(values, default=str, indent=1) + "\n", encoding="utf-8")
    (out / "retrieval.md").write_text(f"# Retrieval\n\n{origin_lines(made)}\n\n{markdown}", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.retrieval", description=__doc__)
    parser.add_argument("questions", nargs="+", type=Path, metavar="QUESTIONS.jsonl")
    parser.add_argument("--data", type=Path, help="index folder (default: the one the settings name)")
    parser.add_argument("--out", type=Path, help="folder for retrieval.md and retrieval.json")
    parser.add_argument("--ours-only", action="store_true", help="leave the other searches out (they embed everything)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
