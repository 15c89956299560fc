"""Whom a question takes its answer from: outlets and speakers that the archive has, and those that it has not."""

from __future__ import annotations

import pytest

from tests.service.question.chips import only, read, table

CREDITED = table("""
According to the Coastal News Agency, who left? | source  | According to the Coastal News Agency | Coastal News Agency
According to Coastal News, who left?         | source  | According to Coastal News        | Coastal News Agency
Who left, according to the pier gazette?     | source  | according to the pier gazette    | The Pier Gazette
who left according to pier gazette           | source  | according to pier gazette        | The Pier Gazette
Who left, per The Pier Gazette?              | source  | per The Pier Gazette             | The Pier Gazette
Who left, as reported by NSB?                | source  | as reported by NSB               | North Shore Broadcasting
What was wrong in the Gazette report?        | source  | in the Gazette report            | The Pier Gazette
Who is quoted in the Lagoon Post's article?  | source  | in the Lagoon Post's article     | Lagoon Post
Who left, according to Moe?                  | speaker | according to Moe                 | Ingrid Moe
who left according to moe                    | speaker | according to moe                 | Ingrid Moe
According to Harbour Minister Moe, who left? | speaker | According to Harbour Minister Moe | Ingrid Moe
Who left, according to Vik's account?        | speaker | according to Vik                 | Tor Vik
In Moe's view, who should leave?             | speaker | In Moe's view                    | Ingrid Moe
Who is “a lamp” in Ingrid Moe's words?       | speaker | in Ingrid Moe's words            | Ingrid Moe
""")

NOBODY_CREDITED = """
Who left, according to police?
Who left, according to the Danish account?
Who left, according to Danish officials?
Who left, according to the Ministry of Fish?
Who left, according to Beijing?
Who left, according to the panel?
Who left, according to his grandson's book?
Who left, according to Moe's aide?
Who left, according to Moe and Vik?
What does a trip cost per crew?
Who said “according to the Pier Gazette”?
Who was named in the Hansen report?
What did Moe report?
"""


@pytest.mark.parametrize(("question", "kind", "words", "name"), CREDITED)
def test_whom_the_question_credits_becomes_a_filter(question: str, kind: str, words: str, name: str) -> None:
    chip = only(question)
    assert (chip.kind, chip.text, chip.value, chip.applied) == (kind, words, name, True)


@pytest.mark.parametrize("question", NOBODY_CREDITED.strip().splitlines())
def test_bodies_papers_and_several_people_are_no_filter(question: str) -> None:
    assert not read(question).chips


def test_an_unknown_outlet_is_named_with_the_nearest() -> None:
    chip = only("Who left, according to the Peer Gazette?")
    assert (chip.kind, chip.applied, chip.value) == ("source", False, None)
    assert chip.note == (
        "No outlet or speaker called “Peer Gazette” is in the archive; the nearest is “The Pier Gazette”."
    )


def test_a_name_that_fits_two_outlets_is_not_guessed() -> None:
    chip = only("Who left, according to the Lagoon?")
    assert not chip.applied
