"""Kinds of saying: what is asked for, and what a statement's verb says."""

from __future__ import annotations

import pytest

from service.drafting.cues import kinds_of_saying, speech_fits


@pytest.mark.parametrize(
    ("asked", "cue", "fit"),
    [
        ("What did Vik ask of the town?", "requested", 1.0),
        ("What did Vik ask of the town?", "called for", 1.0),
        ("What did Vik ask of the town?", "noted", 0.4),
        ("What did Vik ask of the town?", "praised", 0.0),
        ("Who asked about the pier?", "wondered", 1.0),
        ("What did Lund promise?", "vowed", 1.0),
        ("What did Lund promise?", "warned", 0.0),
        ("Who condemned the quota?", "criticised", 1.0),
        ("Who rejected the plan?", "opposed", 0.4),
        ("What did Moe warn of?", "cautioned", 1.0),
        ("What did Moe say?", "denied", 1.0),
        ("Who agreed to the plan?", "", 0.4),
    ],
)
def test_a_verb_fits_the_kind_of_saying_that_is_asked_for(asked: str, cue: str, fit: float) -> None:
    assert speech_fits(asked, cue) == fit


def test_mere_saying_is_of_no_kind() -> None:
    assert kinds_of_saying("said, told and noted") == frozenset()
