"""Habits: ask again, change a question where it stands, page through versions, copy, judge; all by keyboard too."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.page.articles import FOLLOW_UP, QUOTE, UNKNOWN, WHO
from tests.page.conftest import Watched

ANSWERS = ".answer[data-answer]"


def _copied(page: Page, form: str) -> str:
    page.get_by_role("button", name="Copy with citations").last.click()
    page.get_by_role("menuitem", name=form).click()
    expect(page.locator("[data-said]")).to_have_attribute("data-said", "Copied")
    return str(page.evaluate("navigator.clipboard.readText()"))


def _change(page: Page, number: int, question: str) -> None:
    page.get_by_role("button", name="Change this question").nth(number).click()
    page.get_by_label("The question, to be changed").fill(question)
    page.keyboard.press("Enter")


def test_a_question_is_changed_where_it_stands_and_what_followed_on_it_becomes_an_earlier_version(
    watched: Watched,
) -> None:
    page = watched.page
    watched.asked(WHO)
    watched.asked(FOLLOW_UP)
    _change(page, 0, UNKNOWN)
    expect(page.locator(".asked")).to_have_text([UNKNOWN])
    expect(page.locator(".pager")).to_have_text("2/2")
    assert watched.state.asked[-1] == {"content": UNKNOWN, "instead_of": "told-answer-1"}
    expect(page.locator(".exchange")).to_be_focused()  # not lost with the box that is gone
    page.get_by_role("button", name="Earlier version").click()
    expect(page.locator(".asked")).to_have_text([WHO, FOLLOW_UP])
    expect(page.locator(".past")).to_have_text("An earlier version. What you ask next goes on from the latest.")
    expect(page.get_by_role("button", name="Change this question")).to_have_count(0)
    expect(page.get_by_role("button", name="Later version")).to_be_focused()
    watched.ask(WHO)
    expect(page.locator(".asked")).to_have_text([UNKNOWN, WHO])


def test_versions_survive_a_reload_and_can_have_versions_themselves(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    watched.asked(FOLLOW_UP)
    _change(page, 1, UNKNOWN)
    expect(page.locator(".pager")).to_have_count(1)
    _change(page, 0, FOLLOW_UP)
    expect(page.locator(".pager")).to_have_text("2/2")
    page.reload()
    expect(page.locator(".asked")).to_have_text([FOLLOW_UP])
    page.get_by_role("button", name="Earlier version").click()
    expect(page.locator(".asked")).to_have_text([WHO, UNKNOWN])
    page.get_by_role("button", name="Earlier version").last.click()
    expect(page.locator(".asked")).to_have_text([WHO, FOLLOW_UP])
    page.get_by_role("button", name="Later version").first.click()
    expect(page.locator(".asked")).to_have_text([FOLLOW_UP])
    expect(page.locator(".past")).to_have_count(0)


def test_an_answer_is_given_again_in_the_place_of_the_first(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    page.get_by_role("button", name="Answer this again").click()
    expect(page.locator(".pager")).to_have_text("2/2")
    expect(page.locator(ANSWERS)).to_have_count(1)
    expect(page.locator(ANSWERS)).to_have_attribute("data-answer", "answer-2")
    watched.asked(FOLLOW_UP)
    page.get_by_role("button", name="Earlier version").click()
    page.get_by_role("button", name="Later version").click()
    expect(page.locator(".asked")).to_have_text([WHO, FOLLOW_UP])  # also what was asked since


def test_where_asking_again_is_stopped_the_earlier_answer_can_be_had_back(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    watched.asked(FOLLOW_UP)
    _change(page, 0, "Tell me slowly")
    page.locator(".draft").wait_for()
    page.click("#stop")
    expect(page.locator(".stopped").first).to_contain_text("Stopped.")
    page.get_by_role("button", name="Back to the earlier answer").click()
    expect(page.locator(".asked")).to_have_text([WHO, FOLLOW_UP])
    _change(page, 1, "Tell me slowly")
    page.locator(".draft").wait_for()
    page.click("#stop")
    page.locator(".stopped").first.wait_for()
    watched.ask(UNKNOWN)  # goes on from what the service keeps
    expect(page.locator(".asked")).to_have_text([WHO, FOLLOW_UP, UNKNOWN])
    expect(page.locator(ANSWERS)).to_have_count(3)


def test_escape_leaves_a_question_as_it_was_and_the_focus_where_it_came_from(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    page.get_by_role("button", name="Change this question").focus()
    page.keyboard.press("Enter")
    page.keyboard.type(" And why?")
    page.keyboard.press("Escape")
    expect(page.locator(".asked")).to_have_text([WHO])
    expect(page.get_by_role("button", name="Change this question")).to_be_focused()


def test_an_answer_is_copied_as_markdown_with_footnotes_as_plain_text_and_as_bibtex(watched: Watched) -> None:
    page = watched.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    watched.asked(WHO)
    plain = _copied(page, "Plain text")
    assert plain.startswith("Yang Jiechi told Takeo Akiba")
    assert f"[1] “{QUOTE}” (Seven hours in Tianjin, Harbour Wire · Ruadhan Ishii · 18 Aug 2022" in plain
    markdown = _copied(page, "Markdown")
    assert "an inalienable part of China.[^1] They agreed" in markdown
    assert f"[^1]: “{QUOTE}” Seven hours in Tianjin, Harbour Wire" in markdown
    assert "<https://example.org/tianjin>" in markdown
    assert "javascript:" not in markdown
    assert _copied(page, "BibTeX") == (
        "@online{harbourwire2022seven,\n"
        "  title = {Seven hours in Tianjin},\n"
        "  author = {{Ruadhan Ishii}},\n"
        "  organization = {Harbour Wire},\n"
        "  date = {2022-08-18},\n"
        "  url = {https://example.org/tianjin},\n"
        "}\n\n"
        "@misc{northeastasianotebookfirst,\n"
        "  title = {First call of the new ministers},\n"
        "  organization = {Northeast Asia Notebook},\n"
        "}\n"
    )


def test_text_of_articles_cannot_become_markup_where_it_is_pasted(watched: Watched) -> None:
    markdown, bibtex = watched.page.evaluate(
        """async () => {
          const { FORMS } = await import("/js/copying.js");
          const quote = "# <b>x</b> [a](https://b.example) `c`\\n1. *d*";
          const url = "https://a.example/}{x>y";
          const one = { number: 1, document_id: "d", title: "50 % & {more}_\\\\end", quote, url };
          const answer = { answer: "- **Bold** [a](b) [2].[1]", citations: [one] };
          return [FORMS.Markdown(answer), FORMS.BibTeX(answer)];
        }"""
    )
    assert markdown.startswith(r"\- \*\*Bold\*\* \[a\](b) \[2\].[^1]")
    assert r"\# \<b\>x\</b\> \[a\](https://b.example) \`c\` 1. \*d\*" in markdown
    assert "<https://a.example/%7D%7Bx%3Ey>" in markdown
    assert r"title = {50 \% \& \{more\}\_\textbackslash{}end}" in bibtex


def test_a_verdict_is_kept_at_once_and_a_reason_can_follow(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    page.get_by_role("button", name="This answer is right").click()
    expect(page.get_by_role("button", name="This answer is right")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".wrong")).to_have_count(0)
    down = page.get_by_role("button", name="This answer is wrong")
    down.click()
    expect(down).to_have_attribute("aria-pressed", "true")
    page.get_by_label("The speaker").check()
    page.get_by_label("Comment").fill("It was the other one.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".judging")).to_have_text("Thank you, noted.")
    up, wrong, why = watched.state.feedback
    assert (up["verdict"], wrong) == ("up", {"answer_id": up["answer_id"], "verdict": "down"})
    assert why == {**wrong, "reason": "wrong_speaker", "comment": "It was the other one."}
    watched.asked(UNKNOWN)
    page.get_by_role("button", name="This answer is wrong").last.click()
    expect(page.locator(".wrong").first).to_have_text("The articles do answer it")


def test_one_thing_at_a_time_is_open_below_an_answer_and_escape_closes_it(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    know, down = page.get_by_text("How do we know"), page.get_by_role("button", name="This answer is wrong")
    know.click()
    expect(page.locator(".knowing")).to_be_visible()
    down.click()
    expect(page.locator(".judging")).to_be_visible()
    expect(page.locator(".knowing")).to_have_count(0)
    expect(know).to_have_attribute("aria-expanded", "false")
    page.get_by_label("Comment").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".panel > *")).to_have_count(0)
    expect(down).to_be_focused()


def test_alt_and_the_arrows_go_from_question_to_question_and_back_to_the_box(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    watched.asked(FOLLOW_UP)
    reached = page.locator(".exchange:focus")
    page.focus("#question")
    page.keyboard.press("Alt+ArrowUp")
    expect(reached).to_have_attribute("aria-label", FOLLOW_UP)
    page.keyboard.press("Alt+ArrowUp")
    expect(reached).to_have_attribute("aria-label", WHO)
    page.keyboard.press("Alt+ArrowUp")
    expect(reached).to_have_attribute("aria-label", WHO)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Change this question").first).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#question")).to_be_focused()


def test_scrolling_away_while_an_answer_is_written_is_left_alone(watched: Watched) -> None:
    page = watched.page
    for _ in range(3):
        watched.asked(WHO)
    watched.ask("Tell me slowly")
    page.locator(".draft").wait_for()
    page.mouse.move(700, 400)
    page.mouse.wheel(0, -5000)
    expect(page.locator(".exchange").first).to_be_in_viewport()
    expect(page.locator(ANSWERS)).to_have_count(4)
    expect(page.locator(".exchange").first).to_be_in_viewport()
    assert re.match("Who told", page.locator(".asked").first.inner_text())
