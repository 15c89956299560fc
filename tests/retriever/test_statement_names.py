"""Whose name a name is: initials, titles, bodies, labels of a transcript's turns."""

from __future__ import annotations

from pathlib import Path

import pytest

from retriever.catalogue import Catalogue, StatementChoice
from retriever.records import Filters
from tests.retriever.said import statement
from tests.retriever.stores import article, stocked

TEXT = "The islands are ours. Taiwan is a part of China. Talks were held. The ban will stay. Fish is dear. He left."


def speakers(catalogue: Catalogue, *, speaker: str) -> set[str | None]:
    page = catalogue.statements.find(StatementChoice(speaker=speaker))
    return {entry.statement.speaker for entry in page.entries}


def test_initials_join_a_name_where_they_cannot_be_anothers(tmp_path: Path) -> None:
    one = article("a", TEXT)
    catalogue = stocked(tmp_path, one)
    names = ["Antony Blinken", "Antony J. Blinken", "George Bush", "George W. Bush", "George H. W. Bush", "Joe Biden"]
    contents = TEXT.rstrip(".").split(". ")
    catalogue.statements.put("a", [statement(one, said, who) for said, who in zip(contents, names, strict=False)], "1")
    assert len(catalogue.statements.speakers()) == 5
    assert speakers(catalogue, speaker="Antony J. Blinken") == {"Antony Blinken", "Antony J. Blinken"}
    assert speakers(catalogue, speaker="George W. Bush") == {"George Bush", "George W. Bush"}
    assert speakers(catalogue, speaker="J. Biden") == {"Joe Biden"}
    assert speakers(catalogue, speaker="R. Biden") == set()
    assert speakers(catalogue, speaker="Secretary of State Antony Blinken") == {"Antony Blinken", "Antony J. Blinken"}


def test_a_title_is_no_part_of_a_name_and_a_pronoun_is_none(tmp_path: Path) -> None:
    one = article("a", TEXT)
    catalogue = stocked(tmp_path, one)
    titled = statement(one, "The islands are ours", "Foreign Ministry Spokesperson Ono Kazuki", speaker_text="she")
    plain = statement(one, "Talks were held", "Kazuki Ono", speaker_text="Ono")
    described = statement(one, "The ban will stay", "a spokesperson for the ministry")
    catalogue.statements.put("a", [titled, plain, described], "1")
    people = {person.statements: person.names for person in catalogue.statements.speakers()}
    assert people[2] == ("Foreign Ministry Spokesperson Ono Kazuki", "Kazuki Ono", "Ono")
    assert speakers(catalogue, speaker="spokesperson") == {"a spokesperson for the ministry"}
    assert speakers(catalogue, speaker="She") == set()


def test_a_bodys_name_with_an_and_in_it_is_one_speaker(tmp_path: Path) -> None:
    one = article("a", TEXT)
    catalogue = stocked(tmp_path, one)
    name = "Ministry of Foreign Affairs and Trade"
    catalogue.statements.put("a", [statement(one, "The ban will stay", name)], "1")
    assert speakers(catalogue, speaker=name) == speakers(catalogue, speaker="the foreign ministry") == {name}
    assert [person.name for person in catalogue.statements.speakers()] == [name]


@pytest.mark.parametrize(
    ("said_by", "listed"),
    [
        (["Trinidad and Tobago", "Marks and Spencer"], {"Trinidad and Tobago", "Marks and Spencer"}),
        (["Bosnia and Herzegovina", "Bosnia"], {"Bosnia and Herzegovina", "Bosnia"}),
        (["St. Kitts and Nevis", "São Tomé and Príncipe"], {"St. Kitts and Nevis", "São Tomé and Príncipe"}),
        (["Trinidad and Tobago Prime Minister Keith Rowley", "Keith Rowley"], {"Keith Rowley"}),
        (["Motegi and Wang", "Wang"], {"Motegi", "Wang"}),
        (["Toshimitsu Motegi and Wang Yi"], {"Toshimitsu Motegi", "Wang Yi"}),
        (["Motegi and Bosnia and Herzegovina", "Motegi"], {"Motegi", "Bosnia and Herzegovina"}),
    ],
)
def test_names_with_an_and_between_them_are_several_where_that_is_certain(
    tmp_path: Path, said_by: list[str], listed: set[str]
) -> None:
    one = article("a", TEXT)
    catalogue = stocked(tmp_path, one)
    contents = TEXT.rstrip(".").split(". ")
    catalogue.statements.put(
        "a", [statement(one, said, who) for said, who in zip(contents, said_by, strict=False)], "1"
    )
    people = catalogue.statements.speakers()
    assert listed == {min(person.names, key=len) for person in people}
    assert len(people) == len(listed)
    assert said_by[0] in speakers(catalogue, speaker=said_by[0])


def test_a_question_for_a_speaker_looks_at_passages_in_which_they_are_heard(tmp_path: Path) -> None:
    filler = "This is said at length, so that a passage is full. " * 25
    label = article("label", f"MR WANG: We do. {filler}\n\nMR LI: No. {filler}")
    other = article("other", f"MR WANG: We do not. {filler}")
    prose = article("prose", f"Wang Yi was there. {filler}\n\nHe said nothing changed. {filler}")
    catalogue = stocked(tmp_path, label, other, prose)
    catalogue.statements.put("label", [statement(label, "We do", "Wang Yi")], "1")
    catalogue.statements.put("other", [statement(other, "We do not", "Wang Wenbin")], "1")
    catalogue.statements.put("prose", [statement(prose, "nothing changed", "Wang Yi")], "1")
    ids = catalogue.ids_within(Filters(speakers=("Yi Wang",))) or set()
    pieces = catalogue.passages_by_id(sorted(ids))
    assert {piece.article_id for piece in pieces} == {"label", "prose"}
    assert all("nothing changed" in piece.text or piece.speaker == "MR WANG" for piece in pieces)
    both = catalogue.ids_within(Filters(speakers=("Wang Yi", "Wang Wenbin"))) or set()
    assert {piece.article_id for piece in catalogue.passages_by_id(sorted(both))} == {"label", "other", "prose"}
