"""Which files of the given paths are read, in which order, under which names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from retriever.errors import UnreadableFile
from retriever.reading import files, read

TEXT = "The ferries are back."


def put(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(*paths: Path) -> list[str]:
    return [name for _, name in files(paths)]


def test_folders_are_read_recursively_in_order_and_named_by_relative_path(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/y/x.html", "c.PDF", "ignored.xlsx", ".hidden.txt", ".git/a.txt"):
        put(tmp_path / name)
    assert names(tmp_path) == ["a/y/x.html", "a/z.md", "b.txt", "c.PDF"]


def test_a_single_file_is_named_by_its_bare_name(tmp_path: Path) -> None:
    assert names(put(tmp_path / "sub" / "a.txt")) == ["a.txt"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt")
    assert names(tmp_path, path, tmp_path) == ["a.txt"]


def test_files_of_one_name_in_two_folders_do_not_replace_each_other(tmp_path: Path) -> None:
    one, two = put(tmp_path / "one" / "a.txt"), put(tmp_path / "two" / "a.txt")
    assert names(one.parent, two.parent) == ["a.txt", "two/a.txt"]


def test_a_link_that_leads_outside_its_folder_is_not_followed_and_says_so(tmp_path: Path) -> None:
    secret = put(tmp_path / "secret.txt")
    folder = put(tmp_path / "in" / "a.txt").parent
    (folder / "link.txt").symlink_to(secret)
    (folder / "sub").symlink_to(tmp_path)
    found = {name: path for path, name in files([folder])}
    assert sorted(found) == ["a.txt", "link.txt", "sub"]
    for name in ("link.txt", "sub"):
        with pytest.raises(UnreadableFile, match="leads outside"):
            list(read(found[name], name=name))


def test_a_link_inside_its_folder_adds_no_second_article(tmp_path: Path) -> None:
    put(tmp_path / "real.txt")
    (tmp_path / "a-link.txt").symlink_to("real.txt")
    (tmp_path / "circle").symlink_to(tmp_path)
    assert names(tmp_path) == ["real.txt"]


def test_a_link_that_a_person_names_is_followed(tmp_path: Path) -> None:
    link = tmp_path / "latest.txt"
    link.symlink_to(put(tmp_path / "v" / "3.txt"))
    ((path, name),) = files([link])
    assert name == "latest.txt"
    assert len(list(read(path, name=name))) == 1


@pytest.mark.parametrize("target", ["gone.txt", "loop.txt"])
def test_a_link_to_nowhere_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "loop.txt").symlink_to(target)
    for path, name in files([tmp_path]):
        with pytest.raises(UnreadableFile, match=r"loop\.txt|gone\.txt"):
            list(read(path, name=name))


def test_a_folder_with_nothing_to_read_is_named_as_such(tmp_path: Path) -> None:
    put(tmp_path / "empty" / "a.xlsx")
    ((path, name),) = files([tmp_path / "empty"])
    with pytest.raises(UnreadableFile, match="without a file"):
        list(read(path, name=name))


def test_a_file_name_that_is_no_unicode_gets_a_name_that_can_be_stored(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(path).write_text(TEXT, encoding="utf-8")
    ((found, name),) = files([tmp_path])
    assert name.encode("utf-8")
    assert len(list(read(found, name=name))) == 1
