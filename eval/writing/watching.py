"""A question path with a chat model goes in; its answers come out, with what was written and how long it took."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

from eval.cases import Case
from eval.report import record
from eval.scoring import Score, score
from eval.targets import InProcess, TargetError
from eval.uncited import joined, unsupported
from eval.writing.copying import Copying
from retriever.errors import RetrieverError
from service.checking.source import Source
from service.checking.verdict import Verdict
from service.errors import ServiceError
from service.records import Answered, Question, Writing, Written
from service.writing.answering import WrittenAnswering
from service.writing.composition import ChatModel, Checks, Messages

NOTHING = Writing("", ())


@dataclass(slots=True)
class Clocked:
    """A chat model, with how long it was worked at (seconds) and what came of it."""

    model: ChatModel
    busy: float = 0.0  # until a piece is there, all calls together
    writing: float = 0.0  # of which after the first piece of a call
    pieces: int = 0  # that hold text; most servers send a token each
    texts: list[str] = field(default_factory=list)  # what was written, a call each

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def context(self) -> int:
        return self.model.context

    @property
    def reply(self) -> int:
        return self.model.reply

    def count(self, text: str) -> int:
        return self.model.count(text)

    def stream(self, messages: Messages) -> Generator[str, None, None]:
        """The model's own stream. Raises ModelFailed."""
        self.texts.append("")
        with closing(self.model.stream(messages)) as written:
            while (piece := self._next(written)) is not None:
                yield piece

    def _next(self, written: Generator[str, None, None]) -> str | None:
        began, further = perf_counter(), bool(self.texts[-1])
        try:
            piece = next(written, None)
        finally:
            took = perf_counter() - began
            self.busy += took
            self.writing += took if further else 0.0
        if piece:
            # The first piece of a call ends the wait for it; only what follows tells how fast the model writes.
            self.pieces += further
            self.texts[-1] += piece
        return piece


@dataclass(slots=True)
class Checked:
    """Checks, with the seconds that each took."""

    checks: Checks
    seconds: list[float] = field(default_factory=list)

    def load(self) -> None:
        self.checks.load()

    def prepare(self, sources: Sequence[Source]) -> None:
        self.checks.prepare(sources)

    def checked(
        self, sentence: str, cited: Sequence[Source], *, question: str = "", before: Sequence[str] = ()
    ) -> Verdict:
        began = perf_counter()
        try:
            return self.checks.checked(sentence, cited, question=question, before=before)
        finally:
            self.seconds.append(perf_counter() - began)


@dataclass(frozen=True, slots=True)
class Told:
    """What one question came to. Times in seconds."""

    score: Score
    texts: tuple[str, ...]  # what the model wrote, a call each
    overhead: float | None  # until the first drafted token, the model's own time left out; None: it wrote nothing
    pieces: int
    writing: float  # in which the pieces were written
    checks: tuple[float, ...]  # one a comparison; a sentence is compared with several passages if need be
    unchecked: bool | None = None  # whether what was written is right by itself; None: not looked at

    @property
    def made(self) -> Writing:
        """What became of the sentences."""
        return self.score.answer.writing or NOTHING

    @property
    def unsupported(self) -> tuple[str, ...]:
        """Of an answer that the model wrote: sentences that say what they do not cite."""
        return unsupported(self.score.answer) if self.score.answer.answerer == "model" else ()

    @property
    def joined(self) -> tuple[str, ...]:
        """Of the same: sentences that put names side by side which they do not cite so."""
        return joined(self.score.answer) if self.score.answer.answerer == "model" else ()


def measure(
    cases: Sequence[Case], answering: WrittenAnswering, target: InProcess, *, copying: bool = False
) -> Iterator[Told]:
    """One a case, as it is done. The first is asked once before, so that no time holds a cold start.

    Raises TargetError.
    """
    _told(cases[0], answering, target)
    for case in cases:
        if not copying:
            yield _told(case, answering, target)
            continue
        texts = {each.document: target.text(each.document) or "" for each in case.evidence}
        model = Copying(case, texts)
        told = _told(case, replace(answering, model=model), target)
        yield replace(told, unchecked=model.is_right(told.score.answer))


def _told(case: Case, answering: WrittenAnswering, target: InProcess) -> Told:
    model, checks = Clocked(answering.model), Checked(answering.checker)
    watched = replace(answering, model=model, checker=checks)
    began, overhead, answer = perf_counter(), None, None
    try:
        for event in watched.events(Question(case.question, history=case.history, answerer="model")):
            if isinstance(event, Written) and event.text and overhead is None:
                overhead = perf_counter() - began - model.busy
            answer = event.answer if isinstance(event, Answered) else None
    except (RetrieverError, ServiceError) as error:
        raise TargetError(f"{case.question!r} was not answered: {error}") from error
    if answer is None:
        raise TargetError(f"{case.question!r}: the last event is not the answer.")
    seconds = perf_counter() - began
    texts = {each.document_id: target.text(each.document_id) or "" for each in answer.citations}
    found = score(case, answer, seconds=seconds, ranked=(), texts=texts)
    return Told(found, tuple(model.texts), overhead, model.pieces, model.writing, tuple(checks.seconds))


def as_values(told: Told) -> Mapping[str, Any]:
    """One line of ``--out``."""
    return {**record(told.score), "model_wrote": told.texts, "unsupported": told.unsupported, "joined": told.joined}
