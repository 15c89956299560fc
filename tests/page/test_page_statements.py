"""Who said what, and when: the timeline, the table, the file, and the address that keeps them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.page.articles import QUOTE, UNKNOWN, WHO
from tests.page.conftest import Watched
from tests.page.scripted_statements import A_DAY, BUSY, CONCERN, FORMULA, STATEMENTS, TIANJIN
from tests.page.test_page_looks import TOO_FAINT

ALL = len(STATEMENTS)
ZOOMED = re.compile("zoom=")
SPILLED = """() => [...document.querySelectorAll("#statements, .said-head, #said, .plot, .statements, #quote, .lane")]
  .filter((node) => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== "hidden")
  .map((node) => node.id || node.className)"""


@pytest.fixture
def opened(watched: Watched) -> Watched:
    """All statements, as a timeline."""
    watched.page.get_by_role("button", name="Statements").first.click()
    watched.page.locator(".plot .saying").first.wait_for()
    return watched


def mark(page: Page, words: str) -> Locator:
    return page.locator(f".plot .saying[aria-label^='{words}']")


def table(page: Page) -> Locator:
    page.get_by_text("Table", exact=True).click()
    page.locator(".statements").wait_for()
    return page.locator(".statements tbody tr")


def test_each_speaker_has_a_lane_with_marks_that_tell_how_it_was_said(opened: Watched) -> None:
    page = opened.page
    names = page.locator(".lane .title").all_text_contents()
    assert names[0] == BUSY
    assert names[-1] == "Not told who"
    assert set(names) == {BUSY, "Yang Jiechi", "Takeo Akiba", "Qin Gang", FORMULA.replace("\u202e", ""), names[-1]}
    expect(page.locator("#said-summary")).to_contain_text(f"{ALL} statements · 1 Jul to 21 Aug 2022 · 2 without a date")
    expect(mark(page, "Yang Jiechi")).to_have_class("saying dot indirect")
    expect(mark(page, "Qin Gang")).to_have_class("saying dot mixed")
    week = mark(page, "Takeo Akiba").bounding_box()
    day = mark(page, "Yang Jiechi").bounding_box()
    assert week and day
    assert week["width"] > 2 * day["width"]


def test_a_statement_without_a_date_stands_apart_and_is_given_none(opened: Watched) -> None:
    apart = opened.page.locator(".axis .undated").bounding_box()
    for words in ("Qin Gang", "he, No date"):
        box = mark(opened.page, words).bounding_box()
        assert apart and box
        assert box["x"] > apart["x"]
    dated = mark(opened.page, "Yang Jiechi").bounding_box()
    assert apart
    assert dated
    assert dated["x"] < apart["x"]


def test_hover_and_focus_show_the_words_the_outlet_the_date_and_how_it_is_known(opened: Watched) -> None:
    page = opened.page
    card = page.locator("#quote")
    mark(page, "Yang Jiechi").hover()
    expect(card.locator("blockquote")).to_have_text("that Taiwan is an inalienable part of China")
    expect(card).to_contain_text("Yang Jiechi, foreign policy chief, to Takeo Akiba")
    expect(card).to_contain_text("from the day of publication: “on Wednesday”")
    expect(card).to_contain_text("Harbour Wire · indirect")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.locator(".plot [tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    expect(card).to_be_visible()


def test_a_mark_opens_the_article_at_exactly_its_characters_and_the_others_follow(opened: Watched) -> None:
    page = opened.page
    mark(page, "Yang Jiechi").click()
    expect(page.locator("mark.current")).to_have_text(QUOTE)
    expect(page.locator("#steps")).to_contain_text(f"of {ALL}")
    expect(page.locator(".plot")).to_be_visible()
    page.reload()
    expect(page.locator("mark.current")).to_have_text(QUOTE)
    expect(page.locator("#steps")).to_contain_text(f"of {ALL}")
    page.get_by_role("button", name="Previous statement").click()
    expect(page.locator("mark.current")).to_contain_text("Paragraph 00287", timeout=15_000)
    page.go_back()
    page.go_back()
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.locator(".plot")).to_be_visible()


def test_a_mark_is_a_link_that_can_be_opened_beside(opened: Watched) -> None:
    page = opened.page
    address = mark(page, "Yang Jiechi").get_attribute("href")
    page.goto("about:blank")
    page.goto(f"{opened.origin}/{address}")
    expect(page.locator("mark.current")).to_have_text(QUOTE)
    expect(page.locator("#page h2")).to_have_text("Seven hours in Tianjin")


def test_words_that_no_longer_stand_there_are_not_marked(opened: Watched) -> None:
    opened.state.articles[TIANJIN] = {**opened.state.articles[TIANJIN], "text": "Something else. " * 90}
    mark(opened.page, "Yang Jiechi").click()
    expect(opened.page.locator(".changed")).to_be_visible()
    expect(opened.page.locator("mark")).to_have_count(0)


def test_buttons_keys_wheel_and_drag_change_the_days_that_are_seen(opened: Watched) -> None:
    page = opened.page
    first = page.locator(".axis .days span").first
    whole = first.get_attribute("style") or ""
    page.get_by_role("button", name="Zoom in").click()
    expect(page).to_have_url(ZOOMED)
    expect(first).not_to_have_attribute("style", whole)
    page.reload()
    expect(first).not_to_have_attribute("style", whole)
    page.locator(".plot [tabindex='0']").focus()
    page.keyboard.press("0")
    expect(first).to_have_attribute("style", whole)
    expect(page).not_to_have_url(ZOOMED)
    page.keyboard.press("+")
    expect(first).not_to_have_attribute("style", whole)
    page.keyboard.press("0")
    expect(first).to_have_attribute("style", whole)
    page.locator(".axis").hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    expect(first).not_to_have_attribute("style", whole)
    seen = first.get_attribute("style") or ""
    box = page.locator(".axis").bounding_box()
    assert box
    page.mouse.move(box["x"] + 500, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 800, box["y"] + 10, steps=6)
    page.mouse.up()
    expect(first).not_to_have_attribute("style", seen)
    expect(page.locator("#reader")).to_be_hidden()  # the end of a drag opens nothing


def test_the_wheel_alone_scrolls_past_the_plot(opened: Watched) -> None:
    page = opened.page
    page.set_viewport_size({"width": 1360, "height": 480})
    page.locator(".plot .saying").first.hover()
    page.mouse.wheel(0, 400)
    expect(page.locator(".lane:not(.axis)").first).not_to_be_in_viewport()
    assert "zoom=" not in page.url


def test_what_was_said_on_one_day_stands_in_a_column_and_comes_apart_closer(opened: Watched) -> None:
    page = opened.page
    tops = f"""() => [...document.querySelectorAll(".saying.direct:not([hidden])")].slice(0, {A_DAY})
      .map((node) => [node.offsetLeft, node.offsetTop])"""
    day = page.evaluate(tops)
    assert len({left for left, _ in day}) == 1
    assert len({top for _, top in day}) == A_DAY
    assert page.locator(".plot .saying").count() == ALL  # each has its mark
    for _ in range(8):
        page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(50)
    day = page.evaluate(tops)
    assert len({left for left, _ in day}) == A_DAY
    assert len({top for _, top in day}) == 1


def test_stepping_through_the_statements_marks_the_one_that_is_open(opened: Watched) -> None:
    page = opened.page
    mark(page, "Yang Jiechi").click()
    expect(page.locator(".plot [aria-current]")).to_have_attribute("aria-label", re.compile("Yang Jiechi"))
    page.get_by_role("button", name="Next statement").click()
    expect(page.locator(".plot [aria-current]")).to_have_count(1)
    expect(mark(page, "Yang Jiechi")).not_to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Previous statement").click()
    expect(mark(page, "Yang Jiechi")).to_have_attribute("aria-current", "true")
    page.get_by_label("About").fill("Taiwan")
    table(page)
    expect(page.locator("tr:has([aria-current])")).to_contain_text("Yang Jiechi")
    page.get_by_role("button", name="Close the article").click()
    expect(page.locator("#said [aria-current]")).to_have_count(0)


def test_arrows_go_from_mark_to_mark_and_enter_opens(opened: Watched) -> None:
    page = opened.page
    assert page.locator(".plot [tabindex='0']").count() == 1
    page.locator(".plot [tabindex='0']").focus()
    labels = set()
    for _ in range(A_DAY + 1):
        labels.add(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("ArrowRight")
    assert len(labels) >= 2
    mark(page, "Yang Jiechi").focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark.current")).to_have_text(QUOTE)
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()


def test_an_answer_leads_to_its_statements_and_from_there_to_all(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    page.get_by_role("button", name="Timeline").click()
    expect(page.locator("#said-title")).to_be_focused()
    expect(page.locator("#conversation")).to_be_hidden()
    expect(page.locator(".plot .saying")).to_have_count(1)
    expect(page.locator("#narrowing")).to_be_hidden()
    expect(page.locator("#said-summary")).to_contain_text("1 statement in this answer")
    page.reload()
    expect(page.locator(".plot .saying")).to_have_count(1)
    page.get_by_role("button", name="Show all statements").click()
    expect(page.locator("#said-summary")).to_contain_text(f"{ALL} statements")
    expect(page.get_by_role("button", name="Show all statements")).to_be_hidden()
    page.go_back()
    expect(page.locator("#said-summary")).to_contain_text("1 statement in this answer")
    page.get_by_role("button", name="Yang Jiechi").click()
    expect(page.get_by_label("Speaker", exact=True)).to_have_value("Yang Jiechi")
    page.get_by_role("button", name="Back to the conversation").click()
    expect(page.locator(".answer[data-answer]")).to_be_visible()
    watched.asked(UNKNOWN)
    expect(page.locator(".answer").last.get_by_role("button", name="Timeline")).to_have_count(0)


def test_a_speakers_name_leads_to_all_that_they_said_and_back(opened: Watched) -> None:
    page = opened.page
    page.get_by_role("button", name="Takeo Akiba").click()
    expect(page.locator(".lane:not(.axis)")).to_have_count(1)
    expect(page.get_by_label("Speaker", exact=True)).to_have_value("Takeo Akiba")
    page.reload()
    expect(page.locator(".plot .saying")).to_have_count(1)
    page.go_back()
    expect(page.get_by_label("Speaker", exact=True)).to_have_value("")
    expect(page.locator(".lane:not(.axis)").nth(3)).to_be_visible()
    page.go_back()
    expect(page.locator("#conversation")).to_be_visible()


def test_a_failure_says_so_and_trying_again_helps(watched: Watched) -> None:
    page = watched.page
    watched.expected = ("503",)
    page.route("**/api/statements*", lambda route: route.fulfill(status=503, json={"detail": "Busy for a moment."}))
    page.get_by_role("button", name="Statements").first.click()
    expect(page.locator("#said .trouble")).to_contain_text("Busy for a moment.")
    page.unroute("**/api/statements*")
    page.get_by_role("button", name="Try again").click()
    page.locator(".plot .saying").first.wait_for()


def test_an_empty_index_says_so(watched: Watched) -> None:
    watched.state.statements.clear()
    watched.page.get_by_role("button", name="Statements").first.click()
    expect(watched.page.locator(".nothing")).to_contain_text("No statements yet.")
    expect(watched.page.locator("#csv")).to_be_disabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_text_of_plot_and_table_has_enough_contrast_and_stays_inside(opened: Watched, scheme: str) -> None:
    page = opened.page
    page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
    mark(page, "Yang Jiechi").hover()
    assert page.evaluate(TOO_FAINT) == []
    assert page.evaluate(SPILLED) == []
    table(page)
    assert page.evaluate(TOO_FAINT) == []
    assert page.evaluate(SPILLED) == []
    assert page.locator("#statements b, #statements img").count() == 0


def test_on_a_phone_plot_and_cards_fit_and_a_finger_shows_the_words_then_opens(
    watched: Watched, browser: Browser
) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = phone.new_page()
    watched.watch(page)
    page.goto(watched.origin)
    fits = "() => document.documentElement.scrollWidth <= innerWidth && innerWidth === 390"
    page.tap("#views [data-view=statements]")
    expect(page.locator(".statements tbody tr").first).to_be_visible()
    assert page.evaluate(fits)
    page.get_by_text("Timeline", exact=True).tap()
    mark(page, "Takeo Akiba").tap()
    expect(page.locator("#quote")).to_contain_text(CONCERN)
    expect(page.locator("#reader")).to_be_hidden()
    mark(page, "Takeo Akiba").tap()
    expect(page.locator("#quote")).to_be_hidden()
    expect(page.locator("mark.current")).to_contain_text(CONCERN)
    assert page.evaluate(fits)
    page.go_back()
    expect(page.locator(".plot")).to_be_visible()
    page.tap("#views [data-view=conversation]")
    expect(page.locator("#question")).to_be_visible()
    phone.close()
