"""Hostile text cannot run, cannot reach out, and cannot break the layout; the page holds to its own rules."""

from __future__ import annotations

import gzip
import re

from playwright.sync_api import FilePayload, expect

from tests.page.articles import HOSTILE, HOSTILE_TEXT, HOSTILE_TITLE
from tests.page.conftest import Watched
from tests.page.scripted import WEB

EVIL = "odd/hostile <name> & more.txt"
CSS = "</style><style>*{display:none}body{background:red!important}</style> * { color: red }"
# How far from the left each word of a paragraph begins.
STARTS = """(node) => {
  const text = document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode();
  return [...text.data.matchAll(/\\S+/g)].map(({ index }) => {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + 1);
    return range.getBoundingClientRect().left;
  });
}"""
WIDER = "() => document.documentElement.scrollWidth > innerWidth"
COLUMNS = "#library, #conversation, #reader, #page, #scroll, .words, .rests-on, #quote, #said, [role=menu]"
SPILLED = f"""() => [...document.querySelectorAll("{COLUMNS}")]
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
    assert page.locator(":is(#exchanges, #page) :is(img, i, b, svg:not(.icon)), main script").count() == 0


def test_hostile_statements_speakers_and_cards_stay_text_and_inside_their_columns(watched: Watched) -> None:
    page = watched.page
    article = watched.state.articles[EVIL]
    one = next(each for each in watched.state.statements if each["document_id"] == EVIL)
    wide = {**one, "id": "wide", "speaker": "W" * 10_000, "role": CSS, "content": HOSTILE_TEXT, "addressee": "x" * 300}
    watched.state.statements[:] = [one, wide]
    page.click("#all-said")
    page.locator(".plot .saying").first.wait_for()
    for mark in page.locator(".plot .saying").all():
        mark.hover()
        expect(page.locator("#quote")).to_be_in_viewport()
        assert page.evaluate(SPILLED) == []
        page.mouse.move(5, 5)
        expect(page.locator("#quote")).to_be_hidden()
    page.check("#narrow [value=table]", force=True)
    page.locator("table.statements td").first.wait_for()
    assert page.evaluate(WIDER) is False
    assert page.evaluate(SPILLED) == []
    page.locator("table.statements a").first.click()
    page.locator("#page a.saying").first.hover()
    expect(page.locator("#quote")).to_contain_text("W" * 200)
    assert page.evaluate(SPILLED) == []
    assert page.locator("#page .text").text_content() == article["text"]
    assert page.locator("#said img, #said script, #said b, #quote :is(img, script, b, style), #page style").count() == 0


def test_hostile_chat_titles_and_file_names_stay_text_in_lists_menus_and_outcomes(watched: Watched) -> None:
    page = watched.page
    title = f"{HOSTILE_TITLE} {CSS} " + "Z" * 1500
    watched.asked(title[:1900])
    page.locator("#chats [aria-haspopup=menu]").first.click()
    expect(page.locator("[role=menu]")).to_be_in_viewport()
    assert page.evaluate(SPILLED) == []
    page.keyboard.press("Escape")
    name = "<img src=x onerror=window.ran=1> \N{RIGHT-TO-LEFT OVERRIDE}fdp.exe " + "Q" * 180 + ".txt"
    file: FilePayload = {"name": name, "mimeType": "text/plain", "buffer": CSS.encode()}
    broken: FilePayload = {**file, "name": "broken " + name}
    page.set_input_files("#files", [file, broken])
    expect(page.locator("#outcomes")).to_contain_text("not added")
    assert page.evaluate(WIDER) is False
    assert page.evaluate(SPILLED) == []
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#articles .choose").filter(has_text="fdp.exe").click()
    expect(page.locator("#page .text")).to_have_text(CSS)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == before
    assert page.locator("#library img, #library style, [role=menu] img, #toast img").count() == 0


def test_bidi_tricks_stay_in_their_paragraph(watched: Watched) -> None:
    page = watched.page
    turning = "\N{RIGHT-TO-LEFT OVERRIDE}\N{RIGHT-TO-LEFT ISOLATE}turned"
    watched.state.articles[EVIL]["text"] = f"{turning}\n\nThis stays as it is."
    page.locator("#articles .choose").filter(has_text="Evil").click()
    widths = page.locator("#page .text p").nth(1).evaluate(STARTS)
    assert widths == sorted(widths)  # each word stands to the right of the one before
    heads = page.locator(".reader-head").evaluate("(node) => getComputedStyle(node).direction")
    assert heads == "ltr"


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
    assert sum(len(gzip.compress(path.read_bytes(), 5)) for path in files) < 90_000  # as sent
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
