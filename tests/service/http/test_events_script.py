"""The page reads every event that the service can send: its script, run by itself where Node.js is found."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from service.http.streaming import _event

NODE = shutil.which("node")
SCRIPT = (Path(__file__).parents[3] / "service/web/js/events.js").read_text("utf-8")
READ = """
import { readFileSync } from "node:fs";
const bytes = new Uint8Array(readFileSync(process.argv[2]));
const size = Number(process.argv[3]);
const body = new ReadableStream({
  start(pieces) {
    for (let at = 0; at < bytes.length; at += size) pieces.enqueue(bytes.slice(at, at + size));
    pieces.close();
  },
});
const found = [];
for await (const event of serverEvents(body)) found.push([event.name, event.data]);
console.log(JSON.stringify(found));
"""


def read(folder: Path, sent: bytes, size: int) -> Any:
    """[name, data] of each event that the page makes of bytes which come ``size`` at a time."""
    (folder / "sent").write_bytes(sent)
    (folder / "read.mjs").write_text(SCRIPT + READ, "utf-8")
    command = [str(NODE), str(folder / "read.mjs"), str(folder / "sent"), str(size)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.skipif(NODE is None, reason="no Node.js on this machine: apt install nodejs")
@pytest.mark.parametrize("size", [1, 7, 4096])
def test_no_character_of_an_answer_breaks_its_event(tmp_path: Path, size: int) -> None:
    answer = {"question": "Who spoke:\u2028then\u2029and\x85now?", "answer": "“Line\r\none\u2028two” : 東京 🙂"}
    sent = _event("token", {"text": "\u2028"}) + _event("answer", answer)
    assert read(tmp_path, sent, size) == [["token", {"text": "\u2028"}], ["answer", answer]]
