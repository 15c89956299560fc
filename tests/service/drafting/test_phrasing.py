"""A source's words in an answer: one line, short enough, nothing reworded, marks in pairs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.drafting.phrasing import balanced, behind_dateline, excerpt, in_quotation_marks, is_layout, one_line

LONG = (
    "Growers came early, the mayor came late, and when the ferry had left, carrying the mail and two cows, "
    "the harbour minister told everybody who was still awake that the pier would close in May, whatever it cost."
)


def words(text: str) -> list[str]:
    """The words of an excerpt, without ellipses and what a cut takes off a word's end."""
    return [word.rstrip(",;:—–") for word in text.split() if word != "…"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("The  pier\n\u00a0closes.\t", "The pier closes."),
        ("• The pier closes.", "The pier closes."),
        ("2) The pier closes.", "The pier closes."),
        ("– The pier closes.", "The pier closes."),
        ("2022 was wet.", "2022 was wet."),
        ("-5 degrees", "-5 degrees"),
        ("🙂 Yes.", "🙂 Yes."),
        ("◦ The pier closes.", "The pier closes."),
        ("The pier closes. “”", "The pier closes."),
        ("The pier,, which is old, closes.", "The pier, which is old, closes."),
        ("Wait ... it closes.", "Wait ... it closes."),
    ],
)
def test_a_sentence_becomes_one_line_without_its_bullet(text: str, line: str) -> None:
    assert one_line(text) == line


def test_a_short_sentence_stays_whole() -> None:
    assert excerpt("The pier closes.", 3, ["ferry"]) == "The pier closes."


def test_an_excerpt_shows_the_part_that_is_asked_for_and_what_was_left_out() -> None:
    shown = excerpt(LONG, 30, ["pier", "closing"])
    assert shown.startswith("… ")
    assert "the harbour minister told everybody who was still awake that the pier would close in May" in shown
    assert "the pier would close" in excerpt(LONG, 15, ["pier", "closing"])
    assert excerpt(LONG, 15, ["growers"]).startswith("Growers came early")
    assert excerpt(LONG, 15, ["growers"]).endswith(" …")
    assert excerpt(LONG, 15, ["cost", "May"]).endswith("it cost.")


def test_a_word_that_answers_is_kept_before_words_that_are_only_asked_for() -> None:
    assert "mayor" not in excerpt(LONG, 15, ["pier", "closing"])
    assert "mayor" in excerpt(LONG, 15, ["pier", "closing"], ["mayor"])
    assert excerpt(LONG, 15, ["pier", "closing"], ["ferry", "cows"]).count("ferry") == 1


@pytest.mark.parametrize(
    ("line", "own"),
    [
        ("BERGEN (Coast Wire) — The pier closes.", "The pier closes."),
        ("SANDVIK, Norway, Feb. 3 (CW) -- The pier closes.", "The pier closes."),
        ("OSLO ― The pier closes.", "The pier closes."),
        ("NORTH HARBOUR - The pier closes.", "The pier closes."),
        ("Bergen (AP) — The pier closes.", "The pier closes."),
        ("NATO - an alliance - met.", "NATO - an alliance - met."),
        ("The pier — the old one — closes.", "The pier — the old one — closes."),
    ],
)
def test_a_dateline_is_seen(line: str, own: str) -> None:
    assert line[behind_dateline(line) :] == own


@pytest.mark.parametrize(
    ("line", "layout"),
    [
        ("Ada J. Lund, Secretary of Fish", True),
        ("Panel: “After the storm” - transcript (excerpt)", True),
        ("Correction, May 4: An earlier version gave another name.", True),
        ("Tuesday, May 2, 2023, Bergen", True),
        ("The Coast Ledger, May 2, 2023.", True),
        ("FULL TEXT.", True),
        ("How Ada Lund Thinks About Cod.", True),
        ("The pier closes.", False),
        ("Not this year.", False),
        ("reaffirmed that both towns had agreed to keep the pier", False),
    ],
)
def test_what_is_no_sentence_is_told_from_what_is_one(line: str, layout: bool) -> None:
    assert is_layout(line) is layout


_TEXTS = st.lists(
    st.sampled_from("pier, ferry closes; the “old mayor” said: “yes” — no. town’s (two) cows… '' 5".split()),
    max_size=60,
).map(" ".join)


