"""Sentences that answer go in, best first; a short answer comes out, each of its sentences with the slices it is from.

No language model: the answer's words are the sources' words. What is added in front (who, when, where, how many) is
read from the cited slice, resolved from the article's date, or taken from the label of a transcript's turn, and handed
to the check as derived.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retriever import dating
from retriever.records import Article, Hit, Statement, When
from retriever.speaking import Speaking, Spoken
from retriever.splitting import after_label
from retriever.wording import content_words
from service.asking import Asked
from service.evidence import Candidate, spoken_in
from service.phrasing import balanced, excerpt, in_quotation_marks, one_line

SHORT, LONG = 48, 76  # words of a whole answer: to who, when, where, how many; to everything else
MOST_SENTENCES = 3
_ROOM = 12  # words kept free for each sentence that may follow one that is not sure
_SHORT_KINDS = frozenset(("who", "when", "where", "howmany", "howlong"))
_FEWEST_WORDS = 9  # of an excerpt that is still worth reading
_PLACES = ("GPE", "LOC", "FAC")
_AMOUNTS = ("CARDINAL", "QUANTITY", "MONEY", "PERCENT")
_AND_WHEN = re.compile(r"\b(?:and|or) (?:when|on what (?:day|date))\b", re.I)
_KINDS = {"who": ("PERSON",), "where": _PLACES, "howmany": _AMOUNTS, "howlong": ("DATE", "TIME")}
_STARTS_WITH_PRONOUN = re.compile(r"^[\"“]?(?:He|She|They|It|I|We)\b")
_WROTE = re.compile(
    r"^who (?:wrote|authored|is the (?:author|writer) of|was the (?:author|writer) of) (?:the|this|that)\b.*"
    r"\b(?:article|piece|report|story|analysis|column|commentary|op-ed|dispatch)\b",
    re.I,
)
_SAME_WORDS = 0.7  # Jaccard: a sentence that adds nothing


@dataclass(frozen=True, slots=True)
class Slice:
    """``hit.article.text[start:end]``, to be cited."""

    hit: Hit
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.hit.article.text[self.start : self.end]

    @property
    def place(self) -> tuple[str, int, int]:
        """Equal for slices that are the same characters."""
        return self.hit.article.id, self.start, self.end


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
        if any(_adds_nothing(candidate, other) for other in used):
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
    """The date that an earlier sentence has already given is not said again."""
    if any(draft.lead and draft.lead == other.lead for other in drafts) and draft.lead.endswith(". "):
        return replace(draft, text=draft.text.removeprefix(draft.lead))
    return draft


def _adds_nothing(candidate: Candidate, other: Candidate) -> bool:
    ours, theirs = set(content_words(candidate.text)), set(content_words(other.text))
    return len(ours & theirs) >= _SAME_WORDS * max(1, len(ours | theirs))


def _sentence(asked: Asked, candidate: Candidate, speaking: Speaking, words: int) -> Draft:
    """One sentence: what is asked for in front where the slice alone does not open with it, then the source's words."""
    own = Slice(candidate.hit, _after_label(candidate), candidate.end)
    spoken = _speaker(asked, candidate, speaking)
    lead, derived = _lead(asked, candidate, own, spoken, speaking)
    said = one_line(own.text)
    budget = max(_FEWEST_WORDS, words - len(lead.split()))
    body = excerpt(said, budget, content_words(asked.text), _needed(asked, candidate, own, speaking))
    body = in_quotation_marks(body) if candidate.label and spoken else balanced(body)
    if spoken and not candidate.label and lead == f"{spoken.name}: ":
        lead, body = _without_doubling(spoken.name, body)
    slices = (own,) if spoken is None or own.start <= spoken.start < own.end else (own, _where(candidate, spoken))
    shown = spoken is not None and spoken.name in f"{lead}{body}"
    cited = (*(slices if shown else (own,)), *_day_cited(asked, candidate, own))
    return Draft(f"{lead}{body}", cited, derived, lead, candidate.statement)


