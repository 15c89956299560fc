"""A sentence is read beside its passage in the passage's own terms, where those say the same."""

from __future__ import annotations

import pytest

from retriever.speaking import Speaking
from service.checking import figures
from service.checking.terms import Change, Translated, in_their_terms
from service.entailing.model import Entailed
from tests.service.checking.written import ARTICLE, certain, source


def translated(speaking: Speaking, sentence: str) -> str | None:
    matching = certain(speaking).examined(sentence, [source()]).matching
    found = in_their_terms(sentence, figures.days(sentence, ARTICLE.published), matching)
    return found.text if found else None


@pytest.mark.parametrize(
    ("sentence", "theirs"),
    [
        ("The talks lasted 3 hours.", "The talks lasted three hours."),
        ("Repairs would cost forty million kroner.", "Repairs would cost 40 million kroner."),
        (
            "On 22 November 2022 Vik said that the pier must close.",
            "On Tuesday Vik said that the pier must close.",
        ),
        ("The talks lasted three hours.", None),
        ("The talks lasted four hours.", None),  # nothing there is as much
        ("The first talks lasted three hours.", None),  # orders, and counts nothing
    ],
)
def test_numbers_and_days_are_written_as_they_are_there(speaking: Speaking, sentence: str, theirs: str | None) -> None:
    assert translated(speaking, sentence) == theirs


def test_a_place_in_what_was_changed_is_found_again() -> None:
    text = "On 22 November 2022 Vik spoke."
    changed = Translated("On Tuesday Vik spoke.", (Change(3, 19, "Tuesday"),))
    start = changed.text.index("Vik")
    placed = changed.placed(Entailed(0.0, 1.0, (start, start + 3)))
    assert text[slice(*placed.at)] == "Vik"
