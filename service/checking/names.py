"""A sentence goes in; the names in it that neither its passages nor what the article says of those has come out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from retriever import timewords
from retriever.catalogue.words import fold, tokens
from retriever.wording import content_words
from service.checking.parse import Parse, Word
from service.checking.source import Source
from service.sayings.countries import Country, country

_REACH: Final = 90  # characters beside a name in which an article says who that is
_CAPITAL = re.compile(r"[^\W\d_a-zß-öø-ÿ]")
_TIMES: Final = frozenset((*timewords.FULL_MONTHS, *timewords.MONTHS, *timewords.DAYS, "pm", "am"))
_HONORIFICS: Final = frozenset("mr mrs ms dr sir i".split())
_PRONOUN = re.compile(
    r"\b(?:he|she|they|him|her|them|his|their|the (?:minister|president|premier|spokes\w+|two|three|both))\b", re.I
)
_PEOPLE: Final = ("n", "ns", "an", "ans", "ian", "ians", "ese", "i", "is", "sider", "siders")  # who live in a place
_SHORTEST: Final = 4  # letters; "Ira" is no place of "Iran"
_PERIODS = re.compile(r"\.")


@dataclass(frozen=True)
class Known:
    """What may be named: ``words``, folded, of the passages, and of what the article says of those named there."""

    words: frozenset[str]
    countries: frozenset[Country]
    initials: frozenset[str]
    spoken_of: frozenset[Country | None] = frozenset()  # countries of the whole article: "Japan’s foreign ministry"

    def has(self, word: str) -> bool:
        plain = tokens(re.sub(r"['’]s?$", "", word))
        if not plain or all(each in self.words for each in plain):
            return True
        of = country(re.sub(r"['’]s?$", "", word)) or country(re.sub(r"s?['’]?s?$", "", word))
        if of in self.countries if of else False:
            return True
        if len(plain) == 1 and self._has_people_of(plain[0]):
            return True
        if len(plain) == 1 and (
            plain[0] in self.initials or plain[0].rstrip("s") in self.words or f"{plain[0]}s" in self.words
        ):
            return True
        return len(plain) > 1 and all(self.has(each) for each in plain if len(each) < len(fold(word)))

    def _has_people_of(self, name: str) -> bool:
        """Whether a place is named by its people ("Tasmania" by "Tasmanians"), or they by it."""
        return any(
            f"{name}{ending}" in self.words or (name.endswith(ending) and name.removesuffix(ending) in self.words)
            for ending in _PEOPLE
            if len(name) > _SHORTEST
        )


def known(sources: Sequence[Source], before: Sequence[str] = ()) -> Known:
    """From the passages, their statements' speakers, and the article's words about whoever is named in them."""
    texts: list[str] = []
    for source in sources:
        article, passage = source.hit.article, source.hit.passage
        own = [passage.text, passage.speaker or "", article.source or "", article.author or "", article.title or ""]
        for each in source.statements:
            own += [each.speaker or "", each.speaker_text, each.role or "", each.addressee or "", *each.via]
        texts += [*own, *_about(article.text, " ".join((passage.text, *own[5:])), passage.speaker)]
        if opening := _antecedents(article.text, passage.start, passage.text):
            texts.append(opening)
    whole = {
        of for source in sources for of in _countries(f"{source.hit.article.title or ''} {source.hit.article.text}")
    }
    joined = "\n".join((*texts, *before))
    return Known(
        frozenset(tokens(joined)), frozenset(_countries(joined)), frozenset(initials(joined)), frozenset(whole)
    )


def unknown(parse: Parse, allowed: Known) -> Iterator[Word]:
    """Names of the sentence that are not ``allowed``, a word each."""
    for word in parse.words:
        if _CAPITAL.match(word.text) and _names(word, parse) and not allowed.has(word.text):
            part = _PERIODS.sub("", word.lower)
            if part in _TIMES or part in _HONORIFICS:
                continue
            if word.dep in ("poss", "compound", "amod", "nmod") and country(word.text) in allowed.spoken_of:
                continue
            if not _among_countries(word, parse, allowed):
                yield word


def _among_countries(word: Word, parse: Parse, allowed: Known) -> bool:
    """ "New" of "New Delhi": names of several words are compared whole."""
    for size in (3, 2):
        for first in range(max(0, word.place - size + 1), word.place + 1):
            group = parse.words[first : first + size]
            if len(group) == size and (of := country(parse.text[group[0].start : group[-1].end])):
                return of in allowed.countries
    return False


def _names(word: Word, parse: Parse) -> bool:
    if word.place in parse.starts or (
        word.place and parse.words[word.place - 1].text in ("“", '"', "‘", ":", "—", "–", "(")
    ):
        return (word.pos == "PROPN" or bool(word.entity in ("PERSON", "GPE", "ORG", "NORP", "LOC"))) and bool(
            content_words(word.lower)
        )
    return word.lower not in ("i",) and bool(content_words(word.lower) or word.text.isupper())


def _about(text: str, own: str, label: str | None) -> Iterator[str]:
    """What stands beside each mention, anywhere in the article, of whoever is named in the passage: name, office."""
    surnames = {match for match in re.findall(r"\b[A-Z][\w’'-]+", own) if not country(match)}
    for surname in sorted(surnames):
        if surname.lower() in _TIMES or not content_words(surname):
            continue
        for match in re.finditer(rf"\b{re.escape(surname)}\b", text):
            line = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
            start, end = (
                max(line[0], match.start() - _REACH),
                min(line[1] if line[1] >= 0 else len(text), match.end() + _REACH),
            )
            yield _titled(text[start:end], match.start() - start, match.end() - start)
    if label:
        yield label


def about(text: str, named: str) -> str:
    """What the article says, anywhere, of the people and bodies among these names."""
    return " ".join(dict.fromkeys(_about(text, named, None)))


def _titled(around: str, start: int, end: int) -> str:
    """Of the words around a name those of its own phrase: what it is called in front, and behind a comma."""
    before = re.split(
        r"[.;:!?“”\"()]|, (?=and\b)|\b(?:and|that|told|said|with|met|to|by|from|in|at|on|whom|who|when|while)\b",
        around[:start],
    )[-1]
    behind = re.match(
        r"(?: (?:[A-Z][\w’'-]+))*(?:,? (?:the |an? |who (?:is|was|leads|heads|became)|of |from )[^,.;:“”]*)?",
        around[end:],
    )
    return f"{before} {around[start:end]} {behind[0] if behind else ''}"


def _antecedents(text: str, start: int, passage: str) -> str:
    """The paragraph before a passage whose first sentence speaks of somebody it does not name."""
    first = re.split(r"(?<=[.!?]) ", passage, maxsplit=1)[0]
    if not _PRONOUN.search(first):
        return ""
    before = text[:start].rstrip()
    return before[before.rfind("\n") + 1 :][-500:]


def _countries(text: str) -> Iterator[Country]:
    words = re.findall(r"[A-Z][\w.’'-]*", text)
    for size in (1, 2, 3):
        for place in range(len(words) - size + 1):
            of = country(" ".join(words[place : place + size]).rstrip(".")) or country(
                " ".join(words[place : place + size])
            )
            if of:
                yield of


def initials(text: str) -> Iterator[str]:
    """ "iaea" for "International Atomic Energy Agency"."""
    for match in re.finditer(r"[A-Z][\w’'-]+(?: (?:(?:of|for|the|and|on) )*[A-Z][\w’'-]+)+", text):
        capitals = [word[0].lower() for word in re.split(r"[\s-]", match[0]) if word[:1].isupper()]
        for size in range(2, len(capitals) + 1):
            yield from ("".join(capitals[at : at + size]) for at in range(len(capitals) - size + 1))
