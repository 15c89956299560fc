"""Statements go in; sentences that tell them come out: the day and how it is known, who, the source's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retriever import dating
from retriever.catalogue.records import StatementEntry
from retriever.wording import content_words
from service.drafting.extracting import LONG, Draft
from service.drafting.leads import Slice
from service.drafting.phrasing import balanced, excerpt, in_quotation_marks, one_line
from service.drafting.tellingwords import NEGATES
from service.sayings.index import Index, Source, day_of, name_of

_FEWEST_WORDS, _LEAST_WORDS = 16, 10  # of a statement, with who said it: that is still worth reading; in any case
_LONGEST_ROLE = 7
_PRONOUN = re.compile(r"^(?:He|She|he|she)(?= [a-z])")


@dataclass(frozen=True, slots=True)
class Dated:
    """A day in words and how it is known; ``slices``: where words of it stand."""

    text: str
    slices: tuple[Slice, ...] = ()


def told(index: Index, entries: Sequence[StatementEntry], heading: str, about: str, *, named: bool) -> list[Draft]:
    """A sentence each, in the order of days: the first of ``entries``, as many as there is room for behind ``heading``,
    which opens the answer. ``named``: with who said it where its own words do not tell. What stands no longer where it
    was found, its article being removed or put anew meanwhile, is left out.
    """
    known = index.sources({entry.statement.article_id for entry in entries})
    shown = [
        _shown(entry, source, named=named)
        for entry in entries
        if (source := known.get(entry.statement.article_id)) and source.holds(entry.statement)
    ]
    while len(shown) > 1 and sum(min(each.words, _FEWEST_WORDS) for each in shown) > _room(heading, shown):
        shown.pop()
    shown.sort(key=lambda each: day_of(each.entry))
    shares = _shares([each.words for each in shown], _room(heading, shown))
    told_ = [_sentence(each, words, about) for each, words in zip(shown, shares, strict=True)]
    return headed(heading, told_)


def headed(heading: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, the first of them behind the heading."""
    if not drafts or not heading:
        return list(drafts)
    first = drafts[0]
    opened = Draft(f"{heading}{first.text}", first.slices, (*first.derived, heading), heading, first.statement)
    return [opened, *drafts[1:]]


def dated(entry: StatementEntry, source: Source) -> Dated:
    """When something was said; "undated" where neither text nor article tells."""
    when, article = entry.statement.said_on, source.article
    if when is None or when.first is None:
        if when and when.text:
            words = Slice(source.hit(when.start), when.start, when.end)
            return Dated(f"“{one_line(when.text)}” (undated)", (words,))
        if article.published is None:
            return Dated("undated")
        return Dated(f"{dating.day_in_words(article.published)} (the article’s date)")
    shown = dating.in_words(when)
    if not when.text:
        return Dated(f"{shown} (the article’s date)" if when.basis == "publication" else shown)
    if when.basis != "publication":
        return Dated(shown)
    words = Slice(source.hit(when.start), when.start, when.end)
    return Dated(f"{shown} (“{one_line(when.text)}”, from the article’s date)", (words,))


@dataclass(frozen=True, slots=True)
class _Shown:
    entry: StatementEntry
    source: Source
    day: Dated
    name: str  # in front, with the role; or ""

    @property
    def words(self) -> int:
        """Of the name and the whole statement."""
        one = self.entry.statement
        return len(self.name.split()) + len(self.source.article.text[one.start : one.end].split())


def _room(heading: str, shown: Sequence[_Shown]) -> int:
    """Words for all statements, with who said them."""
    return LONG - len(heading.split()) - sum(len(each.day.text.split()) for each in shown)


def _shares(lengths: Sequence[int], room: int) -> list[int]:
    """Words for each: what the short ones do not need goes to the long ones."""
    shares = [0] * len(lengths)
    waiting = sorted(range(len(lengths)), key=lengths.__getitem__)
    for place, each in enumerate(waiting):
        share = max(_LEAST_WORDS, (room - sum(shares)) // (len(waiting) - place))
        shares[each] = min(share, lengths[each])
    return shares


def _sentence(shown: _Shown, words: int, about: str) -> Draft:
    statement, day, name = shown.entry.statement, shown.day, shown.name
    own = Slice(shown.source.hit(statement.start), statement.start, statement.end)
    wanted = content_words(about)
    whole = one_line(own.text)
    if name and len(whole.split()) > words and statement.slices and not _is_denied(shown):
        text = _shortened(shown, name, words, wanted)
    else:
        said = excerpt(whole, words - len(name.split()), wanted)
        alone = statement.kind == "direct" and not statement.cue and not _marked(said)  # a turn of a transcript
        opens = all(statement.start < start for start, _ in statement.slices)
        text = _named(name, in_quotation_marks(said) if alone else balanced(said), opens=opens)
    cited = (own, *(each for each in day.slices if not own.start <= each.start < own.end))
    return Draft(f"{day.text}: {text}", cited, (day.text, name), "", statement)


def _is_denied(shown: _Shown) -> bool:
    """Whether what stands in front of the words negates them: "has never said that …"."""
    statement = shown.entry.statement
    return bool(NEGATES.search(shown.source.article.text[statement.start : statement.slices[0][0]]))


def _shortened(shown: _Shown, name: str, words: int, wanted: Sequence[str]) -> str:
    """The name and the words alone, with the verb where it stands in front of them."""
    statement, text = shown.entry.statement, shown.source.article.text
    start, end = statement.slices[0][0], statement.slices[-1][1]
    cue = text.rfind(statement.cue, statement.start, start) if re.match(r"[a-z]+$", statement.cue) else -1
    room = words - len(name.split())
    if cue >= 0 and statement.kind != "direct" and (own := one_line(text[cue:end])) and name_of(shown.entry) not in own:
        return f"{name} {balanced(excerpt(own, room, wanted))}"
    said = one_line(text[start:end])
    body = excerpt(said.removeprefix("that "), room, wanted)
    return f"{name}: {in_quotation_marks(body) if statement.kind == 'direct' and not _marked(said) else balanced(body)}"


def _shown(entry: StatementEntry, source: Source, *, named: bool) -> _Shown:
    role, name = entry.statement.role or "", name_of(entry)
    with_role = role and len(role.split()) <= _LONGEST_ROLE and role not in name and role in source.article.text
    lead = f"{name} ({one_line(role)})" if with_role else name
    return _Shown(entry, source, dated(entry, source), lead if named else "")


def _named(name: str, body: str, *, opens: bool) -> str:
    """The name in front of the words that do not tell it, in place of a pronoun or of a surname that opens them.
    ``opens``: who says them can stand there; not where what is said does ("He must resign, she added").
    """
    plain = name.split(" (", maxsplit=1)[0]
    if not name or plain in body:
        return body
    surnames = "|".join(map(re.escape, plain.split()))
    if opens and (match := _PRONOUN.match(body) or re.match(rf"(?:{surnames})(?= [a-z])", body)):
        return f"{name}{body[match.end() :]}"
    return f"{name}: {body}"


def _marked(text: str) -> bool:
    return text.startswith(("“", '"', "''", "„", "«"))
