"""The same small archive asked in process and over HTTP by the real app: both ways must tell the same."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
import uvicorn

from eval.metrics import Slice
from eval.targets import Answerer, BadAnswererError, InProcess, OverHttp, Target, TargetError, in_process
from retriever.errors import ArticleNotFound, StoreDamaged
from retriever.records import Article, Hit, Passage, Query, Statement
from service.http.app import create_app
from service.parts import Articles, Kept, Parts, Statements
from service.records import Answer, Answered, AnswerSentence, Citation, Event, PassagesFound, Question, Token, Turn
from service.settings import Settings

ID = "2023/ö call #1 50%.txt"
TEXT = "Mao Ning said “no” on Friday."
ARTICLE = Article(ID, TEXT, title="A call", published=date(2023, 2, 3))
CITED = Citation(1, ID, "A call", None, None, date(2023, 2, 3), None, "p1", 0, len(TEXT), TEXT)


class Archive:
    """One article; asked about damage it fails."""

    def load(self) -> None:
        """Nothing to load."""

    def events(self, question: Question) -> Iterator[Event]:
        if "damage" in question.text:
            raise StoreDamaged("is not a database", thing="catalogue", value="x.sqlite", remedy="Ingest again.")
        turns = len(question.history)
        text = f"Mao Ning, after {turns} turns.[1]"
        yield PassagesFound((CITED,))
        yield Token(text)
        sentence = AnswerSentence(text.removesuffix("[1]"), (1,))
        yield Answered(Answer("7", question.text, text, False, None, 0.75, (sentence,), (CITED,)))

    def search(self, query: Query) -> list[Hit]:
        passage = Passage("p1", ID, 0, 0, len(TEXT), TEXT)
        return [Hit(passage, ARTICLE, 1.0, 0.5, None)][: query.limit]

    def article(self, document_id: str) -> Article:
        if document_id != ID:
            raise ArticleNotFound("no such article", thing="document", value=document_id, remedy="List them.")
        return ARTICLE

    def passages(self, document_id: str) -> list[Passage]:
        return [Passage("p1", document_id, 0, 0, len(TEXT), TEXT)]

    def of_article(self, article_id: str) -> list[Statement]:
        return []

    def status(self) -> Mapping[str, Any]:
        return {"articles": 1, "embedding": "all-MiniLM-L6-v2 sha256:12"}

    def recover(self) -> int:
        return 0

    def keep_answer(self, answer_id: str, answer: Mapping[str, Any]) -> None:
        """Nothing is kept here."""


def parts() -> Parts:
    archive = Archive()
    return Parts(archive, archive, cast("Articles", archive), cast("Kept", archive), cast("Statements", archive))


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real app over the archive, on a free port."""
    ready = threading.Event()
    settings = Settings.load({}, data=tmp_path_factory.mktemp("index"))
    app = create_app(settings, lambda _: parts(), announce=lambda failure: ready.set())
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert ready.wait(10)
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(params=["in process", "over HTTP"])
def target(request: pytest.FixtureRequest, url: str) -> Iterator[Target]:
    with closing(InProcess(parts(), {"threads": 2}) if request.param == "in process" else OverHttp(url)) as opened:
        yield opened


def test_an_answer_comes_whole_with_its_history_counted(target: Target) -> None:
    answer = target.ask(Question("Who?", (Turn("user", "Hello"), Turn("assistant", "Yes?"))))
    assert answer.answer == "Mao Ning, after 2 turns.[1]"
    assert answer.citations == (CITED,)
    assert answer.confidence == 0.75


def test_ranked_passages_are_slices(target: Target) -> None:
    assert target.ranked("Who?", 20) == [Slice(ID, 0, len(TEXT))]


def test_a_text_is_had_by_an_id_with_odd_characters_and_a_missing_one_has_none(target: Target) -> None:
    assert target.text(ID) == TEXT
    assert target.text("gone.txt") is None


def test_the_models_are_named(target: Target) -> None:
    assert target.described()["index"]["embedding"] == "all-MiniLM-L6-v2 sha256:12"


def test_a_failure_says_what_failed(target: Target) -> None:
    with pytest.raises(TargetError, match=r"x\.sqlite"):
        target.ask(Question("Any damage?"))


@pytest.mark.parametrize(
    ("name", "kind", "model", "folder"),
    [
        ("extractive", "extractive", None, "extractive"),
        ("model", "model", None, "model"),
        ("model:ollama:llama3.2", "model", "ollama:llama3.2", "model-ollama-llama3.2"),
        ("model:openai:org/name", "model", "openai:org/name", "model-openai-org-name"),
    ],
)
def test_an_answerer_is_named_with_its_model(name: str, kind: str, model: str | None, folder: str) -> None:
    answerer = Answerer(name)
    assert (answerer.kind, answerer.model, answerer.folder) == (kind, model, folder)


@pytest.mark.parametrize("name", ["", "modell", "model:", "extractive:", "extractive:ollama:some", "ollama:some"])
def test_what_is_no_answerer_is_named(name: str) -> None:
    with pytest.raises(BadAnswererError, match=repr(name)):
        Answerer(name)


def test_a_model_that_is_not_set_cannot_be_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WHOSAID_MODEL", raising=False)
    with pytest.raises(TargetError, match="no chat model is set"):
        in_process(tmp_path, Answerer("model"))


def test_a_model_of_no_known_provider_is_named(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="nobody:some"):
        in_process(tmp_path, Answerer("model:nobody:some"))


def test_a_slash_at_the_end_of_the_address_makes_no_difference(url: str) -> None:
    with closing(OverHttp(f"{url}/")) as target:
        assert target.text(ID) == TEXT
