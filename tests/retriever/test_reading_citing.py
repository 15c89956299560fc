"""A citation tells of the article only where it is the article's own: works that it cites say nothing of it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.retriever.reading_files import article

TITLE = "Two island states agree to reopen their ports"
PROSE = "The harbour minister said on Monday that all nine ports would reopen before the end of the month."
SIGNED = f"{TITLE}\n\nBy Jun Sato\n\nPublished: November 24, 2020\n\n{PROSE}"
OWN = f"Lind, Ana. “{TITLE}.” The Harbour Review, February 7, 2023."
CITED = "Allison, Graham. “Destined for War: Can Two Powers Escape,” Foreign Policy, June 9, 2017"
BOOK = "Berg, J. A History of Ports (Norhaven: Quay Press, 2014)."

Known = tuple[str | None, str | None, date | None]
FROM_OWN = ("Ana Lind", "The Harbour Review", date(2023, 2, 7))
NOTHING = (None, None, None)


def known(text: str, name: str = "a.txt") -> Known:
    found = article(text, name)
    return found.author, found.source, found.published


@pytest.mark.parametrize("above", ["", "References\n\n", "Further reading:\n", "Notes\n\n1. As told.\n\n"])
def test_a_work_that_a_signed_and_dated_article_cites_says_nothing_of_it(above: str) -> None:
    assert known(f"{SIGNED}\n\n{above}{CITED}") == ("Jun Sato", None, date(2020, 11, 24))


@pytest.mark.parametrize("gives", ["By Jun Sato", "Published: November 24, 2020"])
def test_one_thing_known_from_elsewhere_is_not_completed_from_a_work_that_is_cited(gives: str) -> None:
    author, source, published = known(f"{PROSE}\n\n{gives}\n\nFor Academic Citation:\n{CITED}")
    assert (author, source, published) in {("Jun Sato", None, None), (None, None, date(2020, 11, 24))}


@pytest.mark.parametrize("front", ["author: Jun Sato", "published: 2020-11-24"])
def test_metadata_counts_as_known_from_elsewhere(front: str) -> None:
    author, source, published = known(f"---\n{front}\n---\n{PROSE}\n\n{CITED}", "a.md")
    assert source is None
    assert (author, published) in {("Jun Sato", None), (None, date(2020, 11, 24))}


@pytest.mark.parametrize(
    "cited",
    [
        OWN,
        OWN.replace(TITLE, TITLE.title()),
        OWN.replace(TITLE, TITLE.removesuffix(" their ports")),
        OWN.replace("“", '"').replace(".”", ',"'),
    ],
)
def test_a_citation_with_the_headline_as_its_title_goes_before_byline_and_date(cited: str) -> None:
    assert known(f"{SIGNED}\n\n{cited}") == FROM_OWN


def test_the_title_may_be_known_from_metadata_alone() -> None:
    assert known(f"---\ntitle: {TITLE}\nauthor: A. Lind\n---\n{PROSE}\n\n{OWN}", "a.md") == ("A. Lind", *FROM_OWN[1:])


def test_a_headline_that_asks_something_is_compared_too() -> None:
    asked = "Will the two island states reopen their ports this year?"
    assert known(f"{asked}\n\n{PROSE}\n\n{OWN.replace(TITLE, asked)}") == FROM_OWN


@pytest.mark.parametrize(
    "heading",
    ["References", "REFERENCES:", "Notes", "5. Bibliography", "## Works Cited", "Sources", "Notes and References"],
)
def test_even_a_work_of_the_same_title_is_not_the_article_where_it_stands_among_references(heading: str) -> None:
    assert known(f"{TITLE}\n\n{PROSE}\n\n{heading}\n\n{OWN}") == NOTHING


def test_a_label_behind_the_references_announces_the_articles_own_citation() -> None:
    assert known(f"{TITLE}\n\n{PROSE}\n\nReferences\n\n{CITED}\n\nHow to cite this article:\n{OWN}") == FROM_OWN


def test_a_section_named_like_references_above_the_headline_is_none() -> None:
    assert known(f"Notes\n\n{TITLE}\n\n{PROSE}\n\n{OWN}") == FROM_OWN


@pytest.mark.parametrize("beside", [CITED, BOOK, f"2. {BOOK}", "Graham Allison, “Destined for War,” 2017, p. 4."])
@pytest.mark.parametrize("cited", [OWN, CITED.replace("Allison", "Holm").replace("War", "Peace")])
def test_one_of_several_works_in_a_row_is_not_the_article(cited: str, beside: str) -> None:
    assert known(f"{TITLE}\n\n{PROSE}\n\n{cited}\n\n{beside}") == NOTHING
    assert known(f"{PROSE}\n\n{beside}\n\n{cited}") == NOTHING


def test_the_articles_own_citation_in_two_styles_is_still_its_own() -> None:
    other = f"Lind, A. (2023, February 7). {TITLE}. The Harbour Review."
    assert known(f"{TITLE}\n\n{PROSE}\n\nCite this article\n\n{OWN}\n\n{other}") == FROM_OWN


def test_of_two_citations_without_a_title_to_compare_none_is_taken() -> None:
    assert known(f"{PROSE}\n\n{OWN}\n\n{PROSE[:-1]}, again.\n\n1. {CITED}") == NOTHING


def test_the_only_citation_counts_where_nothing_else_is_known_and_no_title_speaks_against_it() -> None:
    assert known(f"{PROSE}\n\n{OWN}") == FROM_OWN
    assert known(f"{TITLE}\n\n{PROSE}\n\nFor Academic Citation:\n{CITED}")[0] == "Graham Allison"
    assert known(f"{TITLE}\n\n{PROSE}\n\n{CITED}") == NOTHING


def test_a_citation_with_a_day_that_does_not_exist_leaves_room_for_one_that_does() -> None:
    found = known(f"{SIGNED}\n\n{OWN.replace('February 7', 'February 31')}")
    assert found == ("Ana Lind", "The Harbour Review", date(2020, 11, 24))
