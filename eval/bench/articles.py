"""Sample articles go in, any number of others come out: each tells of an event of its own, in the words of a sample.

Names, places, outlets, numbers and dates are replaced by invented ones, the same throughout an article; some words by
others that mean the same; and a paragraph may be missing. The first articles of a larger number are those of a smaller.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, Final

from eval.bench import vocabulary
from eval.bench.casting import Cast, cast
from eval.bench.templates import Parser, Part, Template, templates

SEED: Final = 20240
A_FILE: Final = 1000  # articles
_MISSING: Final = 0.2  # of the paragraphs after the first


@dataclass(frozen=True, slots=True)
class Made:
    """One generated article; ``published`` is None where its sample has no date."""

    id: str
    title: str
    source: str | None
    published: date | None
    text: str

    def values(self) -> dict[str, Any]:
        """As it is written: keys without a value are left out."""
        day = self.published.isoformat() if self.published else None
        kept = {"id": self.id, "title": self.title, "source": self.source, "published": day, "text": self.text}
        return {key: value for key, value in kept.items() if value is not None}


class Maker:
    """Articles by their number, from 0. Raises UnreadableFile where the samples cannot be read."""

    def __init__(self, samples: Path, *, seed: int = SEED) -> None:
        self._vocabulary, self._seed = vocabulary.load(), seed
        self.parser = Parser(self._vocabulary)
        self._templates = templates(samples, self.parser)

    def template(self, number: int) -> Template:
        """All samples take turns."""
        return self._templates[number % len(self._templates)]

    def cast(self, number: int) -> Cast:
        """Who and what stands in the article."""
        return cast(self.template(number), number, self._vocabulary, seed=self._seed)

    def names(self, number: int) -> frozenset[str]:
        """The new names that the article, whole, would hold."""
        return self.cast(number).named(self.template(number).slots())

    def article(self, number: int) -> Made:
        """The article itself."""
        template, chosen = self.template(number), self.cast(number)
        return Made(
            id=f"{number:06d}",
            title=chosen.text(template.title),
            source=chosen.text(template.source) or None,
            published=chosen.published if template.dated else None,
            text="\n\n".join(chosen.text(parts) for parts in self.paragraphs(number)),
        )

    def paragraphs(self, number: int) -> list[tuple[Part, ...]]:
        """Those of its sample that the article has."""
        random = Random(f"{self._seed}/{number}/paragraphs")  # noqa: S311 - has to come out the same again
        first, *others = self.template(number).paragraphs
        return [first, *(each for each in others if random.random() >= _MISSING)]

    def articles(self, count: int) -> Iterator[Made]:
        """The first ``count``."""
        return map(self.article, range(count))


def write(articles: Iterator[Made], folder: Path) -> None:
    """JSON lines, a thousand articles a file, one after the other."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    while some := list(islice(articles, A_FILE)):
        lines = (json.dumps(each.values(), ensure_ascii=False) + "\n" for each in some)
        (folder / f"articles-{number:04d}.jsonl").write_text("".join(lines), encoding="utf-8")
        number += 1
