"""What a model says of its passages is told from what an article says of a document."""

from __future__ import annotations

import time

import pytest

from retriever.catalogue.words import tokens
from service.writing.absence import is_absent, speaks_of_passages

TOLD = frozenset(tokens("Officials signed a document on Sunday. The text and both reports were shown to two sources."))


@pytest.mark.parametrize(
    "sentence",
    [
        "NOT IN THE PASSAGES",
        "The cost is not in the passages.",
        "The passages do not say what Yang Jiechi told Akiba about Taiwan.",
        "The provided passages do not contain any information about this question.",
        "I'm sorry, but I cannot answer this from the passages.",
        "I could not find an answer in the passages.",
        "I don’t have enough information to answer that.",
        "It is not stated what Yang told Akiba about Taiwan.",
        "The passages do not specify when Kishida and Xi met in San Francisco in November 2023.",
        "Note: The passages do not mention anything else.",
        "The exact date is not given in the passages.",
        "There is no mention of what Qin Gang said about Australia in the provided passages.",
        "There is no information about what Yang told Akiba.",
        "It is unclear from the passages who was stabbed in Shenzhen.",
        "What Yang told Akiba is not mentioned in any of the passages.",
        "None of the passages mention the consulate.",
        "No passage says who attacked the consulate.",
        "Passage 1 does not give a date.",
        "However, the documents provided make no mention of the buoy.",
        "Unfortunately, the given text does not explicitly state how many there were.",
        "The articles do not say who attacked the Japanese consulate in Sydney.",
        "The question cannot be answered from the passages.",
        "Based on the provided passages, it is not possible to determine the date.",
        "The context does not mention it.",
        "Not mentioned.",
        "The answer cannot be found in the passages.",
        "The passages are silent on this.",
    ],
)
def test_what_a_model_says_of_its_passages_is_no_sentence_of_an_answer(sentence: str) -> None:
    assert speaks_of_passages(sentence, TOLD)


@pytest.mark.parametrize(
    "sentence",
    [
        "The document does not mention Taiwan, Kishida said.",
        "The document does not mention Taiwan.",
        "The communiqué does not mention Taiwan.",
        "Kishida said the text does not bind Japan.",
        "The text does not say when the talks will be held.",
        "The reports do not name the pilot.",
        "The joint statement makes no mention of the buoy.",
        "“The passages do not say so,” Vik said.",
        "Vik said that the date is not given in the passages of the treaty.",
        "The passages do not say when, but Yang told Akiba that Taiwan is part of China.",
        "Yang told Akiba that Taiwan is part of China, but the day is not given in the passages.",
        "There is no evidence that a ship was hit.",
        "There is no mention of Taiwan in the communiqué.",
        "There is no information about casualties, the governor said.",
        "It was not stated who had fired.",
        "It is unclear who fired.",
        "No ship was hit.",
        "Safe passage through the strait is not given to warships.",
        "Article 9 does not mention an army.",
        "Sources did not say when the talks would be held.",
        "Kishida cannot answer the question.",
        "The answer is not war.",
        "The government does not provide any information.",
        "Xi did not say when he would come.",
    ],
)
def test_what_an_article_says_of_a_document_is_one(sentence: str) -> None:
    assert not speaks_of_passages(sentence, TOLD)


def test_a_document_that_no_passage_tells_of_is_the_passages() -> None:
    for sentence in ("The document does not mention Taiwan.", "The texts do not say when.", "The sources say nothing."):
        assert speaks_of_passages(sentence, frozenset(tokens("Officials met on Sunday.")))
        assert not speaks_of_passages(sentence, TOLD)


def test_only_the_words_that_are_asked_for_are_a_refusal_by_themselves() -> None:
    assert is_absent("“Not in the passages.”")
    assert not is_absent("The cost is not in the passages.")


@pytest.mark.parametrize(
    "words", ["the passages ", "in the provided ", "not given in ", "it is not ", "a ", "the provided text "]
)
def test_a_sentence_without_end_takes_no_time(words: str) -> None:
    started = time.perf_counter()
    speaks_of_passages(f"The date {words * 200}", TOLD)
    speaks_of_passages(words * 200, TOLD)
    assert time.perf_counter() - started < 1
