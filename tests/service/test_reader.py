"""The reader: what it is shown, what its outputs become, and that its real weights read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from retriever import splitting
from retriever.errors import ModelUnusable
from retriever.records import Article, Sentence
from service.reader.model import SHA256, WEIGHTS, Reader, reading
from service.reader.pairs import CLOSES, LONGEST, LONGEST_QUESTION, OPENS, padded, pair, question_ids
from service.reader.windows import MOST_CHARACTERS, Window, grouped, window, windows
from tests.service.candidates import candidate

PIER = Article(
    "pier.txt",
    "Mayor Tomas Vik said on Tuesday that the pier must close. “It is older than the town,” he said. Repairs would "
    "cost 40 million kroner, an engineer found.",
    title="Sandvik’s pier",
    source="Harbour Daily",
    published=date(2022, 11, 23),
)
BOATS = Article("boats.txt", "On Wednesday seven boats returned to Sandvik. Nobody was hurt.")
SENTENCES = splitting.sentences(PIER.text)


def plain(text: str) -> Window:
    """A window without a head, its sentences those of the text."""
    return Window(text, 0, 0, len(text), tuple(splitting.sentences(text)))


def test_a_window_says_where_it_is_from_and_who_speaks() -> None:
    made = window(PIER, SENTENCES[:2], ["Tomas Vik", "Tomas Vik"])
    assert made.text.startswith("Sandvik’s pier. Harbour Daily, November 23, 2022. Tomas Vik: Mayor Tomas Vik said")
    assert made.text[made.body :] == PIER.text[made.start : made.end]


def test_nothing_is_said_of_what_is_not_known() -> None:
    assert window(BOATS, splitting.sentences(BOATS.text), []).text == BOATS.text


def test_places_lead_into_the_article_and_back() -> None:
    made = window(PIER, SENTENCES[1:], ["Tomas Vik"])
    at = made.text.index("40 million")
    place = made.place(at, at + 10)
    assert place is not None
    assert PIER.text[slice(*place)] == "40 million"
    assert made.within(*place) == (at, at + 10)
    assert made.place(0, 5) is None  # the head is not of the article's text


def test_a_slice_that_begins_before_the_window_is_cut_at_its_edge() -> None:
    made = window(PIER, SENTENCES[1:], [])
    first, last = made.within(0, made.start + 5)
    assert made.text[first:last] == PIER.text[made.start : made.start + 5]


def test_sentences_are_grouped_in_order_up_to_the_limit() -> None:
    every = [Sentence(at, at + 100) for at in range(0, 1200, 110)]
    groups = list(grouped(every))
    assert [sentence for group in groups for sentence in group] == every
    assert all(group[-1].end - group[0].start <= MOST_CHARACTERS for group in groups)
    assert len(groups) < len(every) / 2
    assert list(grouped([Sentence(0, 900), Sentence(901, 950)])) == [(Sentence(0, 900),), (Sentence(901, 950),)]


def test_windows_hold_each_candidate_once_and_never_two_articles() -> None:
    found = [
        candidate(PIER, "Mayor Tomas Vik said on Tuesday that the pier must close."),
        candidate(PIER, "“It is older than the town,” he said."),
        candidate(BOATS, "Nobody was hurt."),
    ]
    made = list(windows(found))
    assert [list(inside) for _, inside in made] == [[0, 1], [2]]
    assert made[1][0].text.endswith("Nobody was hurt.")


def test_a_pair_is_question_and_text_within_the_limit() -> None:
    asked = question_ids("Who closed it? " * 40)
    assert len(asked) == LONGEST_QUESTION
    made = pair(asked, "The pier must close before winter. " * 60)
    assert len(made.ids) == LONGEST
    assert (made.ids[0], made.ids[made.first - 1], made.ids[-1]) == (OPENS, CLOSES, CLOSES)
    assert len(made.text.ids) == LONGEST - made.first - 1


def test_rows_are_padded_to_the_longest_and_the_text_is_marked() -> None:
    short, long = pair([7], "pier"), pair([7], "the pier must close")
    made = padded([short, long])
    assert {each.shape for each in made.values()} == {(2, len(long.ids))}
    assert made["attention_mask"].sum(1).tolist() == [len(short.ids), len(long.ids)]
    assert made["token_type_ids"][0].tolist() == [0, 0, 0, 1, 1] + [0] * (len(long.ids) - 5)


def test_the_likeliest_span_is_found_and_never_runs_backwards() -> None:
    text = plain("Vik closed the pier.")
    made = pair(question_ids("Who?"), text.text)
    start, end, evidence = (np.full(len(made.ids), -9.0) for _ in range(3))
    start[made.first + 3] = end[made.first] = 9.0  # the best pair of places would run backwards
    start[made.first] = 8.0
    evidence[made.first : made.first + len(made.text.ids)] = 9.0
    found = reading(text, made, [1.5, -0.5, start, end, evidence])
    assert text.text[slice(*found.span)] == "Vik"
    assert (found.rank, found.answers) == (1.5, -0.5)
    assert found.sentences[0] > 0.99
    assert found.sure < 0


def test_a_window_without_tokens_reads_as_nothing() -> None:
    made = pair(question_ids("Who?"), "")
    found = reading(Window("", 0, 0, 0, ()), made, [0.0, 0.0, *np.zeros((3, len(made.ids)))])
    assert (found.span, found.sentences) == ((0, 0), ())
    assert found.sure < -50


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(threads=1)


@pytest.mark.parametrize(
    ("question", "right", "answer"),
    [
        ("Who wants the old landing stage shut?", 0, "Vik"),
        ("How much money would mending it take?", 1, "40 million"),
        ("How many vessels came home?", 2, "seven"),
    ],
)
def test_the_window_that_answers_in_other_words_ranks_first_with_its_span(
    reader: Reader, question: str, right: int, answer: str
) -> None:
    texts = [
        "Mayor Tomas Vik said on Tuesday that the pier must close before winter.",
        "Repairs of the pier would cost 40 million kroner, an engineer found.",
        "On Wednesday seven boats returned to Sandvik. Nobody was hurt.",
    ]
    found = reader.read(question, [plain(text) for text in texts])
    assert max(range(3), key=lambda n: found[n].rank) == right
    assert answer in texts[right][slice(*found[right].span)]
    assert found[right].answers == max(each.answers for each in found)


def test_what_stands_beside_it_changes_no_reading(reader: Reader) -> None:
    both = [plain(PIER.text), plain(BOATS.text)]
    alone = [reader.read("Who said that?", [each])[0] for each in both]
    together = reader.read("Who said that?", both)
    assert together == alone


def test_nothing_to_read_is_no_error(reader: Reader) -> None:
    assert reader.read("Who said that?", []) == []


def test_other_weights_are_refused_with_file_and_remedy(tmp_path: Path) -> None:
    other = tmp_path / "reader.onnx"
    other.write_bytes(WEIGHTS.read_bytes()[:-1] + b"\0")
    with pytest.raises(ModelUnusable, match=r"SHA-256.*Restore it") as caught:
        Reader(other).read("Who?", [plain("Nobody.")])
    assert str(other) in str(caught.value)


def test_the_weights_are_those_that_are_described() -> None:
    described = WEIGHTS.with_name("README.md").read_text("utf-8")
    assert f"`{SHA256}`" in described
    assert f"{WEIGHTS.stat().st_size / 1e6:.1f} MB" in described
    assert WEIGHTS.stat().st_size < 25_000_000
