"""One answer while a chat model writes it: passages and the model go in, events and a checked assembly come out."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from prompts import prompt
from retriever.catalogue.words import tokens
from retriever.wording import content_words
from service.checking.source import Source
from service.checking.written import Fault, Verdict
from service.records import Event, Settled, Token, Written
from service.writing import rewriting
from service.writing.absence import is_absent, speaks_of_passages
from service.writing.antecedents import Before
from service.writing.assembly import Assembly
from service.writing.briefing import MARGIN, UNKNOWN_CONTEXT, Briefing
from service.writing.disarming import disarmed
from service.writing.progress import Progress
from service.writing.prose import no_prose
from service.writing.scaffolding import Scaffolding, scaffolding
from service.writing.sentences import Sentences, WrittenSentence

MOST_SENTENCES = {"answer": 4, "list": 8}  # by prompt; a model that writes on is stopped
TRIED = 3  # further passages that a sentence is compared with where those it cites do not bear it out

A = TypeVar("A")
B = TypeVar("B")
Messages = Sequence[tuple[str, str]]
Failed = Sequence[tuple[WrittenSentence, Sequence[Fault]]]


class ChatModel(Protocol):
    """A chat model of the user's. ``context`` and ``reply`` are tokens: what it can read and the most it may write."""

    @property
    def name(self) -> str: ...
    @property
    def context(self) -> int: ...
    @property
    def reply(self) -> int: ...
    def count(self, text: str) -> int: ...
    def stream(self, messages: Messages) -> Generator[str, None, None]:
        """Pieces of text, empty ones while it waits; closing it stops the model. Raises ModelFailed."""


class Step(Protocol):
    """Does ``call(given)`` as a step of that name, for whoever watches."""

    def __call__(self, name: str, call: Callable[[A], B], given: A, /) -> B: ...


def unwatched(_name: str, call: Callable[[A], B], given: A) -> B:
    """The step by itself."""
    return call(given)


class Checks(Protocol):
    """Whether a sentence may stand."""

    def load(self) -> None:
        """Load what it needs."""

    def prepare(self, sources: Sequence[Source]) -> None:
        """Read them ahead."""

    def checked(
        self, sentence: str, cited: Sequence[Source], *, question: str = "", before: Sequence[str] = ()
    ) -> Verdict: ...


