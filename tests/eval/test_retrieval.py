from __future__ import annotations

import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from eval.baselines import peers
from eval.cases import Case, Evidence
from eval.metrics import Slice
from eval.retrieval import OURS, as_markdown, compare, words_of
from retriever.records import Article
from service.records import Turn

ARTICLES = [
    Article("north.txt", "\n\n".join(f"Paragraph {n}. " + "The harbour was quiet that day. " * 12 for n in range(9))),
    Article("south.txt", "   Mao Ning objected to the launch.\n\n" + "Nothing else happened. " * 80),
    Article("short.txt", "Wang Yi agreed."),
]
TEXTS = {article.id: article.text for article in ARTICLES}
CASES = [
    Case("a", "who", "Who objected?", (("Mao",),), evidence=(Evidence("south.txt", "Mao Ning objected"),)),
    Case("b", "who", "Who agreed?", (("Wang",),), evidence=(Evidence("short.txt", "Wang Yi agreed"),)),
    Case("c", "unanswerable", "Who resigned?", unanswerable=True),
]


def always(*ids: str) -> list[Slice]:
    return [Slice(name, 0, len(TEXTS[name])) for name in ids]


def test_searches_are_compared_on_the_questions_that_have_evidence() -> None:
    searches = {
        OURS: lambda words: always("south.txt", "short.txt"),
        "other": lambda words: always("north.txt", "north.txt", "short.txt"),
    }
    found = compare(CASES, searches, TEXTS)
    assert found[OURS].recall[1] == [True, False]
    assert found[OURS].reciprocal_ranks == [1.0, 0.5]
    assert found["other"].recall[5] == [False, True]
    assert found["other"].reciprocal_ranks == [0.0, pytest.approx(1 / 3)]


def test_the_report_shows_every_search_and_how_far_ours_is_from_it() -> None:
    searches = {OURS: lambda words: always("south.txt", "short.txt"), "other": lambda words: always("north.txt")}
    markdown = as_markdown("set.jsonl", compare(CASES, searches, TEXTS))
    assert "| set.jsonl (n = 2) |" in markdown
    assert "| whosaid | 0.500" in markdown
    assert "whosaid less other: recall@5 +1.000 (+1.000 to +1.000), MRR +0.750" in markdown


def test_questions_without_evidence_give_no_figures() -> None:
    markdown = as_markdown("set.jsonl", compare(CASES[2:], {OURS: lambda words: always("north.txt")}, TEXTS))
    assert "| set.jsonl (n = 0) |" in markdown
    assert "| – |" in markdown


def test_a_follow_up_is_searched_with_the_users_last_turn_before_it() -> None:
    history = (Turn("user", "Who is Mao?"), Turn("assistant", "A spokesperson."), Turn("user", "And Wang Yi?"))
    assert words_of(Case("f", "followup", "What did he say?", history=history)) == "And Wang Yi? What did he say?"
    assert words_of(CASES[0]) == "Who objected?"


def test_the_other_searches_find_exact_slices_of_the_same_articles() -> None:
    searches = peers(ARTICLES, DeterministicFakeEmbedding(size=8), depth=5)
    assert len(searches) == 4
    for name, find in searches.items():
        slices = find("Who objected to the launch ?")
        assert 1 <= len(slices) <= 5, name
        for each in slices:
            assert 0 <= each.start < each.end <= len(TEXTS[each.document_id]), name
            assert not TEXTS[each.document_id][each.start : each.end].startswith((" ", "\n")), name
    words_first = searches["LangChain BM25"]("Mao Ning objected")[0]
    assert words_first.document_id == "south.txt"
    assert TEXTS["south.txt"][words_first.start :].startswith("Mao Ning objected")
