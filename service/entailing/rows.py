"""A source and sentences written about it as one row of tokens, the way the entailment model learned to see them.

The source's tokens look at each other only, a sentence's at the source and at its own. So several sentences can stand
behind one source without knowing of each other, and are learned together at the cost of little more than one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from retriever.records import Article
from retriever.tokens import Encoded, encode

OPENS: Final = 101  # [CLS] of the vocabulary
CLOSES: Final = 102  # [SEP]
LONGEST_SOURCE: Final = 240  # tokens; what goes beyond is cut
LONGEST_WRITTEN: Final = 64
_SOURCE_AT: Final = 72  # the place of a source's first token: behind those of the longest sentence
_UNSEEN: Final = -1e4  # what keeps a token from looking at another
_NOBODY: Final = -1  # the part of a token that only fills a row
_TITLE, _OUTLET = 110, 40  # characters of each that the head may take


@dataclass(frozen=True, slots=True)
class Row:
    """Tokens: source [SEP], then [CLS] sentence [SEP] of each sentence. ``places``: as the model counts them, the
    source's behind a sentence's; ``part``: 0 for the source, 1, 2, … for the sentences; ``opens``: where each
    sentence's [CLS] stands; ``written``: each sentence's own tokens, which follow it.
    """

    ids: list[int]
    places: list[int]
    part: list[int]
    opens: list[int]
    written: list[Encoded]


def row(source: str, sentences: Sequence[str]) -> Row:
    """``source``: with its head. Raises ModelUnusable where the vocabulary cannot be loaded."""
    ids = [*encode(source).ids[:LONGEST_SOURCE], CLOSES]
    made = Row(ids, list(range(_SOURCE_AT, _SOURCE_AT + len(ids))), [0] * len(ids), [], [])
    for sentence in sentences:
        _append(made, sentence)
    return made


def behind(sentence: str) -> Row:
    """A sentence for a source that was read before."""
    made = Row([], [], [], [], [])
    _append(made, sentence)
    return made


def _append(made: Row, sentence: str) -> None:
    tokens = encode(sentence)
    kept = Encoded(*(part[:LONGEST_WRITTEN] for part in (tokens.ids, tokens.starts, tokens.ends)))
    made.opens.append(len(made.ids))
    made.written.append(kept)
    own = [OPENS, *kept.ids, CLOSES]
    made.ids.extend(own)
    made.places.extend(range(len(own)))
    made.part.extend([len(made.written)] * len(own))


def given(rows: Sequence[Row]) -> Mapping[str, NDArray[Any]]:
    """What the network is trained on: ``input_ids``, ``position_ids``, ``token_type_ids``, each (rows, longest row),
    and ``bias``, (rows, 1, longest row, longest row), 0 where a token may look and -10,000 where not.
    """
    longest = max(len(each.ids) for each in rows)
    ids, places = (np.zeros((len(rows), longest), dtype=np.int64) for _ in range(2))
    part = np.full((len(rows), longest), _NOBODY, dtype=np.int64)
    for n, each in enumerate(rows):
        count = len(each.ids)
        ids[n, :count], places[n, :count], part[n, :count] = each.ids, each.places, each.part
    seen = (part[:, :, None] == part[:, None, :]) | ((part[:, None, :] == 0) & (part[:, :, None] > 0))
    bias = np.where(seen, 0.0, _UNSEEN).astype(np.float32)[:, None]
    return {"input_ids": ids, "position_ids": places, "token_type_ids": (part == 0).astype(np.int64), "bias": bias}


def step(read: Row, before: NDArray[np.float32]) -> Mapping[str, NDArray[Any]]:
    """What the model at work reads next: a source, or a sentence behind one. ``before``: the states that it gave."""
    part = np.array([read.part])
    return {
        "input_ids": np.array([read.ids]),
        "position_ids": np.array([read.places]),
        "token_type_ids": (part == 0).astype(np.int64),
        "before": before,
    }


def head(article: Article, *, titled: bool = True) -> str:
    """What a reader knows of an article before its text: "Title. Outlet, Friday, 8 October 2021. "."""
    title = (article.title or "")[:_TITLE] if titled else ""
    day = f"{article.published:%A}, {article.published.day} {article.published:%B %Y}" if article.published else ""
    origin = ", ".join(part for part in ((article.source or "")[:_OUTLET], day) if part)
    return "".join(f"{part.rstrip('.')}. " for part in (title, origin) if part)
