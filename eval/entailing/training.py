"""Examples go in, the fitted network comes out."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from eval.entailing.examples import Example
from eval.entailing.network import Learned, Network, learned, loss

TOKENS = 3000  # in one step


@dataclass(frozen=True, slots=True)
class Plan:
    """``epochs`` times through the examples, or as far as ``seconds`` reach; ``rate``: the encoder's highest."""

    epochs: int
    rate: float
    seed: int
    seconds: float = 1e9


def train(network: Network, examples: Sequence[Example], plan: Plan, *, keep: Callable[[], object]) -> Network:
    """The learning rate falls over the plan; ``keep`` is called after each epoch. The network runs in bfloat16; what is
    learned is kept beside it in full. Progress goes to standard error.
    """
    chance = random.Random(plan.seed)  # noqa: S311 - a choice that can be repeated
    exact = {name: p.detach().clone() for name, p in network.named_parameters() if p.requires_grad}
    search = _search(exact, plan.rate)
    highest = [group["lr"] for group in search.param_groups]
    started, told = time.monotonic(), list[tuple[float, float]]()
    for epoch in range(plan.epochs):
        steps = list(_steps(examples, chance))
        network.train().bfloat16()
        for number, batch in enumerate(steps):
            spent = max((epoch + number / len(steps)) / plan.epochs, (time.monotonic() - started) / plan.seconds)
            for group, most in zip(search.param_groups, highest, strict=True):
                group["lr"] = most * min(1.0, (spent + 0.001) / 0.06, 1.02 - min(1.0, spent))
            value, right = loss(network, batch)
            value.backward()  # type: ignore[no-untyped-call]
            _step(search, network, exact)
            told.append((float(value.detach()), right))
            if len(told) % 50 == 0:
                mean, share = np.mean(told[-50:], axis=0)
                sys.stderr.write(f"epoch {epoch + 1}, {spent:.0%}: loss {mean:.3f}, twins told apart {share:.3f}\n")
                sys.stderr.flush()
            if spent >= 1:
                break
        network.float().load_state_dict({**network.state_dict(), **exact})
        network.eval()
        keep()
        if time.monotonic() - started >= plan.seconds:
            break
    return network


def _search(exact: Mapping[str, Tensor], rate: float) -> torch.optim.AdamW:
    body = [each for name, each in exact.items() if name.startswith("encoder.")]
    heads = [each for name, each in exact.items() if not name.startswith("encoder.")]
    groups = [{"params": body, "lr": rate}, {"params": heads, "lr": 3 * rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def _step(search: torch.optim.AdamW, network: Network, exact: Mapping[str, Tensor]) -> None:
    """The gradients of the network's parameters move the exact ones, from which the network's are rounded."""
    parameters: dict[str, nn.Parameter] = dict(network.named_parameters())
    for name, own in exact.items():
        gradient = parameters[name].grad
        own.grad = None if gradient is None else gradient.float()
        parameters[name].grad = None
    nn.utils.clip_grad_norm_(exact.values(), 1.0)
    search.step()
    with torch.no_grad():
        for name, own in exact.items():
            parameters[name].copy_(own)


def _steps(examples: Sequence[Example], chance: random.Random) -> Iterator[list[Learned]]:
    """Rows of like length together, as many as TOKENS hold, in random order."""
    made = [learned(each, chance.sample(each.twins, len(each.twins))) for each in examples]
    made.sort(key=lambda each: (len(each.row.ids) // 48, chance.random()))
    steps: list[list[Learned]] = [[]]
    for each in made:
        longest = max(len(one.row.ids) for one in (each, *steps[-1]))
        if steps[-1] and longest * (len(steps[-1]) + 1) > TOKENS:
            steps.append([])
        steps[-1].append(each)
    chance.shuffle(steps)
    yield from steps
