"""The embedding model in the serving process: tokenizers, ONNX Runtime for a few texts, OpenVINO for many; no torch."""

from __future__ import annotations

import logging
import threading
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from retriever.cores import cores
from retriever.embedding import package
from retriever.embedding.bulk import Bulk
from retriever.embedding.graph import graph
from retriever.errors import ModelUnusable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

DIMENSIONS: Final = 384
_TOKENS: Final = 256  # the model was trained on no more; what follows is not read
_BATCH_TOKENS: Final = 1024  # padding included; larger batches are not faster and cost memory (4,096: 100 MB more)
_BATCH_TOKENS_QUANTISED: Final = 512  # which are rounded together: smaller ones are nearer to the exact vectors too
_SHARED: Final = 0.3  # of the mean of a whole text, left out of its spans': what all of them say tells them not apart
_STEP: Final = 16  # tokens; the other runtime keeps something for each length that it has met: half the memory
_MANY: Final = 16  # texts: from here on the other runtime's loading pays
_QUERIES_KEPT: Final = 512
_NEAR: Final = 0.97  # cosine of a rounded vector to the exact one, at least; 0.99 and more is usual
_PROBE: Final = (
    "The harbour minister told reporters in Sandvik on Tuesday that repairs to the old pier would cost 40 million "
    "kroner and take until spring. “Nobody will lose work over it,” she said after three hours of talks with the mayor."
)

_log = logging.getLogger(__name__)

_Batch = dict[str, NDArray[np.int64]]
_Computed = Sequence[NDArray[np.float32]]  # vectors of the texts, states of their tokens


Span = tuple[int, int]


class MiniLM(Embeddings):
    """all-MiniLM-L6-v2, 384 numbers of length 1: of few texts the vectors of sentence-transformers (a test holds 1e-5),
    of many those of a graph rounded to eight bits (cosine to the others 0.997 on average; above 0.985 is held). Safe to
    share between threads. Loads at the first text, or at ``load()``.

    ``cache``: where the exported graph is kept (91 MB). ``threads``: cores to be used; None takes all available.
    ``quantised``: weights of eight bits, twice as fast, vectors whose cosine to the others is 0.99 on average.
    ``load`` and whatever embeds raise ModelUnusable where the packaged model is missing or is not the pinned one,
    StoreFull or StoreError where ``cache`` cannot hold the graph.
    """

    def __init__(self, *, cache: Path, threads: int | None = None, quantised: bool = False) -> None:
        self.name: Final = f"{package.NAME}-int8" if quantised else package.NAME
        self._quantised = quantised
        self._cache = cache
        self._threads = threads or cores()
        self._loading = threading.Lock()
        self._loaded: tuple[Tokenizer, InferenceSession] | None = None
        self._bulk: Bulk | None = None
        self._queries: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._remembering = threading.Lock()

    def load(self) -> None:
        """Load now what would be loaded at the first text (0.4 s; 15 s where the graph must be exported first)."""
        self._load()

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), 384), in the order of ``texts``; each row has length 1. Only 256 tokens of a text are read."""
        return self._computed(texts, None)[0]

    def with_spans(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]]
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        """``vectors`` of the texts and, for each, (spans, 384) of its spans of characters: the mean of the states that
        their tokens have in the whole text, less a part of the mean of all, of length 1. A span that no token is read
        of gets the vector that it has on its own.

        Method: late chunking, Günther et al. 2024 (arXiv 2409.04701), within the passage: it costs next to nothing
        beside the passage's own vector, and "he" stands near whom the sentence before names. The part left out is
        ours: of 0 to 0.8, 0.3 puts the sentence that answers in front most often.
        """
        whole, parts = self._computed(texts, spans)
        unread = [(row, n) for row, each in enumerate(parts) for n in np.flatnonzero(~each.any(axis=1)).tolist()]
        alone = self.vectors([texts[row][slice(*spans[row][n])] for row, n in unread]) if unread else ()
        for (row, n), vector in zip(unread, alone, strict=True):
            parts[row][n] = vector
        return whole, parts

    def _computed(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]] | None
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        """Vectors of the texts and, where they are asked for, of spans; zeros for a span without tokens."""
        tokenizer, session = self._load()
        out = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        parts: list[NDArray[np.float32]] = [np.empty((0, DIMENSIONS), dtype=np.float32)] * len(texts)
        encodings = tokenizer.encode_batch(list(texts))
        most = _BATCH_TOKENS_QUANTISED if self._quantised else _BATCH_TOKENS
        batches = list(_batches([len(encoding) for encoding in encodings], most))
        compute, step = self._computing(session, many=len(texts) >= _MANY)

        def run(rows: list[int]) -> None:
            out[rows], states = compute(_padded([encodings[row] for row in rows], step))
            if spans is not None:
                for row, of_row in zip(rows, states, strict=True):
                    parts[row] = _pooled(of_row, encodings[row].offsets, spans[row])

        if len(batches) < 2:
            for rows in batches:
                run(rows)
            return out, parts
        with ThreadPoolExecutor(self._threads) as pool:
            list(pool.map(run, batches))  # taken out, so that an error is raised here
        return out, parts

    def _computing(self, session: InferenceSession, *, many: bool) -> tuple[Callable[[_Batch], _Computed], int]:
        """What computes a batch, and of what its length is to be a multiple."""
        if not many or self._quantised:
            return lambda batch: session.run(["embedding", "states"], batch), 1
        with self._loading:
            if self._bulk is None:
                self._bulk = self._made_for_many(session)
            return self._bulk.run, _STEP

    def _made_for_many(self, session: InferenceSession) -> Bulk:
        """Rounded, unless this processor's integers are too short for that: those without VNNI instructions may add
        up products in 16 bits, which overflow.
        """
        file = graph(self._cache)
        made = Bulk(file, threads=self._threads)
        probe = _padded(_tokenizer().encode_batch([_PROBE, _PROBE[:80]]), _STEP)
        [exact] = session.run(["embedding"], probe)
        if (made.run(probe)[0] * exact).sum(axis=1).min() < _NEAR:
            _log.info("eight-bit integers are not exact enough on this processor: embedding without them")
            made = Bulk(file, threads=self._threads, exact=True)
        return made

    def query_vector(self, text: str) -> NDArray[np.float32]:
        """(384,), remembered for the last few hundred different texts; do not write into it."""
        with self._remembering:
            if (known := self._queries.get(text)) is not None:
                self._queries.move_to_end(text)
                return known
        vector: NDArray[np.float32] = self.vectors([text])[0]
        with self._remembering:
            self._queries[text] = vector
            while len(self._queries) > _QUERIES_KEPT:
                self._queries.popitem(last=False)
        return vector

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's name for ``vectors``."""
        embedded: list[list[float]] = self.vectors(texts).tolist()
        return embedded

    def embed_query(self, text: str) -> list[float]:
        """LangChain's name for ``query_vector``."""
        embedded: list[float] = self.query_vector(text).tolist()
        return embedded

    def _load(self) -> tuple[Tokenizer, InferenceSession]:
        with self._loading:
            if self._loaded is None:
                # Of many small batches each takes a core; a lone question takes them all.
                threads = 1 if self._quantised else self._threads
                self._loaded = _tokenizer(), _session(graph(self._cache, quantised=self._quantised), threads)
            return self._loaded


