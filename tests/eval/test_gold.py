"""The annotated statements of eval/data fit the sample articles as they are stored."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, get_args

from retriever.reading import files, read
from retriever.records import Article, Basis, Precision

DATA = Path(__file__).resolve().parents[2] / "eval" / "data"
SPANS = ("source", "cue", "content", "head")
NAME = re.compile(r"[A-Z][\w-]+( [A-Z][\w-]+)*")  # every word begins with a capital
STYLES = ("direct", "indirect", "mixed")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Gold(NamedTuple):
    article: Article
    statement: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.article.id}: {' … '.join(self.words('content'))}"

    def words(self, key: str) -> list[str]:
        return [self.article.text[start:end] for start, end in self.statement[key]]

    def named(self) -> Iterator[str]:
        """Every person, body or description that the statement names."""
        for key in ("person", "addressee"):
            yield from (self.statement[key] or "").split("; ") if self.statement[key] else ()
        yield from self.statement["via"]


@cache
def articles() -> dict[str, Article]:
    found = (article for path, name in files([DATA / "articles"]) for article in read(path, name=name))
    return {article.id: article for article in found if isinstance(article, Article)}


@cache
def gold() -> list[Gold]:
    lines = [json.loads(line) for line in (DATA / "statements.jsonl").read_text(encoding="utf-8").splitlines()]
    return [Gold(articles()[line["id"]], statement) for line in lines for statement in line["statements"]]


def wrong(fits: Any) -> list[str]:
    return [str(each) for each in gold() if not fits(each)]


def test_every_article_is_annotated_once_and_there_are_at_least_300_statements() -> None:
    ids = [json.loads(line)["id"] for line in (DATA / "statements.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sorted(ids) == sorted(articles())
    assert len(gold()) >= 300


def test_every_span_lies_in_its_article_and_holds_whole_words() -> None:
    def fits(each: Gold) -> bool:
        text = each.article.text
        return all(
            0 <= start < end <= len(text)
            and text[start:end].strip() == text[start:end] != ""
            and not re.match(r"\w\w", text[max(start - 1, 0) : start + 1] if start else "")
            and not re.match(r"\w\w", text[end - 1 : end + 1])
            for key in SPANS
            for start, end in each.statement[key]
        )

    assert wrong(fits) == []


def test_heads_are_one_word_in_the_source_and_there_wherever_a_source_is() -> None:
    def fits(each: Gold) -> bool:
        source, head = each.statement["source"], each.statement["head"]
        inside = all(any(a <= start and end <= b for a, b in source) for start, end in head)
        return len(head) == len(source) and inside and all(re.fullmatch(r"[\w-]+", word) for word in each.words("head"))

    assert wrong(fits) == []


def test_words_said_are_in_order_without_overlap_and_never_hold_their_own_cue() -> None:
    def fits(each: Gold) -> bool:
        content = each.statement["content"]
        ordered = all(before[1] <= after[0] for before, after in pairwise(content))
        apart = all(end <= a or b <= start for start, end in content for a, b in each.statement["cue"])
        return bool(content) and ordered and apart

    assert wrong(fits) == []


def test_no_statement_is_annotated_twice() -> None:
    keys = [(each.article.id, str(each.statement["source"]), str(each.statement["content"])) for each in gold()]
    assert len(set(keys)) == len(keys)


def test_everyone_named_stands_in_the_article_by_last_name_or_description() -> None:
    def fits(each: Gold) -> bool:
        text = each.article.text.lower()
        for who in each.named():
            words = who.split()[-1:] if NAME.fullmatch(who) else re.findall(r"\w{3,}", who)
            if not words or not all(re.search(rf"\b{re.escape(word.lower())}", text) for word in words):
                return False
        return True

    assert wrong(fits) == []


def test_a_speaker_is_missing_only_where_no_source_stands() -> None:
    assert wrong(lambda each: (each.statement["person"] is None) == (each.statement["source"] == [])) == []


def test_all_values_are_legal() -> None:
    def fits(each: Gold) -> bool:
        said_on = each.statement["said_on"]
        if each.statement["style"] not in STYLES or each.statement["speech"] not in (True, False):
            return False
        return said_on is None or (
            set(said_on) == {"from", "to", "precision", "basis"}
            and said_on["precision"] in get_args(Precision)
            and said_on["basis"] in get_args(Basis)
        )

    assert wrong(fits) == []


def test_dates_are_ranges_that_fit_their_precision_and_their_basis() -> None:
    def fits(each: Gold) -> bool:
        said_on, published = each.statement["said_on"], each.article.published
        if said_on is None:
            return True
        if said_on["basis"] == "none":
            return published is None and said_on["from"] is said_on["to"] is None
        first, last = date.fromisoformat(said_on["from"]), date.fromisoformat(said_on["to"])
        assert published is not None
        if said_on["basis"] == "publication" and first != published:
            return False
        if said_on["precision"] == "weekday" and WEEKDAYS[first.weekday()] not in each.article.text:
            return False
        one_day = said_on["precision"] in ("day", "weekday")
        return first <= last <= published and (first == last) == one_day

    assert wrong(fits) == []


def test_where_an_article_has_no_date_nothing_in_it_has_one() -> None:
    undated = [each for each in gold() if each.article.published is None]
    assert undated
    assert all(not each.statement["said_on"] or each.statement["said_on"]["from"] is None for each in undated)


def test_style_follows_from_quotation_marks_outside_transcripts() -> None:
    """Direct words begin with a mark, mixed ones hold one, indirect ones hold none (an unclosed mark counts)."""

    def fits(each: Gold) -> bool:
        words, style = each.words("content"), each.statement["style"]
        if style == "direct":
            return not each.statement["cue"] or all(re.match(r"[\"“]|''", part) for part in words)
        return bool(style == "mixed") == any(re.search(r"[\"“”]|''", part) for part in words)

    assert wrong(fits) == []
