"""A true sentence of a chat model's answers only if it holds the kind of thing that is asked for."""

from __future__ import annotations

import pytest

from service.question.asking import understand
from service.records import Question
from service.writing.pertinence import pertinent


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("Where did Vik and Berg meet?", "Vik and Berg met in the old port of Sandvik.", True),
        ("Where did Vik and Berg meet?", "Sandvik hosted the talks of Vik and Berg.", True),
        ("Where did Vik and Berg meet?", "Vik and Berg met in a meeting between the Ministry and Moe.", False),
        ("Where did Vik and Berg meet?", "Vik and Berg met.", False),
        ("Who met Berg in Sandvik?", "Tomas Vik met Berg in Sandvik.", True),
        ("Who met Berg in Sandvik?", "Berg had a meeting in Sandvik.", False),
        ("When did Vik meet Berg?", "Vik met Berg on Tuesday.", True),
        ("When did Vik meet Berg?", "Vik met Berg in Sandvik.", False),
        ("How many boats came?", "Seven boats came.", True),
        ("How many boats came?", "The boats came.", False),
    ],
)
def test_a_place_for_where_a_name_for_who_a_time_for_when(question: str, text: str, answers: bool) -> None:
    assert pertinent(understand(Question(question)), text, ()) is answers
