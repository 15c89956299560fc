"""The statements as a table and as a file: the same rows, sorted, narrowed, and all of them."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.page.articles import QUOTE
from tests.page.conftest import Watched
from tests.page.scripted_statements import FORMULA, STATEMENTS

ALL = len(STATEMENTS)


@pytest.fixture
def opened(watched: Watched) -> Watched:
    """All statements, as a timeline."""
    watched.page.get_by_role("button", name="Statements").first.click()
    watched.page.locator(".plot .saying").first.wait_for()
    return watched


def table(page: Page) -> Locator:
    page.get_by_text("Table", exact=True).click()
    page.locator(".statements").wait_for()
    return page.locator(".statements tbody tr")


def test_the_table_has_the_same_statements_and_is_sorted_by_its_headers(opened: Watched) -> None:
    page = opened.page
    page.get_by_label("About").fill("r")
    rows = table(page)
    who = page.locator("th[data-column=who]")
    expect(page.locator("th[data-column=when]")).to_have_attribute("aria-sort", "ascending")
    who.get_by_role("button").click()
    expect(who).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("th[data-column=when]")).to_have_attribute("aria-sort", "none")
    up = rows.locator(".who").first.text_content()
    who.get_by_role("button").click()
    expect(who).to_have_attribute("aria-sort", "descending")
    expect(rows.locator(".who").first).not_to_have_text(up or "")
    page.reload()
    expect(who).to_have_attribute("aria-sort", "descending")
    page.locator("th[data-column=when] button").click()
    expect(rows.last).to_be_visible()


def test_the_table_is_narrowed_by_words_speaker_outlet_and_days(opened: Watched) -> None:
    page = opened.page
    rows = table(page)
    for label, value in (("Speaker", "Yang"), ("About", "missiles"), ("From", "2022-08-20")):
        field = page.locator("#narrow").get_by_label(label, exact=True)
        field.fill(value)
        expect(page.locator("#said-summary")).not_to_contain_text(f"{ALL} statements")
        expect(rows.nth(5)).to_have_count(0)
        assert rows.count() > 0
        field.fill("")
        expect(page.locator("#said-summary")).to_contain_text(f"{ALL} statements")
    page.locator("#narrow").get_by_label("Outlet").select_option("Harbour Wire")
    expect(rows).to_have_count(2)
    page.get_by_label("About").fill("zebra")
    expect(page.locator(".nothing")).to_contain_text("No statement fits all of this.")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#said-summary")).to_contain_text(f"{ALL} statements")


def test_a_row_tells_who_said_what_to_whom_and_opens_it(opened: Watched) -> None:
    page = opened.page
    page.get_by_label("About").fill("Taiwan")
    rows = table(page)
    expect(rows).to_have_count(1)
    assert rows.first.locator("td").all_text_contents() == [
        "17 Aug 2022from the day of publication: “on Wednesday”",
        "Yang Jiechiforeign policy chief",
        "that Taiwan is an inalienable part of China",
        "Takeo Akiba",
        "indirect",
        "Harbour Wire",
    ]
    rows.first.locator(".words a").click()
    expect(page.locator("mark.current")).to_have_text(QUOTE)


def test_a_hundred_rows_are_drawn_at_a_time(opened: Watched) -> None:
    page = opened.page
    rows = table(page)
    expect(rows).to_have_count(100)
    page.get_by_role("button", name=f"Show 100 more of {ALL}").click()
    expect(rows).to_have_count(200)
    expect(rows.nth(100).locator("a")).to_be_focused()
    page.get_by_role("button", name="Show ").click()
    expect(rows).to_have_count(ALL)
    expect(page.get_by_role("button", name="Show ")).to_be_hidden()


def test_the_file_holds_every_row_and_no_formula(opened: Watched) -> None:
    page = opened.page
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename == "statements.csv"
    raw = Path(download.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in raw.replace(b"\r\n", b"").replace(b"was known,\nat all", b"")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert len(rows) == ALL
    evil = next(row for row in rows if "HYPERLINK" in row["who"])
    assert evil["who"] == f"'{FORMULA}"
    assert evil["said"] == '<b>"nothing"</b> was known,\nat all'
    taiwan = next(row for row in rows if row["who"] == "Yang Jiechi")
    assert [taiwan[name] for name in ("said from", "said until", "how", "source")] == [
        "2022-08-17",
        "2022-08-17",
        "indirect",
        "Harbour Wire",
    ]
    undated = next(row for row in rows if row["who"] == "Qin Gang")
    assert (undated["said from"], undated["as written"]) == ("", "on Thursday")


def test_more_than_the_page_holds_is_said_honestly(watched: Watched) -> None:
    many: list[dict[str, Any]] = [{**STATEMENTS[n % ALL], "id": f"s{n}"} for n in range(2600)]
    watched.state.statements[:] = many
    begin = time.monotonic()
    watched.page.goto(f"{watched.origin}/#view=statements&as=table")
    watched.page.reload()
    expect(watched.page.locator("#said-summary")).to_contain_text(
        "The first 2,000 of 2,600 statements: narrow them to see the rest"
    )
    assert time.monotonic() - begin < 5