@dataclass(kw_only=True)
class Composition:
    """``assembly`` takes what is written."""

    model: ChatModel
    checker: Checks
    question: str
    briefing: Briefing
    assembly: Assembly
    progress: Progress
    step: Step = unwatched
    _said: Messages = ()
    _written: str = ""
    _prepared: int = 0  # of the passages
    _refused: bool = False  # it began by saying that the passages do not answer
    _name: str = ""  # of the prompt

    def events(self, name: str) -> Iterator[Event]:
        """Written, Settled and Token as they come, after the prompt ``name``. Raises ModelFailed."""
        self._name = name
        yield from self._first(name)
        if self.assembly.failed() and not self.assembly.is_absent:
            yield from self._again()

    def _first(self, name: str) -> Iterator[Event]:
        cutting = Sentences()
        shown = {"mark": self.briefing.mark, "passages": self.briefing.text, "question": disarmed(self.question)}
        self._said = self._filled(name, shown)
        with closing(self._replied(self._said)) as pieces:
            for piece in pieces:
                self._written += piece
                yield Written(piece)
                self._prepare()
                for sentence in cutting.feed(piece):
                    yield from self._taken(sentence)
                    if self._is_enough(name):
                        return
        for sentence in cutting.rest():
            if not self._is_enough(name):
                yield from self._taken(sentence)
        self.assembly.is_absent = self._refused and self.assembly.doubt is not None

    def _is_enough(self, name: str) -> bool:
        return self.assembly.is_absent or self.assembly.written >= MOST_SENTENCES[name]

    @cached_property
    def _scaffolding(self) -> Scaffolding:
        """Made once the model writes, so that nobody waits for it."""
        return scaffolding(self._name, self.briefing, self.question)

    @cached_property
    def _words(self) -> frozenset[str]:
        """All that stand in the passages, folded."""
        return frozenset(word for source in self.assembly.sources for word in tokens(source.hit.passage.text))

    def _prepare(self) -> None:
        """Read the next passage, while the model writes on: one at a time, for the asker sees its words meanwhile."""
        unread = self.assembly.sources[self._prepared : self._prepared + 1]
        self.checker.prepare(unread)
        self._prepared += len(unread)

    def _again(self) -> Iterator[Event]:
        """What has failed, written anew in one request."""
        failed = self.assembly.failed()
        while failed and not self._has_room(failed):
            failed = failed[:-1]
        if not failed:
            return
        reply = ""
        with closing(self._replied(self._asked_anew(failed))) as pieces:
            for piece in pieces:
                reply += piece
                yield Written("")  # so that an asker who leaves is noticed
        anew = rewriting.rewritten(reply, len(failed), self._words)
        places = self.assembly.failed_places
        for number, each in sorted(anew.items()):
            place = places[number - 1]
            self.assembly.replace(place, self._checked(each, self.assembly.before(place)))

    def _asked_anew(self, failed: Failed) -> Messages:
        return (
            *self._said,
            ("assistant", self._written),
            *self._filled("rewrite", {"failed": rewriting.listed(failed)}),
        )

    def _has_room(self, failed: Failed) -> bool:
        """Whether the model can read the request for these sentences and reply to it."""
        text = "\n".join(text for _, text in self._asked_anew(failed))
        return self.model.count(text) + self.model.reply + MARGIN <= (self.model.context or UNKNOWN_CONTEXT)

    def _filled(self, name: str, values: Mapping[str, str]) -> Messages:
        asked = prompt(name)
        self.progress.used(asked.identity)
        return self.step(f"prompt {asked.identity}", lambda given: asked.fill(**given), values)

    def _replied(self, messages: Messages) -> Generator[str, None, None]:
        for piece in self.model.stream(messages):
            if piece.strip():
                self.progress.wrote()
            yield piece

    def _taken(self, sentence: WrittenSentence) -> Iterator[Event]:
        if speaks_of_passages(sentence.text, self._words):  # all it has to say, unless it says something else
            self._refused = self._refused or not self.assembly.written
            self.assembly.is_absent = is_absent(sentence.text) and not self.assembly.written
            yield Settled(sentence.end, "dropped")
            return
        if self.assembly.repeats(sentence):
            yield self.assembly.pass_over(sentence)
            return
        yield self.assembly.add(sentence, self._checked(sentence, self.assembly.before()))
        if fresh := self.assembly.fresh():
            yield Token(fresh)

    def _checked(self, sentence: WrittenSentence, before: Before) -> Verdict:
        """Against what it cites; where that does not bear it out, against the passages that are likest to: a wrong
        number is set right, a missing one is found.
        """
        started = time.perf_counter()
        verdict = self.step("check", lambda given: self._verdict(given, before), sentence)
        self.progress.spent("check", started)
        return verdict

    def _verdict(self, sentence: WrittenSentence, before: Before) -> Verdict:
        if (found := no_prose(sentence.text)) is not None:
            return Verdict("", (), (Fault("support", found),), mended=False)
        if self._scaffolding.holds(sentence.text):
            return Verdict("", (), (Fault("support", sentence.text),), mended=False)
        if moved := before.moved(sentence.text, self.question):
            return Verdict("", (), (Fault("speaker", f"“{moved}” (say by name who that is)"),), mended=False)
        cited = [source for source in self.assembly.sources if source.number in sentence.cites]
        first = self._of(sentence, cited, before.standing) if cited else None
        if first and not first.faults:
            return first
        for source in self._likest(sentence.text, but=cited):
            other = self._of(sentence, [source], before.standing)
            if not other.faults:
                return Verdict(other.text, other.slices, (), mended=True)
        return first or Verdict("", (), (Fault("uncited", ""),), mended=False)

    def _of(self, sentence: WrittenSentence, cited: Sequence[Source], before: Sequence[str]) -> Verdict:
        return self.checker.checked(sentence.text, cited, question=self.question, before=before)

    def _likest(self, text: str, *, but: Sequence[Source]) -> list[Source]:
        """By shared words, the most first."""
        words = set(content_words(text))
        others = [source for source in self.assembly.sources if source not in but]
        shared = [(len(words & set(content_words(source.hit.passage.text))), source) for source in others]
        return [source for count, source in sorted(shared, key=lambda pair: -pair[0])[:TRIED] if count]
