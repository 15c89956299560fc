"""The keyboard: one key for each thing, none while one types, and all of them listed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.page.articles import FOLLOW_UP, SLOWLY, WHO
from tests.page.conftest import Watched

LEAVE = "document.activeElement.blur()"


def test_the_question_mark_lists_all_keys_and_escape_gives_the_focus_back(watched: Watched) -> None:
    page = watched.page
    page.locator("#theme").focus()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("New conversation")
    expect(keys.locator("kbd").filter(has_text="g")).to_have_count(3)
    page.keyboard.press("n")  # is not obeyed behind a dialog
    page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    expect(page.locator("#theme")).to_be_focused()


@pytest.mark.parametrize(
    ("keys", "focused"), [("/", "#question"), ("g c", "#find-chat"), ("g a", "#filter"), ("Control+k", "#question")]
)
def test_keys_lead_to_the_boxes(watched: Watched, keys: str, focused: str) -> None:
    page = watched.page
    watched.asked(WHO)
    page.evaluate(LEAVE)
    for key in keys.split(" "):
        page.keyboard.press(key)
    expect(page.locator(focused)).to_be_focused()
    expect(page.locator(focused)).to_have_value("")


def test_keys_show_statements_begin_a_conversation_and_change_the_colours(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    page.evaluate(LEAVE)
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page.locator("#statements")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#statements")).to_be_hidden()
    page.evaluate(LEAVE)
    page.keyboard.press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("n")
    expect(page.locator("#empty")).to_be_visible()


def test_keys_go_from_answer_to_answer_and_from_citation_to_citation(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    watched.asked(FOLLOW_UP)
    page.evaluate(LEAVE)
    page.keyboard.press("k")
    expect(page.locator(".exchange").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".exchange").nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".exchange").nth(1)).to_be_focused()
    page.locator(".words .chip").first.click()
    expect(page.locator("#steps")).to_contain_text("1 of 3")
    page.keyboard.press("]")
    expect(page.locator("#steps")).to_contain_text("2 of 3")
    page.keyboard.press("[")
    page.keyboard.press("[")
    expect(page.locator("#steps")).to_contain_text("3 of 3")
    page.evaluate(LEAVE)
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()


def test_keys_do_nothing_while_one_types_or_holds_a_modifier(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    page.locator("#question").press_sequentially("not? g s n t /")
    expect(page.locator("#question")).to_have_value("not? g s n t /")
    expect(page.locator(".exchange")).to_have_count(1)
    assert page.locator("html").get_attribute("data-theme") is None
    page.evaluate(LEAVE)
    page.keyboard.press("Alt+n")
    expect(page.locator(".exchange")).to_have_count(1)


def test_single_keys_can_be_turned_off_for_good(watched: Watched) -> None:
    page = watched.page
    page.click("#keys")
    page.get_by_label("Use keys that are a single character").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.wait_for_selector("#articles li")
    page.evaluate(LEAVE)
    page.keyboard.press("t")
    page.keyboard.press("?")
    assert page.locator("html").get_attribute("data-theme") is None
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_escape_stops_an_answer_from_the_box_and_from_the_button_that_stops(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    page.locator(".words .chip").first.click()
    expect(page.locator("#reader")).to_be_visible()
    for stopped, held in enumerate(("#question", "#stop"), start=1):
        watched.ask(SLOWLY)
        page.locator(held).focus()
        page.keyboard.press("Escape")
        expect(page.locator(".stopped")).to_have_count(stopped)
    expect(page.locator("#reader")).to_be_visible()
