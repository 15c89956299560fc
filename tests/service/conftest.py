"""The web application over fakes; the question path over a real small index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from retriever.speaking import Speaking
from service.http.app import create_app
from service.parts import Parts
from service.settings import Settings
from tests import fakes
from tests.harbour import written
from tests.service.desk import Desk


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.load({}, data=tmp_path / "index", cache=tmp_path / "cache", max_upload_bytes=50_000)


@pytest.fixture
def parts(settings: Settings) -> Parts:
    return fakes.build(settings)


@pytest.fixture
def client(settings: Settings, parts: Parts) -> Iterator[TestClient]:
    yield from opened(settings, parts)


def opened(settings: Settings, parts: Parts) -> Iterator[TestClient]:
    """A client of an app that is ready."""
    app = create_app(settings, lambda _: parts)
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        while client.get("/readyz").status_code != 200:
            pass
        yield client


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, speaking: Speaking) -> Desk:
    """The real question path over the articles of tests/harbour.py."""
    assert request.config.cache is not None
    folder = tmp_path_factory.mktemp("desk")
    cache = request.config.cache.mkdir("whosaid-model")
    archive, expected = written(folder / "archive"), ("added", "duplicate")
    return Desk.over(archive, index=folder / "index", cache=cache, speaking=speaking, expected=expected)
