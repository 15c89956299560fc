"""The question path with a real model, whose text is mostly wrong: what reaches the reader is right all the same."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from service.parts import Parts
from service.records import Written
from service.settings import Settings
from tests.model.reading import Read, asked, parts, read
from tests.model.serving import NAME, Serving, serve

# The statement index alone answers none of these, so the model is asked; behind each, the articles it is asked about.
LOAN = ("Who asked the government for a loan?", "2023/ferry.md", "boats.txt")
QUESTIONS = (
    LOAN,
    ("When did the boats return to Sandvik?", "boats.txt", "2023/ferry.md"),
    ("Who lit the lighthouse lamp?", "2023/lamp.txt"),
)


@pytest.fixture(scope="module")
def harbour(index: Settings, served: Serving) -> Parts:
    return parts(index, served)


@pytest.fixture(scope="module")
def answers(harbour: Parts) -> list[Read]:
    return [read(harbour, asked(harbour, *question)) for question in QUESTIONS]


def test_the_model_is_asked_and_its_text_is_shown_as_it_comes(answers: list[Read]) -> None:
    assert {each.writing.model for each in answers} == {f"openai:{NAME}"}
    drafted = [each for each in answers if each.drafted]
    assert drafted
    for each in drafted:
        assert any(prompt.startswith(("answer@", "list@")) for prompt in each.writing.prompts)


def test_every_sentence_that_was_drafted_is_settled_or_absent(answers: list[Read]) -> None:
    for each in answers:
        first = {settled.end for settled in each.settled}
        assert len(first) == each.writing.written
        dropped = sum(settled.outcome == "dropped" for settled in each.settled)
        assert dropped == each.writing.dropped <= each.writing.written


def test_what_stands_is_the_models_and_what_does_not_is_told_without_it(answers: list[Read]) -> None:
    for each in answers:
        stands = each.writing.written - each.writing.dropped
        if each.writing.fallback:
            assert stands == 0
            assert each.answer.answerer == "extractive"
            assert any("without the chat model" in note for note in each.writing.notes)
        elif stands:
            assert each.answer.answerer == "model"
            assert not each.answer.declined
            assert len(each.answer.sentences) == stands


def test_leaving_in_the_middle_stops_the_model(harbour: Parts) -> None:
    events = asked(harbour, *LOAN)
    assert next(event for event in events if isinstance(event, Written) and event.text)
    began = time.perf_counter()
    events.close()  # type: ignore[attr-defined]  # the events are a generator's
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("pieces", [1, 6])
def test_a_server_that_dies_while_it_writes_ends_in_an_answer_that_says_so(
    index: Settings, python: Path, pieces: int
) -> None:
    with serve(python) as serving:
        harbour = parts(index, serving)
        seen = []
        for event in asked(harbour, *LOAN):
            seen.append(event)
            if sum(isinstance(each, Written) and bool(each.text) for each in seen) == pieces:
                serving.kill()
        found = read(harbour, iter(seen))
    assert found.drafted
    assert any("broke off" in note for note in found.writing.notes)
    if not any(each.outcome in ("passed", "mended") for each in found.settled):
        assert found.writing.fallback == "model-broke-off"
        assert found.answer.answerer == "extractive"
        assert "Ingrid Moe" in found.answer.answer


def test_without_the_server_the_answer_comes_all_the_same(index: Settings, python: Path) -> None:
    with serve(python) as serving:
        pass
    harbour = parts(index, serving)
    found = read(harbour, asked(harbour, *LOAN))
    assert (found.writing.fallback, found.drafted) == ("model-unreachable", "")
    assert "Ingrid Moe" in found.answer.answer


def test_a_window_that_is_too_small_for_the_passages_is_said(index: Settings, python: Path) -> None:
    with serve(python, context=512) as serving:
        harbour = parts(index, serving)
        found = read(harbour, asked(harbour, *LOAN))
    assert found.writing.fallback == "context-too-small"
    assert any("512 tokens" in note for note in found.writing.notes)
