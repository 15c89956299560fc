"""What a question's words narrow it to is applied exactly: to the search, or to each hit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from retriever.records import Article, Filters
from service.question.focus import Focus, Focusing
from service.records import Question
from tests.service.candidates import hit_of

OUTLETS = ["Quay Post", "Bay Echo"]
FOCUSING = Focusing(outlets=lambda: OUTLETS, speaker={"Brandt": "Lena Brandt"}.get)


def _unknown(_event: str) -> None:
    return None


def focus(text: str, *, filters: Filters | None = None, ignore: tuple[str, ...] = ()) -> Focus:
    question, typed = FOCUSING.typed(Question(text, filters=filters or Filters(), ignore=ignore))
    return FOCUSING.of(question.text, question, typed, _unknown)


def test_typed_days_and_outlets_are_filters_of_the_search_and_leave_the_question() -> None:
    question, typed = FOCUSING.typed(Question('Who spoke? from:2022-08 to:2022-09 source:"Bay Echo"'))
    assert question.text.strip() == "Who spoke?"
    found = FOCUSING.of(question.text, question, typed, _unknown)
    assert found.filters == Filters(sources=("Bay Echo",), since=date(2022, 8, 1), until=date(2022, 9, 30))


def test_an_outlet_in_plain_words_is_a_filter_too() -> None:
    assert focus("What did Brandt announce, according to the Quay Post?").filters.sources == ("Quay Post",)


def test_words_that_the_asker_took_away_narrow_nothing_and_are_still_told() -> None:
    found = focus("Who spoke in August 2022?", ignore=("in August 2022",))
    assert found.periods == []
    (chip,) = found.understood()
    assert (chip.applied, chip.note) == (False, "removed")


def test_a_filter_that_is_set_counts_instead_of_the_questions_words() -> None:
    found = focus("What did Brandt announce, according to the Quay Post?", filters=Filters(sources=("Bay Echo",)))
    assert found.filters.sources == ("Bay Echo",)
    (chip,) = found.understood()
    assert not chip.applied
    assert "Bay Echo" in (chip.note or "")


def test_the_narrower_of_two_spans_of_days_counts() -> None:
    given = Filters(since=date(2022, 8, 20))
    assert focus("Who spoke? from:2022-08 to:2022-09", filters=given).filters.since == date(2022, 8, 20)


@pytest.mark.parametrize(
    ("published", "text", "kept"),
    [
        (date(2022, 8, 30), "The mayor spoke.", True),
        (date(2022, 9, 2), "The mayor spoke.", True),  # a report comes after what it reports
        (date(2022, 9, 20), "The mayor spoke.", False),
        (date(2022, 9, 20), "The mayor spoke on August 3.", True),
        (date(2022, 9, 20), "The mayor spoke on September 3.", False),
        (None, "The mayor spoke on August 3, 2022.", True),
        (None, "The mayor spoke.", False),
    ],
)
def test_a_period_keeps_what_was_published_in_it_or_tells_of_it(published: date | None, text: str, kept: bool) -> None:
    hit = hit_of(Article("a.txt", text, published=published))
    assert focus("Who spoke in August 2022?").keeps(hit) is kept


def test_the_opening_of_an_article_dates_its_later_passages() -> None:
    text = "Quay, August 3, 2022. The council met.\n" + "It talked for long about the harbour. " * 60 + "The end came."
    hit = hit_of(Article("a.txt", text), "The end came.")
    assert hit.passage.start > 600
    assert focus("Who spoke in August 2022?").keeps(hit)


def test_without_a_period_everything_is_kept() -> None:
    assert focus("Who spoke?").keeps(hit_of(Article("a.txt", "The mayor spoke.")))


@pytest.mark.parametrize("dated", [lambda _: None, lambda _: (date(2022, 8, 3), date(2022, 8, 4))])
def test_an_event_is_a_period_only_where_it_can_be_dated(dated: Callable[[str], tuple[date, date] | None]) -> None:
    question = Question("Who has spoken since the harbour festival?")
    found = FOCUSING.of(question.text, question, (), dated)
    (chip,) = found.understood()
    assert chip.applied is (dated("") is not None)
    assert chip.applied or chip.note


def test_for_statements_a_period_is_days_on_which_something_was_said() -> None:
    text = "What did Brandt say about quotas in August 2022?"
    assert focus(text).for_statements(text) == (
        "What did Brandt say about quotas?",
        (date(2022, 8, 1), date(2022, 8, 31)),
    )
    assert focus("Who spoke?").for_statements("Who spoke?") == ("Who spoke?", (None, None))
    removed = focus(text, ignore=("in August 2022",)).for_statements(text)
    assert removed == ("What did Brandt say about quotas?", (None, None))


def test_for_statements_days_that_are_given_or_typed_stay_days_of_publication() -> None:
    text = "What did Brandt say since March 2022? until:2022-12"
    found = focus(text, filters=Filters(since=date(2022, 5, 1)))
    assert found.for_statements("What did Brandt say since March 2022?") == (
        "What did Brandt say?",
        (date(2022, 3, 1), None),
    )
    assert found.filters == Filters(since=date(2022, 5, 1), until=date(2022, 12, 31))
