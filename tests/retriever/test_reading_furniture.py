"""What a site puts around an article goes; what the article says stays."""

from __future__ import annotations

import pytest

from retriever.reading.cleaning import cleaned
from retriever.reading.wrapping import unwrapped

TITLE = "Two island states agree to reopen their ports in spring"
PROSE = "The harbour minister said on Monday that all nine ports would reopen before the end of the month."
MORE = "Her counterpart called the agreement a relief for sailors, fishermen and everybody who eats fish."


def around(*lines: str) -> str:
    """An article with the lines between its two paragraphs."""
    return "\n\n".join([TITLE, PROSE, *lines, MORE])


def after(*lines: str) -> str:
    """An article with the lines at its end."""
    return "\n\n".join([TITLE, PROSE, MORE, *lines])


WHOLE = after()


@pytest.mark.parametrize(
    "line",
    [
        "Share:",
        "Share this article on Facebook",
        "- Share this:",
        "Click here to print",
        "14 shares",
        "Comments (3)",
        "Leave a Reply",
        "Your email address will not be published. Required fields are marked *",
        "Join Island News WhatsApp group",
        "Join our Telegram channel now!",
        "Follow us on Twitter",
        "Sign up for our daily newsletter and never miss a story",
        "Want to Read More?",
        "The full text of this publication is available via The Harbour Review.",
        "Read more »",
        "Continue reading below",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "main img",
        "ugc_banner",
        "File photo: Photograph:(Reuters)",
        "Photo: AFP",
        "(Photo by Ana Lind/Getty Images)",
        "Representational image",
        "We use cookies to improve your experience on this site and to show you advertisements.",
        "Accept all cookies",
        "By using this site, you agree to our terms of use.",
        "By continuing to browse our website you consent to our use of cookies.",
        "By clicking “Accept”, you agree to the storing of cookies on your device.",
        "Already a member? Log in here",
        "Already a subscriber",
        "Enter your email to get the news",
        "Your email address *",
        "Terms & Conditions | Privacy",
        "© 2023 Harbour Post. All rights reserved.",
        "Also Read: Storm closes airport for a day",
        "READ MORE | Crown falls to lowest value in years",
        "Story highlights",
        "4 min read",
        "Skip to main content",
    ],
)
def test_a_line_of_furniture_goes_wherever_it_stands(line: str) -> None:
    assert cleaned(around(line)) == WHOLE
    assert cleaned(after(line)) == WHOLE


@pytest.mark.parametrize(
    "line",
    [
        "Share ownership rose",
        "He urged companies to share this burden with their workers and with the state.",
        "By using chemical weapons, Foreign Minister Ana Holm said, Damascus has broken the terms of the 2013 accord.",
        "By continuing to enrich uranium at the site, Holm said, Tehran has broken the terms of the accord.",
        "Already a member of NATO, Norway would not join the Union, Holm said.",
        "Your email to the minister was read aloud.",
        "Terms and timing are still being negotiated.",
        "You may like it or not, Holm said.",
        "“Follow us,” the pilot told the crew of the ferry, and they did.",
        "Advertisement spending fell by a third, the association said in its yearly report.",
        "More on these additions:",
        "Related expenses are borne by the harbour company until the end of the year.",
        "(c) results, or is likely to result, from an interruption of supply",
        "Most read the notice too late, one captain said, and missed the tide.",
        "Print and broadcast media were not admitted to the ceremony, the ministry said.",
        "SECRETARY VEY: Join us.",
        "QUESTION: Share it?",
        "Tomas Vey, Minister of Harbours",
        "Outlook",
        "What was agreed",
        "- Crews are paid for the weeks of waiting",
        "(CROSSTALK.)",
        "###",
        "By Ana Lind",
        "Updated: May 4, 2022, 11:51 PM",
        "Lind, Ana.“Ports Reopen.” The Harbour Review, May 4, 2022.",
        "For Academic Citation:",
    ],
)
def test_a_line_of_the_article_stays_wherever_it_stands(line: str) -> None:
    assert cleaned(around(line)) == around(line)
    assert cleaned(after(line)) == after(line)


RELATED = [
    "Storm closes northern airport for a whole day",
    "Crown falls to lowest value against dollar in years",
    "Minister visits flooded town in the south",
]


@pytest.mark.parametrize(
    "heading", ["Related News", "Most Viewed", "Recommended", "You may also like", "- In the Spotlight"]
)
def test_headlines_under_a_heading_of_links_go_with_it(heading: str) -> None:
    assert cleaned(after(heading, *RELATED)) == WHOLE
    assert cleaned(around(heading, *RELATED)) == WHOLE


def test_headlines_at_the_end_go_where_their_heading_comes_after_them() -> None:
    assert cleaned(after(*RELATED, "Join Island News WhatsApp group", "Related News")) == WHOLE


