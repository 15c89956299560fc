"""Articles made of the samples, and questions about them: each its own event, each question answered by one alone."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from eval.bench import vocabulary
from eval.bench.articles import Maker, write
from eval.bench.casting import cast, own_name, principal
from eval.bench.protocol import read
from eval.bench.questions import questions
from eval.bench.templates import MONTHS, WEEKDAYS, Parser, Template
from eval.cases import load
from retriever.records import Article

SAMPLES = Path("eval/data/articles")
WRITTEN = [json.loads(line) for line in Path("eval/bench/questions.jsonl").read_text("utf-8").splitlines()]
SEED = 7


@pytest.fixture(scope="module")
def maker() -> Maker:
    return Maker(SAMPLES)


def template(text: str) -> Template:
    article = Article("a", text, "Kishida in Tianjin", published=date(2022, 3, 4))
    return Parser(vocabulary.load()).template(article)


def filled(text: str, number: int) -> tuple[str, date]:
    made = template(text)
    chosen = cast(made, number, vocabulary.load(), seed=SEED)
    return chosen.text(made.paragraphs[0]), chosen.published


def test_the_same_seed_gives_the_same_articles_and_more_articles_begin_with_fewer(maker: Maker) -> None:
    some = list(maker.articles(70))
    assert list(Maker(SAMPLES).articles(70)) == some
    assert list(maker.articles(40)) == some[:40]
    assert {each.text for each in Maker(SAMPLES, seed=1).articles(70)}.isdisjoint(each.text for each in some)


def test_no_name_of_the_samples_is_left(maker: Maker) -> None:
    known = [word for word, of in vocabulary.load().words.items() if of.kind in vocabulary.NAMES and len(word) > 3]
    texts = " ".join(f"{each.title} {each.text}" for each in maker.articles(70))
    parts = Parser(vocabulary.load()).parts(texts)
    assert [part.text for part in parts if not isinstance(part, str) and part.text in known] == []


def test_a_name_is_the_same_throughout_an_article() -> None:
    text, _ = filled(
        "Fumio Kishida met Xi Jinping. Kishida told Xi, and a KISHIDA aide told the Chinese in Beijing.", 3
    )
    first, second = text.split(". ")
    _, kishida, _, xi, _ = first.split()
    assert second.startswith(f"{kishida} told {xi}, and a {kishida.upper()} aide told the ")


def test_days_months_and_years_move_together() -> None:
    for number in range(40):
        text, published = filled("On Thursday, March 3, 2022, not in April 2021 nor in February, they met.", number)
        words = text.replace(",", "").split()
        told = date(int(words[4]), MONTHS.index(words[2]) + 1, int(words[3]))
        assert (published - told).days == 1
        assert WEEKDAYS[told.weekday()] == words[1]


def test_months_keep_their_distance_from_the_publication() -> None:
    for number in range(40):
        text, published = filled("It began in February and will end in April 2023.", number)
        words = text.strip(".").split()
        assert MONTHS.index(words[3]) == (published.month - 2) % 12
        assert (int(words[-1]) * 12 + MONTHS.index(words[-2])) - (published.year * 12 + published.month - 1) == 13


def test_numbers_keep_their_order_and_a_time_of_day_stays() -> None:
    for number in range(40):
        text, _ = filled("At 9:14 five of nine ships, 12 boats and 1,700 people left; 2,400 stayed.", number)
        assert text.startswith("At 9:14 ")
        few, many = (int(each.replace(",", "")) for each in text.split() if "," in each and each[0].isdigit())
        assert few < many
        assert " five of nine " not in text


def test_who_is_named_first_has_a_name_of_their_own() -> None:
    words = vocabulary.load()
    assert len({own_name(words, number, seed=SEED) for number in range(50_000)}) == 50_000
    made = template("Xi Jinping was told by Fumio Kishida.")
    assert principal(made) == ("Jinping", "Xi")
    given, family = own_name(words, 5, seed=SEED)
    assert cast(made, 5, words, seed=SEED).text(made.paragraphs[0]).startswith(f"{family} {given} ")


def test_articles_are_written_as_they_are_read_again(maker: Maker, tmp_path: Path) -> None:
    write(maker.articles(35), tmp_path)
    made = list(maker.articles(35))
    assert list(read(tmp_path)) == [each.values() for each in made]
    assert len({(each.title, each.text) for each in made}) == 35


def test_twenty_samples_have_a_who_a_when_and_a_what_in_other_words() -> None:
    kinds = Counter((each["article"], each["kind"]) for each in WRITTEN if each["paraphrased"])
    complete = [name for name, kind in kinds if kind == "who" and kinds[name, "when"] and kinds[name, "what"]]
    assert len(complete) >= 20
    assert sum(not each["paraphrased"] for each in WRITTEN) >= 20


def test_written_questions_name_only_what_their_sample_names_and_quote_it_once(maker: Maker) -> None:
    samples = {maker.template(number).name: maker.template(number) for number in range(40)}
    for pattern in WRITTEN:
        sample = samples[pattern["article"]]
        text = "\n\n".join(
            "".join(part if isinstance(part, str) else part.text for part in each) for each in sample.paragraphs
        )
        assert text.count(pattern["evidence"]) == 1, pattern["evidence"]
        named = {slot.word.key for slot in sample.slots()}
        asked = [part.word for part in maker.parser.parts(pattern["question"]) if not isinstance(part, str)]
        assert {word.key for word in asked if word.kind in vocabulary.NAMES} <= named, pattern["question"]


def test_evidence_stands_where_it_is_said_and_one_article_alone_holds_the_names(maker: Maker, tmp_path: Path) -> None:
    posed = questions(maker, count=60, among=100, within=500)
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in posed), encoding="utf-8")
    assert len(load([file])) == len(posed) == 60
    assert sum(each["paraphrased"] for each in posed) == 30
    texts = {each.id: each.text for each in maker.articles(500)}
    for each in posed:
        (place,) = each["evidence"]
        assert texts[place["document"]][place["start"] : place["end"]] == place["text"]
        number = int(place["document"])
        chosen = maker.cast(number)
        patterns = (maker.parser.parts(one["question"]) for one in WRITTEN)
        names = chosen.named(next(parts for parts in patterns if chosen.text(parts) == each["question"]))
        holding = {id_ for id_, text in texts.items() if all(re.search(rf"\b{name}", text) for name in names)}
        assert holding <= {place["document"]}
