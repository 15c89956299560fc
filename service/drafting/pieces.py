"""A sentence that answers goes in; out comes what can be told of it in a given number of words, and what that cites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from retriever.speaking import Speaking, Spoken
from retriever.splitting import after_label
from retriever.wording import content_words
from service.drafting import leads, telling, turning
from service.drafting.introducing import introduced, label_of, speaker
from service.drafting.leads import Lead, Slice
from service.drafting.phrasing import balanced, behind_dateline, excerpt, in_quotation_marks, one_line
from service.evidence import Candidate
from service.question.asking import Asked
from service.question.mentions import names_in

_FEWEST = 9  # words of the first sentence, however little room there is
# Share of the wanted words that the shortest telling keeps: where a date in front answers, and of a further sentence.
_DATED, _FOLLOWING = 0.4, 0.6
_FEW = 14  # words of a sentence that is told whole
_COUNTED = re.compile(r", counted from the article’s date, [^)]*\)")
_OPENING = 20  # characters by which a sentence is known
_CARRIED = frozenset(("what", "who", "yesno", "list"))  # kinds whose answer the next sentence can turn
_STATED = re.compile(r"\b(?:why|how|whether)\b", re.I)


@dataclass(frozen=True)
class Piece:
    """``lead`` stands in front of ``body``, the sentence's words; ``turn`` is the sentence that turns its sense, ""
    where none does. ``slices`` is what is cited, ``turn_place`` which of it is the turn's.
    """

    candidate: Candidate
    lead: str
    body: str
    turn: str
    quoted: bool  # the words are all a speaker's
    wanted: tuple[str, ...]
    needed: tuple[str, ...]
    slices: tuple[Slice, ...]
    derived: tuple[str, ...]
    turn_place: tuple[str, int, int] | None = None
    first: bool = True  # of an answer
    says: str = ""  # who says it, where that is asked: never left out

    @cached_property
    def least(self) -> int:
        """Words of the shortest telling that leaves out nothing needed; where nothing is, nor of the first sentence,
        nothing wanted.
        """
        share = (_DATED if self.lead.endswith(". ") else 1.0) if self.first else _FOLLOWING
        wanted = self.wanted if self.first or not self.needed else ()
        body = telling.least(self.body, wanted, self.needed, share=share, phrases=share < 1)
        return len(f"{self.lead}{body}".split()) + bool(self.turn)

    def told(self, words: int) -> str:
        """The piece in at most ``words`` words, whole where it fits, in whole clauses where they do; a few words more
        where the lead alone leaves no room.
        """
        text = self._told(words)
        if self.says and not _is_in(self.says, text):
            return f"{self.says}: {self._told(words - len(self.says.split()))}"
        return text

    def _told(self, words: int) -> str:
        room = max(_FEWEST, words - len(self.lead.split()))
        whole = f"{self.body} {self.turn}".strip()
        if self.turn and len(whole.split()) <= room:
            return f"{self.lead}{self._marked(whole)}"
        shown = excerpt(self.body, room - bool(self.turn), self.wanted, self.needed)
        ellipsis = " …" if self.turn and not shown.endswith("…") else ""
        return f"{self.lead}{self._marked(shown + ellipsis)}"

    def is_cut_off(self, text: str) -> bool:
        """Whether the sentence that turns the sense is not in a telling."""
        return self.turn.strip("“”\"'")[:_OPENING] not in text

    def _marked(self, text: str) -> str:
        return in_quotation_marks(text) if self.quoted else balanced(text)


def piece(asked: Asked, candidate: Candidate, speaking: Speaking, *, after: Sequence[Candidate] = ()) -> Piece:
    """What is asked for in front where the sentence does not open with it, then the source's words. ``after``: the
    sentences told before; only the first of an answer has an answer in front by itself, a date at length, and the
    speaker's role.
    """
    first = not after
    label = label_of(candidate)
    own = Slice(candidate.hit, _own_start(candidate, label), candidate.end)
    line = one_line(own.text)
    who = _spoken(asked, candidate, line, speaking, label)
    said = introduced(candidate, line, who, label=label, role=first)
    spoken = Spoken(said.shown, *said.place) if said.place else None
    lead = leads.lead(asked, candidate, own, speaking)
    body = said.body
    if not first and lead.text.endswith(" — "):
        lead = Lead()  # the answer was given: another would stand against it
    if not first:
        body, lead = (
            _dated_again(asked, candidate, own, (body, lead), after) if not said.quoted else (body, _short(lead))
        )
    text = "" if lead.text.endswith(" — ") and said.front else lead.text
    slices, derived = [own], list(lead.derived)
    if text:
        slices += lead.slices
    if spoken:
        derived.append(spoken.name)
        if not (own.start <= spoken.start and spoken.end <= own.end):
            slices.insert(1, Slice(candidate.hit, spoken.start, spoken.end))
    says = who.name if who and asked.speech and asked.kind == "who" else ""
    if says:
        derived.append(says)
    turn = _turn(asked, candidate, label)
    if turn:
        slices.append(turn)
    return Piece(
        candidate, f"{text}{said.front}", body, one_line(turn.text) if turn else "", said.quoted,
        tuple(content_words(asked.text)), tuple(_needed(asked, candidate, own, speaking, lead)),
        tuple(slices), tuple(derived), turn.place if turn else None, first, says,
    )  # fmt: skip


def _dated_again(
    asked: Asked, candidate: Candidate, own: Slice, told: tuple[str, Lead], after: Sequence[Candidate]
) -> tuple[str, Lead]:
    """The day of a further sentence within its words where they are few, else in front and short."""
    body, lead = told
    inside = leads.dated_inside(asked, candidate, own, body, [each.hit.article for each in after])
    return inside if inside and len(body.split()) <= _FEW else (body, _short(lead))


def _is_in(name: str, text: str) -> bool:
    """Whether the last word of each of the names is in a text."""
    return all(each.split()[-1] in text for each in name.split(" and "))


def _short(lead: Lead) -> Lead:
    return replace(lead, text=_COUNTED.sub(", by its article’s date)", lead.text))


def _spoken(asked: Asked, candidate: Candidate, body: str, speaking: Speaking, label: str | None) -> Spoken | None:
    """Who says the sentence, where that is asked or the sentence may not say it itself."""
    pronoun = re.match(r"^[\"“]?(?:He|She|They|It|I|We)\b", body)
    told = candidate.statement is not None or asked.kind in ("who", "when", "list")
    if label or pronoun or (asked.speech and told):
        return speaker(candidate, speaking, content_words(asked.text), label)
    return None


def _own_start(candidate: Candidate, label: str | None) -> int:
    """Where the sentence's own words start: behind the label of a turn that it opens, behind a dateline."""
    behind = after_label(candidate.text) if label else behind_dateline(candidate.text)
    return candidate.start + behind if candidate.start + behind < candidate.end else candidate.start


def _turn(asked: Asked, candidate: Candidate, label: str | None) -> Slice | None:
    """The sentence that turns the sense of this one, where the sense is what is asked for."""
    if not (asked.speech or asked.kind in _CARRIED or _STATED.search(asked.text)):
        return None
    place = turning.turned(candidate.hit.article, candidate.end, label)
    return Slice(candidate.hit, *place) if place else None


def _needed(asked: Asked, candidate: Candidate, own: Slice, speaking: Speaking, lead: Lead) -> Sequence[str]:
    """The words of a long sentence that answer: an excerpt without them would be none."""
    if asked.kind == "when":
        if lead.text:
            return []
        when = leads.time_of(asked, candidate, own)
        return content_words(when.text) if when else []
    if answer := leads.answer_in(asked, candidate):
        return content_words(answer.text)
    kinds = leads.KINDS.get(asked.kind)
    known = set(content_words(asked.text))
    names = speaking.named(own.text, kinds) if kinds else []
    if asked.kind in ("who", "list"):
        names = [*names, *names_in(own.text)]
    return [word for name in names if not known & set(content_words(name)) for word in content_words(name)]
