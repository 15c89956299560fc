"""The command line: what it imports, what it writes, how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest

from retriever.catalogue.records import StatementChoice, StatementPage
from retriever.errors import StoreBusy
from retriever.records import Outcome
from service import cli, wiring
from service.parts import Parts
from service.settings import Settings
from tests import fakes


@pytest.fixture(autouse=True)
def over_fakes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Parts:
    parts = fakes.build(Settings.load({}))
    monkeypatch.setattr(wiring, "build", lambda settings: parts)
    monkeypatch.setenv("WHOSAID_DATA", str(tmp_path))
    (tmp_path / "catalogue.sqlite").touch()
    return parts


def ran(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The exit code of ``whosaid`` with these arguments."""
    monkeypatch.setattr(sys, "argv", ["whosaid", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def test_help_is_there_at_once_and_loads_nothing_heavy() -> None:
    program = (
        "import sys; sys.argv = ['whosaid', '--help']\nfrom service.cli import main\ntry: main()\n"
        "except SystemExit: pass\nprint(sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    started = time.perf_counter()
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    seconds = time.perf_counter() - started
    for command in ("ingest", "ask", "serve", "status", "statements"):
        assert command in said
    loaded = said.rpartition("[")[2]
    for heavy in ("torch", "langchain", "langchain_core", "chromadb", "spacy", "pydantic", "fastapi", "sqlalchemy"):
        assert f"'{heavy}'" not in loaded
    assert seconds < 1.5  # 0.13 s on a quiet machine; the promise is 0.5


def test_ask_writes_the_answer_and_its_numbered_sources(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(monkeypatch, "ask", "What did Motegi Toshimitsu call a grave concern?") == 0
    answer, _, sources = capsys.readouterr().out.partition("\n\n")
    assert answer.startswith("Motegi Toshimitsu told Wang Yi")
    assert answer.endswith("[1]")
    assert sources.strip() == (
        "[1] Kyodo News, 2022-11-24, Ministers speak by telephone (2022/call.txt, characters 0–105)"
    )


def test_ask_as_json_is_the_answer_of_the_rest_interface(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(monkeypatch, "ask", "Who told Takeo Akiba about Taiwan?", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["citations"][0]["document_id"] == "akiba.txt"
    assert answer["declined"] is False


def test_declining_is_no_failure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(monkeypatch, "ask", "Who invented the bicycle?") == 0
    assert "do not say" in capsys.readouterr().out


def test_ask_hands_filters_on(monkeypatch: pytest.MonkeyPatch, over_fakes: Parts) -> None:
    arguments = ["--source", "Kyodo News", "--source", "NHK", "--since", "2022-01-01", "--until", "2022-12-31"]
    ran(monkeypatch, "ask", "Who spoke?", *arguments)
    assert isinstance(over_fakes.answering, fakes.FakeAnswering)
    filters = over_fakes.answering.asked[0].filters
    assert filters.sources == ("Kyodo News", "NHK")
    assert (str(filters.since), str(filters.until)) == ("2022-01-01", "2022-12-31")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ask", " "], ["question", "empty"]),
        (["ask", "x" * 10_000], ["10,000 characters", "2,000"]),
        (["ask", "who?", "--since", "soon"], ["--since", "soon"]),
        (["ask", "who?", "--since", "2023-01-01", "--until", "2022-01-01"], ["2023-01-01", "swap"]),
        (["ask"], ["QUESTION"]),
        (["ingest"], ["PATH"]),
        (["sing"], ["sing"]),
        (["serve", "--port", "70000"], ["WHOSAID_PORT", "70000"]),
        (["serve", "--host", "not a host"], ["address", "not a host", "--host"]),
        (["statements", "--format", "xml"], ["--format", "xml", "csv"]),
        (["statements", "--since", "May"], ["--since", "May"]),
        (["statements", "--since", "2022-02-01", "--until", "2022-01-01"], ["since 2022-02-01 is after until"]),
        (["statements", "--speaker", " "], ["--speaker", "whosaid statements --help"]),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_and_how(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], words: list[str]
) -> None:
    assert ran(monkeypatch, *arguments) == 2
    said = capsys.readouterr().err
    assert "Traceback" not in said
    for word in words:
        assert word in said


@pytest.mark.parametrize("command", [["ask", "who?"], ["status"], ["statements"]])
def test_without_an_index_the_way_to_one_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, command: list[str]
) -> None:
    nowhere, articles = tmp_path / "nowhere", tmp_path / "articles"
    articles.mkdir()
    (articles / "talks.txt").write_text("Qin Gang spoke of Taiwan.")
    for folder in (nowhere, articles):
        assert ran(monkeypatch, *command, "--data", str(folder)) == 2
        said = capsys.readouterr().err
        assert str(folder) in said
        assert "whosaid ingest" in said
    assert not nowhere.exists()


def test_ingest_has_a_line_an_article_and_ends_with_1_where_one_could_not_be_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("Some text.")
    bad.write_bytes(b"\xff\x00")
    assert ran(monkeypatch, "ingest", str(good)) == 0
    assert "added      good.txt" in capsys.readouterr().out
    assert ran(monkeypatch, "ingest", str(good), str(bad)) == 1
    said = capsys.readouterr().out
    assert "failed     bad.txt: " in said
    assert "2 articles: 1 failed, 1 updated." in said


def test_quiet_ingest_still_names_what_could_not_be_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("Some text.")
    bad.write_bytes(b"\xff\x00")
    assert ran(monkeypatch, "ingest", str(good), str(bad), "--quiet") == 1
    said = capsys.readouterr().out
    assert "bad.txt" in said
    assert "good.txt" not in said


def test_an_interrupted_ingest_says_that_running_it_again_resumes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], over_fakes: Parts
) -> None:
    def interrupted(paths: Sequence[Path]) -> Iterator[Outcome]:
        yield Outcome("a.txt", "added", document_id="a.txt")
        raise KeyboardInterrupt

    monkeypatch.setattr(over_fakes.articles, "ingest", interrupted)
    assert ran(monkeypatch, "ingest", "a.txt") == 130
    said = capsys.readouterr().err
    assert "1 articles: 1 added." in said
    assert "goes on from there" in said


def test_a_second_ingest_is_told_to_wait(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], over_fakes: Parts
) -> None:
    def busy(paths: Sequence[Path]) -> NoReturn:
        raise StoreBusy("another ingest holds it", thing="index", value="x", remedy="Wait for it.")

    monkeypatch.setattr(over_fakes.articles, "ingest", busy)
    assert ran(monkeypatch, "ingest", "a.txt") == 1
    assert "Wait for it." in capsys.readouterr().err


def test_status_as_text_and_as_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(monkeypatch, "status") == 0
    assert "articles     3" in capsys.readouterr().out
    assert ran(monkeypatch, "status", "--json") == 0
    assert json.loads(capsys.readouterr().out)["articles"] == 3


def test_a_misspelt_setting_stops_every_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WHOSAID_PROT", "1")
    assert ran(monkeypatch, "status") == 2
    assert "WHOSAID_PROT" in capsys.readouterr().err


def test_statements_are_written_as_a_table_and_for_programs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(monkeypatch, "statements", "--speaker", "Yang") == 0
    said = capsys.readouterr().out
    assert "Taiwan" in said
    assert "Motegi" not in said
    assert "1 statement." in said
    assert ran(monkeypatch, "statements", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["total"] == 2
    assert ran(monkeypatch, "statements", "--format", "csv") == 0
    assert capsys.readouterr().out.startswith("id,speaker,")


def test_statements_hands_its_filters_on_and_asks_for_all(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], over_fakes: Parts
) -> None:
    chosen: list[StatementChoice] = []
    find = over_fakes.statements.find

    def recorded(choice: StatementChoice) -> StatementPage:
        chosen.append(choice)
        return find(choice)

    monkeypatch.setattr(over_fakes.statements, "find", recorded)
    arguments = ["--speaker", "Wang Yi", "--about", "islands", "--source", "NHK", "--since", "2022-01-01"]
    assert ran(monkeypatch, "statements", *arguments, "--until", "2022-12-31") == 0
    assert chosen == [
        StatementChoice(
            speaker="Wang Yi",
            about="islands",
            source="NHK",
            since=date(2022, 1, 1),
            until=date(2022, 12, 31),
            limit=None,
        )
    ]
    assert "No statement fits." in capsys.readouterr().out
