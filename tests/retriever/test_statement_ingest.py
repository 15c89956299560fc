"""Statements on the document path: found before an article can be found, found again where they must be, never half."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from retriever.catalogue import Catalogue, StatementChoice, StatementRows
from retriever.embedding import MiniLM
from retriever.ingest import Ingest
from tests.retriever.said import Quotes
from tests.retriever.stores import TALKS, TRADE, Index, lines

ISLANDS = "“The islands are ours,” Hayashi said. Wang did not answer. They met for an hour."
ARCHIVE = [("talks", TALKS), ("trade", TRADE), ("islands", ISLANDS)]


@pytest.fixture
def finder() -> Quotes:
    return Quotes()


@pytest.fixture
def index(tmp_path: Path, minilm: MiniLM, finder: Quotes) -> Iterator[Index]:
    made = Index.over(tmp_path / "index", minilm, finder=finder)
    yield made
    made.close()


def said(index: Index) -> list[tuple[str, str | None, str]]:
    page = index.catalogue.statements.find(StatementChoice())
    return [(one.statement.article_id, one.statement.speaker, one.statement.content) for one in page.entries]


def test_an_article_that_was_reported_has_its_statements(index: Index, tmp_path: Path) -> None:
    for outcome in index.ingest.ingest([lines(tmp_path / "a.jsonl", ARCHIVE)]):
        assert outcome.document_id is not None
        assert index.catalogue.statements.of_article(outcome.document_id) or outcome.document_id == "trade"
    assert said(index) == [
        ("islands", "Hayashi", "The islands are ours"),
        ("talks", "Wang", "Taiwan is a part of China"),
    ]
    assert index.ingest.whole()
    assert index.agrees()


def test_an_article_is_read_once_and_again_when_it_changes(index: Index, finder: Quotes, tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", ARCHIVE)
    index.take(file)
    index.take(file)
    assert index.ingest.recover() == []
    assert finder.read == ["talks", "trade", "islands"]
    index.take(lines(file, [("talks", ISLANDS.replace("Hayashi", "Motegi"))]))
    assert said(index) == [
        ("islands", "Hayashi", "The islands are ours"),
        ("talks", "Motegi", "The islands are ours"),
    ]
    index.ingest.remove("talks")
    assert [article for article, *_ in said(index)] == ["islands"]


def test_another_finder_reads_everything_anew_and_nothing_is_embedded(
    index: Index, tmp_path: Path, minilm: MiniLM
) -> None:
    index.take(lines(tmp_path / "a.jsonl", ARCHIVE))
    index.close()
    other = Quotes("2")
    again = Index.over(tmp_path / "index", minilm, finder=other)
    assert not again.ingest.whole()
    assert said(again)  # what is known is shown until then
    assert sorted(again.ingest.recover()) == sorted(other.read) == ["islands", "talks", "trade"]
    assert again.ingest.whole()
    assert again.ingest.recover() == []
    assert again.embedding.texts == 0
    assert again.catalogue.statements.versions() == {"2": 3}
    again.close()


def test_an_index_without_statements_gets_them(tmp_path: Path, minilm: MiniLM, finder: Quotes) -> None:
    before = Index.over(tmp_path / "index", minilm)
    before.take(lines(tmp_path / "a.jsonl", ARCHIVE))
    assert said(before) == []
    assert before.ingest.whole()
    before.close()
    index = Index.over(tmp_path / "index", minilm, finder=finder)
    assert {one.status for one in index.take(lines(tmp_path / "a.jsonl", ARCHIVE))} == {"unchanged"}
    assert len(said(index)) == 2
    index.close()


class Stopped(Exception):
    """Stands for the end of the process."""


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("moment", [(StatementRows, "put_all"), (Catalogue, "mark_ready")], ids=["put", "mark_ready"])
def test_what_was_stopped_is_finished_by_the_next_start(
    tmp_path: Path, minilm: MiniLM, moment: tuple[type, str], after: bool
) -> None:
    index = Index.over(tmp_path / "index", minilm, finder=Quotes())
    index.take(lines(tmp_path / "first.jsonl", [("talks", TALKS)]))
    owner, name = moment
    done = getattr(owner, name)

    def stop(*given: object) -> None:
        if after:
            done(*given)
        raise Stopped

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Stopped):
        patch.setattr(owner, name, stop)
        index.take(lines(tmp_path / "second.jsonl", [("talks", ISLANDS), ("more", TALKS)]))
    shown = [words for article, _, words in said(index) if article == "talks"]
    assert shown in (["Taiwan is a part of China"], ["The islands are ours"])  # of one version, never of none
    index.close()
    again = Index.over(tmp_path / "index", minilm, finder=Quotes())
    again.ingest.recover()
    assert said(again) == [("more", "Wang", "Taiwan is a part of China"), ("talks", "Hayashi", "The islands are ours")]
    assert again.ingest.whole()
    assert again.agrees()
    again.close()


def test_a_kill_while_statements_are_found_loses_none(tmp_path: Path, minilm: MiniLM, model_cache: Path) -> None:
    minilm.load()
    program = """
import os, signal, sys
from pathlib import Path
from retriever.embedding import MiniLM
from tests.retriever.said import Quotes
from tests.retriever.stores import Index
class Killed(Quotes):
    def find(self, article):
        if len(self.read) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().find(article)
folder, cache, file = map(Path, sys.argv[1:])
Index.over(folder, MiniLM(cache=cache, threads=1), finder=Killed()).take(file)
"""
    file = lines(tmp_path / "a.jsonl", [*ARCHIVE, ("last", ISLANDS + " It rained.")])
    arguments = [sys.executable, "-c", program, str(tmp_path / "index"), str(model_cache), str(file)]
    ended = subprocess.run(arguments, check=False, cwd=Path(__file__).parents[2])
    assert ended.returncode == -signal.SIGKILL
    index = Index.over(tmp_path / "index", minilm, finder=Quotes())
    assert said(index) == []  # the articles are not there yet
    index.ingest.recover()
    assert {one.status for one in index.take(file)} == {"unchanged"}
    assert [article for article, *_ in said(index)] == ["islands", "last", "talks"]
    assert index.agrees()
    index.close()


def test_an_index_made_without_statements_is_completed_by_the_next_ingest_with_them(
    tmp_path: Path, minilm: MiniLM
) -> None:
    bare = Index.over(tmp_path / "index", minilm)
    ingest = Ingest(catalogue=bare.catalogue, vectors=bare.vectors)
    assert [one.status for one in ingest.ingest([lines(tmp_path / "a.jsonl", ARCHIVE)])] == ["added"] * 3
    assert ingest.whole()
    assert said(bare) == []
    bare.close()
    index = Index.over(tmp_path / "index", minilm, finder=Quotes())
    assert {one.status for one in index.take(lines(tmp_path / "a.jsonl", ARCHIVE))} == {"unchanged"}
    assert len(said(index)) == 2
    assert index.agrees()
    index.close()
