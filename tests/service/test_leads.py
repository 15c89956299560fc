"""The answer in front of the sentence, as the reader sees it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from retriever.records import Article
from retriever.speaking import Speaking
from service import checking
from service.asking import understand
from service.evidence import Candidate, Read
from service.extracting import Draft, compose
from service.leads import answer_in
from service.records import Question
from tests.service.candidates import candidate

NEWS = Article(
    "news.txt",
    "The ministry has a new envoy for fish. It picked the historian Ada Lund, a critic of quotas. The post pays 40,000 "
    "kroner a month. She starts in May 2023.",
    published=date(2023, 3, 14),
)
PICKED = "It picked the historian Ada Lund, a critic of quotas."


def read(sentence: str, answer: str, *, sure: float = -0.1) -> Candidate:
    """A sentence whose answer the reader sees at some words of the article."""
    place = NEWS.text.index(answer)
    seen = Read(rank=3.0, answers=2.0, shown=0.9, answer=answer, place=(place, place + len(answer)), sure=sure)
    return replace(candidate(NEWS, sentence), read=seen)


def drafted(speaking: Speaking, question: str, given: Candidate) -> Draft:
    (draft,) = compose(understand(Question(question)), [given], speaking, enough=[True])
    assert not checking.faults(draft.text, [each.text for each in draft.slices], derived=draft.derived)
    return draft


def test_the_answer_leads(speaking: Speaking) -> None:
    draft = drafted(speaking, "Whom did the ministry choose for fish?", read(PICKED, "Ada Lund"))
    assert draft.text == f"Ada Lund — {PICKED}"
    assert len(draft.slices) == 1


def test_an_answer_in_a_neighbouring_sentence_is_cited_where_it_stands(speaking: Speaking) -> None:
    draft = drafted(
        speaking, "Whom did the ministry choose for fish?", read("The ministry has a new envoy for fish.", "Ada Lund")
    )
    assert draft.text.startswith("Ada Lund — The ministry")
    assert [each.text for each in draft.slices] == ["The ministry has a new envoy for fish.", "Ada Lund"]


def test_an_answer_that_opens_the_sentence_is_not_said_twice(speaking: Speaking) -> None:
    draft = drafted(
        speaking, "Which body needs an envoy?", read("The ministry has a new envoy for fish.", "The ministry")
    )
    assert draft.text == "The ministry has a new envoy for fish."


@pytest.mark.parametrize(
    ("question", "answer", "sure"),
    [
        ("Whom did the ministry choose?", "Ada Lund", -3.0),  # not sure
        ("Whom did the ministry choose?", "critic of quotas", -0.1),  # nobody's name
        ("How many kroner does the post pay?", "post pays", -0.1),  # no number
        ("Did the ministry choose Ada Lund?", "Ada Lund", -0.1),  # what the question names itself
    ],
)
def test_what_is_not_sure_or_of_another_kind_does_not_lead(question: str, answer: str, sure: float) -> None:
    assert answer_in(understand(Question(question)), read(PICKED, answer, sure=sure)) is None


def test_a_number_leads_where_a_number_is_asked_for(speaking: Speaking) -> None:
    draft = drafted(
        speaking, "How much does the job bring?", read("The post pays 40,000 kroner a month.", "40,000 kroner")
    )
    assert draft.text == "40,000 kroner — The post pays 40,000 kroner a month."


def test_the_time_that_the_reader_sees_is_taken(speaking: Speaking) -> None:
    draft = drafted(speaking, "When does the new envoy begin?", read("She starts in May 2023.", "May 2023"))
    assert draft.text.startswith("May 2023. ")
