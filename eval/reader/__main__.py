"""``python -m eval.reader LEARN OUT.onnx --written QUESTIONS INDEX …``: trains the reader, writes it with int8 weights
and, beside it, what it was trained on and how good it is.

LEARN is the folder of the public sets. Each epoch holds all questions written by hand, each time with others of the
texts that look like an answer, and a part of the public questions and of those made of the indexes' statements.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from eval.learning import left_out
from eval.reader import own, public
from eval.reader.examples import Example
from eval.reader.measuring import as_plain, of_embedding, of_reader
from eval.reader.network import Network
from eval.reader.training import export, train
from eval.targets import opened
from retriever.embedding import MiniLM
from retriever.embedding.package import sha256
from service.parts import Parts
from service.reader.model import Reader
from service.settings import Settings

SEED, EPOCHS, RATE = 20240, 3, 1.2e-4
STATEMENTS = 1500  # questions made of each index's statements
PAIRS = 2000  # of the pairs of question and sentence, of which there are more than of everything else
OTHERS = 7200  # public and made questions, over all epochs


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: written; 2: wrong usage."""
    given = _parser().parse_args(arguments)
    embedding = MiniLM(cache=Settings.load().cache, quantised=True)
    opened_ = [(questions, opened(index, learning=True)[0]) for questions, index in given.written]
    written = [example for questions, parts in opened_ for example in own.written(questions, parts)]
    told = given.out.with_suffix(".json")
    if not given.measure:
        known = _trained(given, written, [parts for _, parts in opened_], embedding.vectors)
        told.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    tests = {
        "squad2, articles held out": list(_squad(given.learn, held=True, vectors=embedding.vectors)),
        "written by hand, articles held out": [example for example in written if left_out(example.group)],
    }
    figures = {name: _figures(examples, embedding, given.out) for name, examples in tests.items()}
    told.write_text(json.dumps({**json.loads(told.read_text("utf-8")), "figures": figures}, indent=1) + "\n", "utf-8")
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0


def _trained(
    given: argparse.Namespace, written: Sequence[Example], parts: Sequence[Parts], vectors: public.Vectors
) -> dict[str, object]:
    """Trains and writes the model; what it was trained on."""
    chance = random.Random(given.seed)  # noqa: S311 - a choice that can be repeated, not a secret
    others = list(_public(given.learn, vectors, chance))
    for index in parts:
        made = list(own.said(index, STATEMENTS, seed=given.seed))
        others += chance.sample(made, len(made) // 2)
    chance.shuffle(others)
    share = min(OTHERS, len(others)) // given.epochs
    learned = [example for example in written if not left_out(example.group)]
    epochs = [learned + others[at * share : (at + 1) * share] for at in range(given.epochs)]
    torch.manual_seed(given.seed)
    network = Network()
    saved = given.out.with_suffix(".pt")
    train(network, epochs, seed=given.seed, rate=RATE, keep=lambda _: torch.save(network.state_dict(), saved))
    export(network, given.out)
    files = (given.out, *_files(given.learn), *(questions for questions, _ in given.written))
    return {
        "seed": given.seed,
        "epochs": given.epochs,
        "questions": {"written": len(learned), "others": share * given.epochs},
        "sha256": {file.name: sha256(file) for file in files},
    }


def _figures(examples: Sequence[Example], embedding: MiniLM, weights: Path) -> dict[str, object]:
    """Beside the plain embedding model; what eight bits cost is told on every tenth question."""
    exact, few = weights.with_suffix(".exact.onnx"), examples[::10]
    int8 = Reader(weights, digest=sha256(weights)).read
    found: dict[str, object] = {
        "all-MiniLM-L6-v2": as_plain(of_embedding(examples, embedding.vectors)),
        "reader": as_plain(of_reader(examples, int8)),
    }
    if exact.exists():
        found["a tenth, exact"] = as_plain(of_reader(few, Reader(exact, digest=sha256(exact)).read))
        found["a tenth, eight bits"] = as_plain(of_reader(few, int8))
    return found


def _files(learn: Path) -> list[Path]:
    names = ("squad2-dev.json", "xquad.en.json", "squad1-train-part-question-sentence.tsv", "qed-dev.jsonl")
    return [learn / name for name in (*names, "timeqa-train.json", "timeqa-test.json")]


def _squad(learn: Path, *, held: bool, vectors: public.Vectors, name: str = "squad2-dev.json") -> Iterator[Example]:
    titles = [each["title"] for each in json.loads((learn / "squad2-dev.json").read_text("utf-8"))["data"]]
    measured = public.held_out(titles)
    return public.squad(learn / name, titles=lambda there: measured if held else set(there) - measured, vectors=vectors)


def _public(learn: Path, vectors: public.Vectors, chance: random.Random) -> Iterator[Example]:
    """The public sets without SQuAD's held-out articles."""
    _, xquad, pairs, natural, *dated = _files(learn)
    yield from _squad(learn, held=False, vectors=vectors)
    yield from _squad(learn, held=False, vectors=vectors, name=xquad.name)
    yield from chance.sample(list(public.pairs(pairs, vectors=vectors)), PAIRS)
    yield from public.natural(natural, vectors=vectors)
    for file in dated:
        yield from public.dated(file, vectors=vectors)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.reader", description="Trains the reader of answers.")
    parser.add_argument("learn", type=Path, metavar="LEARN", help="folder of the public question sets")
    parser.add_argument("out", type=Path, metavar="OUT.onnx")
    parser.add_argument(
        "--written", nargs=2, type=Path, action="append", required=True, metavar=("QUESTIONS", "INDEX"),
        help="questions written by hand and the index folder of their articles; may be given several times",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--measure", action="store_true", help="measure what OUT.onnx is, and train nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main())
