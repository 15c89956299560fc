"""GET /api/chats/{chat_id}/export: a conversation as a file that no text in it can turn into something else."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient
from markdown_it import MarkdownIt
from markdown_it.token import Token

from service.http.exporting import disposition, exported
from service.http.markdown import address, inline, paragraph
from service.parts import Parts

HOSTILE = [
    "[press](https://evil.example) ![x](https://evil.example/p.png)",
    "<img src=x onerror=alert(1)> <https://evil.example> &lt;b&gt;",
    "# Heading\n=========\n\n---\n***bold*** _it_ `code` ~~gone~~",
    "[^1-1]: other\n[x]: https://evil.example 'y'",
    "see https://evil.example, www.evil.example, evil.example or mail a@evil.example ``now``",
    "``` `a@b.example` ```",
    "1. one\n2) two\n- three\n+ four\n> five\n    six",
    "\u202eright to left\u2069 and \x00 nothing \\",
    "| a | b |\n|---|---|\n$x$ {y}",
]
CITATION: Mapping[str, Any] = {
    "number": 1, "document_id": "notes/a.txt", "title": "Two talks", "source": "Quay Post", "author": None,
    "published": "2024-03-05", "url": "https://quay.example/a b", "passage_id": "p", "start": 4, "end": 30,
    "quote": "Holm said the ferry stays.", "copies": [],
}  # fmt: skip
SAID: Mapping[str, Any] = {
    "speaker": "Ida Holm", "speaker_text": "Holm", "document_id": "notes/a.txt", "start": 9, "end": 29,
    "said_on": {"from": "2024-03-04", "to": "2024-03-04", "precision": "day", "basis": "text", "text": "on Monday"},
}  # fmt: skip


def answer(**fields: Any) -> dict[str, Any]:
    told = {
        "id": "a1", "question": "What did Holm say?", "answer": "Holm said the ferry stays.[1]", "declined": False,
        "reason": None, "sentences": [{"text": "Holm said the ferry stays.", "citations": [1]}],
        "citations": [dict(CITATION)], "statements": [dict(SAID)], "conflicts": [], "understood": [], "writing": None,
    }  # fmt: skip
    return {**told, **fields}


def chat(*answers: dict[str, Any], question: str = "What did Holm say?", title: str | None = "Ferry") -> dict[str, Any]:
    messages = [
        {"id": str(number), "role": role, "content": content, "created": "2026-01-01", "answer": whole}
        for number, each in enumerate(answers)
        for role, content, whole in (("user", question, None), ("assistant", each["answer"], each))
    ]
    times = {"created": "2026-01-01T10:00:00.000000+00:00", "updated": "2026-01-02T11:30:00.000000+00:00"}
    return {"id": "c", "title": title, **times, "messages": messages, "earlier": [], "shares": []}


def markdown(*answers: dict[str, Any], **fields: Any) -> str:
    return exported(chat(*answers, **fields), "md").decode()


def rows(*answers: dict[str, Any], **fields: Any) -> list[dict[str, str]]:
    text = exported(chat(*answers, **fields), "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def tokens(text: str) -> Iterator[Token]:
    for token in MarkdownIt("commonmark", {"html": True}).enable("strikethrough").enable("table").parse(text):
        yield token
        yield from token.children or ()


def test_markdown_has_answers_with_footnotes_that_tell_the_source() -> None:
    second = answer(question="When did Holm say that?", sentences=[{"text": "On Monday.", "citations": [1]}])
    text = markdown(answer(), second)
    assert text.startswith("# Ferry\n\nBegun 2026-01-01 10:00 UTC, last used 2026-01-02 11:30 UTC.\n\n## 1. What did")
    assert "\nHolm said the ferry stays.[^1-1]\n" in text
    assert (
        "\n[^1-1]: Quay Post, Two talks, 2024-03-05, <https://quay.example/a%20b>, `notes/a.txt`, characters 4–30: "
        "Holm said the ferry stays.\n"
    ) in text
    assert "## 2. What did Holm say?\n\nUnderstood as: When did Holm say that?\n\nOn Monday.[^2-1]" in text
    assert text.count("Understood as") == 1


def test_markdown_tells_of_conflicts_refusals_filters_and_the_chat_model() -> None:
    conflict = {
        "about": "the day",
        "values": [{"value": "4 March", "citations": [1]}, {"value": "5 March", "citations": []}],
    }
    narrowed = {
        "kind": "period", "text": "in March", "value": None, "since": "2024-03-01", "until": "2024-03-31",
        "applied": False, "note": "no article is of then", "typed": False,
    }  # fmt: skip
    writing = {"model": "ollama:tiny", "notes": ["One sentence was left out."]}
    text = markdown(answer(conflicts=[conflict], understood=[narrowed], writing=writing))
    assert "Sources differ about the day:\n\n- 4 March[^1-1]\n- 5 March\n" in text
    assert "- period “in March”: 2024-03-01 to 2024-03-31, not applied (no article is of then)\n" in text
    assert "A chat model (ollama:tiny) was asked.\n\n- One sentence was left out.\n" in text
    refusal = "Holm does not say that."
    text = markdown(
        answer(declined=True, reason="not_said", answer=refusal, sentences=[{"text": refusal, "citations": []}])
    )
    assert "**Declined** (not said). Holm does not say that.\n\nNearest passages: [^1-1]\n" in text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_link_an_image_a_heading_or_html(text: str) -> None:
    hostile = {**CITATION, "title": text, "quote": text, "source": text, "document_id": text, "url": "javascript:x"}
    narrowed = {
        "kind": "source",
        "text": text,
        "value": text,
        "since": None,
        "until": None,
        "applied": True,
        "note": text,
    }
    told = answer(
        question=text, sentences=[{"text": text, "citations": [1]}], citations=[hostile], understood=[narrowed],
        conflicts=[{"about": text, "values": [{"value": text, "citations": [1]}]}],
        writing={"model": text, "notes": [text]}, filters={"sources": [text], "speakers": [text], "documents": [text]},
    )  # fmt: skip
    written = list(tokens(markdown(told, question=text, title=text)))
    kinds = {token.type for token in written}
    assert kinds <= {
        "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "code_inline",
        "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
    }  # fmt: skip
    assert sum(token.type == "heading_open" for token in written) == 2
    loose = " ".join(token.content for token in written if token.type == "text")
    assert not any(mark in loose for mark in ("://", "@", "www.", "evil.example", "\u202e", "\x00"))


@pytest.mark.parametrize("text", HOSTILE[:-2])
def test_neutralised_text_reads_as_it_was(text: str) -> None:
    (shown,) = [token for token in tokens(paragraph(inline(text))) if token.type == "inline"]
    read = "".join(child.content for child in shown.children or ())
    assert read == " ".join(text.split())


def test_a_very_long_word_takes_no_time() -> None:
    assert len(inline("a" * 1_000_000 + " " + "x." * 100_000)) > 1_000_000


def test_only_web_addresses_become_links() -> None:
    assert address("https://quay.example/ü?a=1&b=<x>") == "<https://quay.example/%C3%BC?a=1&b=%3Cx%3E>"
    assert address("javascript:alert(1)") == "javascript:alert(1)"
    assert not address("//evil.example").startswith("<")


def test_csv_has_a_row_for_each_citation_with_who_said_it_and_when() -> None:
    second = {**CITATION, "number": 2, "start": 40, "end": 50, "quote": "Nobody\r\nelse."}
    sentences = [{"text": "The ferry stays.", "citations": [1]}, {"text": "So it is.", "citations": [1, 2]}]
    raw = exported(chat(answer(sentences=sentences, citations=[dict(CITATION), second])), "csv")
    assert raw.startswith(b"\xef\xbb\xbfquestion,sentence,")
    assert raw.count(b"\r\n") == 4  # one of them in a cell
    first, other = rows(answer(sentences=sentences, citations=[dict(CITATION), second]))
    assert first == {
        "question": "What did Holm say?", "sentence": "The ferry stays. So it is.", "declined": "", "number": "1",
        "source": "Quay Post", "title": "Two talks", "published": "2024-03-05", "url": "https://quay.example/a b",
        "document_id": "notes/a.txt", "start": "4", "end": "30", "quote": "Holm said the ferry stays.",
        "speaker": "Ida Holm", "said_on": "2024-03-04",
    }  # fmt: skip
    assert (other["quote"], other["speaker"], other["said_on"]) == ("Nobody\r\nelse.", "", "")


def test_speakers_of_one_citation_are_named_in_order_with_their_days() -> None:
    senior = {**SAID, "speaker": None, "speaker_text": "an aide", "said_on": None}
    (row,) = rows(answer(statements=[dict(SAID), senior, {**SAID, "start": 30, "end": 40}]))
    assert (row["speaker"], row["said_on"]) == ("Ida Holm; an aide", "2024-03-04; not told")


def test_a_refusal_without_a_passage_has_a_row_too() -> None:
    (row,) = rows(answer(declined=True, reason="nothing_relevant", answer="Nobody says.", citations=[], sentences=[]))
    assert (row["sentence"], row["declined"], row["number"]) == ("Nobody says.", "nothing_relevant", "")


@pytest.mark.parametrize("opening", "=+-@\t\r")
def test_no_cell_is_a_formula(opening: str) -> None:
    formula = f'{opening}HYPERLINK("https://evil.example")'
    told = answer(citations=[{**CITATION, "title": formula, "quote": formula}])
    (row,) = rows(told, question=formula)
    assert row["question"] == row["title"] == row["quote"] == f"'{formula}"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ferry", "Ferry"),
        (None, "conversation"),
        ("../../etc/passwd", "etc passwd"),
        ('a"; filename="b.exe\r\nX: y', "a ; filename= b.exe X y"),
        ("con", "con_"),
        ("…", "…"),
        ("x" * 500, "x" * 80),
        (".hidden. ", "hidden"),
    ],
)
def test_a_file_is_named_after_the_title_and_nothing_else(title: str | None, name: str) -> None:
    from urllib.parse import unquote

    header = disposition(title, "md")
    assert header.isascii() and header.isprintable()
    plain, _, whole = header.partition("; filename*=UTF-8''")
    assert unquote(whole) == f"{name}.md"
    assert plain.count('"') == 2


def test_a_title_that_ascii_cannot_spell_is_sent_in_utf_8_beside_a_plain_name() -> None:
    assert (
        disposition("東京", "csv")
        == "attachment; filename=\"conversation.csv\"; filename*=UTF-8''%E6%9D%B1%E4%BA%AC.csv"
    )


def test_export_sends_a_file_of_each_kind(client: TestClient, parts: Parts) -> None:
    path = f"/api/chats/{client.post('/api/chats', json={'title': 'Akiba'}).json()['id']}"
    first = client.post(f"{path}/messages", json={"question": "Who told Takeo Akiba that Taiwan is part of China?"})
    client.post(f"{path}/messages", json={"question": "Who told Akiba that?", "instead_of": first.json()["id"]})
    kinds = {"md": "text/markdown", "json": "application/json", "csv": "text/csv"}
    files = {form: client.get(f"{path}/export", params={"format": form}) for form in kinds}
    for form, file in files.items():
        assert file.headers["content-type"].startswith(kinds[form])
        assert file.headers["content-disposition"].startswith(f'attachment; filename="Akiba.{form}";')
    assert json.loads(files["json"].content) == client.get(path).json()
    assert len(files["json"].json()["earlier"]) == 1
    assert client.get(f"{path}/export").content == files["md"].content
    assert client.get(f"{path}/export", params={"format": "exe"}).status_code == 422
