"""Times in a text: which words are one, which days they mean, and how that is known."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retriever.dating import in_words, times
from retriever.records import When

WEDNESDAY = date(2022, 11, 23)


def one(text: str, published: date | None = WEDNESDAY) -> When:
    found = times(text, published)
    assert len(found) == 1, found
    return found[0]


def days(text: str, published: date | None = WEDNESDAY) -> tuple[str, str]:
    when = one(text, published)
    return str(when.first), str(when.last)


def day(text: str, published: date | None = WEDNESDAY) -> str:
    first, last = days(text, published)
    assert first == last
    return first


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Envoys met on Wednesday.", "2022-11-23"),  # the day of publication itself
        ("Envoys met on Tuesday.", "2022-11-22"),
        ("Envoys met on Thursday.", "2022-11-17"),
        ("Envoys met last Tuesday.", "2022-11-22"),
        ("Envoys met last Wednesday.", "2022-11-16"),
        ("Envoys will meet on Thursday.", "2022-11-24"),
        ("Envoys will meet on Wednesday.", "2022-11-30"),
        ("Envoys meet next Tuesday.", "2022-11-29"),
        ("Next Wednesday envoys meet.", "2022-11-30"),
        ("Envoys meet this coming Friday.", "2022-11-25"),
        ("Talks are scheduled for Monday.", "2022-11-28"),
        ("“We will see,” the envoy said Sunday.", "2022-11-20"),
        ("The levy would hurt growers, the envoy said on Monday.", "2022-11-21"),
        ("The envoy said the two would speak on Friday.", "2022-11-25"),
        ("Growers will be told on Monday.", "2022-11-28"),
        ("On Friday, the high court will hear the growers.", "2022-11-25"),
        ("On Monday night, Vik and Lund will meet.", "2022-11-28"),
        ("On Monday, the envoy said that the two will meet.", "2022-11-21"),
        ("On Monday police arrested a man. He will be tried.", "2022-11-21"),
        ("A hearing is set for Friday.", "2022-11-25"),
        ("The report is due on Friday.", "2022-11-25"),
        ("The trial of the pilot opens on Monday.", "2022-11-28"),
        ("The owner sold the cannery on Monday last week.", "2022-11-14"),
        ("They sign on Friday of next week.", "2022-12-02"),
    ],
)
def test_a_weekday_is_the_last_one_unless_the_clause_looks_ahead(words: str, expected: str) -> None:
    assert day(words) == expected
    assert (one(words).precision, one(words).basis) == ("weekday", "publication")


@pytest.mark.parametrize("words", ["the Nov. 13 attacks on Paris", "since Sept. 11", "the 4 June crackdown"])
def test_a_day_that_names_an_event_is_of_no_year(words: str) -> None:
    assert times(words, WEDNESDAY) == []


def test_the_day_before_yesterday_is_one_time() -> None:
    assert day("It burnt the day before yesterday.") == "2022-11-21"
    assert day("They leave the day after tomorrow.") == "2022-11-25"


def test_two_weekdays_of_a_sentence_are_read_each_in_its_clause() -> None:
    found = times("The envoy said on Monday that he would return on Friday.", WEDNESDAY)
    assert [str(when.first) for when in found] == ["2022-11-21", "2022-11-25"]


@pytest.mark.parametrize(
    ("words", "published", "expected"),
    [
        ("on December 30", date(2023, 1, 2), "2022-12-30"),
        ("on January 3", date(2022, 12, 30), "2023-01-03"),
        ("on Sept. 9", WEDNESDAY, "2022-09-09"),
        ("on 9 September", WEDNESDAY, "2022-09-09"),
        ("on the 9th of September", WEDNESDAY, "2022-09-09"),
        ("on February 29", WEDNESDAY, "2020-02-29"),  # there was none since
        ("on February 9", date(2016, 9, 27), "2016-02-09"),
        ("on October 23", date(2016, 5, 27), "2016-10-23"),
        ("on Monday, June 5", WEDNESDAY, "2023-06-05"),
        ("on Tuesday (November 24)", WEDNESDAY, "2020-11-24"),  # not in 2022: that was a Thursday
        ("on Tuesday, November 22", WEDNESDAY, "2022-11-22"),
        ("on November 24 last year", WEDNESDAY, "2021-11-24"),
    ],
)
def test_a_day_without_a_year_is_the_nearest_one_that_fits(words: str, published: date, expected: str) -> None:
    assert day(words, published) == expected
    assert one(words, published).basis == "publication"


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("on February 2, 2023", "2023-02-02", "2023-02-02"),
        ("on February 2,2023", "2023-02-02", "2023-02-02"),
        ("on Feb.\u00a02, 2023", "2023-02-02", "2023-02-02"),
        ("on 2 February 2023", "2023-02-02", "2023-02-02"),
        ("on Thursday, 2 February 2023", "2023-02-02", "2023-02-02"),
        ("on 2023-02-02", "2023-02-02", "2023-02-02"),
        ("on March 3–5, 2021", "2021-03-03", "2021-03-05"),
        ("between 3 and 5 March 2021", "2021-03-03", "2021-03-05"),
        ("from November 28 to December 2, 2019", "2019-11-28", "2019-12-02"),
        ("from 30 December to 2 January 2020", "2019-12-30", "2020-01-02"),
        ("on December 31st of 2020", "2020-12-31", "2020-12-31"),
        ("in March of 2021", "2021-03-01", "2021-03-31"),
        ("in March 2021", "2021-03-01", "2021-03-31"),
        ("in early March 2021", "2021-03-01", "2021-03-10"),
        ("in mid-March 2021", "2021-03-11", "2021-03-20"),
        ("at the end of February 2020", "2020-02-21", "2020-02-29"),
        ("in 2021", "2021-01-01", "2021-12-31"),
        ("from 2015 to 2017", "2015-01-01", "2017-12-31"),
    ],
)
@pytest.mark.parametrize("published", [WEDNESDAY, None])
def test_what_is_written_with_its_year_needs_no_publication_date(
    words: str, first: str, last: str, published: date | None
) -> None:
    assert days(words, published) == (first, last)
    assert one(words, published).basis == "text"


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("in September", "2022-09-01", "2022-09-30"),
        ("in March", "2022-03-01", "2022-03-31"),
        ("in late December", "2022-12-21", "2022-12-31"),
        ("The end of January", "2023-01-21", "2023-01-31"),
        ("since April", "2022-04-01", "2022-04-30"),
        ("since December", "2021-12-01", "2021-12-31"),
        ("last November", "2021-11-01", "2021-11-30"),
        ("last December", "2021-12-01", "2021-12-31"),
        ("next November", "2023-11-01", "2023-11-30"),
        ("this March", "2022-03-01", "2022-03-31"),
        ("since April of last year", "2021-04-01", "2021-04-30"),
        ("in April this year", "2022-04-01", "2022-04-30"),
        ("last week", "2022-11-14", "2022-11-20"),
        ("two weeks ago", "2022-11-07", "2022-11-13"),
        ("next month", "2022-12-01", "2022-12-31"),
        ("11 months ago", "2021-12-01", "2021-12-31"),
        ("last year", "2021-01-01", "2021-12-31"),
        ("five years ago", "2017-01-01", "2017-12-31"),
        ("three days ago", "2022-11-20", "2022-11-20"),
        ("Yesterday", "2022-11-22", "2022-11-22"),
        ("last night", "2022-11-22", "2022-11-22"),
        ("this morning", "2022-11-23", "2022-11-23"),
        ("tomorrow", "2022-11-24", "2022-11-24"),
    ],
)
def test_months_and_periods_are_counted_from_publication(words: str, first: str, last: str) -> None:
    assert days(words) == (first, last)
    assert one(words).basis == "publication"


@pytest.mark.parametrize(
    "words", ["Wednesday", "February 2", "in late March", "last week", "two weeks ago", "yesterday"]
)
def test_without_a_publication_date_words_stay_words(words: str) -> None:
    when = one(f"They met {words}.", None)
    assert (when.first, when.last, when.basis) == (None, None, "none")
    assert in_words(when) in f"They met {words}."


@pytest.mark.parametrize(
    "text",
    [
        "May I come in? March on, said the mayor.",
        "The talks of Feb. 30 never took place, nor did those of 31 November 2021.",
        "The file is stamped 2021-13-04.",
        "The 2020 Olympics were held in 2021 hours.",
        "A force of 2000 soldiers and by 2020 percent more.",
        "Jan Egeland and June Teufel Dreyer stayed at Mar-a-Lago.",
        "The Good Friday Agreement holds.",
        "He spoke for 20 minutes about Article 9 and 12.5 percent.",
        "On Mondays the Sun shines.",
    ],
)
@pytest.mark.parametrize("published", [WEDNESDAY, None])
def test_no_date_is_made_of_words_that_are_none(text: str, published: date | None) -> None:
    assert times(text, published) == []


def test_may_and_march_are_months_behind_a_preposition() -> None:
    assert days("In May growers rested.", date(2022, 6, 1)) == ("2022-05-01", "2022-05-31")
    assert days("Since March growers have rested.", date(2022, 6, 1)) == ("2022-03-01", "2022-03-31")


def test_a_number_of_people_is_not_a_day() -> None:
    assert days("In March 2021 10,000 growers marched.") == ("2021-03-01", "2021-03-31")
    assert one("In September 10,000 growers marched.").precision == "month"


def test_only_the_part_asked_for_is_read_and_offsets_count_into_the_whole() -> None:
    text = "On Monday 🙂 they met. On Tuesday they left."
    (when,) = times(text, WEDNESDAY, start=text.index("On Tuesday"))
    assert text[when.start : when.end] == when.text == "Tuesday"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("on Dec. 2", "December 2, 2022"),
        ("on March 3-5, 2021", "March 3–5, 2021"),
        ("from November 28 to December 2, 2019", "November 28, 2019 to December 2, 2019"),
        ("in late December 2022", "late December 2022"),
        ("in mid-June 2021", "mid-June 2021"),
        ("at the start of June 2021", "early June 2021"),
        ("in June 2021", "June 2021"),
        ("in 2021", "2021"),
        ("from 2015 to 2017", "2015–2017"),
        ("last week", "November 14–20, 2022"),
    ],
)
def test_an_answer_writes_a_time_the_same_way_whatever_the_source_wrote(text: str, words: str) -> None:
    assert in_words(one(text)) == words


_WORDS = st.sampled_from(
    """Monday Tuesday, last next will said on in since early late mid- the end of January Feb. March May 2 3rd 29 30 31
    12 2020, 2024-02-29 to – and ago two weeks year ( ) . “ ” 10,000 today 🙂 Sept 1999 this coming""".split()
)


@given(
    st.lists(_WORDS, max_size=14),
    st.sampled_from([" ", "\u00a0", "\n"]),
    st.none() | st.dates(date(1600, 1, 1), date(2200, 12, 31)),
)
@example(["Feb.", "29"], " ", date(1900, 3, 1))
def test_every_time_is_an_exact_slice_and_a_range_in_order(
    words: list[str], space: str, published: date | None
) -> None:
    text = space.join(words)
    found = times(text, published)
    assert [text[when.start : when.end] for when in found] == [when.text for when in found]
    assert all(left.end <= right.start for left, right in pairwise(found))
    for when in found:
        assert (when.first is None) == (when.last is None) == (when.basis == "none")
        assert when.first is None or when.last is None or when.first <= when.last
        assert in_words(when)
