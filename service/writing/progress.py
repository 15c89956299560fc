"""What happens while a model writes goes in; timings, counts and notes, as they go with the answer, come out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from service.errors import ServiceError
from service.records import Answer, Writing

if TYPE_CHECKING:
    from service.writing.assembly import Assembly, Doubt

BROKE_OFF = "The chat model broke off: {why} What stands here was checked; there may have been more to say."
INSTEAD = "Answered without the chat model: {why}"
DOUBTS: Mapping[Doubt, str] = {
    "nothing-supported": "nothing that it wrote is borne out by the passages it cites.",
    "mostly-unsupported": "most of what it wrote is not borne out by the passages it cites.",
    "off-the-point": "what it wrote stands in the passages, but is not what was asked for.",
}


@dataclass(slots=True)
class Progress:
    """One question's. Times are milliseconds; ``first_token`` is counted from the question."""

    model: str
    prompts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fallback: str | None = None
    error: ServiceError | None = None  # by which the model failed
    _started: float = field(default_factory=time.perf_counter)
    _times: dict[str, float] = field(default_factory=dict)

    def spent(self, name: str, since: float) -> None:
        """Add the time since ``since`` (``time.perf_counter``) to what ``name`` took."""
        self._times[name] = self._times.get(name, 0.0) + (time.perf_counter() - since) * 1000

    def wrote(self) -> None:
        """The model has written something: the first time is noted."""
        self._times.setdefault("first_token", (time.perf_counter() - self._started) * 1000)

    def used(self, prompt: str) -> None:
        """A prompt, by its identity."""
        if prompt not in self.prompts:
            self.prompts.append(prompt)

    def ended(self, *, stands: bool) -> None:
        """All that the model will write is written; ``stands``: whether what it wrote is the answer."""
        if self.error is None:
            return
        why = f"{self.error}".rstrip(".") + "."
        self.notes.append((BROKE_OFF if stands else INSTEAD).format(why=why))
        self.fallback = None if stands else self.error.code

    def fell_through(self, doubt: Doubt | None) -> None:
        """What the model wrote is no answer, unless something else was wrong before."""
        if self.fallback is None and doubt:
            self.fallback = doubt
            self.notes.append(INSTEAD.format(why=DOUBTS[doubt]))

    def on(self, answer: Answer, assembly: Assembly | None = None) -> Answer:
        """The answer with what is known of how it came about."""
        laps = {name: round(ms, 2) for name, ms in self._times.items()}
        laps["total"] = round((time.perf_counter() - self._started) * 1000, 2)
        writing = Writing(self.model, tuple(self.prompts), fallback=self.fallback, notes=tuple(self.notes))
        if assembly and answer.answerer == "model":
            left_out = _left_out(assembly.unsupported, assembly.repeated, assembly.written)
            writing = replace(
                writing,
                written=assembly.written,
                mended=assembly.mended,
                rewritten=assembly.rewritten,
                dropped=assembly.unsupported + assembly.repeated,
                notes=(*writing.notes, *left_out),
            )
        elif assembly:  # nothing of it stands in the answer
            writing = replace(writing, written=assembly.written, dropped=assembly.written)
        return replace(answer, writing=writing, timings_ms=laps)


def _left_out(unsupported: int, repeated: int, written: int) -> Iterator[str]:
    if unsupported:
        were = "was" if unsupported == 1 else "were"
        of = f"{unsupported} of {written} sentences of the chat model {were} left out"
        yield f"{of}: what they cite does not bear them out."
    if repeated:
        yield f"The chat model repeated itself: {repeated} of {written} sentences had been written before."
