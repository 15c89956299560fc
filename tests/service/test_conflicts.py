"""Reports that differ: what is a contradiction, what is none, and how it is told. Names are found by a list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from retriever.records import Article, Statement
from service.checking.faults import faults
from service.conflicts import Conflict, drafts, found
from service.evidence import Candidate, Read
from service.question.asking import understand
from service.records import Question
from tests.service.candidates import candidate

PEOPLE = (
    "Orla Vantongeren", "Pekka Salminen", "Rua Tahere", "Ines Calado", "Salminnen", "Salminen", "Vantongeren",
)  # fmt: skip
PLACES = ("Port Ellan", "Sand Bay", "Korvo")


class Listed:
    """The names of this file's articles."""

    def named(self, text: str, kinds: Sequence[str]) -> list[str]:
        listed = PEOPLE if "PERSON" in kinds else PLACES
        free, names = text, []
        for name in listed:
            if name in free:
                names.append(name)
                free = free.replace(name, "")
        return names


def report(id_: str, text: str, published: date | None = None, title: str | None = None) -> Article:
    return Article(id_, text, title=title, source=f"The {id_.title()} Post", published=published)


def read(article: Article, sentence: str, answer: str, *, chance: float = 0.6) -> tuple[float, Candidate]:
    """A sentence as the reader reads it: that it answers, and where the answer stands."""
    place = article.text.index(answer)
    seen = Read(1.0, 2.0, 0.9, answer, (place, place + len(answer)), -0.1)
    return chance, replace(candidate(article, sentence), read=seen)


def alone(ids: Collection[str]) -> Mapping[str, str]:
    return {id_: id_ for id_ in ids}


def conflict(question: str, *ranked: tuple[float, Candidate], copies: bool = False) -> Conflict | None:
    groups = (lambda ids: dict.fromkeys(ids, "one")) if copies else alone
    return found(understand(Question(question)), ranked, Listed(), groups)


CALL = "Harbour ministers of Velmark and Ostrany speak after ferry strike"
CALL_ASKED = "Which two harbour ministers spoke after the ferry strike?"
NORTH = report(
    "north",
    "Harbour Minister Pekka Salminen and his colleague Ines Calado spoke by telephone on Friday about the ferries.",
    title=CALL,
)
SOUTH = report(
    "south",
    "Harbour Minister Orla Vantongeren and his colleague Rua Tahere spoke by telephone about the ferries on May 3.",
    date(2031, 5, 5),
    f"{CALL} ends",
)


def test_reports_under_one_headline_that_name_different_people_differ() -> None:
    differing = conflict(
        CALL_ASKED, read(NORTH, NORTH.text, "Pekka Salminen"), read(SOUTH, SOUTH.text, "Orla Vantongeren", chance=0.5)
    )

    assert differing is not None
    assert differing.kind == "who"
    told = [draft.text for draft in drafts(differing, understand(Question(CALL_ASKED)))]
    assert told[0].startswith("Reports differ: The North Post (undated) has Pekka Salminen and Ines Calado: “")
    assert told[1].startswith("The South Post (May 5, 2031) has Orla Vantongeren and Rua Tahere: “")


def test_copies_of_one_report_never_differ() -> None:
    ranked = read(NORTH, NORTH.text, "Pekka Salminen"), read(SOUTH, SOUTH.text, "Orla Vantongeren")

    assert conflict(CALL_ASKED, *ranked, copies=True) is None


def test_undated_reports_under_different_headlines_may_be_of_different_events() -> None:
    other = replace(SOUTH, title="Ferries sail again from Korvo after long talks")
    ranked = read(NORTH, NORTH.text, "Pekka Salminen"), read(other, other.text, "Orla Vantongeren")

    assert conflict(CALL_ASKED, *ranked) is None


def test_one_person_spelt_in_two_ways_is_no_contradiction() -> None:
    text = "Harbour Minister Salminnen and his colleague Rua Tahere spoke by telephone about the ferries."
    other = report("south", text, title=CALL)
    ranked = read(NORTH, NORTH.text, "Pekka Salminen"), read(other, other.text, "Salminnen")

    assert conflict(CALL_ASKED, *ranked) is None


def test_a_report_that_names_the_others_people_somewhere_does_not_deny_them() -> None:
    first = "Harbour Minister Orla Vantongeren and his colleague Rua Tahere spoke by telephone about the ferries."
    other = report("south", f"{first} Pekka Salminen listened.", title=CALL)
    ranked = read(NORTH, NORTH.text, "Pekka Salminen"), read(other, first, "Orla Vantongeren")

    assert conflict(CALL_ASKED, *ranked) is None


