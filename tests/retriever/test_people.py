"""Who is meant: within one article, by what the article says, and nobody where it leaves two possible."""

from __future__ import annotations

import pytest

from retriever.records import Article
from retriever.statements.people import People
from retriever.statements.speaker import Speaker

TEXT = """Harbour ministers meet in Lund
LUND — Norwegian Harbour Minister Vik Tomas met his Danish counterpart, Anna Moe, in Lund on Tuesday.
Mr Vik said the pier was safe. Ms Moe asked for a second survey.
Elsewhere, fishermen's leader Vik Karin warned of delays. Professor Ole Brandt, an engineer, disagreed.
According to Brant, the planks are sound. A senior official at the harbour ministry said nothing had been agreed."""


@pytest.fixture
def people() -> People:
    return People(Article("a", TEXT))


def name(found: Speaker | None) -> str | None:
    return found.name if found else None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Danish counterpart, Anna Moe", "Anna Moe"),
        ("Ms Moe", "Anna Moe"),
        ("Moe", "Anna Moe"),
        ("Norwegian Harbour Minister Vik Tomas", "Vik Tomas"),
        ("fishermen's leader Vik Karin", "Vik Karin"),
        ("Professor Ole Brandt, an engineer,", "Ole Brandt"),
        ("a senior official at the harbour ministry", "senior official at the harbour ministry"),
        ("the two sides", "two sides"),
        ("it", None),
        ("", None),
        ("”", None),
    ],
)
def test_words_name_somebody_or_nobody(people: People, words: str, expected: str | None) -> None:
    assert name(people.named(words, ())) == expected


def test_joint_speakers_are_both_named(people: People) -> None:
    assert name(people.named("Moe and Brandt", ())) == "Anna Moe and Ole Brandt"


def test_a_pronoun_is_the_last_single_person_who_spoke(people: People) -> None:
    moe, joint = Speaker("Anna Moe", None, True), Speaker("Anna Moe and Ole Brandt", None, True)
    body = Speaker("harbour ministry", None, False)
    assert people.named("she", [moe, joint, body, None]) == moe
    assert people.named("He", [body, None]) is None


def test_they_are_the_last_who_spoke_together(people: People) -> None:
    joint = Speaker("Anna Moe and Ole Brandt", None, True)
    assert people.named("They", [joint, Speaker("Anna Moe", None, True)]) == joint
    assert people.named("they", [Speaker("Anna Moe", None, True)]) is None


def test_a_misspelt_name_is_its_one_likeness(people: People) -> None:
    assert name(people.named("Brant", ())) == "Ole Brandt"


def test_a_role_comes_with_the_name(people: People) -> None:
    found = people.named("fishermen's leader Vik Karin", ())
    assert found is not None
    assert found.role == "fishermen's leader"
    behind = people.named("Ole Brandt, a professor of engineering", ())
    assert behind is not None
    assert behind.role == "professor of engineering"


def test_a_description_is_no_person(people: People) -> None:
    found = people.named("a senior official at the harbour ministry", ())
    assert found is not None
    assert not found.person


def test_the_staff_of_somebody_is_not_that_person(people: People) -> None:
    found = people.named("Moe's staff")
    assert found == Speaker("Moe's staff", None, False)


def test_who_stands_in_a_relative_clause_does_not_speak_too(people: People) -> None:
    assert name(people.named("Anna Moe, who also met Brandt,")) == "Anna Moe"


def test_nobody_is_the_ministry_that_speaks_for_them(people: People) -> None:
    assert name(people.named("Moe, the Danish ministry")) == "Danish ministry"


def test_both_are_the_last_two_who_spoke_if_a_sentence_names_both(people: People) -> None:
    vik, moe, brandt = (Speaker(each, None, True) for each in ("Vik Tomas", "Anna Moe", "Ole Brandt"))
    assert name(people.named("Both", [vik, moe], at=len(TEXT))) == "Vik Tomas and Anna Moe"
    assert people.named("Both", [vik, brandt], at=len(TEXT)) is None


def test_the_same_unnamed_speaker_keeps_the_whole_description(people: People) -> None:
    official = Speaker("senior official at the harbour ministry", None, False)
    assert people.named("the official", [official]) == official


def test_an_office_before_nobodys_name_is_of_the_one_who_is_named_around() -> None:
    text = "Anna Moe spent a day in Lund. On Tuesday the Danish harbour minister met Vik Tomas. It rained."
    around = People(Article("a", text))
    assert around.present(*around.sentence_at(text.index("the Danish"))) == ["Vik Tomas", "Anna Moe"]


def test_a_statement_is_that_of_those_who_issued_it() -> None:
    text = "The reason was a statement by the harbour ministers of the north, issued on Monday, which said it rained."
    assert name(People(Article("a", text)).named("which", at=text.index("which"))) == "harbour ministers of the north"


def test_the_two_sides_are_the_only_two_countries_named_together() -> None:
    one, two = "Envoys of Norway and Denmark met.", "Envoys of Norway and Denmark met. Sweden and Finland did not."
    assert name(People(Article("a", one)).named("The two sides")) == "Denmark and Norway"
    assert name(People(Article("a", two)).named("The two sides")) == "two sides"
