from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

import pytest

from eval.scoring.citing import Cited, SupportCheck, cited, opened
from service.checking.source import Source
from service.checking.verdict import Fault, Verdict
from service.records import Answer, AnswerSentence, Citation

if TYPE_CHECKING:
    from service.checking.written import Checker

TEXT = (
    "Mayor Ilse Brandt told the council on Monday that the ferry to Norrholm will sail again in May. She took no toll."
)
FERRY, TOLL = TEXT.partition(" She")[0], "She took no toll."


def citation(number: int, quote: str = FERRY, *, document: str = "ferry.txt") -> Citation:
    start = TEXT.find(quote)
    return Citation(number, document, "The ferry", None, None, None, None, "p", start, start + len(quote), quote)


def answer(*sentences: tuple[str, tuple[int, ...]], declined: bool = False) -> Answer:
    shown = tuple(AnswerSentence(text, numbers) for text, numbers in sentences)
    citations = tuple(citation(number) for number in (1, 2, 3))
    return Answer("1", "What of the ferry?", "", declined, None, 0.5, shown, citations)


def borne_out_by(*sets: set[int]) -> Callable[[str, Sequence[Citation], Sequence[str]], bool]:
    """A judge to whom any of these sets of citations is enough for any sentence."""
    return lambda _, citations, __: any(needed <= {each.number for each in citations} for needed in sets)


@pytest.mark.parametrize(
    ("enough", "numbers", "supported", "relevant"),
    [
        ([{1}], (1,), 1, 1),
        ([{1}], (2,), 0, 0),  # cites what does not bear it out
        ([{1}], (1, 2), 1, 1),  # 2 neither bears it out nor is missed
        ([{1}, {2}], (1, 2), 1, 2),  # either would do: both are relevant
        ([{1, 2}], (1, 2), 1, 2),  # each is missed by the other
        ([{1, 2}], (1, 2, 3), 1, 2),
        ([{1, 2}], (1, 3), 0, 0),  # not borne out: no citation of it is precise
        ([{1}], (), 0, 0),
    ],
)
def test_a_sentences_citations_are_counted_as_alce_counts_them(
    enough: list[set[int]], numbers: tuple[int, ...], supported: int, relevant: int
) -> None:
    found = cited(answer(("It sails.", numbers)), borne_out_by(*enough))
    assert found == Cited(1, supported, len(numbers), relevant)


def test_recall_is_over_sentences_and_precision_over_citations() -> None:
    found = cited(answer(("It sails.", (1,)), ("It is free.", (1, 2, 3)), ("All cheer.", ())), borne_out_by({1}))
    assert found is not None
    assert (found.recall, found.precision) == (2 / 3, 2 / 4)


def test_an_answer_that_cites_nothing_has_no_precision_and_a_declined_one_has_neither() -> None:
    bare = cited(answer(("It sails.", ())), borne_out_by({1}))
    assert bare is not None
    assert (bare.recall, bare.precision) == (0.0, None)
    assert cited(answer(("Nobody says that.", (1,)), declined=True), borne_out_by({1})) is None
    assert Cited(0, 0, 0, 0).recall is None


def test_the_judge_is_told_the_question_and_the_sentences_in_front() -> None:
    told = []

    def judge(sentence: str, _: Sequence[Citation], before: Sequence[str]) -> bool:
        told.append((sentence, tuple(before)))
        return True

    cited(answer(("It sails.", (1,)), ("It is free.", (1,))), judge)
    assert told == [
        ("It sails.", ("What of the ferry?",)),
        ("It is free.", ("What of the ferry?", "It sails.")),
    ]


class Noting:
    """A checker that notes what it is given and finds a fault in sentences that speak of a toll."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, list[str], str, list[str]]] = []

    def checked(self, sentence: str, cited: Sequence[Source], *, question: str, before: Sequence[str]) -> Verdict:
        self.seen.append((sentence, [each.hit.passage.text for each in cited], question, list(before)))
        return Verdict(sentence, (), (Fault("support", "toll"),) if "toll" in sentence else (), mended=False)


def test_the_check_sees_the_cited_characters_of_the_articles() -> None:
    checker = Noting()
    judge = SupportCheck(cast("Checker", checker))
    one = Answer("1", "?", "", False, None, 0.5, (AnswerSentence("No toll.", (2,)),), (citation(2, TOLL),))
    assert judge(one, {"ferry.txt": TEXT}) == Cited(1, 0, 1, 0)
    assert checker.seen == [("No toll.", [TOLL], "?", [])]


def test_an_article_that_is_not_there_bears_nothing_out() -> None:
    checker = Noting()
    one = Answer("1", "?", "", False, None, 0.5, (AnswerSentence("It sails.", (1,)),), (citation(1),))
    assert SupportCheck(cast("Checker", checker))(one, {}) == Cited(1, 0, 1, 0)
    assert checker.seen == []


@pytest.mark.parametrize(
    ("shown", "checked"),
    [
        (
            "May 1, 2023 (“Monday”, counted from the article’s date, May 3, 2023). She said so.",
            "May 1, 2023 (“Monday”). She said so.",
        ),
        ("2022 (“A year ago”, by its article’s date). It was shut.", "2022 (“A year ago”). It was shut."),
        ("May 3, 2023 (the article’s date). It sails.", "May 3, 2023. It sails."),
        (
            "On Monday [May 1, 2023, by the article’s date, May 3, 2023] it sailed.",
            "On Monday [May 1, 2023] it sailed.",
        ),
    ],
)
def test_how_a_day_is_known_is_not_looked_for_in_the_source(shown: str, checked: str) -> None:
    checker = Noting()
    one = Answer("1", "?", "", False, None, 0.5, (AnswerSentence(shown, (1,)),), (citation(1),))
    SupportCheck(cast("Checker", checker))(one, {"ferry.txt": TEXT})
    assert checker.seen[0][0] == checked


@pytest.mark.slow
def test_the_projects_own_check_tells_what_a_citation_bears_out() -> None:
    judge = opened()
    sentences = (
        AnswerSentence("Ilse Brandt told the council that the ferry to Norrholm will sail again in May.", (1, 2)),
        AnswerSentence("Ole Winter told the council that the ferry to Norrholm will sail again in May.", (1,)),
    )
    one = Answer("1", "?", "", False, None, 0.5, sentences, (citation(1), citation(2, TOLL)))
    assert judge(one, {"ferry.txt": TEXT}) == Cited(2, 1, 3, 1)
