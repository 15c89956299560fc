"""Which statements can be asked about, whose they are, and what is wrong with a question that must not be asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from eval import make
from eval.cases import load
from eval.making.archive import Archive
from eval.making.fitting import Unfit, attributed, fit
from eval.making.people import People, bare_name, is_full_name
from eval.making.proving import fault
from eval.making.records import Made, Place
from retriever.catalogue import Catalogue
from retriever.records import Article, Statement
from retriever.splitting import passages
from tests.eval.quay import ARTICLES, BAND, STATEMENTS, filled, said


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    opened = Archive(filled(tmp_path_factory.mktemp("index")))
    yield opened
    opened.close()


def reason(statement: Statement, archive: Archive) -> str:
    with pytest.raises(Unfit) as unfit:
        fit(attributed(statement, archive, People(archive.statements)))
    return str(unfit.value)


def test_whose_aide_speaks_is_not_the_speaker(archive: Archive) -> None:
    (aide,) = (one for one in STATEMENTS if one.speaker_text == "An aide to Vik")
    assert reason(aide, archive) == "its speaker is not named where it stands"


def test_a_quotation_that_another_says_elsewhere_is_not_asked_about(tmp_path: Path) -> None:
    words = "“The brass band will play at every launch next spring,”"
    text = f"{words} said Tomas Vik in reply to nobody."
    other = Article("echo.txt", text, published=date(2023, 6, 1))
    twice = said("echo.txt", text, ("Tomas Vik", "Tomas Vik", "said"), words, role="fishmonger")
    index = filled(tmp_path / "index", (*ARTICLES, other), (*STATEMENTS, twice))
    out = tmp_path / "made.jsonl"
    make.main([str(out), "--data", str(index), "--count", "30", "--kind", "who", "--kind", "nearmiss"])
    assert not [case for case in load([out]) if "brass band" in case.question]


def test_evidence_is_named_in_the_copies_of_an_article_too(tmp_path: Path) -> None:
    folder = filled(tmp_path / "index")
    catalogue = Catalogue(folder)
    copy = Article("reprint.txt", f"Reprint.\n\n{BAND}")
    catalogue.put(copy, passages(copy), duplicate_of="band.txt", similarity=0.9)
    catalogue.mark_ready([copy.id])
    catalogue.close()
    out = tmp_path / "made.jsonl"
    make.main([str(out), "--data", str(folder), "--count", "30", "--kind", "who"])
    (case,) = (case for case in load([out]) if "brass band" in case.question)
    assert {each.document for each in case.evidence} == {"band.txt", "reprint.txt"}


def test_two_who_may_be_one_person_are_nobody_to_ask_for() -> None:
    words = "that it rains"
    names = ("Joe Amber", "Joseph R. Amber", "Kay Amber")
    spoken = [
        said(f"{n}.txt", f"{name} said {words}", (name, name, "said"), words, role="mayor")
        for n, name in enumerate(names)
    ]
    people = People(spoken)
    assert people.named("Joe Amber") is None
    assert people.named("Kay Amber") is not None


def test_who_is_called_by_a_surname_that_others_have_is_told_from_them() -> None:
    words = "that it rains"
    names = (("Oda Kenji", "Oda"), ("Oda Mari", "Oda Mari"))
    spoken = [
        said(f"{n}.txt", f"{there} said {words}", (name, there, "said"), words, role="mayor")
        for n, (name, there) in enumerate(names)
    ]
    kenji = People(spoken).named("Oda Kenji")
    assert kenji is not None
    assert "Oda" in kenji.alternatives
    assert {"Oda Mari", "Mari Oda"} <= set(kenji.forbid)


def test_names_are_told_from_titles_and_bodies() -> None:
    assert bare_name("Vice-Minister Takeo Mori") == "Takeo Mori"
    assert is_full_name("Takeo Mori")
    assert is_full_name("Marta de Silva")
    assert not any(
        map(is_full_name, ("Mori", "Harbour Wire News", "New Zealand", "the mayor", "MR 2", "Biden Announces"))
    )


# ---- what is looked at afresh


def test_a_question_that_tells_its_answer_or_has_false_evidence_is_refused(archive: Archive) -> None:
    place = Place("band.txt", 0, len(BAND), BAND)
    good = Made(kind="who", question="Who spoke of the band?", answer=(("Ines Falk",),), evidence=(place,))
    assert fault(good, archive) is None
    leaking = Made(kind="who", question="Who is Ines Falk?", answer=(("Ines Falk",),), evidence=(place,))
    assert fault(leaking, archive) == "the question tells its answer"
    moved = Made(kind="who", question="Who?", answer=(("Ines Falk",),), evidence=(Place("band.txt", 1, 9, "x"),))
    assert fault(moved, archive) == "its evidence does not stand where it says"
    unfounded = Made(kind="who", question="Who?", answer=(("Tomas Vik",),), evidence=(place,))
    assert fault(unfounded, archive) == "the evidence has not the words of the answer"
    undated = Made(kind="when", question="When?", answer=(("2019-01-01",),), evidence=(place,))
    assert fault(undated, archive) == "its article does not name the day"
    shared = Made(kind="who", question="Who?", answer=(("Falk",),), forbid=("Ines Falk",), evidence=(place,))
    assert fault(shared, archive) == "another one of the name stands in the evidence"
