"""The catalogue: what is put is kept and found; versions change hands at once; files of others are refused."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from retriever import splitting
from retriever.catalogue import Catalogue
from retriever.errors import ArticleNotFound, StoreBusy, StoreDamaged, StoreError, StoreFull
from retriever.records import Article, Filters
from retriever.splitting import passages
from tests.retriever.said import statement
from tests.retriever.stores import CAFE, TALKS, TRADE, article, day, stocked


def test_an_article_comes_back_as_it_was_put(tmp_path: Path) -> None:
    odd = Article(
        id="a/b.txt",
        text="\u00a0“Odd” \x00 quotes\u2014and\u00adspaces\n\n中日",
        title="T’itle",
        author="A. Uthor",
        source="Harbour Wire",
        published=day("2022-05-01"),
        url="https://example.org/a?b=c",
        known={"title": "front matter", "published": "the text: “Updated: …”"},
        digest="d" * 64,
    )
    catalogue = stocked(tmp_path, odd)
    assert catalogue.article("a/b.txt") == odd
    assert catalogue.passages("a/b.txt") == passages(odd)
    assert all(odd.text[piece.start : piece.end] == piece.text for piece in catalogue.passages("a/b.txt"))


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    for ask in (catalogue.article, catalogue.passages, catalogue.remove, catalogue.unfinished):
        with pytest.raises(ArticleNotFound, match="nowhere"):
            ask("nowhere")


def test_a_pending_article_is_not_seen_by_readers(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    one = article("a")
    catalogue.put(one, passages(one))
    assert catalogue.pending() == ["a"]
    assert catalogue.unfinished("a") == (one, passages(one))
    assert catalogue.digest("a") == one.digest
    assert catalogue.articles().total == catalogue.passage_count() == 0
    assert catalogue.words("Tokyo", 5) == []
    assert catalogue.passages_by_id([piece.id for piece in passages(one)]) == []
    with pytest.raises(ArticleNotFound):
        catalogue.article("a")


def test_readers_see_the_earlier_version_until_the_new_one_is_ready(tmp_path: Path) -> None:
    catalogue = stocked(tmp_path, article("a", TALKS))
    new = article("a", TRADE)
    catalogue.put(new, passages(new))
    assert catalogue.article("a").text == TALKS
    assert catalogue.words("Tokyo", 5)
    assert not catalogue.words("seafood", 5)
    catalogue.mark_ready(["a"])
    assert catalogue.article("a") == new
    assert not catalogue.words("Tokyo", 5)
    assert catalogue.words("seafood", 5)
    assert catalogue.passage_count() == len(passages(new))


def test_removing_leaves_nothing_behind(tmp_path: Path) -> None:
    catalogue = stocked(tmp_path, article("a"), article("b", TRADE))
    removed = catalogue.remove("a")
    assert removed == [piece.id for piece in passages(article("a"))]
    assert not catalogue.words("Tokyo", 5)
    assert catalogue.standing().articles == 1
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as file:
        assert file.execute("SELECT count(*) FROM passage_words").fetchone() == (len(passages(article("b", TRADE))),)
    file.close()


def test_the_list_is_paged_newest_first_and_filtered(tmp_path: Path) -> None:
    catalogue = stocked(
        tmp_path,
        article("undated", CAFE),
        article("old", TALKS, title="Old", source="Wire", published=day("2021-01-01")),
        article("new", TRADE, title="New trade", source="Post", published=day("2022-01-01")),
    )
    assert [entry.id for entry in catalogue.articles().entries] == ["new", "old", "undated"]
    page = catalogue.articles(offset=1, limit=1)
    assert ([entry.id for entry in page.entries], page.total) == (["old"], 3)
    old = page.entries[0]
    assert (old.characters, old.passages, old.source) == (len(TALKS), len(passages(article("old"))), "Wire")
    assert [entry.id for entry in catalogue.articles(Filters(sources=("Wire",))).entries] == ["old"]
    assert [entry.id for entry in catalogue.articles(Filters(since=day("2021-06-01"))).entries] == ["new"]
    assert [entry.id for entry in catalogue.articles(Filters(until=day("2021-06-01"))).entries] == ["old"]
    assert [entry.id for entry in catalogue.articles(text="seafood TRADE").entries] == ["new"]
    assert catalogue.articles(text="seafood Tokyo").total == 0
    assert catalogue.articles(text="“zurich").total == 1


def test_standing_counts_what_is_there(tmp_path: Path) -> None:
    catalogue = stocked(
        tmp_path,
        article("a", TALKS, source="Wire", published=day("2021-01-01")),
        article("b", TRADE, source="Wire", published=day("2022-01-01")),
        article("c", CAFE),
    )
    waiting = article("d", "One more.")
    catalogue.put(waiting, passages(waiting), duplicate_of="a", similarity=0.9)
    standing = catalogue.standing()
    assert (standing.articles, standing.duplicates, standing.pending, standing.undated) == (3, 0, 1, 1)
    assert (standing.first, standing.last) == (day("2021-01-01"), day("2022-01-01"))
    assert standing.sources == {"Wire": 2, "": 1}


def test_filters_choose_passages(tmp_path: Path) -> None:
    filler = "This is said at length, so that a passage is full. " * 25
    transcript = f"SECRETARY BLINKEN: We do. {filler}\n\nQUESTION: Why now? {filler}\n\nMR PRICE: No comment. {filler}"
    post = article("p", f"{filler}\n\nBlinken said he would stay. {filler}", source="Post", published=day("2021-06-20"))
    catalogue = stocked(tmp_path, article("t", transcript, source="State", published=day("2021-05-20")), post)
    catalogue.statements.put("p", [statement(post, "he would stay", "Antony Blinken")], "1")
    assert catalogue.ids_within(Filters()) is None
    spoken = catalogue.ids_within(Filters(speakers=("Antony Blinken",)))
    assert spoken is not None
    pieces = catalogue.passages_by_id(sorted(spoken))
    assert {piece.speaker for piece in pieces} == {"SECRETARY BLINKEN", None}
    assert {piece.article_id for piece in pieces} == {"t", "p"}
    assert all("he would stay" in piece.text for piece in pieces if piece.article_id == "p")
    assert len(pieces) < len(catalogue.passages("t")) + 1
    may = catalogue.ids_within(Filters(since=day("2021-05-01"), until=day("2021-05-31")))
    assert may == {piece.id for piece in catalogue.passages("t")}
    assert catalogue.ids_within(Filters(sources=("Post",), documents=("t",))) == set()
    assert catalogue.ids_within(Filters(speakers=("…",))) == set()


def test_copies_share_their_originals_id_and_one_takes_its_place(tmp_path: Path) -> None:
    catalogue = stocked(tmp_path, article("a"))
    for id_ in ("b", "c"):
        copy = article(id_)
        catalogue.put(copy, passages(copy), duplicate_of="a", similarity=1.0)
    catalogue.mark_ready(["b", "c"])
    assert catalogue.copies(["a", "b", "c", "nowhere"]) == {"a": "a", "b": "a", "c": "a"}
    assert catalogue.original("c", for_id="d") == "a"
    catalogue.remove("a")
    assert catalogue.copies(["b", "c"]) == {"b": "b", "c": "b"}
    other = article("b", TRADE)
    catalogue.put(other, passages(other))
    catalogue.mark_ready(["b"])
    assert catalogue.copies(["b", "c"]) == {"b": "b", "c": "c"}


def test_threads_read_and_write_at_once(tmp_path: Path) -> None:
    catalogue = stocked(tmp_path, article("a"))
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(5):
                one = article(f"{number}-{turn}", TRADE)
                catalogue.put(one, passages(one))
                catalogue.mark_ready([one.id])
                assert catalogue.words("Tokyo", 3)
        except BaseException as error:  # noqa: BLE001 - shown by the test
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert catalogue.standing().articles == 21


def test_a_file_that_is_no_catalogue_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(b"garbage " * 1000)
    with pytest.raises(StoreDamaged, match=r"catalogue\.sqlite.*backup"):
        Catalogue(tmp_path)


def test_a_torn_catalogue_is_found_by_the_check(tmp_path: Path) -> None:
    catalogue = stocked(tmp_path, *(article(f"{n}", TALKS * 20) for n in range(20)))
    catalogue.check()
    catalogue.close()
    file = tmp_path / "catalogue.sqlite"
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(size // 3)
        opened.write(b"\xff" * (size // 3))
    with pytest.raises(StoreDamaged):
        Catalogue(tmp_path).check()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreError, match="file"):
        Catalogue(tmp_path / "file" / "index")


def test_a_full_disk_keeps_what_was_stored(tmp_path: Path) -> None:
    stocked(tmp_path, article("a")).close()
    code = """
