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
