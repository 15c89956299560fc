"""One index over the honest articles and those of every attack; what reaches for the network fails the test."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from retriever.speaking import Speaking
from tests.injection.attacks import ATTACKS
from tests.injection.attacks.record import HONEST
from tests.injection.besieged import Besieged

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(scope="session")
def besieged(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, speaking: Speaking) -> Besieged:
    """The real parts over all articles."""
    assert request.config.cache is not None
    folder = tmp_path_factory.mktemp("besieged")
    texts = {f"{attack.id}/{name}": text for attack in ATTACKS for name, text in attack.articles.items()}
    for name, text in {**HONEST, **texts}.items():
        path = folder / "archive" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    cache = request.config.cache.mkdir("whosaid-model")
    return Besieged.over(folder / "archive", index=folder / "index", cache=cache, speaking=speaking)


@pytest.fixture(autouse=True)
def _nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails the test also where the attempt was caught by the code that made it."""
    tried: list[str] = []

    def watched(name: str, place: int) -> None:
        plain = getattr(socket.socket, name)

        def guarded(self: socket.socket, *given: Any) -> Any:
            if self.family != socket.AF_UNIX and given[place][0] not in _LOOPBACK:
                tried.append(str(given[place][0]))
                raise OSError("no network here")
            return plain(self, *given)

        monkeypatch.setattr(socket.socket, name, guarded)

    def resolved(host: Any, *given: Any, **named: Any) -> Any:
        if host not in (*_LOOPBACK, None):
            tried.append(str(host))
            raise OSError("no network here")
        return resolve(host, *given, **named)

    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    for name, place in (("connect", 0), ("connect_ex", 0), ("sendto", -1)):
        watched(name, place)
    yield
    assert tried == []
