"""A person's name goes in, what the article says the person is comes out, with the place where it says so."""

from __future__ import annotations

import re
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
    before = re.search(
        rf"\b(?P<role>{_OWNER} (?:[a-z][\w-]* ){{0,4}}{_HEAD}(?: {_HEAD})?|{_NATION}{_TITLE}),?\s+{person}\b", text
    )
    after = re.search(
        rf"\b{person}, (?P<role>(?:(?:an?|the|its|his|her|their) )?(?:(?!who|whose)[\w’'.-]+ ){{0,4}}?{_HEAD}"
        rf"(?: (?!who|that\b)[\w’'.&-]+){{0,6}}?)(?=[,.;:”\"]| who\b| that\b| said\b)",
        text,
    )
    found = [match for match in (before, after) if match and len(match["role"].split()) <= _LONGEST]
    match = min(found, key=lambda each: each.start(), default=None)
    if match is None or "\n" in match[0]:
        return None
    role = re.sub(r"\s+", " ", match["role"])
    told = f"{role} {name}" if match is before else f"{name}, {role}"
    return Named(told, role, match.start(), match.end())
