"""A question goes in; whom it takes its answer from comes out: "according to Kyodo", "in Hayashi's view".

Names are matched to the archive's outlets and speakers. A name that is neither is handed on as unknown; bodies and
places that merely speak ("according to police", "according to Beijing") are nobody.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from retriever.naming import behind_titles, is_body
from service.question.kinds import QUOTED

Speakers = Callable[[str], str | None]

_GENERIC = frozenset("news online com newspaper agency website magazine net org".split())
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w.&'’-]*(?:\s+(?:of\s+)?[^\W\d_a-zß-öø-ÿ][\w.&'’-]*){0,4}?"
_PAPER = r"(?:reports?|article|story|piece|dispatch|account|coverage|reporting|interview)"
_VIEW = r"(?:(?:own\s+)?words|views?|opinion|telling|account|eyes|judg[e]?ment)"
_BY = re.compile(r"\b(?P<cue>according\s+to|(?:as\s+)?reported\s+by|per)\s+(?P<rest>[^,?!;:()_—–]+)", re.I)
_OWN = re.compile(rf"\b[Ii]n\s+(?:[Tt]he\s+)?(?P<name>{_NAME})['’]s?\s+(?P<noun>{_PAPER}|{_VIEW})\b|"
                  rf"\b[Bb]y\s+(?P<by>{_NAME})['’]s?\s+(?P<own>account|telling)\b")  # fmt: skip
_IN_PAPER = re.compile(rf"\b[Ii]n\s+(?:the|a|an|its|which|what)\s+(?P<name>{_NAME})\s+{_PAPER}\b")
_REPORTED = re.compile(rf"\b(?P<name>{_NAME})\s+(?:has\s+|have\s+)?(?:report(?:ed|s)?|wrote|writes|write)\b")
_AFTER_NAME = frozenset(
    """in on at about during when while who whom what which how why where did does was is were are has had have will on
    since before after between until from and as for that's""".split()
)
_DETERMINERS = ("the", "a", "an", "this", "that", "his", "her", "its", "their", "some", "one", "two", "three", "party")
# Capitals and bodies that speak for others: no outlet's names, nor people's.
_SPOKESMEN = frozenset(
    """beijing tokyo seoul pyongyang moscow washington london paris berlin brussels canberra wellington ottawa delhi
    taipei hanoi manila jakarta bangkok singapore tehran jerusalem ankara kyiv kiev rome madrid cairo riyadh islamabad
    kabul baghdad damascus geneva kremlin pentagon congress parliament senate cabinet nato fbi cia un who eu asean epa
    imf oecd nasa fda cdc irs doj opec police downing capitol whitehall government administration labor labour liberals
    democrats republicans china japan korea russia america australia india taiwan france germany britain ukraine iran
    israel brazil canada mexico indonesia vietnam philippines thailand europe california texas statistics university
    institute party union commission ministry department bureau office foundation""".split()
)


@dataclass(frozen=True, slots=True)
class Credit:
    """``name`` is the archive's for what it knows, else as in the question."""

    kind: Literal["source", "speaker"]
    text: str  # as it stands in the question
    start: int
    name: str
    known: bool


def credited(text: str, outlets: Collection[str], speakers: Speakers) -> list[Credit]:
    """Everybody whom the question takes its answer from, in order; nobody inside quotation marks."""
    plain = QUOTED.sub(lambda match: "_" * len(match[0]), text)
    found = [credit for match in _BY.finditer(plain) if (credit := _named_by(plain, match, outlets, speakers))]
    for credit in (*_owners(plain, outlets, speakers), *_papers(plain, outlets)):
        if not any(credit.name == other.name or credit.start == other.start for other in found):
            found.append(credit)
    return sorted(found, key=lambda credit: credit.start)


def outlet_named(name: str, outlets: Collection[str]) -> str | None:
    """The one outlet that is called so: in full, by whole words of its name, by its beginning or its initials.

    Case, articles and words such as "News" do not count. None where none is, or where several are.
    """
    words = _words(name)
    if not words:
        return None
    known = {outlet: _words(outlet) for outlet in outlets}
    whole = [outlet for outlet, own in known.items() if own == words]
    part = [outlet for outlet, own in known.items() if _contains(own, words)]
    if len(words) == 1 and words[0] in _SPOKESMEN:
        part = []
    begun = [outlet for outlet, own in known.items() if len(name) > 3 and " ".join(own).startswith(" ".join(words))]
    short = [outlet for outlet in outlets if len(name) > 2 and _initials(outlet) == name.casefold()]
    return next((found[0] for found in (whole, part, begun, short) if len(found) == 1), None)


def nearest_outlet(name: str, outlets: Collection[str]) -> str | None:
    """The outlet whose name is most like this one; None where none is like it."""
    known = {" ".join(_words(outlet)): outlet for outlet in sorted(outlets)}
    close = difflib.get_close_matches(" ".join(_words(name)), known, n=1, cutoff=0.6)
    return known[close[0]] if close else None


def _words(name: str) -> tuple[str, ...]:
    words = re.findall(r"[\w&]+", re.sub(r"['’]s?(?=\s|$)", "", name.casefold()))
    words = words[1:] if words and words[0] in ("the", "a", "an") else words
    while len(words) > 1 and words[-1] in _GENERIC:
        words = words[:-1]
    return tuple(words)


