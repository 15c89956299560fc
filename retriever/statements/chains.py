"""Statements that reach the article through others: what the tagging took for one is parted into who says it and
through whom it is known ("AFP, which cited an official", "a participant, quoted by a monthly, was said to have").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retriever.statements.tagging import Span, Tagged

_CITES = r"(?:cited|cites|quoted|quotes|citing|quoting)"
_CITING = re.compile(rf"(?:,?\s*(?:which|who|that)\b)?,?\s*{_CITES}\s+(?P<source>[^,;\n]{{3,120}}),\s+")
_CITED = re.compile(rf",?\s*(?:which|who|that)\s+{_CITES}\s+|,?\s*(?:citing|quoting)\s+")
_CITED_BY = re.compile(
    r"(?P<source>\b(?:[Aa]n?\b|[Tt]he\b|[A-Z])[^,;.\n]{2,80}),\s+(?:quoted|cited)\s+by\s+(?:the\s+)?$"
)
_BY = re.compile(r"(?:quoted|cited)\s+by\s+")
_ACCORDING = re.compile(r"according to\s*$", re.I)
_INNER = re.compile(
    r"(?P<source>(?:[A-Z][\w.'’\-]*|the)(?:[ \u00a0][\w.'’\-]+){0,4}?|[Hh]e|[Ss]he|[Tt]hey)\s+(?P<cue>said|told|called|"
    r"described|repeated|urged|asked|warned|voiced|expressed|answered|stressed|insisted|added|demanded)\s+(?=\S)"
)
_SUBJECT = re.compile(r"(?P<source>[A-Z][\w.'’\-]*(?:[ \u00a0][A-Z][\w.'’\-]*){0,4}|[Hh]e|[Ss]he)\s*$")
_OPENING = re.compile(r"(?:(?<=\n)|(?<=[.!?] ))(?P<source>[A-Z][^.,;\n]{2,80})(?:,[^.;\n]{2,60},)?\s*$")
_ENDS = re.compile(r"[.!?][”\"’']?\s|^\s*\n")


@dataclass(frozen=True, slots=True)
class Link:
    """A statement and the words that name those through whom it is known, outermost first."""

    tagged: Tagged
    through: tuple[str, ...] = ()


def parted(text: str, found: Sequence[Tagged]) -> list[Link]:
    """Each statement with its own source; where "according to" holds somebody's statement, that one as well."""
    links = [
        _citing(text, each) or _cited_by(text, each) or _according(text, each) or _behind(text, each) for each in found
    ]
    return sorted((*links, *_held(text, links)), key=lambda link: _place(link.tagged))


def _place(tagged: Tagged) -> int:
    """Statements are told in the order of their cues; a pronoun means somebody before its own."""
    return min(start for start, _ in tagged.cue or tagged.content)


def _citing(text: str, tagged: Tagged) -> Link | None:
    """ "According to AFP, which cited an official, he …": the official's words through AFP."""
    if not tagged.source or not tagged.content:
        return None
    (start, end), first = tagged.source[0], tagged.content[0]
    whole = text[start:end]
    if len(tagged.source) == 1 and (cited := _CITED.search(whole)) and cited.start():
        return Link(replace(tagged, source=((start + cited.end(), end),)), (whole[: cited.start()],))
    outlet = re.sub(r",?\s*(?:which|who|that)?\s*$", "", whole)
    citing = _CITING.match(text, start + len(outlet), first[1])
    if outlet and citing and citing.end() < first[1] and first[0] <= citing.start("source"):
        content = ((citing.end(), first[1]), *tagged.content[1:])
        return Link(replace(tagged, source=(citing.span("source"),), content=content), (outlet,))
    return None


def _cited_by(text: str, tagged: Tagged) -> Link | None:
    """ "A participant, quoted by a monthly, was said to have …": the participant's words through the monthly."""
    if not tagged.source:
        return None
    start, end = tagged.source[0]
    opening = text.rfind("\n", 0, start) + 1
    for by in _BY.finditer(text, opening, end):
        source = _CITED_BY.search(text[opening : by.end()])
        if source and 0 <= start - by.end() < 20:  # the tagging may take a part of the outlet's name only
            at = opening + source.start("source")
            words = re.split(r"\b(?:what|that|whom|which|if)\s+", source["source"])[-1]
            at += len(source["source"]) - len(words)
            return Link(replace(tagged, source=((at, at + len(words)),)), (text[by.end() : end],))
    return None


def _according(text: str, tagged: Tagged) -> Link | None:
    """ "Berg said …, according to the readout": Berg's words, where the readout was taken for who said them."""
    cue = " ".join(text[start:end] for start, end in tagged.cue)
    if not tagged.source or not tagged.cue or "according" in cue.lower():
        return None
    start, end = tagged.source[0]
    subject = _SUBJECT.search(text[max(0, tagged.cue[0][0] - 80) : tagged.cue[0][0]])
    if subject and start > tagged.cue[-1][1] and _ACCORDING.search(text[max(0, start - 20) : start]):
        at = tagged.cue[0][0] - len(subject[0])
        return Link(replace(tagged, source=((at, at + len(subject["source"])),)), (text[start:end],))
    return None


def _behind(text: str, tagged: Tagged) -> Link:
    """Without a source that stands in the next sentence: then who says it stands in front of the cue."""
    if not tagged.source or not tagged.cue or not tagged.content:
        return Link(tagged)
    start, cue = tagged.source[0][0], tagged.cue[0][0]
    said = max(tagged.content[-1][1], tagged.cue[-1][1])
    if start < said or not _ENDS.search(text[said - 2 : start]) or not (subject := _OPENING.search(text[:cue][-160:])):
        return Link(tagged)
    at = cue - len(subject[0])
    return Link(replace(tagged, source=((at, at + len(subject["source"])),)))


def _held(text: str, links: Sequence[Link]) -> Iterator[Link]:
    """Statements that open the words of "according to" and that the tagging did not find on their own."""
    cues = {span for link in links for span in link.tagged.cue}
    for link in links:
        outer = link.tagged
        if not outer.content or not any("according" in text[a:b].lower() for a, b in outer.cue):
            continue
        start, end = outer.content[0]
        inner = _INNER.match(text, start, end)
        if inner and not any(_touch(inner.span("cue"), cue) for cue in cues):
            content = ((inner.end(), end), *outer.content[1:])
            tagged = replace(outer, source=(inner.span("source"),), cue=(inner.span("cue"),), content=content)
            yield Link(tagged)


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
