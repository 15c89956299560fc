"""Sentences, passages and turns: where they begin and end, whatever the text holds."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retriever.records import Article
from retriever.splitting import (
    LONGEST_SENTENCE,
    MOST_CHARACTERS,
    after_label,
    embedded_text,
    passages,
    sentences,
    speaker_at,
    turn_label,
    turns,
)

_PIECES = st.sampled_from(
    [
        *(
            "The envoy of the U.S. left at 5 p.m. ",
            "“We agree. We do,” he said. ",
            "Mr. Ōta (R-S.C.) wrote: “No.” ",
            "word ",
        ),
        *(
            "中日會談。",
            "雙方同意。",
            "🙂",
            "👩‍👩‍👧 ",
            "\u00a0",
            "e\u0301",
            "\r\n",
            "\n\n",
            "\t",
            "\u2028",
            "\u200b",
            ". ",
            "?! ",
            "… ",
        ),
        *("“", "”", '"', "''", "(", ")[1] ", "MR ONO: ", "Q  ", "x" * 1200, "long words " * 120),
    ]
)
TEXTS = st.lists(_PIECES | st.text(max_size=8), max_size=25).map("".join)


@given(TEXTS)
@example("A.\r\nB.\u00a0C.\n\n  D")
@example("“" * 12_000)
def test_sentences_hold_every_character_but_white_space_once_and_in_order(text: str) -> None:
    found = sentences(text)
    assert all(left.end <= right.start for left, right in pairwise(found))
    covered = {place for s in found for place in range(s.start, s.end)}
    assert all(place in covered or character.isspace() for place, character in enumerate(text))
    for s in found:
        slice_ = text[s.start : s.end]
        assert slice_ == slice_.strip() != ""
        assert "\n" not in slice_
        assert len(slice_) <= LONGEST_SENTENCE


@given(TEXTS)
def test_passages_are_exact_slices_of_whole_sentences_that_hold_everything(text: str) -> None:
    article = Article("a.txt", text)
    found = passages(article)
    assert [p.ordinal for p in found] == list(range(len(found)))
    assert all(p.text == text[p.start : p.end] and p.article_id == "a.txt" for p in found)
    assert all(len(p.text) <= MOST_CHARACTERS for p in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    starts, ends = {p.start for p in found}, {p.end for p in found}
    whole = sentences(text)
    assert starts <= {s.start for s in whole}
    assert ends <= {s.end for s in whole}
    assert all(any(p.start <= s.start and s.end <= p.end for p in found) for s in whole)


@given(TEXTS)
def test_ids_of_passages_are_the_same_every_time_and_no_two_alike(text: str) -> None:
    ids = [p.id for p in passages(Article("a.txt", text))]
    assert ids == [p.id for p in passages(Article("a.txt", text, title="Another title"))]
    assert len(set(ids)) == len(ids)
    assert not set(ids) & {p.id for p in passages(Article("b.txt", text))}


def test_the_same_words_twice_in_an_article_are_two_passages() -> None:
    paragraph = "The ferry leaves at nine and the harbour master waves. " * 18
    found = passages(Article("a.txt", f"{paragraph}\n\n{paragraph}"))
    assert len(found) == 2
    assert found[0].text == found[1].text
    assert found[0].id != found[1].id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Ono met Dr. Sato. They ate.", ["Mr. Ono met Dr. Sato.", "They ate."]),
        ("The U.S. envoy spoke. Sen. Lee (R-S.C.) left.", ["The U.S. envoy spoke.", "Sen. Lee (R-S.C.) left."]),
        ("“We agree.” He left.", ["“We agree.”", "He left."]),
        ("“We agree. We do,” said Sato. All left.", ["“We agree. We do,” said Sato.", "All left."]),
        ("Harbour reopens\nBy A. Writer\nIt rained.", ["Harbour reopens", "By A. Writer", "It rained."]),
        ("One.\r\nTwo.", ["One.", "Two."]),
        ("No\u00a0break.\u00a0Two here.", ["No\u00a0break.", "Two here."]),
        ("外長會談。雙方同意。", ["外長會談。", "雙方同意。"]),
        ("Fish 🙂. Chips 🙂 too.", ["Fish 🙂.", "Chips 🙂 too."]),
        ("Appendix A\u00a0. It is long.", ["Appendix A\u00a0.", "It is long."]),
        ("Plan B\u2009\u202f. Then 🙂 C\u3000.", ["Plan B\u2009\u202f.", "Then 🙂 C\u3000."]),
        (" \n\u00a0\n", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in sentences(text)] == expected


@pytest.mark.parametrize(
    "unit", ["word ", "a", "“", '"', "(", "A. ", "中", "\u00a0", "“Yes. ", "MR ONO: ", "A ", "\n", "?!"]
)
def test_a_line_of_100_kb_takes_no_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    passages(Article("a.txt", text))
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("SECRETARY BLAKE: Good morning.", "SECRETARY BLAKE"),
        ("SECRETARY McBRIDE:  Good morning.", "SECRETARY McBRIDE"),
        ("MR O’HARA: Yes.", "MR O’HARA"),
        ("MR. AL-SABAH: Yes.", "MR. AL-SABAH"),
        ("KING OLAV : Thank you.", "KING OLAV"),
        ("FOREIGN MINISTER ÅSLUND (via interpreter): Yes.", "FOREIGN MINISTER ÅSLUND"),
        ("FOREIGN MINISTER DE LA CRUZ: Yes.", "FOREIGN MINISTER DE LA CRUZ"),
        ("SENIOR OFFICIAL #2: Yes.", "SENIOR OFFICIAL #2"),
        ("MS\u00a0PARK: Yes.", "MS\u00a0PARK"),
        ("QUESTION: When?", "QUESTION"),
        ("PREMIER OLSEN:", "PREMIER OLSEN"),
        ("Q: When?", "Q"),
        ("Q  When?", "Q"),
        ("Q\u00a0\u00a0When?", "Q"),
        ("Q When?", None),
        ("Note: the hall was full.", None),
        ("Let me add this: the hall was full.", None),
        ("He said: yes.", None),
        ("10:30 in the morning", None),
        ("10: a list", None),
        ("HTTPS://EXAMPLE.ORG", None),
        ("“SECRETARY BLAKE: Good morning.”", None),
        ("中国:会谈", None),
    ],
)
def test_a_turn_opens_with_a_label_in_capitals(line: str, label: str | None) -> None:
    assert turn_label(line) == turn_label(f"  {line}") == label
    if label is None:
        assert after_label(line) == 0
    else:
        assert line[after_label(line) :] == line.removeprefix(label).lstrip(" :\u00a0").removeprefix(
            "(via interpreter): "
        )


TRANSCRIPT = """Joint remarks

