"""The reader: the highlighted characters are the quote, whatever stands before it and however long the article is."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from tests.page.articles import (
    ACROSS,
    ANSWERS,
    DISPUTED,
    LONG,
    LONG_LINE,
    LONG_TEXT,
    QUOTE,
    STALE,
    TIANJIN_TEXT,
    WHO,
    answer,
    citation,
)
from tests.page.conftest import Watched

CALL = "hayashi-qin-call.html"
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


def cite(watched: Watched, monkeypatch: pytest.MonkeyPatch, text: str, quotes: list[str]) -> None:
    """Put ``text`` in the place of an article, and ask a question whose answer cites ``quotes`` of it."""
    watched.state.articles[CALL]["text"] = text
    places = [(text.index(quote), quote) for quote in quotes]
    cited = [
        {**citation(number, CALL, "Qin Gang"), "start": at, "end": at + len(quote), "quote": quote}
        for number, (at, quote) in enumerate(places, 1)
    ]
    said = answer(WHO, [("They said so.", [each["number"] for each in cited])], cited)
    monkeypatch.setitem(ANSWERS, WHO, said)
    watched.asked(WHO)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("قال الوزير 😀 إن المحادثات كانت مفيدة.\n\nولم يقل أكثر من ذلك.", "إن المحادثات كانت مفيدة"),
        ("外相は𠀀市で「率直な話し合いを望む」と述べた。" * 900, "「率直な話し合いを望む」"),
        ("👪‍😀é said “no”.", "é said"),
    ],
    ids=["right to left", "without spaces", "several units a character"],
)
def test_the_quote_is_marked_in_any_writing(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, text: str, quote: str
) -> None:
    cite(watched, monkeypatch, text, [quote])
    watched.page.locator(".words .chip").first.click()
    assert highlighted(watched.page) == quote
    assert watched.page.locator("#page .text").text_content() == text
    aligned = watched.page.locator("mark.current").first.evaluate("(mark) => getComputedStyle(mark).direction")
    assert aligned == ("rtl" if quote.startswith("إن") else "ltr")


def test_citations_that_overlap_are_each_marked_whole(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    cite(watched, monkeypatch, "One two three four five.", ["One two three", "two three four", "three"])
    for number, quote in enumerate(["One two three", "two three four", "three"]):
        watched.page.locator(".words .chip").nth(number).click()
        assert highlighted(watched.page) == quote
    assert watched.page.locator("#page mark").all_text_contents() == ["One ", "two ", "three", " four"]


def test_statements_are_marked_and_tell_who_and_when_and_the_switch_hides_them(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    page.locator(".words .chip").first.click()
    said = page.locator("#page a.saying")
    expect(said).to_have_count(2)
    assert said.first.text_content() == QUOTE
    said.first.hover()
    expect(page.locator("#quote")).to_contain_text("Yang Jiechi, foreign policy chief, to Takeo Akiba")
    expect(page.locator("#quote")).to_contain_text("17 Aug 2022")
    page.get_by_label("2 statements").uncheck()
    expect(said).to_have_count(0)
    assert highlighted(page) == QUOTE
    page.get_by_role("button", name="Next citation").click()
    page.get_by_role("button", name="Next citation").click()
    expect(page.get_by_label("statement")).not_to_be_checked()
    expect(said).to_have_count(0)


def test_a_statement_is_opened_and_the_way_back_leads_to_the_answer(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    page.locator(".words .chip").first.click()
    page.locator("#page a.saying").nth(1).click()
    expect(page.locator("#steps")).to_contain_text("Statement 2 of 2")
    expect(page.locator("mark.current").first).to_contain_text("Akiba, for his part")
    expect(page.locator("mark:not(.current)").first).to_have_text(QUOTE)  # what the answer cites is still marked
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator(".words .chip").first).to_be_focused()
    expect(page.locator("#reader")).to_be_visible()


def test_the_switch_redraws_no_more_than_is_drawn(watched: Watched) -> None:
    watched.asked(LONG)
    watched.page.locator(".words .chip").first.click()
    assert highlighted(watched.page) == LONG_LINE % 18_500
    drawn = watched.page.locator(".text > .drawn").count()
    assert drawn < 8
    assert watched.page.locator(".text").text_content() == LONG_TEXT


def test_words_that_stand_elsewhere_since_are_marked_there_and_it_is_said(watched: Watched) -> None:
    watched.asked(WHO)
    article = watched.state.articles["tianjin-seven-hours.md"]
    article["text"] = "Corrected: an earlier version misspelt a name.\n\n" + article["text"]
    watched.page.locator(".words .chip").first.click()
    assert highlighted(watched.page) == QUOTE
    expect(watched.page.locator(".changed")).to_contain_text("They now stand here")


def test_copies_of_the_cited_article_are_told(watched: Watched) -> None:
    watched.asked(DISPUTED)
    watched.page.locator(".words .chip").first.click()
    expect(watched.page.locator(".facts")).to_contain_text("copy-1.txt, copy-2.txt")


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
    expect(watched.page.locator("#page .trouble")).to_contain_text("no longer here")


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
    restricted = page.locator(".restricted")
    expect(restricted).to_have_text("Asked only of Seven hours in Tianjin")
    page.get_by_role("button", name="Ask in all articles again").click()
    watched.asked(WHO)
    assert "filters" not in watched.state.asked[-1]
    expect(restricted).to_have_count(1)


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


def test_portions_and_blocks_joined_are_the_text_also_for_one_endless_line(watched: Watched) -> None:
    endless = (
        "\n\n first \n \n" + "word \N{GRINNING FACE}" * 20_000 + "\nlast" + "\N{GRINNING FACE}" * 9_000 + "\n" * 9_000
    )
    portions, blocks = watched.page.evaluate(
        """async (text) => {
          const { blocks, portions } = await import("/js/fulltext.js");
          const found = portions(text).map((span) => text.slice(...span));
          return [found, found.flatMap((part) => blocks(part).map(({ start, end }) => part.slice(start, end)))];
        }""",
        endless,
    )
    assert "".join(portions) == endless
    assert max(map(len, portions)) <= 12_001
    assert "".join("".join(blocks).split()) == "".join(endless.split())


def test_pieces_of_overlapping_spans_cover_each_character_once_and_know_all_that_lie_over_it(watched: Watched) -> None:
    pieces = watched.page.evaluate(
        """async () => {
          const { pieces } = await import("/js/marks.js");
          const spans = [[0, 9, "a"], [3, 5, "b"], [5, 12, "c"], [20, 22, "d"]];
          const found = pieces(spans.map(([start, end, one]) => ({ start, end, one })));
          const names = (over) => over.map(({ one }) => one).sort().join("");
          return found.map(({ start, end, over }) => [start, end, names(over)]);
        }"""
    )
    assert pieces == [[0, 3, "a"], [3, 5, "ab"], [5, 9, "ac"], [9, 12, "c"], [20, 22, "d"]]
