"""What the entailment model learns from, and that what is trained can be loaded and tells twins apart."""

from __future__ import annotations

import hashlib
import json
import math
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from eval.entailing.examples import Example, Twins, read
from eval.entailing.leaning import given_away, leaning
from eval.entailing.measuring import told_apart
from eval.entailing.network import Network, learned, loss
from eval.entailing.shipping import export
from eval.entailing.training import Plan, train
from eval.graphs import weights
from eval.support import Case
from retriever.catalogue import Catalogue
from retriever.errors import ArticleNotFound
from service.entailing.model import WEIGHTS, Entailed, Entailing
from service.entailing.rows import given, row
from service.reader.model import WEIGHTS as READER
from service.settings import Settings
from service.wiring import build
from tests.harbour import written
from tests.service.checking.written import source

PIER = "The mayor of Sandvik asked for the wooden pier to be closed. Repairs would cost 40 million kroner."
TWINS = (
    Twins("The mayor wants the pier closed.", "negated", "The mayor wants the pier kept open."),
    Twins("Repairs would cost 40 million kroner.", "strength", "Repairs have cost 40 million kroner."),
)


def marked(true: str, false: str) -> list[str]:
    return [false[start:end] for start, end in Twins(true, "detail", false).wrong()]


def test_what_a_false_twin_says_otherwise_is_marked() -> None:
    assert marked("It cost 40 million kroner.", "It cost 90 million kroner.") == ["90"]
    assert marked("She did not go to Sandvik.", "She did go to Sandvik.") == ["go"]  # what is left out, on what follows
    assert marked("She went to Sandvik.", "She went to Sandvik because of the storm.") == ["because of the storm"]


def test_nothing_is_marked_where_the_twins_have_too_little_in_common() -> None:
    assert marked("She went to Sandvik by boat.", "Nobody in the town had heard of him.") == []


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Catalogue]:
    assert request.config.cache is not None
    folder = tmp_path_factory.mktemp("entailing")
    cache = request.config.cache.mkdir("whosaid-model")
    made = build(Settings.load({}, data=folder / "index", cache=cache, threads=1))
    list(made.articles.ingest([written(folder / "archive")]))
    yield Catalogue(folder / "index")


def test_twins_stand_behind_their_passage_and_its_head(catalogue: Catalogue, tmp_path: Path) -> None:
    text = catalogue.article("2023/ferry.md").text
    file = tmp_path / "twins.jsonl"
    row = {"document": "2023/ferry.md", "start": 0, "end": 40, "twins": [["True.", "negated", "False."]]}
    file.write_text(json.dumps(row) + "\n", "utf-8")
    (made,) = read(file, [catalogue])
    assert made.source.endswith(text[:40])
    assert made.twins == (Twins("True.", "negated", "False."),)
    file.write_text(json.dumps({**row, "document": "nowhere.md"}), "utf-8")
    with pytest.raises(ArticleNotFound, match=r"nowhere\.md"):
        list(read(file, [catalogue]))


def test_tokens_are_learned_where_it_is_known_which_are_wrong() -> None:
    made = learned(Example(PIER, TWINS), TWINS[1:])
    true, false = (
        made.wrong[at + 1 : at + 1 + len(each.ids)] for at, each in zip(made.row.opens, made.row.written, strict=True)
    )
    assert set(true) == {0.0}
    assert [token for token, mark in enumerate(false) if mark == 1.0] == [1]  # "have"
    apart = Twins("The pier is to be closed, the mayor says.", "unsupported", "Nobody has sung there since.")
    assert set(learned(Example(PIER, (apart,)), [apart]).wrong[made.row.opens[0] :]) == {-1.0, 0.0}


