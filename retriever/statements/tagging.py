"""The statement finder's model at work: a text goes in, its cues with what each links to come out. No torch.

For each token that opens a cue, every token around it is read as part of the source, the cue or the content of that
one statement (``eval/tagger.py`` says how the model is built and trained).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from retriever import inference
from retriever.statements.windows import quoted_tokens, windows
from retriever.tokens import Encoded, encode, whole_words

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WEIGHTS: Final = Path(__file__).with_name("tagger.onnx")
SHA256: Final = "88887965270c5026d5976c835346630fdf48d62fffd023a14180ec017ca4fb0e"
_OPENS, _CLOSES = 101, 102  # the tokens that the model wants around a window
_REACH = 128  # tokens; distances beyond it count as this one
_SOURCE, _CUE, _CONTENT = 1, 2, 3
Floats = NDArray[np.float32]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Limits:
    """Above which chance something counts; chosen on training articles left out of training."""

    anchor: float = 0.5
    content: float = 0.5
    source: float = 0.3
    speech: float = 0.5


@dataclass(frozen=True, slots=True)
class Tagged:
    """One statement as it stands in the text, in code points. ``chance``: of there being a statement at all."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speech: bool
    chance: float


class Tagging:
    """Loads at the first text. Safe to share between threads. Raises ModelUnusable where the weights are not those
    that were measured.
    """

    def __init__(self, weights: Path = WEIGHTS, *, threads: int | None = None, limits: Limits | None = None) -> None:
        self._weights, self._threads, self._limits = weights, threads, limits or Limits()
        self._loading = threading.Lock()
        self._loaded: InferenceSession | None = None

    def tagged(self, text: str) -> list[Tagged]:
        """All statements of a text, in the order of their cues."""
        encoded = encode(text)
        marks = quoted_tokens(text, encoded)
        found: list[Tagged] = []
        # One window a run: nothing is padded, and its numbers do not depend on which others it is rounded with.
        for start, end, first, last in windows(len(encoded.ids)):
            outputs = self._run(encoded.ids[start:end], marks[start:end])
            window = [each[0, 1 : end - start + 1] for each in outputs[:5]]
            found += self._read(text, encoded, window, outputs[5:], (start, first, last))
        return _without_doubles(found)

    def _run(self, tokens: Sequence[int], quoted: Sequence[int]) -> list[NDArray[Any]]:
        given = {
            "input_ids": np.array([[_OPENS, *tokens, _CLOSES]], dtype=np.int64),
            "attention_mask": np.ones((1, len(tokens) + 2), dtype=np.int64),
            "marks": np.array([[0, *quoted, 0]], dtype=np.int64),
        }
        outputs: list[NDArray[Any]] = self._session().run(None, given)
        return outputs

    def _read(
        self, text: str, encoded: Encoded, window: Sequence[Floats], constants: Sequence[Floats], place: tuple[int, ...]
    ) -> Iterator[Tagged]:
        """The statements whose cue opens among the window's own tokens."""
        start, first, last = place
        chances = _sigmoid(window[0])
        for anchor in range(first - start, last - start):
            if chances[anchor, 0] < self._limits.anchor or not _is_peak(chances[:, 0], anchor):
                continue
            parts = _parts(window, constants, anchor)
            content = self._spans(text, encoded, parts[:, _CONTENT], start, self._limits.content)
            if not content:
                continue
            sources = self._spans(text, encoded, parts[:, _SOURCE], start, self._limits.source)
            source = _likeliest(sources, encoded, parts[:, _SOURCE], start)
            cue = self._spans(text, encoded, parts[:, _CUE], start, 0.5)
            speech = bool(chances[anchor, 1] >= self._limits.speech)
            yield Tagged(source, cue, content, speech, float(chances[anchor, 0]))

    @staticmethod
    def _spans(text: str, encoded: Encoded, chances: Floats, start: int, limit: float) -> tuple[Span, ...]:
        """Tokens above the limit as spans of whole words; gaps of one token that is no worse than half are closed."""
        spans: list[list[int]] = []
        for token in np.flatnonzero(chances >= limit).tolist():
            at, to = encoded.starts[start + token], encoded.ends[start + token]
            if spans and (at - spans[-1][1] <= 1 or _bridged(chances, token, limit, text[spans[-1][1] : at])):
                spans[-1][1] = to
            else:
                spans.append([at, to])
        whole = [whole_words(text, at, to) for at, to in spans]
        return tuple((at, to) for at, to in whole if any(character.isalnum() for character in text[at:to]))

    def _session(self) -> InferenceSession:
        with self._loading:
            if self._loaded is None:
                self._loaded = inference.session(
                    self._weights, digest=SHA256, thing="model of the statement finder", threads=self._threads
                )
            return self._loaded


def _parts(window: Sequence[Floats], constants: Sequence[Floats], anchor: int) -> Floats:
    """(length, 4) chances of each token's part in the anchor's statement."""
    _, of_anchor, of_token, query, key = window
    distance, weight, bias = constants
    length = len(of_token)
    distances = np.clip(np.arange(length) - anchor, -_REACH, _REACH) + _REACH
    hidden = np.maximum(of_anchor[anchor] + of_token + distance[distances], 0)
    size = query.shape[1] // len(bias)
    bilinear = (key * query[anchor]).reshape(length, len(bias), size).sum(-1) / np.float32(size**0.5)
    logits = hidden @ weight.T + bias + bilinear
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True), dtype=np.float32)


def _is_peak(chances: Floats, anchor: int) -> bool:
    """Of neighbouring tokens only the likeliest opens a cue."""
    around = chances[max(0, anchor - 1) : anchor + 2]
    return bool(chances[anchor] >= around.max())


def _likeliest(spans: Sequence[Span], encoded: Encoded, chances: Floats, start: int) -> tuple[Span, ...]:
    """A statement has one source in one place: the span with the most behind it."""

    def weight(span: Span) -> float:
        tokens = encoded.within(*span)
        return float(chances[tokens.start - start : tokens.stop - start].sum())

    return (max(spans, key=weight),) if spans else ()


def _bridged(chances: Floats, token: int, limit: float, gap: str) -> bool:
    return bool(token >= 2 and chances[token - 2] >= limit and chances[token - 1] >= limit / 2 and len(gap) < 20)


def _without_doubles(found: Sequence[Tagged]) -> list[Tagged]:
    """Of two that hold nearly the same words the likelier one."""
    kept: list[Tagged] = []
    reach: list[Span] = []
    for each in sorted(found, key=lambda tagged: -tagged.chance):
        low, high = min(start for start, _ in each.content), max(end for _, end in each.content)
        near = (other for other, (start, end) in zip(kept, reach, strict=True) if start < high and low < end)
        if not any(_shared(each.content, other.content) > 0.6 for other in near):
            kept.append(each)
            reach.append((low, high))
    return sorted(kept, key=lambda tagged: (tagged.cue or tagged.content)[0])


def _shared(ours: Sequence[Span], theirs: Sequence[Span]) -> float:
    """Jaccard of two sets of characters given as spans."""
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in ours for c, d in theirs)
    either = sum(b - a for a, b in (*ours, *theirs)) - both
    return both / either if either else 0.0


def _sigmoid(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)
