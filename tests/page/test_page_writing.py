"""A chat model's answer: grey until it is checked, what fails is held and left out, and the reader is told."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.page.articles import WHO
from tests.page.conftest import Watched
from tests.page.scripted_writing import FALSE, FIRST, LAST, MENDED, MODEL, NOTE, TOLD


@pytest.fixture
def writing(watched: Watched) -> Watched:
    """A page on a service with a chat model, which is chosen."""
    watched.state.model = MODEL
    watched.page.reload()
    watched.page.get_by_label("Answered by").select_option(MODEL)
    return watched


def _until(watched: Watched, *stages: str) -> None:
    """Ask, and have the model stop at each of ``stages``."""
    watched.state.pauses = set(stages)
    watched.ask(TOLD)


def _colour(page: Page, words: str) -> str:
    found = page.locator(".draft .words span", has_text=words).last
    return str(found.evaluate("(node) => getComputedStyle(node).color"))


def _heard(page: Page, count: int) -> list[str]:
    """What a screen reader was given to say, once that is ``count`` pieces."""
    for _ in range(60):
        heard: list[str] = page.evaluate("heard")
        if len(heard) >= count:
            return heard
        page.wait_for_timeout(50)
    raise AssertionError(f"heard {heard}")


def test_without_a_chat_model_there_is_nothing_to_choose_and_nothing_is_sent(watched: Watched) -> None:
    watched.asked(WHO)
    expect(watched.page.locator(".answerer")).to_have_count(0)
    assert watched.state.asked == [{"content": WHO}]


def test_who_answers_is_remembered_and_sent(writing: Watched) -> None:
    page = writing.page
    page.reload()
    choice = page.get_by_label("Answered by")
    expect(choice).to_have_value("model")
    assert choice.locator("option").all_text_contents() == ["the articles’ own words", MODEL]
    writing.asked(TOLD)
    assert writing.state.asked[-1] == {"content": TOLD, "answerer": "model"}
    choice.select_option("extractive")
    writing.asked(WHO)
    assert writing.state.asked[-1] == {"content": WHO}


def test_what_is_written_is_grey_until_it_is_checked(writing: Watched) -> None:
    page = writing.page
    _until(writing, "drafted", "held", "passed")
    expect(page.locator(".draft .grey")).to_have_text(f"{FIRST}[1]")
    expect(page.locator(".state")).to_have_text("Grey words are not checked yet.")
    expect(page.locator(".draft .sure")).to_be_empty()
    grey = _colour(page, FIRST)
    writing.state.pauses.remove("drafted")
    expect(page.locator(".draft .sure")).to_have_text(f"{MENDED}[1]")  # as the source has it, not as it was written
    assert _colour(page, MENDED) != grey
    expect(page.locator(".draft .held")).to_have_text(f"{FALSE}[1]")
    expect(page.locator(".state")).to_have_text("Checking what is underlined …")
    writing.state.pauses.remove("held")
    expect(page.locator(".draft .passed")).to_have_text(f"{LAST}[3]")
    assert _colour(page, LAST) != grey
    assert page.locator(".draft .words").inner_text().count("China") == 1
    writing.state.pauses.clear()
    page.locator(".answer[data-answer]").wait_for()


def test_what_is_left_out_fades_and_the_answer_tells_of_it(writing: Watched) -> None:
    page = writing.page
    _until(writing, "over")
    expect(page.locator(".draft .dropped")).to_have_text(f"{FALSE}[1]")
    expect(page.locator(".draft .sure")).to_have_text(f"{MENDED}[1] {LAST}[2]")
    expect(page.locator(".draft .words")).not_to_contain_text("[3]")
    writing.state.pauses.clear()
    answer = page.locator(".answer[data-answer]")
    expect(answer.locator(".sentence")).to_have_text([MENDED, LAST])
    expect(answer.locator(".notes")).to_have_text(NOTE)
    page.get_by_text("How do we know").click()
    expect(page.locator(".knowing")).to_contain_text(f"{MODEL}: 3 sentences, each checked, 1 set right, 1 left out")
    expect(page.locator(".prompts")).to_have_text("Prompts: answer@1+3fa2c1d0, rewrite@1+9b1c22aa")


def test_a_stopped_answer_says_what_of_it_was_not_checked(writing: Watched) -> None:
    page = writing.page
    _until(writing, "held")
    page.locator(".draft .held").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator(".stopped")).to_contain_text("Stopped.")
    expect(page.locator(".state")).to_have_text("Grey words were not checked.")
    writing.state.pauses.clear()


def test_screen_readers_hear_confirmed_sentences_and_no_drafts(writing: Watched) -> None:
    page = writing.page
    page.evaluate(
        """() => {
          window.heard = [];
          const region = document.getElementById("announcer");
          const hear = () => region.textContent && heard.push(region.textContent);
          new MutationObserver(hear).observe(region, { childList: true });
        }"""
    )
    _until(writing, "passed")
    assert _heard(page, 1) == [MENDED]
    assert page.evaluate("document.querySelectorAll('#exchanges [aria-live]').length") == 0
    writing.state.pauses.clear()
    assert _heard(page, 2) == [MENDED, f"{LAST} {NOTE}"]
    expect(page.locator("#question")).to_be_focused()
