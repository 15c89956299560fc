"""Markdown is read as its reader sees it."""

from __future__ import annotations

import pytest

from tests.retriever.reading_files import article


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("One.\n\n[//]: # (Never said.)\n\nTwo.", "One.\n\nTwo."),
        ("One <!-- never --> two.\n\n<!--\nnever\n-->\n\nThree.", "One  two.\n\nThree."),
        ("See ![this][p] and ![that](https://x.example/p) here.\n\n[p]: https://x.example/p.png", "See  and  here."),
        ("See [the dam](https://x.example 'Title') and [it][d].\n\n[d]: https://x.example", "See the dam and it."),
        ("On <https://x.example/map>.", "On https://x.example/map."),
        (
            "A <a href='https://x.example'>word</a><img src=x><script>run()</script>, a <b hidden>lie</b>.",
            "A word, a .",
        ),
        ("<div>\n<p style='display:none'>Never.</p>\n<p>Shown.</p>\n</div>", "Shown."),
        ("A <template>lie</template> 3 < 4 & 5 &gt; 4, \\*so\\* `it` is $5*.", "A  3 < 4 & 5 > 4, *so* it is $5*."),
    ],
)
def test_what_a_reader_of_markdown_does_not_see_is_left_out(written: str, seen: str) -> None:
    assert article(f"{written}\n\nThe end.", "a.md").text == f"{seen}\n\nThe end."


def test_lists_quotations_verses_and_rules_of_markdown_keep_their_lines() -> None:
    text = (
        "Title\n=====\n\n> One line\n> and another.\n\n---\n\n- a\n- b\n  - c\n\n3. third\n4. fourth\n\nThen\n\n"
        "1. loose\n\n2. list\n\n    as typed\n"
    )
    assert article(text, "a.md").text == (
        "Title\n\nOne line\nand another.\n\n- a\n- b\n  - c\n\n3. third\n4. fourth\n\n"
        "Then\n\n1. loose\n\n2. list\n\nas typed"
    )


def test_markdown_nested_without_end_is_read_in_time() -> None:
    for text in (">" * 9_000, "- " * 5_000, "[" * 9_000, "*a_ " * 9_000, "<b>" * 3_000, "![a](" * 9_000):
        assert "The end." in article(f"The end.\n\n{text}x", "a.md").text
