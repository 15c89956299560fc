"""A sample article's text goes in, its parts come out: what stays, and the names, numbers and times to be replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from eval.bench.vocabulary import Vocabulary, Word
from retriever.reading import files, read
from retriever.records import Article

MONTHS: Final = tuple("January February March April May June July August September October November December".split())
WEEKDAYS: Final = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_UNITS: Final = "one two three four five six seven eight nine".split()
_LOW: Final = (
    "zero",
    *_UNITS,
    *"ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
)
COUNTS: Final = (*_LOW, *(f"{ten}-{unit}" if unit else ten for ten in _TENS for unit in ("", *_UNITS)))  # 0 to 99
FIRST_COUNT: Final = 4  # "two sides", "both", "the three of them" are not amounts alone
UNDATED: Final = date(2022, 1, 1)  # from where months are counted in an article without a date
LEFT_OUT: Final = frozenset(("reprints/iwaya-beijing.md", "setouchi-bangkok-summit.md"))  # copies of others

_MONTH: Final = rf"(?:{'|'.join(MONTHS)}|Aug)"
_TIMES: Final = rf"""
  (?P<day>{_MONTH}\ \d{{1,2}}(?!\d)(?:\ to\ \d{{1,2}}(?!\d))?(?:,\ \d{{4}})?)
| (?P<month>(?!May\ I\b){_MONTH}(?:\ \d{{4}})?)
| (?P<weekday>{"|".join(WEEKDAYS)})
| (?P<clock>\d{{1,2}}:\d\d)
| (?P<year>(?:19|20)\d\d)
| (?P<number>\d{{1,3}}(?:,\d{{3}})*(?:\.\d+)?(?!\ (?:day|week|month|year)s?\b))
| (?P<count>(?:{"|".join(sorted(COUNTS[FIRST_COUNT:], key=len, reverse=True))})(?!\ (?:day|week|month|year)s?\b))
"""


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of text that is replaced: a word of the vocabulary, or a time or number, whose kind is the word's key."""

    word: Word
    text: str


Part = str | Slot


@dataclass(frozen=True, slots=True)
class Template:
    """A sample article in parts. ``told``: the day of which its times are told."""

    name: str
    told: date
    dated: bool
    title: tuple[Part, ...]
    source: tuple[Part, ...]  # empty where none is known
    paragraphs: tuple[tuple[Part, ...], ...]

    def slots(self) -> Iterator[Slot]:
        """All of them, in order."""
        for parts in (self.title, *self.paragraphs, self.source):
            yield from (part for part in parts if isinstance(part, Slot))


class Parser:
    """Texts in, parts out."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = dict(vocabulary.words)
        names = {word.upper(): known for word, known in vocabulary.words.items() if known.kind != "choice"}
        self._words = names | self._words
        longest_first = sorted(self._words, key=len, reverse=True)
        words = "|".join(re.escape(word) for word in longest_first)
        self._pattern = re.compile(rf"(?<!\w)(?:(?P<word>{words})|{_TIMES})(?!\w)", re.VERBOSE)

    def parts(self, text: str) -> tuple[Part, ...]:
        """``"".join`` of the texts of the parts is ``text``."""
        found: list[Part] = []
        at = 0
        for match in self._pattern.finditer(text):
            found.append(text[at : match.start()])
            kind = match.lastgroup or ""
            word = self._words[match.group()] if kind == "word" else Word("time", kind)
            found.append(Slot(word, match.group()))
            at = match.end()
        return tuple(part for part in (*found, text[at:]) if part)

    def template(self, article: Article) -> Template:
        """The article in parts."""
        return Template(
            name=article.id,
            told=article.published or UNDATED,
            dated=article.published is not None,
            title=self.parts(article.title or ""),
            source=self.parts(article.source or ""),
            paragraphs=tuple(self.parts(each) for each in article.text.split("\n\n")),
        )


def templates(folder: Path, parser: Parser) -> Sequence[Template]:
    """Of every article of the folder, in the order of their names, but for those that are copies of others.

    Raises UnreadableFile.
    """
    articles = (found for path, name in files([folder]) for found in read(path, name=name))
    known = {each.id: each for each in articles if isinstance(each, Article) and each.id not in LEFT_OUT}
    return [parser.template(known[name]) for name in sorted(known)]
