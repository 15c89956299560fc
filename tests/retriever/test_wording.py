"""Words as they are compared: which carry meaning, their stems, shared runs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retriever.wording import content_words, longest_run, stem


def test_only_words_that_carry_meaning_are_compared_each_once_and_folded() -> None:
    text = "Who said that the Café’s pier, the café\u00a0PIER, was “older” than the town?"
    assert content_words(text) == ["cafe", "pier", "older", "town"]


def test_a_question_without_content_has_no_words() -> None:
    assert content_words("Who said what, and when?") == []
    assert content_words("?!… 🙂") == []


def test_forms_of_a_word_share_a_stem() -> None:
    assert stem("ferries") == stem("ferry")
    assert stem("announced") == stem("announces")
    assert stem("pier") != stem("piece")


def test_the_longest_run_is_of_words_in_a_row() -> None:
    sought = "the pier is older than the town".split()
    assert longest_run(sought, "he said the pier is old".split()) == 3
    assert longest_run(sought, "town the than older is pier the".split()) == 1
    assert longest_run(sought, sought) == 7
    assert longest_run([], sought) == longest_run(sought, []) == 0


_WORDS = st.lists(st.sampled_from("a b c".split()), max_size=8)


@given(_WORDS, _WORDS)
def test_the_longest_run_is_what_comparing_all_runs_gives(sought: list[str], found: list[str]) -> None:
    runs = {tuple(found[i:j]) for i in range(len(found)) for j in range(i + 1, len(found) + 1)}
    ours = [tuple(sought[i:j]) for i in range(len(sought)) for j in range(i + 1, len(sought) + 1)]
    assert longest_run(sought, found) == max((len(run) for run in ours if run in runs), default=0)
