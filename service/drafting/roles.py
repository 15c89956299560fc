"""A person's name goes in, what the article says the person is comes out, with the place where it says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LONGEST = 9  # words of a role that is worth saying
_TITLE = (
    r"(?:Prime |Deputy |Vice |Acting |Former |Chief |First |Under|Assistant |Senior )*"
    r"(?:Foreign |Defen[cs]e |Finance |Interior |Cabinet |Trade |Press |Home |State )*"
    r"(?:Minister|President|Premier|Chancellor|Secretary(?: of (?:State|Defense|the Treasury))?|Secretary[- ]General|"
    r"Ambassador|Senator|Governor|Mayor|General|Admiral|Spokes(?:man|woman|person)|Director|Commissioner|Envoy|"
    r"Representative|Professor|Chairman|Chairwoman|Speaker|King|Queen|Judge)"
)
_NATION = (
    r"(?:(?:[A-Z]\w*(?:ian|ean|can|man|ese|ish|nch|tch|ech|eek|qi|ani|eli)|[A-Z][A-Z.]+|House|Senate|White House) )?"
)
_HEAD = (
    r"(?:minister|president|premier|chancellor|chief|secretary|spokes\w+|ambassador|envoy|leader|diplomat|adviser|"
    r"advisor|director|head|chair\w*|commissioner|governor|mayor|professor|analyst|expert|strategist|researcher|"
    r"official|general|scientist|economist|historian|lawyer|fellow|senator|manager|boss|lecturer|editor|writer|author|"
    r"owner|founder|officer|candidate|activist|correspondent|scholar|master|captain|member|aide|lawmaker|congress\w+|"
    r"representative)"
)
_OWNER = r"[A-Z][\w.]*(?: [A-Z][\w.]*)?['’]s?"
_REACH = 300  # characters, more than a role in front of a name takes
# Compiled once, apart from the names, of which every question has others.
_FRONT = re.compile(
    rf"\b(?P<role>{_OWNER} (?:[a-z][\w-]* ){{0,4}}{_HEAD}(?: {_HEAD})?|{_NATION}{_TITLE}),?\s+\Z",
)
_BEHIND = re.compile(
    rf", (?P<role>(?:(?:an?|the|its|his|her|their) )?(?:(?!who|whose)[\w’'.-]+ ){{0,4}}?{_HEAD}"
    rf"(?: (?!who|that\b)[\w’'.&-]+){{0,6}}?)(?=[,.;:”\"]| who\b| that\b| said\b)"
)
_WORD, _SPACE = re.compile(r"\w"), re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Named:
    """``text``: the name with its role ("Mayor Ada Lund"; "Ada Lund, a critic of quotas"). ``start``/``end``: where in
    the article both stand. ``role``: what of the text is the role.
    """

    text: str
    role: str
    start: int
    end: int


def named(text: str, name: str) -> Named | None:
    """The first place of an article's text that says what ``name`` is; None where none does, or at length only."""
    person = re.escape(name).replace(r"\ ", r"\s+")
    places = [match.span() for match in re.finditer(rf"{person}\b", text)]
    found = [each for each in (_in_front(text, places, name), _behind(text, places, name)) if each]
    short = [each for each in found if len(each.role.split()) <= _LONGEST]
    first = min(short, key=lambda each: each.start, default=None)
    return None if first is None or "\n" in text[first.start : first.end] else first


def _in_front(text: str, places: Sequence[tuple[int, int]], name: str) -> Named | None:
    for start, end in places:
        if match := _FRONT.search(text, max(0, start - _REACH), start):
            role = _SPACE.sub(" ", match["role"])
            return Named(f"{role} {name}", role, match.start(), end)
    return None


def _behind(text: str, places: Sequence[tuple[int, int]], name: str) -> Named | None:
    for start, end in places:
        if not _WORD.match(text[start - 1 : start]) and (match := _BEHIND.match(text, end)):
            role = _SPACE.sub(" ", match["role"])
            return Named(f"{name}, {role}", role, start, match.end())
    return None
