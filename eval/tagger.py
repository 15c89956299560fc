"""``python -m eval.tagger TRAIN.jsonl OUT.onnx``: trains the model that finds statements, writes it with int8 weights.

One encoder (all-MiniLM-L6-v2) and three heads over its states. *Anchor*: does a token open the cue of a statement
("said", "according to")? *Speech*: is that cue one of saying, not of planning or believing? *Part*: given an anchor,
is another token of its source, its cue or its content? Linking is thus part of what is learned: source and content
are read for each cue by itself, so that statements side by side, split or nested do not mix. The part head adds a
hidden layer over both states and their distance to a bilinear form, as in biaffine dependency parsing (Dozat and
Manning, ICLR 2017).

TRAIN: one article a line, {"text", "statements": [{"source", "cue", "content": [[start, end], …], "speech"}]}.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from retriever.embedding import package
from retriever.statements.windows import LONGEST, quoted_tokens
from retriever.tokens import Encoded, encode

SEED = 20240
HIDDEN, BILINEAR, REACH = 160, 48, 128  # sizes of the part head; distances beyond REACH tokens count as REACH
PARTS = 4  # none, source, cue, content
BATCH = 8  # windows


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens with what is to be learned of them. ``parts``: anchor -> part of each token."""

    tokens: list[int]
    marks: list[int]
    anchors: dict[int, NDArray[np.int64]]
    speech: dict[int, bool]
    ignored: set[int]  # anchors whose statement is cut by the window


