from __future__ import annotations

from datetime import date

import pytest

from eval.uncited import joined, unsupported
from service.records import Answer, AnswerSentence, Citation

QUOTE = "Mayor Vik's aide said on Tuesday that 1,200 crates were lost near Elvebakken."


def answered(text: str, *, cites: tuple[int, ...] = (1,), declined: bool = False) -> Answer:
    cited = Citation(1, "d.txt", "Crates", "Harbour Daily", None, date(2022, 11, 23), None, "p", 0, len(QUOTE), QUOTE)
    return Answer("1", "?", text, declined, None, 0.5, (AnswerSentence(text, cites),), (cited,))


@pytest.mark.parametrize(
    "text",
    [
        "An aide to Vik said that 1200 crates were lost.",
        "Crates were lost near Elvebakken, the Harbour Daily reports.",
        "On Tuesday, November 22, 2022, an aide of Mayor Vik spoke.",
        "Nobody knows how many were found.",
    ],
)
def test_words_of_the_slice_and_of_the_head_of_its_article_are_borne_out(text: str) -> None:
    assert unsupported(answered(text)) == ()


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("An aide to Lind said that crates were lost.", "Lind"),
        ("An aide to Vik said that 1,300 crates were lost.", "1,300"),
        ("On March 22, 2022, an aide of Vik spoke.", "March"),
    ],
)
def test_a_name_number_or_day_that_is_nowhere_cited_is_named(text: str, lacking: str) -> None:
    assert unsupported(answered(text)) == (f"{text} ({lacking})",)


def test_a_sentence_without_a_citation_is_named_and_a_refusal_is_not() -> None:
    assert unsupported(answered("Crates were lost.", cites=())) == ("Crates were lost. (no citation)",)
    assert unsupported(answered("Nobody said it.", cites=(), declined=True)) == ()


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Vik's aide spoke.", ()),
        ("An aide of Mayor Vik spoke.", ()),
        ("Elvebakken's Mayor Vik spoke.", ("elvebakken's mayor",)),
    ],
)
def test_names_that_only_the_answer_puts_side_by_side_are_named(text: str, pairs: tuple[str, ...]) -> None:
    assert joined(answered(text)) == tuple(f"{text} ({pair})" for pair in pairs)
    assert joined(answered(text, declined=True)) == ()
