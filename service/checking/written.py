"""A sentence that a chat model wrote and what it cites go in; whether and where that bears it out comes out."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from retriever import splitting
from retriever.records import When
from retriever.speaking import Speaking
from service.checking import claims, figures, grounding, names, quoting, roles, support, told
from service.checking.alike import Alike, Vectors
from service.checking.fitting import Claim
from service.checking.matching import Ground, match
from service.checking.orders import without_orders
from service.checking.parse import Parse, parse
from service.checking.source import Source
from service.checking.verdict import Examined, Fault, Verdict
from service.drafting.leads import Slice
from service.weighing import Weights

__all__ = ["Checker", "Fault", "Verdict", "told_wrong"]
_KEPT: Final = 48  # passages that stay parsed
_HARDLY: Final = 0.02  # chance under which more is wrong than a word turned round


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """Safe to share between threads. ``vectors``: the sentence embedding, (n, size), rows of length 1."""

    speaking: Speaking
    vectors: Vectors
    weights: Weights
    _alike: Alike = field(init=False, repr=False)
    _grounds: OrderedDict[tuple[str, str], Ground] = field(init=False, repr=False, default_factory=OrderedDict)
    _lock: threading.Lock = field(init=False, repr=False, default_factory=threading.Lock)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_alike", Alike(self.vectors))

    def load(self) -> None:
        """Load now what would be loaded at the first sentence."""
        self.speaking.load()
        self.vectors(["He said so."])

    def prepare(self, sources: Sequence[Source]) -> None:
        """Read passages ahead, while the model is still writing; what is checked later is then checked faster."""
        for source in sources:
            self._ground(source)

    def checked(
        self, sentence: str, cited: Sequence[Source], *, question: str = "", before: Sequence[str] = ()
    ) -> Verdict:
        """``sentence``: without its [n] marks; ``before``: the sentences of the answer in front of it, which say who
        "he" is. Raises what the models raise where they cannot be loaded.
        """
        if not cited:
            return Verdict(sentence, (), (Fault("uncited", sentence),), mended=False)
        telling = [source for source in cited if self._ground(source).sentences]
        if not telling:
            return Verdict(sentence, (), (Fault("support", sentence),), mended=False)
        return self.judged(self.examined(sentence, telling, before=(question, *before)))

    def examined(self, sentence: str, cited: Sequence[Source], *, before: Sequence[str] = ()) -> Examined:
        """The sentence read against its passages, before anything is decided."""
        grounds = [self._ground(source) for source in cited]
        passages = [ground.text for ground in grounds]
        quoted = quoting.quotations(sentence, passages)
        text = quoting.mended(sentence, quoted, passages)
        read = parse(self.speaking, text)
        days = figures.days(text, cited[0].hit.article.published)
        lent = _lent(read, days)
        matching = match(read, self.vectors([text])[0], grounds, self._alike, lent=lent)
        return Examined(sentence, text, tuple(quoted), tuple(days), matching, tuple(before))

    def judged(self, seen: Examined) -> Verdict:
        """What becomes of a sentence that was read."""
        chance = self.weights.chance(support.features(seen.matching))
        faults = tuple(dict.fromkeys((*told_wrong(seen), *_unsupported(seen, chance, self.weights.threshold))))
        return Verdict(seen.text, _slices(seen), faults, seen.text != seen.sentence, chance)

    def _ground(self, source: Source) -> Ground:
        passage = source.hit.passage
        key = passage.id, passage.text
        with self._lock:
            if key in self._grounds:
                self._grounds.move_to_end(key)
                return replace(self._grounds[key], source=source)
        text = without_orders(passage.text)
        places = tuple((each.start, each.end) for each in splitting.sentences(text))
        vectors = self.vectors([" ".join(text[start:end].split()) for start, end in places])
        ground = Ground(source, parse(self.speaking, text), places, vectors)
        self._alike.learn(ground.content)
        with self._lock:
            self._grounds[key] = ground
            while len(self._grounds) > _KEPT:
                self._grounds.popitem(last=False)
        return ground


def _lent(read: Parse, days: Sequence[When]) -> frozenset[int]:
    """Words of times and numbers, which are looked at by themselves."""
    spans = [(when.start, when.end) for when in days]
    spans += [(start, end) for _, start, end, _ in figures.clocks(read.text)]
    return frozenset(
        word.place for word in read.words if word.pos == "NUM" or any(start <= word.start < end for start, end in spans)
    )


def told_wrong(seen: Examined) -> Iterator[Fault]:
    """What is certainly wrong: quotations, names, numbers, times, speakers, opposites."""
    yield from (Fault("quotation", each.words) for each in seen.quoted if not each.places and not each.near)
    yield from _quoted_by_another(seen)
    sources = [ground.source for ground in seen.matching.grounds]
    allowed = names.known(sources, seen.before)
    yield from (Fault("name", word.text) for word in names.unknown(seen.matching.parse, allowed))
    yield from (Fault("number", words) for words in told.numbers_unknown(seen))
    yield from (Fault("date", when.text) for when in seen.days if not told.is_dated(seen, when))
    yield from (Fault("speaker", _named(claim)) for claim, _ in claims.wrong(seen.matching, seen.before))
    aligned = support.predicates(seen.matching)
    yield from (Fault("speaker", ours.text) for ours, _ in roles.replaced(seen.matching, aligned))
    yield from (Fault("negation", ours.text) for ours, _ in support.opposites(seen.matching))
    yield from (
        Fault("support", word) for word in (*support.universals(seen.matching), *grounding.baseless(seen.matching))
    )


def _unsupported(seen: Examined, chance: float, threshold: float) -> Iterator[Fault]:
    if chance >= threshold:
        return
    turned = next((ours.text for ours, _ in support.denied(seen.matching, support.predicates(seen.matching))), None)
    if turned and chance >= _HARDLY:
        yield Fault("negation", turned)
    else:
        yield Fault("support", support.least(seen.matching) or seen.text)


def _named(claim: Claim) -> str:
    return " ".join(word.text for word in claim.subject)


def _quoted_by_another(seen: Examined) -> Iterator[Fault]:
    """A quotation belongs to the speaker of the statement that it is copied from."""
    for each in seen.quoted:
        for number, start, end in each.places[:1]:
            ground = seen.matching.grounds[number]
            wrong = claims.speaker_of_quotation(seen.matching, ground, (start, end), _place(seen, each), seen.before)
            if wrong is not None:
                yield Fault("speaker", wrong)


def _place(seen: Examined, quoted: quoting.Quoted) -> tuple[int, int]:
    """Where a quotation stands in the text as it is shown."""
    marks = [(match.start(), match.end()) for match in re.finditer(r"“[^”]*”", seen.text)]
    kept = [each for each in seen.quoted if each.places]
    place = kept.index(quoted)
    return marks[place] if place < len(marks) else (0, len(seen.text))


def _slices(seen: Examined) -> tuple[Slice, ...]:
    """The chosen sentences, and those that hold what is quoted; neighbours in one slice."""
    wanted = list(seen.matching.chosen)
    for each in seen.quoted:
        for number, start, end in each.places:
            ground = seen.matching.grounds[number]
            inside = [m for m, (a, b) in enumerate(ground.sentences) if a < end and start < b]
            wanted += [(number, m) for m in inside]
    found: list[Slice] = []
    for number, ground in enumerate(seen.matching.grounds):
        first = ground.source.hit.passage.start
        for m in sorted({m for n, m in wanted if n == number}):
            start, end = (first + place for place in ground.sentences[m])
            if (
                found
                and found[-1].hit == ground.source.hit
                and not found[-1].hit.article.text[found[-1].end : start].strip()
            ):
                found[-1] = Slice(ground.source.hit, found[-1].start, end)
            else:
                found.append(Slice(ground.source.hit, start, end))
    return tuple(found)
