"""The whole way of a desk, in one go: by mouse, by keyboard alone, and over the sample articles with the real service.

Where one fails, what the browser did is kept in eval/reports/traces: ``playwright show-trace FILE`` plays it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Download, Page, expect

from tests.page.articles import FOLLOW_UP, WHO
from tests.page.conftest import Watched, traced
from tests.page.real import real_service
from tests.page.scripted import Scripted
from tests.page.test_page_reading import highlighted

FURTHEST = 150  # presses of Tab
SLOWEST = 150_000  # ms: models load at the first question, on a busy machine in a minute
QUOTED = "(chip) => chip.citation.quote"
REAL_WHO = "Who told Akiba that Taiwan is an inseparable part of Chinese territory?"
REAL_FOLLOW_UP = "And what did he say about Tokyo?"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the real service over the sample articles; reading them takes about half a minute."""
    with real_service(tmp_path_factory.mktemp("real")) as origin:
        yield origin


def travel(watched: Watched, question: str, follow_up: str) -> None:
    """Ask, hover, open the source, go back, timeline, follow-up, export, reload."""
    page = watched.page
    watched.asked(question)
    chip = page.locator(".words .chip").first
    quote = str(chip.evaluate(QUOTED))
    chip.hover()
    expect(page.locator("#quote blockquote")).to_have_text(quote)
    chip.click()
    assert highlighted(page) == quote
    expect(page.locator("mark.current").first).to_be_in_viewport()
    page.locator("#page a.saying").first.hover()
    expect(page.locator("#quote .title")).not_to_be_empty()
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(chip).to_be_focused()
    page.get_by_role("button", name="Timeline").first.click()
    page.locator(".plot .saying").first.hover()
    expect(page.locator("#quote .who")).not_to_be_empty()
    page.click("#close-said")
    watched.asked(follow_up)
    assert question in export(page)
    page.reload()
    expect(page.locator(".answer[data-answer]")).to_have_count(2)
    assert highlighted(page) == quote


def export(page: Page) -> str:
    """The conversation that stands first in the list, as Markdown."""
    with page.expect_download() as coming:
        page.locator("#chats [aria-haspopup=menu]").first.click()
        page.get_by_role("menuitem", name="Markdown").click()
    return text_of(coming.value)


def text_of(download: Download) -> str:
    """What was saved."""
    return Path(download.path()).read_text(encoding="utf-8")


def test_the_whole_way_by_mouse(watched: Watched, context: BrowserContext) -> None:
    with traced(context, "mouse"):
        travel(watched, WHO, FOLLOW_UP)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_whole_way_with_the_real_service(context: BrowserContext, real: str) -> None:
    page = context.new_page()
    page.set_default_timeout(SLOWEST)
    watched = Watched(page, Scripted(), real)
    watched.watch(page)
    with traced(context, "real"):
        watched.open()
        travel(watched, REAL_WHO, REAL_FOLLOW_UP)
        assert REAL_FOLLOW_UP in export(page)
    page.evaluate("localStorage.clear()")
    page.close()
    assert watched.unexpected == []
    assert watched.foreign == []


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press ``key`` until the focus is on what ``selector`` matches."""
    for _ in range(FURTHEST):
        page.keyboard.press(key)
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{key} does not lead to {selector}")


def test_the_whole_way_by_keyboard_alone(watched: Watched, context: BrowserContext) -> None:
    with traced(context, "keyboard"):
        page, keyboard = watched.page, watched.page.keyboard
        expect(page.locator("#question")).to_be_focused()
        keyboard.type(WHO)
        keyboard.press("Enter")
        page.locator(".answer[data-answer]").wait_for()
        _reads_the_source(page)
        _looks_at_the_timeline(page)
        keyboard.press("/")
        expect(page.locator("#question")).to_be_focused()
        keyboard.type(FOLLOW_UP)
        keyboard.press("Enter")
        page.locator(".answer[data-answer]").nth(1).wait_for()
        tab_to(page, "#chats [aria-haspopup=menu]", "Shift+Tab")
        keyboard.press("Enter")
        for _ in range(8):
            if "Markdown" in page.evaluate("document.activeElement.textContent"):
                break
            keyboard.press("ArrowDown")
        with page.expect_download() as coming:
            keyboard.press("Enter")
        assert WHO in text_of(coming.value)  # of which it is the title
        keyboard.press("?")
        expect(page.locator("dialog[open]")).to_be_visible()
        keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)


def _reads_the_source(page: Page) -> None:
    tab_to(page, ".words .chip", "Shift+Tab")
    expect(page.locator("#quote blockquote")).not_to_be_empty()
    page.keyboard.press("Enter")
    expect(page.locator("#reader")).to_be_focused()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    tab_to(page, "#page a.saying")
    expect(page.locator("#quote .title")).to_have_text("Qin Gang")
    page.keyboard.press("Escape")  # the card goes first, then the article
    expect(page.locator("#quote")).to_be_hidden()
    expect(page.locator("#reader")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.locator(".words .chip:focus")).to_have_count(1)


def _looks_at_the_timeline(page: Page) -> None:
    tab_to(page, "#all-said", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#said-title")).to_be_focused()
    page.locator(".plot .saying").first.wait_for()
    tab_to(page, ".plot .saying")
    expect(page.locator("#quote .who")).not_to_be_empty()
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('href')") != first
    tab_to(page, "#close-said", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#all-said")).to_be_focused()
