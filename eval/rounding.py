"""``python -m eval.rounding PATH …``: measures, over articles, between which values the numbers lie that the embedding
model's products take in, and writes it for ``retriever.embedding.rounding``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retriever.embedding.graph import graph
from retriever.embedding.minilm import batches_of
from retriever.embedding.rounding import RANGES, openvino, products, smoothing, weights_of
from retriever.errors import RetrieverError
from retriever.reading import files, read
from retriever.records import Article
from retriever.splitting import embedded_text, passages
from service.settings import Settings

Floats = NDArray[np.float32]


def measured(file: Path, texts: Sequence[str]) -> dict[str, Floats]:
    """By product, in the order of computing: ``largest`` size of each channel, and the ``range`` (least, most) of all
    channels once they are smoothed.
    """
    core = openvino().Core()
    model = core.read_model(str(file))
    found = products(model)
    taken = [each.input_value(0) for each in found]
    named = {(each.get_node().get_friendly_name(), each.get_index()): each for each in taken}
    model.add_outputs(list(named.values()))  # three products share what they take in
    outputs = len(model.outputs) - len(named)
    compiled: Any = core.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    sizes: dict[int, list[Floats]] = {}
    for batch in batches_of(texts):
        given = compiled(batch)
        there = batch["attention_mask"].astype(bool)
        for number, each in enumerate(taken):
            at = list(named).index((each.get_node().get_friendly_name(), each.get_index()))
            sizes.setdefault(number, []).append(np.array(given[outputs + at])[there])
    written: dict[str, Floats] = {}
    for number, product in enumerate(found):
        all_of_it = np.concatenate(sizes[number])
        largest = np.abs(all_of_it).max(axis=0)
        smoothed = all_of_it / smoothing(largest, weights_of(product))
        written[f"largest{number}"] = largest
        written[f"range{number}"] = np.array([min(smoothed.min(), 0), max(smoothed.max(), 0)], dtype=np.float32)
    return written


def texts_of(paths: Sequence[Path]) -> Iterator[str]:
    """What the model reads of each passage of the articles, and short texts: their titles, a word, none at all. Raises
    UnreadableFile.
    """
    yield from ("", "Yes.")
    for path, name in files(paths):
        for article in read(path, name=name):
            if isinstance(article, Article):
                yield article.title or ""
                yield from (embedded_text(article, piece) for piece in passages(article))


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: written; 1: it could not be."""
    parser = argparse.ArgumentParser(prog="python -m eval.rounding", description="Measures what is to be rounded.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="articles of the kind that is to come")
    parser.add_argument("--out", type=Path, default=RANGES, help=f"default: {RANGES.name} of the embedding")
    given = parser.parse_args(arguments)
    try:
        texts = list(texts_of(given.paths))
        written = measured(graph(Settings.load().cache), texts)
    except RetrieverError as error:
        sys.stderr.write(f"eval.rounding: {error}\n")
        return 1
    np.savez_compressed(given.out, allow_pickle=False, **written)
    sys.stdout.write(f"ranges of {len(written) // 2} products over {len(texts)} passages written to {given.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
