"""An index folder goes in, times of one step over it come out: each step runs in a process of its own."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from eval.bench.protocol import peak_mb
from eval.cases import load
from eval.targets import opened
from retriever.records import Article
from service.parts import Choice, Parts
from service.records import Question
from service.settings import Settings

MOST = 100_000  # passages, where nothing is said


def ingest(articles: str, data: str) -> dict[str, Any]:
    """Index the articles; seconds from the first file to the last outcome, the model loaded before."""
    from service.wiring import build

    settings = Settings.load(data=Path(data))
    parts = build(settings)
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.txt"
        small.write_text("The model is loaded by the first article that comes.", encoding="utf-8")
        list(parts.articles.ingest([small]))
        parts.articles.remove(small.name)
    began = perf_counter()
    outcomes = [outcome.status for outcome in parts.articles.ingest([Path(articles)])]
    seconds = perf_counter() - began
    passages = parts.articles.status()["passages"]
    return {"articles": len(outcomes), "failed": outcomes.count("failed"), "passages": passages, "seconds": seconds}


def embed(data: str, most: str = str(MOST)) -> dict[str, Any]:
    """The texts of the same passages, each once, through the model and nothing else; of a large index ``most``."""
    from retriever.embedding import MiniLM
    from retriever.splitting import embedded_text

    parts, settings = opened(Path(data))
    texts = (embedded_text(each, piece) for each in _articles(parts) for piece in parts.articles.passages(each.id))
    some = list(dict.fromkeys(islice(texts, int(most))))
    model = MiniLM(cache=settings.cache, threads=settings.threads)
    model.vectors(["The first text loads the model."])
    began = perf_counter()
    model.vectors(some)
    return {"texts": len(some), "seconds": perf_counter() - began}


def _articles(parts: Parts) -> Iterator[Article]:
    """Every article of the index, a page of the list at a time."""
    offset = 0
    while page := parts.articles.page(Choice(offset=offset))[0]:
        yield from (parts.articles.article(each.id) for each in page)
        offset += len(page)


def ask(questions: str, data: str) -> dict[str, Any]:
    """Every question once, one at a time, after one to warm up: milliseconds each."""
    parts, _ = opened(Path(data))
    asked = [Question(case.question, case.history) for case in load([Path(questions)])]
    milliseconds = []
    for question in [asked[0], *asked]:
        began = perf_counter()
        for _event in parts.answering.events(question):
            pass
        milliseconds.append((perf_counter() - began) * 1000)
    return {"questions": len(asked), "milliseconds": milliseconds[1:]}


STEPS: Mapping[str, Callable[..., dict[str, Any]]] = {"ingest": ingest, "embed": embed, "ask": ask}

if __name__ == "__main__":
    measured = STEPS[sys.argv[1]](*sys.argv[2:])
    sys.stdout.write(f"\n{json.dumps({**measured, 'peak_mb': peak_mb()})}\n")
