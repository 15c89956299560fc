"""Words of a page that its reader does not see."""

from __future__ import annotations

import time

import pytest

from retriever.errors import UnreadableFile
from tests.retriever.reading_files import article

SEEN = "The old mill by the canal has a new wheel, and the miller says that it turns better than the one before it."
MORE = "Visitors may see it on Sundays between ten and four, when the millstones are laid open and explained to them."
LURKING = "The mill was sold in secret."


def read(inside: str, *, head: str = "", body: str = "<body>") -> str:
    page = f"<!doctype html><html><head><title>Mill</title>{head}</head>{body}<article><p>{SEEN}</p>{inside}"
    return article(f"{page}<p>{MORE}</p></article></body></html>", "a.html").text


@pytest.mark.parametrize(
    "inside",
    [
        f"<p hidden>{LURKING}</p>",
        f"<p style='DISPLAY : none !important'>{LURKING}</p>",
        f"<div style='font-size: 0px'><p>{LURKING}</p></div>",
        f"<p style='opacity:0.0'>{LURKING}</p>",
        f"<p style='color:#FFF;background:white'>{LURKING}</p>",
        f"<p style='color:rgb(254, 254, 254)'>{LURKING}</p>",
        f"<p style='color:transparent'>{LURKING}</p>",
        f"<p><font color='#ffffff'>{LURKING}</font></p>",
        f"<p style='position:absolute;left:-9999px'>{LURKING}</p>",
        f"<p style='text-indent:-999em'>{LURKING}</p>",
        f"<p style='height:0;overflow:hidden'>{LURKING}</p>",
        f"<p style='position:absolute;clip:rect(0,0,0,0)'>{LURKING}</p>",
        f"<p style='transform:scale(0)'>{LURKING}</p>",
        f"<div style='visibility:hidden'><p>{LURKING}</p></div>",
        f"<template><p>{LURKING}</p></template>",
        f"<dialog><p>{LURKING}</p></dialog>",
        f"<p>Come <span style='display:none'>{LURKING}</span> and see.</p>",
    ],
)
def test_what_an_attribute_or_its_own_style_hides_is_not_read(inside: str) -> None:
    text = read(inside)
    assert LURKING not in text
    assert SEEN in text
    assert MORE in text


@pytest.mark.parametrize(
    "rule",
    [
        ".Lost{display:none}",
        "p.lost , .other { opacity : 0 }",
        "article .lost{font-size:0}",
        "#under > p {visibility:hidden}",
        "@media screen{.lost{display:none}}",
        "/* .lost{ */ .lost{display:none !important} p{display:block}",
        "@import 'x.css'; .lost{color:#fff}",
    ],
)
def test_what_a_rule_of_the_pages_own_style_sheet_hides_is_not_read(rule: str) -> None:
    text = read(f"<div id='under'><p class='big lost'>{LURKING}</p></div>", head=f"<style>{rule}</style>")
    assert LURKING not in text
    assert SEEN in text


@pytest.mark.parametrize(
    ("head", "inside"),
    [
        ("<style>@media print{.note{display:none}}</style>", f"<p class='note'>{LURKING}</p>"),
        ("<style>.note{display:none} .note.open{display:block}</style>", f"<p class='note open'>{LURKING}</p>"),
        ("<style>.note:hover{opacity:0}</style>", f"<p class='note'>{LURKING}</p>"),
        ("<style>.other .note{display:none}</style>", f"<p class='note'>{LURKING}</p>"),
        ("", f"<div style='font-size:0'><p style='font-size:14px'>{LURKING}</p></div>"),
        ("", f"<div style='background:#003'><p style='color:white'>{LURKING}</p></div>"),
        ("", f"<div style='background:url(x.png)'><p style='color:white'>{LURKING}</p></div>"),
        ("<link rel='stylesheet' href='x.css'>", f"<p style='color:#fff'>{LURKING}</p>"),
        ("", f"<p style='opacity:0.9;font-size:0.9em;margin-left:-9999px'>{LURKING}</p>"),
        ("<style>body{visibility:hidden;opacity:0}</style>", f"<p>{LURKING}</p>"),
        ("<style>.note{color:</style>", f"<p class='note'>{LURKING}</p>"),
    ],
)
def test_what_a_reader_may_see_stays(head: str, inside: str) -> None:
    text = read(inside, head=head)
    assert LURKING in text
    assert SEEN in text


def test_what_stands_behind_hidden_words_stays() -> None:
    assert "Come and see it." in " ".join(read("<p>Come <b hidden>never</b> and see it.</p>").split())


def test_a_page_of_hidden_words_alone_is_one_without_text() -> None:
    with pytest.raises(UnreadableFile, match="without text"):
        article(f"<html><body><p hidden>{LURKING}</p></body></html>", "a.html")


def test_many_rules_and_elements_take_no_long_time() -> None:
    rules = "".join(f".c{n} .d{n}{{display:none}}" for n in range(5_000)) + "{" * 5_000
    inside = "".join(f"<p class='d{n % 50}'>Word {n} is here.</p>" for n in range(3_000))
    started = time.monotonic()
    assert "Word 2999 is here." in read(inside, head=f"<style>{rules}</style>")
    assert time.monotonic() - started < 10
