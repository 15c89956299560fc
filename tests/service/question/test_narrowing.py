"""What a question's words narrow its answer to: periods in plain words, everything typed, what is shown and applied."""

from __future__ import annotations

from datetime import date

import pytest

from service.question.narrowing import Narrowed, narrowed
from tests.service.question.chips import days, only, read, table

PERIODS = table("""
Who opened the pier in 2022?                                  | in 2022                        | 2022-01-01..2022-12-31
What did Moe say in August 2022 about crabs?                  | in August 2022                 | 2022-08-01..2022-08-31
what did moe say about crabs in august 2022                   | in august 2022                 | 2022-08-01..2022-08-31
In early August 2022, who complained?                         | In early August 2022           | 2022-08-01..2022-08-10
Who complained in mid-August 2022?                            | in mid-August 2022             | 2022-08-11..2022-08-20
Who complained in late February 2024?                         | in late February 2024          | 2024-02-21..2024-02-29
Who complained late in 2022?                                  | late in 2022                   | 2022-09-01..2022-12-31
Who met Vik on August 17, 2022?                               | on August 17, 2022             | 2022-08-17..2022-08-17
Who met Vik on 17 August 2022?                                | on 17 August 2022              | 2022-08-17..2022-08-17
Who met Vik on 2022-08-17?                                    | on 2022-08-17                  | 2022-08-17..2022-08-17
Who met Vik on the evening of August 17, 2022? | on the evening of August 17, 2022 | 2022-08-17..2022-08-17
Which boats sailed between March and May 2023?                | between March and May 2023     | 2023-03-01..2023-05-31
Which boats sailed between November and January 2023? | between November and January 2023 | 2022-11-01..2023-01-31
Which boats sailed from May 3 to May 6, 2023?                 | from May 3 to May 6, 2023      | 2023-05-03..2023-05-06
Which boats sailed from May 3 to 6, 2023?                     | from May 3 to 6, 2023          | 2023-05-03..2023-05-06
Which boats sailed between 2020 and 2022?                     | between 2020 and 2022          | 2020-01-01..2022-12-31
Which boats sailed in 2022 and 2023?                          | in 2022 and 2023               | 2022-01-01..2023-12-31
What has Vik said since March 2023?                           | since March 2023               | 2023-03-01..
What has Vik said from March 2023 onwards?                    | from March 2023 onwards        | 2023-03-01..
What did Vik say before 2021?                                 | before 2021                    | ..2020-12-31
What did Vik say after June 2022?                             | after June 2022                | 2022-07-01..
What did Vik say until May 2022?                              | until May 2022                 | ..2022-05-31
Who spoke during the summer of 2021?                          | during the summer of 2021      | 2021-06-01..2021-08-31
Who spoke in the winter of 2021-22?                           | in the winter of 2021-22       | 2021-12-01..2022-02-28
Who spoke in the second half of 2022?                         | in the second half of 2022     | 2022-07-01..2022-12-31
Who spoke in the first half of August 2022? | in the first half of August 2022 | 2022-08-01..2022-08-15
Who spoke in the last quarter of 2022?                        | in the last quarter of 2022    | 2022-10-01..2022-12-31
Who spoke at the end of August 2022?                          | at the end of August 2022      | 2022-08-21..2022-08-31
Who spoke in the 1990s?                                       | in the 1990s                   | 1990-01-01..1999-12-31
Who spoke in July?                                            | in July                        | 7:1-end
Who spoke in late February?                                   | in late February               | 2:21-end
Who spoke on May 27?                                          | on May 27                      | 5:27-27
Who spoke between August 3 and 5?                             | between August 3 and 5         | 8:3-5
On which day in August 2021 did Vik resign?                   | in August 2021                 | 2021-08-01..2021-08-31
On what day of August 2021 did Vik resign?                    | of August 2021                 | 2021-08-01..2021-08-31
When in 2022 did Vik resign?                                  | in 2022                        | 2022-01-01..2022-12-31
Which minister told growers in May 2022 that fees would rise? | in May 2022                    | 2022-05-01..2022-05-31
Why did Vik tell crews in 2022 that he would stay?            | in 2022                        | 2022-01-01..2022-12-31
Who was elected in 2012?                                      | in 2012                        | 2012-01-01..2012-12-31
Who was the envoy who visited the lagoon in April 2023?       | in April 2023                  | 2023-04-01..2023-04-30
Name the crews that sailed, in May 2020.                      | in May 2020                    | 2020-05-01..2020-05-31
Who said that fees would fall, in March 2023?                 | in March 2023                  | 2023-03-01..2023-03-31
What did Moe want to forbid when she spoke in May 2006?       | in May 2006                    | 2006-05-01..2006-05-31
Which pact did the town sign up to in May 2022?               | in May 2022                    | 2022-05-01..2022-05-31
What did Moe say in 2022 about the target for 2035?           | in 2022                        | 2022-01-01..2022-12-31
ferry talks moe vik, mid april 2022                           | mid april 2022                 | 2022-04-11..2022-04-20
And in 2023?                                                  | in 2023                        | 2023-01-01..2023-12-31
What about 2023?                                              | 2023                           | 2023-01-01..2023-12-31
""")

