"""An office of a country is given to nobody whom the article makes somebody of another country."""

from __future__ import annotations

import pytest

from retriever.records import Article
from service.checking.postings import misplaced
from tests.service.checking.written import source

_ARTICLE = Article(
    "call.txt",
    "Chinese Foreign Minister Tan Wei called his Japanese counterpart on Monday. Prime Minister Mori Kenta of Japan, "
    "who was in Osaka, did not join. Erik Dahl said nothing.",
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Japan’s Foreign Minister Tan Wei called on Monday.",
        "Japanese Foreign Minister Tan Wei called on Monday.",
        "Tan Wei, Japan’s foreign minister, called on Monday.",
        "Tan Wei, the foreign minister of Japan, called on Monday.",
    ],
)
def test_an_office_of_another_country_is_misplaced(sentence: str) -> None:
    assert list(misplaced(sentence, [source(_ARTICLE)])) == ["Tan Wei"]


@pytest.mark.parametrize(
    "sentence",
    [
        "China’s Foreign Minister Tan Wei called on Monday.",
        "Tan Wei, China’s foreign minister, called on Monday.",
        "Japanese Prime Minister Mori Kenta did not join.",
        "The Norwegian envoy Erik Dahl said nothing.",
        "Foreign Minister Tan Wei called Japan on Monday.",
    ],
)
def test_an_office_that_the_article_gives_or_leaves_open_is_not(sentence: str) -> None:
    assert list(misplaced(sentence, [source(_ARTICLE)])) == []
