"""Vectors of sentences: kept beside their passages, made when they are lacking, gone with what they belong to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retriever import splitting
from retriever.embedding import DIMENSIONS, MiniLM
from retriever.nearness import SentenceVectors, spans_of
from retriever.records import Passage
from retriever.splitting import embedded_text, passages, sentences
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


def test_what_is_stored_is_what_the_model_makes_of_the_passage_with_its_title(index: Index) -> None:
    found, spans = pieces(index), index.embedding.spans
    stored = index.sentences.of(found)
    assert index.embedding.spans == spans == sum(len(sentences(piece.text)) for piece in found)
    assert stored.keys() == {piece.id for piece in found}
    for piece in found:
        text = embedded_text(index.catalogue.article(piece.article_id), piece)
        _, [made] = index.embedding.model.with_spans([text], [spans_of(text, piece)])
        assert stored[piece.id].shape == (len(sentences(piece.text)), DIMENSIONS)
        assert stored[piece.id].dtype == np.float32
        assert np.abs(stored[piece.id] - made).max() < 0.002
        assert [text[start:end] for start, end in spans_of(text, piece)] == [
            piece.text[s.start : s.end] for s in sentences(piece.text)
        ]


def test_a_question_is_nearest_to_the_sentence_that_answers_it(index: Index) -> None:
    [talks] = index.catalogue.passages("talks")
    near = index.sentences.of([talks])[talks.id] @ index.embedding.query_vector("Where did the two ministers meet?")
    best = sentences(talks.text)[int(near.argmax())]
    assert talks.text[best.start : best.end] == "Wang Yi met Yoshimasa Hayashi in Tokyo."


def test_passages_without_any_are_embedded_when_they_are_asked_for_and_not_kept(tmp_path: Path, minilm: MiniLM) -> None:
    catalogue, counting = stocked(tmp_path, article("a", TALKS), article("b", TRADE)), Counting(minilm)
    kept = SentenceVectors(catalogue.sentences, embedding=counting)
    [a], [b] = catalogue.passages("a"), catalogue.passages("b")
    kept.put(kept.of([a]))
    assert kept.lacking() == {"b": {b.id}}
    before = counting.spans
    assert {id_: len(vectors) for id_, vectors in kept.of([b, a]).items()} == {a.id: 3, b.id: 3}
    assert counting.spans == before + 3
    assert kept.lacking() == {"b": {b.id}}
    assert kept.of([]) == {}
    catalogue.close()


def test_nothing_is_loaded_where_nothing_is_lacking(index: Index) -> None:
    unusable = SentenceVectors(index.catalogue.sentences, embedding=_Unusable(index.embedding.name))
    assert unusable.of(pieces(index)).keys() == index.catalogue.embedded().keys()
    assert unusable.of([]) == {}


class _Unusable:
    def __init__(self, name: str) -> None:
        self.name = name

    def query_vector(self, text: str) -> NDArray[np.float32]:
        raise AssertionError(f"{text} was to be embedded")

    def with_spans(self, texts: object, spans: object) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        raise AssertionError(f"{texts} were to be embedded, {spans}")


@pytest.mark.parametrize("cause", ["model", "rules"])
def test_those_of_another_model_or_of_other_rules_count_as_lacking_and_are_replaced(
    index: Index, monkeypatch: pytest.MonkeyPatch, cause: str
) -> None:
    found, before = pieces(index), rows(index)
    counting = Counting(index.embedding.model)
    if cause == "model":
        counting.name = "another"
    else:
        monkeypatch.setattr(splitting, "VERSION", "other rules")
    other = SentenceVectors(index.catalogue.sentences, embedding=counting)
    assert other.lacking() == {id_: {p.id for p in index.catalogue.passages(id_)} for id_ in ("talks", "cafe", "long")}
    other.put(other.of(found))
    assert counting.spans == index.embedding.spans
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
    before, embedded = rows(index), index.embedding.spans
    changed = lines(tmp_path / "b.jsonl", [("long", f"{LONG} This one is new.")])
    assert [one.status for one in index.take(changed)] == ["updated"]
    assert rows(index) == before
    last = index.catalogue.passages("long")[-1]
    assert index.embedding.spans - embedded == len(sentences(last.text))
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
    assert (again.embedding.texts, again.embedding.spans) == (1, len(sentences(lost.text)))
    assert again.agrees()
    assert again.ingest.recover() == []
    again.close()


def test_a_pending_version_gets_its_own(tmp_path: Path, minilm: MiniLM) -> None:
    catalogue, waiting = stocked(tmp_path, article("a", TALKS)), article("a", TRADE)
    kept = SentenceVectors(catalogue.sentences, embedding=minilm)
    catalogue.put(waiting, passages(waiting))
    assert kept.lacking() == {"a": {piece.id for one in (TALKS, TRADE) for piece in passages(article("a", one))}}
    kept.put(kept.of([*passages(article("a", TALKS)), *passages(waiting)]))
    assert kept.lacking() == {}
    catalogue.mark_ready(["a"])
    new = {piece.id for piece in passages(waiting)}
    assert kept.stored(new).keys() == new
    assert kept.stored({piece.id for piece in passages(article("a", TALKS))}) == {}
    catalogue.close()


def test_a_new_title_gives_the_sentences_new_vectors(index: Index, tmp_path: Path) -> None:
    [talks] = index.catalogue.passages("talks")
    before = index.sentences.of([talks])[talks.id]
    file = tmp_path / "titled.json"
    file.write_text(json.dumps({"id": "talks", "title": "Herring", "text": TALKS}), "utf-8")
    assert [one.status for one in index.take(file)] == ["updated"]
    assert np.abs(index.sentences.of([talks])[talks.id] - before).max() > 0.01
    assert index.agrees()
