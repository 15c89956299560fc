"""One Chromium and one scripted service for all page tests; every test watches for errors and foreign requests."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright
from starlette.types import ASGIApp

from tests.page.scripted import Scripted, scripted_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).parent
TRACES = HERE.parents[1] / "eval" / "reports" / "traces"
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser tests say so, and say why where they cannot run."""
    for item in items:
        if HERE in item.path.parents and "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            item.add_marker(
                pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt install chromium")
            )


@dataclass
class Watched:
    """A browser page with what went wrong on it."""

    page: Page
    state: Scripted
    origin: str
    expected: tuple[str, ...] = ()  # parts of console errors that this test provokes
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> None:
        """Load the page and wait until it has asked for its lists."""
        self.page.goto(self.origin + path)
        self.page.wait_for_selector("#articles li", state="attached")

    def ask(self, question: str) -> None:
        """Type a question and send it with Enter."""
        self.page.fill("#question", question)
        self.page.press("#question", "Enter")

    def asked(self, question: str) -> None:
        """Ask and wait for the whole answer."""
        answers = self.page.locator(".answer[data-answer]")
        before = answers.count()
        self.ask(question)
        answers.nth(before).wait_for()

    def watch(self, page: Page) -> None:
        """Note errors, violations and requests of ``page``."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._requested)

    @contextmanager
    def elsewhere(self, browser: Browser, **options: Any) -> Iterator[Watched]:
        """The same service in a window of its own, made with ``options``; what goes wrong there counts here."""
        context = browser.new_context(**options)
        context.set_default_timeout(5000)
        other = replace(self, page=context.new_page())
        other.watch(other.page)
        other.open()
        yield other
        context.close()

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def _requested(self, request: Request) -> None:
        if not request.url.startswith(self.origin):
            self.foreign.append(request.url)

    @property
    def unexpected(self) -> list[str]:
        """Errors that the test did not provoke."""
        return [error for error in self.errors if not any(part in error for part in self.expected)]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """Serve ``app`` on a free port of this machine; yields its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(5)


@contextmanager
def traced(context: BrowserContext, name: str) -> Iterator[None]:
    """Record what the browser does; kept as eval/reports/traces/NAME.zip where it fails."""
    context.tracing.start(screenshots=True, snapshots=True)
    try:
        yield
    except BaseException:
        context.tracing.stop(path=TRACES / f"{name}.zip")
        raise
    context.tracing.stop()


@pytest.fixture(scope="package")
def served() -> Iterator[tuple[str, Scripted]]:
    """Address and state of the scripted service."""
    state = Scripted()
    with serving(scripted_app(state)) as origin:
        yield origin, state


@pytest.fixture(scope="package")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One window on a desk for all tests: what they share is the cache of the page's files."""
    context = browser.new_context(viewport={"width": 1360, "height": 850})
    context.set_default_timeout(5000)
    yield context
    context.close()


@pytest.fixture
def watched(context: BrowserContext, served: tuple[str, Scripted]) -> Iterator[Watched]:
    """A fresh page on fresh state. Fails the test on a console error, a violation or a request to elsewhere."""
    origin, state = served
    state.reset()
    page = context.new_page()
    watched = Watched(page, state, origin)
    watched.watch(page)
    watched.open()
    yield watched
    page.evaluate("localStorage.clear()")
    assert watched.unexpected == []
    assert watched.foreign == []
    assert page.evaluate("window.ran") is None
    page.close()