NO_PERIOD = """
What happened in the 2011 flood?
What does the 1972 fishing accord say?
Who won the Lagoon Cup 2022?
Who spoke at the 2020 regatta?
What does Order 233 of 2016 forbid?
Who led the field in 2016 election polls?
Who paid forty in 2000 dollars?
What did Vik promise to do by 2030?
What is the target for 2035?
What are the plans for 2024?
Who has plans to sail in 2024?
What will open in 2050?
Who would lead the fleet in 2030?
Where was the fleet to gather in late 2022?
When was Moe expected to retire in 2024?
In which month of 2022 did Moe say the lamp would be lit?
Who said “we sailed in 2022”?
Who said that fees had fallen in 2023?
Who claimed that fees fell in 2023?
What did Vik say had happened in 2023?
What did Vik say the crews earned in 2023?
Who asked whether crews were paid in 2021?
Was it in 2021 or 2022?
Did Moe sail in March or April 2022?
Who earned more than in 2019?
Who refused, as Vik did in 2012?
What did Moe say about the fire in 2012?
Who took over after Vik lost his seat in 2010?
Who met the envoy who left in 2022?
What did the envoy whom Moe chose in 2022 promise?
What did Vik's letter in 2022 demand?
What did the crew driving the tug until 2004 earn?
What is asked in the spring 2016 crew survey?
Name two winners from 2008 and 2012.
What did Moe claim to have mended since the gale?
What did Moe promise on the day that the pier opened, May 3, 2020?
What did Moe promise on the day it opened, May 3, 2020?
Which envoy, born in 1950, met Moe?
Who praised the pier opened in 1990?
Which crew did Moe praise for the wharf built in 1990?
How many crews were paid by May 2022?
How much had Moe pulled in by April 2016?
Who is set to speak in May?
Which was the first crew to sail since 2019?
What is the worst storm since the fire?
Who leads the harbour until 2026?
How long has it been since March 2020?
Who spoke this spring?
Who spoke last month?
Who spoke on Wednesday?
May I ask who spoke?
Who joined the march on the town hall?
What changed since then?
Has Moe changed her mind since?
"""

NOT_UNDERSTOOD = table("""
Who spoke since April?                    | since April                | names no year
Who spoke from March to May?              | from March to May          | names no year
Who spoke in the winter of 2021?          | in the winter of 2021      | name the months
Who spoke in 2016 and 2020?               | in 2016 and 2020           | ask about each alone
Who spoke on May 3 and 9, 2022?           | on May 3 and 9, 2022       | ask about each alone
Who spoke from May 2023 to March 2022?    | from May 2023 to March 2022 | ends before it begins
What has Vik said since the great gale?   | since the great gale       | “the great gale” cannot be dated
what has vik said since the gale of may   | since the gale of may      | “the gale of may” cannot be dated
""")

