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
from retriever.speaking import Speaking
from retriever.splitting import after_label
from retriever.wording import content_words
from service.drafting import leads, pieces
from service.drafting.cues import speech_fits
from service.drafting.leads import Slice
from service.drafting.phrasing import balanced, excerpt, is_empty, is_layout, one_line
from service.drafting.pieces import Piece
from service.evidence import Candidate
from service.question.asking import Asked

SHORT, LONG = 48, 76  # words of a whole answer: to who, when, where, how many; to everything else
MOST_SENTENCES = 3
MOST_LISTED = 4  # sentences of an answer that lists
_SHORT_KINDS = frozenset(("who", "when", "where", "howmany", "howlong"))
_ROOM = 12  # words kept free for each sentence that may follow one that is not sure
_FEWEST_WORDS = 9  # of an excerpt that is still worth reading
_LOOKED_AT = 8  # candidates that may follow the first; those after them hardly ever answer
_SOON = 5  # candidates among which one that tells the time goes first, where a time is asked for
_WHICH = re.compile(r"(?:\w+ )?(?:which|whose|whom)\b", re.I)
_WROTE = re.compile(
    r"^who (?:wrote|authored|is the (?:author|writer) of|was the (?:author|writer) of) (?:the|this|that)\b.*?"
    r"\b(?:article|piece|column|commentary|op-ed|dispatch|(?P<other>report|story|analysis))\b",
    re.I,
)
_NOTE_ASKED = re.compile(r"\b(?:correct\w*|clarif\w+|mistake|error|headline|title|signed|heading)\b", re.I)
_QUESTION_ASKED = re.compile(r"\b(?:ask|asks|asked|question\w*|wonder\w*|quer\w+|enquir\w+|inquir\w+)\b", re.I)
_UNCLEAR = re.compile(r"^[\"“]?(?:He|She|They)\b")
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
    """At most three sentences (four of a list), the answer first. ``enough[n]``: whether the n-th candidate alone
    answers well enough for nothing to follow it. Each is told whole or in whole clauses; what does not fit so is left
    out, but for the first.
    """
    room = SHORT if asked.kind in _SHORT_KINDS or _asks_for_a_name(asked) else LONG
    fit = [(each, sure) for each, sure in zip(ranked, enough, strict=True) if _is_sentence(asked, each)]
    fit = _holding_first(asked, _timed_first(asked, fit or list(zip(ranked, enough, strict=True))))
    fit = _saying_first(asked, fit)
    most = MOST_LISTED if asked.kind == "list" else MOST_SENTENCES
    told: list[tuple[Piece, Draft]] = []
    for candidate, sure in fit[: 1 + _LOOKED_AT]:
        if len(told) == most or (told and room < _FEWEST_WORDS):
            break
        if told and not _may_follow(asked, candidate, [piece.candidate for piece, _ in told]):
            continue
        piece = pieces.piece(asked, candidate, speaking, after=[each.candidate for each, _ in told])
        if is_empty(piece.body):
            continue
        piece = _without_repetition(piece, [each for each, _ in told])
        draft = _draft(piece, room - (0 if sure else _ROOM * (most - len(told) - 1)))
        if told and (_UNCLEAR.match(piece.body) or len(draft.text.split()) > room):
            continue
        room -= len(draft.text.split())
        told.append((piece, draft))
        if sure:
            break
    return [draft for _, draft in told]


def authored(asked: Asked, hits: Sequence[Hit]) -> list[Draft]:
    """The answer to "Who wrote the article about …?": the author of the best hit's article, if it names one in its
    text. Empty where that is not asked, or not known.
    """
    wrote = _WROTE.search(asked.text)
    for hit in hits[:1] if wrote else ():
        author, text, source = hit.article.author, hit.article.text, hit.article.source
        words, outlet = set(content_words(asked.text)), set(content_words(source or "")) - {"news"}
        if wrote and wrote["other"] and "news" not in words and not (outlet and outlet <= words):
            return []  # one that the article tells of
        found = _line_with(text, author) if author else None
        if author and found:
            line = Slice(hit, *found)
            of = f" ({source})" if source else ""
            written = f"{author} wrote it{of}: {excerpt(one_line(line.text), 30, [])}"
            return [Draft(balanced(written), (line,), (author, source or ""))]
    return []


def _line_with(text: str, name: str) -> tuple[int, int] | None:
    """Where the first line stands that has the whole name, in either order ("Lund, Ida")."""
    words = [re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.I) for word in name.split()]
    lines = re.finditer(r"[^\n]+", text)
    return next((line.span() for line in lines if words and all(word.search(line[0]) for word in words)), None)


