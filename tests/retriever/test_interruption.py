"""Stopped at any moment, killed or out of room: nothing stored is lost, and the next start makes it whole."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from retriever.catalogue import Catalogue
from retriever.embedding import MiniLM
from retriever.nearness import SentenceVectors
from retriever.vectors import Vectors
from tests.retriever.stores import TALKS, TRADE, Index, lines

ARTICLES = [(f"a{n:02}", f"Report {n} of the ministry. {TRADE if n % 2 else TALKS} " * 5) for n in range(30)]

INGEST = """
import sys
from pathlib import Path
from retriever import ingest
from retriever.catalogue import Catalogue
from retriever.embedding import MiniLM
from retriever.errors import StoreFull
from retriever.nearness import SentenceVectors
from retriever.vectors import Vectors
folder, cache, file = map(Path, sys.argv[1:4])
ingest.FULL = 12
catalogue, model = Catalogue(folder), MiniLM(cache=cache, threads=1)
sentences = SentenceVectors(catalogue.sentences, embedding=model)
work = ingest.Ingest(catalogue=catalogue, vectors=Vectors(folder, embedding=model), sentences=sentences)
"""


class Stopped(Exception):
    """Stands for the end of the process."""


@pytest.mark.parametrize(
    "moment",
    [
        (Catalogue, "put"),
        (Vectors, "add"),
        (SentenceVectors, "put"),
        (Catalogue, "mark_ready"),
        (Vectors, "remove"),
    ],
    ids=lambda moment: f"{moment[0].__name__}-{moment[1]}",
)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_what_was_stopped_is_finished_by_the_next_start(
    tmp_path: Path, minilm: MiniLM, moment: tuple[type, str], after: bool
) -> None:
    first = lines(tmp_path / "first.jsonl", [("kept", TALKS), ("changed", TALKS + " And more."), ("gone", TRADE)])
    second = lines(tmp_path / "second.jsonl", [("changed", TRADE * 3), ("new", TRADE + " It was late.")])
    index = Index.over(tmp_path / "index", minilm)
    index.take(first)
    owner, name = moment
    done = getattr(owner, name)

    def stop(*given: object, **options: object) -> None:
        if after:
            done(*given, **options)
        raise Stopped

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Stopped):
        patch.setattr(owner, name, stop)
        index.take(second)
    assert index.catalogue.article("kept").text == TALKS
    assert index.catalogue.article("changed").text  # the earlier version or the new one, never none
    index.close()

    again = Index.over(tmp_path / "index", minilm)
    again.ingest.recover()
    assert again.agrees()
    assert "failed" not in {one.status for one in again.take(second)}
    assert again.catalogue.article("changed").text == TRADE * 3
    assert {one.status for one in again.take(second)} == {"unchanged"}
    assert again.agrees()
    again.close()


def test_a_removal_that_was_stopped_is_finished(
    tmp_path: Path, minilm: MiniLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index.over(tmp_path / "index", minilm)
    index.take(lines(tmp_path / "a.jsonl", [("a", TALKS), ("b", TRADE)]))
    with monkeypatch.context() as patch, pytest.raises(Stopped):
        patch.setattr(Vectors, "remove", lambda *_: (_ for _ in ()).throw(Stopped()))
        index.ingest.remove("a")
    index.ingest.recover()
    assert index.agrees()
    assert index.vectors.count() == 1
    index.close()


@pytest.mark.parametrize("outcomes", [0, 3, 17])
def test_a_killed_ingest_loses_nothing_that_it_reported(
    tmp_path: Path, minilm: MiniLM, model_cache: Path, outcomes: int
) -> None:
    minilm.load()
    file = lines(tmp_path / "archive.jsonl", ARTICLES)
    code = INGEST + "print('begun', flush=True)\nfor one in work.ingest([file]): print(one.document_id, flush=True)"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "index"), str(model_cache), str(file)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    reported = [process.stdout.readline().strip() for _ in range(outcomes)]
    if not reported:
        time.sleep(1.0)  # somewhere in opening, putting or embedding
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()

    index = Index.over(tmp_path / "index", minilm)
    assert all(index.catalogue.article(id_).text for id_ in reported)
    index.ingest.recover()
    assert index.agrees()
    assert all(index.catalogue.article(id_).text for id_ in reported)
    assert {one.status for one in index.take(file)} <= {"unchanged", "added", "duplicate"}
    assert index.catalogue.standing().articles == len(ARTICLES)
    assert index.agrees()
    index.close()


def test_a_full_disk_is_told_and_the_work_goes_on_when_there_is_room(
    tmp_path: Path, minilm: MiniLM, model_cache: Path
) -> None:
    first, file = lines(tmp_path / "first.jsonl", [("kept", TALKS)]), lines(tmp_path / "archive.jsonl", ARTICLES)
    index = Index.over(tmp_path / "index", minilm)
    index.take(first)
    index.close()
    code = INGEST + (
        "import resource\n"
        "limit = 1024 * int(sys.argv[4])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\n"
        "try:\n    for one in work.ingest([file]): pass\n"
        "except StoreFull as error:\n    print(error)\n"
    )
    sizes = [path.stat().st_size // 1024 for path in (tmp_path / "index").rglob("*.sqlite*") if path.is_file()]
    told = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "index"), str(model_cache), str(file), str(max(sizes) + 100)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Make room" in told.stdout

    index = Index.over(tmp_path / "index", minilm)
    index.ingest.recover()
    assert index.catalogue.article("kept").text == TALKS
    assert index.agrees()
    index.take(file)
    assert index.catalogue.standing().articles == len(ARTICLES) + 1
    assert index.agrees()
    index.close()