def test_blocks_of_labels_and_headlines_after_the_citation_line_go_and_the_citation_stays() -> None:
    citation = "Lind, Ana.“Two Island States Agree.” The Harbour Review, May 4, 2022."
    tail = [
        "- Recommended",
        "- Most Viewed",
        "Recommended",
        "Analysis & Opinions",
        "- World Affairs",
        "An Island's Imperative",
    ]
    assert cleaned(after(citation, *tail)) == after(citation)


def test_a_subhead_after_a_block_of_links_stays() -> None:
    assert cleaned(around("Related News", *RELATED, "The reaction")) == around("The reaction")


def test_lists_at_the_end_of_a_release_stay() -> None:
    signed = [
        "Participants",
        "Tomas Vey, Minister of Harbours",
        "Mara Oden, President of the Seafarers’ Union",
        "Share:",
    ]
    assert cleaned(after(*signed)) == after(*signed[:-1])


def test_a_writers_name_before_the_comment_box_stays() -> None:
    assert cleaned(after("Mara B. O", "Leave a Reply")) == after("Mara B. O")


def test_words_of_menus_go_in_rows_and_stay_alone() -> None:
    assert cleaned("\n".join(["Home", "World", "Business", "Opinion", "", WHOLE])) == WHOLE
    assert cleaned(around("Facebook", "Twitter", "WhatsApp")) == WHOLE
    assert cleaned(around("Japan")) == around("Japan")


def test_the_section_above_the_title_goes_and_the_same_word_below_stays() -> None:
    assert cleaned(f"International\n\n{WHOLE}") == WHOLE
    assert cleaned(around("International")) == around("International")


def test_a_paragraph_that_stands_twice_goes_once_and_the_first_stays() -> None:
    assert cleaned(after(PROSE)) == WHOLE


def test_a_paragraph_is_the_same_with_other_quotes_spaces_and_without_its_full_stop() -> None:
    first = PROSE.rstrip(".")
    second = PROSE.replace(" ", "\u00a0")
    assert cleaned("\n\n".join([TITLE, first + ", who “knew”", MORE])).count("ports") == 2
    assert cleaned("\n\n".join([TITLE, PROSE, MORE, second])) == WHOLE


def test_a_title_that_stands_twice_goes_once() -> None:
    assert cleaned(f"{TITLE}\n{TITLE}\nShare:\n\n{PROSE}\n\n{MORE}") == f"{TITLE}\n\n{PROSE}\n\n{MORE}"


def test_a_whole_article_printed_twice_goes_once_with_its_subheads() -> None:
    article = "\n\n".join([TITLE, PROSE, "Reaction", MORE])
    assert cleaned(f"{article}\n\n{article}") == article


def test_short_turns_and_list_lines_may_stand_twice() -> None:
    text = "\n\n".join(
        ["MR VEY: Thank you.", PROSE, "QUESTION: Thank you.", "MR VEY: Thank you.", MORE, "QUESTION: Thank you."]
    )
    assert cleaned(text) == text
    line = "Mara Oden, Nominee for Commissioner of the Island Harbours and Lighthouses Board"
    assert cleaned("\n\n".join([TITLE, "First panel", line, "Second panel", line])).count("Mara Oden") == 2


def test_cleaning_what_is_clean_changes_nothing() -> None:
    for text in (WHOLE, around("Outlook"), after("Mara B. O")):
        assert cleaned(cleaned(text)) == cleaned(text) == text


WRAPPED = (
    "The harbour minister said on Monday that all nine ports would reopen\n"
    "before the end of the month, and that crews would be paid for the weeks\n"
    "of waiting."
)


def test_lines_broken_by_a_programs_width_become_one_paragraph() -> None:
    assert unwrapped(f"{TITLE}\n\n{WRAPPED}\n\n{WRAPPED}") == "\n\n".join(
        [TITLE, WRAPPED.replace("\n", " "), WRAPPED.replace("\n", " ")]
    )


def test_a_scan_with_a_blank_line_after_every_line_becomes_paragraphs_and_keeps_its_turns() -> None:
    rows = [
        "MR VEY:",
        *WRAPPED.split("\n"),
        "QUESTION: And the fees?",
        "MR VEY:",
        *WRAPPED.split("\n"),
        "QUESTION: Why?",
    ]
    joined = "MR VEY: " + WRAPPED.replace("\n", " ")
    assert unwrapped("\n\n".join(rows)) == "\n\n".join([joined, "QUESTION: And the fees?", joined, "QUESTION: Why?"])


@pytest.mark.parametrize(
    "text",
    [
        f"{PROSE}\n{MORE}\n{PROSE}",
        "Roses are red,\nviolets are blue,\nsugar is sweet",
        "Participants\nTomas Vey, Minister of Harbours\nMara Oden, President of the Seafarers’ Union",
        "- crews are paid for the weeks in which they waited\n- fees stay as they are until the end of next year",
    ],
)
def test_lines_that_their_author_ended_stay(text: str) -> None:
    assert unwrapped(text) == text
