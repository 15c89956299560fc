"""One real embedding model for all tests: its graph is exported once and kept beside the test cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from retriever.embedding import MiniLM


@pytest.fixture(scope="session")
def model_cache(request: pytest.FixtureRequest) -> Path:
    """Kept between runs, so that only the first one pays the 15 s of the export."""
    assert request.config.cache is not None
    return request.config.cache.mkdir("whosaid-model")


@pytest.fixture(scope="session")
def minilm(model_cache: Path) -> MiniLM:
    return MiniLM(cache=model_cache, threads=1)
