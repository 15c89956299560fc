"""The ranges that the embedding model is rounded by: what the command measures is what the project carries."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eval import rounding
from retriever.embedding.rounding import RANGES, smoothing

ARTICLES = Path(__file__).parents[2] / "eval" / "data" / "articles"


def test_the_ranges_of_the_samples_are_those_that_are_shipped(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("WHOSAID_CACHE", str(request.config.cache.mkdir("whosaid-model")))
    out = tmp_path / "ranges.npz"
    assert rounding.main([str(ARTICLES), "--out", str(out)]) == 0
    assert "ranges of 36 products over" in capsys.readouterr().out
    made, shipped = np.load(out), np.load(RANGES)
    assert sorted(made.files) == sorted(shipped.files)
    for name in made.files:
        assert np.allclose(made[name], shipped[name], rtol=0.05, atol=0.05), name


def test_what_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rounding.main([str(tmp_path / "nowhere"), "--out", str(tmp_path / "x.npz")]) == 1
    assert "nowhere" in capsys.readouterr().err
    assert not (tmp_path / "x.npz").exists()


def test_smoothing_takes_from_large_channels_and_keeps_the_product() -> None:
    taken = np.array([[100.0, 1.0], [-50.0, 0.5]], dtype=np.float32)
    weights = np.array([[0.1, -0.2], [0.3, 0.1]], dtype=np.float32)
    scales = smoothing(np.abs(taken).max(axis=0), weights)
    assert np.prod(scales) == pytest.approx(1, rel=1e-5)
    first, second = np.abs(taken / scales).max(axis=0)
    assert 1 < first / second < 2  # where it was 100
    assert np.allclose((taken / scales) @ (weights * scales[:, None]), taken @ weights, rtol=1e-5)
