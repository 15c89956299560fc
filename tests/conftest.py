"""No test reaches the network: a connection to anywhere but this machine is an error. One parser for all tests."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from retriever.speaking import Speaking


@pytest.fixture(autouse=True, scope="session")
def _offline() -> Iterator[None]:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def speaking() -> Speaking:
    """Loads spaCy's model at its first prose sentence, 3 s."""
    return Speaking()
