"""Sentences that answer go in, best first; a short answer comes out, each of its sentences with the slices it is from.

No language model: the answer's words are the sources' words. What is added in front (who, when, where, how many) is
read from the cited slice, resolved from the article's date, or taken from the label of a transcript's turn, and handed
to the check as derived.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retriever.records import Hit, Statement
from retriever.speaking import Speaking, Spoken
from retriever.splitting import after_label
from retriever.wording import content_words
from service import leads
from service.asking import Asked
from service.evidence import Candidate, spoken_in
from service.leads import Slice
from service.phrasing import balanced, excerpt, in_quotation_marks, one_line

SHORT, LONG = 48, 76  # words of a whole answer: to who, when, where, how many; to everything else
MOST_SENTENCES = 3
_ROOM = 12  # words kept free for each sentence that may follow one that is not sure
_SHORT_KINDS = frozenset(("who", "when", "where", "howmany", "howlong"))
_FEWEST_WORDS = 9  # of an excerpt that is still worth reading
_STARTS_WITH_PRONOUN = re.compile(r"^[\"“]?(?:He|She|They|It|I|We)\b")
_WROTE = re.compile(
    r"^who (?:wrote|authored|is the (?:author|writer) of|was the (?:author|writer) of) (?:the|this|that)\b.*"
    r"\b(?:article|piece|report|story|analysis|column|commentary|op-ed|dispatch)\b",
    re.I,
)
_SAME_WORDS = 0.7  # Jaccard: a sentence that adds nothing


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence of an answer before it is checked. ``derived``: words that no slice holds, with reason."""

    text: str
    slices: tuple[Slice, ...]
    derived: tuple[str, ...] = ()
    lead: str = ""  # what of the text stands in front of the source's words
    statement: Statement | None = None  # what of the statement index it tells


def compose(asked: Asked, ranked: Sequence[Candidate], speaking: Speaking, *, enough: Sequence[bool]) -> list[Draft]:
    """At most three sentences, the answer first. ``enough[n]``: whether the n-th candidate alone answers well enough
    for nothing to follow it.
    """
    words_left = SHORT if asked.kind in _SHORT_KINDS else LONG
    drafts: list[Draft] = []
    used: list[Candidate] = []
    for place, candidate in enumerate(ranked):
        if len(drafts) == MOST_SENTENCES or (drafts and words_left < _FEWEST_WORDS):
            break
        if any(_adds_nothing(candidate, other) for other in used) or (drafts and _is_timeless(asked, candidate)):
            continue
        kept_free = 0 if enough[place] else _ROOM * (MOST_SENTENCES - len(drafts) - 1)
        draft = _sentence(asked, candidate, speaking, words_left - kept_free)
        draft = _without_repeated_lead(draft, drafts)
        if drafts and len(draft.text.split()) > words_left:
            continue  # its lead alone takes what is left
        words_left -= len(draft.text.split())
        drafts.append(draft)
        used.append(candidate)
        if enough[place]:
            break
    return drafts


def authored(asked: Asked, hits: Sequence[Hit]) -> list[Draft]:
    """The answer to "Who wrote the article about …?": the author of the best hit's article, if it names one in its
    text. Empty where that is not asked, or not known.
    """
    if not _WROTE.search(asked.text):
        return []
    for hit in hits[:1]:
        author, text = hit.article.author, hit.article.text
        place = text.find(author.split()[-1]) if author else -1
        if author and place >= 0:
            start = text.rfind("\n", 0, place) + 1
            end = text.find("\n", place)
            line = Slice(hit, start, end if end >= 0 else len(text))
            of = f" ({hit.article.source})" if hit.article.source else ""
            written = f"{author} wrote it{of}: {excerpt(one_line(line.text), 30, [])}"
            return [Draft(balanced(written), (line,), (author, hit.article.source or ""))]
    return []


