"""The reader: the highlighted characters are the quote, whatever stands before it and however long the article is."""

from __future__ import annotations

import time

from playwright.sync_api import Page, expect

from tests.page.articles import ACROSS, LONG, LONG_LINE, LONG_TEXT, QUOTE, STALE, TIANJIN_TEXT, WHO
from tests.page.conftest import Watched

# The highlighted characters as they stand in the page, with what lies between the first mark and the last.
HIGHLIGHTED = """() => {
  const marks = [...document.querySelectorAll("mark.current")];
  const range = document.createRange();
  range.setStartBefore(marks[0]);
  range.setEndAfter(marks.at(-1));
  return range.toString();
}"""


def highlighted(page: Page) -> str:
    page.locator("mark.current").first.wait_for()
    return str(page.evaluate(HIGHLIGHTED))


def test_a_click_opens_the_article_at_exactly_the_quoted_characters(watched: Watched) -> None:
    page = watched.page
    assert any(
        ord(character) > 0xFFFF for character in TIANJIN_TEXT[: TIANJIN_TEXT.index(QUOTE)]
    )  # two units, one point
    watched.asked(WHO)
    page.locator(".words .chip").first.click()
    assert highlighted(page) == QUOTE
    assert page.locator("#page .text").text_content() == TIANJIN_TEXT
    expect(page.locator("mark.current").first).to_be_in_viewport()


def test_a_quote_over_several_paragraphs_is_highlighted_whole(watched: Watched) -> None:
    watched.asked(WHO)
    watched.page.locator(".words .chip").nth(1).click()
    assert highlighted(watched.page) == ACROSS
    expect(watched.page.locator("mark.current")).to_have_count(2)


def test_the_other_citations_are_marked_and_the_buttons_step_through_all_articles(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    page.locator(".words .chip").first.click()
    expect(page.locator("mark:not(.current)")).to_have_count(2)
    page.get_by_role("button", name="Next citation").click()
    assert highlighted(page) == ACROSS
    page.get_by_role("button", name="Next citation").click()
    expect(page.locator("#page h2")).to_have_text("First call of the new ministers")
    assert highlighted(page).startswith("Qin Gang asked Japan")
    expect(page.locator("#steps")).to_contain_text("Citation 3 of 3")
    page.get_by_role("button", name="Previous citation").click()
    assert highlighted(page) == ACROSS


def test_the_header_says_what_is_known_and_how(watched: Watched) -> None:
    page = watched.page
    page.locator("#articles .choose").filter(has_text="Seven hours").click()
    facts = page.locator(".facts")
    expect(facts).to_contain_text("18 Aug 2022")
    expect(facts.locator(".known").filter(has_text="Updated: Aug 18, 2022")).to_be_visible()
    expect(facts.locator("a")).to_have_attribute("href", "https://example.org/tianjin")
    page.locator("#articles .choose").filter(has_text="First call").click()
    expect(facts).to_contain_text("Not known")
    expect(facts.locator("a")).to_have_count(0)  # its address is no web address: shown, not linked


def test_two_megabytes_open_without_freezing_and_land_on_the_quote(watched: Watched) -> None:
    assert len(LONG_TEXT) > 1_900_000
    watched.asked(LONG)
    begin = time.monotonic()
    watched.page.locator(".words .chip").first.click()
    assert highlighted(watched.page) == LONG_LINE % 18_500
    expect(watched.page.locator("mark.current")).to_be_in_viewport()
    assert time.monotonic() - begin < 5


def test_words_that_are_no_longer_there_are_not_highlighted(watched: Watched) -> None:
    watched.asked(STALE)
    watched.page.locator(".words .chip").first.click()
    expect(watched.page.locator(".changed")).to_contain_text("no longer stand at this place")
    expect(watched.page.locator("mark")).to_have_count(0)


def test_an_article_that_was_deleted_is_named_as_gone(watched: Watched) -> None:
    watched.expected = ("404",)
    watched.asked(WHO)
    del watched.state.articles["tianjin-seven-hours.md"]
    watched.page.locator(".words .chip").first.click()
    expect(watched.page.locator("#page .trouble")).to_contain_text("This article is no longer here")


def test_closing_the_article_gives_the_focus_back_to_the_citation(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    chip = page.locator(".words .chip").first
    chip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#reader")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(chip).to_be_focused()


def test_questions_can_be_restricted_to_the_open_article(watched: Watched) -> None:
    page = watched.page
    page.locator("#articles .choose").filter(has_text="Seven hours").click()
    page.get_by_role("button", name="Ask about this article only").click()
    watched.asked(WHO)
    assert watched.state.asked[-1]["filters"] == {"documents": ["tianjin-seven-hours.md"]}
    page.get_by_role("button", name="Ask in all articles again").click()
    watched.asked(WHO)
    assert "filters" not in watched.state.asked[-1]


def test_offsets_in_code_points_become_offsets_in_units(watched: Watched) -> None:
    page = watched.page
    text = "a\N{DOVE OF PEACE}\N{GRINNING FACE}b\N{CJK UNIFIED IDEOGRAPH-20000}c e\N{COMBINING ACUTE ACCENT}"
    found = page.evaluate(
        """async ([text, points]) => {
          const { unitOffsets } = await import("/js/text.js");
          return [...unitOffsets(text, points)];
        }""",
        [text, list(range(len(text) + 2))],
    )
    expected = [len(text[:point].encode("utf-16-le")) // 2 for point in range(len(text) + 2)]
    assert [unit for _, unit in found] == expected


def test_blocks_and_gaps_joined_are_the_text_also_for_one_endless_line(watched: Watched) -> None:
    endless = "\n\n first \n \n" + "word \N{GRINNING FACE}" * 20_000 + "\nlast"
    blocks = watched.page.evaluate(
        """async (text) => {
          const { blocks } = await import("/js/text.js");
          return blocks(text).map(({ start, end }) => [text.slice(start, end), end - start]);
        }""",
        endless,
    )
    assert all(size <= 20_001 for _, size in blocks)
    assert "".join("".join(text for text, _ in blocks).split()) == "".join(endless.split())