def test_who_holds_an_office_is_no_event() -> None:
    ranked = read(NORTH, NORTH.text, "Pekka Salminen"), read(SOUTH, SOUTH.text, "Orla Vantongeren")

    assert conflict("Who is the harbour minister of Velmark?", *ranked) is None


def test_two_who_say_the_same_agree() -> None:
    north = report("north", "The strike harms the ferries of Korvo, said Pekka Salminen.", date(2031, 5, 3), CALL)
    south = report("south", "The strike harms the ferries of Korvo, said Rua Tahere.", date(2031, 5, 3), CALL)
    ranked = read(north, north.text, "Pekka Salminen"), read(south, south.text, "Rua Tahere")

    assert conflict("Who said that the strike harms the ferries of Korvo?", *ranked) is None


MET = "Pekka Salminen and Ines Calado met in Port Ellan on {day} to talk about ferries."
MET_ASKED = "When did Pekka Salminen meet for talks about ferries?"


def met(id_: str, day: str, published: date | None, text: str = MET) -> tuple[float, Candidate]:
    article = report(id_, text.format(day=day), published)
    return read(article, article.text, day)


def test_reports_that_give_different_days_for_one_meeting_differ() -> None:
    differing = conflict(
        MET_ASKED, met("north", "Wednesday", date(2031, 5, 8)), met("south", "May 6", date(2031, 5, 20))
    )

    assert differing is not None
    assert [value.shown for value in differing.values] == ["May 7, 2031", "May 6, 2031"]


@pytest.mark.parametrize(
    ("day", "published", "text"),
    [
        pytest.param("May 7", date(2031, 5, 20), MET, id="the same day, written otherwise"),
        pytest.param("June 12", date(2031, 6, 14), MET, id="another meeting of the two, a month later"),
        pytest.param("yesterday", date(2031, 5, 7), MET, id="a day counted from another clock"),
        pytest.param("May 6", date(2031, 5, 8), MET.replace("met", "spoke by telephone"), id="a call, not a meeting"),
        pytest.param("May 6", date(2031, 5, 8), MET.replace("Ines Calado", "Rua Tahere"), id="with somebody else"),
        pytest.param("May 6", date(2031, 5, 8), MET.replace("Port Ellan", "Sand Bay"), id="in another place"),
        pytest.param("Thursday", None, MET, id="an undated report under another headline"),
    ],
)
def test_different_days_are_no_contradiction_where_it_may_be_another_event(
    day: str, published: date | None, text: str
) -> None:
    ranked = met("north", "Wednesday", date(2031, 5, 8)), met("south", day, published, text)

    assert conflict(MET_ASKED, *ranked) is None


def test_the_same_report_does_not_contradict_itself() -> None:
    first, second = MET.format(day="May 6"), MET.format(day="May 9")
    article = report("north", f"{first} {second}", date(2031, 5, 10))

    assert conflict(MET_ASKED, read(article, first, "May 6"), read(article, second, "May 9")) is None


SANK_ASKED = "How many ferries sank in the harbour of Port Ellan during the storm?"
SANK = "{count} ferries sank in the harbour of Port Ellan during the storm, the coast guard said."


def sank(id_: str, text: str, answer: str, day: int = 8) -> tuple[float, Candidate]:
    article = report(id_, text, date(2031, 5, day))
    return read(article, text, answer)


def test_reports_that_count_the_same_things_otherwise_differ() -> None:
    five = sank("north", SANK.format(count="Five of the nine"), "Five")
    differing = conflict(SANK_ASKED, five, sank("south", SANK.format(count="Nine"), "Nine", day=9))

    assert differing is not None
    assert [value.shown for value in differing.values] == ["five of the nine", "nine"]


@pytest.mark.parametrize(
    ("text", "answer", "day"),
    [
        pytest.param(SANK.format(count="5"), "5", 8, id="the same number in digits"),
        pytest.param(SANK.format(count="About six"), "About six", 8, id="a rounded number"),
        pytest.param(SANK.format(count="Nine"), "Nine", 20, id="a count that was taken later"),
        pytest.param(
            "Nine ferries left the harbour of Sand Bay.", "Nine", 8, id="ferries of which other things are said"
        ),
        pytest.param(SANK.format(count="Nine").replace("ferries", "cranes"), "Nine", 8, id="other things"),
    ],
)
def test_different_numbers_are_no_contradiction_where_something_else_may_be_counted(
    text: str, answer: str, day: int
) -> None:
    assert (
        conflict(SANK_ASKED, sank("north", SANK.format(count="Five"), "Five"), sank("south", text, answer, day)) is None
    )


