"""Asking: the answer streams in, shows what it rests on, survives reloads, and failures can be read and retried."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.page.articles import FOLLOW_UP, QUOTE, UNKNOWN, WHO
from tests.page.conftest import Watched


def test_the_answer_streams_in_and_ends_with_a_citation_after_each_sentence(watched: Watched) -> None:
    page = watched.page
    watched.ask(WHO + " slowly")
    draft = page.locator(".answer.draft .words")
    expect(draft).to_have_text(re.compile(r"^The articles(?!.*election)"))  # written in part, not all at once
    page.locator(".answer[data-answer]").wait_for()
    watched.asked(WHO)
    answer = page.locator(".answer").last
    expect(answer.locator(".sentence")).to_have_count(2)
    assert answer.locator(".words .chip .number").all_text_contents() == ["1", "2", "3"]
    expect(answer.locator(".words .chip .label").first).to_have_text("Harbour Wire · 18 Aug 2022")
    expect(answer.locator(".articles li")).to_have_count(2)
    expect(answer.locator(".articles li").first).to_contain_text("[1] [2]")
    expect(page.locator("#announcer")).to_contain_text("Yang Jiechi told Takeo Akiba")


def test_hovering_a_citation_shows_the_exact_quote_and_escape_takes_it_away(watched: Watched) -> None:
    watched.asked(WHO)
    card = watched.page.locator("#quote")
    watched.page.locator(".words .chip").first.hover()
    expect(card).to_be_visible()
    assert card.locator("blockquote").text_content() == QUOTE
    expect(card.locator(".byline")).to_have_text("Harbour Wire · Ruadhan Ishii · 18 Aug 2022")
    card.hover()  # the card itself can be pointed at, to be read or copied from
    watched.page.wait_for_timeout(250)
    expect(card).to_be_visible()
    watched.page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_a_declined_answer_says_why_and_shows_the_nearest_passages(watched: Watched) -> None:
    watched.asked(UNKNOWN)
    answer = watched.page.locator(".answer.declined")
    expect(answer.locator(".verdict")).to_have_text("Not in these articles")
    expect(answer.locator(".nearest blockquote")).to_have_text("A researcher in Beijing called the meeting timely.")
    expect(answer.locator(".unsure")).to_have_count(0)


def test_a_follow_up_shows_how_it_was_understood_and_a_whole_question_does_not(watched: Watched) -> None:
    watched.asked(WHO)
    expect(watched.page.locator(".understood")).to_have_count(0)
    watched.asked(FOLLOW_UP)
    understood = watched.page.locator(".understood")
    expect(understood).to_have_text("Understood as: What did Takeo Akiba voice concern over? Edit")


def test_a_reload_keeps_the_conversation_with_its_citations_and_the_open_article(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    watched.asked(FOLLOW_UP)
    page.locator(".words .chip").nth(1).click()
    page.locator("mark.current").first.wait_for()
    page.reload()
    expect(page.locator(".exchange")).to_have_count(2)
    expect(page.locator(".answer").first.locator(".words .chip")).to_have_count(3)
    expect(page.locator("#steps")).to_contain_text("of 3")
    expect(page.locator("mark.current").first).to_be_visible()
    expect(page.locator("#chats [aria-current]")).to_contain_text(WHO)


def test_stop_ends_the_stream_at_once_and_the_question_can_be_asked_again(watched: Watched) -> None:
    page = watched.page
    watched.ask("Tell me slowly")
    page.locator(".answer.draft").wait_for()
    expect(page.locator("#send")).to_be_hidden()
    page.click("#stop")
    expect(page.locator(".stopped")).to_contain_text("Stopped.")
    expect(page.locator("#send")).to_be_visible()
    for _ in range(40):  # the service notices when it next writes
        if watched.state.left:
            break
        page.wait_for_timeout(50)
    assert watched.state.left == 1
    page.reload()
    expect(page.locator("#question")).to_have_value("Tell me slowly")


def test_a_refusal_is_shown_in_the_services_words_and_can_be_tried_again(watched: Watched) -> None:
    watched.expected = ("409",)
    watched.ask("busy question")
    trouble = watched.page.locator(".trouble")
    expect(trouble).to_contain_text("index 'test': another ingest holds it. Try again in a moment.")
    trouble.get_by_role("button", name="Try again").click()
    watched.page.locator(".answer[data-answer]").wait_for()
    expect(watched.page.locator(".exchange")).to_have_count(1)
    expect(trouble).to_have_count(0)


def test_a_failure_in_the_middle_keeps_what_was_written_and_says_so(watched: Watched) -> None:
    watched.ask("break in the middle")
    expect(watched.page.locator(".trouble")).to_contain_text("Something failed that should not have")
    expect(watched.page.locator(".draft .words")).to_have_text("The")
    watched.page.get_by_role("button", name="Try again").click()
    watched.page.locator(".answer[data-answer]").wait_for()


def test_when_the_service_is_gone_the_page_says_so_and_recovers_by_itself(watched: Watched) -> None:
    watched.expected = ("ERR_INTERNET_DISCONNECTED",)
    page = watched.page
    page.context.set_offline(True)
    expect(page.locator("#notice")).to_contain_text("You are offline")
    watched.ask(WHO)
    expect(page.locator(".trouble")).to_contain_text("The service cannot be reached")
    page.context.set_offline(False)
    expect(page.locator("#notice")).to_be_hidden()
    page.get_by_role("button", name="Try again").click()
    page.locator(".answer[data-answer]").wait_for()


def test_a_service_that_is_still_starting_is_named_as_such(watched: Watched) -> None:
    watched.expected = ("503",)
    watched.state.ready = False
    watched.page.reload()
    expect(watched.page.locator("#notice")).to_contain_text("The index is being opened")
    watched.state.ready = True
    expect(watched.page.locator("#notice")).to_be_hidden()


def test_suggestions_are_offered_only_for_articles_that_are_there(watched: Watched) -> None:
    suggested = watched.page.locator("#suggested button")
    expect(suggested).to_have_count(3)  # the fourth one's article is not in this index
    suggested.filter(has_text="Who told Akiba").click()
    watched.page.locator(".answer[data-answer]").wait_for()
    expect(watched.page.locator("#empty")).to_be_hidden()
    del watched.state.articles["tianjin-seven-hours.md"], watched.state.articles["hayashi-qin-call.html"]
    watched.page.goto(watched.origin + "/?")
    expect(watched.page.locator("#has-articles")).to_be_visible()
    expect(watched.page.locator("#suggestions")).to_be_hidden()


def test_conversations_are_opened_from_the_list_and_by_going_back(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    page.click("#new-chat")
    expect(page.locator("#empty")).to_be_visible()
    watched.asked(UNKNOWN)
    expect(page.locator("#chats .row")).to_have_count(2)
    page.locator("#chats .choose").filter(has_text=WHO).click()
    expect(page.locator(".asked")).to_have_text([WHO])
    page.go_back()
    expect(page.locator(".asked")).to_have_text([UNKNOWN])


def test_enter_sends_shift_enter_breaks_the_line_and_too_long_a_question_is_held_back(watched: Watched) -> None:
    page = watched.page
    page.type("#question", "first")
    page.press("#question", "Shift+Enter")
    page.type("#question", "second")
    expect(page.locator("#question")).to_have_value("first\nsecond")
    page.fill("#question", "\N{DOVE OF PEACE}" * 2000)  # 2,000 code points, 4,000 UTF-16 units: allowed
    expect(page.locator("#send")).to_be_enabled()
    page.fill("#question", "x" * 2001)
    expect(page.locator("#send")).to_be_disabled()
    expect(page.locator("#count")).to_have_text("2001 of 2000")
