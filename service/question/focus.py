"""What a question's own words narrow it to: the words go in, filters for the search and a test of each hit come out.

What is typed as an operator, an outlet or a speaker is a filter of the search. A period in plain words ("in August
2022") is when something was said or happened, which is not when it was published: it keeps the passages of articles
published in it or up to three days after it, and those that name a time in it themselves or at their article's opening.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from retriever import dating
from retriever.records import Filters, Hit
from service.question.narrowing import Chip, Days, narrowed
from service.records import Question, Understood

_LATER = timedelta(days=3)  # reports come after what they report
_OPENING = 600  # characters of an article in which the day of its events is told

Span = tuple[date | None, date | None]  # from, to, both inclusive; None where open


@dataclass(frozen=True, slots=True)
class Focus:
    """``filters``: those that were given together with those that the question names."""

    filters: Filters
    chips: tuple[Chip, ...] = ()
    removed: tuple[str, ...] = ()  # the words of chips that the asker took away

    @property
    def periods(self) -> list[Chip]:
        """Those in plain words that apply."""
        return [chip for chip in self.chips if chip.kind == "period" and chip.applied and not chip.typed]

    def keeps(self, hit: Hit) -> bool:
        """Whether a hit may speak of every period that the question names."""
        return all(_speaks_of(chip, hit) for chip in self.periods)

    def for_statements(self, text: str) -> tuple[str, Span]:
        """A question without the words of its periods, and these as days on which something was said, but for those
        that were taken away. ``filters`` has those that were given or typed: days of publication.
        """
        spans = [chip for chip in self.periods if chip.since or chip.until]
        taken = [words for words in self.removed if dating.times(words, None)]
        for words in (*(chip.text for chip in spans), *taken):
            text = re.sub(rf"\s*{re.escape(words)}", "", text)
        since = max((chip.since for chip in spans if chip.since), default=None)
        until = min((chip.until for chip in spans if chip.until), default=None)
        return text, (since, until)

    def understood(self) -> tuple[Understood, ...]:
        """As it is shown beside the answer."""
        return tuple(
            Understood(c.kind, c.text, c.value, c.since, c.until, c.applied, c.note, c.typed) for c in self.chips
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Focusing:
    """``outlets``: of the archive. ``speaker``: a name -> the full name of who speaks by it in the archive, or None."""

    outlets: Callable[[], Collection[str]]
    speaker: Callable[[str], str | None]

    def typed(self, question: Question) -> tuple[Question, tuple[Chip, ...]]:
        """The question without its operators ("from:2022-08"), and what they say."""
        if ":" not in question.text:
            return question, ()
        found = narrowed(question.text, outlets=self.outlets(), speakers=self.speaker, ignored=question.ignore)
        chips = tuple(chip for chip in found.chips if chip.typed)
        return (replace(question, text=found.text) if chips else question), chips

    def of(self, text: str, question: Question, typed: Sequence[Chip], dated: Callable[[str], Days | None]) -> Focus:
        """``text``: the stand-alone question. ``dated``: words that name an event -> its days, None where unknown."""
        found = narrowed(text, outlets=self.outlets(), speakers=self.speaker, ignored=question.ignore, dated=dated)
        every = (*typed, *(chip for chip in found.chips if not chip.typed))
        chips = tuple(_overruled(chip, question.filters) for chip in every)
        return Focus(_narrower(question.filters, chips), chips, question.ignore)


def _narrower(filters: Filters, chips: Sequence[Chip]) -> Filters:
    applied = [chip for chip in chips if chip.applied]
    typed = [chip for chip in applied if chip.kind == "period" and chip.typed]
    since = [filters.since, *(chip.since for chip in typed)]
    until = [filters.until, *(chip.until for chip in typed)]
    return replace(
        filters,
        sources=filters.sources or tuple(chip.value for chip in applied if chip.kind == "source" and chip.value),
        speakers=filters.speakers or tuple(chip.value for chip in applied if chip.kind == "speaker" and chip.value),
        since=max((day for day in since if day), default=None),
        until=min((day for day in until if day), default=None),
    )


def _overruled(chip: Chip, filters: Filters) -> Chip:
    """A filter that was set by hand wins over the question's words, and the chip says so."""
    by_hand = {"source": filters.sources, "speaker": filters.speakers}.get(chip.kind)
    if not (chip.applied and by_hand):
        return chip
    return replace(chip, applied=False, note=f"The filter that is set ({', '.join(by_hand)}) counts instead.")


def _speaks_of(chip: Chip, hit: Hit) -> bool:
    article, passage = hit.article, hit.passage
    published = article.published
    if published and chip.covers(published - _LATER, published):
        return True
    places = ((0, min(_OPENING, len(article.text))), (passage.start, passage.end))
    named = (when for start, end in places for when in dating.times(article.text, published, start=start, end=end))
    return any(when.first and when.last and chip.covers(when.first, when.last) for when in named)
