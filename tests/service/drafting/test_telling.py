"""Sentences told in fewer words: whole clauses, with the one that turns their sense."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.drafting.stretches import parts
from service.drafting.telling import least, told


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        (
            "Tomas Vik, who became mayor in May, told the council that the pier must close before the winter.",
            13,
            "Tomas Vik … told the council that the pier must close …",
        ),
        (
            "Ada Lund, a critic of quotas, said that herring had come back, while her deputy asked for patience.",
            10,
            "Ada Lund … said that herring had come back …",
        ),
        (
            "The ferry left on Monday, carrying two cows and the mail, and the harbour was empty.",
            11,
            "The ferry left on Monday … and the harbour was empty.",
        ),
        (
            "On Tuesday, seven boats returned to Sandvik, which nobody had expected of them.",
            7,
            "… seven boats returned to Sandvik …",
        ),
        (
            "Vik asked the town to keep the pier and was told to pay for it himself.",
            10,
            "Vik asked the town to keep the pier …",
        ),
        (
            "“The pier is older than the town,” said Tomas Vik, “and it will outlive us all.”",
            12,
            "“The pier is older than the town,” said Tomas Vik …",
        ),
    ],
)
def test_a_long_sentence_is_cut_between_its_clauses(text: str, most: int, shown: str) -> None:
    assert told(text, most, []) == shown


@pytest.mark.parametrize(
    ("text", "turn"),
    [
        (
            "The pier may stay open all summer, Vik said, unless the town runs out of money before May.",
            "unless the town",
        ),
        ("Vik agreed to the plan of the fishers in March, but not to its price or its date.", "but not to its price"),
        ("The council will buy the boats this year, only if the bank lends it what they cost.", "only if the bank"),
        ("Lund praised the harbour in her speech, although she would not visit it again.", "although she"),
    ],
)
def test_a_clause_is_never_told_without_the_one_that_turns_its_sense(text: str, turn: str) -> None:
    for most in range(4, len(text.split())):
        shown = told(text, most, [])
        assert shown is None or turn in shown


def test_a_second_clause_that_turns_the_first_goes_with_it() -> None:
    text = "Vik said the pier closes in May, but Lund told the fishers that it will open again."
    assert told(text, 12, []) == "… but Lund told the fishers that it will open again."
    assert told(text, 12, ["closes"]) is None


def test_who_says_it_stays_with_what_is_said() -> None:
    text = "“The pier must close in May and nobody can change that,” Vik said. “We have no money for another year.”"
    shown = told(text, 15, [])
    assert shown is not None
    assert "Vik said" in shown


def test_words_that_were_reported_do_not_stand_alone() -> None:
    text = "Lund said in Bergen on Monday that the boats must stay at home, and the towns must pay."
    assert told(text, 6, []) is None


def test_what_no_clause_says_so_shortly_is_not_told() -> None:
    assert told("Vik urged the towns to keep the old pier, to mend the road, and to buy a new ferry.", 10, []) is None


def test_a_list_stays_whole() -> None:
    text = "Vik saw three visitors: Lund, the minister; Moe, who builds boats in Sandvik; and Dahl, the new teacher."
    assert told(text, 14, []) == "Vik saw three visitors: Lund, the minister; Moe … and Dahl, the new teacher."


def test_a_needed_word_chooses_the_clause() -> None:
    text = "The mayor closed the pier on Monday, and the fishers moved their forty boats to the river."
    assert told(text, 11, ["mayor", "boats"], ["monday"]) == "The mayor closed the pier on Monday …"
    assert "forty boats" in (told(text, 11, ["mayor"], ["forty"]) or "")


def test_the_shortest_telling_keeps_what_is_wanted() -> None:
    text = "Ada Lund, a critic of quotas, said that herring had come back, while her deputy asked for patience."
    assert least(text, ["herring"]) == "Ada Lund … said that herring had come back …"
    assert "patience" in least(text, ["herring", "patience"])
    assert "critic" in least(text, [], ["critic"])


def test_a_date_is_not_taken_apart() -> None:
    text = "The towns agreed on May 2, 2023 to share the ferry, which both of them had wanted for years."
    assert told(text, 13, []) == "The towns agreed on May 2, 2023 to share the ferry …"


_TEXTS = st.lists(
    st.sampled_from(
        "Vik said, that pier; but and while the “boats” closed — who, is old. not (and) to: unless May 2023".split()
    ),
    min_size=1,
    max_size=40,
)


@given(_TEXTS)
def test_the_parts_of_a_sentence_are_all_of_it(words: list[str]) -> None:
    found = parts(words)
    assert found[0].start == 0
    assert found[-1].end == len(words)
    assert all(one.end == other.start for one, other in pairwise(found))


@given(_TEXTS, st.integers(4, 30))
def test_what_is_told_is_short_enough_and_in_order(words: list[str], most: int) -> None:
    shown = told(" ".join(words), most, ["boats"])
    if shown is not None:
        assert len(shown.split()) <= most
        place = 0
        for word in shown.split():
            if word != "…" and (plain := word.rstrip(",;:—”")):
                place = next(n for n in range(place, len(words)) if words[n].startswith(plain)) + 1
