"""The page as it is written, and as a browser shows it."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from eval.report import write
from eval.reporting import PlotsUnavailable, Run, as_html
from eval.scoring import MEASURES, Score, summarise
from service.records import Turn, Understood
from tests.eval.test_reporting_cases import DUE, MADE, OIL, REFUSED, RIGHT, TEXTS, UNSURE, WRONG, cite, scored

SCORES = [RIGHT, WRONG, UNSURE, REFUSED, DUE]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7 * 7 }}</bdi></style>"
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt install chromium")


def run(name: str, scores: list[Score], *missed: str) -> Run:
    unlike = [replace(each, case=replace(each.case, id=f"case-{n}")) for n, each in enumerate(scores)]
    return Run(name, MADE, summarise(unlike), unlike, missed)


@pytest.fixture(scope="module")
def html() -> str:
    return as_html([run("first", SCORES, "right 0.4 is under the floor 0.5"), run("second", SCORES[:3])], TEXTS.get)


class Tags(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_every_measure_is_told_with_what_it_says(html: str) -> None:
    for name, measure in MEASURES.items():
        assert f'<th scope="row">{name}</th>' in html
        assert measure.says in unescape(html)


def test_a_missed_floor_is_told_first(html: str) -> None:
    assert 0 < html.index("right 0.4 is under the floor 0.5") < html.index("At a glance</h2>")


def test_the_page_loads_nothing_and_allows_no_other_script(html: str) -> None:
    tags = Tags(html).found
    loads = [attributes.get(name) for _, attributes in tags for name in ("src", "srcset", "data", "action")]
    assert set(loads) == {None}
    assert not [tag for tag, _ in tags if tag in ("link", "iframe", "object", "img", "base")]
    assert all((attributes.get("href") or "#").startswith("#") for _, attributes in tags)
    assert "url(http" not in html
    assert re.search(r"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-", html)


def test_every_id_is_there_once_and_every_address_leads_to_one(html: str) -> None:
    tags = Tags(html).found
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {(attributes.get("href") or "#")[1:] for _, attributes in tags} - {"", *ids} == set()


def test_every_head_of_a_table_has_its_scope_and_every_table_a_caption(html: str) -> None:
    tags = Tags(html).found
    assert {attributes.get("scope") for tag, attributes in tags if tag == "th"} == {"row", "col"}
    assert html.count("<table") == html.count("<caption")


def test_whatever_a_document_a_case_or_a_name_holds_stays_text() -> None:
    case = replace(
        OIL,
        kind=HOSTILE,
        question=HOSTILE,
        answer=((HOSTILE,),),
        forbid=(HOSTILE,),
        history=(Turn("user", HOSTILE),),
        really=HOSTILE,
    )
    cited = replace(cite("burns whale oil"), document_id=HOSTILE, title=HOSTILE, source=HOSTILE, quote=HOSTILE)
    of = scored(case, HOSTILE, replace(cite("burns whale oil"), title=HOSTILE), replace(cited, number=2))
    understood = Understood("speaker", HOSTILE, HOSTILE, None, None, applied=False, note=HOSTILE, typed=False)
    answer = replace(of.answer, understood=(understood,), question=HOSTILE)
    of = replace(of, answer=answer, false_quotations=(HOSTILE,), case=replace(case, id=HOSTILE))
    made = replace(MADE, target={HOSTILE: HOSTILE})
    html = as_html([Run(HOSTILE, made, summarise([of]), [of], [HOSTILE])], {"lamp.txt": HOSTILE * 9}.get)
    tags = Tags(html).found
    assert [tag for tag, _ in tags if tag in ("script", "img")] == ["script"]
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    assert "{{ 7 * 7 }}" in html
    assert html.count("</style>") == 1


def test_half_a_surrogate_pair_in_an_article_can_be_written() -> None:
    html = as_html([run("first", [WRONG])], {"lamp.txt": TEXTS["lamp.txt"] + "\ud800"}.get)
    assert html.encode("utf-8")


def test_a_run_without_answers_faults_or_evidence_makes_a_page() -> None:
    html = as_html([run("first", [DUE])], TEXTS.get)
    assert "0 of 0" not in html
    assert 'id="retrieval"' not in html


@pytest.mark.parametrize("package", ["jinja2", "matplotlib"])
def test_a_package_that_is_missing_is_named(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(PlotsUnavailable, match=package):
        as_html([run("first", SCORES)], TEXTS.get)


def test_without_what_draws_the_other_reports_are_written_and_say_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    write(tmp_path, MADE, summarise(SCORES), SCORES, [])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json", "report.md"]
    markdown = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "No plot: package 'matplotlib': it is not installed" in markdown
    assert "reliability.svg" not in markdown
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["summary"]["cases"] == len(SCORES)


@pytest.fixture(scope="module")
def page(html: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(html, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.set_default_timeout(5000)
        wrong: list[str] = []
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(path.as_uri())
        yield page
        assert wrong == []
        browser.close()


def visible(page: Page) -> list[str]:
    return page.locator("#cards > li:visible .question").all_inner_texts()


@needs_browser
@pytest.mark.browser
def test_cases_are_filtered_by_kind_fault_run_and_words(page: Page) -> None:
    everything = visible(page)
    assert len(everything) == 5
    page.select_option("[name=fault]", "wrongly declined")
    assert page.locator("#cards > li:visible").get_attribute("data-run") == "first"
    page.select_option("[name=fault]", "")
    page.select_option("[name=run]", "second")
    page.select_option("[name=kind]", "what")
    assert page.locator("output").inner_text() == "2 of 5"
    page.fill("[name=words]", "no such words")
    assert visible(page) == []
    page.fill("[name=words]", "")
    page.select_option("[name=run]", "")
    page.select_option("[name=kind]", "")
    assert visible(page) == everything


@needs_browser
@pytest.mark.browser
def test_cases_are_sorted_and_opened_together(page: Page) -> None:
    page.select_option("[name=order]", "confidence")
    stated = [
        float(each) for each in page.eval_on_selector_all("#cards > li", "all => all.map(e => e.dataset.confidence)")
    ]
    assert stated == sorted(stated)
    page.click("text=Open all")
    assert page.locator("#cards details[open]").count() == 5
    page.click("text=Close all")
    assert page.locator("#cards details[open]").count() == 0


@needs_browser
@pytest.mark.browser
def test_nothing_is_wider_than_a_phone(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
