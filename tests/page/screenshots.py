"""``python -m tests.page.screenshots OUT``: pictures of the main states, over the sample articles.

OUT/index is the index, made anew; beside it one PNG a state.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.page.conftest import CHROMIUM, FLAGS, PHONE
from tests.page.pictures import smaller
from tests.page.real import real_service

DESK: dict[str, Any] = {"locale": "en-GB", "viewport": {"width": 1360, "height": 850}}
SLOWEST = 150_000  # ms: models load at the first question
STILL = 1_200  # ms: until marks have flashed and lists have been filled
AKIBA = "Who told Akiba that Taiwan is an inseparable part of Chinese territory?"
MISSILES = "How many missiles fell in Japan's exclusive economic zone in August 2022?"
CARS = "What did Kishida say about Chinese electric cars?"


def asked(page: Page, question: str) -> None:
    """Ask, and wait for the whole answer."""
    page.fill("#question", question)
    page.press("#question", "Enter")
    page.locator(".answer[data-answer]").wait_for(timeout=SLOWEST)


def answer(page: Page) -> None:
    """An answer, its source open beside it, and who said the words under the pointer."""
    asked(page, AKIBA)
    page.locator(".words .chip").first.click()
    page.locator("mark.current").first.wait_for()
    page.wait_for_timeout(STILL)
    page.locator("#page a.saying").nth(2).hover()


def conflict(page: Page) -> None:
    """Two sources that differ."""
    asked(page, MISSILES)


def refusal(page: Page) -> None:
    """What the articles do not say."""
    asked(page, CARS)


def timeline(page: Page) -> None:
    """Who said what, when, in all articles."""
    page.click("#all-said")
    page.locator(".plot .saying").first.wait_for()
    page.wait_for_timeout(STILL)
    page.locator(".plot .saying").nth(2).hover()


def source(page: Page) -> None:
    """The source alone, as a phone shows it."""
    asked(page, AKIBA)
    page.locator(".words .chip").first.tap()
    page.locator("mark.current").first.wait_for()


def nothing(page: Page) -> None:
    """Before the first question."""
    page.locator("#suggested button").first.wait_for()


PICTURES: dict[str, tuple[Callable[[Page], None], dict[str, Any]]] = {
    "empty": (nothing, DESK),
    "answer": (answer, DESK),
    "answer-dark": (answer, {**DESK, "color_scheme": "dark"}),
    "conflict": (conflict, DESK),
    "refusal": (refusal, DESK),
    "timeline": (timeline, DESK),
    "timeline-dark": (timeline, {**DESK, "color_scheme": "dark"}),
    "phone": (refusal, {**PHONE, "device_scale_factor": 2}),
    "phone-source": (source, {**PHONE, "device_scale_factor": 2}),
}


def take(browser: Browser, origin: str, out: Path) -> None:
    """One PNG for each of PICTURES, each in a window of its own."""
    for name, (bring_about, window) in PICTURES.items():
        context = browser.new_context(**window)
        page = context.new_page()
        page.goto(origin)
        page.wait_for_selector("#articles li", state="attached")
        bring_about(page)
        page.wait_for_timeout(STILL)
        (out / f"{name}.png").write_bytes(smaller(page.screenshot()))
        context.close()


def main(out: Path) -> None:
    """Serve, take, stop."""
    shutil.rmtree(out / "index", ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    with real_service(out / "index") as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        take(browser, origin, out)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
