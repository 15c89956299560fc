"""Graphs of the project's own small models: weights in eight bits going in, and coming back to be learned further."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import torch
from torch import Tensor

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto

_STEPS: Final = 127


def in_eight_bits(exact: Path, file: Path, names: Mapping[str, Tensor]) -> None:
    """Write the graph ``exact`` to ``file`` with the weights of its matrices as int8, each row of an embedding and each
    column of a product with a step of its own. What is computed stays float: it is the weights that take the place, and
    rounding what a sentence is read as costs accuracy. ``names``: what the graph was made from, to name them after.
    """
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load(exact)
    stored = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    known = {np.ascontiguousarray(each.numpy().T).tobytes(): name for name, each in names.items() if each.ndim == 2}
    before, added = [], {}
    for node, place, axis in _matrices(model, stored):
        matrix = stored[node.input[place]]
        name = known.get(matrix.tobytes(), node.input[place])
        step = np.maximum(np.abs(matrix).max(axis=1 - axis, keepdims=True), 1e-9) / _STEPS
        added[f"{name}_quantized"] = np.round(matrix / step).astype(np.int8)
        added[f"{name}_scale"] = step.astype(np.float32).reshape(-1)
        before.append(helper.make_node("DequantizeLinear", [*list(added)[-2:]], [f"{name}_read"], axis=axis))
        node.input[place] = f"{name}_read"
    used = {name for node in model.graph.node for name in node.input}
    kept = [each for each in model.graph.initializer if each.name in used]
    nodes = [*before, *model.graph.node]
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend([*kept, *(numpy_helper.from_array(each, name) for name, each in added.items())])
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, file)


def _matrices(model: ModelProto, stored: Mapping[str, object]) -> Iterator[tuple[NodeProto, int, int]]:
    """Nodes that use a matrix, which of their inputs it is, and along which axis its steps differ."""
    for node in model.graph.node:
        place, axis = (0, 0) if node.op_type == "Gather" else (1, 1)
        matrix = stored.get(node.input[place]) if node.op_type in ("Gather", "MatMul") else None
        if isinstance(matrix, np.ndarray) and matrix.ndim == 2:
            yield node, place, axis


def weights(graph: Path) -> dict[str, Tensor]:
    """The weights of a graph by the names that they had in the network, off by half a step at most. Reads what
    ``in_eight_bits`` writes, and what ONNX Runtime's dynamic quantisation makes of an encoder.
    """
    import onnx
    from onnx import numpy_helper

    model = onnx.load(graph).graph
    stored = {each.name: torch.from_numpy(numpy_helper.to_array(each).copy()) for each in model.initializer}
    found = {name: each for name, each in stored.items() if name.endswith((".weight", ".bias"))}
    transposed = {node.input[0]: None for node in model.node if node.op_type == "DequantizeLinear" and _axis(node) == 1}
    layers = {node.input[1]: node.name for node in model.node if node.op_type == "MatMulInteger"}
    for stem in [each.removesuffix("_quantized") for each in stored if each.endswith("_quantized")]:
        name, zero = f"{stem}_quantized", stored.get(f"{stem}_zero_point", torch.zeros(1))
        step = stored[f"{stem}_scale"]
        if name in transposed or name in layers:
            found[_layer(layers.get(name), stem)] = ((stored[name].float() - zero.float()) * step).T.contiguous()
        else:
            found[stem] = (stored[name].float() - zero.float()) * (step[:, None] if step.ndim else step)
    return {name.removeprefix("network."): each for name, each in found.items()}


def _axis(node: NodeProto) -> int:
    return next((each.i for each in node.attribute if each.name == "axis"), -1)


def _layer(node: str | None, stem: str) -> str:
    """The exporter names a product after its layer and not its matrix."""
    if node is None:
        return stem
    return f"{node.strip('/').removesuffix('/MatMul_quant').replace('/', '.').replace('whole.whole', 'whole')}.weight"
