import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.matching import fold, locate


@pytest.mark.parametrize(
    "same",
    ["He said “No”", "he said  ''no''", "HE SAID «no»", 'he\u00a0said\n"no"', " he said ``no'' ", "he said „no“"],
)
def test_case_quotes_and_spaces_fold_to_the_same(same: str) -> None:
    assert fold(same) == 'he said "no"'


def test_apostrophes_of_all_kinds_are_one() -> None:
    assert fold("Japan’s") == fold("Japan's") == fold("JAPAN‘S")


def test_a_place_counts_code_points_of_the_original() -> None:
    text = "🙂 Straße:  ''Peace,\u00a0and   stability'' he said"
    ((start, end),) = locate('STRASSE: "peace, and stability"', text)
    assert text[start:end] == "Straße:  ''Peace,\u00a0and   stability''"


def test_every_place_is_found_and_words_that_do_not_stand_there_have_none() -> None:
    assert locate("no", "No, no!") == [(0, 2), (4, 6)]
    assert locate("yes", "No, no!") == []
    assert locate("  ", "No, no!") == []


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_a_slice_of_a_text_is_located_where_it_was_cut(before: str, words: str, after: str) -> None:
    if not fold(words):
        return
    text = f"{before} | {words} | {after}"
    places = locate(f"| {words} |", text)
    assert any(fold(text[start:end]) == fold(f"| {words} |") for start, end in places)
