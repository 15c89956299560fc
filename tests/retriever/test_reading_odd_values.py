"""Values that nobody writes by hand: the file is read all the same, as well as can be."""

from __future__ import annotations

import json
import logging

import pytest

from retriever.reading.articles import Rough, finished
from retriever.records import Article
from tests.retriever.reading_files import article, several

SAID = "The ferries are back, she said on Tuesday."


def nested(value: str, depth: int = 400) -> str:
    return "[" * depth + json.dumps(value) + "]" * depth


def test_an_author_in_lists_within_lists_is_read_however_deep() -> None:
    found = article(f'{{"text": "{SAID}", "author": {nested("Ana Lind")}}}', "a.json")
    assert found.author == "Ana Lind"
    found = article(f'{{"text": "{SAID}", "author": [["Ana Lind", null], [[{{}}, true, "Jo Berg"]], 7]}}', "a.json")
    assert found.author == "Ana Lind, Jo Berg, 7"


def test_json_ld_in_lists_within_lists_is_read_however_deep() -> None:
    told = f'{{"@type": "NewsArticle", "headline": "Ferries", "author": {nested("Ana Lind")}}}'
    page = f"<html><head><script type='application/ld+json'>{told}</script></head><body><p>{SAID}</p></body></html>"
    assert article(page, "a.html").author == "Ana Lind"


@pytest.mark.parametrize(
    ("start", "number"), [("7", 7), ("999999999", 999999999), ("1" * 10, 1), ("1" * 5_000, 1), ("-3", 1), ("x", 1)]
)
def test_a_list_is_counted_from_a_number_of_up_to_nine_digits_else_from_one(start: str, number: int) -> None:
    text = f'<ol start="{start}"><li>The first.</li><li>The second.</li></ol>\n\nThe end.'
    assert article(text, "a.md").text == f"{number}. The first.\n{number + 1}. The second.\n\nThe end."


@pytest.mark.parametrize("number", ["0x" + "F" * 4_000, "9" * 5_000, "-0x" + "F" * 4_000, "1" + 20 * "0"])
def test_an_endless_number_in_front_matter_is_the_text_that_stands_there(number: str) -> None:
    found = article(f"---\nTitle: {number}\nauthor: Ana Lind\n---\n{SAID}")
    assert (found.title, found.author, found.text) == (number, "Ana Lind", SAID)


def test_an_endless_number_as_a_name_in_front_matter_is_passed_over() -> None:
    found = article(f"---\n0x{'F' * 4_000}: x\nauthor: Ana Lind\n---\n{SAID}")
    assert (found.author, found.text) == ("Ana Lind", SAID)


@pytest.mark.parametrize("colour", ["rgba(0,0,0,1.2.3)", f"rgb({'1' * 5_000},0,0)", "rgba(0,0,0,.)", "rgba(0,0,0,%)"])
def test_a_colour_that_is_none_hides_nothing(colour: str) -> None:
    assert SAID in article(f"<html><body><p style='color: {colour}'>{SAID}</p></body></html>", "a.html").text


def fails_on(word: str, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reading of a text that begins with ``word`` fail in a way that nobody foresaw."""

    def fails(rough: Rough, *, id: str) -> Article:  # noqa: A002 - the name in the code
        if rough.text.startswith(word):
            raise error
        return finished(rough, id=id)

    monkeypatch.setattr("retriever.reading.records.finished", fails)


LINES = "\n".join(json.dumps({"text": f"{word} is the word that this text begins with."}) for word in "ABC")


def test_a_line_that_makes_its_reader_fail_is_told_and_logged_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fails_on("B", ZeroDivisionError("by nothing"), monkeypatch)
    with caplog.at_level(logging.ERROR):
        found, (outcome,) = several(LINES, "a.jsonl")
    assert [one.id for one in found] == ["a.jsonl:1", "a.jsonl:3"]
    assert (outcome.name, outcome.status, outcome.document_id) == ("a.jsonl:2", "failed", None)
    assert outcome.reason
    assert all(words in outcome.reason for words in ("'a.jsonl:2'", "ZeroDivisionError: by nothing", "as .txt"))
    [record] = caplog.records
    assert "a.jsonl:2" in record.getMessage()
    assert record.exc_info and record.exc_info[0] is ZeroDivisionError


def test_memory_that_runs_out_is_no_fault_of_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    fails_on("B", MemoryError(), monkeypatch)
    with pytest.raises(MemoryError):
        several(LINES, "a.jsonl")


def test_front_matter_of_other_keys_alone_is_taken_off_too() -> None:
    assert article("---\nlayout: post\ntags: [sea]\n---\nThe ferries are back.").text == "The ferries are back."
