"""A sentence as a chat model laid it out goes in; its bare words, or that it is layout and tells nothing, come out."""

from __future__ import annotations

import re
from typing import Final

from retriever.catalogue.words import tokens
from retriever.wording import content_words
from service.writing.absence import is_absent
from service.writing.prose import fit

_LAYOUT: Final = re.compile(r"^(?:[-*•–—]\s+|\d{1,2}[.)]\s+|#+\s*|>\s*|(?:final )?answer:\s*)+", re.I)
_ITEM: Final = re.compile(r"[*_]*(?:[-*•–—]|\d{1,2}[.)])[*_]*\s")
_NUMBER: Final = re.compile(r"(?:(?:[-*•–—]|#+)\s+)?[*_]*\d{1,2}[.)][*_]*")
_HEADING: Final = re.compile(r"#{1,6}\s.*[^.…]|(\*{2,3}|__)[^*_]*[^*_.!?…](?:\*{2,3}|__):?")
_EMPTY: Final = re.compile(r"(?:final )?answer|sure|certainly|of course|okay", re.I)
_OPENED: Final = re.compile(r"\s+[“«„‘\"'(]+$")  # a mark that opens what the next sentence says
_BOLD: Final = re.compile(
    r"\*{2,}|_{2,}|(?<!\w)[*_](?=[\w“„«‘\"'(\[])|(?<=[\w.,:;!?…”’\"')\]])[*_](?!\w)|`",
)
_BY_ALL: Final = re.compile(
    r"^(?:according to|based on|from|in) the (?:\w+ )?(?:passages|articles|sources)(?: provided)?, (?!it |there |i )",
    re.I,
)
_NAME = r"[A-Z][\w.’'\-]*(?: (?:(?:of|the|de|van|bin|al) )?[A-Z][\w.’'\-]*){0,5}"
_SIGNED: Final = re.compile(rf"[–—-]\s*(?P<name>{_NAME}(?:, [^.!?”\"]{{2,60}})?)\.?")
_SIGNED_QUOTATION: Final = re.compile(rf"(?P<words>[“\"].*?)[.,]?(?P<closes>[”\"])\s+{_SIGNED.pattern}")
_FOLLOWING: Final = re.compile(r"\s+the following$")
_POINTS: Final = frozenset("here below what".split())  # words of a lead that points to a list and begins none of it
# Words with which no clause ends.
_WANTS_MORE: Final = frozenset(
    """that to for on about of with in by at from as into over against between and or is are was were be include
    includes included including said asked added demanded urged proposed announced stressed warned noted argued
    explained pledged promised stated declared wants wanted sought""".split()
)


def is_number(text: str) -> bool:
    """Whether it is the number of an item and nothing else."""
    return _NUMBER.fullmatch(text.strip()) is not None


def is_item(text: str) -> bool:
    """Whether a line that begins with it is an item of a list."""
    return _ITEM.match(text.strip()) is not None


def is_signature(text: str, *, goes_on: bool) -> bool:
    """Whether it names whoever said the quotation in front of it ("– Tomas Vik, mayor"), or may yet come to."""
    return text[:1] in "–—-" if goes_on else _SIGNED.fullmatch(text.strip()) is not None


def is_quotation(text: str) -> bool:
    """Whether it begins with a quotation."""
    return _BOLD.sub("", text.strip())[:1] in set('“„«"')


def is_layout(text: str) -> bool:
    """Whether it is a heading, a number or a word that only leads in. ``text``: it cites nothing."""
    stripped, words = text.strip(), bare(text)
    is_heading = _HEADING.fullmatch(stripped) and not is_absent(words)
    return bool(is_heading or is_number(stripped) or _EMPTY.fullmatch(words.rstrip(":!.,")))


def bare(text: str) -> str:
    """Without bullets, numbers of a list, headings, emphasis and what nobody sees; one space between words. It begins
    with a capital letter.
    """
    plain = _LAYOUT.sub("", _BOLD.sub("", text.strip()).strip())
    words = re.sub(r"\s+", " ", fit(_OPENED.sub("", plain.rstrip()))).strip()
    if signed := _SIGNED_QUOTATION.fullmatch(words):
        comma = "" if signed["words"][-1] in "!?…" else ","
        words = f"{signed['words']}{comma}{signed['closes']} said {signed['name'].rstrip('.')}."
    return capital(_BY_ALL.sub("", words))


def capital(text: str) -> str:
    """With a capital letter in front, unless its first word has one inside ("al-Assad")."""
    first = text.partition(" ")[0]
    return text[:1].upper() + text[1:] if first.islower() else text


def joined(lead: str, item: str) -> str:
    """An item of a list behind the words that lead in to it, where these are the beginning of its sentence: "Vik asked
    for:" and "The pier to be closed." are one. Else the item alone.
    """
    clause = _FOLLOWING.sub("", lead.rstrip(": "))
    words = tokens(clause)
    if not _WANTS_MORE.intersection(words[-1:]) or _POINTS.intersection(words):
        return item
    first = item.partition(" ")[0]
    is_name = bool(content_words(first)) or first == "I"
    return f"{clause} {item if is_name else item[:1].lower() + item[1:]}"
