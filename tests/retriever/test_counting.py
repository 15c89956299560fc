"""How many passages a word stands in: exact after every change, whoever makes it; and no search walks through all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from retriever.catalogue import Catalogue
from retriever.embedding import MiniLM
from retriever.records import Article, Query
from retriever.search import SCORED, Search, _telling
from retriever.splitting import passages
from tests.retriever.said import Quotes
from tests.retriever.stores import TALKS, TRADE, Index, lines


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path)
    yield made
    made.close()


def put(catalogue: Catalogue, id_: str, text: str) -> None:
    article = Article(id_, text)
    catalogue.put(article, passages(article))
    catalogue.mark_ready([id_])


def test_counts_follow_every_change(catalogue: Catalogue) -> None:
    assert catalogue.frequencies(["talks", "ban"]) == {"talks": 0, "ban": 0}
    put(catalogue, "a", "The talks went well.")
    assert catalogue.frequencies(["talks", "ban"]) == {"talks": 1, "ban": 0}
    put(catalogue, "a", "The bans remain.")
    assert catalogue.frequencies(["talks", "ban"]) == {"talks": 0, "ban": 1}
    put(catalogue, "b", "A ban on talks.")
    catalogue.remove("a")
    assert catalogue.frequencies(["talks", "ban"]) == {"talks": 1, "ban": 1}
    assert catalogue.passage_count() == 1


def test_counts_follow_changes_that_another_process_makes(catalogue: Catalogue, tmp_path: Path) -> None:
    put(catalogue, "a", "The talks went well.")
    assert catalogue.frequencies(["talks"]) == {"talks": 1}
    other = Catalogue(tmp_path)
    put(other, "b", "More talks are planned.")
    other.close()
    assert catalogue.frequencies(["talks"]) == {"talks": 2}


def test_an_article_that_waits_is_not_counted(catalogue: Catalogue) -> None:
    article = Article("a", "The talks went well.")
    catalogue.put(article, passages(article))
    assert catalogue.frequencies(["talks"]) == {"talks": 0}
    assert catalogue.passage_count() == 0


def test_common_words_are_left_out_where_scoring_them_would_take_long() -> None:
    assert _telling(["minister", "zebra"], {"minister": 40, "zebra": 2}) == ["minister", "zebra"]
    assert _telling(["minister", "zebra"], {"minister": SCORED, "zebra": 2}) == ["zebra"]
    assert _telling(["minister"], {"minister": 10 * SCORED}) == ["minister"]
    assert _telling([], {}) == []


def test_a_search_walks_through_no_table(tmp_path: Path, minilm: MiniLM) -> None:
    """However many articles there are: each of its statements begins with what is sought."""
    index = Index.over(tmp_path / "index", minilm, finder=Quotes())
    index.take(lines(tmp_path / "a.jsonl", [("talks", TALKS), ("trade", TRADE)]))
    plans: list[str] = []

    def explain(connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            planned = connection.connection.driver_connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.extend(row[3] for row in planned)

    event.listen(index.catalogue._database._engine, "before_cursor_execute", explain)
    assert Search(index.catalogue, index.vectors, index.sentences).search(Query("Who spoke of “Taiwan” in Tokyo?"))
    assert plans
    walks = [
        plan for plan in plans if re.search(r"SCAN (articles|passages|statements|sentence_vectors)|\(state=\?\)", plan)
    ]
    assert walks == []
    index.close()
