"""The page with the service's own routes, headers and conversations; only what is behind them is a stand-in."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from service.http.app import create_app
from service.settings import Settings
from tests import fakes
from tests.page.conftest import Watched, serving
from tests.page.scripted import Scripted

ASKED = "Who told Akiba that Taiwan is part of China?"
QUOTE = "China's foreign policy chief Yang Jiechi told Takeo Akiba that Taiwan is an integral part of China."


def test_the_main_path_works_with_the_services_own_routes(context: BrowserContext, tmp_path: Path) -> None:
    app = create_app(Settings.load({}, data=tmp_path / "index", cache=tmp_path / "cache"), fakes.build)
    with serving(app) as origin:
        page = context.new_page()
        watched = Watched(page, Scripted(), origin, expected=("500", "503", "404"))
        watched.watch(page)
        watched.open()
        watched.asked(ASKED)
        page.locator(".words .chip").first.click()
        expect(page.locator("mark.current")).to_have_text(QUOTE)
        page.get_by_role("button", name="This answer is right").click()
        expect(page.get_by_role("button", name="This answer is right")).to_have_attribute("aria-pressed", "true")
        watched.ask("fail")
        expect(page.locator(".trouble")).to_contain_text("Ingest again.")
        page.reload()
        expect(page.locator(".asked").first).to_have_text(ASKED)
        expect(page.locator("mark.current")).to_have_text(QUOTE)
        uploaded: FilePayload = {"name": "new words.txt", "mimeType": "text/plain", "buffer": b"Fresh words."}
        page.set_input_files("#files", [uploaded])
        row = page.locator("#articles .row").filter(has_text="new words.txt")
        row.locator(".choose").click()
        expect(page.locator("#page .text")).to_have_text("Fresh words.")
        row.hover()
        row.locator(".remove").click()
        page.click("#confirm-action")
        expect(row).to_have_count(0)
        expect(page.locator("#total")).to_have_text("3 articles")
        page.click("#new-chat")
        watched.asked("Zebras?")
        expect(page.locator(".declined .verdict")).to_have_text("Not in these articles")
        expect(page.locator("#chats .row")).to_have_count(2)
        expect(page.locator("#chats .byline").first).to_have_text(re.compile(r"^\d{1,2} \w+ \d{4}$"))
        _found_renamed_saved_shared_and_deleted(page)
        assert watched.unexpected == []
        assert watched.foreign == []
        page.close()


def _found_renamed_saved_shared_and_deleted(page: Page) -> None:
    page.fill("#find-chat", "akiba")
    expect(page.locator("#chats .row")).to_have_count(1)
    row = page.locator("#chats .row")
    row.locator(".choose").focus()
    page.keyboard.press("F2")
    page.keyboard.type("Talks in Tianjin")
    page.keyboard.press("Enter")
    expect(row.locator(".title")).to_have_text("Talks in Tianjin")
    row.locator(".act").click()
    with page.expect_download() as coming:
        page.get_by_role("menuitem", name="Save as Markdown").click()
    assert coming.value.suggested_filename == "Talks in Tianjin.md"
    row.locator(".act").click()
    page.get_by_role("menuitem", name="Share").click()
    page.get_by_role("button", name="Make a link").click()
    page.locator("#share-link").wait_for()
    link = page.locator("#share-link").input_value()
    page.goto(link)
    expect(page.locator(".as-shared h2")).to_have_text("Talks in Tianjin")
    page.locator(".words .chip").first.click()
    expect(page.locator("mark.current").first).to_have_text(QUOTE)
    page.goto(link.partition("?")[0])
    page.locator("#chats .row").filter(has_text="Talks").locator(".act").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.goto(link)
    expect(page.locator(".trouble")).to_contain_text("Ask whoever sent it for another.")