def test_reports_that_give_different_lengths_differ() -> None:
    text = "Pekka Salminen and Ines Calado talked for {length} in Port Ellan."
    asked = "How long did Pekka Salminen and Ines Calado talk in Port Ellan?"
    hour = sank("north", text.format(length="an hour"), "an hour")

    differing = conflict(asked, hour, sank("south", text.format(length="three hours"), "three hours"))
    assert differing is not None
    assert differing.kind == "howlong"
    assert conflict(asked, hour, sank("south", text.format(length="about fifty minutes"), "fifty minutes")) is None


def test_reports_that_give_different_places_differ() -> None:
    text = "Pekka Salminen and Ines Calado met in {place} on May 6 to talk about ferries."
    north = sank("north", text.format(place="Port Ellan"), "Port Ellan")

    differing = conflict(
        "Where did Pekka Salminen and Ines Calado meet?",
        north,
        sank("south", text.format(place="Sand Bay"), "Sand Bay"),
    )
    assert differing is not None
    assert [value.shown for value in differing.values] == ["Port Ellan", "Sand Bay"]


QUOTED_ASKED = "What did Rua Tahere say about the ferries?"


def quoted(id_: str, words: str, published: date) -> tuple[float, Candidate]:
    article = report(id_, f"“{words},” said Rua Tahere.", published)
    chance, sentence = read(article, article.text, words)
    said = Statement(
        id_, id_, "Rua Tahere", "Rua Tahere", None, "said", words, "direct", None, None, (), True,
        0, len(article.text), ((1, 1 + len(words)),),
    )  # fmt: skip
    return chance, replace(sentence, statement=said)


def test_the_same_words_in_another_wording_are_shown_as_such() -> None:
    one = quoted("north", "Our ferries must reach every island before winter", date(2031, 5, 8))
    other = quoted("south", "Our boats have to reach every island before the winter", date(2031, 5, 9))

    differing = conflict(QUOTED_ASKED, one, other)

    assert differing is not None
    assert differing.kind == "words"
    told = drafts(differing, understand(Question(QUOTED_ASKED)))
    assert told[0].text.startswith("Reported in different wordings: The North Post (May 8, 2031): “Our ferries")


@pytest.mark.parametrize(
    ("words", "published"),
    [
        pytest.param("Our ferries must reach every island before winter", date(2031, 5, 9), id="equal"),
        pytest.param("must reach every island before winter", date(2031, 5, 9), id="an excerpt"),
        pytest.param("Our ferries cannot reach any island before next summer", date(2031, 11, 2), id="months later"),
        pytest.param("The strike has cost nine thousand jobs here", date(2031, 5, 9), id="about something else"),
    ],
)
def test_other_words_of_a_speaker_are_no_other_wording(words: str, published: date) -> None:
    one = quoted("north", "Our ferries must reach every island before winter", date(2031, 5, 8))

    assert conflict(QUOTED_ASKED, one, quoted("south", words, published)) is None


@pytest.mark.parametrize(
    ("question", "ranked", "most"),
    [
        (CALL_ASKED, (read(NORTH, NORTH.text, "Pekka Salminen"), read(SOUTH, SOUTH.text, "Orla Vantongeren")), 80),
        (MET_ASKED, (met("north", "Wednesday", date(2031, 5, 8)), met("south", "May 6", date(2031, 5, 20))), 50),
        (
            SANK_ASKED,
            (
                sank("north", SANK.format(count="Five"), "Five"),
                sank("south", f"It “was” said: {SANK.format(count='nine')}", "nine"),
            ),
            50,
        ),
    ],
)
def test_what_is_told_is_short_cited_and_borne_out(
    question: str, ranked: tuple[tuple[float, Candidate], ...], most: int
) -> None:
    differing = conflict(question, *ranked)
    assert differing is not None

    told = drafts(differing, understand(Question(question)))

    assert sum(len(draft.text.split()) for draft in told) <= most
    assert len({draft.slices[0].hit.article.id for draft in told}) == len(told)
    for draft in told:
        assert not faults(draft.text, [each.text for each in draft.slices], derived=draft.derived)