@given(_TEXTS, st.integers(5, 30), st.lists(st.sampled_from(["pier", "cows", "mayor", "rain"])))
def test_an_excerpt_is_words_in_their_order_and_says_where_it_cuts(text: str, most: int, wanted: list[str]) -> None:
    shown = excerpt(text, most, wanted)
    assert len(shown.split()) <= max(most, len(words(shown)) + shown.count("…"))
    assert len(words(shown)) <= most
    place = 0
    theirs = words(text)
    for word in words(shown):
        place = theirs.index(word, place) + 1
    assert len(words(shown)) == len(theirs) or "…" in shown


_MARKED = st.sampled_from(["“”", "„“", "«»"]).flatmap(
    lambda curly: st.text(st.sampled_from(f"ab, .'\"🙂{curly}"), max_size=24)
)


@given(_MARKED)
def test_after_balancing_every_mark_has_its_partner_and_no_word_has_changed(text: str) -> None:
    paired = balanced(text)
    assert paired.count('"') % 2 == 0
    assert paired.count("''") % 2 == 0
    waiting: list[str] = []
    for mark in re.findall("[“”„«»]", paired):
        if waiting and mark in waiting[-1]:
            waiting.pop()
        else:
            assert mark in "“„«", paired
            waiting.append({"“": "”", "„": "“”", "«": "»"}[mark])
    assert waiting == []
    unmarked = re.compile("[“”„«»\"']")
    assert unmarked.sub("", paired).strip() == unmarked.sub("", text).strip()
    assert balanced(paired) == paired


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("“The pier closes.", "“The pier closes.”"),
        ("The pier closes,” Vik said.", "“The pier closes,” Vik said."),
        ("… pier closes,” Vik said, “and …", "… “pier closes,” Vik said, “and” …"),
        ('"The pier closes.', '"The pier closes."'),
        ('The pier closes," Vik said.', '"The pier closes," Vik said.'),
        ("''The pier closes.", "''The pier closes.''"),
        ("The pier closes,'' Vik said.", "''The pier closes,'' Vik said."),
        ("«The pier closes.", "«The pier closes.»"),
        ("„The pier closes“, said Vik.", "„The pier closes“, said Vik."),
        ("The town’s pier closes.", "The town’s pier closes."),
    ],
)
def test_a_mark_that_was_cut_off_is_put_back(text: str, whole: str) -> None:
    assert balanced(text) == whole


def test_words_said_stand_in_quotation_marks_and_ellipses_outside() -> None:
    assert in_quotation_marks("The pier closes.") == "“The pier closes.”"
    assert in_quotation_marks("… the pier closes …") == "… “the pier closes” …"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The pier … closes", "“The pier” … “closes”"),
        ("He said “the pier” and … left", "“He said “the pier” and” … “left”"),
        ("He said “the pier … closes” now", "“He said “the pier”” … ““closes” now”"),
    ],
)
def test_words_left_out_of_a_quotation_stand_between_its_marks(text: str, shown: str) -> None:
    assert in_quotation_marks(text) == shown


def test_what_is_left_out_beside_a_quotation_changes_nothing_in_it() -> None:
    assert balanced("Vik … said “the pier” … now") == "Vik … said “the pier” … now"
    assert balanced('Vik said "the pier … closes" now') == 'Vik said "the pier" … "closes" now'


_TUNNEL = (
    "the town will close the old tunnel under the hill to lorries of every kind, coaches of every size and tankers "
    "from every port by the end of the year"
)
_IF = "if the men who inspect it find any water behind the lining"


@pytest.mark.parametrize("sentence", [f"Lund said that {_TUNNEL} {_IF}.", f"I{_IF[1:]}, {_TUNNEL}, Lund said."])
@pytest.mark.parametrize("most", range(12, 44, 4))
def test_what_holds_under_a_condition_is_never_told_without_it(sentence: str, most: int) -> None:
    shown = excerpt(sentence, most, ["town", "close", "tunnel"])
    assert "if the men" in shown.lower()
    assert len(shown.split()) <= most + 1
    assert "will" in shown or "Lund said" in shown


def test_what_negates_the_words_is_not_cut_off_before_them() -> None:
    sentence = (
        "Lund has never said in any of her many interviews, speeches in the town hall and letters to the owners of "
        "ships on the coast that the harbour fees would fall before the winter."
    )
    assert all("never" in excerpt(sentence, most, ["harbour", "fees"]) for most in range(10, 36))
