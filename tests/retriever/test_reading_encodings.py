"""Files are read in whatever encoding they were saved."""

from __future__ import annotations

import pytest

from tests.retriever.reading_files import article


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_is_read_in_whatever_encoding_it_was_saved(encoding: str) -> None:
    text = "The minister’s “café” – a naïve idea – is open again, he said on Tuesday."
    assert article(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_plain_latin_text_in_utf16_without_its_mark_is_read(encoding: str) -> None:
    assert article("The ferries are back.".encode(encoding)).text == "The ferries are back."


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Министр иностранных дел заявил во вторник, что переговоры будут продолжены осенью этого года."),
        ("shift_jis", "日本の外務大臣は火曜日、中国の外務大臣と電話で会談し、両国の関係について話し合った。"),
        ("gb18030", "中国外交部长周二与日本外务大臣通电话，就两国关系交换了意见，双方同意继续对话。"),
    ],
)
def test_old_encodings_of_other_scripts_are_recognised(encoding: str, text: str) -> None:
    assert article(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("head", "encoding", "said"),
    [
        ('<meta charset="iso-8859-2">', "iso-8859-2", "Lech Wałęsa said so in Gdańsk."),
        ("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>", "cp1251", "Путин said so."),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "cp1252", "The “café” is open, he said."),
        ('<meta charset="utf-8">', "cp1252", "The “café” is open, he said."),
        ('<meta charset="utf-16">', "cp1252", "The “café” is open, he said."),
        ('<meta charset="unicode_escape">', "cp1252", "The “café” in \\u0041 is open, he said."),
        ('<meta charset="zlib">', "cp1252", "The “café” is open, he said."),
        ('<meta charset="no-such">', "cp1252", "The “café” is open, he said."),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_names(head: str, encoding: str, said: str) -> None:
    page = f"{head}<html><head><title>News</title></head><body><p>{said}</p></body></html>"
    assert article(page.encode(encoding), "a.html").text == said


def test_stray_windows_characters_in_utf8_are_read_as_what_they_are() -> None:
    assert article("Der Präsident über Öl: „ja“ ".encode() + b"\x93no\x94").text == "Der Präsident über Öl: „ja“ “no”"
