"""The project's own articles, read, indexed and asked by the real parts; eval/floors.toml says what must be reached."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from eval.cases import load
from eval.matching import locate
from eval.run import measure
from eval.scoring import MEASURES, Score, missed, summarise
from eval.targets import InProcess
from service.records import Question
from service.settings import Settings
from service.wiring import build

pytestmark = pytest.mark.slow
EVAL = Path(__file__).parents[2] / "eval"
FLOORS: dict[str, dict[str, float]] = tomllib.loads((EVAL / "floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> InProcess:
    """The sample articles in an index of their own."""
    parts = build(Settings.load(data=tmp_path_factory.mktemp("index")))
    outcomes = list(parts.articles.ingest([EVAL / "data" / "articles"]))
    assert [each for each in outcomes if each.status == "failed"] == []
    return InProcess(parts, {})


@pytest.mark.parametrize("name", FLOORS)
def test_the_projects_own_questions_are_answered_as_well_as_before(target: InProcess, name: str) -> None:
    scores = list(measure(load([EVAL / "data" / "questions" / f"{name}.jsonl"]), target))
    assert missed(summarise(scores), FLOORS[name]) == [], _failing(scores)


@pytest.mark.parametrize("name", FLOORS)
def test_every_evidence_text_stands_in_its_article_as_it_was_read(target: InProcess, name: str) -> None:
    for case in load([EVAL / "data" / "questions" / f"{name}.jsonl"]):
        for each in case.evidence:
            assert locate(each.text, target.text(each.document) or ""), f"{case.id}: {each.document}: {each.text}"


def test_the_question_that_the_readme_shows_is_answered_as_it_says(target: InProcess) -> None:
    readme = " ".join((EVAL.parent / "README.md").read_text(encoding="utf-8").split())
    question = re.search(r'\$ whosaid ask "([^"]+)"', readme)
    assert question
    answer = target.ask(Question(question[1]))
    assert f"{question[0]} {answer.answer} " in readme
    for citation in answer.citations:
        assert f"[{citation.number}] {citation.source}, {citation.published}, {citation.title}" in readme
        assert f"({citation.document_id}, characters {citation.start}–{citation.end})" in readme


def test_dev_and_heldout_share_no_question() -> None:
    dev, heldout = (load([EVAL / "data" / "questions" / f"{name}.jsonl"]) for name in ("dev", "heldout"))
    assert {case.question for case in dev} & {case.question for case in heldout if not case.history} == set()


def test_floors_name_measures_that_there_are() -> None:
    assert {name for floors in FLOORS.values() for name in floors} <= MEASURES.keys()


def _failing(scores: list[Score]) -> str:
    return "\n".join(
        f"{each.case.id} {each.case.question} -> {each.answer.answer}" for each in scores if not each.right
    )
