"""The reader's network: all-MiniLM-L6-v2 over question and window together (a cross-encoder) with five outputs.

Of the whole pair: *rank*, which of several windows answers best (learned as a choice among them, softmax), and
*answers*, whether this one does at all (learned for each alone). Of each token: *start* and *end* of the answer, as in
extractive reading (Devlin et al., NAACL 2019), and *evidence*, whether it belongs to the sentence that shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from eval.reader.examples import Text
from retriever.embedding import package
from service.reader.pairs import Pair, padded, pair, question_ids

TOGETHER = 12  # pairs in one run
OUTPUTS = ("rank", "answers", "start", "end", "evidence")


class Network(nn.Module):
    """``input_ids``, ``attention_mask``, ``token_type_ids`` (batch, length) in; OUTPUTS out, the first two (batch,),
    the others (batch, length).
    """

    def __init__(self) -> None:
        from transformers import AutoModel

        super().__init__()
        self.encoder: Any = AutoModel.from_pretrained(
            package.folder(), attn_implementation="eager", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
        size = self.encoder.config.hidden_size
        self.whole = nn.Sequential(nn.Linear(2 * size, size), nn.GELU(), nn.Linear(size, 2))
        self.tokens = nn.Linear(size, 3)
        for parameter in self.encoder.embeddings.word_embeddings.parameters():
            parameter.requires_grad = False  # words that the questions lack must keep their meaning

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> tuple[Tensor, ...]:
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        mask = attention_mask[..., None].to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        rank, answers = self.whole(torch.cat([states[:, 0], mean], dim=-1)).unbind(-1)
        start, end, evidence = self.tokens(states).unbind(-1)
        return rank, answers, start, end, evidence


@dataclass(frozen=True, slots=True)
class Row:
    """A pair with what is to be learned of it; places are tokens of the pair."""

    pair: Pair
    answers: bool
    spans: tuple[tuple[int, int], ...]  # first and last token
    evidence: frozenset[int]


def row(question: str, text: Text) -> Row:
    """What is cut off at the end is not learned."""
    made = pair(question_ids(question), text.text)
    spans = [made.text.within(*span) for span in text.spans]
    evidence = {made.first + token for span in text.evidence for token in made.text.within(*span)}
    places = tuple((made.first + span.start, made.first + span.stop - 1) for span in spans if len(span))
    return Row(made, text.answers, places, frozenset(evidence))


def loss(network: Network, groups: Sequence[Sequence[Row]]) -> Tensor:
    """Of several questions, each with its rows."""
    rows = [each for group in groups for each in group]
    rank, answers, start, end, evidence = run(network, [each.pair for each in rows])
    truth = torch.tensor([float(each.answers) for each in rows])
    total = nn.functional.binary_cross_entropy_with_logits(answers, truth)
    at, ranked = 0, []
    for group in groups:
        own, right = rank[at : at + len(group)], truth[at : at + len(group)] > 0
        if right.any() and not right.all():
            ranked.append(own.logsumexp(0) - own[right].logsumexp(0))
        at += len(group)
    if ranked:
        total = total + torch.stack(ranked).mean()
    located = [n for n, each in enumerate(rows) if each.spans]
    if located:
        total = total + 0.5 * _spans(start[located], end[located], [rows[n] for n in located])
    shown = [n for n, each in enumerate(rows) if each.evidence]
    if shown:
        total = total + 0.5 * _evidence(evidence[shown], [rows[n] for n in shown])
    return total


def run(network: Network, pairs: Sequence[Pair]) -> tuple[Tensor, ...]:
    """The network's outputs for some pairs, in bfloat16 on the way; pairs of like length go together."""
    order = sorted(range(len(pairs)), key=lambda n: len(pairs[n].ids))
    longest = max(len(each.ids) for each in pairs)
    parts: list[tuple[Tensor, ...]] = []
    for at in range(0, len(order), TOGETHER):
        given = {k: torch.from_numpy(v) for k, v in padded([pairs[n] for n in order[at : at + TOGETHER]]).items()}
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = network(**given)
        missing = longest - given["input_ids"].shape[1]
        parts.append(
            tuple(
                nn.functional.pad(each.float(), (0, missing)) if each.dim() == 2 else each.float() for each in outputs
            )
        )
    back = torch.tensor(order).argsort()
    return tuple(torch.cat(each)[back] for each in zip(*parts, strict=True))


def _spans(start: Tensor, end: Tensor, rows: Sequence[Row]) -> Tensor:
    """Any of the marked places counts as right."""
    found = []
    for n, each in enumerate(rows):
        first, stop = each.pair.first, each.pair.first + len(each.pair.text.ids)
        for logits, places in ((start[n], [a for a, _ in each.spans]), (end[n], [b for _, b in each.spans])):
            own = logits[first:stop]
            found.append(own.logsumexp(0) - own[[place - first for place in places]].logsumexp(0))
    return torch.stack(found).mean()


def _evidence(logits: Tensor, rows: Sequence[Row]) -> Tensor:
    found = []
    for n, each in enumerate(rows):
        first, stop = each.pair.first, each.pair.first + len(each.pair.text.ids)
        truth = torch.tensor([float(place in each.evidence) for place in range(first, stop)])
        found.append(nn.functional.binary_cross_entropy_with_logits(logits[n, first:stop], truth))
    return torch.stack(found).mean()
