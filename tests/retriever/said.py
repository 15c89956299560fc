"""Statements for the tests of what keeps and shows them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from retriever.records import Article, Statement, When
from tests.retriever.stores import day


def statement(article: Article, content: str, speaker: str | None = None, **known: Any) -> Statement:
    """Words of the article that somebody says there. ``known``: further fields of Statement."""
    start = article.text.index(content)
    end = start + len(content)
    fields: dict[str, Any] = {
        "speaker_text": speaker or "",
        "role": None,
        "cue": "said",
        "kind": "indirect",
        "addressee": None,
        "said_on": None,
        "via": (),
        "speech": True,
        "slices": ((start, end),),
    }
    digest = hashlib.sha256(f"{article.id} {start} {content}".encode()).hexdigest()[:16]
    return Statement(
        id=digest, article_id=article.id, speaker=speaker, content=content, start=start, end=end, **{**fields, **known}
    )


def on(first: str | None, last: str | None = None, text: str = "on Wednesday") -> When:
    """A time that a text speaks of; one day where there is no ``last``."""
    if first is None:
        return When(None, None, "weekday", "text", text, 0, len(text))
    return When(day(first), day(last or first), "day" if last is None else "range", "text", text, 0, len(text))


@dataclass
class Quotes:
    """A finder by one rule, “words,” Name said, which keeps the ids of the articles that it was given."""

    version: str = "1"
    read: list[str] = field(default_factory=list)

    def find(self, article: Article) -> list[Statement]:
        self.read.append(article.id)
        found = re.finditer(r"“([^”]+),” ([A-Z]\w+) said", article.text)
        return [statement(article, match[1], match[2]) for match in found]
