"""Sentences that say what another says already, and pronouns that would come to mean somebody else."""

from __future__ import annotations

import pytest

from service.writing.antecedents import Before
from service.writing.repetition import says_nothing_new
from tests.service.writing.conftest import Room
from tests.service.writing.scripted import Scripted, shown
from tests.service.writing.test_answering import FALSE, PIER, TRUE

XINHUA = "The Tianjin talks were described as open, exhaustive and useful by Xinhua."
VIK = "Tomas Vik said that the pier must close before winter."


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("The talks were described as open, exhaustive and useful by state news agency Xinhua.", XINHUA),
        ("The talks were described as useful by Xinhua.", XINHUA),
        ("He said the pier must close.", VIK),
        ("The mayor, Tomas Vik, said the pier must close.", f"Mayor {VIK}"),
    ],
)
def test_a_sentence_of_which_another_says_all_says_nothing_new(text: str, other: str) -> None:
    assert says_nothing_new(text, other)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("The talks were not described as open by Xinhua.", XINHUA),
        ("The talks were described as open by three state papers and Xinhua.", XINHUA),
        ("The talks were described as open by 3 Xinhua.", XINHUA),
        ("The talks were described as open by Kyodo and Xinhua.", XINHUA),
        ("He said the pier must close after winter.", VIK),
        ("Lena Brandt said that the pier must close.", VIK),
        ("The pier may close before winter.", VIK),
        ("The pier must not close.", VIK),
        ("The pier must close.", "The pier must not close."),
        ("China condemned Japan.", "Japan condemned China."),
        ("Japan was condemned by China.", "Japan condemned China."),
        ("So it is.", VIK),
    ],
)
def test_another_word_number_order_or_denial_is_new(text: str, other: str) -> None:
    assert not says_nothing_new(text, other)


def test_a_near_repetition_is_told_as_one(room: Room) -> None:
    near = "He said that the pier of Elvebakken must close before winter."
    answer = room.ask(Scripted.saying(f"{TRUE}[1] {near}[1]"), PIER)
    assert (answer.answer, room.outcomes) == (f"{TRUE}[1]", ["passed", "dropped"])
    assert answer.writing
    assert answer.writing.notes == ("The chat model repeated itself: 1 of 2 sentences had been written before.",)


@pytest.mark.parametrize(
    ("text", "left_out", "moved"),
    [
        ("He said so.", ["Jens Stoltenberg said three."], "He"),
        ("Later, he said so.", ["Jens Stoltenberg said three."], "he"),
        ("He said so.", ["On Tuesday, Stoltenberg said three.", "He was told four."], "He"),
        ("He said so.", ["Kishida said three."], None),
        ("He said so.", ["On Tuesday, Kishida said three."], None),
        ("He said so.", ["He said three."], None),
        ("Stoltenberg said so.", ["Stoltenberg said three."], None),
        ("He said so.", [], None),
    ],
)
def test_a_pronoun_moves_where_the_one_it_meant_was_left_out(text: str, left_out: list[str], moved: str | None) -> None:
    assert Before(["Fumio Kishida said two."], left_out).moved(text, "Who spoke?") == moved
    assert Before([], left_out).moved(text, "What did Kishida say?") == moved


def test_a_sentence_whose_pronoun_moves_is_not_shown_with_another_name(room: Room) -> None:
    false, he = (
        "Ingrid Moe said that 90 ferries would sail to Sandvik.",
        "She told growers that nobody would lose work.",
    )
    model = Scripted.saying(f"{TRUE}[1] {false}[1] {he}[1]", "1. DROP\n2. DROP")
    answer = room.ask(model, PIER)
    assert (answer.answer, room.outcomes[:3]) == (f"{TRUE}[1]", ["passed", "held", "held"])
    assert "say by name who that is" in shown(model, 1)
    named = he.replace("She", "Lena Brandt")
    answer = room.ask(Scripted.saying(f"{TRUE}[1] {false}[1] {he}[1]", f"1. DROP\n2. {named}[1]"), PIER)
    assert [each.text for each in answer.sentences] == [TRUE, named]


def test_a_sentence_written_anew_takes_no_pronoun_from_the_one_behind_it(room: Room) -> None:
    other = "Lena Brandt told growers that nobody would lose work over it."
    behind = "He said that the pier is older than the town."
    answer = room.ask(Scripted.saying(f"{FALSE}[1] {behind}[1]", f"1. {other}[1]"), PIER)
    assert other not in answer.answer
