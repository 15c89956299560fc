"""``python -m eval.writing``: asks every question of the chat model that is set, and says what became of what it wrote.

The model is the one that the settings name (WHOSAID_MODEL and what stands beside it). Quotations, slices and the words
of sentences are looked at afresh, from the answer and the articles; times are taken around the model and the checks.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from tqdm import tqdm

from eval.cases import BadQuestionsError, Case, load
from eval.metrics import percentile
from eval.report import figure, origin, origin_lines, record, table
from eval.scoring import Score, score, summarise
from eval.targets import InProcess, TargetError, opened
from eval.uncited import joined, unsupported
from retriever.errors import RetrieverError
from service.checking.source import Source
from service.checking.verdict import Verdict
from service.errors import ServiceError
from service.records import Answer, Answered, Question, Writing, Written
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


def measure(cases: Sequence[Case], answering: WrittenAnswering, target: InProcess) -> Iterator[Told]:
    """One a case, as it is done. The first is asked once before, so that no time holds a cold start.

    Raises TargetError.
    """
    _told(cases[0], answering, target)
    for case in cases:
        yield _told(case, answering, target)


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


# ---- figures


def as_markdown(told: Sequence[Told]) -> str:
    """The figures as a table, and what there is to look at by hand."""
    scores = [each.score for each in told]
    measures, falls = summarise(scores).measures, Counter(each.made.fallback for each in told)
    del falls[None]
    named = "; ".join(f"{code}: {count}" for code, count in falls.most_common())
    sentences = {name: sum(getattr(each.made, name) for each in told) for name in _OUTCOMES}
    rows = [
        ["right of answerable", figure(measures["right_answerable"])],
        ["declined of unanswerable", figure(measures["declined"])],
        ["declined of answerable", figure(measures["wrongly_declined"])],
        ["answers in the model's words", f"{sum(_by_model(each.score.answer) for each in told)} of {len(told)}"],
        ["the model was not asked", str(sum(not each.texts for each in told))],
        ["fell back", f"{falls.total()} of {len(told)}{f' ({named})' if named else ''}"],
        ["sentences", ", ".join(f"{count} {name}" for name, count in sentences.items())],
        ["false quotations", str(sum(len(each.false_quotations) for each in scores))],
        ["inexact slices", f"{sum(len(each.inexact) for each in scores)} of {_slices(scores)}"],
        ["sentences of the model's that say what they do not cite", str(sum(len(each.unsupported) for each in told))],
        ["those that put names together anew (right or wrong: look)", str(sum(len(each.joined) for each in told))],
        *_times(told),
    ]
    looked_at = [f"- {each.score.case.id}: {line}" for each in told for line in _doubtful(each)]
    return table(["what", "figure"], rows) + ("\n\n" + "\n".join(["To look at:", *looked_at]) if looked_at else "")


_OUTCOMES = ("written", "mended", "rewritten", "dropped")


def _by_model(answer: Answer) -> bool:
    return answer.answerer == "model" and not answer.declined


def _slices(scores: Sequence[Score]) -> int:
    return sum(len(each.answer.citations) for each in scores)


def _doubtful(told: Told) -> Iterator[str]:
    yield from (f"quotation “{words}”" for words in told.score.false_quotations)
    yield from (f"slice [{number}]" for number in told.score.inexact)
    yield from told.unsupported
    yield from (f"names side by side: {line}" for line in told.joined)


def _times(told: Sequence[Told]) -> list[list[str]]:
    writing, pieces = sum(each.writing for each in told), sum(each.pieces for each in told)
    overheads = [each.overhead * 1000 for each in told if each.overhead is not None]
    checks = [sum(each.checks) * 1000 / each.made.written for each in told if each.made.written]
    whole = [each.score.seconds for each in told]
    return [
        ["tokens a second, as the model sends them", f"{pieces / writing:.1f}" if writing else "–"],
        ["first drafted token, beyond the model's own time", _spread(overheads, "ms")],
        ["checking, a sentence that was written (mean of an answer)", _spread(checks, "ms")],
        ["a whole answer", _spread(whole, "s")],
    ]


def _spread(values: Sequence[float], unit: str) -> str:
    if not values:
        return "–"
    high = percentile(values, 95)
    return (
        f"median {median(values):.1f} {unit}, p95 {high:.1f} {unit}, most {max(values):.1f} {unit} (n = {len(values)})"
    )


# ---- the command


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: the index, the model or an answer failed; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.writing", description=__doc__)
    parser.add_argument("questions", nargs="+", type=Path, metavar="QUESTIONS.jsonl")
    parser.add_argument("--data", type=Path, help="index folder (default: the one the settings name)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="answers as JSON lines, with all that the model wrote")
    given = parser.parse_args(arguments)
    try:
        cases = load(given.questions)
        answering, target = _opened(given.data)
        with closing(target):
            told = list(_kept(tqdm(measure(cases, answering, target), total=len(cases), file=sys.stderr), given.out))
            made = origin(given.questions, target.described())
    except BadQuestionsError as error:
        parser.error(str(error))  # exits with 2
    except TargetError as error:
        sys.stderr.write(f"eval.writing: {error}\n")
        return 1
    sys.stdout.write(f"{origin_lines(made)}\n\n{as_markdown(told)}\n")
    return 0


def _opened(folder: Path | None) -> tuple[WrittenAnswering, InProcess]:
    parts, settings = opened(folder)
    if not isinstance(parts.answering, WrittenAnswering):
        raise TargetError("no chat model is set. Name one, such as WHOSAID_MODEL=ollama:llama3.2.")
    parts.answering.load()
    return parts.answering, InProcess(parts, settings.model_dump(mode="json"))


def _kept(told: Iterator[Told], out: Path | None) -> Iterator[Told]:
    """The same; with ``out``, each is written there as soon as it is known."""
    if out is None:
        yield from told
        return
    with out.open("w", encoding="utf-8") as lines:
        for each in told:
            lines.write(json.dumps(as_values(each), ensure_ascii=False, default=str) + "\n")
            lines.flush()
            yield each


def as_values(told: Told) -> Mapping[str, Any]:
    """One line of ``--out``."""
    return {**record(told.score), "model_wrote": told.texts, "unsupported": told.unsupported, "joined": told.joined}


if __name__ == "__main__":
    sys.exit(main())
