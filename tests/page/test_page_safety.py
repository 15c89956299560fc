"""Hostile text cannot run, cannot reach out, and cannot break the layout; the page holds to its own rules."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.page.articles import HOSTILE, HOSTILE_TEXT
from tests.page.conftest import Watched
from tests.page.scripted import WEB

WIDER = "() => document.documentElement.scrollWidth > innerWidth"
SPILLED = """() => [...document.querySelectorAll("#library, #conversation, #reader, #page, .exchange, #quote")]
  .filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.id || node.className)"""


def test_hostile_titles_articles_and_answers_stay_text_and_inside_their_columns(watched: Watched) -> None:
    page = watched.page
    watched.asked(HOSTILE)
    chip = page.locator(".words .chip").first
    chip.hover()
    assert page.locator("#quote blockquote").text_content() == HOSTILE_TEXT
    assert page.evaluate(SPILLED) == []
    chip.click()
    page.locator("mark.current").first.wait_for()
    assert page.locator("#page .text").text_content() == HOSTILE_TEXT
    assert page.evaluate(WIDER) is False
    assert page.evaluate(SPILLED) == []
    assert page.locator("#exchanges img, #page img, #page svg:not(.icon), main script, main i, main b").count() == 0


def test_a_name_that_turns_the_writing_direction_does_not_turn_the_date_after_it(watched: Watched) -> None:
    watched.asked(HOSTILE)
    label = watched.page.locator(".words .chip .label").first.text_content() or ""
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", label)
    assert label.endswith("2024-02-30")  # no such day: shown as it was given, not as the first of March


def test_inline_script_is_refused_by_the_policy(watched: Watched) -> None:
    watched.expected = ("Content Security Policy", "TrustedHTML", "Trusted", "inline")
    ran = watched.page.evaluate(
        """() => {
          const script = document.createElement("script");
          try { script.textContent = "window.slipped = 1"; } catch {}
          document.body.append(script);
          try { document.body.insertAdjacentHTML("beforeend", "<b>x</b>"); window.slipped = 2; } catch {}
          return window.slipped ?? 0;
        }"""
    )
    assert ran == 0
    assert any("Content Security Policy" in error or "Trusted" in error for error in watched.errors)


def test_the_page_is_small_and_holds_nothing_inline_or_foreign() -> None:
    files = [path for path in WEB.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 150_000
    for path in files:
        text = path.read_text(encoding="utf-8")
        foreign = [
            url
            for url in re.findall(r"https?://[\w.-]+\.\w+[^\s\"')]*|[\"'(]//[\w.-]+\.\w+", text)
            if "w3.org" not in url
        ]
        assert not foreign, f"{path.name} names {foreign}"
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", _code(text)
        )
    page = (WEB / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\bsrc=)", page)


def _code(text: str) -> str:
    return re.sub(r"^\s*(//|\*|/\*).*$", "", text, flags=re.MULTILINE)


def test_every_picture_named_in_the_markup_is_drawn(watched: Watched) -> None:
    named = watched.page.locator("[data-icon]").count()
    assert named > 5
    expect(watched.page.locator("[data-icon] > svg")).to_have_count(named)
