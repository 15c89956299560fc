"""Files that cannot be used: each a clear refusal that names the file, what is wrong and what to do."""

from __future__ import annotations

import io
import os
import resource
import stat
import zipfile
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retriever.errors import UnreadableFile
from retriever.reading import LARGEST, SUFFIXES, files, read, read_bytes
from retriever.records import Article, Outcome
from tests.retriever.reading_files import pdf, several, word


def refusal(content: bytes, name: str) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        list(read_bytes(content, name=name))
    error = caught.value
    assert error.value.startswith(name)
    assert error.problem and error.remedy and name in str(error)
    return error


def refused_path(path: Path, name: str | None = None) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        list(read(path, name=name or path.name))
    assert path.name in str(caught.value)
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@pytest.mark.parametrize("content", [b"", b" \t\r\n \n", b"\x00\x00\x00"])
def test_a_file_with_nothing_in_it_is_refused_as_empty(suffix: str, content: bytes) -> None:
    assert "empty" in refusal(content, f"a{suffix}").problem


@pytest.mark.parametrize("text", ["---\n***\n", "\ufeff\u00a0\u2003\n", "…!?"])
def test_a_file_without_a_single_word_is_refused(text: str) -> None:
    refusal(text.encode(), "a.txt")


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".json", ".jsonl"])
@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, b"PK\x03\x04" + b"\x00" * 99, bytes(range(256)) * 40]
)
def test_binary_content_under_a_text_suffix_is_refused(suffix: str, content: bytes) -> None:
    assert refusal(content, f"a{suffix}")


@pytest.mark.parametrize("kept", [20, 300, 0.5, 0.9])
def test_a_truncated_pdf_is_refused_or_gives_what_text_is_whole(kept: float) -> None:
    whole = pdf([["The ferries are back, the company said."]])
    content = whole[: int(kept if kept > 1 else kept * len(whole))]
    try:
        (found,) = read_bytes(content, name="a.pdf")
    except UnreadableFile as error:
        assert "a.pdf" in str(error)
    else:
        assert isinstance(found, Article)
        assert "ferries" in found.text


def test_a_pdf_of_which_only_the_head_is_left_is_called_damaged() -> None:
    assert "damaged" in refusal(b"%PDF-1.7\n" + b"\x01\x02nothing of use here" * 20, "a.pdf").problem


def test_a_file_that_only_claims_to_be_a_pdf_is_refused() -> None:
    assert "no PDF" in refusal(b"The ferries are back.", "a.pdf").problem


@pytest.mark.parametrize("kept", [30, 0.3, 0.95])
def test_a_truncated_word_file_is_refused_as_damaged(kept: float) -> None:
    whole = word(["The ferries are back."])
    assert "damaged" in refusal(whole[: int(kept if kept > 1 else kept * len(whole))], "a.docx").problem


def test_a_zip_archive_that_is_no_word_file_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "The ferries are back.")
    assert "not a Word document" in refusal(held.getvalue(), "a.docx").problem


def test_a_word_file_that_unpacks_to_gigabytes_is_refused_before_unpacking() -> None:
    held = io.BytesIO()
    with (
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(300):
            part.write(b" " * 1024 * 1024)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "unpacks to" in refusal(held.getvalue(), "a.docx").problem
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024  # KiB


def test_an_old_or_encrypted_word_file_is_refused_as_such() -> None:
    assert "encrypted" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2048, "a.docx").problem


