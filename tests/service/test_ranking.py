"""Which sentences are read, and what reading them changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from retriever.records import Article
from service.evidence import FEATURES, Candidate
from service.question.asking import understand
from service.ranking import READ, Ranking
from service.reader.model import Reading
from service.reader.windows import Window
from service.records import Question
from service.weighing import Weights, read_to_learn
from tests.service.candidates import candidate

ASKED = understand(Question("Who closed the pier?"))
PIER = Article("pier.txt", "The mayor closed the pier. It rained.")
BOATS = Article("boats.txt", "Seven boats returned.")
LAMP = Article("lamp.txt", "The lamp was lit.")


class Scripted:
    """Reads every window as answering by how many "pier" it holds; remembers what it was shown."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        self.shown += [each.text for each in windows]
        return [self._one(each) for each in windows]

    @staticmethod
    def _one(window: Window) -> Reading:
        pier = window.text.find("pier")
        shown = tuple(
            float("pier" in window.text[s.start - window.start :][: s.end - s.start]) for s in window.sentences
        )
        return Reading(float(pier >= 0), 2.0 if pier >= 0 else -3.0, shown, (max(pier, 0), max(pier, 0) + 4), -0.1)


def only(name: str, names: Sequence[str]) -> Weights:
    """Nothing counts but one feature."""
    ones = [float(each == name) for each in names]
    return Weights(tuple(names), (0.0,) * len(names), (1.0,) * len(names), tuple(ones), 0.0)


def ranking(reader: Scripted, *, first: int = 6, more: int = 8) -> Ranking:
    return Ranking(
        reader=reader,
        choosing=only("length", FEATURES),
        reranking=only("read_rank", (*FEATURES, *READ)),
        first=first,
        more=more,
    )


def found() -> list[Candidate]:
    return [
        candidate(PIER, "The mayor closed the pier.", length=0.1),
        candidate(PIER, "It rained.", length=0.1),
        candidate(BOATS, "Seven boats returned.", length=0.9),
        candidate(LAMP, "The lamp was lit.", length=0.5),
    ]


def test_what_the_reader_ranks_first_comes_first() -> None:
    ranked = ranking(Scripted()).ranked(ASKED, found())
    assert ranked[0][1].text == "The mayor closed the pier."
    assert [chance for chance, _ in ranked] == sorted((chance for chance, _ in ranked), reverse=True)


def test_a_sentence_carries_what_was_read_and_where() -> None:
    first = ranking(Scripted()).ranked(ASKED, found())[0][1]
    assert first.read is not None
    assert (first.read.answer, first.read.shown) == ("pier", 1.0)
    assert first.read.place == (21, 25)
    assert PIER.text[slice(*first.read.place)] == "pier"


def test_only_the_likeliest_windows_are_read_and_the_others_follow() -> None:
    reader = Scripted()
    ranked = ranking(reader, first=2, more=0).ranked(ASKED, found())
    assert reader.shown == ["Seven boats returned.", "The lamp was lit."]
    assert [each.read is not None for _, each in ranked] == [True, True, False, False]


def test_more_is_read_where_nothing_answers_yet() -> None:
    reader = Scripted()
    ranked = ranking(reader, first=1, more=1).ranked(ASKED, found())
    assert reader.shown == ["Seven boats returned.", "The lamp was lit."]
    assert sum(each.read is not None for _, each in ranked) == 2
    reader = Scripted()
    candidates = [replace(each, features=(1.0,) * len(FEATURES)) for each in found()]
    ranking(reader, first=1, more=5).ranked(ASKED, candidates)
    assert reader.shown == ["The mayor closed the pier. It rained."]


def test_without_reading_the_features_alone_decide() -> None:
    reader = Scripted()
    ranked = ranking(reader, first=0, more=0).ranked(ASKED, found())
    assert reader.shown == []
    assert ranked[0][1].text == "Seven boats returned."
    assert ranking(reader).ranked(ASKED, []) == []


def test_values_are_those_that_are_named(tmp_path: Path) -> None:
    made = ranking(Scripted())
    read = made.read(ASKED, found(), [0.1, 0.1, 0.9, 0.5])
    values = {each.text: dict(zip(READ, values, strict=True)) for _, each, values in read}
    best, other = values["The mayor closed the pier."], values["Seven boats returned."]
    assert (best["read_rank_to_best"], other["read_rank_to_best"]) == (0.0, -1.0)
    assert (best["read_holds_answer"], values["It rained."]["read_holds_answer"]) == (1.0, 0.0)
    assert other["read_shown_to_best"] == -1.0
    unlearned = read_to_learn(tmp_path / "none.json", (*FEATURES, *READ))
    assert len(unlearned.names) == len(FEATURES) + len(READ)
