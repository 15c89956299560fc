"""Who says a sentence takes the place of what stands for them there, and of nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from retriever.records import Article, Statement
from retriever.speaking import Speaking
from service.drafting.extracting import compose
from service.question.asking import understand
from service.records import Question
from tests.service.candidates import candidate


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("He had never mended a net, Vik said.", "He had never mended a net, Mayor Tomas Vik said."),
        ("He should sell the boat, he added.", "He should sell the boat, Tomas Vik added."),
    ],
)
def test_a_pronoun_in_what_is_said_is_not_who_says_it(speaking: Speaking, sentence: str, told: str) -> None:
    article = Article("boat.txt", f"On Tuesday Mayor Tomas Vik spoke of Lund. {sentence}", published=date(2022, 11, 23))
    start, end = article.text.index(sentence), len(article.text)
    words = (start, start + sentence.index(","))
    said = Statement(
        "s", article.id, "Tomas Vik", "Tomas Vik", None, "said", sentence, "indirect", None, None, (), True, start, end,
        (words,),
    )  # fmt: skip
    found = replace(candidate(article, sentence), statement=said, speakers=1)
    (draft,) = compose(understand(Question("Who said that about the boat?")), [found], speaking, enough=[True])
    assert draft.text == told