import resource, sys
from pathlib import Path
from retriever.catalogue import Catalogue
from retriever.errors import StoreFull
from retriever.records import Article
catalogue = Catalogue(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    catalogue.put(Article("big", "word " * 200_000, digest="x"), [])
except StoreFull as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert "Make room" in done.stdout
    catalogue = Catalogue(tmp_path)
    catalogue.check()
    assert catalogue.article("a") == article("a")
    assert catalogue.pending() == []


def test_sqlites_own_full_is_told_as_full(tmp_path: Path) -> None:
    catalogue = stocked(tmp_path, article("a"))
    big = article("big", "word " * 100_000)
    with (
        pytest.raises(StoreFull, match="Make room"),
        catalogue._database.writing() as connection,
    ):
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        connection.exec_driver_sql("INSERT INTO answers VALUES ('x', ?, '')", (big.text,))
    assert catalogue.article("a") == article("a")


def test_a_writer_that_never_ends_is_told_as_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retriever.catalogue.database._WAIT_MS", 50)
    catalogue = stocked(tmp_path, article("a"))
    other = sqlite3.connect(tmp_path / "catalogue.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy, match="Try again"):
        catalogue.remove("a")
    other.close()
    assert catalogue.article("a")


def test_articles_split_by_other_rules_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = stocked(tmp_path, article("a"))
    assert catalogue.split_otherwise() == []
    monkeypatch.setattr(splitting, "VERSION", "another")
    assert catalogue.split_otherwise() == ["a"]
    catalogue.put_again(article("a"), passages(article("a")))
    catalogue.mark_ready(["a"])
    assert catalogue.split_otherwise() == []
