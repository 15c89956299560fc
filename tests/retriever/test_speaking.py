"""Who says a sentence: named in full where the article does so, unresolved where it does not say."""

from __future__ import annotations

import pytest

from retriever.naming import full_name, of_label
from retriever.records import Article
from retriever.speaking import Speaking
from retriever.splitting import sentences, speaker_at, turns
from retriever.wording import content_words


def said(
    speaking: Speaking, text: str, asked: str = "", *, title: str | None = None, author: str | None = None
) -> list[str | None]:
    """The speaker of each sentence; fails where the place that is given for one does not name anybody there."""
    article = Article("a.txt", text, title=title, author=author)
    spoken = turns(text)
    names: list[str | None] = []
    for sentence in sentences(text):
        label = speaker_at(spoken, sentence.start)
        found = speaking.speaker(article, sentence.start, sentence.end, label=label, words=content_words(asked))
        names.append(found.name if found else None)
        if found:
            place = text[found.start : found.end]
            assert place == place.strip() != ""
            assert set(content_words(place)) & set(content_words(found.name))
    return names


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Tomas Vik said that the pier was old.", "Tomas Vik"),
        ("“The pier is old,” Tomas Vik said.", "Tomas Vik"),
        ("“The pier,” said Tomas Vik, “is older than the town.”", "Tomas Vik"),
        ("Mayor Tomas Vik, who has led the town since 2010, warned growers about the pier.", "Tomas Vik"),
        ("According to Tomas Vik, the ferry was late.", "Tomas Vik"),
        ("The ferry was late, according to Tomas Vik.", "Tomas Vik"),
        ("The ferry was described as “a floating ruin” by Tomas Vik, the mayor.", "Tomas Vik"),
        ("The plan was called a mistake by Tomas Vik.", "Tomas Vik"),
        ("“People say that it never rains,” Tomas Vik replied.", "Tomas Vik"),
        ("The Harbour Ministry announced that the pier would close.", "Harbour Ministry"),
        ("“Nothing was decided,” a spokesman said.", "spokesman"),
    ],
)
def test_a_verb_of_saying_names_the_speaker(speaking: Speaking, text: str, speaker: str) -> None:
    assert said(speaking, text) == [speaker]


def test_a_surname_is_given_in_full(speaking: Speaking) -> None:
    text = (
        "Harbour Minister Lena Brandt met growers. Brandt said that the pier would close.\n\n“It is old,” Brandt said."
    )
    assert said(speaking, text) == [None, "Lena Brandt", "Lena Brandt"]


def test_a_pronoun_is_whoever_spoke_last(speaking: Speaking) -> None:
    text = "Tomas Vik said that the pier was old. He added that growers knew. “It moves,” he told them."
    assert said(speaking, text) == ["Tomas Vik"] * 3


def test_a_pronoun_is_no_country(speaking: Speaking) -> None:
    assert said(speaking, "China said that the pier was old. He added that growers knew.")[1] is None


def test_a_quotation_of_several_sentences_has_one_speaker(speaking: Speaking) -> None:
    before = "Tomas Vik said: “The pier is old. It was built by my father. Nobody repairs it.” Then it rained."
    after = "“The pier is old. It was built by my father. Nobody repairs it,” said Tomas Vik. Then it rained."
    for text in (before, after):
        assert said(speaking, text)[:-1] == ["Tomas Vik"] * (len(sentences(text)) - 1)
        assert said(speaking, text)[-1] is None


def test_of_two_speakers_the_one_whose_words_are_asked_about_is_meant(speaking: Speaking) -> None:
    text = "Lena Brandt said that the pier was safe, and Tomas Vik replied that the ferry was late."
    assert said(speaking, text, asked="Who called the pier safe?") == ["Lena Brandt"]
    assert said(speaking, text, asked="Who found the ferry late?") == ["Tomas Vik"]


@pytest.mark.parametrize(
    "text",
    [
        "The pier is old.",
        "It was said to be safe.",
        "They said that it was safe.",
        "You say that it is safe.",
        "Growers stayed at home. It rained.",
        "Tomas Vik laughed.",
    ],
)
def test_where_the_text_names_no_speaker_none_is_made_up(speaking: Speaking, text: str) -> None:
    assert set(said(speaking, text)) == {None}


def test_a_country_is_never_expanded(speaking: Speaking) -> None:
    text = (
        "China Vows To Close Pier As Japan Looks On\n\n"
        "China said that the pier must close. Patrols in the East China Sea and the Taiwan Strait went on.\n\n"
        "Taiwan said that it would watch. Japan Airlines flew. Japan urged calm."
    )
    names = said(speaking, text)
    assert [names[1], names[3], names[5]] == ["China", "Taiwan", "Japan"]