class Tagger(nn.Module):
    """Token ids, mask and quotation marks, each (batch, length), in; see ``forward`` for what comes out."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        size = encoder.config.hidden_size
        self.encoder = encoder
        self.quoted = nn.Embedding(3, size)
        self.anchor = nn.Sequential(nn.Linear(size, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 2))
        self.of_anchor, self.of_token = nn.Linear(size, HIDDEN), nn.Linear(size, HIDDEN)
        self.query, self.key = nn.Linear(size, PARTS * BILINEAR), nn.Linear(size, PARTS * BILINEAR)
        self.distance = nn.Embedding(2 * REACH + 1, HIDDEN)
        self.part = nn.Linear(HIDDEN, PARTS)
        nn.init.zeros_(self.quoted.weight)
        nn.init.normal_(self.distance.weight, std=0.05)
        for parameter in encoder.embeddings.word_embeddings.parameters():
            parameter.requires_grad = False  # words that the training articles lack must keep their meaning

    def forward(self, input_ids: Tensor, attention_mask: Tensor, marks: Tensor) -> tuple[Tensor, ...]:
        """Anchor and speech logits (batch, length, 2); what ``part_logits`` makes of an anchor and a token."""
        words = self.encoder.embeddings.word_embeddings(input_ids) + self.quoted(marks)
        segments = torch.zeros_like(input_ids)
        states = self.encoder(
            inputs_embeds=words, attention_mask=attention_mask, token_type_ids=segments
        ).last_hidden_state
        return self.anchor(states), self.of_anchor(states), self.of_token(states), self.query(states), self.key(states)

    def part_logits(self, outputs: tuple[Tensor, ...], row: Tensor, at: Tensor) -> Tensor:
        """(anchors, length, PARTS) for the anchors ``at`` of the windows ``row``."""
        _, of_anchor, of_token, query, key = outputs
        length = of_token.shape[1]
        distances = (torch.arange(length)[None] - at[:, None]).clamp(-REACH, REACH) + REACH
        hidden = torch.relu(of_anchor[row, at][:, None] + of_token[row] + self.distance(distances))
        queries = query[row, at].view(-1, 1, PARTS, BILINEAR)
        keys = key[row].view(len(row), length, PARTS, BILINEAR)
        logits: Tensor = self.part(hidden) + (queries * keys).sum(-1) / math.sqrt(BILINEAR)
        return logits


def windows(article: dict[str, Any], chance: random.Random) -> Iterator[Window]:
    """The article in windows that begin anywhere: another division each time."""
    encoded = encode(article["text"])
    marks = quoted_tokens(article["text"], encoded)
    found = list(_labelled(article["statements"], encoded))
    at = -chance.randrange(LONGEST // 2)
    while at < len(encoded.ids):
        start, end = max(0, at), min(len(encoded.ids), at + LONGEST)
        anchors: dict[int, NDArray[np.int64]] = {}
        speech: dict[int, bool] = {}
        ignored = set()
        for anchor, parts, said in found:
            if not start <= anchor < end:
                continue
            if min(parts) < start or max(parts) >= end:
                ignored.add(anchor - start)
                continue
            row = anchors.setdefault(anchor - start, np.zeros(end - start, dtype=np.int64))
            for token, part in parts.items():
                row[token - start] = part
            speech[anchor - start] = said
        if end - start > 8:
            yield Window(encoded.ids[start:end], marks[start:end], anchors, speech, ignored - anchors.keys())
        at += LONGEST


def _labelled(statements: Sequence[dict[str, Any]], encoded: Encoded) -> Iterator[tuple[int, dict[int, int], bool]]:
    """(anchor, token -> part, speech) of each statement whose tokens are found."""
    for each in statements:
        parts: dict[int, int] = {}
        for part, name in ((3, "content"), (1, "source"), (2, "cue")):
            for start, end in each[name]:
                parts |= dict.fromkeys(encoded.within(start, end), part)
        cue = [token for token, part in parts.items() if part == 2] or [t for t, part in parts.items() if part == 3]
        if cue:
            yield min(cue), parts, bool(each["speech"])


def _batches(found: list[Window], chance: random.Random) -> Iterator[list[Window]]:
    """Windows of like length together, in random order."""
    ordered = sorted(found, key=lambda each: (len(each.tokens) // 32, chance.random()))
    groups = [ordered[at : at + BATCH] for at in range(0, len(ordered), BATCH)]
    chance.shuffle(groups)
    yield from groups


def _loss(model: Tagger, batch: list[Window]) -> Tensor:
    length = max(len(each.tokens) for each in batch) + 2
    ids, mask, marks = (torch.zeros(len(batch), length, dtype=torch.long) for _ in range(3))
    truth, told = torch.zeros(len(batch), length), torch.zeros(len(batch), length)
    counted = torch.zeros(len(batch), length)
    rows, places, parts = [], [], []
    for row, each in enumerate(batch):
        size = len(each.tokens)
        ids[row, 0], ids[row, size + 1] = 101, 102
        ids[row, 1 : size + 1] = torch.tensor(each.tokens)
        marks[row, 1 : size + 1] = torch.tensor(each.marks)
        mask[row, : size + 2] = counted[row, 1 : size + 1] = 1
        for anchor in each.ignored:
            counted[row, anchor + 1] = 0
        for anchor, labels in each.anchors.items():
            truth[row, anchor + 1] = 1
            told[row, anchor + 1] = each.speech[anchor]
            rows.append(row)
            places.append(anchor + 1)
            labelled = np.full(length, -100, dtype=np.int64)
            labelled[1 : size + 1] = labels
            parts.append(labelled)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        outputs = tuple(each.float() for each in model(ids, mask, marks))
    cross = nn.functional.binary_cross_entropy_with_logits
    anchors = cross(outputs[0][..., 0], truth, reduction="none")
    loss = (anchors * counted).sum() / max(1.0, float(truth.sum()))
    if rows:
        speech = cross(outputs[0][..., 1], told, reduction="none")
        loss = loss + (speech * truth).sum() / truth.sum() / 2
        logits = model.part_logits(outputs, torch.tensor(rows), torch.tensor(places))
        wanted = torch.from_numpy(np.stack(parts)).flatten()
        linked = nn.functional.cross_entropy(logits.flatten(0, 1), wanted, reduction="sum")
        loss = loss + linked / len(rows) / 12  # a statement's tokens together weigh as much as a few anchors
    return loss


def train(articles: Sequence[dict[str, Any]], *, epochs: int, rate: float, keep: Callable[[Tagger], object]) -> Tagger:
    """The fitted model; ``keep`` is called after each epoch. Progress goes to standard error."""
    from transformers import AutoModel

    random.seed(SEED)
    torch.manual_seed(SEED)
    chance = random.Random(SEED)  # noqa: S311 - a choice that can be repeated
    model = Tagger(AutoModel.from_pretrained(package.folder(), attn_implementation="eager")).train()
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    search = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": heads, "lr": 5 * rate}], weight_decay=0.01, fused=True
    )
    per_epoch = sum(math.ceil(len(encode(each["text"]).ids) / LONGEST) for each in articles) / BATCH
    total = max(1, int(per_epoch * epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        search, lambda step: min((step + 1) / (0.05 * total), max(0.02, (total - step) / (0.95 * total)))
    )
    started, losses = time.time(), []
    for epoch in range(epochs):
        found = [window for each in articles for window in windows(each, chance)]
        for batch in _batches(found, chance):
            search.zero_grad()
            loss = _loss(model, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            search.step()
            schedule.step()
            losses.append(float(loss.detach()))
            if len(losses) % 50 == 0:
                sys.stderr.write(
                    f"epoch {epoch + 1} step {len(losses)} of about {total}: loss {np.mean(losses[-50:]):.3f}, "
                    f"{time.time() - started:.0f} s\n"
                )
                sys.stderr.flush()
        keep(model)
    return model.eval()


def export(model: Tagger, file: Path) -> None:
    """Write the graph with int8 weights; distances and the part head's last layer come out of it as constants."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    class Graph(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Tensor, attention_mask: Tensor, marks: Tensor) -> tuple[Tensor, ...]:
            constants = (self.model.distance.weight, self.model.part.weight, self.model.part.bias)
            return (*self.model(input_ids, attention_mask, marks), *(c + 0 * marks.sum().float() for c in constants))

    sample = torch.ones(2, 16, dtype=torch.long)
    names = ["anchor", "of_anchor", "of_token", "query", "key", "distance", "part_weight", "part_bias"]
    axes = {0: "batch", 1: "length"}
    exact = file.with_suffix(".exact.onnx")
    torch.onnx.export(
        Graph().eval(), (sample, sample, sample), str(exact),
        input_names=["input_ids", "attention_mask", "marks"], output_names=names,
        dynamic_axes=dict.fromkeys(["input_ids", "attention_mask", "marks", *names[:5]], axes),
        dynamo=False, opset_version=17,
    )  # fmt: skip
    quantize_dynamic(exact, file, weight_type=QuantType.QInt8, per_channel=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: written; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.tagger", description="Trains the finder of statements.")
    parser.add_argument("train", type=Path, metavar="TRAIN.jsonl")
    parser.add_argument("out", type=Path, metavar="OUT.onnx")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=1.5e-4, help="highest learning rate of the encoder")
    parser.add_argument("--held-out", type=int, default=40, help="last articles of TRAIN, left for thresholds")
    given = parser.parse_args(arguments)
    articles = [json.loads(line) for line in given.train.read_text("utf-8").splitlines()]
    learned = articles[: len(articles) - given.held_out]
    weights = given.out.with_suffix(".pt")
    model = train(
        learned, epochs=given.epochs, rate=given.rate, keep=lambda each: torch.save(each.state_dict(), weights)
    )
    export(model, given.out)
    sys.stdout.write(f"{given.out}: SHA-256 {hashlib.sha256(given.out.read_bytes()).hexdigest()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
