"""Records of a run, or labelled answers, go in; what a judge is shown of each comes out, with what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from eval.cases import Case
from eval.compare import CompareError, load, records
from eval.scoring import Score
from service.errors import ServiceError
from service.records import Citation

UNANSWERABLE = "not in the documents"
NO_EVIDENCE = "(nothing is cited)"
_Text = Annotated[str, StringConstraints(pattern=r"\S")]


class JudgingError(ServiceError):
    """Raised when there is nothing that can be judged, or not by this model."""

    code = "judging-failed"


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as the judge sees it. ``right``: by the rules of the evaluation, or by the person who labelled it."""

    id: str
    question: str
    gold: str  # a part of a right answer a line, alternatives with " / " between them
    answer: str
    evidence: str
    right: bool


@dataclass(frozen=True, slots=True)
class Run:
    """The answers of a run, and the chat models that wrote any of them."""

    answers: tuple[Shown, ...]
    writers: frozenset[str]


class _Label(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: _Text
    question: _Text
    gold: _Text
    answer: _Text
    evidence: str
    right: bool
    why: _Text


def of_run(folder: Path) -> Run:
    """The answers of a folder that ``eval.run --out`` wrote. Raises JudgingError."""
    try:
        scores = load(records(folder))
    except CompareError as error:
        raise JudgingError(
            str(error), thing="run", value=str(folder), remedy="Name a folder written by eval.run --out."
        ) from error
    written = [each.answer.writing for each in scores.values() if each.answer.answerer == "model"]
    return Run(tuple(map(_shown, scores.values())), frozenset(each.model for each in written if each))


def labelled(path: Path) -> list[Shown]:
    """Answers that a person has judged, one a line. Raises JudgingError, which names the line."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, f"cannot be read: {error}") from error
    found: dict[str, Shown] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            label = _Label.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(map(str, first["loc"])) or "the line"
            raise _unusable(path, f"line {number}: {name}: {first['msg']}") from error
        if label.id in found:
            raise _unusable(path, f"line {number}: id {label.id!r} is used before")
        evidence = label.evidence or NO_EVIDENCE
        found[label.id] = Shown(label.id, label.question, label.gold, label.answer, evidence, label.right)
    if not found:
        raise _unusable(path, "no label is in it")
    return list(found.values())


def _shown(score: Score) -> Shown:
    cited = "\n".join(map(_cited, score.answer.citations)) or NO_EVIDENCE
    return Shown(score.case.id, _asked(score.case), _gold(score.case), score.answer.answer, cited, score.right)


def _asked(case: Case) -> str:
    before = [f"{turn.role}: {turn.content}" for turn in case.history]
    return "\n".join([*before, case.question])


def _gold(case: Case) -> str:
    return "\n".join(" / ".join(each) for each in case.answer) or UNANSWERABLE


def _cited(citation: Citation) -> str:
    """With outlet and date, from which an answer takes its days."""
    about: Sequence[object] = [each for each in (citation.source, citation.published, citation.title) if each]
    return f"[{citation.number}] {', '.join(map(str, about))}: {citation.quote}"


def _unusable(path: Path, problem: str) -> JudgingError:
    remedy = 'Write one object a line: "id", "question", "gold", "answer", "evidence", "right" (true or false), "why".'
    return JudgingError(problem, thing="labels", value=str(path), remedy=remedy)
