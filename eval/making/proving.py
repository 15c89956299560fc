"""A made question goes in; what is wrong with it comes out, looked at afresh from the articles."""

from __future__ import annotations

from datetime import date

from eval.making.archive import Archive
from eval.making.records import Made, Place
from eval.matching import fold
from retriever.dating import times
from retriever.records import Article
from retriever.splitting import speaker_at, turns


def fault(made: Made, archive: Archive) -> str | None:
    """Why the question must not be asked; None where nothing is found."""
    asked = fold(made.question)
    if any(fold(words) in asked for alternatives in made.answer for words in alternatives):
        return "the question tells its answer"
    if bool(made.answer) != bool(made.evidence):
        return "an answer and its evidence are not both there"
    if any(archive.article(each.document).text[each.start : each.end] != each.text for each in made.evidence):
        return "its evidence does not stand where it says"
    if made.kind == "when":
        dated = all(_is_dated(made, archive.article(each.document)) for each in made.evidence)
        return None if dated else "its article does not name the day"
    return _unfounded(made, fold(" ".join(_told(each, archive.article(each.document)) for each in made.evidence)))


def _unfounded(made: Made, told: str) -> str | None:
    if any(fold(words) in told for words in made.forbid):
        return "another one of the name stands in the evidence"
    if not all(any(fold(words) in told for words in alternatives) for alternatives in made.answer):
        return "the evidence has not the words of the answer"
    return None


def _told(place: Place, article: Article) -> str:
    """The evidence, with the label of its turn and the byline."""
    label = speaker_at(turns(article.text), place.start)
    return f"{place.text} {label} {article.author}" if label else place.text


def _is_dated(made: Made, article: Article) -> bool:
    """Whether the article is of that day or its text names it."""
    days = {date.fromisoformat(words) for words in made.answer[0] if words[:4].isdigit()}
    named = {when.first for when in times(article.text, article.published) if when.first == when.last}
    return len(days) == 1 and bool(days & (named | {article.published}))
