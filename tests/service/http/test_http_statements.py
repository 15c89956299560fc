"""/api/statements and /api/speakers over a real catalogue: what fits, all of it, in the documented shape."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from retriever.catalogue import StatementChoice, StatementRows
from service.listing import written
from service.parts import Parts
from service.statements import as_json
from tests.retriever.said import on, statement
from tests.retriever.stores import article, day, stocked
from tests.service.conftest import opened

TEXT = "Yang Jiechi told Takeo Akiba that Taiwan is a part of China. | Hayashi: “We, too,\n went.” He left."
IN_AN_ANSWER = {  # of the documented object
    "id", "speaker", "speaker_text", "role", "cue", "content", "kind", "addressee", "said_on", "via", "document_id",
    "start", "end",
}  # fmt: skip


@pytest.fixture
def rows(tmp_path: Path) -> StatementRows:
    wire = article("2022/wire.txt", TEXT, title="Tianjin", source="Harbour Wire", published=day("2022-08-18"))
    undated = article("undated", TEXT)
    catalogue = stocked(tmp_path / "said", wire, undated)
    told = statement(
        wire,
        "Taiwan is a part of China",
        "Yang Jiechi",
        speaker_text="Yang Jiechi",
        role="China’s policy chief",
        cue="told",
        addressee="Takeo Akiba",
        said_on=on("2022-08-15", "2022-08-21", "this week"),
        via=("AFP", "an official"),
    )
    went = statement(wire, "We, too,\n went.", "Hayashi", kind="direct")
    believed = statement(wire, "He left", "Hayashi", speech=False)
    catalogue.statements.put("2022/wire.txt", [told, went, believed], "1")
    catalogue.statements.put("undated", [statement(undated, "He left", None, said_on=on(None))], "1")
    return catalogue.statements


@pytest.fixture
def client(settings: Any, parts: Parts, rows: StatementRows) -> Iterator[TestClient]:
    yield from opened(settings, replace(parts, statements=rows))


def test_a_statement_is_shown_as_documented_with_what_its_article_is_known_by(client: TestClient) -> None:
    page = client.get("/api/statements").json()
    assert (page["total"], page["next_cursor"]) == (3, None)
    first = page["statements"][0]
    assert set(first) == IN_AN_ANSWER | {"slices", "speech", "title", "source", "published"}
    assert TEXT[slice(*first["slices"][0])] == first["content"] == "Taiwan is a part of China"
    assert first["said_on"] == {
        "from": "2022-08-15", "to": "2022-08-21", "precision": "range", "basis": "text", "text": "this week",
    }  # fmt: skip
    assert (first["via"], first["addressee"]) == (["AFP", "an official"], "Takeo Akiba")
    assert (first["title"], first["source"], first["published"]) == ("Tianjin", "Harbour Wire", "2022-08-18")
    last = page["statements"][-1]
    assert (last["speaker"], last["published"], last["said_on"]["from"]) == (None, None, None)


def test_what_is_listed_is_what_answers_carry(client: TestClient, rows: StatementRows) -> None:
    listed = client.get("/api/statements?speaker=Yang").json()["statements"][0]
    carried = json.loads(json.dumps(as_json(rows.of_article("2022/wire.txt")[0])))
    assert {name: listed[name] for name in carried} == carried
    assert carried.keys() >= IN_AN_ANSWER


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("speaker=Jiechi Yang", 1),
        ("speaker=Yan", 0),
        ("about=taiwan", 1),
        ('about="part of China"', 1),
        ('about="parts of China"', 0),
        ("since=2022-08-19", 1),
        ("until=2022-08-17", 1),
        ("source=harbour wire", 2),
        ("document=undated", 1),
        ("beliefs=true", 4),
        ("speaker=Hayashi&about=left", 0),
    ],
)
def test_everything_that_is_asked_for_must_hold(client: TestClient, query: str, total: int) -> None:
    assert client.get(f"/api/statements?{query}").json()["total"] == total


def test_pages_are_followed_to_the_end(client: TestClient) -> None:
    seen: list[str] = []
    query = {"limit": "1"}
    while True:
        page = client.get("/api/statements", params=query).json()
        assert page["total"] == 3
        seen += [one["id"] for one in page["statements"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert len(set(seen)) == 3


@pytest.mark.parametrize(
    ("query", "code", "words"),
    [
        ("cursor=nonsense", "cursor-unusable", ["cursor 'nonsense'", "Leave it out"]),
        ("since=2022-13-01", "bad-request", ["since", "2022-13-01", "/docs"]),
        ("since=2022-02-01&until=2022-01-01", "bad-request", ["since 2022-02-01 is after until", "swap"]),
        ("limit=0", "bad-request", ["limit", "'0'", "/docs"]),
        ("limit=501", "bad-request", ["limit", "'501'", "500"]),
        ("speaker=", "bad-request", ["speaker"]),
        ("speakers=Yang", "bad-request", ["speakers"]),
    ],
)
def test_what_cannot_be_used_is_a_problem_that_names_it(
    client: TestClient, query: str, code: str, words: list[str]
) -> None:
    response = client.get(f"/api/statements?{query}")
    assert (response.status_code, response.json()["code"]) == (422, code)
    assert response.headers["content-type"] == "application/problem+json"
    for word in words:
        assert word in response.json()["detail"]


def test_a_cursor_of_other_filters_is_refused(client: TestClient) -> None:
    cursor = client.get("/api/statements?limit=1").json()["next_cursor"]
    response = client.get("/api/statements", params={"speaker": "Yang", "cursor": cursor})
    assert response.status_code == 422
    assert "another choice" in response.json()["detail"]


def test_speakers_have_their_names_roles_and_number_of_statements(client: TestClient) -> None:
    found = client.get("/api/speakers").json()
    assert (found["total"], [one["name"] for one in found["speakers"]]) == (2, ["Hayashi", "Yang Jiechi"])
    assert found["speakers"][1] == {
        "name": "Yang Jiechi",
        "names": ["Yang Jiechi"],
        "named": True,
        "roles": [{"role": "China’s policy chief", "first": "2022-08-15", "last": "2022-08-21", "statements": 1}],
        "statements": 1,
        "first": "2022-08-15",
        "last": "2022-08-21",
    }


def written_as(rows: StatementRows, form: str, width: int = 120) -> str:
    return written(rows.find(StatementChoice(limit=None)), form, width)


def test_a_table_has_every_word_within_its_width(rows: StatementRows) -> None:
    table = written_as(rows, "table", 70)
    assert max(map(len, table.splitlines())) <= 70
    words = "2022-08-15 (2022-08-18) undated Yang Jiechi policy Akiba AFP Taiwan China Harbour 2022/wire.txt"
    assert {word for word in words.split() if word not in written_as(rows, "table", 110)} == set()
    assert table.endswith("3 statements.")
    assert written(rows.find(StatementChoice(speaker="Nobody")), "table", 70) == "No statement fits."


def test_markdown_keeps_each_statement_on_its_line(rows: StatementRows) -> None:
    wire = article("bars", "A | B \\ C.")
    assert len(written_as(rows, "md").splitlines()) == 2 + 3
    told = replace(rows.of_article("2022/wire.txt")[0], content=wire.text)
    page = rows.find(StatementChoice(speaker="Yang"))
    page = replace(page, entries=(replace(page.entries[0], statement=told),))
    assert "| A \\| B \\\\ C. |" in written(page, "md", 80)


def test_csv_and_json_hold_every_field_and_the_exact_words(rows: StatementRows) -> None:
    objects = json.loads(written_as(rows, "json"))
    lines = list(csv.DictReader(io.StringIO(written_as(rows, "csv"))))
    assert objects["total"] == len(objects["statements"]) == len(lines) == 3
    assert [line["content"] for line in lines] == [one["content"] for one in objects["statements"]]
    assert "We, too,\n went." in {line["content"] for line in lines}
    assert (lines[0]["via"], lines[0]["said_to"], lines[0]["speech"]) == ("AFP > an official", "2022-08-21", "True")
    assert lines[0]["slices"] == "{}-{}".format(*objects["statements"][0]["slices"][0])
