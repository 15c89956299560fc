"""Vectors of sentences: kept beside their passages, made when they are lacking, gone with what they belong to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from retriever import splitting
from retriever.embedding import DIMENSIONS, MiniLM
from retriever.nearness import SentenceVectors
from retriever.records import Passage
from retriever.splitting import passages, sentences
from tests.retriever.stores import CAFE, TALKS, TRADE, Counting, Index, article, lines, stocked

LONG = " ".join(f"Minister {n} spoke of the {n} harbours and of the herring in them." for n in range(40))


@pytest.fixture
def index(tmp_path: Path, minilm: MiniLM) -> Iterator[Index]:
    made = Index.over(tmp_path / "index", minilm)
    made.take(lines(tmp_path / "a.jsonl", [("talks", TALKS), ("cafe", CAFE), ("long", LONG)]))
    yield made
    made.close()


def rows(index: Index) -> int:
    with closing(sqlite3.connect(index.catalogue.folder / "catalogue.sqlite")) as file:
        (count,) = file.execute("SELECT count(*) FROM sentence_vectors").fetchone()
    return int(count)


def pieces(index: Index) -> list[Passage]:
    return index.catalogue.passages_by_id(list(index.catalogue.embedded()))


def test_what_is_stored_is_what_would_be_embedded_now(index: Index) -> None:
    found = pieces(index)
    embedded, stored = index.of_sentences.texts, index.sentences.of(found)
    assert index.of_sentences.texts == embedded == sum(len(sentences(piece.text)) for piece in found)
    assert stored.keys() == {piece.id for piece in found}
    for piece in found:
        texts = [piece.text[s.start : s.end] for s in sentences(piece.text)]
        assert stored[piece.id].shape == (len(texts), DIMENSIONS)
        assert stored[piece.id].dtype == np.float32
        assert np.abs(stored[piece.id] - index.of_sentences.model.vectors(texts)).max() < 0.002


def test_a_question_is_nearest_to_the_sentence_that_answers_it(index: Index) -> None:
    [talks] = index.catalogue.passages("talks")
    near = index.sentences.of([talks])[talks.id] @ index.embedding.query_vector("Where did the two ministers meet?")
    best = sentences(talks.text)[int(near.argmax())]
    assert talks.text[best.start : best.end] == "Wang Yi met Yoshimasa Hayashi in Tokyo."


def test_passages_without_any_are_embedded_when_they_are_asked_for_and_not_kept(tmp_path: Path, minilm: MiniLM) -> None:
    catalogue, counting = stocked(tmp_path, article("a", TALKS), article("b", TRADE)), Counting(minilm)
    kept = SentenceVectors(catalogue.sentences, embedding=counting)
    [a], [b] = catalogue.passages("a"), catalogue.passages("b")
    kept.add([a])
    assert kept.lacking() == {"b": {b.id}}
    before = counting.texts
    assert {id_: len(vectors) for id_, vectors in kept.of([b, a]).items()} == {a.id: 3, b.id: 3}
    assert counting.texts == before + 3
    assert kept.lacking() == {"b": {b.id}}
    assert kept.of([]) == {}
    catalogue.close()


def test_nothing_is_loaded_where_nothing_is_lacking(index: Index) -> None:
    unusable = SentenceVectors(index.catalogue.sentences, embedding=_Unusable(index.of_sentences.name))
    assert unusable.of(pieces(index)).keys() == index.catalogue.embedded().keys()
    assert unusable.of([]) == {}


class _Unusable:
    def __init__(self, name: str) -> None:
        self.name = name

    def vectors(self, texts: object) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        raise AssertionError(f"{texts} were to be embedded")


@pytest.mark.parametrize("cause", ["model", "rules"])
def test_those_of_another_model_or_of_other_rules_count_as_lacking_and_are_replaced(
    index: Index, monkeypatch: pytest.MonkeyPatch, cause: str
) -> None:
    found, before = pieces(index), rows(index)
    counting = Counting(index.of_sentences.model)
    if cause == "model":
        counting.name = "another"
    else:
        monkeypatch.setattr(splitting, "VERSION", "other rules")
    other = SentenceVectors(index.catalogue.sentences, embedding=counting)
    assert other.lacking() == {id_: {p.id for p in index.catalogue.passages(id_)} for id_ in ("talks", "cafe", "long")}
    other.add(found)
    assert counting.texts == index.of_sentences.texts
    assert other.lacking() == {}
    assert index.sentences.lacking().keys() == {"talks", "cafe", "long"}
    assert rows(index) == before


def test_they_go_with_their_article(index: Index) -> None:
    before = rows(index)
    long = len(index.catalogue.passages("long"))
    assert long > 1
    index.ingest.remove("long")
    assert rows(index) == before - long
    assert index.agrees()


def test_an_update_leaves_none_of_the_earlier_version_and_embeds_only_what_is_new(index: Index, tmp_path: Path) -> None:
    before, embedded = rows(index), index.of_sentences.texts
    changed = lines(tmp_path / "b.jsonl", [("long", f"{LONG} This one is new.")])
    assert [one.status for one in index.take(changed)] == ["updated"]
    assert rows(index) == before
    last = index.catalogue.passages("long")[-1]
    assert index.of_sentences.texts - embedded == len(sentences(last.text))
    assert index.agrees()
    index.take(lines(tmp_path / "c.jsonl", [("long", TRADE)]))
    assert rows(index) == len(index.catalogue.embedded()) < before
    assert index.agrees()


def test_missing_ones_are_made_again_and_nothing_else(index: Index, tmp_path: Path, minilm: MiniLM) -> None:
    lost = index.catalogue.passages("long")[0]
    index.close()
    with closing(sqlite3.connect(tmp_path / "index" / "catalogue.sqlite")) as file, file:
        file.execute(
            "DELETE FROM sentence_vectors WHERE passage = (SELECT number FROM passages WHERE id = ?)", (lost.id,)
        )
    again = Index.over(tmp_path / "index", minilm)
    assert again.sentences.lacking() == {"long": {lost.id}}
    assert again.ingest.recover() == ["long"]
    assert again.of_sentences.texts == len(sentences(lost.text))
    assert again.embedding.texts == 0
    assert again.agrees()
    assert again.ingest.recover() == []
    again.close()


def test_a_pending_version_has_its_own_and_readers_are_given_none_of_them(tmp_path: Path, minilm: MiniLM) -> None:
    catalogue, waiting = stocked(tmp_path, article("a", TALKS)), article("a", TRADE)
    kept = SentenceVectors(catalogue.sentences, embedding=minilm)
    catalogue.put(waiting, passages(waiting))
    assert kept.lacking() == {"a": {piece.id for one in (TALKS, TRADE) for piece in passages(article("a", one))}}
    kept.add([*passages(article("a", TALKS)), *passages(waiting)])
    assert kept.lacking() == {}
    name = f"{minilm.name}, splitting {splitting.VERSION}"
    new = {piece.id for piece in passages(waiting)}
    assert catalogue.sentences.get(name, new) == {}
    catalogue.mark_ready(["a"])
    assert catalogue.sentences.get(name, new).keys() == new
    assert catalogue.sentences.get("another", new) == {}
    catalogue.close()
