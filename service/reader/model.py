"""The reader's model at work: a question and windows go in, readings come out. No torch.

``eval/reader`` says how it is built and trained, README.md in this folder with which figures.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from retriever import inference
from retriever.cores import cores
from retriever.tokens import whole_words
from service.reader.pairs import Pair, padded, pair, question_ids
from service.reader.windows import Window

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WEIGHTS: Final = Path(__file__).with_name("reader.onnx")
SHA256: Final = "423fbea00aae83e0479f0b340e443767fa9d85e7918dc5b9c2f89d84d9afb378"
_LONGEST_SPAN: Final = 24  # tokens
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of a question and a window.

    ``rank``: compares windows of one question, any number; ``answers``: how likely this one answers at all, as a
    logit; ``sentences``: for each sentence how much of it shows the answer, 0 to 1; ``span``: where in the window's
    text the answer stands, with ``sure``, the logarithm of its probability among all places of the window.
    """

    rank: float
    answers: float
    sentences: tuple[float, ...]
    span: tuple[int, int]
    sure: float


class Reader:
    """Loads at the first question. Safe to share between threads. Raises ModelUnusable where the weights are not those
    that were measured.
    """

    def __init__(self, weights: Path = WEIGHTS, *, digest: str = SHA256, threads: int | None = None) -> None:
        self._weights, self._digest = weights, digest
        self._threads = threads or cores()
        # Runs side by side, each on one core, end sooner than runs that share their matrices out.
        self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="reader")
        self._loading = threading.Lock()
        self._loaded: InferenceSession | None = None

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """One reading a window, in their order."""
        asked = question_ids(question)
        pairs = [pair(asked, each.text) for each in windows]
        outputs = self._pool.map(self._run, pairs)
        return [reading(*each) for each in zip(windows, pairs, outputs, strict=True)]

    def _run(self, one: Pair) -> list[NDArray[Any]]:
        """Each pair by itself: of several together, one would be rounded by the largest numbers of another."""
        outputs: list[NDArray[Any]] = self._session().run(None, padded([one]))
        return [each[0] for each in outputs]

    def _session(self) -> InferenceSession:
        with self._loading:
            if self._loaded is None:
                self._loaded = inference.session(
                    self._weights, digest=self._digest, thing="model of the reader", threads=1
                )
            return self._loaded


def reading(window: Window, of: Pair, outputs: Sequence[Any]) -> Reading:
    """``outputs``: rank, answers, and for each token start, end, evidence."""
    first, count = of.first, len(of.text.ids)
    start, end, evidence = (np.asarray(each[first : first + count], dtype=np.float64) for each in outputs[2:])
    chances = 1 / (1 + np.exp(-evidence))
    shown = []
    for sentence in window.sentences:
        tokens = of.text.within(*window.within(sentence.start, sentence.end))
        shown.append(float(chances[tokens.start : tokens.stop].mean()) if len(tokens) else 0.0)
    span, sure = _best_span(start, end)
    places = whole_words(window.text, of.text.starts[span[0]], of.text.ends[span[1]]) if count else (0, 0)
    return Reading(float(outputs[0]), float(outputs[1]), tuple(shown), places, sure)


def _best_span(start: NDArray[np.float64], end: NDArray[np.float64]) -> tuple[tuple[int, int], float]:
    """First and last token of the likeliest span, with the logarithm of its probability."""
    if not len(start):
        return (0, 0), -99.0
    opens, closes = start - np.logaddexp.reduce(start), end - np.logaddexp.reduce(end)
    scores = opens[:, None] + closes[None]
    places = np.arange(len(start))
    apart = places[None] - places[:, None]
    scores[(apart < 0) | (apart >= _LONGEST_SPAN)] = -np.inf
    first, last = divmod(int(scores.argmax()), len(start))
    return (first, last), float(scores[first, last])
