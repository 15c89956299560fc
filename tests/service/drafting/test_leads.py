"""The answer in front of the sentence, as the reader sees it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from retriever.records import Article, Statement, When
from retriever.speaking import Speaking
from service.checking.faults import faults
from service.drafting.extracting import Draft, compose
from service.drafting.leads import answer_in
from service.evidence import Candidate, Read
from service.question.asking import understand
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
    assert not faults(draft.text, [each.text for each in draft.slices], derived=draft.derived)
    return draft


def test_the_answer_leads_a_sentence_that_comes_to_it_late(speaking: Speaking) -> None:
    sentence = "After many weeks of talks with towns and boats it picked the historian Ada Lund, a critic of quotas."
    article = replace(NEWS, text=sentence)
    place = sentence.index("Ada Lund")
    seen = Read(rank=3.0, answers=2.0, shown=0.9, answer="Lund", place=(place + 4, place + 8), sure=-0.1)
    given = replace(candidate(article, sentence), read=seen)
    draft = drafted(speaking, "Who became the envoy for fish?", given)
    assert draft.text == f"Ada Lund — {sentence}"
    assert len(draft.slices) == 1


def test_only_the_first_sentence_has_an_answer_in_front(speaking: Speaking) -> None:
    sentence = "After many weeks of talks with towns and boats it picked the historian Ada Lund, a critic of quotas."
    article = replace(NEWS, id="later.txt", text=sentence)
    place = sentence.index("Ada Lund")
    seen = Read(rank=3.0, answers=2.0, shown=0.9, answer="Ada Lund", place=(place, place + 8), sure=-0.1)
    later = replace(candidate(article, sentence), read=seen)
    first = candidate(NEWS, "The ministry has a new envoy for fish.")
    drafts = compose(understand(Question("Who is the envoy?")), [first, later], speaking, enough=[False, False])
    assert [draft.text for draft in drafts] == [first.text, sentence]


def test_a_number_of_another_sentence_does_not_lead(speaking: Speaking) -> None:
    given = read("The ministry has a new envoy for fish.", "40,000 kroner")
    assert drafted(speaking, "How much does the envoy cost?", given).text == given.text


def test_an_answer_that_the_sentence_soon_tells_is_not_put_in_front(speaking: Speaking) -> None:
    assert drafted(speaking, "Whom did the ministry choose for fish?", read(PICKED, "Ada Lund")).text == PICKED


def test_what_is_no_whole_name_does_not_lead(speaking: Speaking) -> None:
    sentence = "After many weeks of talks with towns and boats it picked a two-day stay in Bergen for its envoy."
    article = replace(NEWS, text=sentence)
    place = sentence.index("two-day")
    seen = Read(rank=3.0, answers=2.0, shown=0.9, answer="two-day", place=(place, place + 7), sure=-0.1)
    assert drafted(speaking, "How long is the stay?", replace(candidate(article, sentence), read=seen)).text == sentence


def test_the_neighbour_that_holds_the_answer_goes_first(speaking: Speaking) -> None:
    first = read("The ministry has a new envoy for fish.", "Ada Lund")
    (draft,) = compose(
        understand(Question("Whom did the ministry choose for fish?")), [first, candidate(NEWS, PICKED)], speaking,
        enough=[True, False],
    )  # fmt: skip
    assert draft.text == PICKED


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


def test_a_short_sentence_tells_its_number_itself(speaking: Speaking) -> None:
    draft = drafted(
        speaking, "How much does the job bring?", read("The post pays 40,000 kroner a month.", "40,000 kroner")
    )
    assert draft.text == "The post pays 40,000 kroner a month."


def test_a_short_sentence_tells_its_time_itself(speaking: Speaking) -> None:
    draft = drafted(speaking, "When does the new envoy begin?", read("She starts in May 2023.", "May 2023"))
    assert draft.text == "She starts in May 2023."


def test_when_something_was_said_is_not_what_it_speaks_of(speaking: Speaking) -> None:
    text = "On Monday Vik told the council that the storm of October 3 had broken the pier."
    article = Article("storm.txt", text, published=date(2023, 3, 14))
    place = text.index("On Monday")
    monday = When(date(2023, 3, 13), date(2023, 3, 13), "weekday", "publication", "On Monday", place, place + 9)
    said = Statement(
        "s", "storm.txt", "Tomas Vik", "Vik", None, "told", "the storm of October 3 had broken the pier", "indirect",
        "the council", monday,
        (), True, 0, len(text), ((text.index("the storm"), len(text) - 1),),
    )  # fmt: skip
    given = replace(candidate(article, text), statement=said)
    assert drafted(speaking, "When did Vik tell the council about the storm?", given).text.startswith(
        "March 13, 2023 ("
    )
    unknown = replace(given, statement=replace(said, said_on=None))
    asked = "When did Vik say that the storm had broken the pier?"
    assert drafted(speaking, asked, unknown).text.startswith("March 13, 2023 (")
