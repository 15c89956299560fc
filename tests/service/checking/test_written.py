"""A sentence that a model wrote passes if what it cites bears it out, and else its fault is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from retriever.embedding import MiniLM
from retriever.records import Article
from retriever.speaking import Speaking
from service.checking import quoting
from service.checking.support import FEATURES, SUPPORT
from service.checking.verdict import Verdict
from service.checking.written import Checker
from service.entailing.model import Entailing
from service.weighing import read
from tests.service.checking.written import ARTICLE, certain, kinds, source, wary


def checked(speaking: Speaking, sentence: str, *before: str) -> Verdict:
    return wary(speaking).checked(sentence, [source()], before=before)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mayor Tomas Vik said that the pier must close before winter.",
        "Lena Brandt told growers that nobody would lose work.",
        "The harbour minister told growers that nobody would lose work.",
        "According to Vik, the pier is older than the town.",
        "Repairs would cost 40m kroner, Brandt added.",
        "Repairs would cost forty million kroner.",
        "The talks lasted 3 hours.",
        "On 22 November 2022 Vik said that the pier must close.",
        "In November 2022 Vik said that the pier must close.",
        "Harbour Daily reported that the pier must close before winter.",
        "Brandt invited Vik to Sandvik.",
        "Vik was invited to Sandvik by Brandt.",
    ],
)
def test_nothing_speaks_against_a_faithful_sentence(speaking: Speaking, sentence: str) -> None:
    verdict = checked(speaking, sentence)
    assert verdict.faults == ()
    assert verdict.text == sentence


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Lena Brandt said that the wooden pier of Elvebakken must close before winter.", "speaker"),
        ("Tomas Vik told growers that nobody would lose work over it.", "speaker"),
        ("Vik invited Brandt to Sandvik.", "speaker"),
        ("Repairs would cost 41 million kroner.", "number"),
        ("Repairs would cost 40 thousand kroner.", "number"),
        ("The talks lasted three days.", "number"),
        ("On 21 November 2022 Vik said that the pier must close.", "date"),
        ("Vik said on Friday that the pier must close.", "date"),
        ("Mayor Tomas Berg said that the pier must close before winter.", "name"),
        ("The talks in Sandnes lasted three hours.", "name"),
        ("Vik said: “The pier is younger than the town.”", "quotation"),
        ("Vik said that all piers must close before winter.", "support"),
        ("The text.", "support"),
        ("Vik said that the pier must close before winter, and", "support"),
        ("Brandt met Vik in Elvebakken for the.", "support"),
        ("The talks in Elvebakken lasted three hours,", "support"),
        ("The talks lasted three hours in", "support"),
        ("By Tomas Vik", "fragment"),
        ("Harbour Daily, Elvebakken", "fragment"),
        ("The old wooden pier of Elvebakken.", "fragment"),
    ],
)
def test_an_altered_sentence_is_told_what_is_wrong_with_it(speaking: Speaking, sentence: str, kind: str) -> None:
    if kind == "quotation":  # most of it stands there in a row: it loses its marks
        verdict = checked(speaking, sentence)
        assert verdict.mended
        assert "“" not in verdict.text
    else:
        assert kind in kinds(checked(speaking, sentence))


def test_what_is_only_suspected_is_left_to_the_weights(speaking: Speaking) -> None:
    assert certain(speaking).checked("Repairs would cost ninety million kroner.", [source()]).faults == ()
    assert kinds(certain(speaking).checked("Repairs would cost 41 million kroner.", [source()])) == {"number"}
    assert certain(speaking).checked("Repairs would cost forty million kroner.", [source()]).faults == ()


def test_a_name_that_only_the_question_has_is_not_known(speaking: Speaking) -> None:
    told = certain(speaking).checked("Karlov said that the pier must close.", [source()], question="Did Karlov speak?")
    assert "name" in kinds(told)


def test_a_quotation_becomes_the_exact_characters_of_the_source(speaking: Speaking) -> None:
    verdict = checked(speaking, 'Vik said: "the PIER is older than the town".')
    assert verdict.text == "Vik said: “The pier is older than the town”."
    assert verdict.mended
    assert verdict.faults == ()


def test_a_quotation_that_nothing_resembles_fails(speaking: Speaking) -> None:
    assert "quotation" in kinds(checked(speaking, "Vik said: “Let us sell every plank tomorrow.”"))


def test_a_quotation_of_somebody_else_fails(speaking: Speaking) -> None:
    assert "speaker" in kinds(checked(speaking, "Brandt said: “The pier is older than the town.”"))


def test_a_pronoun_is_whoever_the_sentence_before_names(speaking: Speaking) -> None:
    assert checked(speaking, "He said that the pier must close before winter.", "Tomas Vik spoke.").faults == ()


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("Lena Brandt spoke.", "She said that the wooden pier must close before winter."),
        ("Lena Brandt told growers that nobody would lose work.", "She said: “The pier is older than the town.”"),
        ("Tomas Vik asked for the pier to be closed.", "He added that repairs would cost 40 million kroner."),
    ],
)
def test_a_pronoun_for_somebody_else_is_a_wrong_speaker(speaking: Speaking, before: str, sentence: str) -> None:
    assert "speaker" in kinds(checked(speaking, sentence, before))


@pytest.mark.parametrize("before", ["What did he say of the pier?", "In Sandvik it rained.", "Repairs are dear."])
def test_a_pronoun_that_nothing_explains_is_no_fault(speaking: Speaking, before: str) -> None:
    assert checked(speaking, "He said that the pier must close before winter.", before).faults == ()


@pytest.mark.parametrize(
    "words",
    [
        "it will … outlive it",  # "not" is what was left out
        "the pier is older … nobody would lose work over it",
        "The … pier … must … winter",
    ],
)
def test_a_quotation_may_not_leave_out_what_turns_it(speaking: Speaking, words: str) -> None:
    assert "“" not in checked(speaking, f"Vik said: “{words}.”").text


def test_a_quotation_may_leave_out_what_does_not_turn_it(speaking: Speaking) -> None:
    verdict = checked(speaking, "Vik said: “the pier is older … it will not outlive it.”")
    assert "“The pier is older … it will not outlive it”" in verdict.text


@pytest.mark.parametrize(
    "quoted", ["«{}»", "»{}«", "„{}“", "„{}”", "”{}”", "「{}」", "『{}』", "‹{}›", "＂{}＂", "„{}", "‚{}‘", "“{}"]
)
def test_a_quotation_is_one_in_whatever_marks_it_stands(speaking: Speaking, quoted: str) -> None:
    true, false = (
        f"Vik said: {quoted.format(words)}" for words in ("it will not outlive it", "Sell every plank today")
    )
    assert "“it will not outlive it”" in checked(speaking, true).text
    assert "quotation" in kinds(checked(speaking, false))


def test_marks_within_marks_are_one_quotation(speaking: Speaking) -> None:
    verdict = checked(speaking, "Vik said that “the pier has to “close” before the winter comes”.")
    assert not set(verdict.text) & set("“”‘’")
    assert quoting.evened("“one “two” one” and „three“") == "“one ‘two’ one” and “three”"
    assert quoting.evened("It’s dogs’ food, she said.") == "It’s dogs’ food, she said."


def test_a_sentence_without_a_citation_fails(speaking: Speaking) -> None:
    verdict = certain(speaking).checked("Here is what the passages say:", [])
    assert kinds(verdict) == {"uncited"}
    assert verdict.slices == ()


def test_slices_are_the_sentences_that_bear_it_out(speaking: Speaking) -> None:
    [slice_] = checked(speaking, "Repairs would cost 40 million kroner.").slices
    assert slice_.text == "She added that repairs would cost 40 million kroner."
    assert ARTICLE.text[slice_.start : slice_.end] == slice_.text


def test_a_fault_is_told_in_words(speaking: Speaking) -> None:
    [fault] = checked(speaking, "The talks lasted 9 hours.").faults
    assert fault.told == "the number 9 stands nowhere in what it cites"


def test_the_same_sentence_is_judged_the_same_twice(speaking: Speaking) -> None:
    checker = certain(speaking)
    checker.prepare([source()])
    first = checker.checked("The talks lasted three hours.", [source()])
    assert checker.checked("The talks lasted three hours.", [source()]) == first


def test_words_that_are_not_sentences_do_no_harm(speaking: Speaking) -> None:
    for text in ("", "[", "…", "“”", "12", "***"):
        certain(speaking).checked(text, [source(Article("a", "One line."))])


@pytest.fixture(scope="module")
def learned(speaking: Speaking, request: pytest.FixtureRequest) -> Checker:
    assert request.config.cache is not None
    cache: Path = request.config.cache.mkdir("whosaid-model")
    vectors = MiniLM(cache=cache, threads=1, quantised=True).vectors
    entails, weights = Entailing(), read(SUPPORT, FEATURES)
    return Checker(speaking=speaking, vectors=vectors, entails=entails, weights=weights)


@pytest.mark.parametrize(
    "sentence",
    [
        "Tomas Vik, the mayor, said the wooden pier in Elvebakken has to be closed before the winter.",
        "Brandt told growers that nobody would lose their work.",
        "The talks in Elvebakken took three hours.",
    ],
)
def test_learned_weights_pass_a_paraphrase(learned: Checker, sentence: str) -> None:
    assert learned.checked(sentence, [source()]).faults == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Brandt invited Vik to Sandvik, where a committee of engineers had spent years measuring tides.",
        "Harbour Minister Lena Brandt told growers that fishing quotas and ferry prices would rise sharply.",
    ],
)
def test_learned_weights_catch_what_was_added(learned: Checker, sentence: str) -> None:
    assert "support" in kinds(learned.checked(sentence, [source()]))


def test_a_fragment_that_somebody_speaks_in_a_transcript_is_no_fragment(speaking: Speaking) -> None:
    talk = Article("talk.txt", "MS BERG: Will the pier close?\nMR VIK: Not this year.\nMS BERG: And the harbour?")
    assert "fragment" not in kinds(certain(speaking).checked("Not this year.", [source(talk)]))
    assert "fragment" in kinds(certain(speaking).checked("Not this winter.", [source(talk)]))
    bare = replace(talk, text="A talk\nNot this year.\nBy Ms Berg")
    assert "fragment" in kinds(certain(speaking).checked("Not this year.", [source(bare)]))


@pytest.mark.parametrize(
    ("sentence", "of"),
    [
        ("Brandt and Vik told growers about the repairs.", None),  # who speaks is looked at with what is said
        ("Vik and Brandt travelled to Sandvik in spring.", "Vik"),
        ("Brandt and her deputy travelled to Sandvik in spring.", None),
        ("Brandt and Berg met in Sandvik.", None),
        ("Brandt travelled to Sandvik in spring.", None),
    ],
)
def test_nobody_takes_part_in_what_another_did(speaking: Speaking, sentence: str, of: str | None) -> None:
    text = (
        "Harbour Minister Lena Brandt travelled to Sandvik in spring with her deputy. Brandt met Mayor Eli Berg there. "
        "She told growers about the repairs. Tomas Vik stayed in Elvebakken."
    )
    faults = certain(speaking).checked(sentence, [source(Article("trip.txt", text))]).faults
    assert [fault.words for fault in faults if fault.kind == "speaker"] == ([of] if of else [])


def test_a_headline_is_no_sentence_of_an_answer(speaking: Speaking) -> None:
    assert "fragment" in kinds(certain(speaking).checked("Mayor wants the old pier closed.", [source()]))
    assert "fragment" not in kinds(certain(speaking).checked("The mayor wants the old pier closed.", [source()]))
