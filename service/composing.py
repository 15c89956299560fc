"""Checked drafts go in, the answer comes out: numbered citations, the text with its marks, how many sources."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from retriever.records import Filters, Hit, Statement
from service.conflicts import Conflict
from service.declining import Refusal
from service.drafting.extracting import Draft
from service.drafting.leads import Slice
from service.marks import unmarked
from service.records import Answer, AnswerSentence, Citation, Sources, Understood
from service.statements import as_json


@dataclass(frozen=True, slots=True)
class Posed:
    """The stand-alone question, what its words narrow it to and what was given beside them, as they go with every
    answer.
    """

    text: str
    understood: tuple[Understood, ...] = ()
    filters: Filters | None = None


def composed(
    posed: Posed,
    drafts: Sequence[Draft],
    *,
    confidence: float,
    said: Sequence[Statement] = (),
    conflict: Conflict | None = None,
) -> Answer:
    """``said``: statements that go with the answer. ``conflict``: what the drafts tell of reports that differ."""
    slices = {each.place: each for draft in drafts for each in draft.slices}
    numbers = {place: number for number, place in enumerate(slices, start=1)}
    sentences = tuple(
        AnswerSentence(unmarked(_ended(draft)), tuple(numbers[each.place] for each in draft.slices)) for draft in drafts
    )
    marks = ("".join(f"[{number}]" for number in sentence.citations) for sentence in sentences)
    return Answer(
        id=uuid.uuid4().hex,
        question=posed.text,
        answer=" ".join(f"{sentence.text}{mark}" for sentence, mark in zip(sentences, marks, strict=True)),
        declined=False,
        reason=None,
        confidence=round(confidence, 4),
        sentences=sentences,
        citations=cited(list(slices.values())),
        statements=tuple(as_json(each) for each in {each.id: each for each in said}.values()),
        conflicts=_contradicting(conflict, numbers),
        understood=posed.understood,
        sources=sources(list(slices.values())),
        filters=posed.filters,
    )


def declined(posed: Posed, refusal: Refusal, nearest: Sequence[Slice], *, confidence: float) -> Answer:
    """``nearest``: what comes nearest to an answer, best first."""
    text = refusal.sentence
    if nearest:
        text = f"{text.rstrip('.')}; the nearest passages are listed below."
    return Answer(
        id=uuid.uuid4().hex,
        question=posed.text,
        answer=text,
        declined=True,
        reason=refusal.reason,
        confidence=round(confidence, 4),
        sentences=(AnswerSentence(text, ()),),
        citations=cited(nearest),
        understood=posed.understood,
        sources=sources(nearest),
        filters=posed.filters,
    )


def cited(slices: Sequence[Slice]) -> tuple[Citation, ...]:
    """Numbered in their order, from 1."""
    return tuple(
        Citation(
            number=number,
            document_id=each.hit.article.id,
            title=each.hit.article.title,
            source=each.hit.article.source,
            author=each.hit.article.author,
            published=each.hit.article.published,
            url=each.hit.article.url,
            passage_id=each.hit.passage.id,
            start=each.start,
            end=each.end,
            quote=each.text,
            copies=each.hit.copies,
        )
        for number, each in enumerate(slices, start=1)
    )


def sources(slices: Sequence[Slice]) -> Sources:
    """Copies of an article are articles, and no sources of their own."""
    groups: list[set[str]] = []
    for each in slices:
        mine = {each.hit.article.id, *each.hit.copies}
        apart = [group for group in groups if not group & mine]
        groups = [*apart, mine.union(*(group for group in groups if group & mine))]
    return Sources(articles=sum(map(len, groups)), independent=len(groups))


def whole(hit: Hit) -> Slice:
    """The hit's passage."""
    return Slice(hit, hit.passage.start, hit.passage.end)


def pieces(answer: Answer) -> Iterator[str]:
    """The answer's text in pieces, a sentence each; joined they are the text."""
    rest = answer.answer
    for sentence in answer.sentences[1:]:
        cut = rest.index(sentence.text, 1)
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


def _ended(draft: Draft) -> str:
    """With a full stop where it has none, as its slice may end before one; where the source goes on, it shows that."""
    if re.search(r"[.!?…][\"”’'»)\]]*$", draft.text):
        return draft.text
    last = (draft.text.split() or [""])[-1]
    own = next((each for each in draft.slices if each.text.rstrip().endswith(last)), None)
    behind = own.hit.article.text[own.end : own.end + 3].lstrip('"”’») ') if own else ""
    return f"{draft.text}." if re.match(r"$|[.!?\n]", behind) else f"{draft.text} …"


def _contradicting(
    conflict: Conflict | None, numbers: Mapping[tuple[str, int, int], int]
) -> tuple[dict[str, Any], ...]:
    """The same words in another wording are no contradiction; what was left out of the answer is none either."""
    if conflict is None or conflict.kind == "words":
        return ()
    told = [value for value in conflict.values if value.slice.place in numbers]
    values = [{"value": each.shown, "citations": [numbers[each.slice.place]]} for each in told]
    return ({"about": conflict.about, "values": values},) if len(values) > 1 else ()
