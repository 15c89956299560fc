"""What surrounds every request: problems, ids, headers, hosts, origins, limits, readiness."""

from __future__ import annotations

import threading

import pytest
from fastapi.testclient import TestClient

from retriever.errors import StoreBusy, StoreDamaged
from service.http import app as app_module
from service.http.app import create_app
from service.parts import Parts
from service.settings import Settings
from tests import fakes
from tests.service.conftest import opened

PATHS = ["/", "/docs", "/openapi.json", "/healthz", "/metrics", "/nothing", "/api/ask", "/api/documents", "/icon.svg"]


@pytest.mark.parametrize("path", PATHS)
def test_every_response_has_the_security_headers_and_an_id(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert len(headers["x-request-id"]) == 32


def test_a_given_request_id_comes_back_and_an_odd_one_is_replaced(client: TestClient) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "abc-1.2_3"}).headers["x-request-id"] == "abc-1.2_3"
    assert client.get("/healthz", headers={"X-Request-ID": 'a b"<script>'}).headers["x-request-id"] != 'a b"<script>'
    problem = client.get("/nothing", headers={"X-Request-ID": "mine"}).json()
    assert problem["request_id"] == "mine"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "not-found"),
        ("GET", "/api/nothing", 404, "not-found"),
        ("GET", "/api/ask", 405, "method-not-allowed"),
        ("POST", "/healthz", 405, "method-not-allowed"),
        ("PUT", "/api/documents", 405, "method-not-allowed"),
        ("GET", "/js/../../settings.py", 404, "not-found"),
        ("GET", "/js/..%2f..%2fsettings.py", 404, "not-found"),
        ("GET", "/api/chats/x/export", 404, "not-found"),
    ],
)
def test_errors_of_the_framework_are_problems_too(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    response = client.request(method, path)
    problem = response.json()
    assert (response.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["detail"]


def test_what_nobody_expected_is_a_problem_without_a_trace(
    client: TestClient, parts: Parts, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(parts.articles, "status", broken)
    response = client.get("/api/status", headers={"X-Request-ID": "broken-1"})
    assert (response.status_code, response.json()["code"]) == (500, "internal-error")
    assert "secret" not in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]
    (record,) = [record for record in caplog.records if record.exc_info]
    assert record.__dict__["fields"]["request_id"] == "broken-1"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8000", "", "[::2]"])
def test_a_foreign_host_name_is_refused(client: TestClient, host: str) -> None:
    response = client.get("/api/documents", headers={"Host": host})
    assert (response.status_code, response.json()["code"]) == (421, "host-not-allowed")
    assert "WHOSAID_ALLOWED_HOSTS" in response.json()["detail"]


@pytest.mark.parametrize("host", ["localhost", "localhost:9000", "[::1]:8000", "LOCALHOST"])
def test_loopback_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_a_host_name_can_be_allowed(parts: Parts) -> None:
    settings = Settings.load({}, allowed_hosts="desk.example, other.example")
    client = TestClient(create_app(settings, lambda _: parts), base_url="http://desk.example")
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:9999"},
     {"Sec-Fetch-Site": "cross-site"}],
)  # fmt: skip
def test_a_page_of_another_site_cannot_change_anything(
    client: TestClient, parts: Parts, headers: dict[str, str]
) -> None:
    response = client.delete("/api/documents/akiba.txt", headers=headers)
    assert (response.status_code, response.json()["code"]) == (403, "cross-site")
    assert parts.articles.article("akiba.txt")


def test_the_own_page_can(client: TestClient) -> None:
    headers = {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}
    assert client.delete("/api/documents/akiba.txt", headers=headers).status_code == 204


def test_a_body_over_the_limit_is_refused_before_and_while_it_is_read(client: TestClient) -> None:
    large = b'{"question": "' + b"x" * 1_100_000 + b'"}'
    kind = {"Content-Type": "application/json"}
    told = client.post("/api/ask", content=large, headers=kind)
    untold = client.post(
        "/api/ask", content=(large[i : i + 100_000] for i in range(0, len(large), 100_000)), headers=kind
    )
    for response in (told, untold):
        assert (response.status_code, response.json()["code"]) == (413, "too-large")
        assert "1,048,576" in response.json()["detail"]


