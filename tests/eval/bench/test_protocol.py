"""What every system goes through, and how many ask a service at once."""

from __future__ import annotations

import ast
import json
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from eval.bench import protocol, users
from eval.bench.processes import Serving

PEERS = sorted(Path("eval/bench/peers").glob("*.py"))
THEIRS = {
    "langchain_chroma",
    "langchain_core",
    "langchain_huggingface",
    "langchain_text_splitters",
    "llama_index",
    "txtai",
}


class Slow:
    """Indexes by writing a file; finds the same article always."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def warm(self, _folder: Path) -> None:
        time.sleep(0.2)
        self.done.append("warm")

    def build(self, articles: Path, folder: Path) -> int:
        folder.mkdir()
        (folder / "index").write_bytes(b"x" * 300)
        self.done.append("build")
        return 2 * sum(1 for _ in protocol.read(articles))

    def open(self, _folder: Path) -> None:
        self.done.append("open")

    def find(self, words: str, limit: int) -> Sequence[tuple[str, str]]:
        time.sleep(0.01)
        self.done.append(words)
        return [("a", words)] * limit


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in "ab":
        line = json.dumps({"id": name, "title": f"Title {name}", "text": "Text."})
        (folder / f"{name}.jsonl").write_text(f"{line}\n", encoding="utf-8")
    return folder


def test_loading_the_model_is_not_timed(articles: Path, tmp_path: Path) -> None:
    system = Slow()
    found = protocol.built(system, articles, tmp_path / "index")
    assert system.done == ["warm", "build"]
    assert found["seconds"] < 0.2
    assert (found["documents"], found["slices"], found["index_bytes"]) == (2, 4, 300)


def test_each_question_is_timed_alone_after_the_first_was_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"question": "one"}\n{"question": "two"}\n', encoding="utf-8")
    monkeypatch.setenv(protocol.STARTED, str(time.time() - 5))
    system = Slow()
    found = protocol.asked(system, tmp_path, questions)
    assert system.done == ["open", "one", "one", "two", "one", "two"]
    assert 5 < found["first_seconds"] < 7
    assert [each >= 10 for each in found["milliseconds"]] == [True, True]
    assert found["found"] == [[("a", word)] * protocol.LOOKED_AT for word in ("one", "two")]


def test_the_last_line_of_the_output_is_what_was_measured(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    protocol.main({"slow": Slow}, ["slow", "build", str(articles), str(tmp_path / "index")])
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["peak_mb"] > 1


def test_a_title_stands_over_its_text(articles: Path) -> None:
    assert [protocol.page(each) for each in protocol.read(articles)] == ["Title a\n\nText.", "Title b\n\nText."]


@pytest.mark.parametrize("path", [*PEERS, Path("eval/bench/protocol.py")], ids=lambda path: path.stem)
def test_what_runs_in_the_other_environment_imports_nothing_of_this_one(path: Path) -> None:
    modules = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add(node.module or "")
    foreign = {each for each in modules if each.partition(".")[0] not in sys.stdlib_module_names}
    assert {each for each in foreign if each.partition(".")[0] not in THEIRS} <= {"eval.bench.protocol"}


class Answers(BaseHTTPRequestHandler):
    """Answers every question but one, of which it knows nothing."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(0.02)
        self.send_response(500 if asked["question"] == "bad" else 200)
        self.end_headers()
        self.wfile.write(b'{"answer": "So it is."}')

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[Serving]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Serving(f"http://127.0.0.1:{server.server_port}", 0, 0.0)
        server.shutdown()
        thread.join()


def test_many_ask_until_the_time_is_over_and_errors_are_counted(service: Serving) -> None:
    found = users.asked_by_many(service, ["good", "bad", "good too"], seconds=0.5)
    assert found["answers"] == len(found["milliseconds"]) >= 20
    assert found["errors"] > 0
    assert found["seconds"] >= 0.5
    assert min(found["milliseconds"]) >= 20
