"""The web application over fakes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.parts import Parts
from service.settings import Settings
from tests import fakes


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