def test_a_headline_does_not_run_into_the_text_below(speaking: Speaking) -> None:
    text = "Old Pier Closes As Growers Stay Away And Ferry Sinks\n\nBrandt said nothing of the ferry."
    assert said(speaking, text) == [None, "Brandt"]


def test_odd_spaces_do_not_hide_a_speaker(speaking: Speaking) -> None:
    text = "🙂 “The pier is old,” Tomas\u00a0Vik\u00a0said. Lena Brandt agreed."
    assert said(speaking, text) == ["Tomas Vik", "Lena Brandt"]


TRANSCRIPT = """HARBOUR MINISTER VIK: Good morning.

QUESTION: Who pays?

MS MCBRIDE: We do. All of it.

SENIOR OFFICIAL TWO: On background, nobody does.

MODERATOR: Thank you."""


def test_a_transcripts_labels_name_the_speakers_and_its_roles_nobody(speaking: Speaking) -> None:
    names = said(speaking, TRANSCRIPT, title="Remarks by Tomas Vik", author="Ann McBride, Director of Harbours")
    assert names == ["Tomas Vik", None, "Ann McBride", "Ann McBride", "Senior Official Two", None]


def test_a_label_that_the_article_nowhere_names_in_full_stays_short(speaking: Speaking) -> None:
    assert said(speaking, TRANSCRIPT)[:3] == ["Vik", None, "Mcbride"]


def test_a_readout_is_its_spokespersons(speaking: Speaking) -> None:
    text = (
        "The below is attributable to Spokesperson Nils Aker:\n\n"
        "Secretary Karin Holm spoke with Mayor Tomas Vik today. They discussed the pier."
    )
    assert said(speaking, text)[1:] == ["Spokesperson Nils Aker"] * 2


def test_what_a_storm_is_to_blame_for_is_no_readout(speaking: Speaking) -> None:
    text = "Nearly 3,000 deaths were attributable to Hurricane Maria.\n\nThe pier is old. It was built in 1931."
    assert set(said(speaking, text)) == {None}


def test_numerals_and_abbreviations_are_no_first_person(speaking: Speaking) -> None:
    text = "By Karin Holm\n\nThe A.I. of the ferry failed. World War I ended the fishing. I-95 is closed."
    assert set(said(speaking, text, author="Karin Holm")) == {None}


def test_a_statement_in_the_first_person_is_its_authors(speaking: Speaking) -> None:
    text = "By Karin Holm\n\nWe shall close the pier. The mayor is wrong."
    assert said(speaking, text, author="Karin Holm, Secretary of Harbours") == [None, "Karin Holm", None]


def test_a_quotation_in_the_first_person_is_not_the_reporters(speaking: Speaking) -> None:
    text = 'By Karin Holm\n\n“We shall pay.” Growers cheered. "It is my pier. We own it."'
    assert set(said(speaking, text, author="Karin Holm")) == {None}


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        ("Lena Brandt left. Brandt slept.", "Brandt", "Lena Brandt"),
        ("Lena K. Brandt left.", "Brandt", "Lena K. Brandt"),
        ("Élise Roux left.", "Roux", "Élise Roux"),
        ("Wang Yi left. Then Wang slept.", "Wang", "Wang Yi"),
        ("Foreign Minister Wang Yi left.", "Foreign Minister Wang", "Wang Yi"),
        ("Lena Brandt left.", "Harbour Minister Brandt", "Lena Brandt"),
        ("On Monday Brandt left. She told Vik Tuesday.", "Brandt", "Brandt"),
        ("On Monday Brandt left. She told Vik Tuesday.", "Vik", "Vik"),
        ("Did Brandt leave? However Brandt slept. President Brandt woke. Norway’s Brandt ate.", "Brandt", "Brandt"),
        ("Growers Jeer Brandt Over Old Pier In May\nBrandt left.", "Brandt", "Brandt"),
        ("Secretary Holm’s Remarks With Harbour Minister Lena Brandt\nBrandt left.", "Brandt", "Lena Brandt"),
        ("Lena Brandt left.", "Tomas Vik", "Tomas Vik"),
        ("", "Brandt", "Brandt"),
    ],
)
def test_the_full_name_is_one_that_the_text_has(text: str, name: str, full: str) -> None:
    assert full_name(text, name) == full


@pytest.mark.parametrize("label", ["QUESTION", "Q", "MODERATOR", "JOURNALIST", "INTERPRETER", "OPERATOR", "STAFF"])
def test_roles_name_nobody(label: str) -> None:
    assert of_label(Article("a.txt", f"{label}: When?\nMs Question Time slept."), label) is None


def test_names_are_found_by_kind_each_once(speaking: Speaking) -> None:
    text = "Angela Merkel met Barack Obama in Berlin. Angela Merkel paid 20 million euros."
    assert speaking.named(text, ("PERSON",)) == ["Angela Merkel", "Barack Obama"]
    assert speaking.named(text, ("GPE",)) == ["Berlin"]
