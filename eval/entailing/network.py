"""The entailment model's network: a source and sentences written about it go in; of each sentence whether the source
says so, and of each of its tokens whether it is what the source does not say, come out.

It begins as the reader (``service/reader``), which has learned already to look for what one text wants in another, or
as an earlier run left it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from eval.entailing.examples import Example, Twins
from eval.graphs import weights
from retriever.embedding import package
from service.entailing.rows import Row, given, row

_WRONG_WEIGHT = 4.0  # what one of the few wrong tokens counts


class Network(nn.Module):
    """``rows.given`` in; for each token two logits out: that the source says the sentence which opens there,
    and that it does not say the token. ``start``: weights to begin with, as a training keeps them (.pt) or as they are
    shipped (.onnx); of the reader's only its encoder's.
    """

    def __init__(self, start: Path | None = None) -> None:
        from transformers import AutoModel

        super().__init__()
        self.encoder: Any = AutoModel.from_pretrained(
            package.folder(), attn_implementation="sdpa", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
        size = self.encoder.config.hidden_size
        self.whole = nn.Sequential(nn.Linear(size, size), nn.GELU(), nn.Linear(size, 1))
        self.tokens = nn.Linear(size, 1)
        if start:
            kept = weights(start) if start.suffix == ".onnx" else torch.load(start, map_location="cpu")
            own = kept["tokens.weight"].shape == self.tokens.weight.shape  # the reader has heads of its own
            self.load_state_dict({k: each for k, each in kept.items() if own or k.startswith("encoder.")}, strict=False)
        self.encoder.embeddings.requires_grad_(False)  # words that the sentences lack must keep their meaning

    def forward(
        self, input_ids: Tensor, position_ids: Tensor, token_type_ids: Tensor, bias: Tensor
    ) -> tuple[Tensor, Tensor]:
        states = self.encoder(
            input_ids=input_ids, position_ids=position_ids, token_type_ids=token_type_ids, attention_mask=bias
        ).last_hidden_state
        return self.whole(states)[..., 0], self.tokens(states)[..., 0]


@dataclass(frozen=True, slots=True)
class Learned:
    """A source with its twins behind it, the true one of each first. ``wrong``: for each token of the row 1 where it is
    wrong, 0 where it is not, -1 where that is not known. ``leans``: how true each sentence sounds by itself.
    """

    row: Row
    wrong: list[float]
    leans: list[float]


def learned(example: Example, twins: Sequence[Twins]) -> Learned:
    """``twins``: those of the example that are learned now. What is cut off at the end is not learned."""
    made = row(example.source, [text for each in twins for text in (each.true, each.false)])
    wrong = [-1.0] * len(made.ids)
    for n, each in enumerate(twins):
        for number, spans in ((2 * n, ()), (2 * n + 1, each.wrong())):
            first, tokens = made.opens[number] + 1, made.written[number]
            if spans or number % 2 == 0:
                wrong[first : first + len(tokens.ids)] = [0.0] * len(tokens.ids)
            for span in spans:
                for token in tokens.within(*span):
                    wrong[first + token] = 1.0
    return Learned(made, wrong, [lean for each in twins for lean in each.leans])


def loss(network: Network, batch: Sequence[Learned]) -> tuple[Tensor, float]:
    """Of each sentence by itself, of the true twin beside the false one, and of tokens; and of how many twins the true
    one is thought likelier. What a sentence's own words give away is added to what the network says, which so learns
    the rest.
    """
    inputs = {name: torch.from_numpy(each) for name, each in given([each.row for each in batch]).items()}
    inputs["bias"] = inputs["bias"].to(network.tokens.weight.dtype)
    says, wrong = (each.float() for each in network(**inputs))
    logits = torch.cat([says[n, each.row.opens] for n, each in enumerate(batch)])
    apart = float((logits[0::2] > logits[1::2]).float().mean())
    leans = logits + torch.tensor([lean for each in batch for lean in each.leans])
    true, false = leans[0::2], leans[1::2]
    alone = nn.functional.softplus(-true).mean() + nn.functional.softplus(false).mean()
    marks = torch.full(wrong.shape, -1.0)
    for n, each in enumerate(batch):
        marks[n, : len(each.wrong)] = torch.tensor(each.wrong)
    known = marks >= 0
    tokens = nn.functional.binary_cross_entropy_with_logits(
        wrong[known], marks[known], pos_weight=torch.tensor(_WRONG_WEIGHT)
    )
    beside = nn.functional.softplus(false - true).mean()
    return alone / 2 + beside + tokens, apart
