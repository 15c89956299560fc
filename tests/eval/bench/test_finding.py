"""Evidence among the slices that another library gives back, wherever it has cut them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.bench.finding import characters, recall
from eval.cases import Case, Evidence

TEXT = "Ada Bren met Milan Corvic.\n\nShe told him that the harbour stays closed. He agreed."
EVIDENCE = "the harbour stays closed"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    values = {"id": "a", "title": "A harbour", "text": TEXT}
    (tmp_path / "articles.jsonl").write_text(json.dumps(values) + "\n", encoding="utf-8")
    return tmp_path


def case() -> Case:
    return Case("q", "what", "What stays closed?", (("harbour",),), evidence=(Evidence("a", EVIDENCE),))


@pytest.mark.parametrize(
    ("slice_", "holds"),
    [
        ("She told him that the harbour", True),
        ("stays closed. He agreed.", True),
        ("A harbour\n\nAda Bren met Milan Corvic.", False),
        ("Ada Bren met Milan Corvic. She told him that the", True),  # blanks that a library has joined
        ("words of no article", False),
    ],
)
def test_a_slice_holds_evidence_that_it_has_a_character_of(articles: Path, slice_: str, holds: bool) -> None:
    assert recall([case()], [[("a", slice_)]], articles)["1"] == [holds]


def test_the_same_words_in_another_article_are_no_evidence(articles: Path) -> None:
    assert recall([case()], [[("b", TEXT)]], articles)["10"] == [False]


def test_recall_is_counted_by_ranks(articles: Path) -> None:
    ranked = [("b", "other")] * 5 + [("a", EVIDENCE)]
    assert recall([case()], [ranked], articles) == {"1": [False], "5": [False], "10": [True]}


def test_a_slice_has_a_length() -> None:
    assert characters([[("a", "four"), ("a", "eightsix")], [("b", "six six")]]) == pytest.approx(19 / 3)
    assert characters([]) == 0
