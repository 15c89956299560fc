"""What an attack brings with it stays data in the log, in the metrics and in addresses."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from service.http.app import create_app
from service.journal import JsonLines
from service.settings import Settings
from tests.injection.attacks import ATTACKS, BY_ID
from tests.injection.attacks.record import HONEST, Attack
from tests.injection.besieged import Besieged

BY_WORDS = [attack for attack in ATTACKS if attack.kind in ("questions", "histories")]


@pytest.fixture(scope="module")
def client(besieged: Besieged, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("surfaces")
    settings = Settings.load({}, data=folder / "index", cache=folder / "cache", log_questions=True)
    app = create_app(settings, lambda _: besieged.parts)
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        while client.get("/readyz").status_code != 200:
            pass
        yield client


@pytest.mark.parametrize("attack", BY_WORDS, ids=lambda attack: attack.id)
def test_a_question_and_its_history_stay_in_their_line_of_the_log_and_out_of_the_metrics(
    attack: Attack, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="whosaid")
    history = [{"role": turn.role, "content": turn.content} for turn in attack.history][:50]
    asked = {"question": attack.question[:2000], "history": history, "filters": {"documents": list(HONEST)}}
    assert client.post("/api/ask", json=asked).status_code == 200
    lines = [JsonLines().format(record) for record in caplog.records if record.name.startswith("whosaid")]
    assert lines
    for line in lines:
        assert not set(line) & set("\n\r\x1b")
        assert json.loads(line)["event"] != "forged"
    metrics = client.get("/metrics").text
    assert "9e9" not in metrics
    assert "Varga" not in metrics


@pytest.mark.parametrize("name", ["path-as-id", "markup-as-id"])
def test_an_id_is_a_name_and_no_path(name: str, client: TestClient, besieged: Besieged) -> None:
    [document_id] = BY_ID[name].ids
    reply = client.get(f"/api/documents/{quote(document_id, safe='')}")
    assert reply.status_code in (200, 404)  # on the way some programs take ".." out of an address
    assert "root:" not in reply.text
    article = besieged.article(document_id)
    assert article
    assert "school class" in article.text


def test_an_upload_named_like_a_path_writes_nothing_beside_the_index(client: TestClient, tmp_path: Path) -> None:
    target = tmp_path / "planted.md"
    text = b"Nadia Kern said that the orchard at Brill had been sold."
    client.post("/api/documents", files=[("files", (f"../../../../../..{target}", text))])
    assert not target.exists()