def _needed(asked: Asked, candidate: Candidate, own: Slice, speaking: Speaking) -> list[str]:
    """The words of a long sentence that answer: an excerpt without them would be none."""
    if asked.kind == "when":
        when = _time_of(asked, candidate, own)
        return content_words(when.text) if when else []
    kinds = _KINDS.get(asked.kind)
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


def _lead(
    asked: Asked, candidate: Candidate, own: Slice, spoken: Spoken | None, speaking: Speaking
) -> tuple[str, tuple[str, ...]]:
    """What stands in front of the source's words, and which of it must not be looked for in the slices."""
    if asked.kind == "when":
        return _when(asked, candidate, own, spoken)
    if _AND_WHEN.search(asked.text) and (dated := _said_on(candidate)):
        return dated
    if spoken is not None:
        opens = own.text[: len(spoken.name) + 25]
        return ("", ()) if spoken.name in opens and not candidate.label else (f"{spoken.name}: ", (spoken.name,))
    name = _only(asked, own, speaking)
    return (f"{name} — ", ()) if name and name not in own.text[: len(name) + 12] else ("", ())


def _only(asked: Asked, own: Slice, speaking: Speaking) -> str | None:
    """The one person, place or amount of the sentence that the question does not name itself; None of several."""
    kinds = _KINDS.get(asked.kind)
    if not kinds:
        return None
    known = set(content_words(asked.text))
    fresh = [name for name in speaking.named(own.text, kinds) if not known & set(content_words(name))]
    return one_line(fresh[0]) if len(fresh) == 1 else None


def _when(asked: Asked, candidate: Candidate, own: Slice, spoken: Spoken | None) -> tuple[str, tuple[str, ...]]:
    """The time and how it is known: written in the sentence, counted from the article's date, or the article's date."""
    article = candidate.hit.article
    who = f"{spoken.name}: " if spoken and spoken.name not in own.text else ""
    when = _time_of(asked, candidate, own)
    if when is None:
        if article.published is None:
            return who, (spoken.name,) if who and spoken else ()
        day = dating.day_in_words(article.published)
        return f"{day} (the article’s date). {who}", (day, spoken.name if spoken else "")
    shown = dating.in_words(when)
    if when.first is None:
        return f"“{one_line(when.text)}”; the article carries no date. {who}", (spoken.name if spoken else "",)
    basis = _basis(article, when)
    return f"{shown}{basis}. {who}", (shown, basis, spoken.name if spoken else "")


def _said_on(candidate: Candidate) -> tuple[str, tuple[str, ...]] | None:
    """The day of a statement in front of it, and how it is known; None where it is not."""
    when = candidate.statement.said_on if candidate.statement else None
    if when is None or when.first is None:
        return None
    shown = dating.in_words(when)
    basis = _basis(candidate.hit.article, when) if when.text else " (the article’s date)"
    return f"{shown}{basis}. ", (shown, basis)


def _day_cited(asked: Asked, candidate: Candidate, own: Slice) -> tuple[Slice, ...]:
    """Where the day of a statement stands, if that is outside of the sentence."""
    when = candidate.statement.said_on if candidate.statement else None
    if asked.kind == "when" or not _AND_WHEN.search(asked.text) or when is None or not when.text:
        return ()
    return () if own.start <= when.start < own.end else (Slice(candidate.hit, when.start, when.end),)


def _basis(article: Article, when: When) -> str:
    if when.basis != "publication" or article.published is None:
        return ""
    return f" (“{one_line(when.text)}”, counted from the article’s date, {dating.day_in_words(article.published)})"


def _time_of(asked: Asked, candidate: Candidate, own: Slice) -> When | None:
    """The time that the sentence itself gives. When somebody spoke is not what they speak of: times inside the words
    they said do not count then.
    """
    article = candidate.hit.article
    found = dating.times(article.text, article.published, start=own.start, end=own.end)
    if asked.speech and (candidate.label or asked.quoted):
        found = [] if candidate.label else [when for when in found if not _inside_marks(own, when)]
    exact = [when for when in found if when.precision not in ("year", "month")]
    return next(iter(exact or found), None)


def _inside_marks(own: Slice, when: When) -> bool:
    before = own.text[: when.start - own.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
