"""A question goes in; which list, count or order it wants comes out, or None: most questions want none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from retriever import dating
from service.sayings.groups import Group, group
from service.sayings.index import ALWAYS, Period
from service.sayings.offices import Office, office, singular

_LONGEST = 300  # characters of a question that can be one of these
_ANY = re.compile(
    r"everything|\b(?:all|every)\b|^(?:who|which|what)\b|^how (?:many|often)\b|^(?:apart from|besides|other than)\b|"
    r"\b(?:before|after)\b",
    re.I,
)
_ABOUT = r"(?:about|on|of|regarding|concerning)"
_SAID = rf"(?:said|say|stated|told reporters|remarked|written|commented|spoken|think|thought|to say)\s+{_ABOUT}"
_ALL = r"(?:everything|all|every (?:statement|remark))(?: that| which)?"
_FILLING = r"(?:ever |publicly |so far |all |anything |also |have |had )*"
_TAIL = re.compile(
    r"(?:,?\s+(?:across|in|according to|over|throughout|from) (?:these|the|all|all the|this|our) (?:reports?|articles?|"
    r"documents?|archive|texts?|sources?|stories|coverage)|\s+so far|\s+over (?:time|the years)|\s+overall|\s+in total|"
    r"\s+at all)?[\s?.!]*$",
    re.I,
)
_PERIOD = re.compile(r",?\s+(?P<link>in|on|during|since|until)\s+(?P<when>[A-Za-z0-9][\w ,.]{2,24})$", re.I)
_WITHOUT = re.compile(
    r"(?:,?\s+(?:besides|apart from|other than|except(?: for)?|in addition to)\s+(?P<behind>[^,?]+))$|"
    r"^(?:besides|apart from|other than|except for)\s+(?P<before>[^,?]+),\s+",
    re.I,
)
_EVERYTHING = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^(?:please )?(?:(?:list|show me|give me|tell me) )?{_ALL}\s+(?P<speaker>[^,?]+?)\s+(?:ha\w+ |ever )*{_SAID}"
        r"\s+(?P<about>.+)$",
        rf"^what (?:all )?(?:has|have)\s+(?P<speaker>[^,?]+?)\s+(?:ever |publicly |so far )*{_SAID}\s+(?P<about>.+)$",
    )
)
_SPOKE = (
    rf"(?:spoken|spoke|speaks?|talked|talks|commented|comments|remarked|said (?:anything|something)|made (?:any )?"
    rf"(?:statements?|remarks?|comments?))(?: out)? {_ABOUT}"
)
_GROUPS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^what (?:all )?(?:has|have|do|does|did)\s+(?P<group>[^,?]+?)\s+{_FILLING}{_SAID}\s+(?P<about>.+)$",
        rf"^(?:which|what)\s+(?P<group>[^,?]+?)\s+(?:have |has )?{_FILLING}(?:{_SPOKE}|mentioned)\s+(?P<about>.+)$",
        rf"^who(?P<else>\s+else)?\s+(?:has |have )?{_FILLING}(?:{_SPOKE}|mentioned)\s+(?P<about>.+)$",
    )
)
_OFFICES = (
    re.compile(
        r"^who(?: all)?\s+(?:has|have|had|is|was|were|are|served|serves)(?:\s+(?:been|served|acted|worked|held))?"
        r"(?:\s+as)?(?:\s+the (?:post|office) of)?\s+(?P<office>.+)$",
        re.I,
    ),
    re.compile(
        r"^(?:which|what)\s+(?P<plural>.+?)\s+(?:appear|are (?:named|mentioned|quoted)|were there|were (?:named|"
        r"mentioned)|have (?:there been|served|held office|been (?:named|mentioned))|do (?:these|the) (?:reports|"
        r"articles|documents) (?:name|mention))$",
        re.I,
    ),
)
_COUNTS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^how (?:many times|often) (?:has|have|did|does)\s+(?P<speaker>[^,?]+?)\s+{_FILLING}(?:mention(?:ed)?|"
        rf"discuss(?:ed)?|(?:say|said|spoken|speak|spoke|comment(?:ed)?|talk(?:ed)?|remark(?:ed)?) {_ABOUT})\s+"
        r"(?P<about>.+)$",
        rf"^how many (?:statements|remarks|comments) (?:has|have|did)\s+(?P<speaker>[^,?]+?)\s+(?:made?|make)"
        rf"(?:\s+{_ABOUT}\s+(?P<about>.+))?$",
        rf"^how many (?:statements|remarks|comments) (?:(?:are|were) there )?(?:by|from|of)\s+(?P<speaker>[^,?]+?)"
        rf"(?:\s+{_ABOUT}\s+(?P<about>.+?))?(?:\s+(?:are|were) there)?$",
    )
)
_VERB = (
    r"(?:said?|say|spoke|speak|spoken|talk(?:ed)?|warn(?:ed)?|mention(?:ed)?|comment(?:ed)?|call(?:ed)? for|urged?|"
    r"argued?|claim(?:ed)?|stress(?:ed)?|raised?|protest(?:ed)?|criticised?|criticized?|condemn(?:ed)?|demand(?:ed)?|"
    r"promised?|announced?|express(?:ed)?|complain(?:ed)?)"
)
_BEFORE_OR_AFTER = re.compile(
    rf"^did (?P<first>[A-Z][^,?]*?) {_VERB}\s+(?P<about>.+?),? (?P<which>before or after|after or before|before|after) "
    rf"(?P<second>[A-Z][^,?]*?)(?:['’]s?)? (?:did(?: so)?|{_VERB}(?:\s+(?P<other>.+))?)$"
)
_FIRST = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^who (?:{_SPOKE.replace('spoken|', '')} (?P<about1>.+?) first|(?:spoke|talked|commented|said (?:anything|"
        rf"something)) first {_ABOUT} (?P<about2>.+?)|mentioned (?P<about3>.+?) first|was (?:the )?first to (?:mention|"
        rf"(?:speak|talk|comment|say (?:anything|something))(?: out)? {_ABOUT}) (?P<about4>.+?))\s*[,:–—-]+\s*"
        r"(?P<first>[^,?]+?) or (?P<second>[^,?]+)$",
        rf"^which of (?P<first>[^,?]+?) (?:and|or) (?P<second>[^,?]+?) (?:spoke|talked|commented|said (?:anything|"
        rf"something)) first {_ABOUT} (?P<about1>.+)$",
    )
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that somebody said about something."""

    speaker: str
    about: str
    since: date | None = None
    until: date | None = None

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)


