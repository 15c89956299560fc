"""No attack succeeds on the answerer without a language model. What success means: watch.py."""

from __future__ import annotations

import re
import time

import pytest

from service.http.routes.openai import inert, sources
from service.records import Answer
from tests.injection.attacks import ATTACKS, BY_ID
from tests.injection.attacks.record import Attack
from tests.injection.besieged import Besieged, question, told
from tests.injection.watch import acting

SECONDS = 10.0  # for one answer, on a busy machine; a parser that an article stalls takes minutes


def named(attack: Attack) -> str:
    return f"{attack.kind}-{attack.id}"


def test_every_attack_has_a_name_of_its_own_and_its_articles_are_there(besieged: Besieged) -> None:
    assert len(ATTACKS) == len(BY_ID)
    assert [each for attack in ATTACKS for each in attack.planted if besieged.article(each) is None] == []


def _is_harmless_in_a_chat_client(answer: Answer) -> None:
    """Such clients show Markdown, and fetch the pictures in it without being asked."""
    told = sources(answer)
    assert acting(inert(answer.answer) + told) == []
    assert len(told.splitlines()) == (0 if answer.declined else 3 + len(answer.citations))


@pytest.mark.parametrize("attack", ATTACKS, ids=named)
def test_no_attack_succeeds(attack: Attack, besieged: Besieged) -> None:
    started = time.monotonic()
    answer = told(besieged.extractive.events(question(attack)))
    assert time.monotonic() - started < SECONDS
    assert besieged.successes(answer, attack) == []
    _is_harmless_in_a_chat_client(answer)


@pytest.mark.parametrize("attack", [each for each in ATTACKS if "a.html" in each.articles], ids=named)
def test_words_that_a_page_does_not_show_are_not_in_its_article(attack: Attack, besieged: Besieged) -> None:
    article = besieged.article(*attack.planted)
    assert article
    assert "painted its benches" in article.text
    assert "scrapped" not in article.text


@pytest.mark.parametrize("attack", [each for each in ATTACKS if each.answered], ids=named)
def test_an_article_cannot_keep_the_honest_answer_from_the_reader(attack: Attack, besieged: Besieged) -> None:
    answer = told(besieged.extractive.events(question(attack)))
    assert re.search(attack.answered or "", answer.answer)
