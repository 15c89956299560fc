"""The document path: what becomes of each article, nothing embedded twice, everything removed everywhere."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from retriever import splitting
from retriever.embedding import MiniLM
from retriever.errors import ArticleNotFound, StoreBusy, StoreError
from retriever.reading import read
from retriever.records import Article, Outcome
from tests.retriever.stores import CAFE, TALKS, TRADE, Counting, Index, lines


@pytest.fixture
def index(tmp_path: Path, minilm: MiniLM) -> Iterator[Index]:
    made = Index.over(tmp_path / "index", minilm)
    yield made
    made.close()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    (folder / "sub").mkdir(parents=True)
    (folder / "talks.txt").write_text(TALKS, "utf-8")
    (folder / "sub" / "trade.txt").write_text(TRADE, "utf-8")
    return folder


def test_a_folder_is_taken_in_and_found(index: Index, archive: Path) -> None:
    outcomes = index.take(archive)
    assert {(one.name, one.status, one.document_id) for one in outcomes} == {
        ("talks.txt", "added", "talks.txt"),
        ("sub/trade.txt", "added", "sub/trade.txt"),
    }
    nearest = index.vectors.nearest("the ban on fish imports", 1)[0][0]
    assert index.catalogue.passages_by_id([nearest])[0].article_id == "sub/trade.txt"
    assert index.catalogue.words("islands", 1)
    assert index.agrees()


def test_taking_in_again_embeds_nothing(index: Index, archive: Path) -> None:
    index.take(archive)
    embedded = index.embedding.texts
    assert {one.status for one in index.take(archive)} == {"unchanged"}
    assert index.embedding.texts == embedded


def test_an_update_embeds_only_what_is_new(index: Index, tmp_path: Path) -> None:
    paragraphs = [f"Paragraph {n} tells of the talks in Tokyo. " + "It goes on at some length. " * 45 for n in range(5)]
    file = tmp_path / "long.txt"
    file.write_text("\n\n".join(paragraphs), "utf-8")
    index.take(file)
    before, passages = index.embedding.texts, index.catalogue.passage_count()
    file.write_text("\n\n".join([*paragraphs[:-1], "The last one is another. It has other words."]), "utf-8")
    assert [one.status for one in index.take(file)] == ["updated"]
    assert 0 < index.embedding.texts - before < passages - 2
    assert "another" in index.catalogue.article("long.txt").text
    assert index.agrees()


def test_another_title_gives_its_passages_other_vectors(index: Index, tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    for title, expected in (("Fish", "added"), ("Taxes", "updated"), ("Taxes", "unchanged")):
        file.write_text(json.dumps({"id": "x", "title": title, "text": TALKS}), "utf-8")
        assert [one.status for one in index.take(file)] == [expected]
        assert index.agrees()
    assert index.catalogue.article("x").title == "Taxes"
    [id_] = [piece.id for piece in index.catalogue.passages("x")]
    stored = index.vectors.get([id_])[id_]
    assert stored @ index.embedding.query_vector(f"Taxes\n{TALKS}") == pytest.approx(1.0, abs=1e-4)


def test_a_copy_is_linked_and_not_embedded_again(index: Index, tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", [("a", TALKS), ("b", TRADE), ("c", TALKS), ("d", TALKS.upper())])
    outcomes = {one.document_id: one for one in index.take(file)}
    assert (outcomes["c"].status, outcomes["c"].duplicate_of, outcomes["c"].similarity) == ("duplicate", "a", 1.0)
    assert (outcomes["d"].status, outcomes["d"].duplicate_of) == ("duplicate", "a")
    assert index.catalogue.copies(["a", "b", "c", "d"]) == {"a": "a", "b": "b", "c": "a", "d": "a"}
    embedded = index.embedding.texts
    index.take(lines(tmp_path / "b.jsonl", [("e", TALKS)]))
    assert index.embedding.texts == embedded
    assert index.agrees()


def test_copies_are_recognised_after_a_restart(index: Index, tmp_path: Path, minilm: MiniLM) -> None:
    index.take(lines(tmp_path / "a.jsonl", [("a", TALKS)]))
    index.close()
    again = Index.over(tmp_path / "index", minilm)
    [outcome] = again.take(lines(tmp_path / "b.jsonl", [("b", TALKS)]))
    assert (outcome.status, outcome.duplicate_of) == ("duplicate", "a")
    again.close()


def test_an_original_that_changes_leaves_its_copies_to_each_other(index: Index, tmp_path: Path) -> None:
    index.take(lines(tmp_path / "a.jsonl", [("a", TALKS), ("b", TALKS), ("c", TALKS)]))
    index.take(lines(tmp_path / "b.jsonl", [("a", TRADE)]))
    assert index.catalogue.copies(["a", "b", "c"]) == {"a": "a", "b": "b", "c": "b"}
    index.take(lines(tmp_path / "c.jsonl", [("a", TALKS)]))
    assert index.catalogue.copies(["a", "b", "c"]) == {"a": "b", "b": "b", "c": "b"}


def test_one_id_twice_in_one_ingest_is_an_update(index: Index, tmp_path: Path) -> None:
    files = [lines(tmp_path / f"{n}.jsonl", [("a", text)]) for n, text in enumerate((TALKS, TRADE, TRADE))]
    assert [one.status for one in index.take(*files)] == ["added", "updated", "unchanged"]
    assert index.catalogue.article("a").text == TRADE
    assert index.agrees()


@pytest.mark.parametrize("full", [1, 2, 3])
def test_versions_of_one_article_in_neighbouring_batches_come_one_after_the_other(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: int
) -> None:
    monkeypatch.setattr("retriever.ingest.FULL", full)
    texts = [("x", TALKS), ("y", TRADE), ("x", TRADE), ("x", CAFE), ("z", TALKS), ("y", CAFE), ("x", TALKS)]
    outcomes = index.take(*(lines(tmp_path / f"{n}.jsonl", [each]) for n, each in enumerate(texts)))
    assert [(one.document_id, one.status) for one in outcomes] == [
        ("x", "added"),
        ("y", "added"),
        ("x", "updated"),
        ("x", "updated"),
        ("z", "added"),
        ("y", "updated"),
        ("x", "updated"),
    ]
    assert {id_: index.catalogue.article(id_).text for id_ in "xyz"} == {"x": TALKS, "y": CAFE, "z": TALKS}
    assert index.agrees()


def test_an_ingest_that_is_left_in_the_middle_frees_the_folder_and_can_go_on(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retriever.ingest.FULL", 1)
    file = lines(tmp_path / "a.jsonl", [(f"n{n}", f"{TALKS} It was talk number {n}.") for n in range(6)])
    running = index.ingest.ingest([file])
    assert next(running).document_id == "n0"
    running.close()
    statuses = [one.status for one in index.take(file)]
    assert statuses[0] == "unchanged"
    assert statuses[-1] == "added"
    assert index.agrees()


def test_what_stops_a_batch_stops_the_ingest_and_the_next_one_finishes_it(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retriever.ingest.FULL", 1)
    file = lines(tmp_path / "a.jsonl", [("a", TALKS), ("b", TRADE), ("c", CAFE)])
    embed = index.embedding.with_spans

    def fails_at_the_second(texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]) -> object:
        if index.embedding.texts:
            raise StoreError("is gone", thing="disk", value="/x", remedy="Bring it back.")
        return embed(texts, spans)

    with monkeypatch.context() as broken:
        broken.setattr(index.embedding, "with_spans", fails_at_the_second)
        with pytest.raises(StoreError, match="is gone"):
            index.take(file)
    statuses = [one.status for one in index.take(file)]  # the third may have been taken in meanwhile
    assert statuses[:2] == ["unchanged", "unchanged"]
    assert statuses[2] in ("added", "unchanged")
    assert index.agrees()


def test_a_file_that_cannot_be_used_does_not_stop_the_others(index: Index, archive: Path) -> None:
    (archive / "empty.txt").write_text("")
    (archive / "half.jsonl").write_text(json.dumps({"id": "h", "text": CAFE}) + "\n{broken\n", "utf-8")
    outcomes = index.take(archive, archive / "missing.txt")
    by_status = {status: [one for one in outcomes if one.status == status] for status in ("added", "failed")}
    assert {one.document_id for one in by_status["added"]} == {"talks.txt", "sub/trade.txt", "h"}
    assert len(by_status["failed"]) == 3
    assert all(one.reason for one in by_status["failed"])
    assert index.agrees()


@pytest.mark.parametrize("error", [RecursionError("too deep"), MemoryError("no room")])
def test_a_file_that_makes_its_reader_fail_does_not_stop_the_others(
    index: Index, archive: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails_at_the_odd_one(path: Path, *, name: str) -> Iterator[Article | Outcome]:
        if name == "odd.txt":
            raise error
        return read(path, name=name)

    monkeypatch.setattr("retriever.ingest.read", fails_at_the_odd_one)
    (archive / "odd.txt").write_text(CAFE)
    if isinstance(error, MemoryError):  # no fault of the file
        with pytest.raises(MemoryError):
            index.take(archive)
        return
    odd, *others = sorted(index.take(archive), key=lambda one: one.name)
    assert [(one.name, one.status) for one in others] == [("sub/trade.txt", "added"), ("talks.txt", "added")]
    assert odd.status == "failed" and "'odd.txt': could not be read (RecursionError: too deep)" in (odd.reason or "")
    assert index.agrees()


def test_half_characters_are_stored_as_question_marks(index: Index, tmp_path: Path) -> None:
    file = tmp_path / "half.json"
    file.write_text('{"id": "s", "title": "T\\ud800", "text": "Wang \\ud83d said so. It was long ago."}', "ascii")
    assert [one.status for one in index.take(file)] == ["added"]
    kept = index.catalogue.article("s")
    assert all(kept.text[piece.start : piece.end] == piece.text for piece in index.catalogue.passages("s"))
    assert [one.status for one in index.take(file)] == ["unchanged"]


def test_removing_removes_everywhere(index: Index, archive: Path) -> None:
    index.take(archive)
    index.ingest.remove("talks.txt")
    assert index.catalogue.words("islands", 5) == []
    assert index.vectors.count() == index.catalogue.passage_count() == 1
    assert index.agrees()
    with pytest.raises(ArticleNotFound):
        index.ingest.remove("talks.txt")


def test_a_second_ingest_is_refused_while_one_runs(
    index: Index, archive: Path, tmp_path: Path, minilm: MiniLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retriever.vectors.opening._LEAST_WAIT", 0.1)
    other = Index.over(tmp_path / "index", minilm)
    running = index.ingest.ingest([archive])
    next(running)
    for second in (index, other):
        with pytest.raises(StoreBusy, match="is being written by process"):
            next(second.ingest.ingest([archive]))
    running.close()
    assert {one.status for one in other.take(archive)} == {"unchanged"}
    other.close()


def test_a_second_ingest_can_wait_for_the_first(index: Index, archive: Path, tmp_path: Path, minilm: MiniLM) -> None:
    running = index.ingest.ingest([archive])
    next(running)
    waiting = threading.Thread(target=lambda: done.extend(index.ingest.ingest([archive], wait=30)))
    done: list[object] = []
    waiting.start()
    list(running)
    waiting.join(30)
    assert len(done) == 2


def test_there_is_nothing_to_recover_after_a_whole_ingest(index: Index, archive: Path) -> None:
    index.take(archive)
    embedded = index.embedding.texts
    assert index.ingest.recover() == []
    assert index.embedding.texts == embedded


def test_a_lost_vector_folder_is_made_again_from_the_catalogue(index: Index, archive: Path) -> None:
    index.take(archive)
    index.close()
    shutil.rmtree(index.vectors._index.folder)
    assert sorted(index.ingest.recover()) == ["sub/trade.txt", "talks.txt"]
    assert index.agrees()


def test_a_damaged_vector_folder_is_made_again_from_the_catalogue(index: Index, archive: Path) -> None:
    index.take(archive)
    index.close()
    with (index.vectors._index.folder / "chroma.sqlite3").open("r+b") as file:
        file.write(b"garbage!" * 500)
    assert sorted(index.ingest.recover()) == ["sub/trade.txt", "talks.txt"]
    assert index.agrees()


def test_vectors_of_another_model_are_made_again(index: Index, archive: Path, tmp_path: Path, minilm: MiniLM) -> None:
    index.take(archive)
    index.close()
    other = Counting(minilm)
    other.name = "another"
    changed = Index.with_embedding(tmp_path / "index", other)
    assert len(changed.ingest.recover()) == 2
    assert other.texts == 2
    assert changed.agrees()
    changed.close()


def test_passages_of_other_rules_are_made_again(
    index: Index, archive: Path, tmp_path: Path, minilm: MiniLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.take(archive)
    index.close()
    monkeypatch.setattr(splitting, "VERSION", "other rules")
    changed = Index.over(tmp_path / "index", minilm)
    assert {one.status for one in changed.take(archive)} == {"unchanged"}
    assert changed.catalogue.split_otherwise() == []
    assert changed.embedding.texts == 2
    assert changed.agrees()
    changed.close()