def _contains(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(whole[n : n + len(part)] == part for n in range(len(whole) - len(part) + 1))


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[\w&]+", name.casefold()))


def _named_by(plain: str, match: re.Match[str], outlets: Collection[str], speakers: Speakers) -> Credit | None:
    """Whom "according to" names: an outlet first, then a person, then, where it looks like a name, somebody unknown."""
    rest = re.split(r"\.(?=\s|$)", match["rest"])[0]
    words = rest.split()
    spelt = any(letter.isupper() for letter in plain[1:])  # who types no capitals at all writes names without them
    for length in range(min(6, len(words)), 0, -1):
        name = " ".join(words[:length])
        if (outlet := outlet_named(name, outlets)) and _ends_there(words, length, _PAPER, paper=True):
            person = speakers(_bare(name)) if len(_words(name)) < len(_words(outlet)) else None
            return _credit(plain, match, name, person, outlet)
    called = _capitalised(words) if spelt else _uncapitalised(words)
    if not called or not _ends_there(words, len(called.split()), rf"{_VIEW}|{_PAPER}"):
        return None
    untitled = " ".join(behind_titles(_bare(called).split()))
    person = speakers(_bare(called)) or (speakers(untitled) if untitled else None)
    if person:
        return _credit(plain, match, called, person)
    if not spelt or match["cue"].lower() == "per" or _speaks_for_others(called):
        return None
    return _credit(plain, match, called)


def _credit(
    plain: str, match: re.Match[str], name: str, person: str | None = None, outlet: str | None = None
) -> Credit:
    """To the person, else to the outlet, else to somebody unknown."""
    spaced = re.compile(r"\s+".join(re.escape(word) for word in name.split())).match(plain, match.start("rest"))
    end = spaced.end() if spaced else match.end()
    text = re.sub(r"['’]s?$", "", plain[match.start() : end])
    called = re.sub(r"^the\s+", "", _bare(name), flags=re.I)
    known = person or outlet
    return Credit("speaker" if person else "source", text, match.start(), known or called, known is not None)


def _ends_there(words: list[str], length: int, owned: str, *, paper: bool = False) -> bool:
    """Whether the name is all that is credited: "Kyodo", "Kyodo's report", but not "Kyodo's editor", "Qin and Wang"."""
    following = words[length] if length < len(words) else ""
    if re.search(r"['’]s?$", words[length - 1]):
        return bool(following and re.match(rf"(?:{owned})$", following, re.I))
    if not following or (paper and re.match(rf"{_PAPER}$", following, re.I)):
        return True
    together = following.lower() in ("and", "or") and length + 1 < len(words) and words[length + 1][0].isupper()
    return following.lower() in _AFTER_NAME and not together


def _bare(name: str) -> str:
    return re.sub(r"['’]s?$", "", name)


def _capitalised(words: list[str]) -> str | None:
    """The run of capitalised words at the beginning, behind an article or titles in small letters."""
    opening = 0
    while opening < len(words) and words[opening][0].islower():
        opening += 1
    titles = words[:opening]
    if len(titles) > 3 or (titles and titles != ["the"] and behind_titles([*titles, "X"]) != ["X"]):
        return None
    end = opening
    while end < len(words) and (words[end][0].isupper() or words[end] in ("of", "de", "bin", "van", "von")):
        end += 1
    return " ".join(words[:end]) if end > opening else None


def _uncapitalised(words: list[str]) -> str | None:
    end = next((n for n, word in enumerate(words) if word.lower() in _AFTER_NAME), len(words))
    return " ".join(words[:end]) if 0 < end <= 3 and words[0].lower() not in _DETERMINERS else None


def _speaks_for_others(name: str) -> bool:
    return (
        is_body(name)
        or any(word in _SPOKESMEN for word in _words(name))
        or (name.startswith("the ") and name.endswith("s"))
    )


def _owners(plain: str, outlets: Collection[str], speakers: Speakers) -> Iterator[Credit]:
    """ "In Hayashi's view", "in Kyodo's article": only names that the archive knows."""
    for match in _OWN.finditer(plain):
        name, noun = match["name"] or match["by"], match["noun"] or match["own"]
        outlet = outlet_named(name, outlets) if re.fullmatch(_PAPER, noun) else None
        person = speakers(name) if not outlet and re.fullmatch(_VIEW, noun) else None
        if outlet or person:
            yield Credit(
                "source" if outlet else "speaker", match[0], match.start(), outlet or person or name, known=True
            )


def _papers(plain: str, outlets: Collection[str]) -> Iterator[Credit]:
    """ "In the Kyodo report", "Kyodo reported that"."""
    for pattern in (_IN_PAPER, _REPORTED):
        for match in pattern.finditer(plain):
            words = match["name"].split()
            if words[0].lower() in (
                "did",
                "does",
                "has",
                "have",
                "what",
                "when",
                "who",
                "which",
                "why",
                "how",
                "the",
                "where",
            ):
                words = words[1:]
            if words and (outlet := outlet_named(" ".join(words), outlets)):
                yield Credit("source", match[0], match.start(), outlet, known=True)
