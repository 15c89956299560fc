"""An article goes in, its statements come out: who said what, to whom, when, and where it stands.

Prose is read by the tagging model, transcripts by their speakers' labels, releases by the line that says whose words
they are. People and times are resolved within the article; what the article leaves open stays open.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from retriever import naming, splitting
from retriever.catalogue.words import tokens
from retriever.records import Article, Sentence, Statement, When
from retriever.statements import chains, releases, reporting
from retriever.statements.addressing import addressee, exchanged
from retriever.statements.people import People
from retriever.statements.saying_when import SayingWhen, published
from retriever.statements.speaker import Speaker
from retriever.statements.tagging import Span, Tagged, Tagging
from retriever.statements.windows import quotations

VERSION = "5"  # another one means that statements are found anew

_SAME, _FEW = 0.75, 4  # Jaccard of words above which two statements are one; fewer words say too little to tell
_DIRECT, _MIXED = 0.75, 0.0  # share of the words in quotation marks


@dataclass(frozen=True, slots=True)
class _Found:
    """A statement while its people are being told."""

    tagged: Tagged
    speaker: Speaker | None
    via: tuple[str, ...] = ()
    addressee: str | None = None
    said_on: When | None = None


class Finder:
    """Finds statements. ``threads``: cores for the model; None takes all. Safe to share between threads."""

    version = VERSION

    def __init__(self, tagging: Tagging | None = None, *, threads: int | None = None) -> None:
        self._tagging = tagging or Tagging(threads=threads)

    def find(self, article: Article) -> list[Statement]:
        """In the order of the text. Raises ModelUnusable."""
        prose = list(self._prose(article))
        turns = splitting.turns(article.text)
        found = _transcribed(article, turns, prose) if turns else _released(article, prose)
        return _once(sorted(found, key=lambda each: (each.start, each.end)))

    def _prose(self, article: Article) -> Iterator[Statement]:
        people = People(article)
        quoted = quotations(article.text)
        spoken: list[Speaker | None] = []
        found: list[_Found] = []
        for link in chains.parted(article.text, self._tagging.tagged(article.text)):
            source = " ".join(article.text[start:end] for start, end in link.tagged.source)
            at = link.tagged.source[0][0] if link.tagged.source else None
            speaker = people.named(source, spoken, at=at)
            spoken.append(speaker)
            through = (people.named(words) for words in link.through)
            found.append(_Found(link.tagged, speaker, tuple(each.name for each in through if each)))
        told = [(each.tagged, each.speaker) for each in found]
        when, answers = SayingWhen(article, people, quoted, told), exchanged(told, article.text)
        asked = {earlier: later for later, earlier in answers.items()}
        reach = [(each, *_reach(each.tagged.content)) for each in found]
        for place, each in enumerate(found):
            at = _reach(each.tagged.content)[0]
            near = (other for other, low, high in reach if low <= at < high and other is not each)
            outer = [other for other in near if _holds(other.tagged, each.tagged)]
            via = (
                tuple(name for other in outer if other.speaker for name in (*other.via, other.speaker.name)) + each.via
            )
            other = answers.get(place, asked.get(place))
            partner = found[other].speaker if other is not None else None
            whom = addressee(article.text, each.tagged, each.speaker, people) or (partner.name if partner else None)
            day = when.said_on(each.tagged, each.speaker)
            if other is not None and day and not day.text:
                day = when.said_on(*told[other])
            yield _statement(article, replace(each, via=via, addressee=whom, said_on=day), quoted)


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


def _reach(spans: Sequence[Span]) -> Span:
    return min((start for start, _ in spans), default=0), max((end for _, end in spans), default=0)


def _holds(outer: Tagged, inner: Tagged) -> bool:
    """Whether one statement, with its cue, stands inside the words of another."""
    spans = (*inner.cue, *inner.content)
    return all(any(a <= start and end <= b for a, b in outer.content) for start, end in spans)


def _statement(article: Article, found: _Found, quoted: Sequence[Span]) -> Statement:
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
        addressee=found.addressee,
        said_on=found.said_on,
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


def _transcribed(
    article: Article, turns: Sequence[tuple[int, str | None]], prose: Sequence[Statement]
) -> list[Statement]:
    """The sentences of the turns, each its label's; of what the model found, that which stands outside of them."""
    names = {label: naming.of_label(article, label) for label in {label for _, label in turns} if label}
    told = list(_turns(article, turns, names))
    return [
        *told,
        *(each for each in prose if each.speaker_text not in names and reporting.around(told, each.start) is None),
    ]


def _turns(
    article: Article, turns: Sequence[tuple[int, str | None]], names: Mapping[str, str | None]
) -> Iterator[Statement]:
    text = article.text
    for sentence in splitting.sentences(text):
        label, start = splitting.speaker_at(turns, sentence.start), sentence.start
        name = names[label] if label else None
        if not label or not name:
            continue
        if text[start : start + len(label) + 8].lstrip().startswith(label):
            start += splitting.after_label(text[start : sentence.end])
        if start < sentence.end:
            yield _turn(article, name, label, (start, sentence.end))


def _released(article: Article, prose: Sequence[Statement]) -> list[Statement]:
    """What a line gives to one person as a whole, or an author says as I and we; and what the model found beside it."""
    if line := releases.attributable(article.text):
        below = [(each.start, each.end) for each in splitting.sentences(article.text) if each.start >= line.end()]
        return reporting.read_out([_turn(article, line["name"], line["name"], span) for span in below], prose)
    if author := releases.author(article):
        own = [_turn(article, author, author, span) for span in _in_own_words(article.text)]
        return reporting.in_own_name(article.text, own, prose)
    return list(prose)


def _in_own_words(text: str) -> list[Span]:
    """The sentences that say I or we, and not in somebody's quotation marks."""
    quoted = quotations(text)
    return [
        (each.start, each.end)
        for each in splitting.sentences(text)
        if not _overlaps(quoted, each) and releases.in_first_person(text[each.start : each.end])
    ]


def _overlaps(spans: Sequence[Span], sentence: Sentence) -> bool:
    """Whether one of these, in order and apart from one another, has characters in the sentence."""
    before = bisect_right(spans, sentence.end - 1, key=lambda span: span[0]) - 1
    return before >= 0 and spans[before][1] > sentence.start


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
        said_on=published(article),
        via=(),
        speech=True,
        start=span[0],
        end=span[1],
        slices=(span,),
    )
