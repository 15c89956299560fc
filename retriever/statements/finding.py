"""An article goes in, its statements come out: who said what, to whom, when, and where it stands.

Prose is read by the tagging model, transcripts by their speakers' labels, releases by the line that says whose words
they are. People and times are resolved within the article; what the article leaves open stays open.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from retriever import naming, splitting
from retriever.catalogue.words import tokens
from retriever.records import Article, Sentence, Statement, When
from retriever.statements import chains
from retriever.statements.addressing import addressee, exchanged
from retriever.statements.people import People
from retriever.statements.saying_when import SayingWhen, published
from retriever.statements.speaker import Speaker
from retriever.statements.tagging import Span, Tagged, Tagging
from retriever.statements.windows import quotations

VERSION = "3"  # another one means that statements are found anew

_SAME, _FEW = 0.75, 4  # Jaccard of words above which two statements are one; fewer words say too little to tell
_DIRECT, _MIXED = 0.75, 0.0  # share of the words in quotation marks
_ATTRIBUTABLE = re.compile(
    r"attributable to (?:the )?(?:\w+ ){0,3}?(?P<name>[A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*)+)\s*:?"
)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y)\b")


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
        turns = splitting.turns(article.text)
        told = list(_whole(article, turns, quotations(article.text)))
        covered, labels = [(each.start, each.end) for each in told], {label for _, label in turns}
        prose = [
            each
            for each in self._prose(article)
            if each.speaker_text not in labels and not any(a <= each.start < b for a, b in covered)
        ]
        return _once(sorted((*told, *prose), key=lambda each: (each.start, each.end)))

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
        for place, each in enumerate(found):
            outer = [other for other in found if other is not each and _holds(other.tagged, each.tagged)]
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
        said_on=published(article),
        via=(),
        speech=True,
        start=span[0],
        end=span[1],
        slices=(span,),
    )
