"""The committed model at work: who says which words by which cue, in whole words, and nothing where nobody speaks."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from retriever.errors import ModelUnusable
from retriever.statements.tagging import SHA256, WEIGHTS, Tagged, Tagging

DIRECT = "“The pier is older than the town,” Mayor Tomas Vik said on Tuesday."
INDIRECT = "Harbour Minister Lena Brandt told growers that nobody would lose work over the pier."
SPLIT = "“We can sail until June,” Ingrid Moe said on Friday, “but not a day longer.”"
ACCORDING = "According to Captain Nora Lind, the storm was the worst in twenty years."
SIDE_BY_SIDE = (
    "Mayor Tomas Vik said that the pier must close before winter, while Ingrid Moe argued that repairs would cost "
    "less than a new one."
)


class Read(NamedTuple):
    """The words of a statement."""

    source: list[str]
    cue: list[str]
    content: list[str]


@pytest.fixture(scope="module")
def tagging() -> Tagging:
    return Tagging(threads=1)


def words(text: str, found: Tagged) -> Read:
    return Read(*([text[start:end] for start, end in spans] for spans in (found.source, found.cue, found.content)))


def read(tagging: Tagging, text: str) -> list[Read]:
    return [words(text, each) for each in tagging.tagged(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DIRECT, Read(["Mayor Tomas Vik"], ["said"], ["“The pier is older than the town,”"])),
        (
            INDIRECT,
            Read(["Harbour Minister Lena Brandt"], ["told"], ["that nobody would lose work over the pier"]),
        ),
        (SPLIT, Read(["Ingrid Moe"], ["said"], ["“We can sail until June,”", "“but not a day longer.”"])),
        (ACCORDING, Read(["Captain Nora Lind"], ["According to"], ["the storm was the worst in twenty years"])),
    ],
    ids=["direct", "indirect", "split around its cue", "according to"],
)
def test_a_plain_statement_is_read_with_its_source_and_its_cue(tagging: Tagging, text: str, expected: Read) -> None:
    assert read(tagging, text) == [expected]
    assert tagging.tagged(text)[0].speech


def test_two_statements_in_one_sentence_do_not_mix(tagging: Tagging) -> None:
    assert read(tagging, SIDE_BY_SIDE) == [
        Read(["Mayor Tomas Vik"], ["said"], ["that the pier must close before winter"]),
        Read(["Ingrid Moe"], ["argued"], ["that repairs would cost less than a new one"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor plans to close the pier before winter.",
        "Vik believes that the pier will not outlive the town.",
    ],
)
def test_what_is_planned_or_believed_is_told_from_what_is_said(tagging: Tagging, text: str) -> None:
    (found,) = tagging.tagged(text)
    assert not found.speech
    assert words(text, found).source[0] in ("The mayor", "Vik")


def test_spans_are_whole_words_in_order_and_lie_in_the_text(tagging: Tagging) -> None:
    text = f"🙂 Élise Roux reiterated that the quarrel was over.\u00a0{SPLIT}\n\n{SIDE_BY_SIDE} {ACCORDING} " * 12
    found = tagging.tagged(text)
    assert len(found) >= 12 * 4  # also where a text takes several windows
    for each in found:
        assert 0 <= each.chance <= 1
        for start, end in (*each.source, *each.cue, *each.content):
            assert 0 <= start < end <= len(text)
            assert not (text[start - 1 : start].isalnum() and text[start].isalnum()), text[start - 9 : end]
            assert not (text[end : end + 1].isalnum() and text[end - 1].isalnum()), text[start : end + 9]
        for spans in (each.source, each.cue, each.content):
            assert list(spans) == sorted(spans)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "🙂",
        "The wooden pier is ninety metres long and was built in 1931. It rains there in June.",
        "Seven boats returned to Sandvik after two nights at sea.",
    ],
)
def test_where_nobody_speaks_there_is_no_statement(tagging: Tagging, text: str) -> None:
    assert tagging.tagged(text) == []


def test_what_stands_around_a_statement_in_a_long_text_leaves_it_as_it_is(tagging: Tagging) -> None:
    quiet = "The wooden pier is ninety metres long and was built in 1931. It rains there in June. "
    alone = read(tagging, INDIRECT)
    for before in (0, 3, 9, 10, 11, 30):  # it falls on either side of a window's edge
        assert [each for each in read(tagging, quiet * before + INDIRECT) if "told" in each.cue] == alone


def test_weights_with_other_bytes_are_refused_with_file_and_remedy(tmp_path: Path) -> None:
    other = tmp_path / "tagger.onnx"
    other.write_bytes(WEIGHTS.read_bytes()[:-1] + b"\0")
    with pytest.raises(ModelUnusable, match=r"SHA-256.*Restore it") as caught:
        Tagging(other).tagged(DIRECT)
    assert str(other) in str(caught.value)


def test_the_weights_are_those_that_are_described() -> None:
    described = WEIGHTS.with_name("README.md").read_text("utf-8")
    assert f"`{SHA256}`" in described
    assert f"{WEIGHTS.stat().st_size / 1e6:.1f} MB" in described


def test_missing_weights_are_named_with_the_remedy(tmp_path: Path) -> None:
    missing = tmp_path / "gone.onnx"
    with pytest.raises(ModelUnusable, match=r"cannot be read.*Restore it") as caught:
        Tagging(missing).tagged(DIRECT)
    assert str(missing) in str(caught.value)


def test_threads_share_one_model_and_get_what_one_alone_gets() -> None:
    shared = Tagging(threads=1)
    texts = [DIRECT, INDIRECT, SPLIT, ACCORDING, SIDE_BY_SIDE] * 4
    with ThreadPoolExecutor(5) as pool:
        together = list(pool.map(shared.tagged, texts))
    assert together == [shared.tagged(text) for text in texts]


def test_reading_needs_no_torch() -> None:
    program = (
        "import sys\nfrom retriever.statements.tagging import Tagging\n"
        f"assert Tagging(threads=1).tagged({DIRECT!r})\nprint(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    assert not {"torch", "transformers"} & set(ran.stdout.split())