def test_alive_at_once_and_ready_only_when_the_index_is_open(settings: Settings) -> None:
    go = threading.Event()

    def slow(settings: Settings) -> Parts:
        go.wait(10)
        return fakes.build(settings)

    heard: list[Exception | None] = []
    with TestClient(create_app(settings, slow, announce=heard.append), base_url="http://localhost") as client:
        assert client.get("/healthz").status_code == 200
        waiting = client.get("/readyz")
        assert (waiting.status_code, waiting.json()["code"]) == (503, "not-ready")
        assert waiting.headers["retry-after"]
        assert client.post("/api/ask", json={"question": "who?"}).status_code == 503
        assert client.get("/metrics").status_code == 200
        go.set()
        while not heard:
            pass
        assert client.get("/readyz").json() == {"status": "ready"}
    assert heard == [None]


def test_an_index_that_cannot_be_opened_is_told_by_every_request(settings: Settings) -> None:
    damaged = StoreDamaged("is not what was written", thing="catalogue", value="x", remedy="Restore it.")

    def broken(_: Settings) -> Parts:
        raise damaged

    heard: list[Exception | None] = []
    with TestClient(create_app(settings, broken, announce=heard.append), base_url="http://localhost") as client:
        while not heard:
            pass
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503
        assert "Restore it." in client.get("/readyz").json()["detail"]
        assert client.get("/api/documents").json()["code"] == "not-ready"
    assert heard == [damaged]


def test_it_waits_for_an_ingest_that_holds_the_index(
    settings: Settings, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def busy_once() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise StoreBusy("another ingest holds it", thing="index", value="x", remedy="Wait for it.")
        return 0

    monkeypatch.setattr(app_module, "SECONDS_BETWEEN_TRIES", 0.01)
    monkeypatch.setattr(parts.articles, "recover", busy_once)
    for _ in opened(settings, parts):
        assert len(tries) == 2


def test_metrics_count_requests_questions_and_what_was_declined(client: TestClient) -> None:
    client.post("/api/ask", json={"question": "Who told Takeo Akiba about Taiwan?"})
    client.post("/api/ask", json={"question": "Who invented the bicycle?"})
    client.get("/api/documents/akiba.txt")
    client.post("/api/documents", files=[("files", ("a.txt", b"Some text."))])
    text = client.get("/metrics").text
    assert 'whosaid_requests_total{method="POST",route="/api/ask",status="200"} 2.0' in text
    assert 'route="/api/documents/{document_id:path}"' in text
    assert "whosaid_question_seconds_count 2.0" in text
    assert 'whosaid_declined_total{reason="nothing_relevant"} 1.0' in text
    assert 'whosaid_ingested_total{status="added"} 1.0' in text
    assert 'whosaid_index_size{kind="articles"} 4.0' in text


def test_metrics_are_there_when_the_index_fails(
    client: TestClient, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged() -> None:
        raise StoreDamaged("is not what was written", thing="catalogue", value="x", remedy="Restore it.")

    monkeypatch.setattr(parts.articles, "status", damaged)
    assert client.get("/api/status").json()["code"] == "store-damaged"
    assert "whosaid_requests_total" in client.get("/metrics").text


def test_page_and_reference_need_nothing_from_elsewhere(client: TestClient) -> None:
    for path in ("/", "/docs", "/docs/reference.css", "/docs/reference.js"):
        response = client.get(path)
        assert response.status_code == 200
        assert "https://" not in response.text
        assert "<script>" not in response.text
        assert "style=" not in response.text


def test_page_files_are_checked_for_changes_by_their_etag(client: TestClient) -> None:
    first = client.get("/")
    assert first.headers["cache-control"] == "no-cache"
    assert client.get("/", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_reference_names_every_endpoint_every_field_and_every_problem_code(client: TestClient) -> None:
    page, openapi = client.get("/docs").text, client.get("/openapi.json").json()
    for path in openapi["paths"]:
        assert f"<code>{path}</code>" in page
    for name, schema in openapi["components"]["schemas"].items():
        assert f'id="{name}"' in page
        for field in schema.get("properties", {}):
            assert f"<code>{field}</code>" in page
    own = ("not-ready", "store-busy", "host-not-allowed", "article-not-found", "not-found", "bad-request", "too-large")
    for code in (*own, "internal-error", "method-not-allowed"):
        assert f'id="problem-{code}"' in page


def test_the_page_is_sent_compressed_and_events_are_not(client: TestClient) -> None:
    packed = client.get("/js/main.js", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    stream = client.post(
        "/api/ask",
        json={"question": "Who told Takeo Akiba that Taiwan is part of China?"},
        headers={"Accept": "text/event-stream", "Accept-Encoding": "gzip"},
    )
    assert "content-encoding" not in stream.headers
