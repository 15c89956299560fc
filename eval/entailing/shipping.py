"""The trained network goes in; the graph that is shipped comes out: it reads on from what it has read, so that a source
is read once, and its weights take eight bits each.

A source's tokens look at each other only. What a sentence's tokens see of them, their keys and values in each layer, is
therefore the same whatever the sentence says, and can be kept between sentences as a language model keeps its prompt's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from eval import graphs
from eval.entailing.network import Network

INPUTS = ("input_ids", "position_ids", "token_type_ids", "before")
RESULTS = ("says", "wrong", "states")


class Stepping(nn.Module):
    """A row of tokens and the states read before in; of each token the logits ``says`` and ``wrong`` and the states of
    this row out. States: (layers, 2, heads, tokens, size of a head), keys and values; none of them before a source.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, input_ids: Tensor, position_ids: Tensor, token_type_ids: Tensor, before: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        encoder = self.network.encoder
        hidden = encoder.embeddings(input_ids=input_ids, position_ids=position_ids, token_type_ids=token_type_ids)
        read = []
        for number, layer in enumerate(encoder.encoder.layer):
            own = layer.attention.self
            query, key, value = (_heads(each(hidden), own) for each in (own.query, own.key, own.value))
            read.append(torch.stack((key, value)))
            key, value = (torch.cat((before[number, n][None], each), dim=2) for n, each in enumerate((key, value)))
            weights = torch.softmax(query @ key.transpose(2, 3) / own.attention_head_size**0.5, dim=-1)
            seen = (weights @ value).transpose(1, 2).flatten(2)
            attended = layer.attention.output(seen, hidden)
            hidden = layer.output(layer.intermediate(attended), attended)
        states = torch.stack(read)[:, :, 0]
        return self.network.whole(hidden)[..., 0], self.network.tokens(hidden)[..., 0], states


def _heads(states: Tensor, own: Any) -> Tensor:
    """(1, tokens, size) as (1, heads, tokens, size of a head)."""
    return states.view(1, -1, own.num_attention_heads, own.attention_head_size).transpose(1, 2)


def _states(network: Network, *, tokens: int) -> Tensor:
    config = network.encoder.config
    heads = config.num_attention_heads
    shape = config.num_hidden_layers, 2, heads, tokens, config.hidden_size // heads
    return torch.zeros(shape)


def export(network: Network, file: Path) -> Path:
    """Write the graph with int8 weights to ``file`` and the exact one beside it, whose path is returned."""
    exact = file.with_suffix(".exact.onnx")
    row = torch.zeros(1, 3, dtype=torch.int64)
    torch.onnx.export(
        Stepping(network.eval()), (row, row, row, _states(network, tokens=2)), str(exact),
        input_names=list(INPUTS), output_names=list(RESULTS),
        dynamic_axes={**{name: {1: "tokens"} for name in (*INPUTS[:3], *RESULTS[:2])},
                      "before": {3: "read"}, "states": {3: "tokens"}},
        dynamo=False, opset_version=17,
    )  # fmt: skip
    graphs.in_eight_bits(exact, file, dict(network.state_dict()))
    return exact
