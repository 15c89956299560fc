"""The entailment model at work: a source and a sentence go in; whether the one says the other, and which of its words
it does not say, come out. No torch.

``eval/entailing`` says how it is built and trained, README.md in this folder with which figures.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from retriever import inference
from service.entailing.rows import given, row

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WEIGHTS: Final = Path(__file__).with_name("entailing.onnx")
SHA256: Final = "c0a585d913227c4a8158206cf754372ef53f0481304f3d13facf7dcb568ebf24"


@dataclass(frozen=True, slots=True)
class Entailed:
    """``says``: how likely the source says the sentence, as a logit. ``wrong``: the largest chance, 0 to 1, that one
    of its tokens is what the source does not say; ``at``: where in the sentence that token stands.
    """

    says: float
    wrong: float
    at: tuple[int, int]


class Entailing:
    """Loads at the first sentence. Safe to share between threads. Raises ModelUnusable where the weights are not those
    that were measured.
    """

    def __init__(self, weights: Path = WEIGHTS, *, digest: str = SHA256, threads: int | None = None) -> None:
        self._weights, self._digest, self._threads = weights, digest, threads
        self._loading = threading.Lock()
        self._loaded: InferenceSession | None = None

    def __call__(self, source: str, sentence: str) -> Entailed:
        """``source``: a passage behind its head (``rows.head``)."""
        made = row(source, [sentence])
        says, wrong = self._session().run(None, dict(given([made])))
        opens, tokens = made.opens[0], made.written[0]
        own = np.asarray(wrong[0][opens + 1 : opens + 1 + len(tokens.ids)], dtype=np.float64)
        if not len(own):
            return Entailed(float(says[0][opens]), 0.0, (0, 0))
        worst = int(own.argmax())
        place = tokens.starts[worst], tokens.ends[worst]
        return Entailed(float(says[0][opens]), float(1 / (1 + np.exp(-own[worst]))), place)

    def _session(self) -> InferenceSession:
        with self._loading:
            if self._loaded is None:
                self._loaded = inference.session(
                    self._weights, digest=self._digest, thing="entailment model", threads=self._threads
                )
            return self._loaded
