"""One served model for all tests of this folder; where none can be served they are skipped, and say how to run them."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.settings import Settings
from service.wiring import build
from tests.harbour import written
from tests.model.serving import Serving, serve

PYTHON = os.environ.get("MODEL_PYTHON")  # set by `make test-model`
HERE = Path(__file__).parent


def pytest_configure(config: pytest.Config) -> None:
    """The mark of these tests."""
    config.addinivalue_line("markers", "model: needs a chat model, which `make test-model` serves")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests say that they need a model, and why where they cannot run."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.model)
            item.add_marker(pytest.mark.skipif(not PYTHON, reason="needs a chat model: make test-model serves one"))


@pytest.fixture(scope="session")
def python() -> Path:
    """The Python that has the server."""
    assert PYTHON
    return Path(PYTHON).absolute()


@pytest.fixture(scope="session")
def served(python: Path, request: pytest.FixtureRequest) -> Iterator[Serving]:
    """The model, up for the whole session. Tests that kill it start one of their own."""
    with serve(python) as serving:
        reporter = request.config.pluginmanager.getplugin("terminalreporter")
        if reporter:
            reporter.write_line(f"\nserved by: {shlex.join(serving.command)} (at {serving.url})")
        yield serving


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Settings:
    """Settings over an index of the articles of tests/harbour.py; no model is set yet."""
    assert request.config.cache is not None
    cache, folder = request.config.cache.mkdir("whosaid-model"), tmp_path_factory.mktemp("harbour")
    settings = Settings.load({}, data=folder / "index", cache=cache, threads=1)
    outcomes = build(settings).articles.ingest([written(folder / "articles")])
    assert {outcome.status for outcome in outcomes} == {"added", "duplicate"}
    return settings
