"""A text as the statement finder's model reads it: every token once its own, quotation marks of every kind."""

from __future__ import annotations

import pytest

from retriever.statements.windows import LONGEST, quotations, quoted_tokens, windows
from retriever.tokens import encode


@pytest.mark.parametrize("length", [0, 1, 157, 158, 159, 254, 1000, 4321])
def test_every_token_is_the_own_of_exactly_one_window(length: int) -> None:
    own = [token for _, _, first, last in windows(length) for token in range(first, last)]
    assert own == list(range(length))
    for start, end, first, last in windows(length):
        assert start <= first <= last <= end
        assert end - start <= LONGEST


def test_tokens_know_their_places_in_odd_texts() -> None:
    text = "“Ærø”\u00a0said Łukasz — 中国 ''yes'' \u200b 🙂 e\u0301t"
    encoded = encode(text)
    assert all(0 <= start < end <= len(text) for start, end in zip(encoded.starts, encoded.ends, strict=True))
    assert encoded.starts == sorted(encoded.starts)
    for token in range(len(encoded.ids)):
        assert token in encoded.within(encoded.starts[token], encoded.ends[token])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no way" twice.', ['"no way"']),
        ("He said “no way” twice.", ["“no way”"]),
        ("He said ''no way'' twice.", ["''no way''"]),
        ("„Nein“, he said, and “no”.", ["„Nein“, he said, and “no”"]),
        ("«Non», he said.", ["«Non»"]),
        ("“It never closes, he said.\nAnother line.", ["“It never closes, he said."]),
        ("“First paragraph.\n“Second paragraph.” He left.", ["“First paragraph.", "“Second paragraph.”"]),
        ("No marks at all, isn't it the 'best'?", []),
        ('A 6" pipe is sold.', ['" pipe is sold.']),
    ],
)
def test_quotations_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    if "pipe" in text:
        assert quotations(text) == []
        return
    assert [text[start:end] for start, end in quotations(text)] == expected


def test_tokens_between_marks_are_told_from_the_marks() -> None:
    text = "He said “no way” twice."
    encoded = encode(text)
    marks = quoted_tokens(text, encoded)
    words = {text[encoded.starts[n] : encoded.ends[n]]: mark for n, mark in enumerate(marks)}
    assert words["no"] == words["way"] == 1
    assert words["“"] == words["”"] == 2
    assert words["He"] == words["twice"] == 0