def _draft(piece: Piece, words: int) -> Draft:
    text = piece.told(words)
    shown = tuple(each for each in piece.slices if each.place != piece.turn_place or not piece.is_cut_off(text))
    return Draft(text, shown, piece.derived, piece.lead, piece.candidate.statement)


def _is_sentence(asked: Asked, candidate: Candidate) -> bool:
    """Whether a candidate is something that may be told: no layout, no question, unless that is asked about."""
    text = candidate.text
    if any(words in text for words in asked.quoted):
        return True
    if text.rstrip("\"'”’ ").endswith("?") and not _QUESTION_ASKED.search(asked.text):
        return False
    return bool(_NOTE_ASKED.search(asked.text)) or not is_layout(text)


def _asks_for_a_name(asked: Asked) -> bool:
    """ "Which envoy …?" is answered as shortly as "Who …?"."""
    return asked.kind == "what" and bool(_WHICH.match(asked.text))


def _timed_first(asked: Asked, found: list[tuple[Candidate, bool]]) -> list[tuple[Candidate, bool]]:
    """Without sentences that do not tell the time that is asked for, where one of the next ones does to the day."""
    if not found or not _is_timeless(asked, found[0][0]):
        return found
    first = next((n for n, (each, _) in enumerate(found[:_SOON]) if _tells_a_day(asked, each)), 0)
    return found[first:]


def _tells_a_day(asked: Asked, candidate: Candidate) -> bool:
    when = leads.time_of(asked, candidate, Slice(candidate.hit, candidate.start, candidate.end))
    return when is not None and when.precision not in ("year", "season", "month")


def _holding_first(asked: Asked, found: list[tuple[Candidate, bool]]) -> list[tuple[Candidate, bool]]:
    """The best sentence goes behind its neighbour where the reader sees the answer in that one."""
    answer = leads.answer_in(asked, found[0][0]) if found else None
    if answer is None or asked.kind == "when":
        return found
    own = next((n for n, (each, _) in enumerate(found) if _holds(each, answer)), 0)
    if own == 0:
        return found
    return [(found[own][0], found[0][1]), *found[:own], *found[own + 1 :]]


def _saying_first(asked: Asked, found: list[tuple[Candidate, bool]]) -> list[tuple[Candidate, bool]]:
    """Where somebody is asked what they requested and the best sentence is what they noted, what they requested in the
    same article goes first.
    """
    if not (asked.speaker and found and found[0][0].statement):
        return found
    best = found[0][0].statement
    if speech_fits(asked.text, best.cue) == 1.0:
        return found
    for place, (each, _) in enumerate(found[1:_SOON], start=1):
        said = each.statement
        if (
            said
            and (said.article_id, said.speaker) == (best.article_id, best.speaker)
            and speech_fits(asked.text, said.cue) == 1.0
        ):
            return [(each, found[0][1]), *found[:place], *found[place + 1 :]]
    return found


def _holds(candidate: Candidate, answer: Slice) -> bool:
    same = candidate.hit.article.id == answer.hit.article.id
    own = candidate.start + (after_label(candidate.text) if candidate.label else 0)
    return same and own <= answer.start and answer.end <= candidate.end


def _may_follow(asked: Asked, candidate: Candidate, told: Sequence[Candidate]) -> bool:
    if any(_adds_nothing(candidate, other) for other in told):
        return False
    return not _is_timeless(asked, candidate)


def _without_repetition(piece: Piece, chosen: Sequence[Piece]) -> Piece:
    """The date or the answer that stands in front of an earlier sentence already is not said again."""
    repeated = any(piece.lead and piece.lead == other.lead for other in chosen) and piece.lead.endswith((". ", " — "))
    return replace(piece, lead="") if repeated else piece


def _is_timeless(asked: Asked, candidate: Candidate) -> bool:
    """Whether a day is asked for that the sentence does not tell: the article's date alone adds nothing."""
    own = Slice(candidate.hit, candidate.start, candidate.end)
    return asked.kind == "when" and not asked.speech and leads.time_of(asked, candidate, own) is None


def _adds_nothing(candidate: Candidate, other: Candidate) -> bool:
    ours, theirs = set(content_words(candidate.text)), set(content_words(other.text))
    return len(ours & theirs) >= _SAME_WORDS * max(1, len(ours | theirs))
