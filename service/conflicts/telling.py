"""A conflict goes in, the answer's sentences come out: every report with its outlet and date, none of them chosen."""

from __future__ import annotations

from retriever import dating
from retriever.records import Article
from retriever.wording import content_words
from service.conflicts.finding import Conflict, Value
from service.drafting.extracting import LONG, SHORT, Draft
from service.drafting.phrasing import excerpt, in_quotation_marks, one_line
from service.question.asking import Asked

_FEWEST_WORDS = 7  # of an excerpt that is still worth reading
_SHORT_KINDS = frozenset(("who", "when", "where", "howmany", "howlong"))
_OPENS = "Reports differ: "
_OPENS_WORDINGS = "Reported in different wordings: "
_UNNAMED = "an unnamed outlet"


def drafts(conflict: Conflict, asked: Asked) -> list[Draft]:
    """A sentence for each value. All together at most ``SHORT`` words where who, when, where or how much is asked, else
    ``LONG``.
    """
    opening = _OPENS_WORDINGS if conflict.kind == "words" else _OPENS
    leads = [_lead(value, conflict, place) for place, value in enumerate(conflict.values)]
    leads[0] = f"{opening}{leads[0]}"
    most = SHORT if asked.kind in _SHORT_KINDS else LONG
    left = (most - sum(len(lead.split()) for lead in leads)) // len(leads)
    return [
        _draft(value, conflict, lead, left, (opening,) if place == 0 else ())
        for place, (lead, value) in enumerate(zip(leads, conflict.values, strict=True))
    ]


def outlet_and_day(article: Article) -> str:
    """ "Harbour Wire (August 18, 2022)"."""
    day = dating.day_in_words(article.published) if article.published else "undated"
    return f"{article.source or _UNNAMED} ({day})"


def _draft(value: Value, conflict: Conflict, lead: str, words: int, derived: tuple[str, ...]) -> Draft:
    statement = value.candidate.statement if conflict.kind == "words" else None
    known = (*derived, outlet_and_day(value.candidate.hit.article), value.shown)
    return Draft(f"{lead}{_said(value, conflict, words)}", (value.slice,), known, lead, statement)


def _lead(value: Value, conflict: Conflict, place: int) -> str:
    where = outlet_and_day(value.candidate.hit.article)
    where = where if place == 0 else f"{where[0].upper()}{where[1:]}"
    return f"{where}: " if conflict.kind == "words" else f"{where} has {one_line(value.shown)}"


def _said(value: Value, conflict: Conflict, words: int) -> str:
    """The source's words behind the lead, as far as there is room."""
    if conflict.kind == "words":
        return in_quotation_marks(excerpt(one_line(value.shown), max(words, _FEWEST_WORDS), ()))
    if words < _FEWEST_WORDS:
        return "."
    return f": {in_quotation_marks(_around(value, conflict, words))}"


def _around(value: Value, conflict: Conflict, words: int) -> str:
    """At most so many words of the sentence, the value among them."""
    written = value.slice.hit.article.text[slice(*value.place)] if value.place else value.shown
    text = one_line(value.slice.text)
    said = excerpt(text, words, content_words(conflict.about), content_words(written))
    if value.place is None or one_line(written) in said:
        return said
    return _window(value, words - 2, ends_with_it=conflict.kind == "when")  # two ellipses


def _window(value: Value, words: int, *, ends_with_it: bool) -> str:
    """So many words in a row that begin with the value, or end with it: a day stands behind what happened on it, a
    number in front of what it counts.
    """
    text, own = value.slice.hit.article.text, value.slice
    first, last = value.place or (own.start, own.end)
    every = one_line(own.text).split()
    start = len(one_line(text[own.start : first]).split())
    if ends_with_it:
        start = max(0, len(one_line(text[own.start : last]).split()) - words)
    shown = " ".join(every[start : start + words]).rstrip(",;:—–")
    return ("… " if start else "") + shown + (" …" if every[start + words :] else "")
