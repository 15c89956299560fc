"""A conversation of 500 messages: the end is there at once, the rest when it is looked for, and nothing stalls."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from tests.page.articles import ANSWERS, DISPUTED, NARROWED, WHO
from tests.page.conftest import Watched
from tests.page.scripted_writing import keep

EXCHANGES = 250
DRAWN = 40
LONGEST_TASK_MS = 100
TRIES = 3  # a busy machine makes any task long
WATCH = """() => {
  window.tasks = [];
  const note = (list) => tasks.push(...list.getEntries().map(({ duration }) => duration));
  new PerformanceObserver(note).observe({ type: "longtask" });
}"""


def _talk(watched: Watched) -> None:
    chat = {"id": "long", "title": "A long talk", "created": "2026-01-01T00:00:00Z", "updated": "2026-01-01T00:00:00Z"}
    watched.state.chats["long"] = {**chat, "messages": [], "earlier": []}
    for number in range(EXCHANGES):
        answer = {"id": f"a{number}", **json.loads(json.dumps(ANSWERS[(WHO, DISPUTED, NARROWED)[number % 3]]))}
        keep(watched.state.chats["long"], f"Question {number}", answer, instead_of=None, now=chat["created"])


def test_a_long_conversation_opens_at_its_end_and_shows_earlier_questions_on_the_way_up(watched: Watched) -> None:
    page = watched.page
    _talk(watched)
    watched.open("/?#chat=long")
    expect(page.locator(".asked").last).to_have_text("Question 249")
    expect(page.locator(".asked").last).to_be_in_viewport()
    expect(page.locator(".exchange")).to_have_count(DRAWN)
    more = page.get_by_role("button", name="Show earlier questions (210)")
    more.evaluate("(button) => button.focus({ preventScroll: true })")
    page.keyboard.press("Enter")
    expect(page.locator(".exchange")).to_have_count(2 * DRAWN)
    came = int((page.locator(".exchange:focus").get_attribute("aria-label") or "").split()[1])
    assert 170 <= came < 210  # the focus is on one that came, as the button may be gone
    page.locator("#scroll").evaluate("(node) => { node.scrollTop = 100; }")
    expect(page.locator(".exchange")).not_to_have_count(2 * DRAWN)  # by itself, near the beginning


def test_what_is_read_stays_in_its_place_when_earlier_questions_come(watched: Watched) -> None:
    page = watched.page
    _talk(watched)
    watched.open("/?#chat=long")
    expect(page.locator(".exchange")).to_have_count(DRAWN)
    where = "(node) => Math.round(node.getBoundingClientRect().top)"
    place = page.locator(".asked", has_text="Question 212").evaluate_handle("(node) => node").as_element()
    assert place is not None
    place.scroll_into_view_if_needed()
    before = place.evaluate(where)
    page.locator(".more").evaluate("(button) => button.click()")
    expect(page.locator(".exchange")).to_have_count(2 * DRAWN)
    assert abs(place.evaluate(where) - before) <= 1


def test_opening_and_asking_in_a_long_conversation_has_no_long_task(watched: Watched) -> None:
    page = watched.page
    _talk(watched)
    page.evaluate(WATCH)
    tasks: list[list[float]] = []
    for _ in range(TRIES):
        page.click("#new-chat")
        page.evaluate("() => { window.tasks = []; location.hash = '#chat=long'; }")
        expect(page.locator(".exchange")).to_have_count(DRAWN)
        watched.asked(WHO)
        page.wait_for_timeout(200)
        tasks.append(page.evaluate("tasks"))
        if max(tasks[-1], default=0) <= LONGEST_TASK_MS:
            return
        _talk(watched)
    raise AssertionError(f"tasks of so many milliseconds: {tasks}")
