"""Texts go in; how many tokens a chat model makes of them comes out: its own count, or an estimate it corrects."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from threading import Lock

_LETTERS = re.compile(r"[A-Za-z ]+")
_LETTERS_A_TOKEN = 4.4  # with the spaces: most models take 4.5 to 5 of English
_BYTES_A_TOKEN = 2.4  # of what is not ASCII
_LEAST = 100  # estimated tokens from which a count of the provider's tells something
_BOUNDS = (0.6, 2.5)  # of the correction
_SLOWLY = 0.3  # how much one count changes it


def estimated(text: str) -> int:
    """Tokens, sooner too many than too few: digits and marks are one each, as models with a small vocabulary do it."""
    letters = sum(len(run) for run in _LETTERS.findall(text))
    foreign = len(text.encode()) - sum(map(str.isascii, text))
    marks = sum(map(str.isascii, text)) - letters
    return math.ceil(letters / _LETTERS_A_TOKEN + marks + foreign / _BYTES_A_TOKEN)


class Counting:
    """Counts by ``own`` where it is given and works, else by estimate times what the provider's counts have shown."""

    def __init__(self) -> None:
        self._factor, self._lock = 1.0, Lock()

    def count(self, text: str, own: Callable[[str], int | None] | None = None) -> int:
        """Tokens of ``text``."""
        found = own(text) if own else None
        return math.ceil(estimated(text) * self._factor) if found is None else found

    def learn(self, text: str, tokens: int) -> None:
        """The provider counted ``tokens`` in ``text``: at once where it is more than was thought, else by and by."""
        thought = estimated(text)
        if thought < _LEAST or tokens <= 0:
            return
        seen = min(max(tokens / thought, _BOUNDS[0]), _BOUNDS[1])
        with self._lock:
            self._factor = seen if seen > self._factor else self._factor + _SLOWLY * (seen - self._factor)
