"""axe finds nothing in the menus, dialogs and lines that the frame of the page shows, in either theme."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, expect

from tests.page.articles import WHO
from tests.page.conftest import Watched
from tests.page.test_page_accessibility import COLOURS, RULES, violations
from tests.page.test_page_chats import _menu
from tests.page.test_page_sharing import _link


def menu(watched: Watched) -> None:
    watched.asked(WHO)
    expect(_menu(watched, WHO)).to_be_visible()


def renaming(watched: Watched) -> None:
    watched.asked(WHO)
    watched.page.locator("#chats .choose").focus()
    watched.page.keyboard.press("F2")
    expect(watched.page.locator(".rename")).to_be_focused()


def sharing(watched: Watched) -> None:
    watched.asked(WHO)
    _link(watched)


def shared(watched: Watched) -> None:
    sharing(watched)
    watched.page.goto(watched.page.locator("#share-link").input_value())
    watched.page.locator(".words .chip").first.click()
    watched.page.locator("mark.current").first.wait_for()


def undoing(watched: Watched) -> None:
    watched.asked(WHO)
    _menu(watched, WHO).get_by_role("menuitem", name="Delete").click()
    expect(watched.page.locator("#toast")).to_be_visible()


def keys(watched: Watched) -> None:
    watched.page.click("#keys")


def sifting(watched: Watched) -> None:
    watched.page.click("#sifting summary")
    watched.page.fill("#filter", "NATO")
    broken = watched.page.locator("#outcomes .failed")
    file: FilePayload = {"name": "broken.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-"}
    watched.page.set_input_files("#files", [file])
    broken.wait_for()


@pytest.mark.parametrize(
    "state", [menu, renaming, sharing, shared, undoing, keys, sifting], ids=lambda state: state.__name__
)
def test_axe_finds_nothing_in_the_frame(watched: Watched, state: Callable[[Watched], None]) -> None:
    watched.page.emulate_media(color_scheme="light")
    state(watched)
    assert violations(watched.page, RULES) == []
    watched.page.emulate_media(color_scheme="dark")
    assert violations(watched.page, COLOURS) == []
