"""The sources: adding files, each with its outcome, filtering, deleting after a question."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Route, expect

from tests.page.conftest import Watched


def test_each_uploaded_file_gets_its_own_outcome(watched: Watched) -> None:
    page = watched.page
    files: list[FilePayload] = [
        {"name": "new.txt", "mimeType": "text/plain", "buffer": b"The minister said that it rained."},
        {"name": "broken.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-"},
    ]
    page.set_input_files("#files", files)
    lines = page.locator("#outcomes li:not(.head)")
    expect(lines.nth(0)).to_contain_text("not added")  # what needs somebody comes first
    expect(lines.nth(0)).to_contain_text("it is encrypted. Save it without a password.")
    expect(lines.nth(1)).to_contain_text("added")
    expect(page.locator("#outcomes .head")).to_contain_text("1 article taken in, 1 not added")
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


def test_a_folder_that_is_dropped_is_read_through_and_what_cannot_be_an_article_is_passed_over(
    watched: Watched,
) -> None:
    page = watched.page
    page.evaluate(
        """() => {
          const entry = (name) => ({ name, file: (found) => found(new File([`Words of ${name}.`], name)) });
          const folder = (name, within) => ({ name, isDirectory: true, createReader: () => {
            const batches = [within, []];
            return { readEntries: (read) => read(batches.shift()) };
          } });
          const desk = folder("desk", [entry("one.txt"), entry("photo.png"), folder("2022", [entry("two.md")])]);
          const items = [{ kind: "file", webkitGetAsEntry: () => desk }];
          const drop = new Event("drop", { bubbles: true, cancelable: true });
          drop.dataTransfer = { types: ["Files"], items };
          document.body.dispatchEvent(drop);
        }"""
    )
    expect(page.locator("#outcomes .well .name")).to_have_text(["desk/one.txt", "desk/2022/two.md"])
    assert {"desk/one.txt", "desk/2022/two.md"} < set(watched.state.articles)


def test_many_files_show_how_far_they_are_and_those_waiting_can_be_left_out(watched: Watched) -> None:
    page = watched.page
    held: list[Route] = []
    page.route("**/api/documents", lambda route: _third_waits(route, held))
    files: list[FilePayload] = [
        {"name": f"{number:02}.txt", "mimeType": "text/plain", "buffer": b"Some words."} for number in range(30)
    ]
    page.set_input_files("#files", files)
    head = page.locator("#outcomes .head")
    expect(head).to_contain_text("File 3 of 30")
    assert page.locator("#outcomes progress").get_attribute("value") == "2"
    page.get_by_role("button", name="Leave out those that are waiting").click()
    held[2].continue_()
    expect(head).to_contain_text("3 articles taken in")
    expect(page.locator("#outcomes li:not(.head)")).to_have_count(3)
    page.get_by_role("button", name="Hide these outcomes").click()
    expect(page.locator("#outcomes")).to_be_hidden()


def _third_waits(route: Route, held: list[Route]) -> None:
    held += [route] if route.request.method == "POST" else []
    if len(held) != 3:
        route.continue_()


def test_a_file_that_did_not_arrive_can_be_tried_again(watched: Watched) -> None:
    watched.expected = ("409",)
    page = watched.page
    busy = '{"title": "Conflict", "status": 409, "detail": "index: another ingest holds it. Try again in a moment."}'
    page.route("**/api/documents", lambda route: route.fulfill(status=409, body=busy), times=1)
    file: FilePayload = {"name": "late.txt", "mimeType": "text/plain", "buffer": b"Late words."}
    page.set_input_files("#files", [file])
    line = page.locator("#outcomes .failed")
    expect(line).to_contain_text("another ingest holds it. Try again in a moment.")
    line.get_by_role("button", name="Try again").click()
    expect(page.locator("#outcomes .well .name")).to_have_text("late.txt")


def test_an_article_is_deleted_only_after_the_question_is_confirmed(watched: Watched) -> None:
    page = watched.page
    row = page.locator("#articles .row").filter(has_text="First call")
    row.locator(".choose").click()
    expect(page.locator("#page h2")).to_have_text("First call of the new ministers")
    page.get_by_role("button", name="Ask about this article only").click()
    expect(page.locator("#scope")).to_contain_text("First call of the new ministers")
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
    expect(page.locator("#scope")).to_be_hidden()
    assert "hayashi-qin-call.html" not in watched.state.articles


def test_the_filter_narrows_the_list_and_says_when_nothing_is_left(watched: Watched) -> None:
    page = watched.page
    page.fill("#filter", "NATO")
    expect(page.locator("#articles .row")).to_have_count(1)
    expect(page.locator("#total")).to_have_text("1 article")
    page.fill("#filter", "no such words")
    expect(page.locator("#articles")).to_contain_text("No article has “no such words”")


def test_the_list_narrows_by_outlet_and_by_date_and_widens_again(watched: Watched) -> None:
    page = watched.page
    rows = page.locator("#articles .row")
    expect(rows).to_have_count(4)
    page.click("#sifting summary")
    outlet = page.get_by_label("Outlet").locator("visible=true")
    outlet.select_option("Northeast Asia Notebook")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("First call of the new ministers")
    page.get_by_role("button", name="Show all").click()
    expect(rows).to_have_count(4)
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()
    page.locator("#sift [name=until]").fill("2022-12-31")
    expect(rows).to_have_count(1)
    page.locator("#sift [name=until]").fill("2021-12-31")
    expect(page.locator("#articles")).to_have_text("No article is there from this outlet or time.")


def test_hundreds_of_articles_come_as_one_scrolls(watched: Watched) -> None:
    page = watched.page
    some = watched.state.articles["hayashi-qin-call.html"]
    watched.state.articles |= {f"{number}.txt": {**some, "id": f"{number}.txt"} for number in range(396)}
    page.reload()
    rows = page.locator("#articles .row")
    expect(page.locator("#total")).to_have_text("400 articles")
    assert rows.count() < 150
    for _ in range(12):
        page.locator("#articles").evaluate("list => (list.scrollTop = list.scrollHeight)")
        page.wait_for_timeout(60)
    expect(rows).to_have_count(400)
    assert page.locator("#articles .more").count() == 0


def test_an_empty_index_invites_to_add_articles(watched: Watched) -> None:
    watched.state.articles.clear()
    watched.page.reload()
    expect(watched.page.locator("#no-articles")).to_be_visible()
    expect(watched.page.locator("#articles")).to_contain_text("No articles yet")