def _without_repeated_lead(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """The date or the answer that stands in front of an earlier sentence already is not said again."""
    if any(draft.lead and draft.lead == other.lead for other in drafts) and draft.lead.endswith((". ", " — ")):
        return replace(draft, text=draft.text.removeprefix(draft.lead))
    return draft


def _is_timeless(asked: Asked, candidate: Candidate) -> bool:
    """Whether a day is asked for that the sentence does not tell: the article's date alone adds nothing."""
    own = Slice(candidate.hit, candidate.start, candidate.end)
    return asked.kind == "when" and not asked.speech and leads.time_of(asked, candidate, own) is None


def _adds_nothing(candidate: Candidate, other: Candidate) -> bool:
    ours, theirs = set(content_words(candidate.text)), set(content_words(other.text))
    return len(ours & theirs) >= _SAME_WORDS * max(1, len(ours | theirs))


def _sentence(asked: Asked, candidate: Candidate, speaking: Speaking, words: int) -> Draft:
    """One sentence: what is asked for in front where the slice alone does not open with it, then the source's words."""
    own = Slice(candidate.hit, _after_label(candidate), candidate.end)
    spoken = _speaker(asked, candidate, speaking)
    first = leads.lead(asked, candidate, own, spoken, speaking)
    lead, said = first.text, one_line(own.text)
    budget = max(_FEWEST_WORDS, words - len(lead.split()))
    body = excerpt(said, budget, content_words(asked.text), _needed(asked, candidate, own, speaking))
    body = in_quotation_marks(body) if candidate.label and spoken else balanced(body)
    if spoken and not candidate.label and lead == f"{spoken.name}: ":
        lead, body = _without_doubling(spoken.name, body)
    slices = (own,) if spoken is None or own.start <= spoken.start < own.end else (own, _where(candidate, spoken))
    shown = spoken is not None and spoken.name in f"{lead}{body}"
    cited = (*(slices if shown else (own,)), *first.slices)
    return Draft(f"{lead}{body}", cited, first.derived, lead, candidate.statement)


def _needed(asked: Asked, candidate: Candidate, own: Slice, speaking: Speaking) -> list[str]:
    """The words of a long sentence that answer: an excerpt without them would be none."""
    if asked.kind == "when":
        when = leads.time_of(asked, candidate, own)
        return content_words(when.text) if when else []
    if answer := leads.answer_in(asked, candidate):
        return content_words(answer.text)
    kinds = leads.KINDS.get(asked.kind)
    known = set(content_words(asked.text))
    names = speaking.named(own.text, kinds) if kinds else []
    return [word for name in names if not known & set(content_words(name)) for word in content_words(name)]


def _without_doubling(name: str, body: str) -> tuple[str, str]:
    """Lead and body of "Yang Jiechi: Yang told …" and "Wang Yi: He said …": the name takes the place of what stands for
    it; where the body has the name in full, nothing is put in front.
    """
    parts = "|".join(map(re.escape, (*name.split(), "He", "She")))
    if " and " not in name and (match := re.match(rf"(?:{parts})(?= [a-z])", body)):
        return "", f"{name}{body[match.end() :]}"
    return ("", body) if name in body else (f"{name}: ", body)


def _after_label(candidate: Candidate) -> int:
    """Where the sentence's own words start: behind the label of a turn that it opens."""
    behind = after_label(candidate.text) if candidate.label else 0
    return candidate.start + behind if candidate.start + behind < candidate.end else candidate.start


def _where(candidate: Candidate, spoken: Spoken) -> Slice:
    return Slice(candidate.hit, spoken.start, spoken.end)


def _speaker(asked: Asked, candidate: Candidate, speaking: Speaking) -> Spoken | None:
    """Who says the sentence, where that is asked or the sentence does not say it itself. Nobody is put in front of a
    sentence in which several speak: it says who says what.
    """
    if candidate.speakers > 1 and not candidate.label:
        return None
    pronoun = bool(_STARTS_WITH_PRONOUN.match(candidate.text))
    if not (candidate.label or pronoun or (asked.speech and asked.kind in ("who", "when", "list"))):
        return None
    return spoken_in(candidate) or speaking.speaker(
        candidate.hit.article, candidate.start, candidate.end, label=candidate.label, words=content_words(asked.text)
    )
