"""The training of the statement finder's model: what a window teaches, and that what is trained can be loaded."""

from __future__ import annotations

import hashlib
import math
import random
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eval import tagger
from eval.tagger import Window, windows
from retriever.statements import tagging
from retriever.statements.tagging import Tagging
from retriever.statements.windows import LONGEST
from retriever.tokens import encode

TEXT = (
    "“We can sail until June,” Ingrid Moe said on Friday, “but not a day longer.” Mayor Vik plans to close the pier. "
    "No answer came."
)
QUIET = "The wooden pier is ninety metres long and was built in 1931. It rains there in June. "


class FromTheStart(random.Random):
    """The first window begins with the text."""

    def randrange(self, start: int, *_: Any, **__: Any) -> int:
        return 0


def span(text: str, words: str) -> list[int]:
    start = text.index(words)
    return [start, start + len(words)]


def article(text: str = TEXT) -> dict[str, Any]:
    moe = {
        "source": [span(text, "Ingrid Moe")],
        "cue": [span(text, "said")],
        "content": [span(text, "“We can sail until June,”"), span(text, "“but not a day longer.”")],
        "speech": True,
    }
    vik = {
        "source": [span(text, "Mayor Vik")],
        "cue": [span(text, "plans")],
        "content": [span(text, "to close the pier")],
        "speech": False,
    }
    return {"text": text, "statements": [moe, vik]}


def labelled(window: Window, anchor: int) -> dict[int, str]:
    """Part -> the words of the window's tokens that have it."""
    encoded = encode(TEXT)
    words = [TEXT[start:end] for start, end in zip(encoded.starts, encoded.ends, strict=True)]
    parts = window.anchors[anchor]
    return {part: " ".join(np.array(words)[parts == part]) for part in range(4)}


def test_each_cue_opens_a_statement_whose_tokens_have_their_parts() -> None:
    (window,) = windows(article(), FromTheStart())
    encoded = encode(TEXT)
    assert window.tokens == encoded.ids
    said, plans = (encoded.within(*span(TEXT, word)).start for word in ("said", "plans"))
    assert window.anchors.keys() == window.speech.keys() == {said, plans}
    assert window.speech == {said: True, plans: False}
    assert not window.ignored
    moe = labelled(window, said)
    assert (moe[1], moe[2]) == ("Ingrid Moe", "said")
    assert moe[3] == "“ We can sail until June , ” “ but not a day longer . ”"
    assert moe[0].startswith("on Friday , Mayor Vi k plans")
    assert labelled(window, plans)[3] == "to close the pier"
    assert len(window.marks) == len(window.tokens)
    assert {token for token, mark in enumerate(window.marks) if mark == 2} == {
        encoded.within(place, place + 1).start for place, sign in enumerate(TEXT) if sign in "“”"
    }


def test_a_statement_without_a_cue_is_opened_by_its_first_word() -> None:
    without = article()
    without["statements"][1]["cue"] = []
    (window,) = windows(without, FromTheStart())
    assert encode(TEXT).within(*span(TEXT, "to close")).start in window.anchors


def test_a_statement_that_a_window_cuts_is_neither_right_nor_wrong_there() -> None:
    room = LONGEST - len(encode(TEXT).ids[: encode(TEXT).within(*span(TEXT, "Friday")).stop])
    text = "It " * room + TEXT  # the first window ends behind the cue, in front of the rest of the words
    cue = encode(text).within(*span(text, "said")).start
    assert cue < LONGEST < encode(text).within(*span(text, "“but not a day longer.”")).stop
    first, *others = windows(article(text), FromTheStart())
    assert first.ignored == {cue}
    assert cue not in first.anchors
    assert all(cue - LONGEST not in window.anchors for window in others)


def test_all_tokens_are_in_windows_wherever_those_begin() -> None:
    text = QUIET * 40
    for seed in range(5):
        found = list(windows({"text": text, "statements": []}, random.Random(seed)))
        assert [token for each in found for token in each.tokens] == encode(text).ids
        assert all(len(each.tokens) <= LONGEST for each in found)


@pytest.mark.slow
def test_what_is_trained_is_written_and_can_be_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    losses = []
    measured = tagger._loss

    def kept(model: Any, batch: list[Window]) -> Any:
        loss = measured(model, batch)
        losses.append(float(loss.detach()))
        return loss

    monkeypatch.setattr(tagger, "_loss", kept)
    saved: list[object] = []
    articles = [article(f"{QUIET * n}{TEXT}") for n in range(3)]
    model = tagger.train(articles, epochs=2, rate=1e-4, keep=saved.append)
    assert saved == [model, model]
    assert len(losses) == 2
    assert all(math.isfinite(loss) for loss in losses)
    file = tmp_path / "tagger.onnx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's remarks on shapes and its age; the graph is run below
        tagger.export(model, file)
    monkeypatch.setattr(tagging, "SHA256", hashlib.sha256(file.read_bytes()).hexdigest())
    certain = tagging.Limits(anchor=0.0, content=0.0)  # after two steps nothing is sure
    assert Tagging(file, threads=1, limits=certain).tagged(TEXT)
