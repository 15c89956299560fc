"""Statements kept beside their articles: whose they are, what is found of them, and that none is left out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from retriever.catalogue import Catalogue, StatementChoice
from retriever.errors import ArticleNotFound, CursorUnusable
from retriever.records import Statement
from retriever.splitting import passages
from tests.retriever.said import on, statement
from tests.retriever.stores import article, day, stocked

TEXT = (
    "The islands are ours. Taiwan is a part of China. Talks were held in Tianjin. The ban will stay. "
    "Fish exports are falling. Nobody visited the consulate. They plan another round."
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """Two dated articles of two outlets, and one without a date."""
    wire = article("wire", TEXT, title="Talks", source="Harbour Wire", published=day("2022-08-18"))
    post = article("post", TEXT, source="Coast Post", published=day("2021-03-01"))
    undated = article("undated", TEXT)
    made = stocked(tmp_path, wire, post, undated)
    made.statements.put(
        "wire",
        [
            statement(wire, "Talks were held in Tianjin", "Wang Yi", said_on=on("2022-08-10", "2022-08-20")),
            statement(wire, "The islands are ours", "Yoshimasa Hayashi", role="Foreign Minister"),
            statement(wire, "Taiwan is a part of China", "Wang Wenbin", said_on=on(None)),
            statement(wire, "They plan another round", "Wang Yi", speech=False),
        ],
        "1",
    )
    post_statements = [
        statement(post, "The ban will stay", "HAYASHI Yoshimasa", role="foreign minister", speaker_text="Hayashi"),
        statement(post, "Nobody visited the consulate", "a senior U.S. official"),
        statement(post, "Fish exports are falling", "Motegi Toshimitsu and Wang Yi", speaker_text="they"),
    ]
    made.statements.put("post", post_statements, "1")
    made.statements.put("undated", [statement(undated, "Talks were held in Tianjin", "Hayashi Setsuko")], "1")
    return made


def found(catalogue: Catalogue, **chosen: Any) -> list[tuple[str, str]]:
    """(article, words) in the order of the page, of a StatementChoice."""
    page = catalogue.statements.find(StatementChoice(**chosen))
    return [(entry.statement.article_id, entry.statement.content) for entry in page.entries]


def speakers(catalogue: Catalogue, **chosen: Any) -> set[str | None]:
    return {entry.statement.speaker for entry in catalogue.statements.find(StatementChoice(**chosen)).entries}


def test_a_statement_comes_back_as_it_was_put(tmp_path: Path) -> None:
    one = article("a", TEXT)
    catalogue = stocked(tmp_path, one)
    whole = statement(
        one,
        "The islands are ours",
        "Wang Yi",
        speaker_text="China’s foreign minister Wang Yi",
        role="China’s foreign minister",
        addressee="Yoshimasa Hayashi",
        said_on=on("2022-08-10", "2022-08-20"),
        via=("AFP", "an unnamed official"),
        slices=((0, 11), (12, 20)),
    )
    bare = statement(one, "The ban will stay", None, said_on=on(None), speech=False)
    catalogue.statements.put("a", [bare, whole], "1")
    assert catalogue.statements.of_article("a") == [whole, bare]
    assert catalogue.statements.by_ids([bare.id, "nowhere", whole.id, bare.id]) == [bare, whole]
    assert catalogue.statements.of_article("nowhere") == []
    with pytest.raises(ArticleNotFound, match="nowhere"):
        catalogue.statements.put("nowhere", [], "1")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Yoshimasa Hayashi", {"Yoshimasa Hayashi", "HAYASHI Yoshimasa"}),
        ("hayashi yoshimasa", {"Yoshimasa Hayashi", "HAYASHI Yoshimasa"}),
        ("Foreign Minister Hayashi’s", {"Yoshimasa Hayashi", "HAYASHI Yoshimasa", "Hayashi Setsuko"}),
        ("Setsuko Hayashi", {"Hayashi Setsuko"}),
        ("Wang", {"Wang Yi", "Wang Wenbin", "Motegi Toshimitsu and Wang Yi"}),
        ("Wang Wenbin", {"Wang Wenbin"}),
        ("Yi Wang", {"Wang Yi", "Motegi Toshimitsu and Wang Yi"}),
        ("Wang Toshimitsu", set()),
        ("Wan", set()),
        ("Hayashi Wang", set()),
        ("the senior US official", {"a senior U.S. official"}),
        ("official", {"a senior U.S. official"}),
        ("office", set()),
        ("…", set()),
        ("", set()),
    ],
)
def test_a_speaker_is_found_by_whole_words_of_the_name_in_any_order(
    catalogue: Catalogue, asked: str, expected: set[str]
) -> None:
    assert speakers(catalogue, speaker=asked) == expected


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("taiwan", ["Taiwan is a part of China"]),
        ("parts CHINA’S", ["Taiwan is a part of China"]),
        ("Taiwan islands", []),
        ("“a part of China”", ["Taiwan is a part of China"]),
        ('"a part of China" Taiwan', ["Taiwan is a part of China"]),
        ('"parts of China"', []),
        ('"China part"', []),
        ('"art of China"', []),
        ("visits", ["Nobody visited the consulate"]),
        ("“”", []),
    ],
)
def test_all_words_must_stand_in_what_was_said_and_quoted_ones_as_they_are(
    catalogue: Catalogue, about: str, expected: list[str]
) -> None:
    assert [words for _, words in found(catalogue, about=about)] == expected


def test_the_list_is_in_the_order_of_days_and_what_has_none_comes_last(catalogue: Catalogue) -> None:
    assert found(catalogue) == [
        ("post", "The ban will stay"),
        ("post", "Fish exports are falling"),
        ("post", "Nobody visited the consulate"),
        ("wire", "Talks were held in Tianjin"),
        ("wire", "The islands are ours"),
        ("wire", "Taiwan is a part of China"),
        ("undated", "Talks were held in Tianjin"),
    ]
    entry = catalogue.statements.find(StatementChoice(speaker="Setsuko")).entries[0]
    assert (entry.title, entry.source, entry.published) == (None, None, None)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2022-08-19", None, {"Wang Yi"}),  # the talks may have been on the 19th
        ("2022-08-18", None, {"Wang Yi", "Yoshimasa Hayashi", "Wang Wenbin"}),
        ("2022-08-21", None, set()),
        (None, "2021-02-28", set()),
        ("2022-08-01", "2022-08-10", {"Wang Yi"}),
    ],
)
def test_days_are_those_on_which_it_was_said_else_those_of_publication(
    catalogue: Catalogue, since: str | None, until: str | None, expected: set[str]
) -> None:
    assert speakers(catalogue, since=since and day(since), until=until and day(until)) == expected


def test_outlet_articles_and_beliefs_are_chosen(catalogue: Catalogue) -> None:
    assert {id_ for id_, _ in found(catalogue, source="HARBOUR wire")} == {"wire"}
    assert found(catalogue, source="Harbour") == []
    assert {id_ for id_, _ in found(catalogue, documents=("post", "undated"))} == {"post", "undated"}
    assert found(catalogue, speaker="Wang Yi", about="plan", include_beliefs=True) == [
        ("wire", "They plan another round")
    ]
    assert found(catalogue, about="plan") == []


def test_pages_together_hold_everything_once_even_when_articles_come_and_go_meanwhile(catalogue: Catalogue) -> None:
    every = found(catalogue, limit=None)
    gone: list[tuple[str, str]] = []
    cursor = None
    for number in range(len(every)):
        page = catalogue.statements.find(StatementChoice(limit=1, cursor=cursor))
        gone += [(entry.statement.article_id, entry.statement.content) for entry in page.entries]
        cursor = page.cursor
        if number == 3:
            early = article("early", TEXT, published=day("2020-01-01"))
            catalogue.put(early, passages(early))
            catalogue.statements.put("early", [statement(early, "The ban will stay", "X")], "1")
            catalogue.mark_ready(["early"])
            catalogue.remove("post")
    assert gone == every
    assert cursor is None
    assert page.total == len(every) - 3 + 1


@pytest.mark.parametrize("cursor", ["", "x", "é", "bm9uc2Vuc2U", "W10", "WzEsMiwzLDRd", "\ud800"])
def test_a_cursor_that_was_not_given_is_named(catalogue: Catalogue, cursor: str) -> None:
    with pytest.raises(CursorUnusable, match="not one that was given"):
        catalogue.statements.find(StatementChoice(cursor=cursor))


def test_a_cursor_of_another_choice_is_refused(catalogue: Catalogue) -> None:
    cursor = catalogue.statements.find(StatementChoice(limit=1)).cursor
    with pytest.raises(CursorUnusable, match="another choice"):
        catalogue.statements.find(StatementChoice(speaker="Wang", cursor=cursor))
    assert catalogue.statements.find(StatementChoice(limit=3, cursor=cursor)).entries


def test_readers_see_the_statements_of_ready_versions_only(catalogue: Catalogue) -> None:
    new = article("wire", TEXT, published=day("2022-08-19"))
    catalogue.put(new, passages(new))
    catalogue.statements.put("wire", [statement(new, "The ban will stay", "Nora Lind")], "1")
    assert len(catalogue.statements.of_article("wire")) == 4
    assert speakers(catalogue, speaker="Lind") == set()
    assert "Nora Lind" not in {person.name for person in catalogue.statements.speakers()}
    catalogue.mark_ready(["wire"])
    assert [one.speaker for one in catalogue.statements.of_article("wire")] == ["Nora Lind"]
    assert catalogue.standing().statements == 5


def test_articles_that_this_version_of_the_finder_has_not_seen_are_lacking(catalogue: Catalogue) -> None:
    assert catalogue.statements.lacking("1") == []
    new = article("post", TEXT)
    catalogue.put(new, passages(new))
    assert catalogue.statements.lacking("1") == ["post"]
    catalogue.statements.put("post", [], "1")
    assert catalogue.statements.lacking("1") == []
    assert catalogue.statements.lacking("2") == ["wire", "post", "undated"]
    catalogue.statements.put("wire", [], "2")
    assert catalogue.statements.versions() == {"1": 2, "2": 1}


def test_what_is_removed_leaves_no_words_behind(catalogue: Catalogue) -> None:
    for id_ in ("wire", "post", "undated"):
        catalogue.remove(id_)
    with closing(sqlite3.connect(catalogue.folder / "catalogue.sqlite")) as file:
        for table in ("statements", "statement_words", "finders"):
            assert file.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_people_are_one_under_either_order_of_their_name_and_never_by_surname_alone(catalogue: Catalogue) -> None:
    people = {person.name: person for person in catalogue.statements.speakers()}
    assert set(people) == {
        "HAYASHI Yoshimasa", "Hayashi Setsuko", "Wang Yi", "Wang Wenbin", "Motegi Toshimitsu", "a senior U.S. official",
    }  # fmt: skip
    hayashi = people["HAYASHI Yoshimasa"]
    assert hayashi.names == ("HAYASHI Yoshimasa", "Yoshimasa Hayashi", "Hayashi")
    assert [(role.role.lower(), role.first, role.last, role.statements) for role in hayashi.roles] == [
        ("foreign minister", day("2021-03-01"), day("2022-08-18"), 2)
    ]
    assert (hayashi.statements, hayashi.first, hayashi.last) == (2, day("2021-03-01"), day("2022-08-18"))
    assert (people["Wang Yi"].statements, people["Hayashi Setsuko"].first) == (2, None)
    assert [person.name for person in people.values() if not person.named] == ["a senior U.S. official"]


@given(st.text(max_size=60) | st.text(alphabet='"“”*^:()-+{}~NEAR ORANDNOT\x00\ud800', max_size=40))
@example('"')
@example("word " * 2000)
@example("“NEAR(a b)” AND content:x*")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_list(catalogue: Catalogue, text: str) -> None:
    catalogue.statements.find(StatementChoice(speaker=text, source=text))
    catalogue.statements.find(StatementChoice(about=text, documents=(text,)))
    catalogue.statements.by_ids([text])


def test_a_list_of_any_length_is_looked_up(catalogue: Catalogue) -> None:
    known: list[Statement] = catalogue.statements.of_article("wire")
    assert catalogue.statements.by_ids([f"x{n}" for n in range(40_000)] + [known[0].id]) == [known[0]]
