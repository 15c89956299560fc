"""The question path with a chat model: the same steps up to the passages, then the model's sentences, each checked.

    question -> found -> certain? -> passages in a prompt -> the model's text -> sentences -> checked -> answer

What the extractive path is certain of (lists from the statement index, refusals, reports that contradict each other) is
told as it tells it; the model is not asked. Whatever goes wrong with the model ends in the extractive answer, which
says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from prompts import prompt
from retriever.records import Passage, Statement
from service import composing
from service.answering import Answering, Found, Judged, Ranked
from service.chatmodel.failures import ModelFailed
from service.records import Answer, Answered, Event, PassagesFound, Question, Token
from service.writing import alone
from service.writing.assembly import Assembly
from service.writing.briefing import Briefing, ContextTooSmall, briefed, room
from service.writing.composition import ChatModel, Checks, Composition, Step, unwatched
from service.writing.progress import Progress

MOST_PASSAGES = 8
HOPELESS = 0.25  # chance that the articles answer at all, below which the model is not asked (README: measured)
SURE = 0.5  # chance that the extractive answer is right, from which it is given where the model finds none
Said = Callable[[Sequence[Passage]], Mapping[str, Sequence[Statement]]]  # the statement index, by passage id
UNASKED = "Told from the statement index and from the reports themselves; the chat model was not asked."
FOUND_NOTHING = "The chat model found no answer in the passages; this is the extractive one."
CUT_SHORT = "The model reads {context:,} tokens: {left} of the passages that were found did not fit."


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAnswering:
    """``extractive`` answers what is asked of it, and in place of a model that fails; ``step`` shows each step to a
    tracer.
    """

    extractive: Answering
    model: ChatModel
    checker: Checks
    said: Said
    step: Step = unwatched

    def load(self) -> None:
        """Load now what would be loaded at the first questions, but for the chat model, which is the user's own."""
        self.extractive.load()
        self.checker.load()

    def events(self, question: Question) -> Iterator[Event]:
        """PassagesFound, then Written, Settled and Token as they come, Answered; in front of all, while the model
        completes a follow-up, Written without text. Raises RetrieverError where the index cannot be read; nothing that
        the model does raises.
        """
        if question.answerer != "model":
            yield from self.extractive.events(question)
            return
        progress = Progress(self.model.name)
        found = yield from self._found(question, progress)
        yield PassagesFound(self.extractive.nearest(found))

        ranked, judged, certain = self._certain(found, progress)
        if certain is not None:
            progress.ended(stands=False)
            progress.notes += [] if progress.prompts else [UNASKED]
            yield from _told(progress.on(certain))
            return

        assembly = Assembly(found.asked, found.posed, judged.answerable)
        yield from self._composed(found, ranked, assembly, progress)
        answer = assembly.answer()
        progress.ended(stands=answer is not None)
        if answer is not None:
            yield Answered(progress.on(answer, assembly))
            return
        instead = self._instead(found, ranked, judged, assembly, progress)
        yield from _told(progress.on(instead, assembly))

    def _instead(self, found: Found, ranked: Ranked, judged: Judged, assembly: Assembly, progress: Progress) -> Answer:
        """The extractive answer, or a refusal where the model found none and the extractive one would not be sure: that
        the passages do not answer may be what one of them has told the model to say.
        """
        if not assembly.is_absent or progress.fallback is not None:
            progress.fell_through(assembly.doubt)
            return self.extractive.answered(found, ranked)
        if judged.answers and judged.right >= SURE:
            progress.fallback = "model-found-nothing"
            progress.notes.append(FOUND_NOTHING)
            return self.extractive.answered(found, ranked)
        refused = self.extractive.refused(found, ranked, judged)
        return replace(refused, answerer="model" if refused.declined else "extractive")

    def _found(self, question: Question, progress: Progress) -> Generator[Event, None, Found]:
        """The passages, for the question as it stands alone."""
        try:
            question = yield from alone.stand_alone(question, self.model, progress)
        except ModelFailed as error:
            progress.error = error
        started = time.perf_counter()
        found = self.extractive.found(question)
        progress.spent("search", started)
        return found

    def _certain(self, found: Found, progress: Progress) -> tuple[Ranked, Judged, Answer | None]:
        """What no model may change, with the sentences that were weighed for it."""
        started = time.perf_counter()
        told = self.extractive.told(found)
        ranked = () if told else self.extractive.ranked(found)
        judged = self.extractive.judged(found, ranked)
        certain = told or self.extractive.certain(found, ranked, judged)
        if certain is None and judged.answerable < HOPELESS:
            certain = self.extractive.refused(found, ranked, judged)
        progress.spent("rank", started)
        return ranked, judged, certain

    def _composed(self, found: Found, ranked: Ranked, assembly: Assembly, progress: Progress) -> Iterator[Event]:
        """The events of the model's writing. Where the model fails, what stands by then stays."""
        if progress.error is not None:
            return
        try:
            name = "list" if found.asked.kind == "list" else "answer"
            briefing = self._briefing(name, found, ranked, progress)
            assembly.sources = briefing.sources
            composition = Composition(
                model=self.model,
                checker=self.checker,
                question=found.asked.text,
                briefing=briefing,
                assembly=assembly,
                progress=progress,
                step=self.step,
            )
            yield from composition.events(name)
        except (ModelFailed, ContextTooSmall) as error:
            progress.error = error
        yield from assembly.finish()
        if fresh := assembly.fresh():
            yield Token(fresh)

    def _briefing(self, name: str, found: Found, ranked: Ranked, progress: Progress) -> Briefing:
        """The passages in which the likeliest sentences stand, then the others, as far as the model can read them."""
        hits = list({each.hit.passage.id: each.hit for _, each in ranked}.values())
        hits = [*hits, *(hit for hit in found.hits if hit not in hits)][:MOST_PASSAGES]
        bare = "\n".join(text for _, text in prompt(name).fill(question=found.asked.text, mark="", passages=""))
        written = 2 * self.model.reply  # and as much again, where what was written goes back to be written anew
        budget = room(self.model.context, reply=written, prompt_tokens=self.model.count(bare))
        said = self.said([hit.passage for hit in hits])
        briefing = briefed(hits, said, budget=budget, count=self.model.count)
        if briefing.left_out:
            progress.notes.append(CUT_SHORT.format(context=self.model.context, left=briefing.left_out))
        return briefing


def _told(answer: Answer) -> Iterator[Event]:
    """The events of an answer that is there already."""
    yield from (Token(piece) for piece in composing.pieces(answer))
    yield Answered(answer)
