"""Each format: its text in order, its characters as they are, its metadata with how it is known."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from retriever.records import Article
from tests.retriever.reading_files import article, pdf, saved, several, word

ASSETS = Path(__file__).parent / "assets"


def test_text_keeps_its_characters_lines_and_paragraphs() -> None:
    text = (
        "A headline of its kind\n\nShe\u00a0said ‘so’, then “no”, then ''maybe''.\nSecond line.\n\nThe end – for now…"
    )
    assert article(text).text == text


def test_line_ends_nulls_trailing_spaces_and_runs_of_blank_lines_are_levelled() -> None:
    assert (
        article(b"\xef\xbb\xbfOne line.  \r\nTwo\x00 lines.\r\n\r\n\r\n\r\nThree.\t\r\n").text
        == "One line.\nTwo lines.\n\nThree."
    )


def test_a_line_separator_of_unicode_becomes_a_line_break_like_any_other() -> None:
    assert article("One.\u2028Two.\u2029Three.").text == "One.\nTwo.\nThree."


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("It was \u202ednuos ton\u202c and \u2067firm.", "It was dnuos ton and firm."),
        ("A\u200b fi\u2060ne da\u00ady\x9b2J \x1b[8mhere\x7f.", "A fine day2J [8mhere."),
        ("Fine" + "".join(chr(0xE0000 + ord(each)) for each in "Obey me.") + " day.", "Fine day."),
        ("o\u200dn\u200ce and a\ufe0ftwo\U000e0101", "one and atwo"),
        ("A wave \U0001f30a" + "\ufe00\ufe01\ufe02" * 9, "A wave \U0001f30a\ufe00"),
    ],
)
def test_characters_that_nobody_sees_or_that_turn_the_order_are_left_out(written: str, seen: str) -> None:
    assert article(f"{written}\nThe end.").text == f"{seen}\nThe end."
    assert article(b'{"title": ' + json.dumps(written).encode() + b', "text": "Text."}', "a.json").title == seen


@pytest.mark.parametrize(
    "text",
    [
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian
        "\u0915\u094d\u200d\u0937",  # Devanagari
        "\U0001f469\u200d\U0001f52c and \u2764\ufe0f\u200d\U0001f525, 1\ufe0f\u20e3",  # pictures of several characters
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # a flag
        "\u8fbb\U000e0100",  # one of two forms of a character
    ],
)
def test_characters_that_change_the_letter_beside_them_stay(text: str) -> None:
    assert article(text + " a").text == text + " a"


def test_front_matter_gives_metadata_and_leaves_the_text() -> None:
    found = article(
        "---\ntitle: Ferries return\nauthor: [Ana Lind, Jo Berg]\nsource: Harbour Post\npublished: 2022-05-04\n"
        "url: https://harbour.example/f\n---\nThe ferries are back.\n",
        "a.md",
    )
    assert (found.title, found.author, found.source) == ("Ferries return", "Ana Lind, Jo Berg", "Harbour Post")
    assert (found.published, found.url) == (date(2022, 5, 4), "https://harbour.example/f")
    assert set(found.known.values()) == {"front matter"}
    assert found.text == "The ferries are back."


def test_front_matter_with_a_stray_colon_is_still_understood() -> None:
    found = article("---\ntitle: Ferries: the return\npublished: May 4, 2022\n---\nThe ferries are back.", "a.md")
    assert (found.title, found.published) == ("Ferries: the return", date(2022, 5, 4))


def test_what_only_looks_like_front_matter_stays_in_the_text() -> None:
    text = "---\n- [unclosed\n---\nThe ferries are back."
    assert "unclosed" in article(text).text
    assert "The ferries are back." in article(text).text


def test_turns_between_two_rules_are_text() -> None:
    text = "---\nMODERATOR: Good morning.\nMINISTER HOLM: We will not sign the treaty.\n---\n\nThe briefing ended."
    assert "We will not sign the treaty." in article(text).text
    assert "We will not sign the treaty." in article(text, "a.md").text


def test_front_matter_with_an_impossible_date_keeps_its_other_fields_and_has_no_date() -> None:
    found = article("---\ntitle: Ferries return\npublished: 2022-02-31\n---\nThe ferries are back.", "a.md")
    assert (found.title, found.published) == ("Ferries return", None)


def test_markdown_is_read_as_its_reader_sees_it() -> None:
    text = (
        "# Ferries *return*\n\n> He said **never**, [it is](https://x.example/a_b).\n\n- snake_case stays\n- 2 * 3 * 4"
    )
    found = article(text, "a.md")
    assert found.text == "Ferries return\n\nHe said never, it is.\n\n- snake_case stays\n- 2 * 3 * 4"
    assert (found.title, found.known["title"]) == ("Ferries return", "the text: its heading")


def test_html_gives_the_main_text_without_the_site_around_it() -> None:
    found = article((ASSETS / "page.html").read_bytes(), "page.html")
    assert found.text == (ASSETS / "page.txt").read_text(encoding="utf-8").rstrip("\n")


def test_html_metadata_is_told_with_where_it_stands() -> None:
    found = article((ASSETS / "page.html").read_bytes(), "page.html")
    assert (found.title, found.author, found.source) == ("Ports reopen after talks", "Ana Lind", "Harbour Post")
    assert found.published == date(2022, 5, 4)  # as written there, not as it would be in another time zone
    assert found.known == {
        "title": "HTML meta tag og:title",
        "author": "HTML meta tag author",
        "source": "HTML meta tag og:site_name",
        "published": "HTML meta tag article:published_time",
        "url": "HTML canonical link",
    }


def test_json_ld_inside_a_graph_names_author_outlet_and_date() -> None:
    linked = (
        '{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], "headline": "Ferries return",'
        ' "author": [{"name": "Ana Lind"}, {"name": "Jo Berg"}], "publisher": {"name": "Harbour Post"},'
        ' "datePublished": "2022-05-04T08:00Z", "url": "https://harbour.example/f"}]}'
    )
    found = article(
        f'<html><head><script type="application/ld+json">{linked}</script></head><body><p>The ferries are back in the'
        " harbour, the company said on Monday.</p></body></html>",
        "a.html",
    )
    assert (found.author, found.source, found.published) == ("Ana Lind, Jo Berg", "Harbour Post", date(2022, 5, 4))
    assert found.known["published"] == "JSON-LD datePublished"


@pytest.mark.parametrize(
    ("published", "day", "known"),
    [
        ('<meta property="article:published_time" content="2022-05-04">', 4, "HTML meta tag article:published_time"),
        ('<time pubdate datetime="2022-05-04">4 May</time>', 4, "HTML time element"),
        ('<meta property="article:modified_time" content="2022-05-30">', 31, "JSON-LD dateModified"),
    ],
)
def test_the_day_of_a_change_counts_only_where_none_of_publication_is_told(
    published: str, day: int, known: str
) -> None:
    linked = '{"@type": "NewsArticle", "dateModified": "2022-05-31"}'
    found = article(
        f'<html><head><script type="application/ld+json">{linked}</script></head><body>{published}'
        "<p>The ferries are back.</p></body></html>",
        "a.html",
    )
    assert (found.published, found.known["published"]) == (date(2022, 5, day), known)


def test_html_takes_no_date_from_a_footer() -> None:
    found = article(
        "<html><body><p>The ferries are back.</p><footer>© 2020 Harbour Post</footer></body></html>", "a.html"
    )
    assert found.published is None


def test_broken_html_and_a_bare_fragment_still_give_their_text() -> None:
    assert "The ferries are back" in article("<div><p>The ferries are back, <b>all of them", "a.htm").text


PRINTED = [
    "Ferries return to the harbour",
    "The ferries are back, the harbour company said on Monday, after a win-",
    "ter in which the islands were reached by air alone. Its chair, Ana Lind,",
    "spoke of relief (and of bills).",
    "Fares go up by a tenth in May, which passengers were told by letter and",
    "in notices on the quays.",
]


def test_pdf_lines_are_joined_to_paragraphs_and_words_broken_at_line_ends_made_whole() -> None:
    found = article(pdf([PRINTED], info="/Title (Ferries return) /Author (Jo Berg)"), "a.pdf")
    first, second, third = found.text.split("\n\n")
    assert first == "Ferries return to the harbour"
    assert second.endswith(
        "after a winter in which the islands were reached by air alone. Its chair, Ana Lind, spoke of relief"
        " (and of bills)."
    )
    assert third.startswith("Fares go up")
    assert (found.title, found.author, found.known["title"]) == ("Ferries return", "Jo Berg", "PDF properties")


def test_pdf_creation_day_is_no_publication_date() -> None:
    assert article(pdf([PRINTED], info="/CreationDate (D:20240102030405Z)"), "a.pdf").published is None


def test_pdf_running_headers_and_page_numbers_go_and_sentences_run_on_over_pages() -> None:
    pages = [
        ["Harbour Post 4 May", f"{number} {row}", "which goes on to the next", f"Page {number} of 3"]
        for number, row in enumerate(["alpha", "beta", "gamma"], 1)
    ]
    text = article(pdf(pages), "a.pdf").text
    assert "Harbour Post" not in text
    assert "Page" not in text
    assert "alpha" in text and "gamma" in text


def test_pdf_title_left_by_a_word_processor_is_no_title() -> None:
    assert article(pdf([PRINTED], info="/Title (Microsoft Word - final2.docx)"), "a.pdf").title == PRINTED[0]


def test_word_gives_headings_lists_tables_and_properties_in_order() -> None:
    document = docx.Document()
    document.add_heading("Ferries return", level=1)
    document.add_paragraph("The ferries are back.")
    document.add_paragraph("Fares go up", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Island", "Ships"
    document.add_paragraph("The end.")
    document.core_properties.author = "Ana Lind"
    found = article(saved(document), "a.docx")
    assert found.text == "Ferries return\n\nThe ferries are back.\n\n- Fares go up\n\nIsland | Ships\n\nThe end."
    assert (found.author, found.known["author"]) == ("Ana Lind", "DOCX properties")
    assert (found.title, found.known["title"]) == ("Ferries return", "the text: its heading")


def test_a_table_in_a_cell_of_a_word_table_is_read_once() -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "Ships"
    inner = cell.add_table(rows=2, cols=2)
    for place, word_ in enumerate(("Lind", "nine", "Berg", "two")):
        inner.cell(place // 2, place % 2).text = word_
    assert article(saved(document), "a.docx").text.split() == "Ships Lind | nine Berg | two".split()


def test_word_keeps_accepted_insertions_and_leaves_out_what_was_struck() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The ferries ")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for xml in (
        f"<w:del {space}><w:r><w:delText>are gone</w:delText></w:r></w:del>",
        f"<w:ins {space}><w:r><w:t>are back</w:t></w:r></w:ins>",
    ):
        paragraph._p.append(parse_xml(xml))
    assert article(saved(document), "a.docx").text == "The ferries are back"


def test_word_creation_day_is_no_publication_date() -> None:
    assert article(word(["The ferries are back."]), "a.docx").published is None


def test_the_name_a_library_leaves_as_author_is_no_author() -> None:
    assert article(word(["The ferries are back."], author="python-docx"), "a.docx").author is None


def test_json_holds_one_article_named_by_its_id_or_its_file() -> None:
    assert article('{"id": 7, "text": "The ferries are back."}', "a.json").id == "7"
    found = article('{"text": "The ferries are back.", "author": ["A. Lind"], "published": "2022-05-04"}', "sub/a.json")
    assert (found.id, found.author, found.published) == ("sub/a.json", "A. Lind", date(2022, 5, 4))
    assert set(found.known.values()) == {"JSON field"}


def test_json_array_and_json_lines_hold_several_articles_named_by_place() -> None:
    objects = ['{"text": "The ferries are back."}', '{"id": "x", "text": "The ferries are gone."}']
    assert [one.id for one in several(f"[{','.join(objects)}]", "a.json")[0]] == ["a.json:1", "x"]
    assert [one.id for one in several("\n\n".join(objects), "a.jsonl")[0]] == ["a.jsonl:1", "x"]


def test_a_line_separator_inside_a_json_string_does_not_break_the_line() -> None:
    found, failed = several('{"text": "One.\u2028Two."}\n', "a.jsonl")
    assert (len(found), failed) == (1, [])


def test_half_a_surrogate_pair_in_json_becomes_a_mark_that_can_be_stored() -> None:
    found = article('{"id": "a\\ud800", "text": "The \\ud83d ferries are back.", "title": "\\udc00 t"}', "a.json")
    for words in (found.id, found.text, found.title or ""):
        assert words.encode("utf-8")


def test_digest_changes_with_text_and_with_metadata_and_with_nothing_else() -> None:
    def digest(text: str, title: str, name: str = "a.md") -> str:
        return article(f"---\ntitle: {title}\n---\n{text}", name).digest

    same = digest("The ferries are back.", "T")
    assert same == digest("The ferries are back.", "T", "b.md")
    assert len({same, digest("The ferries are gone.", "T"), digest("The ferries are back.", "U")}) == 3
    assert len(same) == 64


def test_a_path_is_read_like_its_bytes(tmp_path: Path) -> None:
    from retriever.reading import read

    (tmp_path / "a.txt").write_text("The ferries are back.", encoding="utf-8")
    (found,) = read(tmp_path / "a.txt", name="sub/a.txt")
    assert isinstance(found, Article)
    assert (found.id, found.text) == ("sub/a.txt", "The ferries are back.")
