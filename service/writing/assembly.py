"""Checked sentences of a chat model go in, in order; what may be shown by now, and at last the answer, come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from retriever.catalogue.words import tokens
from retriever.records import Statement
from service import composing
from service.checking.source import Source
from service.checking.written import Fault, Verdict
from service.composing import Posed
from service.drafting.extracting import Draft
from service.drafting.leads import Slice
from service.question.asking import Asked
from service.records import Answer, Settled
from service.writing.antecedents import Before, differ, pronoun
from service.writing.pertinence import pertinent
from service.writing.repetition import says_nothing_new
from service.writing.sentences import WrittenSentence

Doubt = Literal["nothing-supported", "mostly-unsupported", "off-the-point"]


@dataclass(slots=True)
class _Place:
    """A sentence's place in the answer. ``draft`` is None where it has failed."""

    sentence: WrittenSentence
    draft: Draft | None
    faults: tuple[Fault, ...]
    mended: bool


@dataclass(slots=True)
class Assembly:
    """An answer while it is being written. ``sources``: what may be cited; ``confidence``: that they answer at all.

    A model is believed once a sentence of its that stands can be what was asked for, and as long as no more of its
    sentences fail than stand. Nothing is given out before.
    """

    asked: Asked
    posed: Posed
    confidence: float
    sources: Sequence[Source] = ()
    rewritten: int = 0
    repeated: int = 0  # sentences that had been written before
    is_absent: bool = False  # the model says that the passages do not answer
    _places: list[_Place] = field(default_factory=list)
    _shown: int = 0  # characters of the answer that were given out
    _waiting: bool = True  # what has failed may yet be written anew

    def add(self, sentence: WrittenSentence, verdict: Verdict) -> Settled:
        """What becomes of a sentence."""
        passed = not verdict.faults
        draft = Draft(verdict.text, verdict.slices) if passed else None
        self._places.append(_Place(sentence, draft, verdict.faults, verdict.mended and passed))
        outcome: Literal["held", "mended", "passed"] = "mended" if verdict.mended else "passed"
        return Settled(sentence.end, outcome if passed else "held")

    def repeats(self, sentence: WrittenSentence) -> bool:
        """Whether it was written before, or one that stands says all that it does."""
        words = tokens(sentence.text)
        return any(tokens(each.sentence.text) == words for each in self._places) or self._is_said(sentence.text)

    def _is_said(self, text: str) -> bool:
        return any(says_nothing_new(text, other) for other in self.so_far)

    def pass_over(self, sentence: WrittenSentence) -> Settled:
        """It has been written before."""
        self.repeated += 1
        return Settled(sentence.end, "dropped")

    def failed(self) -> list[tuple[WrittenSentence, Sequence[Fault]]]:
        """The sentences that did not pass, with the reasons."""
        return [(each.sentence, each.faults) for each in self._places if each.draft is None]

    @property
    def failed_places(self) -> list[int]:
        """Where in the answer the sentences ``failed`` would stand."""
        return [place for place, each in enumerate(self._places) if each.draft is None]

    def replace(self, place: int, verdict: Verdict) -> None:
        """Put a sentence that was written anew into its place, if it holds and the next goes on as it was read."""
        if verdict.faults or self._is_said(verdict.text):
            return
        behind = next((each.draft.text for each in self._places[place + 1 :] if each.draft), "")
        if not (pronoun(behind) and differ(verdict.text, self._places[place].sentence.text)):
            self._places[place].draft = Draft(verdict.text, verdict.slices)
            self.rewritten += 1

    def finish(self) -> list[Settled]:
        """Nothing comes any more: what has failed is left out, and everything where what stands is no answer."""
        self._waiting = False
        return [Settled(each.sentence.end, "dropped") for each in self._places if self.doubt or each.draft is None]

    def fresh(self) -> str:
        """What may be shown since the last time: all before the first sentence that may yet be written anew."""
        drafts: list[Draft] = []
        for each in self._places:
            if each.draft is None and self._waiting:
                break
            drafts += [each.draft] if each.draft else []
        if not drafts or not (self._shown or self._is_believed):
            return ""
        text = composing.composed(self.posed, drafts, confidence=self.confidence).answer
        piece, self._shown = text[self._shown :], len(text)
        return piece

    @property
    def so_far(self) -> list[str]:
        """The sentences that stand."""
        return [each.draft.text for each in self._places if each.draft]

    def before(self, place: int | None = None) -> Before:
        """What comes in front of the next sentence, or of the one at ``place``, from 0."""
        places = self._places[:place]
        stand = [n for n, each in enumerate(places) if each.draft]
        left_out = places[stand[-1] + 1 if stand else 0 :]
        return Before([each.draft.text for each in places if each.draft], [each.sentence.text for each in left_out])

    @property
    def written(self) -> int:
        """Sentences of the model, whatever became of them."""
        return len(self._places) + self.repeated

    @property
    def mended(self) -> int:
        """Sentences that stand, set right in their quotations or citations."""
        return sum(each.mended for each in self._places)

    @property
    def unsupported(self) -> int:
        """Sentences that did not pass."""
        return sum(each.draft is None for each in self._places)

    @property
    def doubt(self) -> Doubt | None:
        """Why what stands is no answer; None where it is one."""
        if self._shown or self._is_believed:
            return None
        if not self.so_far:
            return "nothing-supported"
        return "mostly-unsupported" if self.unsupported > len(self.so_far) else "off-the-point"

    @property
    def _is_believed(self) -> bool:
        drafts = [each.draft for each in self._places if each.draft]
        return len(drafts) >= self.unsupported and any(pertinent(self.asked, each.text, each.slices) for each in drafts)

    def answer(self) -> Answer | None:
        """What stands; None where that is no answer."""
        drafts = [each.draft for each in self._places if each.draft]
        if self.doubt:
            return None
        cited = [each for draft in drafts for each in draft.slices]
        answer = composing.composed(self.posed, drafts, confidence=self.confidence, said=self._said(cited))
        return replace(answer, answerer="model")

    def _said(self, cited: Sequence[Slice]) -> list[Statement]:
        """The statements that stand in what is cited."""
        return [
            statement
            for source in self.sources
            for statement in source.statements
            if statement.speech
            and any(
                statement.article_id == each.hit.article.id
                and statement.start < each.end
                and each.start < statement.end
                for each in cited
            )
        ]
