"""What the page says while the service opens its index, is gone, or has nothing; and where it has little room."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.page.articles import FOLLOW_UP, WHO
from tests.page.conftest import PHONE, Watched
from tests.page.scripted import problem

SMALL = """() => [...document.querySelectorAll("button, a[href], input, select, summary")].filter((node) => {
  const { width, height } = node.getBoundingClientRect();
  // Links within a sentence, and radio buttons and boxes whose label is pressed, may be smaller (WCAG 2.5.8).
  return node.checkVisibility() && !node.closest("p, .hint, label, .visually-hidden") && Math.min(width, height) < 24;
}).map((node) => node.outerHTML.slice(0, 80))"""


def test_a_service_that_stopped_leaves_what_is_there_and_can_be_tried_at_once(watched: Watched) -> None:
    watched.expected = ("ERR_CONNECTION_REFUSED", "net::ERR_FAILED")
    page = watched.page
    watched.asked(WHO)
    page.fill("#question", "half a question")
    page.route("**/api/**", lambda route: route.abort())
    page.route("**/readyz", lambda route: route.abort())
    page.fill("#filter", "NATO")
    expect(page.locator("#notice")).to_contain_text("The service cannot be reached")
    expect(page.locator("#articles .row")).to_have_count(4)  # what was listed stays
    expect(page.locator(".answer[data-answer]")).to_be_visible()
    expect(page.locator("#question")).to_have_value("half a question")
    page.unroute_all()
    page.get_by_role("button", name="Try now").click()
    expect(page.locator("#notice")).to_be_hidden()
    expect(page.locator("#articles .row")).to_have_count(1)


def test_lists_wait_for_an_index_that_is_being_opened_and_fill_by_themselves(watched: Watched) -> None:
    watched.expected = ("503",)
    page = watched.page
    opening = '{"title": "x", "status": 503, "code": "not-ready", "detail": "index: it is still being opened."}'
    watched.state.ready = False
    page.route("**/api/**", lambda route: route.fulfill(status=503, body=opening))
    page.reload()
    expect(page.locator("#articles")).to_have_text("Shown as soon as the service answers.")
    expect(page.locator("#chats")).to_have_text("Shown as soon as the service answers.")
    expect(page.locator("#notice")).to_have_class("opening")
    watched.state.ready = True
    page.unroute_all()
    expect(page.locator("#articles .row")).to_have_count(4)
    expect(page.locator("#announcer")).to_have_text("The service is there again.")


def test_an_unsent_question_survives_a_reload_in_each_tab(watched: Watched) -> None:
    page, other = watched.page, watched.page.context.new_page()
    watched.watch(other)
    other.goto(watched.origin)
    page.fill("#question", "mine")
    other.fill("#question", "another")
    page.reload()
    other.reload()
    expect(page.locator("#question")).to_have_value("mine")
    expect(other.locator("#question")).to_have_value("another")
    other.close()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640), (640, 425), (844, 390)])
def test_every_view_fits_and_can_be_hit_with_a_finger(
    watched: Watched, browser: Browser, width: int, height: int
) -> None:
    options = {**PHONE, "viewport": {"width": width, "height": height}}
    with watched.elsewhere(browser, **options) as phone:
        page = phone.page
        phone.asked(WHO)
        views = ["conversation", "library"] if width < 720 else ["conversation"]
        for view in views:
            if width < 720:
                page.tap(f"#views [data-view={view}]")
            page.wait_for_timeout(50)
            assert page.evaluate("document.documentElement.scrollWidth") == width
            assert page.evaluate(SMALL) == []


def _held(page: Page) -> list[Route]:
    """Where requests for the conversation go, until they are let on."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/chats/chat-1", hold)
    return held


def test_what_is_asked_while_a_conversation_opens_stays_behind_what_was_said(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    held = _held(page)
    page.reload()
    expect(page.locator("#exchanges")).to_contain_text("Opening the conversation")
    watched.ask("Who will win, slowly?")
    expect(page.locator(".answer.draft")).to_be_visible()
    held.pop().continue_()
    expect(page.locator(".asked")).to_have_text([WHO, "Who will win, slowly?"])
    expect(page.locator(".answer[data-answer]")).to_have_count(2)


def test_what_is_asked_while_a_conversation_opens_stays_where_opening_fails(watched: Watched) -> None:
    page = watched.page
    watched.expected = ("Failed to load",)
    watched.asked(WHO)
    held = _held(page)
    page.reload()
    watched.asked(FOLLOW_UP)
    held.pop().fulfill(status=500, json=problem(500, "internal-error", "It failed."))
    page.unroute_all()
    expect(page.locator(".asked")).to_have_text([FOLLOW_UP])
    page.locator("#exchanges").get_by_role("button", name="Try again").click()
    expect(page.locator(".asked")).to_have_text([WHO, FOLLOW_UP])
