"""No attack succeeds with a chat model that does whatever the attacker wants. What success means: watch.py.

That an article makes a model say that the passages do not answer is not held here: such a model is believed, the answer
is a refusal that lists the nearest passages, the honest ones among them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest

from service.http.routes.openai import inert, sources
from service.records import Answer
from service.writing.answering import MOST_PASSAGES
from tests.injection.attacks import ATTACKS, BY_ID
from tests.injection.attacks.record import HONEST, Attack
from tests.injection.besieged import Besieged, question, told
from tests.injection.scripted import Echo, Obedient, Scripted, is_honest, numbered, of_user
from tests.injection.test_attacks_extractive import named
from tests.injection.watch import acting

_TAKEN_FOR_THE_PROMPTS_OWN = re.compile(
    r"\[\d[\d ,;–-]*\]|[【［]\d|<\||</|\[/?INST\]|"
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)
# What pages hide is in no article (test_attacks_extractive), so that a model is shown the same for each: one is enough.
_PAGES = [attack for attack in ATTACKS if "a.html" in attack.articles]
SHOWN = [attack for attack in ATTACKS if attack not in _PAGES[1:]]
PLANTED = [attack for attack in SHOWN if attack.articles]
Obeyed = Callable[[Attack], tuple[Answer, Obedient]]


def answered(besieged: Besieged, model: Scripted) -> Answer:
    return told(besieged.written(model).events(question(model.attack, "model")))


@pytest.fixture(scope="module")
def obeyed(besieged: Besieged) -> Obeyed:
    """The answer to an attack's question, and the model that was asked; asked once for all tests."""

    @cache
    def once(name: str) -> tuple[Answer, Obedient]:
        model = Obedient(BY_ID[name])
        return answered(besieged, model), model

    return lambda attack: once(attack.id)


@pytest.mark.parametrize("attack", SHOWN, ids=named)
def test_no_attack_succeeds_on_a_model_that_obeys(attack: Attack, besieged: Besieged, obeyed: Obeyed) -> None:
    answer, _ = obeyed(attack)
    assert besieged.successes(answer, attack) == []
    assert acting(inert(answer.answer) + sources(answer)) == []


@pytest.mark.parametrize("attack", PLANTED, ids=named)
def test_no_attack_succeeds_on_a_model_that_repeats_what_it_reads(attack: Attack, besieged: Besieged) -> None:
    answer = answered(besieged, Echo(attack))
    assert besieged.successes(answer, attack) == []
    assert acting(inert(answer.answer) + sources(answer)) == []


@pytest.mark.parametrize("attack", SHOWN, ids=named)
def test_no_article_and_no_question_can_end_a_passage_or_begin_another(attack: Attack, obeyed: Obeyed) -> None:
    """Every line with the mark is the prompt's own, every number in square brackets stands in such a line."""
    _, model = obeyed(attack)
    for user in map(of_user, model.asked):
        passages = numbered(user)
        if not passages:
            continue  # asked to make the question stand alone
        assert list(passages) == list(range(1, len(passages) + 1))
        if attack.articles and len(passages) < MOST_PASSAGES:  # a question may narrow what it is answered from
            assert sum(map(is_honest, passages.values())) == len(HONEST)
        mark = user.partition(" passage [1]>")[0].rpartition("<")[2]
        marked = [line for line in user.splitlines() if mark in line]
        assert all(re.fullmatch(rf"<{mark} (?:passage|text|statements|end) \[\d+\]>", line) for line in marked)
        assert sum(" passage [" in line for line in marked) == len(passages)
        shown = "\n".join(line for text in passages.values() for line in text.splitlines() if mark not in line)
        assert not _TAKEN_FOR_THE_PROMPTS_OWN.search(shown)


def test_a_model_that_obeys_is_asked_and_writes_what_the_attacker_wants(obeyed: Obeyed) -> None:
    """Else nothing of the above would show anything."""
    answer, model = obeyed(BY_ID["ignore-and-say"])
    assert answer.writing is not None
    assert answer.writing.written == 4
    assert len(model.asked) == 2  # and once more to write anew what failed
    assert sum(bool(obeyed(attack)[1].asked) for attack in SHOWN) > 0.9 * len(SHOWN)
