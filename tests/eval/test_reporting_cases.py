"""What the HTML report says of cases: curves, faults and excerpts, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from eval.cases import Case, Evidence
from eval.metrics import DEPTH, Slice, wilson
from eval.report import Origin
from eval.reporting import Run
from eval.reporting.cases import Card, Shown, cards_and_rows
from eval.reporting.curves import declining, outcomes, recall, shared
from eval.reporting.excerpts import AROUND, MOST, Mark, Piece, excerpts
from eval.reporting.faults import faults
from eval.scoring import Score, score, summarise
from eval.scoring.citing import Cited
from service.records import Answer, AnswerSentence, Citation, Turn

MADE = Origin("2030-01-01T00:00:00+00:00", None, False, ("q.jsonl",), "0" * 64, {}, {"cores": 2})
TEXT = "Ingrid Vold keeps the lighthouse. The lamp burns whale oil. Olav Berg sells the oil in autumn."
TEXTS = {"lamp.txt": TEXT}
KEEPER = Case("a", "who", "Who keeps the lamp?", (("Ingrid",),), evidence=(Evidence("lamp.txt", "Ingrid Vold keeps"),))
OIL = Case("b", "what", "What burns?", (("whale oil", "blubber"),), evidence=(Evidence("lamp.txt", "burns whale oil"),))
ABSENT = Case("c", "nearmiss", "Who bought the lighthouse?", unanswerable=True, really="Olav Berg sells oil")


def cite(words: str, number: int = 1, document: str = "lamp.txt") -> Citation:
    start = TEXT.index(words)
    return Citation(
        number, document, "The lamp", "Skerry Post", None, None, None, "p", start, start + len(words), words
    )


def scored(case: Case, text: str, *cited: Citation, confidence: float = 0.8, declined: bool = False) -> Score:
    sentences = (AnswerSentence(text.replace("[1]", ""), tuple(each.number for each in cited)),)
    reason: Literal["not_said"] | None = "not_said" if declined else None
    answer = Answer("1", case.question, text, declined, reason, confidence, sentences, cited)
    return score(case, answer, seconds=0.1, ranked=[Slice("lamp.txt", 34, 58), Slice("lamp.txt", 0, 33)], texts=TEXTS)


def names(of: Score) -> list[str]:
    return [fault.name for fault in faults(of)]


def shown(*scores: Score, texts: dict[str, str] = TEXTS) -> tuple[list[Card], list[Shown]]:
    return cards_and_rows([Run("first", MADE, summarise(scores), scores, [])], texts.get)


RIGHT = scored(KEEPER, "Ingrid Vold.[1]", cite("Ingrid Vold keeps the lighthouse."))
WRONG = scored(OIL, "It burns tar.[1]", cite("Olav Berg sells the oil"), confidence=0.9)
UNSURE = replace(WRONG, answer=replace(WRONG.answer, confidence=0.2))
REFUSED = scored(KEEPER, "Nobody says so.", confidence=0.3, declined=True)
DUE = scored(ABSENT, "Nobody says so.", confidence=0.7, declined=True)


# ---- curves


def test_every_question_comes_to_one_of_four_outcomes() -> None:
    assert list(outcomes([RIGHT, WRONG, UNSURE, REFUSED, DUE]).values()) == [1, 1, 1, 2]


def test_recall_counts_the_rank_of_the_first_evidence() -> None:
    shares = recall([RIGHT, WRONG, DUE])  # ranks 2 and 1; the third names no evidence
    assert [each.mean for each in shares[:3]] == [0.5, 1.0, 1.0]
    assert len(shares) == DEPTH
    assert shares[0] == wilson(1, 2)


def test_recall_of_questions_without_evidence_is_no_curve() -> None:
    assert recall([DUE]) == []


def test_a_higher_threshold_leaves_fewer_answers_and_other_shares_wrong() -> None:
    points = declining([RIGHT, WRONG, UNSURE, REFUSED])
    assert [each.threshold for each in points] == [0.9, 0.8, 0.2]
    assert [each.coverage for each in points] == [0.25, 0.5, 0.75]
    assert [each.wrong.mean for each in points] == pytest.approx([1.0, 0.5, 2 / 3])


def test_only_questions_that_both_runs_asked_alike_are_paired() -> None:
    other = replace(WRONG, case=replace(OIL, max_words=3))
    assert shared([RIGHT, WRONG], [other, REFUSED]) == [(RIGHT, REFUSED)]


# ---- faults


def test_a_right_answer_that_cites_its_evidence_has_no_fault() -> None:
    assert names(RIGHT) == names(DUE) == []


def test_a_wrong_answer_is_told_by_how_sure_it_is() -> None:
    assert names(WRONG) == ["wrong and sure", "evidence not cited"]
    assert names(UNSURE) == ["wrong and unsure", "evidence not cited"]


def test_a_wrong_speaker_comes_before_all_else() -> None:
    assert names(scored(KEEPER, "Olav Berg keeps it.[1]", cite("Olav Berg sells the oil")))[:2] == [
        "wrong speaker",
        "wrong and sure",
    ]


def test_refusals_are_faults_only_where_there_was_an_answer() -> None:
    assert names(REFUSED) == ["wrongly declined", "evidence not cited"]
    assert names(scored(ABSENT, "The town.")) == ["wrong and sure", "nothing to answer"]


def test_what_is_forbidden_quoted_falsely_too_long_or_not_borne_out_is_named() -> None:
    case = replace(OIL, forbid=("tar",), max_words=4)
    of = replace(scored(case, "It “never burns” whale oil but tar."), cited=Cited(1, 0, 0, 0))
    assert names(of) == [
        "says what it must not",
        "false quotation",
        "wrong and sure",
        "too long",
        "not borne out",
        "evidence not cited",
    ]


def test_a_case_whose_evidence_stands_nowhere_is_said_to_be_at_fault() -> None:
    lost = replace(KEEPER, evidence=(Evidence("lamp.txt", "never written"),))
    assert "evidence misplaced" in names(scored(lost, "Ingrid."))


# ---- excerpts


def test_an_excerpt_is_cut_where_marks_begin_and_end() -> None:
    (one,) = excerpts("abc def ghi", [Mark(4, 7, 2)], [Mark(4, 7, 2), Mark(6, 9)])
    assert one.pieces == (
        Piece("abc "),
        Piece("de", cited=True, begins=(2,)),
        Piece("f", cited=True, evidence=True),
        Piece(" g", evidence=True),
        Piece("hi"),
    )
    assert not one.before
    assert not one.after


def test_places_that_are_close_share_an_excerpt_and_distant_ones_do_not() -> None:
    text = "word " * 400
    near = [Mark(0, 4, 1), Mark(AROUND, AROUND + 4, 2)]
    assert len(excerpts(text, near, near)) == 1
    first, last = excerpts(text, [Mark(0, 4, 1), Mark(1990, 1994, 2)], [])
    assert (first.before, first.after, last.before, last.after) == (False, True, True, False)


def test_an_excerpt_holds_whole_words_and_ends_somewhere() -> None:
    text = "lighthouse " * 1000
    (one,) = excerpts(text, [Mark(1100, 9000, 1)], [Mark(1100, 9000, 1)])
    joined = "".join(piece.text for piece in one.pieces)
    assert len(joined) <= MOST + AROUND
    assert joined.startswith("lighthouse ")
    assert "".join(each.text for each in excerpts(text, [Mark(5, 9)], [])[0].pieces).split()[-1] == "lighthouse"


def test_a_place_outside_the_text_is_not_shown() -> None:
    assert excerpts("short", [Mark(2, 90, 1), Mark(3, 3)], []) == []


# ---- cards


def test_the_worst_come_first_and_the_more_certain_of_them() -> None:
    less = replace(WRONG, answer=replace(WRONG.answer, confidence=0.6))
    cards, rows = shown(RIGHT, UNSURE, REFUSED, less, WRONG)
    assert [card.shown.score for card in cards] == [WRONG, less, REFUSED, UNSURE]
    assert [row.score for row in rows] == [RIGHT]


def test_a_card_sets_what_was_cited_beside_the_evidence_and_says_whether_they_meet() -> None:
    beside = scored(OIL, "It burns tar.[1]", cite("lamp burns whale"))
    met, missed = shown(beside, WRONG)[0][::-1]
    assert (met.cited[0].touched, met.evidence[0].touched) == (True, True)
    assert (missed.cited[0].touched, missed.evidence[0].touched) == (False, False)
    both = [piece.text for piece in met.cited[0].excerpts[0].pieces if piece.cited and piece.evidence]
    assert both == ["burns whale"]
    assert "".join(piece.text for piece in met.evidence[0].excerpts[0].pieces if piece.evidence) == "burns whale oil"
    assert met.cited[0].title == met.evidence[0].title == "The lamp"


def test_a_card_says_what_was_wanted_and_whether_it_is_there() -> None:
    case = replace(OIL, answer=(("lamp",), ("whale oil", "blubber")), forbid=("tar",))
    (card,), _ = shown(scored(case, "The lamp burns tar.[1]", cite("lamp burns whale")))
    assert [each.said for each in card.wanted] == [True, False]
    assert [each.said for each in card.forbidden] == [True]
    assert [(piece.text, piece.cited) for piece in card.text if piece.cited or piece.evidence] == [
        ("lamp", False),
        ("tar", True),
    ]


def test_an_article_that_is_gone_leaves_its_quotes() -> None:
    (card,), _ = shown(WRONG, texts={})
    assert card.cited[0].note
    assert [piece.text for each in card.cited[0].excerpts for piece in each.pieces] == ["Olav Berg sells the oil"]
    assert [piece.text for each in card.evidence[0].excerpts for piece in each.pieces] == ["burns whale oil"]


def test_a_card_names_what_other_runs_made_of_the_question() -> None:
    runs = [Run(name, MADE, summarise([each]), [each], []) for name, each in (("one", REFUSED), ("two", RIGHT))]
    (card,), rows = cards_and_rows(runs, TEXTS.get)
    assert [(each.name, each.outcome) for each in card.others] == [("two", "right answer")]
    assert [(row.run, row.name) for row in rows] == [(1, "two")]


def test_a_follow_up_keeps_what_was_said_before() -> None:
    case = replace(OIL, history=(Turn("user", "Who keeps it?"),))
    (card,), _ = shown(scored(case, "Tar."))
    assert card.shown.score.case.history[0].content == "Who keeps it?"
