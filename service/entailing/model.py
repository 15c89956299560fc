"""The entailment model at work: a source and a sentence go in; whether the one says the other, and which of its words
it does not say, come out. No torch.

``eval/entailing`` says how it is built and trained, README.md in this folder with which figures.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from retriever import inference
from service.entailing.rows import behind, row, step

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WEIGHTS: Final = Path(__file__).with_name("entailing.onnx")
SHA256: Final = "b9f6b8ee49994d09702a54114804c0c3e2758f102eed631bc16d0da694042ce0"
_KEPT: Final = 16  # sources, 4 MB each
_NOTHING_READ: Final = np.zeros((6, 2, 12, 0, 32), dtype=np.float32)  # layers, keys and values, heads, tokens, size


@dataclass(frozen=True, slots=True)
class Entailed:
    """``says``: how likely the source says the sentence, as a logit. ``wrong``: the largest chance, 0 to 1, that one
    of its tokens is what the source does not say; ``at``: where in the sentence that token stands. ``three``: the mean
    logit of the three likeliest of those; ``some``: the logarithm of the odds of all its tokens, added up.
    """

    says: float
    wrong: float
    at: tuple[int, int]
    three: float = 0.0
    some: float = 0.0


class Entailing:
    """Loads at the first sentence. Safe to share between threads. Raises ModelUnusable where the weights are not those
    that were measured.
    """

    def __init__(self, weights: Path = WEIGHTS, *, digest: str = SHA256, threads: int | None = None) -> None:
        self._weights, self._digest, self._threads = weights, digest, threads
        self._lock = threading.Lock()
        self._loaded: InferenceSession | None = None
        self._sources: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def __call__(self, source: str, sentence: str) -> Entailed:
        """``source``: a passage behind its head (``rows.head``)."""
        made = behind(sentence)
        says, wrong, _ = self._session().run(None, dict(step(made, self.read(source))))
        tokens = made.written[0]
        own = np.asarray(wrong[0][1 : 1 + len(tokens.ids)], dtype=np.float64)
        if not len(own):
            return Entailed(float(says[0][0]), 0.0, (0, 0))
        worst = int(own.argmax())
        place = tokens.starts[worst], tokens.ends[worst]
        three, some = float(np.sort(own)[-3:].mean()), float(np.logaddexp.reduce(own))
        return Entailed(float(says[0][0]), float(1 / (1 + np.exp(-own[worst]))), place, three, some)

    def read(self, source: str) -> NDArray[np.float32]:
        """The states of a source, which serve all its sentences; those of the last few are kept."""
        with self._lock:
            if source in self._sources:
                self._sources.move_to_end(source)
                return self._sources[source]
        *_, found = self._session().run(None, dict(step(row(source, ()), _NOTHING_READ)))
        states = np.asarray(found, dtype=np.float32)
        with self._lock:
            self._sources[source] = states
            while len(self._sources) > _KEPT:
                self._sources.popitem(last=False)
        return states

    def _session(self) -> InferenceSession:
        with self._lock:
            if self._loaded is None:
                self._loaded = inference.session(
                    self._weights, digest=self._digest, thing="entailment model", threads=self._threads
                )
            return self._loaded
