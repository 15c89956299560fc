"""A module and its arguments go in, what its process measured comes out; and a whosaid that serves while needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, time
from typing import Any, Final

from eval.bench.protocol import STARTED

COMMAND: Final = "from service.cli import main; main()"
STEPS: Final = "eval.bench.steps"
_ROOT: Final = Path(__file__).parents[2]
_NOTHING: Final[Mapping[str, str]] = {}


class BenchError(Exception):
    """Raised when a step failed; its own words stand on the error output before."""


@dataclass(frozen=True, slots=True)
class Serving:
    """A service that is ready. ``began``: when it was started, in seconds of ``perf_counter``."""

    address: str
    process: int
    began: float


def run(
    *arguments: str, python: Path | str = sys.executable, setting: Mapping[str, str] = _NOTHING
) -> tuple[str, float]:
    """What a Python process wrote, and its seconds from start to end. ``setting``: variables beside those that are set.

    Raises BenchError.
    """
    began = perf_counter()
    around = {**os.environ, "PYTHONPATH": str(_ROOT), **setting, STARTED: str(time())}
    command = [str(python), *arguments]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, env=around)  # noqa: S603 - our own
    if ran.returncode:
        raise BenchError(f"{' '.join(arguments[1:])} ended with {ran.returncode}")
    return ran.stdout, perf_counter() - began


def measured(
    module: str, *arguments: object, python: Path | str = sys.executable, setting: Mapping[str, str] = _NOTHING
) -> dict[str, Any]:
    """What a module wrote of itself in its last line, with the ``peak_mb`` of its process. Raises BenchError."""
    written, _ = run("-m", module, *map(str, arguments), python=python, setting=setting)
    found: dict[str, Any] = json.loads(written.splitlines()[-1])
    return found


@contextmanager
def serving(data: Path, *, setting: Mapping[str, str] = _NOTHING) -> Iterator[Serving]:
    """``whosaid serve`` over an index folder, ready, stopped at the end. Raises BenchError."""
    began = perf_counter()
    command: Sequence[str] = [sys.executable, "-c", COMMAND, "serve", "--port", "0", "--data", str(data)]
    around = {**os.environ, "PYTHONPATH": str(_ROOT), "WHOSAID_LOG_LEVEL": "warning", **setting}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=around) as process:  # noqa: S603 - our own
        try:
            addresses = (line.split()[-1] for line in process.stdout or () if "is ready at" in line)
            if (address := next(addresses, None)) is None:
                raise BenchError(f"whosaid serve over {data} did not become ready")
            yield Serving(address, process.pid, began)
        finally:
            process.terminate()
