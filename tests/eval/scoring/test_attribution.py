from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from eval.cases import Case
from eval.scoring.attribution import real_speaker, right_date, right_speaker, wrong_date, wrong_speaker
from service.records import Answer, AnswerSentence, Citation

CITED = Citation(1, "ferry.txt", None, None, None, None, None, "p", 0, 50, "x" * 50)
WHO = Case("a", "who", "Who said that the ferry will sail?", (("Ilse Brandt", "Brandt"),))


def answer(*sentences: str, said: tuple[Mapping[str, Any], ...] = (), declined: bool = False) -> Answer:
    shown = tuple(AnswerSentence(each, (1,)) for each in sentences)
    text = " ".join(f"{each}[1]" for each in sentences)
    return Answer("1", "?", text, declined, "not_said" if declined else None, 0.5, shown, (CITED,), statements=said)


def statement(speaker: str | None, *, addressee: str | None = None, start: int = 10) -> Mapping[str, Any]:
    return {
        "speaker": speaker, "addressee": addressee, "document_id": "ferry.txt", "start": start, "end": start + 9
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Ilse Brandt said that it will sail.",
        "Brandt: “It will sail.”",
        "It will sail, Ilse Brandt told Ole Winter.",
        "Ole Winter asked, and Brandt said that it will.",  # led by another, but the right one is in it
    ],
)
def test_the_right_speaker_in_the_first_sentence_is_right_and_not_wrong(text: str) -> None:
    assert right_speaker(WHO, answer(text)) is True
    assert wrong_speaker(WHO, answer(text)) is False


@pytest.mark.parametrize(
    "text",
    [
        "Ole Winter said that it will sail.",
        "Harbour Minister Ole Winter said so.",
        "Winter: “It will sail.”",
        "Winter — it will sail.",
        "On Monday Ole Winter said so.",
    ],
)
def test_another_person_who_leads_the_answer_is_a_wrong_speaker(text: str) -> None:
    assert wrong_speaker(WHO, answer(text)) is True
    assert wrong_speaker(WHO, answer(text, "Ilse Brandt had said so before.")) is True
    assert right_speaker(WHO, answer(text, "Ilse Brandt had said so before.")) is True


@pytest.mark.parametrize(
    "text",
    [
        "The Harbour Ministry said that it will sail.",
        "Norway's fleet will sail.",
        "South Korea will sail.",
        "It will sail.",
        "On Monday it will sail.",
        "Sailing begins in May.",
        "… will sail in May.",
    ],
)
def test_what_leads_with_no_person_names_no_wrong_speaker(text: str) -> None:
    assert wrong_speaker(WHO, answer(text)) is False
    assert right_speaker(WHO, answer(text)) is False


def test_the_speaker_of_the_statement_that_the_first_sentence_tells_of_counts_wherever_it_stands() -> None:
    text = "It will sail in May, as the harbour master Winter said."
    assert wrong_speaker(WHO, answer(text, said=(statement("Ole Winter"),))) is True
    assert wrong_speaker(WHO, answer(text)) is False  # nothing tells that Winter is a speaker
    assert wrong_speaker(WHO, answer(text, said=(statement("Ole Winter", start=80),))) is False  # of another sentence
    assert wrong_speaker(WHO, answer(text, said=(statement("harbour master"),))) is False


def test_a_namesake_is_another_person_and_a_bare_surname_may_be_the_right_one() -> None:
    who = Case("a", "who", "Who complained?", (("Brandt Ilse",),))
    assert wrong_speaker(who, answer("Brandt: “No.”")) is False
    assert wrong_speaker(who, answer("Ilse Brandt said no.")) is False  # the same words in another order
    assert wrong_speaker(who, answer("Karl Brandt said no.")) is True


def test_words_said_to_the_right_one_by_another_are_a_wrong_attribution() -> None:
    told = answer("Ole Winter told Ilse Brandt that it will sail.", said=(statement("Ole Winter", addressee="Brandt"),))
    assert wrong_speaker(WHO, told) is True
    whom = Case("b", "who", "Whom did Winter tell that it will sail?", (("Brandt",),))
    assert wrong_speaker(whom, told) is False  # the question itself names him