TYPED = table("""
from:2022-08          | 2022-08-01..
from:2022             | 2022-01-01..
since:2022-08-17      | 2022-08-17..
to:2022-09            | ..2022-09-30
to:2022               | ..2022-12-31
until:2022-09-15      | ..2022-09-15
in:2022               | 2022-01-01..2022-12-31
IN:2024-02            | 2024-02-01..2024-02-29
on:2022-08-17         | 2022-08-17..2022-08-17
""")


@pytest.mark.parametrize(("question", "words", "meant"), PERIODS)
def test_a_time_of_what_is_asked_about_narrows_to_its_days(question: str, words: str, meant: str) -> None:
    chip = only(question)
    assert (chip.kind, chip.text, days(chip), chip.applied) == ("period", words, meant, True)
    assert read(question).text == question


@pytest.mark.parametrize("question", NO_PERIOD.strip().splitlines())
def test_a_time_that_belongs_to_something_else_narrows_nothing(question: str) -> None:
    assert not read(question).chips


@pytest.mark.parametrize(("question", "words", "why"), NOT_UNDERSTOOD)
def test_a_time_without_exact_meaning_is_not_applied_and_says_so(question: str, words: str, why: str) -> None:
    chip = only(question)
    assert (chip.text, chip.applied, days(chip)) == (words, False, "..")
    assert chip.note and why in chip.note


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("What has Vik said since the ferry summit?", "2022-05-03.."),
        ("Since the ferry summit, who has spoken?", "2022-05-03.."),
        ("What has Vik said since the fire about crabs?", "2021-09-09.."),
    ],
)
def test_an_event_narrows_by_its_days_and_says_them(question: str, meant: str) -> None:
    chip = only(question)
    assert (days(chip), chip.applied) == (meant, True)
    assert chip.note and chip.note.startswith("dated ")


def dated_in(text: str, ignored: tuple[str, ...] = ()) -> tuple[Narrowed, list[str]]:
    """What a question is narrowed to, and the events that were looked up for it."""
    looked_up: list[str] = []

    def dated(event: str) -> tuple[date, date]:
        looked_up.append(event)
        return date(2022, 5, 3), date(2022, 5, 3)

    return narrowed(text, outlets=(), speakers=lambda _: None, ignored=ignored, dated=dated), looked_up


def test_an_event_is_looked_up_once_however_often_it_is_named() -> None:
    found, looked_up = dated_in("Who spoke since the fire, since the Fire, since  the fire?")
    assert looked_up == ["the fire"]
    assert all(chip.applied for chip in found.chips)


def test_of_many_events_the_first_two_are_looked_up_and_the_others_say_so() -> None:
    found, looked_up = dated_in("Who spoke " + ", ".join(f"since the visit of crew {n}" for n in range(70)) + "?")
    assert looked_up == ["the visit of crew 0", "the visit of crew 1"]
    assert [chip.applied for chip in found.chips] == [True, True, *[False] * 68]
    assert {chip.note for chip in found.chips[2:4]} == {
        f"“the visit of crew {n}” was not dated: of one question only the first 2 events are; name the day or the "
        "month."
        for n in (2, 3)
    }


def test_an_event_that_was_removed_is_not_looked_up() -> None:
    found, looked_up = dated_in("Who spoke since the fire, since the gale, since the vote?", ("since the fire",))
    assert looked_up == ["the gale", "the vote"]
    assert [chip.applied for chip in found.chips] == [False, True, True]


@pytest.mark.parametrize("lead", ["after", "before"])
def test_an_event_behind_after_and_before_is_part_of_the_question(lead: str) -> None:
    assert not read(f"Who took the call {lead} the great gale?").chips
    assert not read(f"What did Vik say {lead} the ferry summit?").chips


