"""What the entailment model learns from: sources with twins, a sentence that is true to it and one that is not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from retriever.catalogue import Catalogue
from retriever.errors import ArticleNotFound
from retriever.records import Article
from service.entailing.rows import head

Span = tuple[int, int]
_WORD: Final = re.compile(r"[\w’']+|[^\w\s]")
_NEAR: Final = 0.55  # how much of two twins must be the same for the rest to be what makes one of them false


@dataclass(frozen=True, slots=True)
class Twins:
    """``false`` says in ``true``'s words, as far as it can, what the source does not say; ``kind``: in which way.
    ``leans``: how true each of the two sounds by itself, as a logit (``leaning``).
    """

    true: str
    kind: str
    false: str
    leans: tuple[float, float] = (0.0, 0.0)

    def wrong(self) -> tuple[Span, ...]:
        """Where in ``false`` it says other than ``true``; a word left out marks the one that follows. Nothing where the
        two have too little in common to tell.
        """
        ours, theirs = (list(_WORD.finditer(text)) for text in (self.true, self.false))
        edits = SequenceMatcher(None, _lower(ours), _lower(theirs), autojunk=False)
        if edits.ratio() < _NEAR:
            return ()
        found = []
        for what, _, _, first, stop in edits.get_opcodes():
            if what == "delete":
                found.append(theirs[min(first, len(theirs) - 1)].span())
            elif what != "equal":
                found.append((theirs[first].start(), theirs[stop - 1].end()))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Example:
    """``source``: with its head."""

    source: str
    twins: tuple[Twins, ...]


def read(file: Path, catalogues: Sequence[Catalogue]) -> Iterator[Example]:
    """``file``: JSON lines with document, start, end (code points of the article's text) and twins (true, kind, false).
    Raises ArticleNotFound where none of the catalogues has the article.
    """
    for line in file.read_text("utf-8").splitlines():
        found = json.loads(line)
        article = _article(found["document"], catalogues)
        text = article.text[found["start"] : found["end"]]
        yield Example(head(article) + text, tuple(Twins(*each) for each in found["twins"]))


def _article(document: str, catalogues: Sequence[Catalogue]) -> Article:
    for catalogue in catalogues[:-1]:
        with suppress(ArticleNotFound):
            return catalogue.article(document)
    return catalogues[-1].article(document)


def _lower(words: Sequence[re.Match[str]]) -> list[str]:
    return [word[0].lower() for word in words]
