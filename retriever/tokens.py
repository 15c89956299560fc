"""A text as the project's small models read it: tokens of the packaged model's vocabulary, each with its place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from retriever.embedding import package

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids and where in the text each stands; ``starts`` and ``ends`` are in code points, both ascending."""

    ids: list[int]
    starts: list[int]
    ends: list[int]

    def within(self, start: int, end: int) -> range:
        """The tokens that overlap ``text[start:end]``."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))


@cache
def _tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    model = package.folder()
    package.check(model, package.TOKENIZER)
    tokenizer = Tokenizer.from_file(str(model / package.TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def encode(text: str) -> Encoded:
    """The whole text, without the tokens that a model wants around it. Raises ModelUnusable."""
    encoding = _tokenizer().encode(text, add_special_tokens=False)
    return Encoded(encoding.ids, [start for start, _ in encoding.offsets], [end for _, end in encoding.offsets])


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """``text[start:end]`` with the words whole that it begins or ends in the middle of."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end
