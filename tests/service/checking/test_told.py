"""A number is known again in other words, and another number is not."""

from __future__ import annotations

import pytest

from retriever.records import Article
from retriever.speaking import Speaking
from service.checking.told import is_dated, numbers_unknown
from tests.service.checking.written import certain, source

_ARTICLE = Article(
    "harbour.txt",
    "The harbour grew by 33 per cent and will take up to 2 million crates, 20% of them fish. Nine of ten boats and 90 "
    "percent of the crews voted in the 2016 election. The strike lasted a year, and the port doubled its fees for men "
    "in their 60s. It opened in 1950, closed in 1989, and employs 70 to 80 people; six of half a million crates sank.",
)


def unknown(speaking: Speaking, sentence: str) -> list[str]:
    return list(numbers_unknown(certain(speaking).examined(sentence, [source(_ARTICLE)])))


@pytest.mark.parametrize(
    "sentence",
    [
        "The harbour grew by about a third.",
        "A fifth of them are fish.",
        "It takes two million crates.",
        "Nine crews out of ten voted.",
        "The strike lasted twelve months.",
        "Fees are two times what they were for men in their sixties.",
        "It was open for thirty-nine years.",
        "Between seventy and eighty people work there.",
        "Half a dozen of 500,000 crates sank.",
    ],
)
def test_a_number_in_other_words_is_known(speaking: Speaking, sentence: str) -> None:
    assert unknown(speaking, sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The harbour grew by a quarter.",
        "It takes three million crates.",
        "Seven crews out of ten voted.",
        "The strike lasted fourteen months.",
        "Fees are three times what they were.",
        "It was open for thirty-one years.",
    ],
)
def test_another_number_is_not(speaking: Speaking, sentence: str) -> None:
    assert unknown(speaking, sentence)


def test_a_year_that_stands_in_the_source_without_being_a_time_there_is_told(speaking: Speaking) -> None:
    seen = certain(speaking).examined("The crews voted in 2016.", [source(_ARTICLE)])
    assert all(is_dated(seen, when) for when in seen.days)
    seen = certain(speaking).examined("The crews voted in 2017.", [source(_ARTICLE)])
    assert not any(is_dated(seen, when) for when in seen.days)
