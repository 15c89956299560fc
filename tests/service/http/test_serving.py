"""``whosaid serve`` as a process of its own, over fakes."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from service.errors import BadSetting
from service.http.serving import serve
from service.settings import Settings

PROGRAM = """
import sys
from service.http.serving import serve
from service.settings import Settings
from tests import fakes
sys.exit(serve(Settings.load({}, port=0, data=sys.argv[1]), fakes.build))
"""


@contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and the address that it said."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        yield process, next(line.split()[-1] for line in lines if "is ready at" in line)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("index")) as (_, address):
        yield address


def test_it_says_its_address_once_ready_logs_json_lines_and_stops_on_ctrl_c(tmp_path: Path) -> None:
    with served(tmp_path) as (process, address):
        assert httpx.get(f"{address}/readyz").json() == {"status": "ready"}
        httpx.post(f"{address}/api/ask", json={"question": "Who told Takeo Akiba about Taiwan?"})
        process.send_signal(signal.SIGINT)
        _, log = process.communicate(timeout=10)
        assert process.returncode == 0
    logged = [json.loads(line) for line in log.splitlines()]
    assert [line["event"] for line in logged] == ["index opened", "question"]
    assert logged[1]["citations"] == 1
    assert "Akiba" not in log


def test_an_asker_who_leaves_stops_the_work_on_his_question(address: str) -> None:
    question = "slow: who told Takeo Akiba that Taiwan is an integral part of China?"  # 16 words, 0.1 s each
    headers = {"Accept": "text/event-stream"}
    with httpx.stream("POST", f"{address}/api/ask", json={"question": question}, headers=headers) as response:
        assert "passages" in next(response.iter_text())
    time.sleep(2.2)  # longer than the whole answer would take
    assert "whosaid_question_seconds_count 0.0" in httpx.get(f"{address}/metrics").text


def test_a_stream_comes_piece_by_piece(address: str) -> None:
    body = {"question": "slow: who told Takeo Akiba about Taiwan?"}
    with httpx.stream("POST", f"{address}/api/ask", json=body, headers={"Accept": "text/event-stream"}) as response:
        times = [time.perf_counter() for _ in response.iter_text()]
    assert times[-1] - times[0] > 0.5


def test_a_port_in_use_is_told_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = Settings.load({}, port=taken.getsockname()[1], data=tmp_path)
        with pytest.raises(BadSetting, match="--port"):
            serve(settings)
