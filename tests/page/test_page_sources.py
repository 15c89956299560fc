"""The sources: adding files, each with its outcome, filtering, deleting after a question."""

from __future__ import annotations

from playwright.sync_api import FilePayload, expect

from tests.page.conftest import Watched


def test_each_uploaded_file_gets_its_own_outcome(watched: Watched) -> None:
    page = watched.page
    files: list[FilePayload] = [
        {"name": "new.txt", "mimeType": "text/plain", "buffer": b"The minister said that it rained."},
        {"name": "broken.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-"},
    ]
    page.set_input_files("#files", files)
    lines = page.locator("#outcomes li:not(.dismiss)")
    expect(lines.nth(0)).to_contain_text("added")
    expect(lines.nth(1)).to_contain_text("not added")
    expect(lines.nth(1)).to_contain_text("it is encrypted. Save it without a password.")
    expect(page.locator("#articles .row").filter(has_text="new.txt")).to_be_visible()
    expect(page.locator("#total")).to_have_text("5 articles")


def test_files_dropped_anywhere_are_added(watched: Watched) -> None:
    page = watched.page
    dropped = page.evaluate_handle(
        """() => {
          const carried = new DataTransfer();
          carried.items.add(new File(["Dropped words."], "dropped.txt", { type: "text/plain" }));
          return carried;
        }"""
    )
    page.dispatch_event("#conversation", "dragenter", {"dataTransfer": dropped})
    expect(page.locator("#drop")).to_be_visible()
    page.dispatch_event("#conversation", "drop", {"dataTransfer": dropped})
    expect(page.locator("#drop")).to_be_hidden()
    expect(page.locator("#articles .row").filter(has_text="dropped.txt")).to_be_visible()


def test_an_article_is_deleted_only_after_the_question_is_confirmed(watched: Watched) -> None:
    page = watched.page
    row = page.locator("#articles .row").filter(has_text="First call")
    row.locator(".choose").click()
    expect(page.locator("#page h2")).to_have_text("First call of the new ministers")
    row.hover()
    row.locator(".remove").click()
    expect(page.locator("#confirm")).to_contain_text("First call of the new ministers")
    page.keyboard.press("Escape")
    expect(row).to_be_visible()
    row.hover()
    row.locator(".remove").click()
    page.click("#confirm-action")
    expect(row).to_have_count(0)
    expect(page.locator("#reader")).to_be_hidden()
    assert "hayashi-qin-call.html" not in watched.state.articles


def test_the_filter_narrows_the_list_and_says_when_nothing_is_left(watched: Watched) -> None:
    page = watched.page
    page.fill("#filter", "NATO")
    expect(page.locator("#articles .row")).to_have_count(1)
    expect(page.locator("#total")).to_have_text("1 article")
    page.fill("#filter", "no such words")
    expect(page.locator("#articles")).to_contain_text("No article has “no such words”")


def test_an_empty_index_invites_to_add_articles(watched: Watched) -> None:
    watched.state.articles.clear()
    watched.page.reload()
    expect(watched.page.locator("#no-articles")).to_be_visible()
    expect(watched.page.locator("#articles")).to_contain_text("No articles yet")
