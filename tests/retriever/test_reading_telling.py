"""What the text says of itself: title, author, outlet and date, with the words that say it, and never a guess."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.reading.days import day
from tests.retriever.reading_files import article

PROSE = "The harbour minister said on Monday that all nine ports would reopen before the end of the month."
TITLE = "Two island states agree to reopen their ports"


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Updated: Nov 24, 2020, 11:51 PM IST", date(2020, 11, 24)),
        ("Norhaven, EstlandUpdated: Nov 24, 2020, 11:51 PM IST", date(2020, 11, 24)),
        ("Published on 24 November 2020", date(2020, 11, 24)),
        ("Last updated: Tuesday, November 24th, 2020", date(2020, 11, 24)),
        ("First published 2020-11-24", date(2020, 11, 24)),
        ("November 24, 2020", date(2020, 11, 24)),
        ("Tuesday, 24 November 2020", date(2020, 11, 24)),
        ("NORHAVEN, Nov. 24, 2020 (AP) — The ports are to reopen, the minister said.", date(2020, 11, 24)),
        ("NORHAVEN, Nov. 24 (AP) — The ports are to reopen, the minister said.", None),
        ("The talks began on November 24, 2020, in the old town hall of Norhaven.", None),
        ("Updated: Friday", None),
        ("Published in November 2020", None),
        ("Updated 2 hours ago", None),
    ],
)
def test_the_day_of_publication_is_taken_only_from_a_line_that_gives_it_in_full(
    line: str, published: date | None
) -> None:
    found = article(f"{TITLE}\n\n{line}\n\n{PROSE}")
    assert found.published == published
    assert ("published" in found.known) == (published is not None)


def test_how_a_date_is_known_quotes_the_line_that_gives_it() -> None:
    found = article(f"{TITLE}\n\nUpdated: Nov 24, 2020, 11:51 PM IST\n\n{PROSE}")
    assert found.known["published"] == "the text: “Updated: Nov 24, 2020”"


def test_the_day_of_publication_goes_before_the_day_of_the_update() -> None:
    found = article(f"{TITLE}\n\nUpdated: Nov 26, 2020\n\nPublished: Nov 24, 2020\n\n{PROSE}")
    assert found.published == date(2020, 11, 24)


def test_an_academic_citation_line_names_author_outlet_and_date() -> None:
    citation = "Lind, Ana.“Two Island States Agree to Reopen.” The Harbour Review, February 7, 2023."
    found = article(f"Analysis & Opinions - The Harbour Review\n{TITLE}\n{PROSE}\nFor Academic Citation:\n{citation}")
    assert (found.author, found.source, found.published) == ("Ana Lind", "The Harbour Review", date(2023, 2, 7))
    assert found.title == TITLE
    assert citation in found.text
    assert found.known["author"] == f"the text: “{citation}”"


def test_a_label_above_the_title_names_the_outlet() -> None:
    found = article(f"Commentary - The Harbour Review\n\n{TITLE}\n\n{PROSE}")
    assert (found.source, found.title) == ("The Harbour Review", TITLE)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ana Lind", "Ana Lind"),
        ("BY ANA LIND", "ANA LIND"),
        ("By Ana Lind and Jo van Berg | Harbour Post", "Ana Lind and Jo van Berg"),
        ("By Ana Lind, political editor", "Ana Lind"),
        ("Written by Jean-Luc O’Hara", "Jean-Luc O’Hara"),
        ("HARBOUR Web Team", "HARBOUR Web Team"),
        ("By the end of the month", None),
        ("By Monday all nine ports had reopened, and the ferries were full again.", None),
        ("Ana Lind", None),
    ],
)
def test_the_author_is_taken_from_a_byline_and_from_nothing_less(line: str, author: str | None) -> None:
    assert article(f"{TITLE}\n\n{line}\n\n{PROSE}").author == author


def test_the_reporter_named_at_the_end_is_the_author() -> None:
    found = article(f"{TITLE}\n\n{PROSE}\n\n(Reporting by Ana Lind in Norhaven; Editing by Jo Berg)")
    assert found.author == "Ana Lind"


def test_the_agency_of_the_dateline_is_the_outlet() -> None:
    assert article(f"{TITLE}\n\nNORHAVEN (Reuters) - {PROSE}").source == "Reuters"


@pytest.mark.parametrize("above", ["", "International\n\n", "Commentary - The Harbour Review\n", "Share:\n"])
def test_the_title_is_the_first_headline_whatever_labels_stand_above_it(above: str) -> None:
    found = article(f"{above}{TITLE}\n\n{PROSE}")
    assert (found.title, found.known["title"]) == (TITLE, "the text: its first headline")


@pytest.mark.parametrize(
    "first", [PROSE, "MR VEY: Good morning, everybody, and thank you.", "Office of the Spokesperson"]
)
def test_a_text_without_a_headline_has_no_title(first: str) -> None:
    assert article(f"{first}\n\n{PROSE[:-1]}, again.").title is None


def test_metadata_goes_before_what_the_text_says() -> None:
    found = article(
        f"---\nauthor: Jo Berg\npublished: 2021-01-02\n---\nBy Ana Lind\n\nUpdated: Nov 24, 2020\n\n{PROSE}", "a.md"
    )
    assert (found.author, found.published) == ("Jo Berg", date(2021, 1, 2))
    assert found.known["published"] == "front matter"


def test_a_date_in_metadata_that_is_no_full_date_leaves_room_for_the_text() -> None:
    found = article(f"---\npublished: last Friday\n---\nUpdated: Nov 24, 2020\n\n{PROSE}", "a.md")
    assert found.published == date(2020, 11, 24)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2021-03-02T23:00:00+09:00", date(2021, 3, 2)),
        ("20210302", date(2021, 3, 2)),
        ("Mon, 23 Nov 2020 10:00:00 GMT", date(2020, 11, 23)),
        ("Sept. 26, 2016", date(2016, 9, 26)),
        ("24/11/2020", date(2020, 11, 24)),
        ("11/24/2020", date(2020, 11, 24)),
        ("03/03/2021", date(2021, 3, 3)),
        ("03/02/2021", None),  # two days could be meant
        ("2021-02-30", None),
        ("Nov 24", None),
        ("November 2020", None),
        ("2016", None),
        ("Friday", None),
        ("yesterday", None),
        ("5 days ago", None),
        ("0001-01-01", None),
        ("", None),
    ],
)
def test_only_a_day_written_in_full_is_a_day(words: str, expected: date | None) -> None:
    assert day(words) == expected
