"""Examples go in, the fitted network comes out; then its graph with int8 weights."""

from __future__ import annotations

import math
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from eval.reader.examples import Example, Text
from eval.reader.network import OUTPUTS, Network, Row, loss, row

GROUPS = 6  # questions at once
TEXTS = 5  # of each at most


def train(
    network: Network, epochs: Sequence[Sequence[Example]], *, seed: int, rate: float, keep: Callable[[int], object]
) -> Network:
    """Epoch after epoch, each with examples of its own choice, the learning rate falling over all of them. ``rate``:
    the encoder's highest; ``keep`` is called after each epoch with its number. Progress goes to standard error.
    """
    chance = random.Random(seed)  # noqa: S311 - a choice that can be repeated
    steps = sum(math.ceil(len(examples) / GROUPS) for examples in epochs)
    search, schedule = _search(network, rate, steps)
    started, losses = time.time(), []
    network.train()
    for epoch, examples in enumerate(epochs, start=1):
        for groups in _batches(examples, chance):
            search.zero_grad()
            value = loss(network, groups)
            value.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            search.step()
            schedule.step()
            losses.append(float(value.detach()))
            if len(losses) % 50 == 0:
                recent, seconds = np.mean(losses[-50:]), time.time() - started
                sys.stderr.write(f"step {len(losses)} of {steps}: loss {recent:.3f}, {seconds:.0f} s\n")
                sys.stderr.flush()
        keep(epoch)
    return network.eval()


def _search(network: Network, rate: float, steps: int) -> tuple[torch.optim.AdamW, torch.optim.lr_scheduler.LambdaLR]:
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    search = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": heads, "lr": 3 * rate}], weight_decay=0.01, fused=True
    )
    warm = max(1, int(0.06 * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        search, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))
    )
    return search, schedule


def _batches(examples: Sequence[Example], chance: random.Random) -> Iterator[list[list[Row]]]:
    """Questions whose rows are of like length together, in random order."""
    made = [[row(each.question, text) for text in _some(each.texts, chance)] for each in examples]
    order = sorted(
        range(len(made)), key=lambda n: (sum(len(r.pair.ids) for r in made[n]) // len(made[n]) // 24, chance.random())
    )
    groups = [order[at : at + GROUPS] for at in range(0, len(order), GROUPS)]
    chance.shuffle(groups)
    for group in groups:
        yield [made[n] for n in group]


def _some(texts: Sequence[Text], chance: random.Random) -> list[Text]:
    """What answers, one or two of it, and of the rest some, the likeliest oftener."""
    right = [text for text in texts if text.answers]
    wrong = [text for text in texts if not text.answers]
    kept = chance.sample(right, min(2, len(right)))
    weighed = sorted(range(len(wrong)), key=lambda n: chance.random() ** (1 / (1 + 6 / (1 + n))), reverse=True)
    return kept + [wrong[n] for n in weighed[: TEXTS - len(kept)]]


def export(network: Network, file: Path) -> Path:
    """Write the graph with int8 weights to ``file`` and the exact one beside it, whose path is returned."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    sample = torch.ones(2, 16, dtype=torch.long)
    exact = file.with_suffix(".exact.onnx")
    given = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {0: "batch", 1: "length"}
    torch.onnx.export(
        network.eval(), (sample, sample, sample), str(exact),
        input_names=given, output_names=list(OUTPUTS),
        dynamic_axes={**dict.fromkeys([*given, *OUTPUTS[2:]], axes), **{name: {0: "batch"} for name in OUTPUTS[:2]}},
        dynamo=False, opset_version=17,
    )  # fmt: skip
    quantize_dynamic(exact, file, weight_type=QuantType.QInt8, per_channel=True)
    return exact