def batches_of(texts: Sequence[str]) -> Iterator[_Batch]:
    """Token ids and mask of the texts, in batches of like length, longest first."""
    encodings = _tokenizer().encode_batch(list(texts))
    for rows in _batches([len(encoding) for encoding in encodings], _BATCH_TOKENS):
        yield _padded([encodings[row] for row in rows], 1)


def _batches(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Rows in batches of similar length, longest first, of ``most`` tokens each: little padding, and the most memory is
    asked for at once.
    """
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lengths.__getitem__, reverse=True):
        if batch and (len(batch) + 1) * lengths[batch[0]] > most:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _padded(encodings: Sequence[Encoding], step: int) -> _Batch:
    """Token ids and mask, (batch, longest), the longest up to the next multiple of ``step``."""
    shape = len(encodings), -(-max(len(encoding) for encoding in encodings) // step) * step
    ids, mask = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding)] = encoding.ids
        mask[row, : len(encoding)] = 1
    return {"input_ids": ids, "attention_mask": mask}


def _pooled(states: NDArray[np.float32], offsets: Sequence[Span], spans: Sequence[Span]) -> NDArray[np.float32]:
    """(spans, 384): the mean of the states of the tokens within each span, less a part of the mean of all, of length 1;
    zeros where there are none. ``offsets``: of the tokens, in order; the first and the last stand for no characters.
    """
    starts = [start for start, _ in offsets[1:-1]]
    shared = _SHARED * states[: len(offsets)].mean(axis=0)
    out = np.zeros((len(spans), DIMENSIONS), dtype=np.float32)
    for n, (start, end) in enumerate(spans):
        first, last = bisect_left(starts, start) + 1, bisect_left(starts, end) + 1
        if first < last:
            own = states[first:last].mean(axis=0) - shared
            out[n] = own / np.linalg.norm(own)
    return out


def _tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    model = package.folder()
    package.check(model, package.TOKENIZER)
    tokenizer = Tokenizer.from_file(str(model / package.TOKENIZER))
    tokenizer.enable_truncation(_TOKENS)
    tokenizer.no_padding()  # the file asks for 128 tokens at least; batches are padded to their longest
    return tokenizer


def _session(file: Path, threads: int) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3  # errors
    # Threads that wait by spinning take the cores from the service's other threads: twice the time for a query.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its errors share no base class below Exception
        raise ModelUnusable(
            f"cannot be loaded ({error})",
            thing="embedding graph",
            value=str(file),
            remedy="Delete the file; it is exported anew at the next start.",
        ) from error
