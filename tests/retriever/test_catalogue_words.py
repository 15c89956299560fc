"""Exact-word search: found whatever the characters look like, broken by no text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from retriever.catalogue import Catalogue, fold, tokens
from retriever.records import Filters
from retriever.splitting import passages
from tests.retriever.stores import CAFE, TALKS, TRADE, article, day, stocked


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    made = stocked(
        tmp_path_factory.mktemp("words"),
        article("talks", TALKS, title="Foreign ministers meet", published=day("2022-01-01")),
        article("trade", TRADE, title="Seafood ban", published=day("2023-01-01")),
        article("cafe", CAFE),
        article("quotes", "He said:\u00a0‘We won’t yield’\u2014ever. The visiting minister’s re\u00adply was short."),
    )
    yield made
    made.close()


def found(catalogue: Catalogue, *terms: str, **within: Any) -> set[str]:
    """``within``: fields of Filters."""
    ids = [id_ for id_, _ in catalogue.words(terms, 9, Filters(**within))]
    return {piece.article_id for piece in catalogue.passages_by_id(ids)}


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("zurich", {"cafe"}),
        ("ZÜRICH", {"cafe"}),
        ("US", {"cafe"}),
        ("U.S.", {"cafe"}),
        ("visit", {"cafe", "quotes"}),
        ("天津", {"cafe"}),
        ("minister", {"talks", "quotes"}),
        ("ministers’", {"talks", "quotes"}),
        ("won't yield", {"quotes"}),
        ("foreign minister", {"talks"}),
        ("minister foreign", set()),
        ("reply", {"quotes"}),
        ("yield ever", {"quotes"}),
    ],
)
def test_a_term_is_found_however_it_is_written(catalogue: Catalogue, term: str, expected: set[str]) -> None:
    assert found(catalogue, term) == expected


def test_scores_are_positive_and_best_first(catalogue: Catalogue) -> None:
    scored = catalogue.words(["seafood", "Japan", "Tokyo"], 10)
    assert [score for _, score in scored] == sorted((score for _, score in scored), reverse=True)
    assert all(score > 0 for _, score in scored)
    assert catalogue.passages_by_id([scored[0][0]])[0].article_id == "trade"


def test_a_word_in_the_title_counts_by_its_weight(catalogue: Catalogue) -> None:
    light = dict(catalogue.words("ban", 5, title_weight=0.1))
    heavy = dict(catalogue.words("ban", 5, title_weight=5.0))
    assert light.keys() == heavy.keys()
    assert all(heavy[id_] > light[id_] for id_ in light)


def test_words_are_looked_for_within_the_filters_only(catalogue: Catalogue) -> None:
    assert found(catalogue, "Tokyo", "seafood") == {"talks", "trade"}
    assert found(catalogue, "Tokyo", "seafood", since=day("2022-06-01")) == {"trade"}
    assert found(catalogue, "Tokyo", documents=("trade",)) == set()


def test_a_phrase_is_unstemmed_and_in_order(catalogue: Catalogue) -> None:
    def articles(text: str) -> list[str]:
        return [piece.article_id for piece in catalogue.passages_by_id(catalogue.phrase(text, 9))]

    assert articles("Taiwan is a part of China") == ["talks"]
    assert articles("taiwan is a PART OF china,") == ["talks"]
    assert articles("Taiwan is a parts of China") == []
    assert articles("part a is Taiwan") == []
    assert articles("visited the US consulate") == ["cafe"]
    assert articles("visiting the US consulate") == []
    assert articles("we won't yield - ever") == ["quotes"]
    assert catalogue.phrase("Taiwan is a part of China", 9, Filters(documents=("trade",))) == []
    assert catalogue.phrase("", 9) == catalogue.phrase("“”", 9) == []


def test_frequencies_count_passages_stemmed(catalogue: Catalogue) -> None:
    assert catalogue.frequencies(["visits", "minister", "nowhere", "“”", "foreign ministers"]) == {
        "visits": 2,
        "minister": 2,
        "nowhere": 0,
        "“”": 0,
        "foreign ministers": 1,
    }


def test_counts_and_outlets_are_those_of_now_whoever_changed_the_archive(tmp_path: Path) -> None:
    here = stocked(tmp_path, article("talks", TALKS, source="The Pier"))
    assert (here.outlets(), here.frequencies(["islands"])) == (["The Pier"], {"islands": 1})
    there = Catalogue(tmp_path)
    late = article("late", TALKS, source="Harbour Daily")
    there.put(late, passages(late))
    assert here.outlets() == ["The Pier"]
    there.mark_ready(["late"])
    assert (here.outlets(), here.frequencies(["islands"])) == (["Harbour Daily", "The Pier"], {"islands": 2})
    there.remove("talks")
    assert (here.outlets(), here.frequencies(["islands"])) == (["Harbour Daily"], {"islands": 1})
    here.close()
    there.close()


@given(st.text(max_size=200) | st.text(alphabet='"*^:()-+{}~NEAR ORANDNOT\x00\ud800', max_size=60))
@example('"')
@example("NEAR(a b, 3) AND title:x* OR NOT ^y")
@example("word " * 2000)
@example(" ".join(f"w{n}" for n in range(2500)))
@example("'s ’s")
@example("ᾳ\u0345 ﷺ ½ ǅ \U0001f1ef\U0001f1f5")
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_search(catalogue: Catalogue, text: str) -> None:
    catalogue.words(text, 5)
    catalogue.words([text, "Tokyo"], 5, Filters(speakers=(text,), sources=(text,), documents=(text,)))
    catalogue.phrase(text, 5)
    catalogue.frequencies([text])
    catalogue.articles(text=text)
    assert fold(" ".join(tokens(text))) == fold(text)


@given(st.text(min_size=1, max_size=80))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_text_with_a_word_is_found_by_itself(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    known = tokens(text)
    if not known or not known[0].isascii():
        return  # SQLite's tables of letters are older than Python's
    catalogue = stocked(tmp_path_factory.mktemp("self"), article("a", text))
    assert catalogue.words(text, 1)
    catalogue.close()
