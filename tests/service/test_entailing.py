"""The entailment model: what it is shown, who looks at whom, and that its real weights tell true from false."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from retriever.errors import ModelUnusable
from retriever.records import Article
from service.entailing.model import SHA256, WEIGHTS, Entailing
from service.entailing.rows import CLOSES, LONGEST_SOURCE, LONGEST_WRITTEN, OPENS, behind, given, head, row, step

PIER = Article(
    "pier.txt",
    "Mayor Tomas Vik asked the council on Tuesday to close the wooden pier before winter. Repairs would cost 40 "
    "million kroner, and the town will not pay for them, he said.",
    title="Sandvik’s pier",
    source="Harbour Daily",
    published=date(2022, 11, 23),
)
SOURCE = head(PIER) + PIER.text


def test_a_head_holds_what_is_known_and_nothing_else() -> None:
    assert head(PIER) == "Sandvik’s pier. Harbour Daily, Wednesday, 23 November 2022. "
    assert head(replace(PIER, published=None)) == "Sandvik’s pier. Harbour Daily. "
    assert head(Article("bare.txt", "Rain.")) == ""


def test_each_sentence_stands_behind_the_source_by_itself() -> None:
    made = row("The pier closed.", ["It closed.", "It did not."])
    assert [made.ids[at] for at in made.opens] == [OPENS, OPENS]
    assert made.ids[-1] == CLOSES
    assert [made.places[at] for at in made.opens] == [0, 0]
    assert made.part[made.opens[0]] == 1
    assert made.part[made.opens[1]] == 2
    for at, tokens in zip(made.opens, made.written, strict=True):
        assert made.ids[at + 1 : at + 1 + len(tokens.ids)] == tokens.ids


def test_the_source_looks_at_itself_and_a_sentence_at_the_source_and_itself() -> None:
    made = row("The pier closed.", ["It closed.", "It did not."])
    bias = given([made, row("Rain.", ["Rain."])])["bias"]
    first, second = made.opens
    assert bias[0, 0, 0, first] < 0  # the source at a sentence
    assert bias[0, 0, first, 0] == 0  # a sentence at the source
    assert bias[0, 0, first, second] < 0  # a sentence at another one
    assert bias[0, 0, second, second + 1] == 0
    assert (bias[1, 0, 0, len(row("Rain.", ["Rain."]).ids) :] < 0).all()  # at what only fills the row


def test_what_is_too_long_is_cut() -> None:
    made = row("word " * 2 * LONGEST_SOURCE, ["word " * 2 * LONGEST_WRITTEN])
    assert made.opens == [LONGEST_SOURCE + 1]
    assert len(made.written[0].ids) == LONGEST_WRITTEN


def test_a_sentence_alone_stands_as_it_does_behind_its_source() -> None:
    both, alone = row("The pier closed.", ["It closed."]), behind("It closed.")
    assert alone.ids == both.ids[both.opens[0] :]
    assert alone.places == both.places[both.opens[0] :]
    assert alone.opens == [0]
    read = step(alone, np.zeros((6, 2, 12, 5, 32), dtype=np.float32))
    assert read["token_type_ids"].tolist() == [[0] * len(alone.ids)]
    assert step(row("The pier closed.", ()), read["before"])["token_type_ids"].all()


def test_a_sentence_says_the_same_whatever_was_read_before() -> None:
    entails = Entailing()
    alone = entails(SOURCE, "The mayor wants the pier closed.")
    for number in range(20):
        entails.read(f"{number} other piers were closed.")
    entails(SOURCE, "The council asked Vik to leave.")
    assert entails(SOURCE, "The mayor wants the pier closed.") == alone
    assert entails("Nothing is said of it.", "The mayor wants the pier closed.") != alone


def test_a_source_is_read_once() -> None:
    entails = Entailing()
    states = entails.read(SOURCE)
    entails(SOURCE, "The mayor wants the pier closed.")
    assert entails.read(SOURCE) is states
    assert states.shape[3] == len(row(SOURCE, ()).ids)


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("The mayor wants the pier closed before winter.", "The council wants the mayor to leave before winter."),
        ("The town refuses to pay for the repairs.", "The town has agreed to pay for the repairs."),
        ("Vik asked the council to close the pier.", "The council asked Vik to close the pier."),
        ("Repairs of the pier would cost 40 million kroner.", "Repairs of the pier have cost 90 million kroner."),
    ],
)
def test_the_true_twin_is_likelier(true: str, false: str) -> None:
    entails = Entailing()
    assert entails(SOURCE, true).says > entails(SOURCE, false).says


def test_the_word_that_is_wrong_is_pointed_out() -> None:
    sentence = "The town has agreed to pay for the repairs."
    found = Entailing()(SOURCE, sentence)
    assert sentence[slice(*found.at)] in {"has", "agreed"}


def test_a_sentence_without_words_is_read_all_the_same() -> None:
    assert Entailing()(SOURCE, "").at == (0, 0)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "entailing.onnx"
    other.write_bytes(WEIGHTS.read_bytes()[:-1])
    with pytest.raises(ModelUnusable, match=SHA256[:12]):
        Entailing(other)(SOURCE, "It rained.")
