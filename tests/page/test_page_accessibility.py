"""WCAG 2.2 AA as far as a machine can tell, in every main state and both themes; zoom, motion, announcements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.page.articles import DISPUTED, NARROWED, SLOWLY, UNKNOWN, WHO
from tests.page.conftest import PHONE, Watched

RULES: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
COLOURS: dict[str, Any] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
WIDER = "() => document.documentElement.scrollWidth > innerWidth"
MOVING = "() => document.getAnimations().filter((one) => one.effect.getComputedTiming().activeDuration > 10).length"


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """Each rule that is broken, with where."""
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def empty(watched: Watched) -> None:
    expect(watched.page.locator("#suggested button").first).to_be_visible()


def streaming(watched: Watched) -> None:
    watched.ask(SLOWLY)
    watched.page.locator(".draft").wait_for()


def answered(watched: Watched) -> None:
    watched.asked(WHO)
    watched.page.locator(".words .chip").first.focus()


def refused(watched: Watched) -> None:
    watched.asked(UNKNOWN)


def conflict(watched: Watched) -> None:
    watched.asked(DISPUTED)


def narrowed(watched: Watched) -> None:
    watched.asked(NARROWED)


def article(watched: Watched) -> None:
    watched.asked(WHO)
    watched.page.locator(".words .chip").first.click()
    expect(watched.page.locator("#page a.saying").first).to_be_visible()


def timeline(watched: Watched) -> None:
    watched.page.click("#all-said")
    watched.page.locator(".plot .saying").first.wait_for()


def table(watched: Watched) -> None:
    timeline(watched)
    watched.page.check("#narrow [value=table]", force=True)
    watched.page.locator("table.statements td").first.wait_for()


def keys(watched: Watched) -> None:
    watched.page.evaluate("document.activeElement.blur()")
    watched.page.keyboard.press("?")
    expect(watched.page.locator("dialog[open]")).to_be_visible()


def uploaded(watched: Watched) -> None:
    files: list[FilePayload] = [
        {"name": "new.txt", "mimeType": "text/plain", "buffer": b"The minister said that it rained."},
        {"name": "broken.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-"},
    ]
    watched.page.set_input_files("#files", files)
    expect(watched.page.locator("#outcomes")).to_contain_text("it is encrypted")


def failed(watched: Watched) -> None:
    watched.ask("Does it break?")
    watched.page.locator(".trouble").wait_for()


def deleting(watched: Watched) -> None:
    watched.page.locator("#articles .remove").first.focus()
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator("#confirm")).to_be_visible()


STATES = (
    empty, streaming, answered, refused, conflict, narrowed, article, timeline, table, keys, uploaded, failed, deleting,
)  # fmt: skip
ON_A_PHONE = (empty, answered, article, table)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing_in_any_state_and_neither_theme(watched: Watched, state: Callable[[Watched], None]) -> None:
    watched.page.emulate_media(color_scheme="light")
    state(watched)
    assert violations(watched.page, RULES) == []
    watched.page.emulate_media(color_scheme="dark")
    assert violations(watched.page, COLOURS) == []


@pytest.mark.parametrize("state", ON_A_PHONE, ids=lambda state: state.__name__)
def test_axe_finds_nothing_on_a_phone(watched: Watched, browser: Browser, state: Callable[[Watched], None]) -> None:
    with watched.elsewhere(browser, **PHONE) as phone:
        if state is table:
            phone.page.tap("#views [data-view=statements]")
            phone.page.locator("table.statements td").first.wait_for()
        else:
            state(phone)
        assert violations(phone.page, RULES) == []
        phone.page.emulate_media(color_scheme="dark")
        assert violations(phone.page, COLOURS) == []


@pytest.mark.parametrize("size", [(680, 425), (320, 256)], ids=["200 %", "400 %"])
def test_zoomed_in_nothing_needs_two_ways_to_scroll_and_the_question_can_be_typed(
    watched: Watched, size: tuple[int, int]
) -> None:
    # A window of 1360 by 850 (or 1280 by 1024) that is zoomed lays the page out as one of this size.
    page = watched.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    watched.asked(WHO)
    expect(page.locator("#question")).to_be_in_viewport()
    assert page.evaluate(WIDER) is False
    page.locator(".words .chip").first.click()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    assert page.evaluate(WIDER) is False
    expect(page.locator("#close-reader")).to_be_in_viewport()
    page.click("#close-reader")
    expect(page.locator(".words .chip").first).to_be_focused()


def test_with_reduced_motion_nothing_moves(watched: Watched) -> None:
    page = watched.page
    page.emulate_media(reduced_motion="reduce")
    watched.ask(SLOWLY)
    page.locator(".draft").wait_for()
    assert page.evaluate(MOVING) == 0
    page.click("#stop")
    watched.asked(WHO)
    page.locator(".words .chip").first.click()
    page.locator("mark.current").first.wait_for()
    assert page.evaluate(MOVING) == 0


def test_axe_would_find_words_that_are_too_faint_and_a_picture_without_words(watched: Watched) -> None:
    watched.page.evaluate("document.body.append(Object.assign(new Image(), { src: 'icon.svg' }))")
    watched.page.evaluate("document.querySelector('.claim').style.color = 'rgb(210 210 210)'")
    broken = {each.partition(":")[0] for each in violations(watched.page, RULES)}
    assert {"image-alt", "color-contrast"} <= broken


def test_an_answer_is_announced_once_it_is_whole(watched: Watched) -> None:
    watched.asked(WHO)
    expect(watched.page.locator("#announcer")).to_contain_text("Taiwan is an inalienable part of China")
