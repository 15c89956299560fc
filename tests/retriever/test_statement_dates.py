"""When, to whom and through whom something was said: by the article around a statement, whoever found its words."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.records import Article, Statement
from retriever.statements import Finder
from retriever.statements.tagging import Span, Tagged, Tagging

MEETING = (
    "LUND — Norwegian Harbour Minister Vik Tomas met his Danish counterpart, Anna Moe, in Lund on Tuesday.\n"
    "Vik said the pier was safe. Moe answered that it was old.\n"
)


class Marked(Tagging):
    """Finds what a test marks: (source, cue, content), each as it stands in the text, one behind the other."""

    def __init__(self, *marks: tuple[str, str, str]) -> None:
        super().__init__()
        self._marks = marks

    def tagged(self, text: str) -> list[Tagged]:
        found = []
        for source, cue, content in self._marks:
            whole = text.index(content)
            at = max(text.rfind(cue, 0, whole), 0) or text.index(cue, whole)
            named = text.rfind(source, 0, max(at, whole))
            named = named if named >= 0 else text.index(source)
            found.append(Tagged((_span(named, source),), (_span(at, cue),), (_span(whole, content),), True, 1.0))
        return found


def _span(start: int, words: str) -> Span:
    return (start, start + len(words))


def found(text: str, *marks: tuple[str, str, str]) -> list[Statement]:
    return Finder(Marked(*marks)).find(Article("a", text, published=date(2022, 8, 5)))  # a Friday


def day(statement: Statement) -> date | None:
    return statement.said_on.first if statement.said_on else None


def test_what_is_said_at_a_meeting_has_its_day() -> None:
    safe, old = found(MEETING, ("Vik", "said", "the pier was safe"), ("Moe", "answered", "that it was old"))
    assert day(safe) == day(old) == date(2022, 8, 2)


def test_the_other_one_of_two_who_meet_is_told() -> None:
    safe, old = found(MEETING, ("Vik", "said", "the pier was safe"), ("Moe", "answered", "that it was old"))
    assert (safe.addressee, old.addressee) == ("Anna Moe", "Vik Tomas")


@pytest.mark.parametrize(
    ("sentence", "mark", "expected"),
    [
        ("Ole Brandt, an engineer, said the planks were old.", ("Ole Brandt", "said", "the planks were old"), 5),
        ("On Wednesday Vik said the planks were old.", ("Vik", "said", "the planks were old"), 3),
        ("Vik said on Thursday the planks fell on Monday.", ("Vik", "said", "the planks fell on Monday"), 4),
        ("A notice, hung up a day earlier, said it was closed.", ("A notice", "said", "it was closed"), 1),
        ("Karin Dahl, who swam there on Monday, said it was cold.", ("Karin Dahl", "said", "it was cold"), 5),
        ("Talks with Karin Dahl on Thursday did not take place. Dahl said no.", ("Dahl", "said", "no"), 5),
    ],
    ids=["comment", "own sentence", "nearest the cue", "relative", "relative clause", "never held"],
)
def test_the_day_of_a_statement(sentence: str, mark: tuple[str, str, str], expected: int) -> None:
    (statement,) = found(f"{MEETING}{sentence}", mark)
    assert day(statement) == date(2022, 8, expected)


def test_what_had_been_said_before_keeps_its_month() -> None:
    text = f"{MEETING}Vik had told Moe in Bergen the month before that it was old."
    (statement,) = found(text, ("Vik", "had told", "that it was old"))
    assert statement.said_on is not None
    assert (statement.said_on.first, statement.said_on.last) == (date(2022, 7, 1), date(2022, 7, 31))
    assert statement.addressee == "Anna Moe"


def test_what_is_always_said_has_no_day() -> None:
    (statement,) = found(
        f"{MEETING}Vik has always said the sea is deep.", ("Vik", "has always said", "the sea is deep")
    )
    assert statement.said_on is None


def test_who_speaks_to_the_press_does_not_tell_the_other() -> None:
    text = f"{MEETING}Leaving to meet reporters, Vik said it rained. He said he was glad."
    rained, glad = found(text, ("Vik", "said", "it rained"), ("He", "said", "he was glad"))
    assert (rained.addressee, glad.addressee) == ("reporters", "reporters")


def test_an_object_behind_the_words_is_told() -> None:
    (statement,) = found(f'{MEETING}"It is deep," Vik told reporters.', ("Vik", "told", '"It is deep,"'))
    assert statement.addressee == "reporters"


def test_a_paper_that_cites_somebody_is_the_way_and_not_the_speaker() -> None:
    text = f"{MEETING}According to the Lund Herald, which quoted a diver, the planks were old."
    (statement,) = found(text, ("the Lund Herald, which", "According to", "quoted a diver, the planks were old"))
    assert (statement.speaker, statement.via) == ("diver", ("Lund Herald",))
    assert statement.content == "the planks were old"


def test_words_within_according_to_are_a_statement_of_their_own() -> None:
    text = f"{MEETING}According to the Lund Herald, Vik said the planks were old."
    outer, inner = found(text, ("the Lund Herald", "According to", "Vik said the planks were old"))
    assert (outer.speaker, outer.via) == ("Lund Herald", ())
    assert (inner.speaker, inner.cue, inner.via) == ("Vik Tomas", "said", ("Lund Herald",))


def test_a_source_quoted_by_a_paper_speaks_through_it() -> None:
    text = f"{MEETING}It was a walk that a diver, quoted by the weekly Havn, was said to have called wet."
    (statement,) = found(text, ("weekly Havn", "was said to have called", "wet"))
    assert (statement.speaker, statement.via) == ("diver", ("weekly Havn",))
