"""Copies are recognised; releases from one template and corrections are not taken for copies."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

from retriever.duplicates import copy_of, likeliest, says_otherwise, signature
from retriever.embedding import MiniLM
from tests.retriever.stores import TRADE, Index, lines

REPORT = (
    "Foreign Minister Wang Yi met his Japanese counterpart, Yoshimasa Hayashi, in Tokyo on Wednesday. The two spoke "
    "for 90 minutes about the islands, seafood exports and the release of five detained employees. Wang said that "
    "Taiwan is a part of China and that Japan should keep its promises. Hayashi expressed concern about ships near the "
    "islands and asked for the ban on seafood to be lifted soon. They agreed to meet again before the end of the "
    "year, and both sides described the talks as frank. A joint statement was not issued, "
    "officials in Tokyo said afterwards."
)


def found(text: str, *others: str) -> tuple[str, float] | None:
    signed = [(n, signature(other) or b"") for n, other in enumerate(others)]
    return copy_of(text, [(str(n), others[n]) for n in likeliest(signature(text) or b"", signed)])


def test_the_same_words_in_other_dress_are_a_copy() -> None:
    dressed = REPORT.replace(" ", "\u00a0", 7).replace(". ", ".\n\n").replace(",", ",\u200b").upper()
    assert found(dressed, "Something else entirely.", REPORT) == ("1", 1.0)


def test_a_light_edit_is_a_near_copy() -> None:
    edited = REPORT.replace("They agreed", "Both agreed").replace(" officials in Tokyo said afterwards.", "")
    result = found(edited, REPORT)
    assert result is not None
    assert result[0] == "0"
    assert 0.8 <= result[1] < 1.0


@pytest.mark.parametrize(
    ("was", "corrected"),
    [
        ("five detained", "four detained"),
        ("90 minutes", "40 minutes"),
        ("Wednesday", "Thursday"),
        ("Yoshimasa Hayashi", "Yoko Kamikawa"),
        ("officials in Tokyo", "officials in Beijing"),
    ],
)
def test_a_correction_is_no_copy(was: str, corrected: str) -> None:
    assert found(REPORT.replace(was, corrected), REPORT) is None


def test_releases_from_one_template_are_no_copies() -> None:
    template = (
        "Today, the President declared that a major disaster exists in the State of {} and ordered Federal aid to "
        "supplement the efforts in the areas affected by severe storms from {}. Federal funding is available to the "
        "State and eligible local governments on a cost-sharing basis for emergency work and the repair or "
        "replacement of facilities damaged by the storms, and for hazard mitigation measures throughout the State. "
        "Damage assessments are continuing, and additional areas may be designated for assistance after they are done."
    )
    first, second = template.format("Oklahoma", "May 2"), template.format("Oregon", "May 8")
    assert says_otherwise(first, second)
    assert found(first, second) is None
    assert found(first, first) == ("0", 1.0)


def test_what_is_added_on_one_side_only_leaves_it_a_copy() -> None:
    assert not says_otherwise("Harbour Wire. " + REPORT, REPORT)
    assert found(REPORT + " Reporting by A. Uthor in Osaka.", REPORT) is not None


def test_another_text_of_the_same_subject_is_no_copy() -> None:
    assert found("Wang Yi and Hayashi met in Tokyo and talked about seafood and the islands. " * 3, REPORT) is None


def test_a_text_without_words_has_no_signature() -> None:
    assert signature("…\u00a0—\n") is None
    assert signature("Short") is not None


def test_the_best_of_several_wins_and_the_first_of_equals() -> None:
    near = REPORT.replace("They agreed", "Both agreed")
    assert found(REPORT, near, REPORT, REPORT) == ("1", 1.0)


def test_of_hundreds_that_share_their_wording_the_copy_is_among_the_few_that_are_read() -> None:
    releases = [REPORT.replace("Tokyo", f"Town{n}").replace("90 minutes", f"{n} minutes") for n in range(100, 400)]
    signed = [(n, signature(each) or b"") for n, each in enumerate(releases)]
    read = likeliest(signature(releases[250]) or b"", signed)
    assert read[0] == 250
    assert len(read) == 20


@pytest.mark.parametrize("changed", [REPORT.replace("They agreed", "Both agreed"), TRADE], ids=["a little", "all"])
@pytest.mark.parametrize("full", [1, 1000])
def test_copies_that_change_alike_stay_copies(
    tmp_path: Path, minilm: MiniLM, monkeypatch: pytest.MonkeyPatch, full: int, changed: str
) -> None:
    monkeypatch.setattr("retriever.ingest.FULL", full)
    for order in permutations("abc"):
        index = Index.over(tmp_path / "".join(order), minilm)
        index.take(lines(tmp_path / "before.jsonl", [(id_, REPORT) for id_ in "abc"]))
        index.take(lines(tmp_path / "after.jsonl", [(id_, changed) for id_ in order]))
        original, *others = set(index.catalogue.copies("abc").values())
        assert others == []
        assert index.catalogue.copies([original]) == {original: original}
        index.close()


def test_an_original_with_another_title_stays_the_original(tmp_path: Path, minilm: MiniLM) -> None:
    index = Index.over(tmp_path / "index", minilm)
    index.take(lines(tmp_path / "before.jsonl", [(id_, REPORT) for id_ in "abc"]))
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"id": "a", "title": "Talks in Tokyo", "text": REPORT}), "utf-8")
    assert [(one.status, one.duplicate_of) for one in index.take(file)] == [("updated", None)]
    assert index.catalogue.copies("abc") == {"a": "a", "b": "a", "c": "a"}
    index.close()
