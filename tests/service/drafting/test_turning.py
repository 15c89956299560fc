"""The next sentence, where it turns the sense of the one before."""

from __future__ import annotations

import pytest

from retriever.records import Article
from service.drafting.turning import turned


def _next(text: str, sentence: str, label: str | None = None) -> str | None:
    place = turned(Article("a.txt", text), text.index(sentence) + len(sentence), label)
    return text[place[0] : place[1]] if place else None


@pytest.mark.parametrize(
    ("text", "turn"),
    [
        ("Vik agreed. But he will not pay. That is all.", "But he will not pay."),
        ("Vik agreed. “Not this year.” That is all.", "“Not this year.”"),
        ("Vik agreed. Lund, however, did not.", "Lund, however, did not."),
        ("Vik agreed.\nHowever, he will not pay.", "However, he will not pay."),
        ("Vik agreed.\nBut the town sleeps.", None),
        ("Vik agreed. Not only the town was glad.", None),
        ("Vik agreed. The town was glad.", None),
        ("Vik agreed.", None),
    ],
)
def test_a_sentence_that_turns_the_sense_is_found(text: str, turn: str | None) -> None:
    assert _next(text, "Vik agreed.") == turn


def test_in_a_transcript_the_turn_goes_on_over_paragraphs_but_not_into_the_next_turn() -> None:
    text = "MAYOR VIK: We agree.\n\nBut the town must pay.\n\nMS LUND: But it will not."
    assert _next(text, "We agree.", "MAYOR VIK") == "But the town must pay."
    assert _next(text, "But the town must pay.", "MAYOR VIK") is None