def test_a_refusal_names_neither_the_right_speaker_nor_a_wrong_one() -> None:
    refused = answer("Those words are Ole Winter’s.", declined=True)
    assert right_speaker(WHO, refused) is False
    assert wrong_speaker(WHO, refused) is False


def test_an_answer_without_sentences_is_read_up_to_its_first_mark() -> None:
    bare = Answer("1", "?", "Ole Winter said so.[1] Ilse Brandt agreed.[2]", False, None, 0.5, (), (CITED,))
    assert wrong_speaker(WHO, bare) is True


@pytest.mark.parametrize(
    ("case", "applies"),
    [
        (WHO, True),
        (Case("b", "followup", "And who answered her?", (("Brandt",),)), True),
        (Case("c", "what", "What did Brandt say?", (("sail",),)), False),
        (Case("d", "nearmiss", "Who said so in Oslo?", unanswerable=True), False),
        (Case("e", "conflict", "Who led the talks?", (("Brandt",), ("Winter",)), conflict=True), False),
    ],
)
def test_speakers_are_counted_where_an_answerable_case_asks_who(case: Case, applies: bool) -> None:
    said = answer("Ilse Brandt.")
    assert (right_speaker(case, said) is not None) is applies
    assert (wrong_speaker(case, said) is not None) is applies


WHEN = Case("a", "when", "When does the ferry sail?", (("May 8, 2023", "8 May 2023", "2023-05-08"),))


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("May 8, 2023 (“Monday”, counted from the article’s date, May 10, 2023). It sails.", True, False),
        ("May 10, 2023. It sails.", False, True),
        ("May 10, 2023. It sails. May 8, 2023, said Brandt.", True, True),  # a wrong day in front of the right one
        ("In May 2023 it sails.", False, False),  # less exact, not wrong
        ("On Monday, 8 May 2023, it sails.", True, False),
        ("It sails on Tuesday.", False, True),
        ("It sails soon.", False, False),
    ],
)
def test_the_first_time_of_an_answer_is_held_against_the_one_asked_for(text: str, right: bool, wrong: bool) -> None:
    assert right_date(WHEN, answer(text)) is right
    assert wrong_date(WHEN, answer(text)) is wrong


def test_times_without_a_year_are_compared_by_their_words() -> None:
    bare = Case("a", "followup", "And when does it sail?", (("late May",),))
    assert wrong_date(bare, answer("It sails in late May.")) is False
    assert wrong_date(bare, answer("It sails in early June.")) is True


def test_dates_are_counted_where_an_answerable_case_asks_when() -> None:
    refused = answer("Nobody says when, not even on May 10, 2023.", declined=True)
    assert (right_date(WHEN, refused), wrong_date(WHEN, refused)) == (False, False)
    assert (right_date(WHO, answer("Brandt.")), wrong_date(WHO, answer("Brandt."))) == (None, None)
    assert right_date(Case("b", "what", "On which day does it sail?", (("May 8",),)), answer("May 8.")) is True


def nearmiss(really: str, question: str = "When did Winter say that the ferry will sail?") -> Case:
    return Case("a", "nearmiss", question, unanswerable=True, really=really)


@pytest.mark.parametrize(
    ("really", "text", "named"),
    [
        ("Ilse Brandt", "Those words are Brandt’s, not Winter’s.", True),
        ("Mayor Brandt, in Norrholm", "Those words are Ilse Brandt’s.", True),
        ("Ilse Brandt told Winter", "Nobody in these documents says that.", False),
        ("Winter said so in Norrholm", "Nobody says that.", None),  # no other person
        ("No ferry sailed.", "Nobody says that.", None),
        ("South Korea said so", "Nobody says that.", None),
        ("", "Nobody says that.", None),
    ],
)
def test_who_it_really_was_is_looked_for_beside_the_refusal(really: str, text: str, named: bool | None) -> None:
    assert real_speaker(nearmiss(really), answer(text, declined=True)) is named


def test_the_real_speaker_applies_to_near_misses_that_were_declined() -> None:
    assert real_speaker(nearmiss("Ilse Brandt"), answer("Brandt said so.")) is None
    assert (
        real_speaker(Case("a", "unanswerable", "?", unanswerable=True, really="Ilse Brandt"), answer("Brandt.")) is None
    )
