"""/api/documents: upload, list, read, remove."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as some

from retriever.errors import StoreBusy, StoreError, StoreFull
from retriever.records import Outcome
from service.http.uploads import safe_name
from service.parts import Parts


def test_several_files_have_an_outcome_each_and_a_bad_one_does_not_stop_the_others(client: TestClient) -> None:
    files = [
        ("files", ("a.txt", "Å text.".encode())),
        ("files", ("b.txt", b"\xff\x00\xfe")),
        ("files", ("c.txt", b"C.")),
    ]
    outcomes = client.post("/api/documents", files=files).json()["outcomes"]
    assert {(o["name"], o["status"]) for o in outcomes} == {("a.txt", "added"), ("b.txt", "failed"), ("c.txt", "added")}
    assert client.get("/api/documents/a.txt").json()["text"] == "Å text."


def test_uploads_leave_nothing_behind(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    client.post("/api/documents", files=[("files", ("a.txt", b"Some text."))])
    assert list(tmp_path.glob("whosaid-upload-*")) == []


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\notes\\a.txt", "C_/notes/a.txt"),
        ("2021/march/a.txt", "2021/march/a.txt"),
        ("a\x00b\n.txt", "a_b_.txt"),
        (".hidden.txt", "hidden.txt"),
        ("日本 外交.txt", "日本 外交.txt"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("x" * 400 + ".txt", "x" * 196 + ".txt"),
        ("外" * 100 + ".txt", "外" * 65 + ".txt"),
        ("a/" * 30 + "b.txt", "a/" * 11 + "b.txt"),
    ],
)
def test_file_names_are_made_safe_and_stay_readable(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(some.text(max_size=60))
def test_no_file_name_leads_outside(name: str) -> None:
    folder = Path("/upload")
    path = Path(folder, safe_name(name))
    assert path.resolve().is_relative_to(folder)
    assert path != folder
    assert not any(part.startswith(".") for part in path.relative_to(folder).parts)


def test_two_files_of_one_name_are_refused(client: TestClient) -> None:
    files = [("files", ("a.txt", b"One.")), ("files", ("../a.txt", b"Two."))]
    response = client.post("/api/documents", files=files)
    assert response.status_code == 422
    assert "a.txt" in response.json()["detail"]


def test_a_file_named_as_a_folder_of_another_is_refused(client: TestClient) -> None:
    files = [("files", ("a.txt", b"One.")), ("files", ("a.txt/b.txt", b"Two."))]
    assert client.post("/api/documents", files=files).status_code == 422


def test_a_full_disk_is_told_before_anything_is_indexed(
    client: TestClient, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: object, target: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    response = client.post("/api/documents", files=[("files", ("a.txt", b"Text."))])
    assert (response.status_code, response.json()["code"]) == (507, "store-full")
    assert client.get("/api/documents").json()["total"] == 3


def test_an_upload_over_the_limit_is_refused_with_the_setting_that_raises_it(client: TestClient) -> None:
    response = client.post("/api/documents", files=[("files", ("a.txt", b"x" * 60_000))])
    assert (response.status_code, response.json()["code"]) == (413, "too-large")
    assert "WHOSAID_MAX_UPLOAD_BYTES" in response.json()["detail"]


def test_an_upload_without_files_is_a_problem(client: TestClient) -> None:
    ways = [client.post("/api/documents", data={"other": "x"}), client.post("/api/documents", json={"files": []})]
    for response in [*ways, client.post("/api/documents")]:
        assert response.status_code == 422
        assert "files" in response.json()["detail"]


@pytest.mark.parametrize(("error", "status"), [(StoreBusy, 409), (StoreFull, 507)])
def test_a_second_ingest_and_a_full_disk_are_told_apart(
    client: TestClient, parts: Parts, monkeypatch: pytest.MonkeyPatch, error: type[StoreError], status: int
) -> None:
    def refused(paths: Sequence[Path]) -> Iterator[Outcome]:
        raise error("another ingest holds it", thing="index", value="x", remedy="Try again when it is done.")

    monkeypatch.setattr(parts.articles, "ingest", refused)
    response = client.post("/api/documents", files=[("files", ("a.txt", b"Text."))])
    assert (response.status_code, response.json()["code"]) == (status, error.code)
    assert "Try again" in response.json()["detail"]


def test_list_is_paged_and_filtered_by_source_date_and_text(client: TestClient) -> None:
    def ids(**wanted: str) -> tuple[list[str], int]:
        page = client.get("/api/documents", params=wanted).json()
        return [each["id"] for each in page["documents"]], page["total"]

    assert ids()[1] == 3
    assert len(ids(limit="2")[0]) == 2
    assert ids(limit="2")[0] + ids(limit="2", offset="2")[0] == ids()[0]
    assert ids(source="Kyodo News") == (["2022/call.txt"], 1)
    assert ids(since="2022-11-24", until="2022-11-24") == (["2022/call.txt"], 1)
    assert ids(since="2022-11-25") == ([], 0)
    assert ids(text="visa") == (["embassy.md"], 1)


@pytest.mark.parametrize(
    "query", ["since=soon", "since=2023-01-01&until=2022-01-01", "limit=0", "limit=9999", "offset=-1", "outlet=x"]
)
def test_a_bad_filter_is_a_problem_and_never_ignored(client: TestClient, query: str) -> None:
    response = client.get(f"/api/documents?{query}")
    assert response.status_code == 422
    assert query.partition("=")[0] in response.json()["detail"]


@pytest.mark.parametrize("path", ["2022/call.txt", "2022%2Fcall.txt"])
def test_an_article_has_text_metadata_how_it_is_known_and_passages_that_are_slices(
    client: TestClient, path: str
) -> None:
    article = client.get(f"/api/documents/{path}").json()
    assert article["id"] == "2022/call.txt"
    assert article["published"] == "2022-11-24"
    assert article["known"]["published"] == "front matter"
    assert [one["speaker"] for one in article["statements"]] == ["Motegi Toshimitsu"]
    assert article["passages"][0]["start"] == 0
    assert article["passages"][-1]["end"] == len(article["text"])


def test_a_removed_article_is_gone_everywhere(client: TestClient) -> None:
    assert client.delete("/api/documents/2022/call.txt").status_code == 204
    for method in ("GET", "DELETE"):
        response = client.request(method, "/api/documents/2022/call.txt")
        assert (response.status_code, response.json()["code"]) == (404, "article-not-found")
        assert "2022/call.txt" in response.json()["detail"]
    assert client.get("/api/documents").json()["total"] == 2
