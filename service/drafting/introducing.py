"""A sentence and who says it go in; the sentence with the speaker's name, in full and with the role, comes out.

The name takes the place of what stands for it ("He", "Vik"), or is put in front of words that are only quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retriever import splitting
from retriever.speaking import Speaking, Spoken
from retriever.statements.releases import in_first_person
from service.drafting.phrasing import behind_dateline
from service.drafting.roles import Named, named
from service.drafting.tellingwords import SAYING
from service.evidence import Candidate, spoken_in

_MARK = re.compile(r"[\"“”„«»]|''")
_PRONOUN = re.compile(r"^(?:He|She)(?= [a-z])")
_PRONOUN_SAYS = re.compile(
    rf"(?<=[,.?!”\"—–] )(?P<pronoun>[Hh]e|[Ss]he) (?:later |also |then )?(?:{'|'.join(sorted(SAYING))})\b"
)
_INLINE = re.compile(r"(?:^|(?<=[.!?”\"’)] )|(?<=\n))(?P<label>[A-Z][A-Z.'’\-]+(?: [A-Z][A-Z.'’\-]+){0,4}):(?=\s)")
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_INITIAL = 2  # letters of a part of a name that is no name by itself
_MEN = frozenset("MR MRS MS MISS".split())


@dataclass(frozen=True, slots=True)
class Introduced:
    """``front`` is to stand before the words, ``body`` is the words. ``shown``: name and role as they now stand there,
    "" where nothing was put in. ``quoted``: all of the words are the speaker's, and want quotation marks.
    """

    body: str
    front: str = ""
    shown: str = ""
    place: tuple[int, int] | None = None  # where in the article the name and the role stand
    quoted: bool = False


def label_of(candidate: Candidate) -> str | None:
    """Whose turn a sentence is; where a line of a transcript holds several turns, the last that opened before it."""
    text = candidate.hit.article.text
    start = text.rfind("\n", 0, candidate.start) + 1
    inline = [match["label"] for match in _INLINE.finditer(text, start, min(candidate.end, candidate.start + 60))
              if match.start() <= candidate.start]  # fmt: skip
    if candidate.label is None and len(inline) < 2 and not splitting.turns(text):
        return None
    return inline[-1] if inline else candidate.label


def introduced(candidate: Candidate, body: str, spoken: Spoken | None, *, label: str | None, role: bool) -> Introduced:
    """The sentence's words with their speaker. ``role``: say what the speaker is, where the article tells it."""
    if spoken is None:
        return Introduced(body)
    told = named(candidate.hit.article.text, spoken.name) if role and len(spoken.name.split()) > 1 else None
    if told and not set(told.role.lower().split()) - set(body.lower().split()):
        told = None
    place = (told.start, told.end) if told else (spoken.start, spoken.end)
    if label:
        shown = told.text if told else _titled(label, spoken.name) if role else spoken.name
        return Introduced(body, f"{shown}: ", shown, place, quoted=True)
    inside = _inside(body, spoken, told, opens=_opens_with_the_speaker(candidate, spoken))
    if inside is not None:
        return Introduced(inside[0], "", inside[1], place if inside[1] else None)
    if not _only_quoted(candidate, body):
        return Introduced(body)
    shown = told.text if told else spoken.name
    return Introduced(body, f"{shown}: ", shown, place, quoted=not _MARK.search(body))


def speaker(candidate: Candidate, speaking: Speaking, words: list[str], label: str | None) -> Spoken | None:
    """Who says the sentence; nobody where several speak in it, and no body without a name."""
    if candidate.speakers > 1 and not label:
        return None
    article = candidate.hit.article
    spoken = None if label else spoken_in(candidate)
    if spoken is None and (label or candidate.statement is None or not candidate.statement.speaker):
        spoken = speaking.speaker(article, candidate.start, candidate.end, label=label, words=words)
    return spoken if spoken and spoken.name[0].isupper() else None


def _opens_with_the_speaker(candidate: Candidate, spoken: Spoken) -> bool:
    """Whether a pronoun or a surname that opens the sentence can be the speaker: within somebody's words ("She was
    tired, Vik said"), or before another who says them, it is whom they speak of.
    """
    statement = candidate.statement
    start = candidate.start + behind_dateline(candidate.text)
    if statement is None:
        behind = _QUOTED.sub("", candidate.text).split(" ", 1)[-1]
        return not any(_says(part).search(behind) for part in _parts(spoken.name))
    return not any(first <= start < last for first, last in statement.slices)


def _parts(name: str) -> list[str]:
    return sorted((part for part in name.split() if len(part) > _INITIAL), key=len, reverse=True)


def _says(part: str) -> re.Pattern[str]:
    """Part of a name, where it says what stands before it."""
    return re.compile(rf"(?<=[,.?!”\"—–] ){re.escape(part)}(?= (?:{'|'.join(sorted(SAYING))})\b)")


def _inside(body: str, spoken: Spoken, told: Named | None, *, opens: bool) -> tuple[str, str] | None:
    """The sentence with the name in the place of what stands for it, and what was put in; None where nothing does.
    ``opens``: its first word can be that.
    """
    name, shown = spoken.name, told.text if told else spoken.name
    comma = "," if told and told.text.startswith(name) else ""
    if name in body or " and " in name:
        there = all(each.split()[-1] in body for each in name.split(" and "))
        return (body, "") if name in body or there else None
    if opens and _PRONOUN.match(body):
        return _PRONOUN.sub(lambda _: f"{shown}{comma}", body, count=1), shown
    plain = _QUOTED.sub(lambda match: f"{match[0][0]}{' ' * (len(match[0]) - 2)}{match[0][-1]}"[: len(match[0])], body)
    if match := _PRONOUN_SAYS.search(plain):
        return _put(body, match.span("pronoun"), name), name
    for part in _parts(name):
        if opens and (match := re.search(rf"^{re.escape(part)}(?= [a-z])", plain)):
            return _put(body, match.span(), f"{shown}{comma}"), shown
        if match := _says(part).search(plain):
            full = name if comma else shown
            return _put(body, match.span(), full), full
    return None


def _put(body: str, place: tuple[int, int], words: str) -> str:
    return f"{body[: place[0]]}{words}{body[place[1] :]}"


def _only_quoted(candidate: Candidate, body: str) -> bool:
    """Whether the words are somebody's and do not say whose: the next of a quotation, or a statement's own."""
    statement = candidate.statement
    if statement and statement.speech and statement.speaker_text and statement.speaker_text in candidate.text:
        return False
    if re.match(r"^(?:It|This|That|These|They|The)\b", body) and not (statement and statement.kind != "indirect"):
        return bool(_MARK.search(body)) and body.startswith(("“", '"'))
    return bool(_MARK.search(body) or in_first_person(body) or (statement and statement.kind == "direct"))


def _titled(label: str, name: str) -> str:
    """ "Foreign Minister Élise Roux" of "FOREIGN MINISTER ROUX"; the name where the label has no more to say."""
    *title, last = re.sub(r"\s*\(.*", "", label).split()
    if not title or title[0].rstrip(".") in _MEN or last.lower() != name.rsplit(maxsplit=1)[-1].lower():
        return name
    if {word.lower() for word in title} & {word.lower() for word in name.split()}:
        return name
    return " ".join([*(word if word.islower() else word.capitalize() for word in title), name])
