"""Questions made of an index's own sentences: the same every time, in the format of the evaluation, exactly placed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eval import templates
from eval.cases import Case, load
from retriever.catalogue import Catalogue
from retriever.reading import files, read
from retriever.records import Article
from retriever.splitting import passages, sentences

ARTICLES = Path(__file__).parents[2] / "eval" / "data" / "articles"
COPY = "copy-of-an-article.md"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """The sample articles, and a copy of one; nothing embedded."""
    made = Catalogue(tmp_path_factory.mktemp("index"))
    articles = [one for path, name in files([ARTICLES]) for one in read(path, name=name) if isinstance(one, Article)]
    for one in articles:
        made.put(one, passages(one))
    copy = Article(COPY, articles[0].text)
    made.put(copy, passages(copy), duplicate_of=articles[0].id, similarity=1.0)
    made.mark_ready([*(one.id for one in articles), COPY])
    yield made
    made.close()


def run(catalogue: Catalogue, out: Path, *options: str) -> list[Case]:
    assert templates.main([str(catalogue.folder), str(out), *options]) == 0
    return load([out])


@pytest.fixture(scope="module")
def cases(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return run(catalogue, tmp_path_factory.mktemp("questions") / "made.jsonl")


def test_the_same_index_gives_the_same_questions(catalogue: Catalogue, tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    run(catalogue, first, "--count", "12")
    run(catalogue, second, "--count", "12")
    assert first.read_bytes() == second.read_bytes()
    assert templates.made(catalogue, 12, seed=1) != templates.made(catalogue, 12, seed=2)


def test_the_evidence_of_every_question_is_a_whole_sentence_of_its_article(
    catalogue: Catalogue, cases: list[Case]
) -> None:
    for case in cases:
        (evidence,) = case.evidence
        article = catalogue.article(evidence.document)
        assert evidence.places(article.text) == [(evidence.start, evidence.end)]
        assert (evidence.start, evidence.end) in {(s.start, s.end) for s in sentences(article.text)}


def test_words_that_a_question_quotes_stand_in_its_evidence(catalogue: Catalogue, cases: list[Case]) -> None:
    quoting = [case for case in cases if case.question.startswith("Who said “")]
    assert quoting
    for case in quoting:
        (evidence,) = case.evidence
        said = " ".join(catalogue.article(evidence.document).text[evidence.start : evidence.end].split())
        assert case.question.split("“", 1)[1].removesuffix("”?") in said


def test_no_two_questions_are_of_one_article_and_none_of_a_copy(catalogue: Catalogue, cases: list[Case]) -> None:
    asked_of = [each.document for case in cases for each in case.evidence]
    assert len(asked_of) == len(set(asked_of)) > 20
    assert COPY not in asked_of
    assert len({case.id for case in cases}) == len(cases)


def test_questions_are_of_several_kinds_and_all_can_be_answered(cases: list[Case]) -> None:
    assert {case.kind for case in cases} == {"who", "when", "what"}
    assert not any(case.unanswerable for case in cases)
    assert any("said that" in case.question for case in cases)
    assert any(case.question.startswith("What did ") for case in cases)


def test_no_more_are_made_than_are_wanted(
    catalogue: Catalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "few.jsonl"
    assert len(run(catalogue, out, "--count", "3")) == 3
    assert capsys.readouterr().out == f"3 questions written to {out}\n"


def test_a_folder_without_an_index_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "made.jsonl"
    assert templates.main([str(tmp_path / "nowhere"), str(out)]) == 1
    assert f"{tmp_path / 'nowhere'} holds no index. Run whosaid ingest" in capsys.readouterr().err
    assert not out.exists()
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_cannot_be_written_is_named(
    catalogue: Catalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert templates.main([str(catalogue.folder), str(tmp_path / "no" / "made.jsonl"), "--count", "1"]) == 1
    assert "made.jsonl" in capsys.readouterr().err


@pytest.mark.parametrize("count", ["0", "-1", "many"])
def test_a_count_that_is_none_is_wrong_usage(
    catalogue: Catalogue, tmp_path: Path, count: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        templates.main([str(catalogue.folder), str(tmp_path / "made.jsonl"), "--count", count])
    assert ended.value.code == 2
    assert "--count" in capsys.readouterr().err