MS PARK: Welcome. The hall is full.

KING OLAV : Thank you. It rained.
It still rains.

QUESTION: For how long?"""


def test_every_sentence_belongs_to_the_last_label_before_it() -> None:
    spoken = turns(TRANSCRIPT)
    said = [(TRANSCRIPT[s.start : s.end], speaker_at(spoken, s.start)) for s in sentences(TRANSCRIPT)]
    assert said == [
        ("Joint remarks", None),
        ("MS PARK: Welcome.", "MS PARK"),
        ("The hall is full.", "MS PARK"),
        ("KING OLAV : Thank you.", "KING OLAV"),
        ("It rained.", "KING OLAV"),
        ("It still rains.", "KING OLAV"),
        ("QUESTION: For how long?", "QUESTION"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "WASHINGTON: The envoy left. He was tired.\nHe slept.",
        "TRADE: Tariffs fell.\nTAIWAN: Nothing changed.\nCOVID-19: Masks went.",
        "The envoy said: “Go.”\nNote: he went.\nNote: he came back.",
    ],
)
def test_headings_and_datelines_make_no_transcript(text: str) -> None:
    assert turns(text) == []
    assert [p.speaker for p in passages(Article("a.txt", text))] == [None]


@pytest.mark.parametrize(
    "label",
    "UPDATE|UPDATE 2|ANALYSIS|EXPLAINER|LISTEN|VIDEO|BACKGROUND|NOTE|EDITOR’S NOTE|KEY POINTS|CORRECTION|DEVELOPING|"
    "BREAKING|BREAKING NEWS|FACT CHECK|OPINION|PHOTOS|SUMMARY|CONTEXT|CLAIM|VERDICT|TIMELINE|READ MORE|SANDVIK".split(
        "|"
    ),
)
def test_a_section_that_comes_again_is_no_speaker(label: str) -> None:
    assert turns(f"{label}: The ferry sails.\n\nIt rained.\n\n{label}: The ferry sank.") == []


def test_sections_that_alternate_are_no_speakers() -> None:
    assert turns("CLAIM: It rains.\nVERDICT: It does.\nCLAIM: It snows.\nVERDICT: It does not.") == []


@pytest.mark.parametrize(
    "label",
    "QUESTION|Q|MODERATOR|JOURNALIST|HOST|THE PRESIDENT|PRIME MINISTER|SECRETARY BLAKE|MR PARK|MS NOTE".split("|"),
)
def test_a_role_or_a_title_makes_a_transcript_alone(label: str) -> None:
    assert [of for _, of in turns(f"{label}: Good morning.\n\n{label}: It rains.")] == [label, label]


def test_bare_surnames_make_a_transcript_where_they_take_turns_or_the_text_names_them() -> None:
    assert len(turns("PARK: Good morning.\nONO: It rains.\nPARK: Still.")) == 3
    alone = "ONO: Good morning.\n\nThe hall asked Mayor Ono of the rain.\n\nONO: It rains."
    assert [label for _, label in turns(alone)] == ["ONO", "ONO"]
    assert turns(alone.replace("Mayor Ono", "the mayor")) == []
    assert turns("STORM: It rains.\n\nAs Storm Ada neared, the storm grew.\n\nSTORM: It snows.") == []


def test_below_the_name_of_a_section_nobody_speaks_until_the_next_label() -> None:
    text = "MS PARK: Good morning.\n\nNOTE: The hall was full.\n\nIt rained.\n\nMR ONO: Thank you."
    spoken = turns(text)
    said = {text[s.start : s.end]: speaker_at(spoken, s.start) for s in sentences(text)}
    assert said["It rained."] is None
    assert said["NOTE: The hall was full."] is None
    assert said["MR ONO: Thank you."] == "MR ONO"


def test_a_passage_of_a_transcript_names_whose_turn_it_begins_in() -> None:
    text = "MS PARK: " + "Rain fell on the pier. " * 60 + "\nMR ONO: " + "Snow fell on the pier. " * 60
    found = passages(Article("a.txt", text))
    assert found[0].speaker == "MS PARK"
    assert found[-1].speaker == "MR ONO"


def test_the_model_reads_the_title_in_front_of_a_passage() -> None:
    article = Article("a.txt", "He left.", title="The envoy")
    (passage,) = passages(article)
    assert embedded_text(article, passage) == "The envoy\nHe left."
    assert embedded_text(Article("a.txt", "He left."), passage) == "He left."
