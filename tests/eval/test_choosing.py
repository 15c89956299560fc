"""Which sentence answers is learned from questions over a real index, and written as the question path reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval import choosing
from eval.cases import digest
from eval.choosing import learn
from eval.learning import LearningError
from retriever.records import Query
from service.answering import HITS, Answering
from service.evidence import FEATURES
from service.parts import Parts
from service.question.asking import understand
from service.records import Question
from service.settings import Settings
from service.weighing import read, weights_of
from service.wiring import build
from tests.harbour import written

ASKED = {
    "Who says that the pier is old?": ("2022/pier.txt", "older than the town"),
    "What will happen to the pier before winter?": ("2022/pier.txt", "must close before winter"),
    "How much would it cost to repair the pier?": ("2022/pier.txt", "40 million kroner"),
    "How long were the talks?": ("2022/pier.txt", "lasted three hours"),
    "Who asked the government for money?": ("2023/ferry.md", "for a loan of 12 million"),
    "How long can the ferry still sail?": ("2023/ferry.md", "We can sail until June"),
    "Since when has the company carried passengers?": ("2023/ferry.md", "since 1931"),
    "Who thinks that the quarrel over quotas is over?": ("2023/remarks.txt", "as closed"),
    "What does the fleet need?": ("2023/remarks.txt", "Our fleet needs certainty"),
    "Where did the boats return to?": ("boats.txt", "returned to Sandvik"),
    "Who called the storm the worst?": ("boats.txt", "worst in twenty years"),
    "From how far away is the lamp seen?": ("2023/lamp.txt", "from 18 miles"),
    "What did the paint cost?": ("2023/prank.txt", "300 kroner"),
}


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Parts]:
    """An index of the articles of tests/harbour.py, where eval finds it by its folder."""
    assert request.config.cache is not None
    folder = tmp_path_factory.mktemp("choosing")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHOSAID_CACHE", str(request.config.cache.mkdir("whosaid-model")))
        patch.setenv("WHOSAID_DATA", str(folder / "index"))
        patch.setenv("WHOSAID_THREADS", "1")
        made = build(Settings.load())
        assert {one.status for one in made.articles.ingest([written(folder / "archive")])} == {"added", "duplicate"}
        yield made


@pytest.fixture
def index(parts: Parts) -> Path:
    return Settings.load().data


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    cases = [
        {"id": f"q{n}", "kind": "what", "question": text, "answer": [["x"]], "evidence": [_evidence(*where)]}
        for n, (text, where) in enumerate(ASKED.items())
    ]
    file.write_text("".join(json.dumps(case) + "\n" for case in cases), "utf-8")
    return file


def _evidence(document: str, text: str) -> dict[str, str]:
    return {"document": document, "text": text}


def test_what_is_learned_is_read_as_weights_of_the_features(index: Path, questions: Path, tmp_path: Path) -> None:
    learned, told = learn([(questions, index)])
    file = tmp_path / "learned.json"
    file.write_text(json.dumps(learned), "utf-8")
    assert read(file, FEATURES).names == FEATURES
    assert told.startswith(f"{len(ASKED)} questions: ")
    for k in (1, 3, 16):
        assert f" among the best {k}" in told
    assert learn([(questions, index)]) == (learned, told)


def test_what_is_learned_puts_the_evidence_first(parts: Parts, index: Path, questions: Path) -> None:
    weights, answering = weights_of(learn([(questions, index)])[0]), parts.answering
    assert isinstance(answering, Answering)
    right = 0
    for text, (_, evidence) in ASKED.items():
        asked = understand(Question(text))
        found = answering.evidence.candidates(asked, parts.search.search(Query(asked.search_text, limit=HITS)))
        best = max(found, key=lambda each: weights.of(each.features))
        right += evidence in best.text
    assert right >= 0.75 * len(ASKED)


def test_evidence_by_its_place_teaches_the_same_as_by_its_words(
    parts: Parts, index: Path, questions: Path, tmp_path: Path
) -> None:
    cases = [json.loads(line) for line in questions.read_text("utf-8").splitlines()]
    for case in cases:
        (evidence,) = case["evidence"]
        start = parts.articles.article(evidence["document"]).text.index(evidence["text"])
        place = {"document": evidence["document"], "start": start, "end": start + len(evidence["text"])}
        case["evidence"] = [place]
    file = tmp_path / "placed.jsonl"
    file.write_text("".join(json.dumps(case) + "\n" for case in cases), "utf-8")
    assert learn([(file, index)]) == learn([(questions, index)])


def test_weights_are_written_only_when_asked_for_and_name_their_questions(
    index: Path, questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "choosing.json"
    monkeypatch.setattr(choosing, "CHOOSING", file)
    given = ["--set", str(questions), str(index)]
    assert choosing.main(given) == 0
    assert not file.exists()
    assert choosing.main([*given, "--write"]) == 0
    assert read(file, FEATURES).names == FEATURES
    kept = json.loads(file.read_text("utf-8"))
    assert (kept["questions"], kept["questions_sha256"]) == ([questions.name], digest([questions]))


def test_questions_of_other_articles_teach_nothing(index: Path, tmp_path: Path) -> None:
    file = tmp_path / "others.jsonl"
    other = {"id": "a", "kind": "who", "question": "Who said so?", "answer": [["x"]]}
    file.write_text(json.dumps({**other, "evidence": [_evidence("nowhere.txt", "so")]}), "utf-8")
    with pytest.raises(LearningError, match="Is this the index"):
        learn([(file, index)])


def test_what_cannot_be_learned_from_ends_with_one_and_says_why(
    questions: Path, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert choosing.main(["--set", str(questions), str(tmp_path / "nowhere")]) == 1
    assert "whosaid ingest" in capsys.readouterr().err
    held_out = questions.rename(tmp_path / "heldout.jsonl")
    assert choosing.main(["--set", str(held_out), str(index)]) == 1
    assert "held out" in capsys.readouterr().err


def test_wrong_usage_ends_with_two(index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for given in ([], ["--set", str(tmp_path / "missing.jsonl"), str(index)]):
        with pytest.raises(SystemExit) as ended:
            choosing.main(given)
        assert ended.value.code == 2
    assert "missing.jsonl" in capsys.readouterr().err
