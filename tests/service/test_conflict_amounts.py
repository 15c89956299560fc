"""Amounts as texts write them."""

from __future__ import annotations

from service.conflicts.amounts import alike, amounts, lengths


def test_amounts_are_numbers_of_what_is_counted() -> None:
    assert [each.number for each in amounts("Five of the nine ferries carried 1,200 people and $2.5 million.")] == [
        5,
        1200,
        2_500_000,
    ]
    assert amounts("twenty-three boats")[0].counted == {"boat"}


def test_lengths_are_minutes_however_they_are_written() -> None:
    written = "seven-hour, an hour and a half, half an hour, two and a half hours, 50 minutes"
    assert [each.number for each in lengths(written)] == [420, 90, 30, 150, 50]


def test_a_rounded_amount_is_like_an_exact_one() -> None:
    rounded, exact = lengths("nearly an hour")[0], lengths("50 minutes")[0]

    assert alike(rounded, exact)
    assert not alike(lengths("an hour")[0], exact)


def test_a_range_is_no_number_that_another_could_contradict() -> None:
    assert amounts("20-25 workers, 20–25 workers, between five and nine workers, two to three workers") == []
    assert lengths("two to three hours, 20-25 minutes") == []
    assert [each.number for each in amounts("twenty-three boats and 12 ferries")] == [23, 12]
