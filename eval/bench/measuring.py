"""A system and a number of articles go in, everything that is measured of it comes out as plain values."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.bench import finding, users
from eval.bench.articles import Maker, write
from eval.bench.processes import STEPS, BenchError, measured
from eval.bench.protocol import MODEL
from eval.bench.questions import AMONG, questions
from eval.bench.systems import Installed
from eval.cases import load
from eval.targets import opened

EMBEDDED = 1_000  # passages by which the bare model is timed


@dataclass(frozen=True, slots=True)
class Place:
    """Where a size is worked on. ``peers``: the Python of the others; ``seconds``: how long many users ask at once;
    ``index``: of our own over these articles, which is there already and stays.
    """

    folder: Path
    model: Path
    peers: Path
    seconds: float
    index: Path | None = None

    @property
    def articles(self) -> Path:
        return self.folder / "articles"

    @property
    def questions(self) -> Path:
        return self.folder / "questions.jsonl"

    def written(self) -> list[dict[str, Any]]:
        """The questions as they are written."""
        return [json.loads(line) for line in self.questions.read_text(encoding="utf-8").splitlines()]


def prepare(place: Place, size: int, samples: Path) -> None:
    """Write the articles and their questions, unless they are there. The questions come last: they say that all is."""
    if place.questions.exists():
        return
    maker = Maker(samples)
    write(maker.articles(size), place.articles)
    lines = (json.dumps(each, ensure_ascii=False) + "\n" for each in questions(maker, among=min(size, AMONG)))
    place.questions.write_text("".join(lines), encoding="utf-8")


def measure(system: Installed, place: Place) -> dict[str, Any]:
    """Index, ask, and for ours answer too; the index is removed at the end.

    Where answering fails, ``failed`` says why beside what was measured before it. Raises BenchError where indexing or
    asking fails.
    """
    index = place.index or place.folder / f"index-{system.slug}"
    if not place.index:
        shutil.rmtree(index, ignore_errors=True)
    setting = {**system.setting, MODEL: str(place.model)}

    def step(command: str, *paths: Path) -> dict[str, Any]:
        python = system.python(place.peers)
        return measured(system.module, system.name, command, *paths, python=python, setting=setting)

    try:
        build = _there(index) if place.index else step("build", place.articles, index)
        found = {"build": build, "ask": step("ask", index, place.questions)}
        found |= _recalled(found["ask"].pop("found"), place)
        if system.ours:
            _answer(found, index, place, system.setting)
        return found
    finally:
        if not place.index:
            shutil.rmtree(index, ignore_errors=True)


def _there(index: Path) -> dict[str, Any]:
    """What is told of an index that is not made but used."""
    parts, _ = opened(index)
    status = parts.articles.status()
    if not status["whole"]:
        raise BenchError(f"the index in {index} is not complete: end its ingest first")
    room = sum(each.stat().st_size for each in index.rglob("*") if each.is_file())
    return {"documents": status["articles"], "slices": status["passages"], "index_bytes": room}


def _recalled(found: list[list[list[str]]], place: Place) -> dict[str, Any]:
    cases = load([place.questions])
    return {
        "recall": finding.recall(cases, found, place.articles),
        "characters": finding.characters(found),
        "paraphrased": [bool(each["paraphrased"]) for each in place.written()],
    }


def _answer(found: dict[str, Any], index: Path, place: Place, setting: Mapping[str, str]) -> None:
    """Answers one at a time, the bare model over the same passages, and a service that many ask."""
    asked = [str(each["question"]) for each in place.written()]
    try:
        found["answers"] = measured(STEPS, "ask", place.questions, index, setting=setting)
        found["embedding"] = measured(STEPS, "embed", index, EMBEDDED, setting=setting)
        found["served"] = users.served(index, asked, setting=setting, seconds=place.seconds)
    except BenchError as error:
        found["failed"] = str(error)
