"""An article goes in, its statements come out: who said what, to whom, when, and where it stands.

Prose is read by the tagging model, transcripts by their speakers' labels, releases by the line that says whose words
they are. People and times are resolved within the article; what the article leaves open stays open.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from retriever import dating, naming, splitting
from retriever.catalogue.words import tokens
from retriever.records import Article, Sentence, Statement, When
from retriever.statements.people import People, Speaker
from retriever.statements.tagging import Span, Tagged, Tagging
from retriever.statements.windows import quotations

VERSION = "1"  # another one means that statements are found anew

_SAME, _FEW = 0.75, 4  # Jaccard of words above which two statements are one; fewer words say too little to tell
_DIRECT, _MIXED = 0.75, 0.0  # share of the words in quotation marks
_ATTRIBUTABLE = re.compile(
    r"attributable to (?:the )?(?:\w+ ){0,3}?(?P<name>[A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*)+)\s*:?"
)
_CITED = re.compile(
    r",?\s*(?:which|who|that)\s+(?:cited|cites|quoted|quotes|citing|quoting)\s+|,?\s*(?:citing|quoting)\s+"
)
_PARTNER = re.compile(
    r"\b(?:with|to|told|asked|urged|warned|informed|assured|phoned|called)\s+(?P<name>[^,.;:\n]{3,70})"
)
_CLAUSE = re.compile(
    r"\b(?:that|to|about|of|on|in|not|whether|if|when|for|during|after|before|from|at|by|as|and|over)\b"
)
_NAME = re.compile(r"[A-Z][\w.'’\-]*")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y)\b")
_ASKS = re.compile(r"\b(?:urg|ask|call|request|press|warn|invit|remind|advis|demand|want)", re.I)
_ASKED = re.compile(r"(?:on |upon )?(?P<name>(?:the )?[A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*){0,3}) (?:to|not|that)\b")
_GROUP = re.compile(
    r"(?:the |his |her |their |a )?(?:\w+ )?(?:reporters|journalists|lawmakers|parliament|hosts|audience|conference|"
    r"media|press|crowd|committee|newspaper|agency|visitors|colleagues)",
    re.I,
)
_EXACT = ("day", "weekday")
_NEWS = timedelta(days=10)  # older is background
_PRONOUN_TO = frozenset("him her them me us".split())


@dataclass(frozen=True, slots=True)
class _Found:
    """A statement while its people are being told."""

    tagged: Tagged
    speaker: Speaker | None
    via: tuple[str, ...] = ()


class Finder:
    """Finds statements. ``threads``: cores for the model; None takes all. Safe to share between threads."""

    version = VERSION

    def __init__(self, tagging: Tagging | None = None, *, threads: int | None = None) -> None:
        self._tagging = tagging or Tagging(threads=threads)

    def find(self, article: Article) -> list[Statement]:
        """In the order of the text. Raises ModelUnusable."""
        turns = splitting.turns(article.text)
        told = list(_whole(article, turns, quotations(article.text)))
        covered = [(each.start, each.end) for each in told]
        prose = [each for each in self._prose(article) if not any(a <= each.start < b for a, b in covered)]
        return _once(sorted((*told, *prose), key=lambda each: (each.start, each.end)))

    def _prose(self, article: Article) -> Iterator[Statement]:
        people = People(article)
        quoted = quotations(article.text)
        spoken: list[Speaker | None] = []
        found: list[_Found] = []
        for tagged in self._tagging.tagged(article.text):
            source, outlets = _chain(article.text, tagged, people)
            at = tagged.source[0][0] if tagged.source else None
            speaker = people.named(source, spoken, at=at)
            spoken.append(speaker)
            found.append(_Found(tagged, speaker, outlets))
        days = _days(article, quoted)
        for each in found:
            outer = [other for other in found if other is not each and _holds(other.tagged, each.tagged)]
            via = tuple(other.speaker.name for other in outer if other.speaker) + each.via
            yield _statement(article, replace(each, via=via), people, quoted, days)


def _once(statements: Sequence[Statement]) -> list[Statement]:
    """Without those that repeat an earlier one: some articles hold their text twice."""
    kept: list[Statement] = []
    seen: dict[str | None, list[frozenset[str]]] = {}
    for each in statements:
        words = frozenset(tokens(each.content))
        theirs = seen.setdefault(each.speaker, [])
        if len(words) < _FEW or not any(len(words & other) >= _SAME * len(words | other) for other in theirs):
            kept.append(each)
            theirs.append(words)
    return kept


def _chain(text: str, tagged: Tagged, people: People) -> tuple[str, tuple[str, ...]]:
    """The words that name the speaker, and those whom the source itself cites in front: "AFP, which cited a …"."""
    source = " ".join(text[start:end] for start, end in tagged.source)
    parts = _CITED.split(source)
    outlets = (people.named(part, ()) for part in parts[:-1])
    return parts[-1], tuple(each.name for each in outlets if each)


def _holds(outer: Tagged, inner: Tagged) -> bool:
    """Whether one statement, with its cue, stands inside the words of another."""
    spans = (*inner.cue, *inner.content)
    return all(any(a <= start and end <= b for a, b in outer.content) for start, end in spans)


def _statement(
    article: Article, found: _Found, people: People, quoted: Sequence[Span], days: Sequence[When]
) -> Statement:
    text, tagged = article.text, found.tagged
    spans = (*tagged.source, *tagged.cue, *tagged.content)
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    return Statement(
        id=_id(article, tagged.content),
        article_id=article.id,
        speaker=found.speaker.name if found.speaker else None,
        speaker_text=max((text[a:b] for a, b in tagged.source), key=len, default=""),
        role=found.speaker.role if found.speaker else None,
        cue=" ".join(text[a:b] for a, b in tagged.cue),
        content=_joined(text, tagged.content),
        kind=_kind(tagged.content, quoted),
        addressee=_addressee(text, tagged, found.speaker, people),
        said_on=_said_on(article, found, people, days),
        via=found.via,
        speech=tagged.speech,
        start=start,
        end=end,
        slices=tagged.content,
    )


def _id(article: Article, slices: Sequence[Span]) -> str:
    words = "\0".join(f"{start}\0{end}\0{article.text[start:end]}" for start, end in slices)
    return hashlib.sha256(f"{article.id}\0{words}".encode(errors="replace")).hexdigest()[:24]


def _joined(text: str, slices: Sequence[Span]) -> str:
    return " … ".join(text[start:end] for start, end in slices)


def _kind(slices: Sequence[Span], quoted: Sequence[Span]) -> Literal["direct", "indirect", "mixed"]:
    total = sum(end - start for start, end in slices)
    inside = sum(max(0, min(end, b) - max(start, a)) for start, end in slices for a, b in quoted)
    share = inside / total if total else 0.0
    return "direct" if share >= _DIRECT else "mixed" if share > _MIXED else "indirect"


def _addressee(text: str, tagged: Tagged, speaker: Speaker | None, people: People) -> str | None:
    """Who stands between the cue and the words ("told Akiba that"), at the head of what is asked ("urged Tokyo to"), or
    with whom the sentence has them speak.
    """
    if not tagged.cue:
        return None
    cue, words = tagged.cue[-1], tagged.content[0]
    between = text[cue[1] : words[0]] if cue[1] <= words[0] else ""
    asked = _ASKED.match(text[words[0] : words[1]]) if _ASKS.search(text[cue[0] : cue[1]]) else None
    opening = max(text.rfind("\n", 0, words[0]), text.rfind(". ", 0, words[0])) + 1
    outside = text[opening : min(words[0], tagged.cue[0][0])]
    candidates = [_CLAUSE.split(f" {between.strip()} ")[0].strip(), asked["name"] if asked else ""]
    candidates += [_CLAUSE.split(match["name"])[0] for match in _PARTNER.finditer(outside)]
    for place, candidate in enumerate(candidates):
        if candidate.lower() in _PRONOUN_TO:
            return None
        if _NAME.search(candidate) or (place == 0 and _GROUP.fullmatch(candidate)):
            named = people.named(candidate)
            if named and (speaker is None or named.name not in speaker.name):
                return named.name
    return None


def _said_on(article: Article, found: _Found, people: People, days: Sequence[When]) -> When | None:
    """The day that the sentence gives outside of the words; else the last one before on which the speaker met or spoke
    with somebody; else the day of publication.

    A report tells of an event, whose day its opening gives, and of what was said there (van Dijk, "News as Discourse",
    1988, on the summary that leads). ``days``: all times of the article outside of words that are quoted.
    """
    text, tagged = article.text, found.tagged
    spans = (*tagged.source, *tagged.cue, *tagged.content)
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    opening = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start)) + 1
    closing = min((place for place in (text.find("\n", end), text.find(". ", end)) if place >= 0), default=len(text))
    outside = [when for when in days if not any(a <= when.start < b for a, b in tagged.content)]
    own = [when for when in outside if opening <= when.start < closing]
    exact = [when for when in own if when.precision in _EXACT]
    if exact:
        return exact[0]
    had = any(re.match(r"ha[ds]\b", text[a:b]) for a, b in tagged.cue)
    if own and had:
        return own[0]
    told = [when for when in outside if when.precision in _EXACT and when.start < opening and _is_recent(when, article)]
    theirs = [when for when in reversed(told) if _takes_part(found.speaker, people, text, when)]
    return next(iter(theirs), None) or _published(article)


def _takes_part(speaker: Speaker | None, people: People, text: str, when: When) -> bool:
    """Whether the sentence that gives a day names the speaker: then it is the day on which they met or spoke."""
    if speaker is None or not speaker.person:
        return False
    opening = max(text.rfind("\n", 0, when.start), text.rfind(". ", 0, when.start)) + 1
    closing = min((at for at in (text.find("\n", when.end), text.find(". ", when.end)) if at >= 0), default=len(text))
    there = f"{text[opening:closing]} {' '.join(people.mentioned(opening, closing))}"
    return bool(set(tokens(speaker.name)) & set(tokens(there)))


def _is_recent(when: When, article: Article) -> bool:
    """Whether a day can be that of what is reported: not after the report, and not weeks before it."""
    if when.last is None or article.published is None:
        return when.precision == "weekday"
    return timedelta(0) <= article.published - when.last <= _NEWS


def _days(article: Article, quoted: Sequence[Span]) -> list[When]:
    """All times of the article that stand in no quotation."""
    times = dating.times(article.text, article.published)
    return [when for when in times if not any(a <= when.start < b for a, b in quoted)]


def _published(article: Article) -> When | None:
    if article.published is None:
        return None
    return When(article.published, article.published, "day", "publication", "", 0, 0)


def _whole(article: Article, turns: list[tuple[int, str]], quoted: Sequence[Span]) -> Iterator[Statement]:
    """Sentences whose speaker a label or a line names for all that follows."""
    text = article.text
    attributable = _ATTRIBUTABLE.search(text)
    author = _author(article)
    for sentence in splitting.sentences(text):
        label = splitting.speaker_at(turns, sentence.start)
        start = sentence.start
        if label:
            name = naming.of_label(article, label)
            if text.startswith(label, start) or text[start : start + len(label) + 8].lstrip().startswith(label):
                start += splitting.after_label(text[start : sentence.end])
            if name and start < sentence.end:
                yield _turn(article, name, label, (start, sentence.end))
        elif attributable and sentence.start >= attributable.end():
            yield _turn(article, attributable["name"], attributable["name"], (start, sentence.end))
        elif author and not turns and _in_own_words(text, sentence, quoted):
            yield _turn(article, author, author, (start, sentence.end))


def _in_own_words(text: str, sentence: Sentence, quoted: Sequence[Span]) -> bool:
    """Whether a sentence says I or we, and not in somebody's quotation marks."""
    inside = any(start < sentence.end and sentence.start < end for start, end in quoted)
    return not inside and bool(_FIRST_PERSON.search(text[sentence.start : sentence.end]))


def _author(article: Article) -> str | None:
    """Whose words a release in the first person is: of its one author, whom its text names near the top."""
    name = (article.author or "").split(",")[0].strip()
    return name if len(name.split()) in (2, 3, 4) and 0 <= article.text.find(name.split()[-1]) < 300 else None


def _turn(article: Article, name: str, label: str, span: Span) -> Statement:
    return Statement(
        id=_id(article, (span,)),
        article_id=article.id,
        speaker=name,
        speaker_text=label,
        role=None,
        cue="",
        content=article.text[span[0] : span[1]],
        kind="direct",
        addressee=None,
        said_on=_published(article),
        via=(),
        speech=True,
        start=span[0],
        end=span[1],
        slices=(span,),
    )
