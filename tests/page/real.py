"""The real service over the sample articles, for the journey and the pictures: models, index and all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from service.http.app import create_app
from service.parts import Choice
from service.settings import Settings
from service.wiring import build
from tests.page.conftest import serving

SECONDS_TO_OPEN = 60
SAMPLES = Path(__file__).parents[2] / "eval" / "data" / "articles"


@contextmanager
def real_service(data: Path) -> Iterator[str]:
    """Serve the index in ``data``, which is made of the sample articles where it is empty; yields the address."""
    settings = Settings.load({}, data=data)
    parts = build(settings)
    if not parts.articles.page(Choice(limit=1))[1]:
        list(parts.articles.ingest([SAMPLES]))
    ready = Event()
    # It answers at once that it is not ready yet, and a question would be refused.
    with serving(create_app(settings, lambda _: parts, announce=lambda _: ready.set())) as origin:
        assert ready.wait(SECONDS_TO_OPEN), f"the index in {data} was not opened"
        yield origin