@dataclass(frozen=True, slots=True)
class WantedGroup:
    """All that the people of a group (None: anybody) said about something, some of them left out."""

    group: Group | None
    about: str
    without: tuple[str, ...] = ()
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class WantedOffice:
    """Who held an office."""

    office: Office
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class WantedCount:
    """How often somebody said something about something (None: about anything)."""

    speaker: str
    about: str | None
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class WantedOrder:
    """Which of two spoke first; ``relation`` is what is asked of the first named: "before", "after" or ""."""

    speakers: tuple[str, str]
    abouts: tuple[str, str]
    relation: str = ""


Wish = Wanted | WantedGroup | WantedOffice | WantedCount | WantedOrder


def wish_in(text: str) -> Wish | None:
    """What a question wants; None where it asks for something else."""
    plain = " ".join(text.split())
    if len(plain) > _LONGEST or not _ANY.search(plain):
        return None
    plain = _TAIL.sub("", plain)
    bare, without = _without(plain)
    if order := _order(bare):
        return order
    period, bare = _period(bare)
    return _count(bare, period) or _group(bare, without, period) or _everything(bare, period) or _office(bare, period)


def wanted_in(text: str) -> Wanted | None:
    """What a question wants all of that one person said; None where it asks for something else."""
    wish = wish_in(text)
    return wish if isinstance(wish, Wanted) else None


def _everything(text: str, period: Period) -> Wanted | None:
    for pattern in _EVERYTHING:
        if match := pattern.match(text):
            return Wanted(match["speaker"].strip(), _topic(match["about"]), period.since, period.until)
    return None


def _group(text: str, without: tuple[str, ...], period: Period) -> WantedGroup | None:
    for pattern in _GROUPS:
        if match := pattern.match(text):
            named = match.groupdict().get("group")
            theirs = group(named) if named else None
            if named is None or theirs:
                return WantedGroup(theirs, _topic(match["about"]), without, period)
    return None


def _office(text: str, period: Period) -> WantedOffice | None:
    for pattern in _OFFICES:
        if match := pattern.match(text):
            named = match.groupdict()
            held = office(named.get("office") or singular(named["plural"]))
            return WantedOffice(held, period) if held else None
    return None


def _count(text: str, period: Period) -> WantedCount | None:
    for pattern in _COUNTS:
        if match := pattern.match(text):
            about = match["about"]
            return WantedCount(match["speaker"].strip(), _topic(about) if about else None, period)
    return None


def _order(text: str) -> WantedOrder | None:
    if match := _BEFORE_OR_AFTER.match(f"{text[:1].lower()}{text[1:]}"):
        about = _topic(match["about"])
        relation = match["which"] if " " not in match["which"] else ""
        return WantedOrder((match["first"], match["second"]), (about, _topic(match["other"] or about)), relation)
    for pattern in _FIRST:
        if match := pattern.match(text):
            about = next(words for name, words in match.groupdict().items() if name.startswith("about") and words)
            return WantedOrder((match["first"].strip(), match["second"].strip()), (_topic(about), _topic(about)))
    return None


def _without(text: str) -> tuple[str, tuple[str, ...]]:
    match = _WITHOUT.search(text)
    if match is None:
        return text, ()
    names = re.split(r"\s+and\s+|,\s*", match["behind"] or match["before"])
    return (text[: match.start()] + text[match.end() :]).strip(), tuple(name.strip() for name in names)


def _period(text: str) -> tuple[Period, str]:
    match = _PERIOD.search(text)
    if match is None:
        return ALWAYS, text
    found = dating.times(f"in {match['when']}", None)
    if not found or found[0].first is None or not found[0].text.endswith(match["when"]):
        return ALWAYS, text
    first, last = found[0].first, found[0].last
    link = match["link"].lower()
    period = Period(first) if link == "since" else Period(None, last) if link == "until" else Period(first, last)
    return period, text[: match.start()]


def _topic(words: str) -> str:
    bare = re.sub(rf"^(?:that|{_ABOUT})\s+", "", words.strip(), flags=re.I)
    return re.sub(r"^(?:the|a|an)\s+", "", bare, flags=re.I).strip()
