"""What a model copies from its prompt instead of answering is known again."""

from __future__ import annotations

import pytest

from service.writing.briefing import briefed
from service.writing.scaffolding import Scaffolding, scaffolding
from tests.service.checking.written import source


@pytest.fixture(scope="module")
def told() -> Scaffolding:
    one = source()
    briefing = briefed([one.hit], {one.hit.passage.id: one.statements}, budget=4000, count=len)
    return scaffolding("answer", briefing, "Who wants the pier of Elvebakken closed?")


@pytest.mark.parametrize(
    "sentence",
    [
        "Write each of them anew, one line each.",
        "Say who said it, by name.",
        "If you change a word, use no quotation marks.",
        "Who wants the pier of Elvebakken closed?",
        "Harbour Daily, published 2022-11-23 (Wednesday): Mayor wants the old pier closed",
        "Tomas Vik said, in indirect speech, day not told: the pier must close.",
        "outlet not known, undated: Mayor wants the old pier closed",
    ],
)
def test_what_is_copied_from_the_prompt_is_its_scaffolding(told: Scaffolding, sentence: str) -> None:
    assert told.holds(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Tomas Vik wants the pier of Elvebakken closed.",
        "Harbour Daily reported on 23 November 2022 that the pier must close.",
        "The pier must close.",
        "Vik said it.",
    ],
)
def test_a_sentence_of_the_answer_is_none(told: Scaffolding, sentence: str) -> None:
    assert not told.holds(sentence)
