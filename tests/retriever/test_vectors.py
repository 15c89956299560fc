"""The vector index: nearest passages, also within a selection; another process's writing; damage and other models."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from retriever import splitting
from retriever.embedding import MiniLM
from retriever.errors import StoreBusy, StoreDamaged, StoreError
from retriever.vectors import Row, Vectors
from tests.retriever.stores import Counting, day

TEXTS = [f"Minister number {n} spoke about {topic}." for n in range(8) for topic in ("fish", "chips", "islands", "tax")]
ROWS = [Row(f"p{n}", f"a{n // 4}", day("2022-05-01") if n % 2 else None, f"d{n}", text) for n, text in enumerate(TEXTS)]


@pytest.fixture(scope="module")
def table(minilm: MiniLM) -> np.ndarray:
    return minilm.vectors(TEXTS)


@pytest.fixture
def vectors(tmp_path: Path, minilm: MiniLM, table: np.ndarray) -> Iterator[Vectors]:
    made = Vectors(tmp_path, embedding=minilm)
    made.add(ROWS, table)
    yield made
    made.close()


def exact(minilm: MiniLM, table: np.ndarray, text: str, among: list[int]) -> list[str]:
    cosines = table[among] @ minilm.query_vector(text)
    return [f"p{among[row]}" for row in np.argsort(-cosines, kind="stable")]


def test_nearest_are_the_true_nearest_with_their_cosines(vectors: Vectors, minilm: MiniLM, table: np.ndarray) -> None:
    text = "Which minister talked of islands?"
    found = vectors.nearest(text, 5)
    assert [id_ for id_, _ in found] == exact(minilm, table, text, list(range(len(TEXTS))))[:5]
    for id_, cosine in found:
        assert cosine == pytest.approx(float(table[int(id_[1:])] @ minilm.query_vector(text)), abs=1e-4)
    assert vectors.similarities(text, [found[0][0], "nowhere"]) == {found[0][0]: pytest.approx(found[0][1], abs=1e-4)}


def test_nearest_within_a_selection_come_from_it_alone(vectors: Vectors, minilm: MiniLM, table: np.ndarray) -> None:
    chosen = [1, 5, 9, 30]
    found = vectors.nearest("islands", 3, within={f"p{n}" for n in chosen})
    assert [id_ for id_, _ in found] == exact(minilm, table, "islands", chosen)[:3]
    assert vectors.nearest("islands", 3, within=set()) == vectors.nearest("islands", 0) == []
    assert len(vectors.nearest("islands", 99)) == len(TEXTS)


def test_ids_that_are_gone_do_not_spoil_a_selection(vectors: Vectors) -> None:
    vectors.remove(["p1", "never there"])
    found = vectors.nearest("chips", 9, within={"p1", "p5", "p9", "never there"})
    assert {id_ for id_, _ in found} == {"p5", "p9"}
    assert vectors.similarities("chips", ["p1"]) == {}


def test_what_is_stored_can_be_compared_with_the_catalogue(vectors: Vectors, table: np.ndarray) -> None:
    assert vectors.count() == len(TEXTS)
    assert vectors.digests() == {row.id: row.digest for row in ROWS}
    assert vectors.digests(["p3", "nowhere"]) == {"p3": "d3"}
    assert np.allclose(vectors.get(["p3"])["p3"], table[3], atol=1e-6)
    vectors.add([Row("p3", "a0", None, "new", "other words")], table[4:5])
    assert vectors.digests(["p3"]) == {"p3": "new"}
    assert vectors.count() == len(TEXTS)


def test_langchain_reads_the_index_as_its_own(vectors: Vectors) -> None:
    found = vectors.store.as_retriever(search_kwargs={"k": 2}).invoke(TEXTS[3])
    assert found[0].page_content == TEXTS[3]
    assert found[0].metadata == {"article_id": "a0", "digest": "d3", "published": 20220501}


def test_an_index_of_another_model_or_other_rules_is_not_usable(
    vectors: Vectors, tmp_path: Path, minilm: MiniLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert vectors.usable()
    vectors.close()
    other = Counting(minilm)
    other.name = "another model"
    another = Vectors(tmp_path, embedding=other)
    assert not another.usable()
    with another.alone():
        another.reset()
    assert another.usable()
    assert another.count() == 0
    another.close()
    monkeypatch.setattr(splitting, "VERSION", "other rules")
    assert not Vectors(tmp_path, embedding=other).usable()


def damage_header(folder: Path) -> None:
    with (folder / "chroma.sqlite3").open("r+b") as file:
        file.write(b"garbage!" * 500)


def damage_half(folder: Path) -> None:
    with (folder / "chroma.sqlite3").open("r+b") as file:
        file.truncate((folder / "chroma.sqlite3").stat().st_size // 2)


def damage_graph(folder: Path) -> None:
    for file in folder.glob("*/*.bin"):
        file.write_bytes(b"\xff" * 300)


@pytest.mark.parametrize("damage", [damage_header, damage_half, damage_graph])
def test_a_damaged_index_is_noticed_and_can_be_made_anew(tmp_path: Path, minilm: MiniLM, damage: object) -> None:
    vectors = Vectors(tmp_path, embedding=minilm)
    many = np.random.default_rng(0).normal(size=(1200, 384)).astype(np.float32)  # enough for Chroma to write its graph
    vectors.add([Row(f"m{n}", "a", None, "d", "text") for n in range(1200)], many)
    vectors.close()
    damage(tmp_path / "vectors")  # type: ignore[operator]  # one of the functions above
    vectors = Vectors(tmp_path, embedding=minilm)
    assert not vectors.usable()
    with pytest.raises(StoreDamaged, match="made again from the catalogue"):
        vectors.nearest("anything", 3)
    with vectors.alone():
        vectors.reset()
    assert vectors.usable()
    vectors.add([Row("p", "a", None, "d", "text")], minilm.vectors(["text"]))
    assert vectors.nearest("text", 1)[0][0] == "p"
    vectors.close()


def test_a_folder_that_is_gone_is_an_empty_index(vectors: Vectors, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "vectors")
    assert vectors.count() == 0
    assert vectors.usable()


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path, minilm: MiniLM) -> None:
    (tmp_path / "vectors").write_text("no folder")
    with pytest.raises(StoreError, match="vectors"):
        Vectors(tmp_path, embedding=minilm).count()


def test_threads_search_while_one_adds(vectors: Vectors, table: np.ndarray) -> None:
    failed: list[BaseException] = []

    def search() -> None:
        try:
            for n in range(20):
                assert vectors.nearest(f"islands {n}", 3)
        except BaseException as error:  # noqa: BLE001 - shown by the test
            failed.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for n in range(10):
        vectors.add([Row(f"n{n}", "b", None, "d", "x")], table[n : n + 1])
    for thread in threads:
        thread.join()
    assert failed == []
    assert vectors.count() == len(TEXTS) + 10


def run(tmp_path: Path, model_cache: Path, code: str) -> subprocess.Popen[str]:
    start = (
        "import sys; from pathlib import Path; from retriever.embedding import MiniLM; from retriever.vectors import *"
    )
    made = "vectors = Vectors(Path(sys.argv[1]), embedding=MiniLM(cache=Path(sys.argv[2]), threads=1))"
    return subprocess.Popen(
        [sys.executable, "-c", f"{start}\n{made}\n{textwrap.dedent(code)}", str(tmp_path), str(model_cache)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_what_another_process_wrote_is_seen(vectors: Vectors, tmp_path: Path, model_cache: Path) -> None:
    assert vectors.nearest("A cat sat on the mat", 1)[0][1] < 0.6
    text = "A cat sat on the mat"
    code = f"vectors.add([Row('cat', 'c', None, 'd', {text!r})], vectors.embedding.vectors([{text!r}]))"
    run(tmp_path, model_cache, code).communicate()
    assert vectors.nearest(text, 1)[0][0] == "cat"


def test_while_another_process_writes_what_was_there_is_found_and_nothing_breaks(
    vectors: Vectors, tmp_path: Path, minilm: MiniLM, model_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening Chroma beside a writing process breaks its index: the folder's lock has to prevent that."""
    code = """
    import numpy
    rng = numpy.random.default_rng(1)
    with vectors.alone():
        for n in range(12):
            table = rng.normal(size=(100, 384)).astype(numpy.float32)
            vectors.add([Row(f"w{n}-{row}", "w", None, "d", "x") for row in range(100)], table)
            print(n, flush=True)
        sys.stdin.read()
    """
    writer = run(tmp_path, model_cache, code)
    assert writer.stdout is not None
    writer.stdout.readline()
    late = Vectors(tmp_path, embedding=minilm)
    monkeypatch.setattr("retriever.vectors.opening._PATIENCE", 0.1)
    with pytest.raises(StoreBusy, match=f"process {writer.pid}"):
        late.count()
    while vectors.nearest("islands", 1) and writer.stdout.readline().strip() != "11":
        assert vectors.nearest("islands", 2, within={"p1", "w0-1", "p2"})
    with pytest.raises(StoreBusy, match=f"process {writer.pid}"):
        vectors.remove(["p1"])
    writer.communicate("")
    assert late.count() == len(TEXTS) + 1200
    late.close()
    assert vectors.count() == len(TEXTS) + 1200
    assert len(vectors.get(vectors.ids())) == len(TEXTS) + 1200
    assert vectors.usable()
