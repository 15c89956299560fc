"""Whose words a sentence tells is certain in some cases, whatever the learned weights make of the rest."""

from __future__ import annotations

import pytest

from retriever.records import Article
from retriever.speaking import Speaking
from service.checking.verdict import Fault, Verdict
from tests.service.checking.written import certain, kinds, source


def checked(speaking: Speaking, sentence: str, *before: str, question: str = "") -> Verdict:
    return certain(speaking).checked(sentence, [source()], question=question, before=before)


def test_what_another_said_is_no_speakers_whatever_else_stands_there(speaking: Speaking) -> None:
    verdict = checked(speaking, "Lena Brandt said that the wooden pier must close before winter.")
    assert Fault("speaker", "Lena Brandt") in verdict.faults


def test_he_who_spoke_in_the_sentence_before_has_not_said_what_another_did(speaking: Speaking) -> None:
    verdict = checked(speaking, "He said that nobody would lose work over it.", "Tomas Vik said a lot.")
    assert "speaker" in kinds(verdict)


@pytest.mark.parametrize(
    ("question", "fails"),
    [
        ("What did Ingrid Moe tell growers?", True),
        ("Who said that nobody would lose work?", True),
        ("What did Lena Brandt tell growers?", False),
        ("What did the harbour minister tell growers?", False),
        ("Would anybody lose work over the pier?", False),
    ],
)
def test_words_without_a_speaker_answer_for_their_own_alone(speaking: Speaking, question: str, fails: bool) -> None:
    verdict = checked(speaking, "Nobody would lose work over it.", question=question)
    assert ("speaker" in kinds(verdict)) is fails


def test_a_clause_that_tells_nothing_of_what_was_said_fails(speaking: Speaking) -> None:
    assert "support" in kinds(checked(speaking, "Vik said that the wooden pier of Elvebakken."))
    assert checked(speaking, "Vik said that the wooden pier must close before winter.").faults == ()


def test_a_full_name_is_no_other_than_the_surname_of_the_passage(speaking: Speaking) -> None:
    verdict = checked(speaking, "Tomas Vik said: “The pier is older than the town.”")
    assert verdict.faults == ()


def test_words_of_a_quotation_that_are_changed_are_no_paraphrase_of_it(speaking: Speaking) -> None:
    altered = "Vik said: “The pier is younger than the town, and it will not outlive it.”"
    assert "quotation" in kinds(checked(speaking, altered))
    retold = checked(speaking, "Vik said: “The pier was older than the towns, and will not outlive it.”")
    assert "quotation" not in kinds(retold)
    assert "“" not in retold.text


TALKS = Article(
    "talks.txt",
    "Ana Moe told Per Holm that the island belongs to them, and Holm expressed concern over the exercises. Tokyo "
    "continues to try to keep relations with Beijing stable. The harbour of Elvebakken stayed open all winter.",
    title="Talks",
    source="Harbour Daily",
)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Ana Moe expressed concern over the exercises near the harbour of Elvebakken.", "Moe"),
        ("Per Holm expressed concern over the exercises.", None),
        ("Japan and China have been working to keep relations with Beijing stable.", "China"),
        ("Japan has been working to keep relations with Beijing stable.", None),
        ("There were talks between Ana Moe and Per Holm about the island.", None),
        ("There was a quarrel between Ana Moe and Beijing about the exercises.", None),  # the next sentence has it
        ("There was a quarrel between Ana Moe and Elvebakken about the exercises.", "Elvebakken"),
    ],
)
def test_what_others_do_is_nobody_elses_doing(speaking: Speaking, sentence: str, name: str | None) -> None:
    faults = certain(speaking).checked(sentence, [source(TALKS)]).faults
    assert faults == ((Fault("speaker", name),) if name else ())
