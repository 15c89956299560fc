"""The words of a statement go in; what it is about and what it says of that come out, by a dependency parse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from eval.making.archive import Archive
from eval.making.people import Named
from eval.making.wording import VAGUE
from retriever.naming import behind_titles
from retriever.speaking import Speaking
from retriever.wording import content_words, stem
from service.checking.parse import Parse, Word, parse
from service.sayings.countries import country

_LEFT = ("compound", "amod", "nmod", "nummod")  # what stands in front of a noun as a part of what it names
_NOT_PARTS = frozenset(
    """other same many such new own certain more most few all any good big great whole very substantial mutual existing
    selected various particular""".split()
)
_HOW = frozenset("through by with during after before at since until without like as per via under within".split())
_TIMES = ("DATE", "TIME", "ORDINAL", "CARDINAL", "PERCENT", "MONEY", "QUANTITY")
_CONTEXT = 160  # characters around a name by which it is seen whether a person's it is
_LOOKED_AT = 4  # places of a name
_EVERYWHERE = 0.5  # share of the articles with whose subject everything has to do
_STEM = 4  # letters of the least stem that is looked for in place of a word


@dataclass(frozen=True, slots=True)
class About:
    """``topic``: a noun phrase as it stands there, "the" in front where it has it. ``keys``: words that say what is
    said of it, each with its stem, the most telling first.
    """

    topic: str
    keys: tuple[tuple[str, ...], ...]

    @property
    def is_name(self) -> bool:
        """Whether it is a name throughout, for which there are few other words."""
        return all(word[0].isupper() for word in self.topic.removeprefix("the ").split())


class Topics:
    """What statements are about. The parser loads at its first use, about 2 s."""

    def __init__(self, archive: Archive) -> None:
        self._archive, self._speaking = archive, Speaking()
        self._persons: dict[str, bool] = {}

    def of(self, words: str) -> list[About]:
        """What the words name, in their order, with what they say of it."""
        parsed = parse(self._speaking, words)
        phrases = [own for word in parsed.words if not _aside(parsed, word) and (own := _phrase(parsed, word))]
        ranked = self._archive.rarest([words])
        found: list[About] = []
        for phrase in phrases:
            topic = words[phrase[0].start : phrase[-1].end]
            keys = _keys(parsed, phrase, ranked)
            if keys and not self._is_everywhere(topic):
                found.append(About(_with_article(parsed, phrase, topic), keys))
        return found

    def _is_everywhere(self, topic: str) -> bool:
        return len(self._archive.with_words(topic)) > _EVERYWHERE * len(self._archive.entries)

    def is_person(self, person: Named) -> bool:
        """Whether the parser, too, takes the name for a person's, in one of a few places where it stands."""
        if person.name not in self._persons:
            contexts = list(self._contexts(person.name))
            own = {word.strip(".") for word in person.words}
            self._persons[person.name] = any(
                own <= set(entity.lower().replace(".", "").split())
                for text in contexts
                for entity in self._speaking.named(text, ["PERSON"])
            )
        return self._persons[person.name]

    def _contexts(self, name: str) -> Iterator[str]:
        for id_ in sorted(self._archive.with_phrase(name))[:_LOOKED_AT]:
            text = self._archive.article(id_).text
            for match in list(re.finditer(re.escape(name), text))[:_LOOKED_AT]:
                yield text[max(0, match.start() - _CONTEXT) : match.end() + _CONTEXT]


def _aside(parsed: Parse, word: Word) -> bool:
    """Whether it is only how or when something was done, or in a clause that says more of another word: "protested
    through diplomats", "the ban that stands since the crisis".
    """
    of_how = word.dep == "pobj" and parsed.words[word.head].lower in _HOW
    return of_how or any(each.dep == "relcl" for each in parsed.above(word))


def _phrase(parsed: Parse, head: Word) -> list[Word] | None:
    """A noun with what names it more closely in front; None where it says too little to be asked about."""
    if head.pos not in ("NOUN", "PROPN") or head.dep in _LEFT or head.entity in _TIMES or not head.text.isalpha():
        return None
    first = head.place
    while first > 0 and (left := parsed.words[first - 1]).dep in _LEFT and head.place >= left.head >= first:
        if left.lower in _NOT_PARTS or left.entity in _TIMES or left.pos == "NUM" or left.tag == "JJR":
            break
        first -= 1
    phrase = list(parsed.words[first : head.place + 1])
    telling = [word for word in phrase if content_words(word.text) and word.lower not in VAGUE]
    proper = head.pos == "PROPN" and head.place > 0 and (len(phrase) > 1 or bool(head.entity))
    # "Constant touch" and "the Chinese version" can be said of anything; "import ban", "Taiwan Strait", "the price of
    # fish" and, mostly, "public debts" cannot.
    named = proper or any(word.dep in ("compound", "nmod") and word.pos in ("NOUN", "PROPN") for word in phrase[:-1])
    more = _of(parsed, head)
    named = named or bool(more) or (len(phrase) > 1 and head.tag == "NNS")
    person = any(word.entity == "PERSON" for word in phrase)
    joined = (
        parsed.text[max(0, phrase[0].start - 1) : phrase[0].start] == "-" or parsed.text[head.end : head.end + 1] == "-"
    )
    adjective = len(phrase) == 1 and (found := country(head.text)) is not None and head.text != found.name
    vague = head.lower in VAGUE or len(telling) < len(phrase)
    titled = len(behind_titles([word.text for word in phrase])) < len(phrase)
    shouted = all(word.text.isupper() and len(word.text) > _STEM for word in phrase)
    return None if vague or titled or shouted or person or adjective or joined or not named else phrase + more


def _of(parsed: Parse, head: Word) -> list[Word]:
    """ "of flounder" behind "the price", up to a noun that says enough."""
    found = list(parsed.words[head.place + 1 : head.place + 5])
    if not found or found[0].lower != "of":
        return []
    for n, word in enumerate(found[1:], start=1):
        if word.pos in ("NOUN", "PROPN") and word.dep == "pobj":
            return found[: n + 1] if word.lower not in VAGUE and word.entity not in (*_TIMES, "PERSON") else []
        if word.dep not in (*_LEFT, "det") or word.lower in _NOT_PARTS:
            return []
    return []


def _with_article(parsed: Parse, phrase: Sequence[Word], topic: str) -> str:
    before = parsed.words[phrase[0].place - 1] if phrase[0].place else None
    until_of = takewhile(lambda word: word.lower != "of", phrase)
    singular = list(until_of)[-1].tag == "NN"
    return f"the {topic}" if singular or (before and before.lower == "the") else topic


def _keys(parsed: Parse, phrase: Sequence[Word], ranked: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Nouns, verbs, adjectives and numbers outside of the phrase that are not mere names of people."""
    taken = {word.base for word in phrase}
    words = [
        word.text
        for word in parsed.words
        if word.content
        and word.base not in taken
        and word.pos in ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
        and len(word.text) >= _STEM
        and word.text.isalpha()
        and "-" not in parsed.text[max(0, word.start - 1) : word.end + 1]
        and word.lower not in VAGUE
        and word.lower in ranked
    ]
    ordered = sorted(dict.fromkeys(words), key=lambda word: ranked.index(word.lower()))
    return tuple(_forms(word) for word in ordered)


def _forms(word: str) -> tuple[str, ...]:
    """A word and, where it is long enough, the beginning that it shares with its other forms."""
    short = stem(word.lower())
    beginning = short if word.lower().startswith(short) and len(short) >= _STEM else word
    return tuple(dict.fromkeys((word, beginning)))
