"""Vectors and words together, over a real index: what is found, in what order, from where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from retriever.embedding import MiniLM
from retriever.records import Filters, Hit, Query
from retriever.search import SENTENCE_WEIGHT, Search
from tests.harbour import written
from tests.retriever.stores import Index, day

EVERYTHING = Filters()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, minilm: MiniLM) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("search")
    made = Index.over(folder / "index", minilm)
    made.take(written(folder / "archive"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def search(index: Index) -> Search:
    return Search(index.catalogue, index.vectors, index.sentences)


def found(search: Search, text: str, filters: Filters = EVERYTHING, *, limit: int = 20) -> list[Hit]:
    return search.search(Query(text, filters, limit))


def articles(hits: list[Hit]) -> list[str]:
    return [hit.article.id for hit in hits]


def everything(hits: list[Hit]) -> set[str]:
    return {id_ for hit in hits for id_ in (hit.article.id, *hit.copies)}


def test_exact_words_find_their_passage_first(search: Search) -> None:
    hits = found(search, "300 kroner paint")
    assert articles(hits)[0] == "2023/prank.txt"
    assert hits[0].words is not None


def test_meaning_finds_a_passage_that_shares_no_word_with_the_query(search: Search) -> None:
    (first, *_) = found(search, "borrowing money for passenger boats")
    assert first.article.id == "2023/ferry.md"
    assert found(replace(search, dense=False), "borrowing money from lenders") == []


def test_words_that_only_one_part_finds_are_found_by_both_together(search: Search) -> None:
    meant, exact = "borrowing money for passenger boats", "300 kroner paint"
    for part in (replace(search, dense=False), replace(search, words=False)):
        for text in (meant, exact):
            assert everything(found(part, text)) <= everything(found(search, text))


def test_the_nearest_sentence_of_a_passage_counts(search: Search, index: Index) -> None:
    text = "repairing the old landing stage is expensive"
    without = {hit.passage.id: hit.score for hit in found(replace(search, sentences=None), text)}
    for hit in found(search, text):
        near = index.sentences.nearest(text, [hit.passage])[hit.passage.id]
        assert hit.score == pytest.approx(without[hit.passage.id] + SENTENCE_WEIGHT * near)


def test_hits_say_why_and_scores_fall(search: Search) -> None:
    hits = found(search, "herring quotas")
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.similarity is not None and -1 <= hit.similarity <= 1.001 for hit in hits)
    assert {hit.article.id for hit in hits if hit.words is not None} == {"2023/remarks.txt"}
    assert all(hit.words is None for hit in found(replace(search, words=False), "herring quotas"))
    assert all(hit.similarity is None for hit in found(replace(search, dense=False), "herring quotas"))


def test_passages_are_exact_slices_of_the_articles_they_come_with(search: Search) -> None:
    for hit in found(search, "lamp, pier, ferry or boats"):
        assert hit.article.id == hit.passage.article_id
        assert hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_quoted_words_lift_the_passage_that_holds_them(search: Search) -> None:
    plain = "Which letter or report mentions ninety steps every evening beside the pier and the ferry?"
    quoted = "Which letter or report mentions “oil up these ninety steps every evening” beside the pier and the ferry?"
    assert articles(found(search, quoted))[0] == "2023/lamp.txt"
    assert found(search, quoted)[0].score > max(
        h.score for h in found(search, plain) if h.article.id == "2023/lamp.txt"
    )


def test_copies_are_one_hit_that_names_the_others(search: Search) -> None:
    hits = found(search, "the wooden pier of Elvebakken must close before winter")
    pair = {"2022/pier.txt", "2022/pier-again.txt"}
    assert {hits[0].article.id, *hits[0].copies} == pair
    assert not pair & {hit.article.id for hit in hits[1:]}


def test_a_filter_that_leaves_one_copy_finds_that_one(search: Search) -> None:
    for source, article in (("Harbour Daily", "2022/pier.txt"), ("Northern Wire", "2022/pier-again.txt")):
        (hit,) = found(search, "wooden pier", Filters(sources=(source,)))
        assert (hit.article.id, hit.copies) == (article, ())


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(sources=("Coast Post",)), {"2023/ferry.md", "2023/prank.txt"}),
        (Filters(since=day("2023-06-12")), {"2023/lamp.txt", "2023/prank.txt"}),
        (Filters(since=day("2023-01-01"), until=day("2023-02-03")), {"2023/ferry.md"}),
        (Filters(documents=("boats.txt",)), {"boats.txt"}),
        (Filters(documents=("boats.txt",), sources=("Coast Post",)), set()),
        (Filters(documents=("no-such.txt",)), set()),
        (Filters(sources=("Nobody’s News",)), set()),
    ],
)
def test_filters_are_exact(search: Search, filters: Filters, expected: set[str]) -> None:
    for text in ("pier ferry boats lamp paint", "What was said?", "“wooden pier of Elvebakken must close”"):
        assert set(articles(found(search, text, filters))) == expected


def test_the_limit_is_kept_and_the_order_is_the_same_every_time(search: Search) -> None:
    assert len(found(search, "pier", limit=2)) == 2
    assert articles(found(search, "pier", limit=3)) == articles(found(search, "pier"))[:3]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!…",
        "🙂",
        '"',
        "pier AND (ferry OR",
        "NEAR/3 * -pier",
        "什么码头？",
        "“”",
        "x" * 2000,
        "pier " * 400,
        "pier\x00ferry",
    ],
)
def test_no_query_breaks_the_search(search: Search, text: str) -> None:
    assert len(found(search, text, limit=5)) <= 5


def test_an_empty_archive_finds_nothing(tmp_path_factory: pytest.TempPathFactory, minilm: MiniLM) -> None:
    empty = Index.over(tmp_path_factory.mktemp("empty"), minilm)
    assert found(Search(empty.catalogue, empty.vectors), "pier") == []
    empty.close()


def test_langchain_gets_documents_with_their_places(search: Search, index: Index) -> None:
    retriever = search.as_retriever(limit=2, filters=Filters(sources=("Coast Post",)))
    documents = retriever.invoke("Who asked for a loan?")
    assert len(documents) == 2
    first = documents[0]
    assert first.metadata | {"score": 0} == {
        "document_id": "2023/ferry.md",
        "start": first.metadata["start"],
        "end": first.metadata["end"],
        "title": "Ferry company asks for a loan",
        "source": "Coast Post",
        "published": "2023-02-03",
        "score": 0,
    }
    text = index.catalogue.articles_by_id(["2023/ferry.md"])["2023/ferry.md"].text
    assert text[first.metadata["start"] : first.metadata["end"]] == first.page_content
    assert retriever.batch(["loan", "paint"])[1][0].metadata["document_id"] == "2023/prank.txt"
