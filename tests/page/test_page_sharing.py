"""Sharing a conversation by a link, taking that back, and reading what somebody shared."""

from __future__ import annotations

from playwright.sync_api import Dialog, Page, expect

from tests.page.articles import FOLLOW_UP, HOSTILE, HOSTILE_TEXT, QUOTE, WHO
from tests.page.conftest import PHONE, Watched
from tests.page.test_page_chats import _menu


def _link(watched: Watched, chat: str = WHO) -> str:
    """Share ``chat``; the dialog stays open."""
    _menu(watched, chat).get_by_role("menuitem", name="Share").click()
    page = watched.page
    page.get_by_role("button", name="Make a link and copy it").click()
    page.locator("#share-link").wait_for()
    return page.locator("#share-link").input_value()


def test_a_link_is_made_copied_and_taken_back(watched: Watched) -> None:
    watched.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    watched.asked(WHO)
    link = _link(watched)
    page = watched.page
    expect(page.locator("#copied")).to_have_text("The link is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == link == f"{watched.origin}/?shared=share-chat-1-2"
    page.keyboard.press("Escape")
    _menu(watched, WHO).get_by_role("menuitem", name="Share").click()
    expect(page.locator("dialog[open]")).to_contain_text("Shared.")
    expect(page.locator("#share-link")).to_have_value(link)
    page.get_by_role("button", name="Stop sharing").click()
    expect(page.locator("dialog[open]")).to_contain_text("The link no longer works.")
    watched.expected = ("404",)
    page.goto(link)
    expect(page.locator(".trouble")).to_contain_text("Ask whoever sent it for another.")


def test_what_was_said_since_is_shared_only_when_that_is_asked_for(watched: Watched) -> None:
    watched.asked(WHO)
    first = _link(watched)
    watched.page.keyboard.press("Escape")
    watched.asked(FOLLOW_UP)
    _menu(watched, WHO).get_by_role("menuitem", name="Share").click()
    expect(watched.page.locator("dialog[open]")).to_contain_text("what was said since is not in it")
    watched.page.get_by_role("button", name="Share it as it is now").click()
    expect(watched.page.locator("#share-link")).not_to_have_value(first)


def test_what_is_shared_is_read_only_and_its_citations_open(watched: Watched) -> None:
    watched.asked(WHO)
    watched.asked(FOLLOW_UP)
    page = watched.page
    link = _link(watched)
    listed = watched.state.listed
    page.goto(link)
    expect(page.locator(".asked")).to_have_text([WHO, FOLLOW_UP])
    expect(page.locator(".as-shared")).to_contain_text("A shared conversation")
    for hidden in ("#library", "#question", ".actions", ".question button", "#all-said"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert watched.state.listed == listed  # nothing but what was shared is asked for
    page.locator(".words .chip").first.click()
    expect(page.locator("mark.current").first).to_have_text(QUOTE)
    page.reload()
    expect(page.locator("mark.current").first).to_have_text(QUOTE)
    expect(page.locator(".exchange")).to_have_count(2)
    page.get_by_role("link", name="Ask questions of your own").click()
    expect(page.locator("#question")).to_be_visible()


def test_a_citation_of_what_was_shared_says_that_its_article_changed_or_is_gone(watched: Watched) -> None:
    watched.asked(WHO)
    page = watched.page
    link = _link(watched)
    article = watched.state.articles["tianjin-seven-hours.md"]
    watched.state.articles["tianjin-seven-hours.md"] = {**article, "text": "Rewritten."}
    del watched.state.articles["hayashi-qin-call.html"]
    page.goto(link)
    chips = page.locator(".words .chip")
    expect(chips.first).to_contain_text("the article has changed since")
    expect(chips.last).to_contain_text("the article is no longer here")
    assert (chips.last.get_attribute("aria-label") or "").endswith("But the article is no longer here.")
    chips.first.click()
    expect(page.locator("#page .changed")).to_be_visible()
    watched.expected = ("404",)
    chips.last.click()
    expect(page.locator("#page")).to_contain_text("no longer here")


def test_hostile_words_that_were_shared_stay_text(watched: Watched) -> None:
    watched.asked(HOSTILE)
    link = _link(watched, HOSTILE)
    page = watched.page
    page.on("dialog", _refuse)
    page.goto(link)
    page.locator(".words .chip").first.hover()
    assert page.locator("#quote blockquote").text_content() == HOSTILE_TEXT
    assert page.locator("main img, main script").count() == 0
    assert _fits(page)


def test_what_is_shared_fits_a_phone(watched: Watched) -> None:
    watched.asked(WHO)
    page = watched.page
    page.goto(_link(watched))
    page.set_viewport_size(PHONE["viewport"])
    expect(page.locator(".asked")).to_be_visible()
    expect(page.locator("#views button:visible")).to_have_text(["Ask", "Article"])
    assert _fits(page)
    page.locator(".words .chip").first.click()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    page.set_viewport_size({"width": 1360, "height": 850})


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def _refuse(dialog: Dialog) -> None:
    raise AssertionError(dialog.message)