@pytest.mark.parametrize(("operator", "meant"), TYPED)
def test_a_typed_time_means_its_whole_span_and_leaves_the_question(operator: str, meant: str) -> None:
    understood = read(f"Who {operator} spoke?")
    (chip,) = understood.chips
    assert understood.text == "Who spoke?"
    assert (chip.text, days(chip), chip.applied, chip.typed) == (operator, meant, True, True)


def test_typed_names_are_found_in_the_archive() -> None:
    understood = read('source:"Pier Gazette" who spoke speaker:Moe?')
    assert understood.text == "who spoke?"
    assert [(chip.kind, chip.value) for chip in understood.chips] == [
        ("source", "The Pier Gazette"),
        ("speaker", "Ingrid Moe"),
    ]


@pytest.mark.parametrize(
    ("operator", "why"),
    [
        ("from:2022-13", "“2022-13” is no day, month or year; write 2022, 2022-08 or 2022-08-17."),
        ("on:2022-02-30", "“2022-02-30” is no day"),
        ("in:harbour", "“harbour” is no day"),
        ("source:Gazelle", "No outlet called “Gazelle” is in the archive"),
        ("speaker:Berg", "No speaker called “Berg” is in the archive; check the spelling"),
    ],
)
def test_what_is_typed_and_not_understood_says_why(operator: str, why: str) -> None:
    chip = only(f"who spoke {operator}")
    assert not chip.applied
    assert chip.note and why in chip.note


def test_a_beginning_behind_the_end_applies_neither() -> None:
    chips = read("from:2023 to:2022 who spoke").chips
    assert [chip.applied for chip in chips] == [False, False]
    assert all(chip.note and "“from:2023” and “to:2022” leave no day" in chip.note for chip in chips)


def test_what_was_typed_stands_against_the_words_of_the_question() -> None:
    assert [chip.applied for chip in read("in:2022 who spoke in 2021?").chips] == [True, False]


def test_operators_inside_quotation_marks_are_quoted() -> None:
    assert read("Who wrote “see from:2022 here”?") == Narrowed("Who wrote “see from:2022 here”?", ())


def test_several_filters_come_in_the_order_of_their_words() -> None:
    chips = read("According to the Pier Gazette, who spoke in May 2022?").chips
    assert [chip.text for chip in chips] == ["According to the Pier Gazette", "in May 2022"]


def test_a_removed_filter_stays_visible_and_is_not_applied() -> None:
    (chip,) = read("Who spoke in May 2022?", ignored=("In May 2022",)).chips
    assert (chip.applied, chip.note) == (False, "removed")


@pytest.mark.parametrize(
    ("question", "first", "last", "covered"),
    [
        ("Who spoke in May 2022?", date(2022, 5, 31), date(2022, 6, 2), True),
        ("Who spoke in May 2022?", date(2022, 6, 1), date(2022, 6, 2), False),
        ("Who spoke since May 2022?", date(2030, 1, 1), date(2030, 1, 1), True),
        ("Who spoke before May 2022?", date(2022, 5, 1), date(2022, 5, 1), False),
        ("Who spoke in May?", date(2019, 5, 2), date(2019, 5, 2), True),
        ("Who spoke in May?", date(2019, 6, 1), date(2020, 4, 30), False),
        ("Who spoke in late February?", date(2023, 2, 28), date(2023, 2, 28), True),
        ("Who spoke on February 29?", date(2023, 1, 1), date(2023, 12, 31), False),
        ("Who spoke on February 29?", date(2024, 1, 1), date(2024, 12, 31), True),
        ("Who left, according to Moe?", date(2024, 1, 1), date(2024, 1, 1), True),
    ],
)
def test_a_period_covers_what_it_shares_a_day_with(question: str, first: date, last: date, covered: bool) -> None:
    assert only(question).covers(first, last) is covered
