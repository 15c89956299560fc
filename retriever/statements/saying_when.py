"""When it was said: a statement goes in, the day that the article gives for it comes out.

The day in the statement's own sentence; else that of the meeting, call or other event in which the speaker took part
and of which the article told before; else the day of publication. A report tells of an event, whose day its opening
gives, and of what was said there (van Dijk, "News as Discourse", 1988, on the summary that leads).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from retriever import dating, timewords
from retriever.catalogue.words import tokens
from retriever.records import Article, Precision, When
from retriever.statements.people import People
from retriever.statements.speaker import Speaker
from retriever.statements.tagging import Span, Tagged

_EXACT = ("day", "weekday")
_NEWS = timedelta(days=10)  # older is background
_MEETING = re.compile(
    r"\b(?:met|meet|meets|meeting|talks?|talked|spoke|speak|calls?|called (?:in|on)|telephoned?|phoned?|summit|"
    r"dialogue|visit(?:ed|s)?|received|hosted|joined|conversation|held)\b"
)
_NO_MEETING = re.compile(r"\b(?:not take place|called off|calls off|cancel\w*|postponed|withdrew|put off|no meeting)\b")
_NOT_THEN = re.compile(
    r"\b(?:since|until|till|by|before|from|through|scheduled for|planned for|as early as|due on|ahead of)(?: the)? $",
    re.I,
)
_RELATIVE_CLAUSE = re.compile(r"\b(?:who|whom|which)\b[^,;]*$")
_SEVERAL = re.compile(
    r"\b(?:[Tt]hey|[Bb]oth|(?:the )?(?:two|three) (?:sides|countries|governments|leaders|ministers|men|women|"
    r"nations))\b",
    re.I,
)
_ALWAYS = re.compile(r"\b(?:has|have)\b.*\b(?:always|often|long|repeatedly|never)\b")
_COUNT = "|".join(timewords.COUNTS)
_RELATIVE = re.compile(
    rf"\b(?:(?:(?P<count>{_COUNT}|\d{{1,2}}) |the )(?P<unit>day|week|month)s? (?P<side>earlier|before|later)"
    r"(?=\W*(?:[,.;)]|that|said|in|at|on|and|but)\b|[,.;)])"
    r"|the (?P<which>same|previous|next|following) (?:day|morning|afternoon|evening|night))",
    re.I,
)
_AFTER = re.compile(
    rf"\b(?P<tense>comes?|came|was|took place|follows|followed) (?P<count>{_COUNT}) (?P<unit>day|week)s? after\b", re.I
)
_HAD = re.compile(r"\bhad (?!to\b)[^,;]*$")  # told as what was before the event
_LATER = re.compile(r"\bafterwards?\b(?! \w+ing)")
_NEAR = 3  # characters between a time and the cue that it belongs to


class SayingWhen:
    """The days of one article. ``told``: its statements, of whom each says who speaks, as far as that is known."""

    def __init__(
        self,
        article: Article,
        people: People,
        quoted: Sequence[Span],
        told: Sequence[tuple[Tagged, Speaker | None]],
    ) -> None:
        self._article, self._people, self._told = article, people, told
        read = [
            when
            for when in dating.times(article.text, article.published)
            if not any(a <= when.start < b for a, b in quoted)
        ]
        self._times = sorted((*read, *_relative(article, read)), key=lambda when: when.start)
        self._events = [when for when in self._times if self._is_event(when)]
        self._there = {when.start: self._participants(when) for when in self._events}

    def said_on(self, tagged: Tagged, speaker: Speaker | None) -> When | None:
        """None: at a time that cannot be told ("has always said"), or the article has no date."""
        text = self._article.text
        if _ALWAYS.search(" ".join(text[a:b] for a, b in tagged.cue)):
            return None
        return self._own(tagged) or self._carried(tagged, speaker) or published(self._article)

    def _own(self, tagged: Tagged) -> When | None:
        """The time that the sentence gives outside of the words said: the nearest day to the cue; a month or a year
        only where it stands at the opening or at the cue, or what was said had been said before.
        """
        text = self._article.text
        first, last = _cue(tagged)
        opening, closing = self._people.sentence_at(first)
        outside = [
            when
            for when in self._times
            if opening <= when.start < closing and not any(a <= when.start < b for a, b in tagged.content)
        ]
        exact = [when for when in outside if when.precision in _EXACT and not self._is_background(when)]
        if exact:
            return min(exact, key=lambda when: max(first - when.end, when.start - last))
        had = text[first:last].startswith("had ")
        vague = [when for when in outside if when.precision not in _EXACT]
        return next((when for when in vague if had or _opens(text, when, opening, (first, last))), None)

    def _carried(self, tagged: Tagged, speaker: Speaker | None) -> When | None:
        """The day of the last event before in which the speaker took part."""
        opening, _ = self._people.sentence_at(_cue(tagged)[0])
        later = bool(_LATER.search(" ".join(self._article.text[a : b + 12] for a, b in tagged.cue)))
        for when in reversed(self._events):
            if when.start < opening and (later or self._takes_part(speaker, tagged, when)):
                return when
        return None

    def _takes_part(self, speaker: Speaker | None, tagged: Tagged, when: When) -> bool:
        opening, closing = self._people.sentence_at(when.start)
        sentence, there = self._article.text[opening:closing], self._there[when.start]
        source = " ".join(self._article.text[a:b] for a, b in tagged.source)
        near = "\n" not in self._article.text[closing : _cue(tagged)[0]].strip()
        if source.lower() == "they" and speaker and not speaker.person:
            return False  # officials, residents: not those who met
        if _SEVERAL.match(source):
            return bool(_MEETING.search(sentence)) and (len(there) > 1 or (near and bool(_SEVERAL.search(sentence))))
        if source.lower() == "it":  # the body or the paper that spoke on that day in the same paragraph
            return near and any(not each.person for each in self._spoke(opening, closing))
        if speaker and not speaker.person:
            return near and speaker.name in there
        return speaker is not None and all(
            self._is_there(name, sentence, there) for name in speaker.name.split(" and ")
        )

    def _is_there(self, name: str, sentence: str, there: frozenset[str]) -> bool:
        """By name; or by a surname alone that is nobody else's there."""
        if name in there:
            return True
        taken = {word for other in there for word in tokens(other)}
        return bool((set(tokens(name)) - taken) & set(tokens(sentence)))

    def _participants(self, when: When) -> frozenset[str]:
        """Who is named in the sentence of a day, by name or office, or is told there to have spoken."""
        opening, closing = self._people.sentence_at(when.start)
        spoke = [each.name for each in self._spoke(opening, closing)]
        names = [*self._people.mentioned(opening, closing), *self._people.by_office(opening, closing)]
        return frozenset((*names, *(name for each in spoke for name in each.split(" and "))))

    def _spoke(self, start: int, end: int) -> list[Speaker]:
        return [speaker for tagged, speaker in self._told if speaker and start <= _cue(tagged)[0] < end]

    def _is_event(self, when: When) -> bool:
        """Whether a day can be that of what is reported: not after the report, not weeks before it, no background."""
        if when.precision not in _EXACT or self._is_background(when):
            return False
        sentence = self._article.text[slice(*self._people.sentence_at(when.start))]
        before = self._article.text[self._people.sentence_at(when.start)[0] : when.start]
        if _NO_MEETING.search(sentence) or _HAD.search(before):
            return False
        if when.last is None or self._article.published is None:
            return when.precision == "weekday"
        return timedelta(0) <= self._article.published - when.last <= _NEWS

    def _is_background(self, when: When) -> bool:
        """ "since Tuesday", "by Friday", "those who came on Sunday"."""
        opening, _ = self._people.sentence_at(when.start)
        before = self._article.text[opening : when.start]
        if _NOT_THEN.search(before):
            return True
        clause = _RELATIVE_CLAUSE.search(before)
        return bool(clause and not _MEETING.search(clause[0]))


