"""Whose words a release says it is: by its line, or by I and we; and what others say in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from retriever import naming
from retriever.records import Article, Statement
from retriever.statements import Finder, releases

STORM = """Nearly 3,000 deaths were attributable to Hurricane Maria, a study found.

Governor Ada Lund said that the island would get help. The roads were closed.

“We will rebuild,” Mayor Tom Hall told reporters."""
READOUT = """The following is attributable to Spokesperson Nora Lind:

Secretary Karin Holm met Mayor Tomas Vik today. The Secretary stressed the need for a new pier.

“The pier is older than the town. It moves in every storm,” Mayor Vik told her."""


@pytest.fixture(scope="module")
def said() -> Callable[..., list[Statement]]:
    finder = Finder(threads=1)
    return lambda text, author=None: finder.find(Article("a", text, author=author))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("The below is attributable to Spokesperson Ned Price:", "Spokesperson Ned Price"),
        ("The following is attributable to Spokesperson Ned Price:\u200e", "Spokesperson Ned Price"),
        ("The below is attributable to Spokesperson Ned Price: \u200e", "Spokesperson Ned Price"),
        ("The following is attributable to State Spokesperson Ned Price", "State Spokesperson Ned Price"),
        ("The following statement is attributable to the spokesperson Nora K. Lind.", "Nora K. Lind"),
        ("The statement below may be attributable to Nora Lind, head of the harbour office:", "Nora Lind"),
        ("Statement attributable to Harbour Minister Nora Lind on the pier:", "Harbour Minister Nora Lind"),
        ("  This readout is attributable to Nora Lind: The pier is old.", "Nora Lind"),
    ],
)
def test_a_line_of_its_own_near_the_top_says_whose_words_follow(line: str, name: str) -> None:
    found = releases.attributable(f"Office of the Spokesperson\n\n{line}\n\nThe mayor left.")
    assert found is not None
    assert found["name"] == name


@pytest.mark.parametrize(
    "text",
    [
        STORM,
        "Deaths Attributable to Hurricane Maria\n\nThe roads were closed.",
        "The losses are attributable to Hurricane Maria:\nthe pier, the ferry.",
        "The following deaths are attributable to Hurricane Maria:\nthree in Sandvik.",
        "The following is attributable to Nora Lind and was not said aloud. The mayor left.",
        "The remarks were on background, attributable to Harbour Officials.",
        "The pier is old. " * 80 + "\nThe following is attributable to Nora Lind:\nThe mayor left.",
    ],
)
def test_other_things_that_are_attributable_say_nothing_of_whose_words_follow(text: str) -> None:
    assert releases.attributable(text) is None


def test_a_storm_to_which_deaths_are_attributable_says_nothing(said: Callable[..., list[Statement]]) -> None:
    found = {each.content: each.speaker for each in said(STORM)}
    assert "Hurricane Maria" not in found.values()
    assert found["that the island would get help"] == "Ada Lund"
    assert found["“We will rebuild,”"] == "Tom Hall"


def test_in_a_readout_others_speak_for_themselves_through_its_spokesperson(
    said: Callable[..., list[Statement]],
) -> None:
    lind = "Spokesperson Nora Lind"
    assert [(each.content, each.speaker, each.via) for each in said(READOUT)] == [
        ("Secretary Karin Holm met Mayor Tomas Vik today.", lind, ()),
        ("the need for a new pier", "Karin Holm", (lind,)),
        ("The Secretary stressed the need for a new pier.", lind, ()),
        ("“The pier is older than the town. It moves in every storm,”", "Tomas Vik", (lind,)),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "I thank everyone.",
        "Today I met the mayor.",
        "On Monday I met the mayor.",
        "Everyone I asked agreed.",
        "And I, too, am old.",
        "In Geneva I am known.",
        "The mayor and I left.",
        "I’ve been there.",
        "It was — I think — late.",
        "The ferry (I sailed on it) sank.",
        "We left.",
        "“Our pier is old.",
        "It is late: We left.",
        "They built our pier.",
        "My colleagues left.",
    ],
)
def test_a_pronoun_is_first_person(sentence: str) -> None:
    assert releases.in_first_person(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The use of A.I. in schools is new.",
        "The A. I. of the ferry failed.",
        "Traffic on I-95 and I–80 stood still.",
        "Sen. Moe (I-Vt.) left.",
        "World War I ended the fishing.",
        "King Charles I was beheaded.",
        "WORLD WAR I ENDED.",
        "Elizabeth I said no.",
        "Phase I of the works is done.",
        "A phase I trial and a type I error.",
        "Part I and II are lost, and so are tables I through IV.",
        "The Working Group I contribution is late.",
        "A Level I trauma centre.",
        "Appendix I.",
        "I Corps moved.",
        "(I) the pier, (II) the ferry",
        "The group Our Future and the film My Harbour were there.",
        "The U.S. told US officials.",
        "Follow us.",
        "The pier is old.",
    ],
)
def test_numerals_initials_and_names_are_no_first_person(sentence: str) -> None:
    assert not releases.in_first_person(sentence)


@pytest.mark.parametrize(
    ("speaker", "first"),
    [
        ("I", True),
        ("We", True),
        ("My colleagues and I", True),
        ("Mayor\n\nWe", True),
        ("King Charles I", False),
        ("our allies", False),
        ("", False),
    ],
)
def test_a_speaker_is_first_person_by_i_or_we(speaker: str, first: bool) -> None:
    assert releases.is_first_person(speaker) is first


def test_what_a_by_lined_article_reports_is_not_its_authors(said: Callable[..., list[Statement]]) -> None:
    text = (
        "By Jane Smith\n\nThe use of A.I. in schools will be banned, Mayor Tom Hall said on Tuesday. "
        "Mayor Tom Hall said that our schools need new roofs. Traffic on I-95 stood still. I walked through three."
    )
    found = [(each.content, each.speaker) for each in said(text, author="Jane Smith")]
    assert ("that our schools need new roofs", "Tom Hall") in found
    assert [content for content, speaker in found if speaker == "Jane Smith"] == ["I walked through three."]
    assert sum(speaker == "Tom Hall" for _, speaker in found) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "As Mayor Tomas Vik said on Monday, we need a new pier.",
        "I asked Mayor Tomas Vik, who said that the ferry was late.",
    ],
)
def test_an_author_who_speaks_beside_another_says_the_sentence(
    said: Callable[..., list[Statement]], sentence: str
) -> None:
    text = f"Statement by Lena Brandt\n\nThe pier was built in 1931. {sentence}"
    found = said(text, author="Lena Brandt")
    assert (sentence, "Lena Brandt") in [(each.content, each.speaker) for each in found]
    assert "Tomas Vik" in [each.speaker for each in found]
    assert len({each.id for each in found}) == len(found)


def test_each_label_of_a_transcript_is_looked_up_once(
    said: Callable[..., list[Statement]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def of_label(article: Article, label: str) -> str:
        asked.append(label)
        return f"{article.id} {label.title()}"

    monkeypatch.setattr(naming, "of_label", of_label)
    found = said("MS PARK: It rains. It snows.\n\nMR ONO: It does. Still.\n\n" * 3)
    assert len(found) == 12
    assert sorted(asked) == ["MR ONO", "MS PARK"]
