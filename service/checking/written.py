"""A sentence that a chat model wrote and what it cites go in; whether and where that bears it out comes out."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from retriever import splitting
from retriever.catalogue.words import tokens
from retriever.records import When
from retriever.speaking import Speaking
from retriever.tokens import whole_words
from service.checking import (
    claims,
    clocks,
    figures,
    grounding,
    names,
    polarity,
    postings,
    quoting,
    roles,
    support,
    suspects,
    told,
    voices,
)
from service.checking.aligning import predicates
from service.checking.alike import Alike, Vectors
from service.checking.grammar import cut_off, is_clause, unfinished
from service.checking.matching import Ground, Matching, Place, match
from service.checking.orders import without_orders
from service.checking.parse import Parse, Word, parse
from service.checking.source import Source
from service.checking.terms import in_their_terms
from service.checking.verdict import Examined, Fault, Verdict
from service.drafting.leads import Slice
from service.entailing.model import Entailed
from service.entailing.rows import head
from service.weighing import Weights

__all__ = ["Checker", "Fault", "Verdict", "told_wrong"]
_KEPT: Final = 48  # passages that stay parsed
_WRONG: Final = 0.5  # chance from which a word that the source does not say is named
Aligned = Sequence[tuple[Word, Place]]


class Entails(Protocol):
    """Whether a source, a passage behind its head, says a sentence."""

    def read(self, source: str) -> object:
        """Read it ahead."""

    def __call__(self, source: str, sentence: str) -> Entailed: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """Safe to share between threads. ``vectors``: the sentence embedding, (n, size), rows of length 1; ``entails``:
    whether a passage behind its head says a sentence.
    """

    speaking: Speaking
    vectors: Vectors
    entails: Entails
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
        self.entails("He said so.", "He said so.")

    def prepare(self, sources: Sequence[Source]) -> None:
        """Read passages ahead, while the model is still writing; what is checked later is then checked faster."""
        for source in sources:
            self.entails.read(_premise(self._ground(source)))

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
        even = quoting.evened(sentence)
        quoted = quoting.quotations(even, passages)
        text = quoting.mended(even, quoted, passages)
        read = parse(self.speaking, text)
        days = figures.days(text, cited[0].hit.article.published)
        lent = _lent(read, days)
        matching = match(read, self.vectors([text])[0], grounds, self._alike, lent=lent)
        entailed = self._entailed(text, days, matching)
        unheard = tuple(grounding.unheard(matching))
        if unheard and any(self.entails(each, text).says >= 0 for each in _premises(matching, titled=False)):
            unheard = ()  # what a title claims is no evidence
        return Examined(sentence, text, tuple(quoted), tuple(days), matching, entailed, tuple(before), unheard)

    def _entailed(self, text: str, days: Sequence[When], matching: Matching) -> Entailed:
        """By the passage that is likeliest to say it, in the sentence's words or in the passage's own terms."""
        premises = tuple(_premises(matching))
        found = [self.entails(each, text) for each in premises]
        if (translated := in_their_terms(text, days, matching)) is not None:
            found += [translated.placed(self.entails(each, translated.text)) for each in premises]
        return max(found, key=lambda each: each.says)

    def judged(self, seen: Examined) -> Verdict:
        """What becomes of a sentence that was read."""
        aligned = predicates(seen.matching)
        suspected = suspects.suspected(seen, aligned)
        chance = self.weights.chance(support.features(seen.matching, aligned, suspected, seen.entailed))
        borne_out = chance >= self.weights.threshold or _is_copied(seen)
        unsupported = () if borne_out else _unsupported(seen, aligned, suspected.values())
        parted = (Fault("speaker", word.text) for word in roles.joined(seen.matching, aligned))
        faults = tuple(dict.fromkeys((*told_wrong(seen), *parted, *unsupported)))
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


def _premise(ground: Ground, *, titled: bool = True) -> str:
    return head(ground.source.hit.article, titled=titled) + ground.text


def _premises(matching: Matching, *, titled: bool = True) -> Iterator[str]:
    """The passage that bears most of the sentence out; where it takes several, also what bears it out together."""
    first, *others = dict.fromkeys(number for number, _ in matching.chosen)
    yield _premise(matching.grounds[first], titled=titled)
    if others:
        heads = [head(ground.source.hit.article, titled=titled) for ground in matching.grounds]
        told = [(n, matching.grounds[n].text[slice(*matching.grounds[n].sentences[m])]) for n, m in matching.chosen]
        yield " ".join(heads[n] + text for n, text in sorted(told, key=lambda each: each[0]))


def _lent(read: Parse, days: Sequence[When]) -> frozenset[int]:
    """Words of times and numbers, which are looked at by themselves."""
    spans = [(when.start, when.end) for when in days]
    spans += [(start, end) for _, start, end, _ in clocks.clocks(read.text)]
    return frozenset(
        word.place for word in read.words if word.pos == "NUM" or any(start <= word.start < end for start, end in spans)
    )


def told_wrong(seen: Examined) -> Iterator[Fault]:
    """What is certainly wrong: quotations, names, times, numbers in digits, offices, opposites, what tells nothing."""
    if (not is_clause(seen.matching.parse) and not _is_spoken(seen)) or _is_title(seen):
        yield Fault("fragment", seen.text)
    if last := cut_off(seen.matching.parse):
        yield Fault("support", f"… {last.text}")
    if head := unfinished(seen.matching.parse):
        yield Fault("support", f"that … {head.text}")
    if not seen.matching.ours and not seen.quoted and not seen.days:
        yield Fault("support", seen.text)
    yield from (Fault("support", word) for word in seen.unheard)
    yield from (Fault("quotation", each.words) for each in seen.quoted if not each.places and not each.near)
    yield from (Fault("negation", ours.text) for ours, _ in polarity.opposites(seen.matching))
    sources = [ground.source for ground in seen.matching.grounds]
    allowed = names.known(sources, seen.before[1:])  # the question's names are the asker's
    yield from (Fault("name", word.text) for word in names.unknown(seen.matching.parse, allowed))
    yield from (Fault("speaker", name) for name in postings.misplaced(seen.text, sources))
    yield from (Fault("speaker", claim.named) for claim in claims.elsewhere(seen.matching, seen.before))
    yield from (Fault("speaker", word.text) for word in roles.taken_over(seen.matching))
    yield from (Fault("speaker", word.text) for word in roles.never_between(seen.matching))
    yield from (Fault("speaker", words) for words in voices.unvoiced(seen.matching, next(iter(seen.before), "")))
    yield from (Fault("date", when.text) for when in seen.days if not told.is_dated(seen, when))
    yield from (Fault("number", words) for words in told.numbers_unknown(seen) if any(c.isdigit() for c in words))


def _is_title(seen: Examined) -> bool:
    """Whether it is the headline of what it cites, which says what the text says, with nobody to say it."""
    written = tokens(seen.text)
    return any(written == tokens(ground.source.hit.article.title or "") for ground in seen.matching.grounds)


def _is_copied(seen: Examined) -> bool:
    """Whether it is a whole sentence of what it cites, or several in a row."""
    written = tokens(seen.text)
    for ground in seen.matching.grounds:
        told = [tokens(ground.text[start:end]) for start, end in ground.sentences]
        for first in range(len(told)):
            behind, place = [word for each in told[first:] for word in each], 0
            ends = {place := place + len(each) for each in told[first:]}
            if len(written) in ends and behind[: len(written)] == written:
                return True
    return False


def _is_spoken(seen: Examined) -> bool:
    """Whether somebody in a transcript says exactly this: people speak in fragments ("Not this year.")."""
    written = tokens(seen.text[splitting.after_label(seen.text) :])
    return any(
        tokens(said[splitting.after_label(said) :]) == written
        for ground in seen.matching.grounds
        if splitting.turns(ground.source.hit.article.text)
        for start, end in ground.sentences
        if (said := ground.text[start:end])
    )


def _unsupported(seen: Examined, aligned: Aligned, suspected: Iterable[Fault]) -> tuple[Fault, ...]:
    """Why a sentence is not borne out, as far as that can be told."""
    if found := tuple(suspected):
        return found
    turned = next((ours.text for ours, _ in polarity.denied(seen.matching, aligned)), None)
    return (Fault("negation", turned) if turned else Fault("support", _least(seen)),)


def _least(seen: Examined) -> str:
    """The words that are borne out least."""
    if seen.entailed.wrong >= _WRONG:
        return seen.text[slice(*whole_words(seen.text, *seen.entailed.at))]
    return support.least(seen.matching) or seen.text


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