def published(article: Article) -> When | None:
    """The day of publication as the day of a statement."""
    if article.published is None:
        return None
    return When(article.published, article.published, "day", "publication", "", 0, 0)


def _cue(tagged: Tagged) -> Span:
    spans = tagged.cue or tagged.source or tagged.content
    return min(a for a, _ in spans), max(b for _, b in spans)


def _opens(text: str, when: When, opening: int, cue: Span) -> bool:
    """Whether a time stands at the opening of its sentence, or beside the cue."""
    return (
        not text[opening : when.start].strip() or 0 <= when.start - cue[1] <= _NEAR or 0 <= cue[0] - when.end <= _NEAR
    )


def _relative(article: Article, read: Sequence[When]) -> Iterator[When]:
    """Times that are told by another one: "a day earlier", "the month before", "the same evening" mean the day that
    the article named last, or that of publication; "comes a week after" counts from the publication back.
    """
    for match in _RELATIVE.finditer(article.text):
        anchor = _anchor(article, read, match.start())
        if anchor and not any(when.start < match.end() and match.start() < when.end for when in read):
            yield from _moved(anchor, match)
    for match in _AFTER.finditer(article.text):
        now = match["tense"].lower().startswith(("come", "follows"))
        anchor = article.published if now else _anchor(article, read, match.start())
        if anchor:
            days = timewords.COUNTS[match["count"].lower()] * (7 if match["unit"].lower() == "week" else 1)
            yield _day(anchor - timedelta(days=days), match)


def _anchor(article: Article, read: Sequence[When], at: int) -> date | None:
    days = [when.last for when in read if when.precision in _EXACT and when.last and when.end <= at]
    return days[-1] if days else article.published


def _moved(anchor: date, match: re.Match[str]) -> Iterator[When]:
    named = match.groupdict()
    if named["which"]:
        yield _day(anchor + timedelta(days={"same": 0, "previous": -1}.get(named["which"].lower(), 1)), match)
        return
    count = timewords.COUNTS.get((named["count"] or "a").lower()) or int(named["count"])
    sign = 1 if named["side"].lower() == "later" else -1
    if named["unit"].lower() != "month":
        yield _day(anchor + timedelta(days=sign * count * (7 if named["unit"].lower() == "week" else 1)), match)
        return
    months = anchor.year * 12 + anchor.month - 1 + sign * count
    first = date(months // 12, months % 12 + 1, 1)
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    yield _when(first, following - timedelta(days=1), "month", match)


def _day(day: date, match: re.Match[str]) -> When:
    return _when(day, day, "day", match)


def _when(first: date, last: date, precision: Precision, match: re.Match[str]) -> When:
    return When(first, last, precision, "publication", match[0], match.start(), match.end())
