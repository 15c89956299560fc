"""Dark and light, phone and desk, keyboard and contrast."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.page.articles import DISPUTED, NARROWED, UNKNOWN, WHO
from tests.page.conftest import Watched

BACKGROUND = "() => getComputedStyle(document.body).backgroundColor"
# Contrast of each visible text with the first opaque background behind it (WCAG 2.2, 1.4.3).
TOO_FAINT = """() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => color.slice(0, 3).map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const found = channels(getComputedStyle(at).backgroundColor);
      if ((found[3] ?? 1) === 1) return found;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const node of document.querySelectorAll("body *")) {
    const words = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    if (!words || !node.checkVisibility() || node.closest(":disabled")) continue;
    const [one, other] = [light(channels(getComputedStyle(node).color)), light(behind(node))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const name = `${node.tagName}.${node.className} ${node.textContent.trim().slice(0, 30)}`;
    if (ratio < 4.5) faint.push(`${name}: ${ratio.toFixed(2)}`);
  }
  return faint;
}"""


def test_the_colours_follow_the_system_until_a_choice_is_made_and_remembered(watched: Watched) -> None:
    page = watched.page
    light = page.evaluate(BACKGROUND)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(BACKGROUND)
    assert dark != light
    page.get_by_role("button", name="Switch to light colours").click()
    assert page.evaluate(BACKGROUND) == light
    page.reload()
    assert page.evaluate(BACKGROUND) == light  # although the system is dark
    expect(page.get_by_role("button", name="Switch to dark colours")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_enough_contrast(watched: Watched, scheme: str) -> None:
    page = watched.page
    page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
    assert page.evaluate(TOO_FAINT) == []
    watched.asked(WHO)
    watched.asked(UNKNOWN)
    watched.asked(DISPUTED)
    watched.asked(NARROWED)
    page.get_by_role("button", name="Ask without “in 2022”").click()
    page.locator(".put-back").wait_for()
    page.locator(".words .chip").first.click()
    page.locator("mark.current").first.wait_for()
    page.locator(".words .chip").nth(1).focus()
    page.keyboard.press("Shift+Tab")  # shows the quote of the first citation
    expect(page.locator("#quote")).to_be_visible()
    assert page.evaluate(TOO_FAINT) == []


def test_everything_is_reached_by_keyboard_with_a_visible_focus(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    page.evaluate("document.activeElement.blur()")
    reached = set()
    for _ in range(45):
        page.keyboard.press("Tab")
        name, ring = page.evaluate(
            """() => {
              const node = document.activeElement;
              const ringed = (one) => getComputedStyle(one).outlineStyle !== "none";
              if (node === document.body) return ["body", true]; // past the last control, on the way round
              return [node.id || node.className.split(" ").at(-1), ringed(node) || ringed(node.parentElement)];
            }"""
        )
        assert ring, f"no focus ring on {name}"
        reached.add(name)
    assert {
        "skip",
        "theme",
        "new-chat",
        "choose",
        "remove",
        "upload",
        "filter",
        "chip",
        "source",
        "quiet",
        "question",
    } <= reached


def test_reduced_motion_stops_the_animations(watched: Watched) -> None:
    page = watched.page
    page.emulate_media(reduced_motion="reduce")
    watched.ask("Tell me slowly")
    page.locator(".searching, .draft").first.wait_for()
    running = (
        "() => document.getAnimations().filter((one) => one.effect.getComputedTiming().iterations === Infinity).length"
    )
    assert page.evaluate(running) == 0
    page.click("#stop")


def test_on_a_phone_one_view_at_a_time_fits_the_width(watched: Watched, browser: Browser) -> None:
    phone = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = phone.new_page()
    watched.watch(page)
    page.goto(watched.origin)
    narrow = "() => document.documentElement.scrollWidth <= innerWidth && innerWidth === 360"
    expect(page.locator("#library")).to_be_hidden()
    page.fill("#question", WHO)
    page.tap("#send")
    page.locator(".answer[data-answer]").wait_for()
    assert page.evaluate(narrow)
    page.locator(".words .chip").first.tap()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    expect(page.locator("#conversation")).to_be_hidden()
    assert page.evaluate(narrow)
    page.go_back()  # the phone's own gesture leads back to the answer
    expect(page.locator("#conversation")).to_be_visible()
    page.tap("#views [data-view=library]")
    expect(page.locator("#articles .row").first).to_be_visible()
    assert page.evaluate(narrow)
    phone.close()
