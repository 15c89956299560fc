"""What was understood of a question, taken away and put back; where reports differ; how many sources there are."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.page.articles import DISPUTED, FOLLOW_UP, NARROWED, NARROWED_ALONE, NARROWED_FOLLOW_UP, UNKNOWN, WHO
from tests.page.conftest import Watched

NEW_FIELDS = ("understood", "sources", "conflicts", "confidence")
LEFT_EDGES = "(nodes) => nodes.map((node) => Math.round(node.getBoundingClientRect().left))"


def test_words_that_narrowed_the_answer_are_chips_that_tell_their_exact_meaning(watched: Watched) -> None:
    watched.asked(NARROWED)
    chips = watched.page.locator(".limit")
    assert chips.locator(".said").all_text_contents() == [
        "According to Harbour Wire",
        "last month",
        "in 2022",
        "the envoy",
    ]
    expect(chips.nth(0)).to_have_attribute("title", "Outlet: Harbour Wire")
    expect(chips.nth(1)).to_have_attribute("title", "Period: 1 to 31 Aug 2022; counted from the last article")
    expect(chips.nth(2)).to_have_attribute("title", "Period: 1 Jan to 31 Dec 2022")
    # Without a pointer a title cannot be read: words that do not speak for themselves say what they mean.
    assert chips.locator(".exact").all_text_contents() == ["1 to 31 Aug 2022", "Takeo Akiba"]


def test_words_that_were_not_used_say_why_for_all_to_read(watched: Watched) -> None:
    watched.asked(NARROWED)
    expect(watched.page.locator(".unused")).to_have_text("“around noon” is not used: articles are dated by the day")


def test_taking_a_chip_away_asks_the_same_question_without_it(watched: Watched) -> None:
    page = watched.page
    watched.asked(NARROWED)
    assert "ignore" not in watched.state.asked[-1]
    page.get_by_role("button", name="Ask without “in 2022”").click()
    expect(page.locator(".answer[data-answer]")).to_have_count(2)
    assert watched.state.asked[-1] == {"content": NARROWED, "ignore": ["in 2022"]}
    latest = page.locator(".answer").last
    expect(latest.locator(".limit")).to_have_count(3)
    latest.get_by_role("button", name="Ask without “last month”").click()
    expect(page.locator(".answer[data-answer]")).to_have_count(3)
    assert watched.state.asked[-1]["ignore"] == ["in 2022", "last month"]


def test_what_was_taken_away_can_be_put_back_also_after_a_reload(watched: Watched) -> None:
    page = watched.page
    watched.asked(NARROWED)
    page.get_by_role("button", name="Ask without “in 2022”").click()
    expect(page.locator(".answer[data-answer]")).to_have_count(2)
    page.reload()
    back = page.get_by_role("button", name="Ask with “in 2022” again")
    back.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".answer[data-answer]")).to_have_count(3)
    assert "ignore" not in watched.state.asked[-1]
    expect(page.locator(".answer").last.locator(".limit")).to_have_count(4)


def test_a_follow_up_without_a_chip_is_asked_in_its_stand_alone_form(watched: Watched) -> None:
    watched.asked(NARROWED_FOLLOW_UP)
    watched.page.get_by_role("button", name="Ask without “in 2022”").click()
    expect(watched.page.locator(".answer[data-answer]")).to_have_count(2)
    assert watched.state.asked[-1] == {"content": NARROWED_ALONE, "ignore": ["in 2022"]}


def test_taking_a_chip_away_stops_the_answer_that_is_being_written(watched: Watched) -> None:
    page = watched.page
    watched.asked(NARROWED)
    watched.ask("Tell me slowly")
    page.locator(".answer.draft").wait_for()
    page.get_by_role("button", name="Ask without “in 2022”").click()
    expect(page.locator(".answer[data-answer]")).to_have_count(2)
    expect(page.locator(".exchange").nth(1).locator(".stopped")).to_contain_text("Stopped.")
    expect(page.locator("#send")).to_be_visible()


def test_edit_puts_the_understood_question_into_the_box_to_be_asked_anew(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    watched.asked(FOLLOW_UP)
    page.fill("#question", "half a thought")
    page.get_by_role("button", name="Edit").click()
    box = page.locator("#question")
    expect(box).to_be_focused()
    expect(box).to_have_value("What did Takeo Akiba voice concern over?")
    assert box.evaluate("(box) => [box.selectionStart, box.selectionEnd]") == [40, 40]
    expect(page.locator("#send")).to_be_enabled()
    page.keyboard.press("Control+z")
    expect(box).to_have_value("half a thought")


def test_reports_that_differ_stand_side_by_side_and_each_opens_its_article(watched: Watched) -> None:
    page = watched.page
    watched.asked(DISPUTED)
    card = page.locator(".conflict")
    expect(card.locator("h3")).to_have_text("Reports differ: who spoke of the water")
    assert card.locator(".value").all_text_contents() == ["the two men", "Qin Gang"]
    expect(card.locator(".chip .label").first).to_have_text("Harbour Wire · 18 Aug 2022")
    expect(card.locator(".copies")).to_have_text(["also in 2 copies", "undated"])
    left, right = card.locator(".values li").evaluate_all(LEFT_EDGES)
    assert left < right
    card.locator(".chip").nth(1).click()
    expect(page.locator("#page h2")).to_have_text("First call of the new ministers")
    expect(page.locator("mark.current")).to_have_text("Qin Gang asked Japan to handle the release")


def test_copies_are_told_from_sources(watched: Watched) -> None:
    page = watched.page
    watched.asked(DISPUTED)
    expect(page.locator(".independence")).to_have_text("4 articles, 2 independent sources")
    expect(page.locator(".source .byline").first).to_have_text("Harbour Wire · 18 Aug 2022 · also in 2 copies")
    page.locator(".words .chip").first.hover()
    expect(page.locator("#quote .copies")).to_have_text("also in 2 copies")
    watched.asked(FOLLOW_UP)  # one article, one source: nothing to tell
    expect(page.locator(".answer").last.locator(".independence, .copies")).to_have_count(0)


def test_doubt_is_said_in_words_and_certainty_is_not(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    expect(page.locator(".unsure")).to_have_count(0)
    watched.asked(NARROWED)
    doubt = page.locator(".unsure")
    expect(doubt).to_contain_text("Not sure")
    expect(doubt).to_have_attribute("title", "a calibrated chance that this answer is right: 42\u00a0%")


def test_the_nearest_passages_of_a_refusal_open_in_the_reader(watched: Watched) -> None:
    page = watched.page
    watched.asked(UNKNOWN)
    expect(page.locator(".declined h3")).to_have_text("The nearest passages")
    page.locator(".nearest .chip").click()
    expect(page.locator("mark.current")).to_have_text("A researcher in Beijing called the meeting timely.")


def test_an_answer_kept_by_an_earlier_version_is_shown_without_the_new_fields(watched: Watched) -> None:
    page = watched.page
    watched.asked(DISPUTED)
    watched.asked(UNKNOWN)
    for message in watched.state.chats["chat-1"]["messages"]:
        answer = message["answer"] or {"citations": []}
        for name in NEW_FIELDS:
            answer.pop(name, None)
        for citation in answer["citations"]:
            del citation["copies"]
    page.reload()
    expect(page.locator(".answer[data-answer]")).to_have_count(2)
    expect(page.locator(".understanding, .conflict, .independence, .copies, .unsure")).to_have_count(0)
    page.locator(".words .chip").first.hover()
    expect(page.locator("#quote blockquote")).to_be_visible()
    page.locator(".words .chip").first.click()
    expect(page.locator("mark.current").first).to_be_visible()


def test_on_a_phone_the_values_stand_one_below_the_other_within_the_width(watched: Watched, browser: Browser) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = phone.new_page()
    watched.watch(page)
    page.goto(watched.origin)
    for number, question in enumerate((DISPUTED, NARROWED), start=1):
        page.fill("#question", question)
        page.tap("#send")
        expect(page.locator(".answer[data-answer]")).to_have_count(number)
    upper, lower = page.locator(".conflict .values li").evaluate_all(LEFT_EDGES)
    assert upper == lower
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate("document.documentElement.scrollHeight") == 800  # only the conversation scrolls
    phone.close()


def test_spans_are_written_without_saying_twice_what_both_ends_share(watched: Watched) -> None:
    spans = {
        ("2022-01-01", "2022-12-31"): "1 Jan to 31 Dec 2022",
        ("2022-08-01", "2022-08-31"): "1 to 31 Aug 2022",
        ("2021-12-30", "2022-01-05"): "30 Dec 2021 to 5 Jan 2022",
        ("2022-08-17", "2022-08-17"): "17 Aug 2022",
        ("2022-08-17", None): "from 17 Aug 2022",
        (None, "2022-08-17"): "until 17 Aug 2022",
        (None, None): None,
    }
    written = watched.page.evaluate(
        """async (spans) => {
          const { readableSpan } = await import("/js/text.js");
          return spans.map(([since, until]) => readableSpan(since, until));
        }""",
        [list(ends) for ends in spans],
    )
    assert written == list(spans.values())


def test_how_it_is_known_is_told_of_each_statement_and_each_opens_in_the_reader(watched: Watched) -> None:
    page = watched.page
    watched.asked(WHO)
    know = page.get_by_role("button", name="How do we know")
    know.click()
    expect(know).to_have_attribute("aria-expanded", "true")
    told = page.locator(".knowing li").first
    expect(told).to_contain_text("Yang Jiechi (foreign policy chief) to Takeo Akiba, indirect: that Taiwan is")
    expect(told).to_contain_text("17 Aug 2022: “on Wednesday”, counted from the article’s date")
    facts = page.locator(".knowing dd")
    expect(facts.nth(0)).to_have_text(
        "2 articles, 1 independent source; the rest are copies, or tell what one of these reported"
    )
    expect(facts.nth(1)).to_have_text("93\u00a0%, very likely right")
    expect(facts.nth(2)).to_have_text("search 12 ms · total 31 ms")
    told.get_by_role("button").click()
    expect(page.locator("#page h2")).to_have_text("Seven hours in Tianjin")
    expect(page.locator("mark.current").first).to_be_visible()


def test_a_date_that_cannot_be_counted_and_a_chain_of_reports_are_told_as_such(watched: Watched) -> None:
    told = watched.page.evaluate(
        """async () => {
          const { knowledge } = await import("/js/knowing.js");
          const said_on = { from: null, to: null, precision: "weekday", basis: "none", text: "on Thursday" };
          const one = { speaker: null, kind: "mixed", content: "that it rained", said_on, via: ["A paper", "an aide"] };
          const statements = [one, { ...one, said_on: null }];
          const answer = { statements, citations: [], confidence: 0.2, declined: true };
          return [...knowledge(answer, () => undefined).querySelectorAll("p, dd")].map((node) => node.textContent);
        }"""
    )
    assert told == [
        "Not named, partly direct: that it rained",
        "No date: “on Thursday”, and the article has no date to count this from",
        "Through A paper, then an aide",
        "Not named, partly direct: that it rained",
        "No date: the article does not say when",
        "Through A paper, then an aide",
        "20\u00a0%, the chance that refusing is right",
    ]


def test_more_than_two_values_that_differ_wrap_within_the_column(watched: Watched) -> None:
    page = watched.page
    watched.asked(DISPUTED)
    answer = watched.state.chats["chat-1"]["messages"][1]["answer"]
    values = [{"value": f"value {number}", "citations": [1]} for number in range(5)]
    watched.state.chats["chat-1"]["messages"][1]["answer"] = {
        **answer,
        "conflicts": [{"about": "it", "values": values}],
    }
    page.reload()
    lefts = page.locator(".conflict .values li").evaluate_all(LEFT_EDGES)
    assert 1 < len(set(lefts)) < 5
    assert page.locator(".conflict").evaluate("(node) => node.scrollWidth <= node.clientWidth")
