"""A question and a window as one row of tokens, the way the reader was trained to see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retriever.tokens import Encoded, encode

OPENS, CLOSES = 101, 102  # [CLS] and [SEP] of the vocabulary
LONGEST_QUESTION, LONGEST = 56, 256  # tokens; what goes beyond is cut
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pair:
    """Tokens of [CLS] question [SEP] text [SEP]. ``first``: the first of the text's; ``text``: where these stand."""

    ids: list[int]
    first: int
    text: Encoded


def pair(question: Sequence[int], text: str) -> Pair:
    """``question``: its token ids, see ``question_ids``."""
    encoded = encode(text)
    room = LONGEST - len(question) - 3
    kept = Encoded(encoded.ids[:room], encoded.starts[:room], encoded.ends[:room])
    return Pair([OPENS, *question, CLOSES, *kept.ids, CLOSES], len(question) + 2, kept)


def question_ids(question: str) -> list[int]:
    """The question's tokens, as many as the reader takes."""
    return encode(question).ids[:LONGEST_QUESTION]


def padded(pairs: Sequence[Pair]) -> dict[str, Whole]:
    """``input_ids``, ``attention_mask`` and ``token_type_ids``, each (pairs, longest pair)."""
    length = max(len(each.ids) for each in pairs)
    ids, mask, kinds = (np.zeros((len(pairs), length), dtype=np.int64) for _ in range(3))
    for row, each in enumerate(pairs):
        ids[row, : len(each.ids)] = each.ids
        mask[row, : len(each.ids)] = 1
        kinds[row, each.first : len(each.ids)] = 1
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": kinds}
