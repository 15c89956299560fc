"""``python -m eval.entailing TWINS.jsonl OUT.onnx --index INDEX … --cases CASES INDEX …``: trains the entailment model,
writes it with int8 weights and, beside it, what it was trained on and how good it is.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from eval.entailing.examples import read
from eval.entailing.leaning import given_away, leaning
from eval.entailing.measuring import told_apart
from eval.entailing.network import Network
from eval.entailing.shipping import export
from eval.entailing.training import Plan, train
from eval.support import cases
from retriever.catalogue import Catalogue
from retriever.embedding.package import sha256
from service.entailing.model import Entailing

SEED, EPOCHS, RATE = 20240, 5, 1e-4


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: written; 2: wrong usage."""
    given = _parser().parse_args(arguments)
    told = given.out.with_suffix(".json")
    if not given.measure:
        told.write_text(json.dumps(_trained(given), indent=1) + "\n", encoding="utf-8")
    graphs = [given.out, *(file for file in [given.out.with_suffix(".exact.onnx")] if file.exists())]
    figures = {}
    for file, index in given.cases:
        rows = [json.loads(line) for line in Path(file).read_text("utf-8").splitlines()]
        asked = cases(rows, Catalogue(Path(index)))
        figures[Path(file).name] = {
            graph.name: told_apart(asked, Entailing(graph, digest=sha256(graph))) for graph in graphs
        }
    told.write_text(json.dumps({**json.loads(told.read_text("utf-8")), "figures": figures}, indent=1) + "\n", "utf-8")
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0


def _trained(given: argparse.Namespace) -> dict[str, object]:
    """Trains and writes the model; what it was trained on."""
    examples = leaning(list(read(given.twins, [Catalogue(each) for each in given.index])), seed=given.seed)
    torch.manual_seed(given.seed)
    network = Network(given.start)
    saved = given.out.with_suffix(".pt")
    plan = Plan(given.epochs, given.rate, given.seed, given.seconds)
    train(network, examples, plan, keep=lambda: torch.save(network.state_dict(), saved))
    export(network, given.out)
    return {
        "seed": given.seed,
        "epochs": given.epochs,
        "rate": given.rate,
        "seconds": given.seconds,
        "sources": len(examples),
        "twins": sum(len(each.twins) for each in examples),
        "given away by their words": round(given_away(examples), 3),
        "sha256": {file.name: sha256(file) for file in (given.out, given.twins)},
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.entailing", description=__doc__)
    parser.add_argument("twins", type=Path, help="JSON lines: document, start, end, twins")
    parser.add_argument("out", type=Path, metavar="OUT.onnx")
    parser.add_argument(
        "--index", type=Path, action="append", required=True, help="index folder of the twins' articles"
    )
    parser.add_argument("--start", type=Path, help="weights to begin with, kept by a training (.pt) or shipped (.onnx)")
    parser.add_argument(
        "--cases", nargs=2, action="append", default=[], metavar=("CASES", "INDEX"), help="sentences to measure on"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seconds", type=float, default=1e9, help="stop after that long")
    parser.add_argument("--measure", action="store_true", help="train nothing, measure OUT.onnx")
    return parser


if __name__ == "__main__":
    sys.exit(main())
