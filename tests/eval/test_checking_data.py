"""The sentences of eval/data/checking hold together: each cites whole sentences of a sample article as it is stored."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from retriever.reading import files, read
from retriever.records import Article

DATA = Path(__file__).resolve().parents[2] / "eval" / "data"
SETS = sorted((DATA / "checking").glob("*.jsonl"))
PREFIX = {"dev": "dev-", "heldout": "held-"}
ALTERED = frozenset(
    "quote_altered quote_invented speaker_swapped roles_swapped number_changed date_changed negated strength_changed"
    " addition unsupported name_changed".split()
)
FAITHFUL = frozenset("close free quoting attributed dated combined numeric negation_kept".split())
REQUIRED = {"id": str, "kind": str, "good": bool, "sentence": str, "document": str, "start": int, "end": int}
OPTIONAL = {"question": str, "before": list}
STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
QUOTED = re.compile(r'"([^"]+)"')
ENDS = (".", "?", "!", '"', ":")

each_set = pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)


@cache
def articles() -> dict[str, Article]:
    found = (article for path, name in files([DATA / "articles"]) for article in read(path, name=name))
    return {article.id: article for article in found if isinstance(article, Article)}


@cache
def items(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def folded(text: str) -> str:
    """Straight quotation marks and single spaces, in the case of the text."""
    return " ".join(text.translate(STRAIGHT).split())


def passage(item: dict[str, Any]) -> str:
    return articles()[item["document"]].text[item["start"] : item["end"]]


def quotations(item: dict[str, Any]) -> list[str]:
    """What the sentence has in quotation marks, without the punctuation that the sentence around it may ask for."""
    return [words.strip(" ,.;?!") for words in QUOTED.findall(folded(item["sentence"]))]


def stands(words: str, item: dict[str, Any]) -> bool:
    return words in folded(passage(item))


def test_the_set_to_develop_against_is_there() -> None:
    assert "dev" in {path.stem for path in SETS}


@each_set
def test_a_line_has_the_keys_of_the_format_and_no_others(path: Path) -> None:
    for item in items(path):
        assert item.keys() >= REQUIRED.keys(), item
        assert item.keys() <= REQUIRED.keys() | OPTIONAL.keys(), item["id"]
        assert all(type(value) is (REQUIRED | OPTIONAL)[key] for key, value in item.items()), item["id"]
        assert all(type(sentence) is str for sentence in item.get("before", ["no sentence before"])), item["id"]


@each_set
def test_ids_are_unique_and_say_which_set_a_sentence_belongs_to(path: Path) -> None:
    ids = [item["id"] for item in items(path)]
    assert [one for one, times in Counter(ids).items() if times > 1] == []
    assert all(one.startswith(PREFIX[path.stem]) for one in ids)


def test_no_sentence_is_there_twice_neither_in_a_set_nor_across_sets() -> None:
    times = Counter(folded(item["sentence"]).lower() for path in SETS for item in items(path))
    assert [sentence for sentence, count in times.items() if count > 1] == []


@each_set
def test_a_passage_is_made_of_whole_sentences_of_its_article(path: Path) -> None:
    for item in items(path):
        text, words = articles()[item["document"]].text, folded(passage(item))
        assert 0 <= item["start"] < item["end"] <= len(text), item["id"]
        assert 150 <= item["end"] - item["start"] <= 900, item["id"]
        before, after = text[: item["start"]], text[item["end"] :]
        assert not before or before[-1].isspace(), item["id"]
        assert not after or after[0].isspace(), item["id"]
        assert words.endswith(ENDS), item["id"]
        assert "\n" in before[-1:] or not before or folded(before).endswith(ENDS), item["id"]


@each_set
def test_kinds_are_known_and_say_whether_the_sentence_is_faithful(path: Path) -> None:
    for item in items(path):
        assert item["kind"] in (FAITHFUL if item["good"] else ALTERED), item["id"]


@each_set
def test_every_kind_is_there_and_about_half_of_the_sentences_are_faithful(path: Path) -> None:
    kinds = Counter(item["kind"] for item in items(path))
    assert kinds.keys() == ALTERED | FAITHFUL
    assert 0.45 <= sum(kinds[kind] for kind in FAITHFUL) / kinds.total() <= 0.55
    for group in (ALTERED, FAITHFUL):
        assert max(kinds[kind] for kind in group) <= 3 * min(kinds[kind] for kind in group)


@each_set
def test_what_a_faithful_sentence_quotes_stands_in_its_passage(path: Path) -> None:
    for item in items(path):
        if item["good"]:
            assert [words for words in quotations(item) if not stands(words, item)] == [], item["id"]
        if item["kind"] == "quoting":
            assert quotations(item), item["id"]


@each_set
def test_an_altered_or_invented_quotation_does_not_stand_in_its_passage(path: Path) -> None:
    for item in items(path):
        if item["kind"] in ("quote_altered", "quote_invented"):
            assert any(not stands(words, item) for words in quotations(item)), item["id"]


@each_set
def test_sentences_bear_no_citation_marks(path: Path) -> None:
    assert [item["id"] for item in items(path) if re.search(r"\[\d+\]", item["sentence"])] == []


@each_set
def test_sentences_in_a_set_are_over_at_least_ten_articles(path: Path) -> None:
    assert len({item["document"] for item in items(path)}) >= 10


def test_no_article_is_cited_in_two_sets() -> None:
    cited = [{item["document"] for item in items(path)} for path in SETS]
    assert [first & second for first, second in combinations(cited, 2) if first & second] == []
