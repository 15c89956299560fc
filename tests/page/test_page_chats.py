"""The list of conversations: searched, renamed, saved as files, deleted with a way back; and several tabs."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Locator, expect

from tests.page.articles import UNKNOWN, WHO
from tests.page.conftest import Watched


def _two(watched: Watched) -> None:
    watched.asked(WHO)
    watched.page.click("#new-chat")
    watched.asked(UNKNOWN)
    expect(watched.page.locator("#chats .row")).to_have_count(2)


def _menu(watched: Watched, chat: str) -> Locator:
    row = watched.page.locator("#chats .row").filter(has_text=chat)
    row.hover()
    row.locator(".act").click()
    return watched.page.get_by_role("menu")


def test_conversations_are_found_by_words_in_their_answers(watched: Watched) -> None:
    _two(watched)
    page = watched.page
    page.fill("#find-chat", "inalienable")
    expect(page.locator("#chats .row")).to_have_count(1)
    expect(page.locator("#chats .row")).to_contain_text(WHO)
    page.fill("#find-chat", "zebras")
    expect(page.locator("#chats")).to_have_text("No conversation has “zebras”.")
    page.fill("#find-chat", "")
    expect(page.locator("#chats .row")).to_have_count(2)


def test_a_conversation_is_renamed_where_it_stands_and_escape_leaves_its_name(watched: Watched) -> None:
    watched.asked(WHO)
    page = watched.page
    choose = page.locator("#chats .choose")
    _menu(watched, WHO).get_by_role("menuitem", name="Rename").click()
    page.keyboard.type("Never mind")
    page.keyboard.press("Escape")
    expect(choose).to_contain_text(WHO)
    expect(choose).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.type("Taiwan <b>talks</b>")
    page.keyboard.press("Enter")
    expect(choose.locator(".title")).to_have_text("Taiwan <b>talks</b>")
    expect(choose).to_be_focused()
    assert watched.state.chats["chat-1"]["title"] == "Taiwan <b>talks</b>"


def test_a_conversation_is_saved_as_a_file_of_each_kind(watched: Watched) -> None:
    watched.asked(WHO)
    for name, suffix in (("Markdown", "md"), ("JSON", "json"), ("CSV", "csv")):
        choice = _menu(watched, WHO).get_by_role("menuitem", name=name)
        with watched.page.expect_download() as coming:
            choice.click()
        assert coming.value.suggested_filename == f"kept.{suffix}"
        assert coming.value.path().read_text(encoding="utf-8") == f"{WHO}\n"


def test_the_menu_is_worked_by_keys_and_gives_the_focus_back(watched: Watched) -> None:
    watched.asked(WHO)
    page = watched.page
    more = page.locator("#chats .act")
    more.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Rename")).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("menuitem", name="Delete")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Share")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(more).to_be_focused()


def test_a_deleted_conversation_comes_back_while_undoing_is_offered(watched: Watched) -> None:
    _two(watched)
    page = watched.page
    _menu(watched, UNKNOWN).get_by_role("menuitem", name="Delete").click()
    expect(page.locator("#chats .row")).to_have_count(1)
    expect(page.locator("#empty")).to_be_visible()
    expect(page.locator("#toast")).to_contain_text("is deleted")
    assert len(watched.state.chats) == 2  # not told yet
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#chats .row")).to_have_count(2)
    expect(page.locator(".answer.declined")).to_be_visible()
    expect(page.locator("#toast")).to_be_hidden()


def test_a_deleted_conversation_is_gone_after_the_time_to_undo_and_when_the_page_is_left(watched: Watched) -> None:
    _two(watched)
    page = watched.page
    _menu(watched, WHO).get_by_role("menuitem", name="Delete").click()
    _menu(watched, UNKNOWN).get_by_role("menuitem", name="Delete").click()  # the first is now past undoing
    expect(page.locator("#chats")).to_have_text("Your conversations will be kept here.")
    assert list(watched.state.chats) == ["chat-2"]
    page.reload()
    expect(page.locator("#chats")).to_have_text("Your conversations will be kept here.")
    assert not watched.state.chats


def test_a_deletion_that_fails_brings_the_conversation_back_and_says_why(watched: Watched) -> None:
    watched.expected = ("409",)
    watched.asked(WHO)
    page = watched.page
    refusal = '{"title": "Conflict", "status": 409, "detail": "The store is busy. Try again."}'
    page.route("**/api/chats/chat-1", lambda route: route.fulfill(status=409, body=refusal))
    page.clock.install()
    _menu(watched, WHO).get_by_role("menuitem", name="Delete").click()
    page.locator("#question").focus()
    page.clock.run_for(10_000)
    expect(page.locator("#chats .hint")).to_have_text("The store is busy. Try again.")
    expect(page.locator("#chats .row")).to_contain_text(WHO)


def test_tabs_tell_each_other_what_changed_and_keep_their_own_conversation(watched: Watched) -> None:
    watched.asked(WHO)
    page, other = watched.page, watched.page.context.new_page()
    watched.watch(other)
    other.goto(watched.origin)
    other.fill("#question", "not yet asked")
    expect(other.locator("#chats .row")).to_have_count(1)
    page.fill("#question", "mine, not yet asked")
    other.click("#new-chat")
    other.fill("#question", UNKNOWN)
    other.press("#question", "Enter")
    expect(page.locator("#chats .row").first).to_contain_text(UNKNOWN)
    expect(page.locator("#chats [aria-current]")).to_contain_text(WHO)
    expect(page.locator(".asked")).to_have_text(WHO)
    expect(page.locator("#toast")).to_be_hidden()
    other.locator("#chats .choose").filter(has_text=WHO).click()
    other.fill("#question", "And then?")
    other.press("#question", "Enter")
    page.locator("#toast").get_by_role("button", name="Show it").click()
    expect(page.locator(".exchange")).to_have_count(2)
    expect(page.locator("#question")).to_have_value("mine, not yet asked")
    other.close()


def test_an_article_that_another_tab_adds_is_listed_here(watched: Watched) -> None:
    other = watched.page.context.new_page()
    watched.watch(other)
    other.goto(watched.origin)
    file: FilePayload = {"name": "fresh.txt", "mimeType": "text/plain", "buffer": b"Fresh words."}
    other.set_input_files("#files", [file])
    expect(watched.page.locator("#articles .row").filter(has_text="fresh.txt")).to_be_visible()
    other.close()
