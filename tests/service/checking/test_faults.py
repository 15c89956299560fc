"""Nothing unchecked gets out: what a slice does not bear out is found, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from service.checking.faults import faults

SLICE = (
    "“The pier is older than the town,” Mayor Tomas Vik said on Tuesday, adding that it wasn’t safe; the G7’s "
    "60th report puts repairs at 40 million kroner, and talks in the U.S. lasted three hours in May."
)
ELSEWHERE = "Growers in Sandvik disagree."


@pytest.mark.parametrize(
    "text",
    [
        "“The pier is older than the town,” Tomas Vik said.",
        "Tomas Vik: “the pier is older than the town”",
        '"the PIER\u00a0is  older than the town"',
        "''The pier is older''",
        "It is ‘older than the town’ and «wasn't safe».",
        "„The pier is older“ than “the town”",
        "“The pier … the town”",
        "“The pier ... than the town …”",
        "“The pier is “older” than the town”",
        "According to Vik’s mayor’s office, repairs cost 40 million.",
        "Vik's 60th report of the G7 took 3 hours.",
        "On Tuesday, in May: three hours in the US.",
        "I’ve a TOMAS VIK and a Ｖｉｋ.",
        "The town; a pier; older.",
        "",
    ],
)
def test_what_a_slice_says_is_without_fault(text: str) -> None:
    assert faults(text, [ELSEWHERE, SLICE]) == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("“The pier is newer than the town,” Vik said.", "The pier is newer than the town"),
        ('"The pier is newer"', "The pier is newer"),
        ("''The pier wasn't older''", "The pier wasn't older"),
        ("‘pier is newer’", "pier is newer"),
        ("'pier is newer'", "pier is newer"),
        ("«pier is newer»", "pier is newer"),
        ("„pier is newer“", "pier is newer"),
        ("「pier is newer」", "pier is newer"),
        ("“The pier is “newer” than the town”", "newer"),
        ("“The pier is newer than", "The pier is newer than"),
        ("“than the town … The pier is older”", "than the town"),
        ("“The pier … the ship”", "the ship"),
        ("“The pier in Sandvik”", "The pier in Sandvik"),
        ("“The pier is older Growers in Sandvik”", "Growers in Sandvik"),
        ("Repairs cost 14 million.", "14"),
        ("Repairs cost 400 million.", "400"),
        ("Repairs cost 4 million.", "4"),
        ("Repairs cost 40 billion.", "billion"),
        ("The 61st report of the G7.", "61st"),
        ("The talks lasted five hours.", "five"),
        ("The talks lasted 13 hours.", "13"),
        ("Mayor Thomas Vik said so.", "Thomas"),
        ("Karlov said so.", "Karlov"),
        ("So said Vik; Karlov agreed.", "Karlov"),
        ("Vik said so on Monday.", "Monday"),
        ("Vik said so in March.", "March"),
        ("Vik said so in 2021.", "2021"),
        ("Vik spoke to the EU.", "EU"),
    ],
)
def test_what_is_altered_is_found_and_named(text: str, fault: str) -> None:
    found = faults(text, [ELSEWHERE, SLICE])
    assert len(found) == 1
    assert fault in found[0]


def test_a_quotation_must_stand_in_one_slice() -> None:
    assert faults("“the pier is old”", ["He said the pier", "is old."])
    assert not faults("“the pier” and “is old”", ["He said the pier", "is old."])


def test_what_was_derived_need_not_be_in_the_slices_but_a_quotation_must() -> None:
    derived = ("November 22, 2022", "Lena Brandt")
    assert not faults("November 22, 2022: Lena Brandt asked growers.", [ELSEWHERE], derived=derived)
    assert faults("November 23, 2022", [ELSEWHERE], derived=derived) == ("number not in the source: 23",)
    assert faults("“Lena Brandt”", [ELSEWHERE], derived=derived)


@pytest.mark.parametrize("slices", [[], [""], ["", "🙂"]])
def test_empty_slices_bear_nothing_out(slices: list[str]) -> None:
    assert len(faults("“Yes,” said Vik at 9.", slices)) == 3
    assert faults("it rained.", slices) == ()


_MARKS = st.sampled_from(["“{}”", '"{}"', "«{}»", "„{}“", "He said: “{},” and left.", "''{}''"])
_WORDS = st.lists(
    st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=6)
    | st.sampled_from(["Vik", "pier", "G7", "1,000", "中日", "Ōta’s", "naïve", "🙂", "—", "U.S."]),
    min_size=1,
    max_size=12,
)


@given(_WORDS, st.data(), _MARKS, st.sampled_from([" ", "\u00a0", "  ", "\n"]))
@example(["U.S."], None, "“{}”", " ")
def test_any_words_in_a_row_may_be_quoted(words: list[str], data: st.DataObject | None, marks: str, space: str) -> None:
    begin = data.draw(st.integers(0, len(words) - 1)) if data else 0
    end = data.draw(st.integers(begin + 1, len(words))) if data else len(words)
    slice_ = f"so He said and left {' '.join(words)} it is."
    assert faults(marks.format(space.join(words[begin:end])), [slice_]) == ()


@given(_WORDS, st.data(), _MARKS)
def test_no_words_may_be_quoted_with_one_changed(words: list[str], data: st.DataObject, marks: str) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    assume(any(character.isalnum() for character in words[place]))
    changed = [*words[:place], data.draw(st.sampled_from(["unheardof", "31415", "Karlovsen"])), *words[place + 1 :]]
    slice_ = f"so He said and left {' '.join(words)} it is."
    assert any("quotation" in fault for fault in faults(marks.format(" ".join(changed)), [slice_]))