def test_training_lowers_the_loss_and_what_is_written_can_be_loaded(tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = Network()
    rows = [learned(Example(PIER, TWINS), TWINS)]
    before = float(loss(network, rows)[0].detach())
    kept: list[int] = []
    examples = [Example(PIER, TWINS)] * 6
    train(network, examples, Plan(epochs=6, rate=1e-4, seed=1), keep=lambda: kept.append(len(kept)))
    after, apart = loss(network, rows)
    assert len(kept) == 6
    assert math.isfinite(float(after.detach()))
    assert float(after.detach()) < before
    assert apart == 1.0
    file = tmp_path / "entailing.onnx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's remarks on shapes and its age; the graph is run below
        exact = export(network, file)
    said = _of(network)
    assert np.isfinite(said).all()
    for each, off in ((exact, 1e-3), (file, 0.1)):
        told = Entailing(each, digest=hashlib.sha256(each.read_bytes()).hexdigest())(PIER, TWINS[0].true)
        assert (told.says, told.wrong) == pytest.approx(
            said, abs=off
        )  # the sentence read after its source, not with it
    assert file.stat().st_size < exact.stat().st_size / 3
    back = weights(file)
    assert back.keys() >= {name for name in network.state_dict() if "pooler" not in name}
    for name, matrix in back.items():
        step = float(network.state_dict()[name].abs().max()) / 127
        assert torch.allclose(matrix, network.state_dict()[name], atol=0.51 * step), name


def test_what_words_alone_give_away_is_known_and_what_they_do_not_is_not() -> None:
    habits = [
        Example(PIER, (Twins(f"Pier {n} may close.", "strength", f"Pier {n} will certainly close."),))
        for n in range(40)
    ]
    turned = [("Vik asked Brandt.", "Brandt asked Vik."), ("Brandt asked Vik.", "Vik asked Brandt.")]
    fair = [Example(PIER, (Twins(true, "roles", false),)) for true, false in turned * 20]
    found = leaning([*habits, *fair], seed=1)
    leans = [each.twins[0].leans for each in found]
    assert all(true == -false for true, false in leans)
    assert min(true for true, _ in leans[:40]) > 0.5
    assert max(abs(true) for true, _ in leans[40:]) < 0.5
    assert given_away(found[:40]) == 1.0
    assert [each.source for each in found] == [PIER] * 80


def test_what_is_given_away_is_learned_less() -> None:
    torch.manual_seed(1)
    network = Network()
    told, guessed = (
        float(loss(network, [learned(Example(PIER, pair), pair)])[0].detach())
        for pair in (TWINS[:1], (replace(TWINS[0], leans=(1.5, -1.5)),))
    )
    assert guessed < told


def test_training_stops_when_its_time_is_up() -> None:
    kept: list[int] = []
    plan = Plan(epochs=9, rate=1e-4, seed=1, seconds=1e-9)
    train(Network(), [Example(PIER, TWINS)], plan, keep=lambda: kept.append(1))
    assert kept == [1]


def test_figures_are_those_worked_out_by_hand() -> None:
    says = {"right": 2.0, "fair": 0.5, "bad": 1.0, "worse": -1.0}
    kinds = {"right": "close", "fair": "free", "bad": "negated", "worse": "addition"}
    asked = [Case(name, kinds[name], name in {"right", "fair"}, name, source()) for name in says]
    found = told_apart(asked, lambda _, sentence: Entailed(says[sentence], 0.0, (0, 0)))
    assert found == {"all": 0.75, "addition": 1.0, "close": 1.0, "free": 0.5, "negated": 0.5}


def test_training_goes_on_from_weights_that_are_shipped() -> None:
    says, wrong = _of(Network(WEIGHTS))
    told = Entailing()(PIER, TWINS[0].true)
    assert (told.says, told.wrong) == pytest.approx((says, wrong), abs=0.02)
    torch.manual_seed(3)
    new = Network()
    torch.manual_seed(3)
    begun = Network(READER)
    assert torch.equal(begun.tokens.weight, new.tokens.weight)  # its heads are new
    name = "encoder.layer.2.output.dense.weight"
    assert not torch.allclose(begun.encoder.state_dict()[name], new.encoder.state_dict()[name], atol=1e-3)


def _of(network: Network) -> tuple[float, float]:
    made = row(PIER, [TWINS[0].true])
    with torch.no_grad():
        says, wrong = network.eval()(**{name: torch.from_numpy(each) for name, each in given([made]).items()})
    own = wrong[0, made.opens[0] + 1 : made.opens[0] + 1 + len(made.written[0].ids)]
    return float(says[0, made.opens[0]]), float(torch.sigmoid(own.max()))
