"""An article that is removed or put anew while a list is made of it is left out: nothing fails, slices are exact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from retriever.catalogue import Catalogue
from retriever.records import Article, Filters
from retriever.splitting import passages
from service.drafting.extracting import Draft
from service.sayings import Sayings
from tests.retriever.said import statement
from tests.retriever.stores import article, stocked

STAYS = article(
    "stays.txt",
    "Denmark's foreign minister, Ane Holm, spoke. Ane Holm said that the ferry was late.",
    published=date(2023, 1, 10),
)
GOES = article(
    "goes.txt",
    "Denmark's foreign minister, Carl Friis, spoke. Carl Friis said that the ferry was full.",
    published=date(2023, 5, 2),
)
ANEW = article("goes.txt", "Corrected. " + GOES.text, published=date(2023, 5, 2))
CALLS = ("find", "articles_by_id", "passages", "passages_by_id", "words", "copies", "frequencies")
QUESTIONS = (
    "Who has spoken about the ferry?",
    "What has Carl Friis said about the ferry?",
    "How many times has Carl Friis spoken about the ferry?",
    "Did Carl Friis speak about the ferry before Ane Holm did?",
    "Who has been Denmark's foreign minister?",
)


def removed(catalogue: Catalogue) -> None:
    catalogue.remove(GOES.id)


def put_anew(catalogue: Catalogue) -> None:
    """With other words in front, so that everything stands elsewhere."""
    catalogue.put(ANEW, passages(ANEW))
    catalogue.statements.put(ANEW.id, [statement(ANEW, "that the ferry was full", "Carl Friis")], "1")
    catalogue.mark_ready([ANEW.id])


@dataclass
class Shaken:
    """A part of a catalogue, to which something happens once, right behind the first call of a name."""

    part: Any
    call: str
    happens: Callable[[], None]

    def __getattr__(self, name: str) -> Any:
        return self._called if name == self.call else getattr(self.part, name)

    def _called(self, *args: Any, **named: Any) -> Any:
        answer = getattr(self.part, self.call)(*args, **named)
        self.happens()
        self.happens = lambda: None
        return answer


@pytest.mark.parametrize("happens", [removed, put_anew])
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_whatever_changes_in_between_only_what_stands_there_is_told(
    tmp_path: Path, question: str, call: str, happens: Callable[[Catalogue], None]
) -> None:
    catalogue = stocked(tmp_path, STAYS, GOES)
    for one, words, speaker in ((STAYS, "was late", "Ane Holm"), (GOES, "was full", "Carl Friis")):
        catalogue.statements.put(one.id, [statement(one, f"that the ferry {words}", speaker)], "1")

    def shaken(part: Any) -> Shaken:
        return Shaken(part, call, lambda: happens(catalogue))

    drafts, _ = Sayings(shaken(catalogue.statements), shaken(catalogue)).drafts(question, Filters())
    assert len(drafts) != 1 or " before " not in question  # of an order both are told, or none
    for draft in drafts:
        assert_exact(draft, {STAYS.id: (STAYS,), GOES.id: (GOES, ANEW)})


def assert_exact(draft: Draft, versions: dict[str, tuple[Article, ...]]) -> None:
    """Each slice and its passage are of one version of the article, and the sentence's words stand in the slice."""
    for each in draft.slices:
        article_, passage = each.hit.article, each.hit.passage
        assert article_.text in [version.text for version in versions[article_.id]]
        assert article_.text[passage.start : passage.end] == passage.text
        assert passage.start <= each.start < passage.end
    assert any(words in draft.slices[0].text for words in ("ferry was late", "ferry was full", "foreign minister, "))


def test_what_stays_is_told_without_what_goes(tmp_path: Path) -> None:
    catalogue = stocked(tmp_path, STAYS, GOES)
    catalogue.statements.put(STAYS.id, [statement(STAYS, "that the ferry was late", "Ane Holm")], "1")
    catalogue.statements.put(GOES.id, [statement(GOES, "that the ferry was full", "Carl Friis")], "1")
    articles: Any = Shaken(catalogue, "articles_by_id", lambda: removed(catalogue))
    drafts, _ = Sayings(catalogue.statements, articles).drafts(QUESTIONS[0], Filters())
    (slice_,) = (each for draft in drafts for each in draft.slices)
    assert slice_.hit.article.id == STAYS.id
