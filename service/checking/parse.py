"""A text goes in; its words come out with what each is in the sentence, free of the parser's own types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Protocol

from retriever.catalogue.words import fold
from retriever.wording import stem
from service.checking.likewords import BASE, EMPTY

CONTENT: Final = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "INTJ", "X"))
SUBJECTS: Final = frozenset(("nsubj", "nsubjpass", "csubj"))
_CLAUSES: Final = frozenset(("ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "xcomp", "ROOT"))


class Parsing(Protocol):
    """A dependency parser, spaCy's as it is wrapped in ``retriever.speaking``."""

    def _parsed(self, text: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class Word:
    """``text[start:end]`` of what was parsed. ``head``: the place of the word it hangs on, its own for a root."""

    place: int
    text: str
    lower: str
    base: str  # stem of the folded word, of irregular forms that of their base
    pos: str  # universal part of speech
    tag: str
    dep: str
    head: int
    entity: str  # kind of name, "" for none
    start: int
    end: int

    @property
    def verbal(self) -> bool:
        return self.pos in ("VERB", "AUX")

    @property
    def content(self) -> bool:
        """Whether it carries meaning of its own: no auxiliary, no adverb of mere manner of telling."""
        return self.pos in CONTENT and self.lower not in EMPTY and any(c.isalnum() for c in self.text)


@dataclass(frozen=True)
class Parse:
    """The words of ``text`` in order."""

    text: str
    words: tuple[Word, ...]
    starts: frozenset[int] = field(default_factory=frozenset)  # places of words that open a sentence

    @cached_property
    def children(self) -> tuple[tuple[Word, ...], ...]:
        found: list[list[Word]] = [[] for _ in self.words]
        for word in self.words:
            if word.head != word.place:
                found[word.head].append(word)
        return tuple(map(tuple, found))

    def within(self, start: int, end: int) -> list[Word]:
        """The words that begin in ``text[start:end]``."""
        return [word for word in self.words if start <= word.start < end]

    def below(self, word: Word, *, without: frozenset[str] = frozenset()) -> list[Word]:
        """A word and all that hangs on it, in order; what hangs on it by a relation of ``without`` is left out."""
        found, waiting = [], [word]
        while waiting:
            one = waiting.pop()
            found.append(one)
            waiting += [each for each in self.children[one.place] if each.dep not in without]
        return sorted(found, key=lambda each: each.place)

    def child(self, word: Word, *deps: str) -> Word | None:
        return next((each for each in self.children[word.place] if each.dep in deps), None)

    def above(self, word: Word) -> Iterator[Word]:
        """The words it hangs on, nearest first."""
        while word.head != word.place:
            word = self.words[word.head]
            yield word

    def verb_of(self, word: Word) -> Word | None:
        """The nearest verb that it hangs on, or itself."""
        if word.verbal:
            return word
        return next((each for each in self.above(word) if each.verbal), None)

    def clauses(self) -> list[list[Word]]:
        """Each word once, with the nearest verb, or root, that opens a clause of its own."""
        heads = {word.place for word in self.words if word.dep in _CLAUSES and (word.verbal or word.dep == "ROOT")}
        groups: dict[int, list[Word]] = {}
        for word in self.words:
            chain = (word, *self.above(word))
            own = next((each.place for each in chain if each.place in heads), chain[-1].place)
            groups.setdefault(own, []).append(word)
        return [group for _, group in sorted(groups.items())]


def parse(parsing: Parsing, text: str) -> Parse:
    """Raises what the parser raises where its model cannot be loaded."""
    found = parsing._parsed(text)
    words = tuple(
        Word(
            token.i,
            token.text,
            token.lower_,
            base(token.lower_),
            token.pos_,
            token.tag_,
            token.dep_,
            token.head.i,
            token.ent_type_,
            token.idx,
            token.idx + len(token),
        )
        for token in found
    )
    return Parse(text, words, frozenset(token.i for token in found if token.is_sent_start))


def base(word: str) -> str:
    """ "said" and "says" -> "say"; for what has no irregular form its stem."""
    plain = fold(word)
    return BASE.get(plain) or stem(plain)


def bases(words: Sequence[Word]) -> frozenset[str]:
    return frozenset(word.base for word in words if word.content)
