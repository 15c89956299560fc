"""Writes the packaged weights as an ONNX graph: ``python -m retriever.embedding.export MODEL_FOLDER FILE``; or a graph
with its weights in eight bits: ``python -m retriever.embedding.export --quantise GRAPH FILE``.

Runs in a process of its own, so that torch (7 s to import, 400 MB) never enters the one that answers questions.
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from typing import Any


def export(model: Path, file: Path) -> None:
    """Write the graph: token ids and mask, each (batch, length), in; unit vectors (batch, 384) out, and the last states
    of the tokens (batch, length, 384), from which a sentence's vector is made.

    Mean over the tokens and division by the length are part of the graph, as sentence-transformers does them.
    """
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="error", HF_HUB_DISABLE_PROGRESS_BARS="1")
    warnings.simplefilter("ignore")  # the tracer's remarks on shapes; that the vectors are the same is tested
    import torch
    from transformers import AutoModel

    bert = AutoModel.from_pretrained(model, attn_implementation="eager", local_files_only=True).eval()

    class Pooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            segments = torch.zeros_like(input_ids)
            given = {"input_ids": input_ids, "attention_mask": attention_mask, "token_type_ids": segments}
            states = self.bert(**given).last_hidden_state
            mask = attention_mask.unsqueeze(-1).float()
            mean = (states * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1), states

    sample = torch.ones(2, 16, dtype=torch.long)
    axes = {0: "batch", 1: "length"}
    torch.onnx.export(
        Pooled(),
        (sample, sample),
        str(file),
        input_names=["input_ids", "attention_mask"],
        output_names=["embedding", "states"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "batch"}, "states": axes},
        dynamo=False,  # the other exporter needs two more packages
        opset_version=17,
    )


def quantise(graph: Path, file: Path) -> None:
    """Write the graph with weights of eight bits, one scale a channel; activations are rounded as they come."""
    import logging

    logging.disable(logging.WARNING)  # it advises a shape inference that changes nothing here
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(graph, file, weight_type=QuantType.QInt8, per_channel=True)


if __name__ == "__main__":
    if sys.argv[1] == "--quantise":
        quantise(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        export(Path(sys.argv[1]), Path(sys.argv[2]))
