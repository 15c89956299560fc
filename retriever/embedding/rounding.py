"""The graph computed with eight-bit integers: half as fast again as bfloat16, cosine to the exact vectors 0.997.

What each matrix product takes in is rounded to 256 steps between a least and a most value that were measured once
(``python -m eval.rounding`` writes ``ranges.npz``), its weights to eight bits a column. A few channels are far larger
than the others; a part of their size goes from what is rounded into the weights first. Method: SmoothQuant, Xiao et
al., ICML 2023 (arXiv 2211.10438), with more of the size moved than there: of 0.5, 0.7, 0.85 and 1 this was nearest.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from retriever.errors import ModelUnusable

RANGES: Final = Path(__file__).with_name("ranges.npz")
MOVED: Final = 0.85  # share of a channel's size, as an exponent, that goes into the weights
_STEPS: Final = 256
_MOST: Final = 127  # of a weight

Floats = NDArray[np.float32]


def openvino() -> Any:
    """The library without the package by which it reports its use to its makers at every import: nothing here is sent
    anywhere.
    """
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # None: importing it fails, as if absent
    import openvino

    return openvino


def products(model: Any) -> list[Any]:
    """The graph's products with weights, in the order of computing; those of two computed matrices are left out."""
    return [
        each
        for each in model.get_ordered_ops()
        if each.get_type_name() == "MatMul" and each.input_value(1).get_node().get_type_name() == "Constant"
    ]


def weights_of(product: Any) -> Floats:
    """(in, out)."""
    found: Floats = product.input_value(1).get_node().data.astype(np.float32)
    return found.T if product.get_attributes().get("transpose_b", False) else found


def smoothing(largest: Floats, weights: Floats) -> Floats:
    """By what each channel is divided before it is rounded, and its weights multiplied; ``largest``: its largest size.
    Their geometric mean is 1.
    """
    sizes = np.maximum(largest, 1e-5) ** MOVED / np.maximum(np.abs(weights).max(axis=1), 1e-5) ** (1 - MOVED)
    scales: Floats = (sizes / np.exp(np.log(sizes).mean())).astype(np.float32)
    return scales


def rounded(model: Any, ranges: Path = RANGES) -> Any:
    """The OpenVINO model, changed in place. Raises ModelUnusable where the ranges are not those of its products."""
    measured = np.load(ranges)
    found = products(model)
    if len(found) * 2 != len(measured.files):
        raise ModelUnusable(
            f"has ranges for {len(measured.files) // 2} products, the graph has {len(found)}",
            thing="rounding of the embedding model",
            value=str(ranges),
            remedy="Reinstall the project.",
        )
    for number, product in enumerate(found):
        _round(product, measured[f"largest{number}"], measured[f"range{number}"])
    model.validate_nodes_and_infer_types()
    return model


def _round(product: Any, largest: Floats, between: Floats) -> None:
    """Put a rounded product in this one's place."""
    ops = openvino().opset13

    weights = weights_of(product)
    scales = smoothing(largest, weights)
    smoothed = ops.multiply(product.input_value(0), ops.constant((1 / scales).reshape(1, 1, -1)))
    least, most = (ops.constant(each) for each in _whole_steps(*between.tolist()))
    taken = ops.fake_quantize(smoothed, least, most, least, most, _STEPS)
    scaled = weights * scales[:, None]
    step = np.maximum(np.abs(scaled).max(axis=0), 1e-9) / _MOST
    eight_bits = ops.convert(ops.constant(np.round(scaled / step).astype(np.int8)), "f32")
    made = ops.matmul(taken, ops.multiply(eight_bits, ops.constant(step.reshape(1, -1))), False, False)
    for taker in product.output(0).get_target_inputs():
        taker.replace_source_output(made.output(0))


def _whole_steps(least: float, most: float) -> tuple[np.float32, np.float32]:
    """The range moved by less than a step, so that zero is one of its values."""
    step = (most - least) / (_STEPS - 1)
    below = round(-least / step)
    return np.float32(-below * step), np.float32((_STEPS - 1 - below) * step)
