"""What the reader learns from, how it is measured, and that what is trained can be loaded and reads."""

from __future__ import annotations

import hashlib
import json
import math
import random
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from eval.learning import left_out
from eval.reader import own, public
from eval.reader.examples import Example, Text, occurrences, overlapping
from eval.reader.measuring import of_embedding, of_reader
from eval.reader.network import Network, loss, row
from eval.reader.training import TEXTS, export, train
from retriever.tokens import encode
from service.parts import Parts
from service.reader.model import Reader, Reading
from service.reader.windows import Window
from service.settings import Settings
from service.wiring import build
from tests.harbour import written

PIER = "The mayor of Sandvik closed the wooden pier on Tuesday. Repairs would cost 40 million kroner."
BOATS = "Seven boats came back to the harbour before the storm. Nobody was hurt."


def by_letters(texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors that are near where texts share words: enough to choose by, and the same each time."""
    made = np.zeros((len(texts), 256), dtype=np.float32)
    for place, text in enumerate(texts):
        for word in text.lower().split():
            made[place, hashlib.sha256(word.strip(".,?").encode()).digest()[0]] += 1
    unit: NDArray[np.float32] = made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-6)
    return unit


def marked(text: Text) -> tuple[list[str], list[str]]:
    """The words of the evidence and of the answer."""
    return [text.text[a:b] for a, b in text.evidence], [text.text[a:b] for a, b in text.spans]


def squad_file(folder: Path) -> Path:
    def asked(question: str, answer: str, context: str) -> dict[str, object]:
        answers = [{"text": answer, "answer_start": context.index(answer)}] if answer else []
        return {"question": question, "id": question, "answers": answers, "is_impossible": not answer}

    def article(title: str) -> dict[str, object]:
        first = [asked("What did the mayor close?", "the wooden pier", PIER), asked("Who sank the pier?", "", PIER)]
        second = [asked("How many boats came back?", "Seven", BOATS)]
        return {"title": title, "paragraphs": [{"context": PIER, "qas": first}, {"context": BOATS, "qas": second}]}

    file = folder / "squad.json"
    file.write_text(json.dumps({"version": "v2.0", "data": [article("Old_Pier"), article("New_Pier")]}), "utf-8")
    return file


def test_squad_marks_the_answer_and_its_sentence_behind_the_title(tmp_path: Path) -> None:
    made = list(public.squad(squad_file(tmp_path), titles=lambda there: {"Old_Pier"}, vectors=by_letters))
    assert [example.answerable for example in made] == [True, False, True]
    right = next(text for text in made[0].texts if text.answers)
    assert right.text.startswith("Old Pier. ")
    assert marked(right) == (["The mayor of Sandvik closed the wooden pier on Tuesday."], ["the wooden pier"])
    assert any(BOATS in text.text for text in made[0].texts)


def test_half_of_the_articles_are_never_learned_from() -> None:
    titles = ["d", "b", "a", "c"]
    assert public.held_out(titles) == {"b", "d"}


def test_pairs_mark_the_sentence_and_take_what_is_wrong_from_others(tmp_path: Path) -> None:
    lines = [f"what is item {n} ?\titem {n} is the number {n} of the list .\n" for n in range(12)]
    file = tmp_path / "pairs.tsv"
    file.write_text("".join(lines), "utf-8")
    for n, example in enumerate(public.pairs(file, vectors=by_letters)):
        (right,) = (text for text in example.texts if text.answers)
        sentence = f"item {n} is the number {n} of the list ."
        assert marked(right)[0] == [sentence]
        assert not any(sentence in text.text for text in example.texts if not text.answers)


def test_natural_questions_put_the_window_with_the_answer_first(tmp_path: Path) -> None:
    def asked(question: str, title: str, text: str, answer: str) -> str:
        start = text.index(answer)
        starts = [0, text.index(". ") + 2]
        found = [[{"start": start, "end": start + len(answer), "string": answer}]]
        made = {"question_text": question, "title_text": title, "paragraph_text": text, "sentence_starts": starts}
        return json.dumps({**made, "original_nq_answers": found})

    file = tmp_path / "qed.jsonl"
    rows = [
        asked("what closed", "Pier", PIER, "the wooden pier"),
        asked("what returned", "Boats", BOATS, "Seven boats"),
    ]
    file.write_text("\n".join(rows), "utf-8")
    first, second = public.natural(file, vectors=by_letters)
    assert marked(first.texts[0]) == (["The mayor of Sandvik closed the wooden pier on Tuesday. "], ["the wooden pier"])
    assert [text.answers for text in first.texts] == [True, False]
    assert second.texts[1].text.startswith("Pier. ")


def test_dated_questions_without_an_answer_have_only_what_looks_like_one(tmp_path: Path) -> None:
    start = PIER.index("40 million")
    asked = [
        ["How much would repairs cost?", [{"para": 0, "from": start, "end": start + 10, "answer": "40 million"}]],
        ["How much would repairs have cost in 1900?", [{"para": 0, "from": 0, "end": 0, "answer": ""}]],
    ]
    file = tmp_path / "timeqa.json"
    file.write_text(json.dumps([{"link": "/wiki/Old_Pier", "questions": asked, "paras": [PIER, BOATS]}]), "utf-8")
    right, wrong = public.dated(file, vectors=by_letters)
    assert marked(right.texts[0]) == (["Repairs would cost 40 million kroner."], ["40 million"])
    assert (right.answerable, wrong.answerable) == (True, False)
    assert {text.text for text in wrong.texts} == {f"Old Pier. {PIER}", f"Old Pier. {BOATS}"}


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Parts]:
    """An index of the articles of tests/harbour.py."""
    assert request.config.cache is not None
    folder = tmp_path_factory.mktemp("reader")
    cache = request.config.cache.mkdir("whosaid-model")
    made = build(Settings.load({}, data=folder / "index", cache=cache, threads=1))
    list(made.articles.ingest([written(folder / "archive")]))
    yield made


def asked_of(parts: Parts, folder: Path, **fields: object) -> list[Example]:
    file = folder / "questions.jsonl"
    file.write_text(json.dumps({"id": "q", "kind": "what", "answer": [], "evidence": [], **fields}), "utf-8")
    return list(own.written(file, parts))


def place(parts: Parts, document: str, words: str) -> dict[str, object]:
    start = parts.articles.article(document).text.index(words)
    return {"document": document, "start": start, "end": start + len(words)}


def test_a_written_question_marks_its_evidence_in_what_the_search_finds(parts: Parts, tmp_path: Path) -> None:
    evidence = place(parts, "2023/ferry.md", "for a loan of 12 million")
    (made,) = asked_of(
        parts, tmp_path, question="What help was sought from the state?", answer=[["12 million"]], evidence=[evidence],
        span=[place(parts, "2023/ferry.md", "12 million")],
    )  # fmt: skip
    right = [text for text in made.texts if text.answers]
    assert marked(right[0]) == (["for a loan of 12 million"], ["12 million"])
    assert made.group == "2023/ferry.md"
    assert len(made.texts) > len(right)


def test_a_question_that_nothing_answers_has_only_what_looks_like_an_answer(parts: Parts, tmp_path: Path) -> None:
    tempting = place(parts, "2023/ferry.md", "for a loan of 12 million")
    (made,) = asked_of(
        parts,
        tmp_path,
        kind="nearmiss",
        unanswerable=True,
        question="Why did Tomas Vik ask for a loan?",
        tempting=[tempting],
    )
    assert not made.answerable
    assert any("loan of 12 million" in text.text for text in made.texts)


def test_questions_about_statements_are_right_or_have_another_name(parts: Parts) -> None:
    made = list(own.said(parts, 30, seed=3))
    assert len(made) > 8
    for example in made:
        assert example.answerable == (example.kind == "said")
    assert made == list(own.said(parts, 30, seed=3))


def test_places_of_words_are_found_whatever_their_case() -> None:
    assert occurrences("pier", "Pier, pier") == [(0, 4), (6, 10)]
    assert occurrences("", "pier") == []
    assert overlapping([(0, 5), (8, 9)], 4, 8) == [(4, 5)]


def test_a_row_knows_the_tokens_of_answer_and_evidence() -> None:
    start = PIER.index("40 million")
    made = row("How much?", Text(PIER, True, ((start, start + 10),), ((start, start + 10),)))
    assert len(made.evidence) == len(encode("40 million").ids)
    assert made.spans == ((min(made.evidence), max(made.evidence)),)


def examples() -> list[Example]:
    start = PIER.index("the wooden pier")
    right = Text(PIER, True, ((0, 55),), ((start, start + 15),))
    return [
        Example("What was closed?", (right, Text(BOATS, False)), "pier"),
        Example("Who sang?", (Text(PIER, False), Text(BOATS, False)), "boats"),
    ] * 6


def test_training_lowers_the_loss_and_what_is_written_can_be_loaded(tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = Network()
    rows = [[row(each.question, text) for text in each.texts] for each in examples()[:2]]
    before = float(loss(network, rows).detach())
    kept: list[int] = []
    train(network, [examples(), examples()], seed=1, rate=1e-4, keep=kept.append)
    after = float(loss(network, rows).detach())
    assert kept == [1, 2]
    assert math.isfinite(after)
    assert after < before
    file = tmp_path / "reader.onnx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's remarks on shapes and its age; the graph is run below
        exact = export(network, file)
    found = [
        Reader(each, digest=hashlib.sha256(each.read_bytes()).hexdigest(), threads=1).read(
            "What was closed?", [Window(PIER, 0, 0, len(PIER), ())]
        )[0]
        for each in (exact, file)
    ]
    assert found[0].rank == pytest.approx(found[1].rank, abs=0.5)


def test_texts_are_drawn_anew_and_what_answers_is_always_among_them() -> None:
    from eval.reader.training import _some

    texts = (Text("right", True), *(Text(f"wrong {n}", False) for n in range(20)))
    drawn = [_some(texts, random.Random(seed)) for seed in range(20)]
    assert all(len(each) == TEXTS and each[0].answers for each in drawn)
    often = [sum(Text(f"wrong {n}", False) in each for each in drawn) for n in range(20)]
    assert sum(often[:5]) > sum(often[-5:])


class Knows:
    """A reader that sees "Seven" in the boats and nothing elsewhere."""

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        return [self._one(each.text, question) for each in windows]

    @staticmethod
    def _one(text: str, question: str) -> Reading:
        right = "boats" in text and "boats" in question
        return Reading(float(right), float(right), (), (0, 5), -0.1)


def test_figures_are_those_worked_out_by_hand() -> None:
    boats = Text(BOATS, True, ((0, 10),), ((0, 11),))  # "Seven boats", of which the reader says "Seven"
    pier = Text(PIER, False)
    asked = [
        Example("How many boats?", (pier, boats), "a"),
        Example("Whose boats?", (pier, Text("Old " + BOATS, False)), "a"),
        Example("Who sang?", (pier,), "b"),
    ]
    made = of_reader(asked, Knows().read)
    assert (made.questions, made.exact, made.first) == (3, 0.0, 1.0)
    assert made.f1 == pytest.approx(2 / 3)
    assert made.auc == pytest.approx(0.75)
    plain = of_embedding(asked, by_letters)
    assert plain.first == 1.0
    assert 0 < plain.f1 < 1


def test_a_fifth_of_the_articles_is_left_out() -> None:
    share = sum(left_out(f"article-{n}") for n in range(1000)) / 1000
    assert 0.15 < share < 0.25
