"""An article's statements: whose words they are, of what kind, by way of whom and when; all of them slices of it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from retriever.records import Article, Statement
from retriever.statements import Finder
from tests.harbour import ARTICLES

PUBLISHED = date(2022, 11, 23)  # a Wednesday
TRANSCRIPT = """Joint remarks by Harbour Minister Lena Brandt and Foreign Minister Élise Roux

HARBOUR MINISTER BRANDT: Good morning. The strait is open to small fishing boats from the first of May.

FOREIGN MINISTER ROUX: The quarrel over herring quotas is closed. Our crews wanted certainty.

QUESTION: Is the lamp of the lighthouse repaired?

FOREIGN MINISTER ROUX: It was lit on Friday.

MODERATOR: The buses leave at noon."""
ATTRIBUTABLE = """The following is attributable to Nora Lind:

Minister Brandt met fishermen in Sandvik today. Both sides looked at the quotas."""
RELEASE = """Statement by Harbour Minister Lena Brandt

Today we remember the crew of the Aurora. I thank everyone who searched for them. The harbour opened in 1931."""
KINDS = (
    "“The pier is older than the town,” Mayor Tomas Vik said. Ingrid Moe said that the ferry company needed a loan. "
    "Nora Lind said the storm was “the worst in twenty years” for the boats of Sandvik."
)
TWICE = "“The pier is older than the town and will not outlive it,” Mayor Tomas Vik said."
NESTED = (
    "The ministry said in a statement that Harbour Minister Lena Brandt told Foreign Minister Élise Roux that the "
    "strait must stay open to small fishing boats."
)


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(threads=1)


def found(finder: Finder, text: str, **known: Any) -> list[Statement]:
    return finder.find(Article("a", text, **known))


def test_in_a_transcript_each_sentence_is_the_one_whose_label_stands_before_it(finder: Finder) -> None:
    said = {each.content: (each.speaker, each.speaker_text, each.cue) for each in found(finder, TRANSCRIPT)}
    brandt, roux = ("Lena Brandt", "HARBOUR MINISTER BRANDT", ""), ("Élise Roux", "FOREIGN MINISTER ROUX", "")
    assert said["Good morning."] == brandt
    assert said["The strait is open to small fishing boats from the first of May."] == brandt
    assert said["The quarrel over herring quotas is closed."] == roux
    assert said["It was lit on Friday."] == roux


def test_a_label_that_is_only_a_role_is_nobody(finder: Finder) -> None:
    labels = ("QUESTION", "MODERATOR")
    assert not [each for each in found(finder, TRANSCRIPT) if each.speaker_text in labels or each.speaker in labels]
    assert "The buses leave at noon." not in [each.content for each in found(finder, TRANSCRIPT)]


def test_nothing_in_a_transcript_reaches_over_two_turns_or_is_found_twice(finder: Finder) -> None:
    statements = found(finder, ARTICLES["2023/remarks.txt"].split("---\n", 2)[-1])
    assert len(statements) == 6
    for one, other in pairwise(statements):
        assert one.slices[-1][1] <= other.slices[0][0]
    assert not any("Thank you all" in each.content for each in statements)  # the moderator's


def test_what_is_attributable_to_somebody_is_theirs_sentence_by_sentence(finder: Finder) -> None:
    said = [(each.speaker, each.content, each.kind) for each in found(finder, ATTRIBUTABLE, published=PUBLISHED)]
    assert said == [
        ("Nora Lind", "Minister Brandt met fishermen in Sandvik today.", "direct"),
        ("Nora Lind", "Both sides looked at the quotas.", "direct"),
    ]


def test_a_release_in_the_first_person_is_its_one_authors_where_it_says_i_or_we(finder: Finder) -> None:
    said = [(each.speaker, each.content) for each in found(finder, RELEASE, author="Lena Brandt")]
    assert said == [
        ("Lena Brandt", "Today we remember the crew of the Aurora."),
        ("Lena Brandt", "I thank everyone who searched for them."),
    ]
    for nobody in (None, "Ingrid Moe", "Staff"):  # not named near the top, or no name
        assert {each.speaker for each in found(finder, RELEASE, author=nobody)} <= {None}


def test_a_quotation_in_the_first_person_is_not_the_authors(finder: Finder) -> None:
    text = "By Lena Brandt\n\n“We can sail until June,” Ingrid Moe said."
    assert [each.speaker for each in found(finder, text, author="Lena Brandt")] == ["Ingrid Moe"]


def test_what_stands_twice_is_one_statement(finder: Finder) -> None:
    (only,) = found(finder, f"{TWICE}\n\nThe council met on Monday.\n\n{TWICE}")
    assert only.start < 100
    other = TWICE.replace("Mayor Tomas Vik", "Ingrid Moe")
    assert [each.speaker for each in found(finder, f"{TWICE}\n\n{other}")] == ["Tomas Vik", "Ingrid Moe"]


def test_ids_are_the_same_again_and_others_in_another_article(finder: Finder) -> None:
    first = [each.id for each in finder.find(Article("a", KINDS))]
    assert [each.id for each in Finder(threads=1).find(Article("a", KINDS))] == first
    assert len(set(first)) == 3
    assert not set(first) & {each.id for each in finder.find(Article("b", KINDS))}


@pytest.mark.parametrize("name", ARTICLES)
def test_slices_lie_in_the_text_and_joined_they_are_the_content(finder: Finder, name: str) -> None:
    text = ARTICLES[name].split("---\n", 2)[-1]
    statements = found(finder, text, published=PUBLISHED)
    assert statements
    assert [each.start for each in statements] == sorted(each.start for each in statements)
    for each in statements:
        assert each.content == " … ".join(text[start:end] for start, end in each.slices) != ""
        assert 0 <= each.start <= each.slices[0][0] < each.slices[-1][1] <= each.end <= len(text)
        assert each.speaker_text in text
        assert each.article_id == "a"


def test_words_in_quotation_marks_are_direct_others_indirect_and_both_mixed(finder: Finder) -> None:
    kinds = {each.speaker: each.kind for each in found(finder, KINDS)}
    assert kinds == {"Tomas Vik": "direct", "Ingrid Moe": "indirect", "Nora Lind": "mixed"}


def test_who_reports_a_statement_within_their_own_is_its_chain(finder: Finder) -> None:
    outer, inner = found(finder, NESTED)
    assert (outer.speaker, outer.via) == ("ministry", ())
    assert (inner.speaker, inner.addressee, inner.via) == ("Lena Brandt", "Élise Roux", ("ministry",))
    assert inner.content == "that the strait must stay open to small fishing boats"
    assert outer.start < inner.start < inner.end <= outer.end


def test_whom_a_source_cites_is_the_speaker_and_the_outlet_the_chain(finder: Finder) -> None:
    text = "The Harbour Daily newspaper, which cited Mayor Tomas Vik, reported that the pier would be closed."
    (only,) = found(finder, text)
    assert (only.speaker, only.via) == ("Tomas Vik", ("Harbour Daily newspaper",))


def test_a_pronoun_is_who_spoke_before(finder: Finder) -> None:
    text = "Harbour Minister Lena Brandt told growers that the pier was safe. She added that repairs would be cheap."
    said = [(each.speaker, each.speaker_text, each.cue) for each in found(finder, text)]
    assert said == [("Lena Brandt", "Harbour Minister Lena Brandt", "told"), ("Lena Brandt", "She", "added")]


def test_plans_and_beliefs_are_marked(finder: Finder) -> None:
    text = "Mayor Tomas Vik said that the pier was old. Ingrid Moe believes that the ferry will sail."
    assert {each.speaker: each.speech for each in found(finder, text)} == {"Tomas Vik": True, "Ingrid Moe": False}


def test_the_day_is_the_sentences_own_counted_from_the_day_of_publication(finder: Finder) -> None:
    (only,) = found(finder, "Mayor Tomas Vik said on Tuesday that the pier was unsafe.", published=PUBLISHED)
    assert only.said_on is not None
    assert (only.said_on.first, only.said_on.last) == (date(2022, 11, 22), date(2022, 11, 22))
    assert only.said_on.text == "Tuesday"


def test_without_a_day_in_the_text_it_is_that_of_publication_and_says_so(finder: Finder) -> None:
    for each in (*found(finder, KINDS, published=PUBLISHED), *found(finder, TRANSCRIPT, published=PUBLISHED)):
        if "Friday" in each.content:
            continue
        assert each.said_on is not None
        assert (each.said_on.first, each.said_on.basis, each.said_on.text) == (PUBLISHED, "publication", "")


def test_a_day_that_somebody_speaks_of_is_not_when_they_spoke(finder: Finder) -> None:
    text = "Mayor Tomas Vik said that the pier had been closed on Monday."
    (only,) = found(finder, text, published=PUBLISHED)
    assert only.said_on is not None
    assert only.said_on.basis == "publication"
    assert only.said_on.text == ""


def test_without_any_date_nothing_is_known_of_when(finder: Finder) -> None:
    assert [each.said_on for each in (*found(finder, KINDS), *found(finder, TRANSCRIPT))] != []
    assert {each.said_on for each in (*found(finder, KINDS), *found(finder, TRANSCRIPT))} == {None}


def test_a_weekday_in_an_article_without_a_date_stays_in_its_words(finder: Finder) -> None:
    (only,) = found(finder, "Mayor Tomas Vik said on Tuesday that the pier was unsafe.")
    assert only.said_on is not None
    assert (only.said_on.first, only.said_on.last, only.said_on.text) == (None, None, "Tuesday")


@pytest.mark.parametrize("text", ["", " \n", "🙂", "The pier is ninety metres long. It rains there in June."])
def test_where_nobody_speaks_nothing_is_found(finder: Finder, text: str) -> None:
    assert found(finder, text, published=PUBLISHED) == []