def test_a_pdf_behind_a_password_is_refused_and_says_so() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([["The ferries are back."]])))
    writer.encrypt("secret", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    error = refusal(held.getvalue(), "a.pdf")
    assert "encrypted" in error.problem
    assert "password" in error.remedy


def test_a_pdf_that_is_only_locked_against_changes_is_read() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([["The ferries are back."]])))
    writer.encrypt("", owner_password="secret", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    (found,) = read_bytes(held.getvalue(), name="a.pdf")
    assert isinstance(found, Article)
    assert found.text == "The ferries are back."


def test_a_pdf_of_pictures_is_refused_and_points_to_ocr() -> None:
    error = refusal(pdf([[], []]), "scan.pdf")
    assert "no text" in error.problem
    assert "OCR" in error.remedy


def test_a_sparse_file_of_200_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as opened:
        opened.truncate(200 * 1024 * 1024)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    error = refused_path(path)
    assert "209,715,200" in error.problem and f"{LARGEST:,}" in error.problem
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024  # KiB


def test_the_size_limit_can_be_set_and_holds_for_uploads_too(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The ferries are back.", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="limit is 5"):
        read(path, name="a.txt", limit=5)
    with pytest.raises(UnreadableFile, match="limit is 5"):
        read_bytes(b"123456", name="a.txt", limit=5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"text": "The ferries', "valid JSON"),
        ("[" * 100_000, "no JSON that can be read"),
        ('{"title": "x"}', 'no "text"'),
        ('{"text": ""}', "empty"),
        ('{"text": 5}', "a number"),
        ('"text"', "not an object"),
        ("[]", "no article"),
        ('{"id": "", "text": "The ferries are back."}', '"id"'),
        ('{"text": "a b"}\n{"text": "c d"}', "valid JSON"),
    ],
)
def test_json_that_holds_no_article_is_refused_with_its_fault(text: str, words: str) -> None:
    assert words in refusal(text.encode(), "a.json").problem


def test_bad_lines_of_json_lines_fail_by_line_and_the_good_ones_are_kept() -> None:
    lines = [
        '{"text": "One is here."}',
        "{broken",
        '{"id": "x", "text": " "}',
        "[1]",
        '{"id": "y", "text": "Two is here."}',
    ]
    found, failed = several("\n".join(lines), "a.jsonl")
    assert [one.id for one in found] == ["a.jsonl:1", "y"]
    assert [one.name for one in failed] == ["a.jsonl:2", "a.jsonl:3", "a.jsonl:4"]
    for one in failed:
        assert one.status == "failed"
        assert one.reason and one.name in one.reason
    assert "line 1, column 2" in (failed[0].reason or "")


def test_a_file_of_another_kind_under_the_suffix_of_json_lines_is_refused_as_a_whole() -> None:
    assert "no JSON Lines file" in refusal(b"The ferries are back.\n" * 2_000, "a.jsonl").problem


def test_bad_entries_of_a_json_array_fail_by_number() -> None:
    found, failed = several('[{"text": "One is here."}, 5]', "a.json")
    assert ([one.id for one in found], [one.name for one in failed]) == (["a.json:1"], ["a.json:2"])


def test_a_second_article_with_the_same_id_fails_and_does_not_replace_the_first() -> None:
    found, failed = several('{"id": "x", "text": "One."}\n{"id": "x", "text": "Two."}', "a.jsonl")
    assert [one.text for one in found] == ["One."]
    assert "a.jsonl:1" in (failed[0].reason or "")


def test_a_kind_that_is_not_read_is_refused_with_the_kinds_that_are(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x")
    assert ".docx" in refused_path(path).remedy
    assert ".docx" in refusal(b"x", "a.xlsx").remedy


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    ((path, name),) = files([tmp_path / "gone.txt"])
    assert "does not exist" in refused_path(path, name).problem


def test_a_path_with_a_null_character_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        list(read(Path("a\x00b.txt"), name="a.txt"))


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.txt"
    path.mkdir() if kind == "folder" else os.mkfifo(path)
    refused_path(path)


def test_a_file_without_the_right_to_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The ferries are back.", encoding="utf-8")
    path.chmod(0)
    if os.geteuid() == 0:  # the system refuses root nothing: the refusal itself is staged

        def refuse(*args: object) -> int:
            assert stat.S_IMODE(path.stat().st_mode) == 0
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "open", refuse)
    assert "may not be read" in refused_path(path).problem


_SOUND = pdf([["The ferries are back, the company said."]], info="/Title (T)")


def _spoilt(place: int, patch: bytes) -> bytes:
    """A sound PDF with a few bytes overwritten."""
    return _SOUND[:place] + patch + _SOUND[place + len(patch) :]


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.binary(max_size=300).map(lambda content: b"%PDF-1.4\n" + content),
        st.binary(max_size=300).map(lambda content: b"---\n" + content + b"\n---\n" + content),
        st.binary(max_size=200).map(lambda content: b'{"text": "' + content + b'"}'),
        st.tuples(st.integers(0, 600), st.binary(min_size=1, max_size=20)).map(lambda cut: _spoilt(*cut)),
    ),
    st.sampled_from(sorted(SUFFIXES)),
)
def test_whatever_the_bytes_reading_gives_text_or_a_refusal_and_nothing_else(content: bytes, suffix: str) -> None:
    try:
        found = list(read_bytes(content, name=f"a{suffix}"))
    except UnreadableFile:
        return
    assert found
    for one in found:
        if isinstance(one, Article):
            assert one.text.strip()
            assert one.text.encode("utf-8")
            assert one.digest
        else:
            assert isinstance(one, Outcome)
            assert one.status == "failed"
            assert one.reason
