""" "Chinese officials", "analysts", "residents": words for a group go in; who belongs to it comes out.

Somebody belongs to it where a text says so: in the statement, or beside the name anywhere in the archive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from retriever.catalogue.records import StatementEntry
from retriever.catalogue.words import fold
from retriever.records import Filters
from service.drafting.tellingwords import has_verb, is_verb
from service.sayings.countries import Country, country
from service.sayings.index import Index, name_of
from service.sayings.offices import CLOSED

_OFFICE = (
    r"minister|premier|president|chancellor|secretary|ambassador|envoy|diplomat|consul|spokes\w+|official|advis[eo]r|"
    r"chief|governor|mayor|commissioner|counsell?or|councillor|director|deputy|vice|head|king|queen|leader|counterpart|"
    r"ministry|government|embassy|agency|commission|office|secretariat|bureau|department|general|admiral|administrator"
)
_LAWMAKER = r"senator|congress\w+|lawmaker|legislator|representative|mp|parliament\w*|member of the \w+ ?diet|speaker"
_EXPERT = (
    r"analyst|expert|professor|scholar|academic|researcher|research|fellow|scientist|historian|economist|lecturer|"
    r"commentator|specialist|think tank|institute|observer|strategist|criminologist|sociologist"
)
_RESIDENT = (
    r"resident|villager|local|neighbou?r|fisher\w*|farmer|owner|shop\w*|teacher|retired|pensioner|student|mother|"
    r"father|worker|boatman|islander|captain"
)
# What is asked for in the plural -> what a description of somebody must have.
_KINDS: Mapping[str, str] = {
    "officials": _OFFICE,
    "ministers": r"minister|premier|secretary of \w+",
    "foreign ministers": r"foreign minister|minister (?:of|for) foreign affairs|foreign secretary|secretary of state",
    "prime ministers": r"prime minister|premier",
    "presidents": r"president",
    "leaders": r"president|premier|prime minister|chancellor|king|queen|leader|chairman|chairwoman|secretary-general",
    "diplomats": r"ambassador|envoy|diplomat|consul|foreign minister|foreign ministry|embassy",
    "ambassadors": r"ambassador",
    "spokespeople": r"spokes\w+",
    "lawmakers": _LAWMAKER,
    "senators": r"senator",
    "politicians": rf"minister|premier|president|chancellor|governor|mayor|politician|candidate|leader|{_LAWMAKER}",
    "analysts": _EXPERT,
    "scientists": r"scientist|chemist|physicist|biologist|oceanographer|researcher|engineer",
    "economists": r"economist",
    "professors": r"professor",
    "residents": _RESIDENT,
    "fishermen": r"fisher\w*|boatman|cooperative",
    "business leaders": r"chief executive|ceo|chairman|president|manager|owner|director",
    "journalists": r"journalist|reporter|correspondent|editor|columnist",
}
_SAME = {
    "experts": "analysts", "scholars": "analysts", "academics": "analysts", "observers": "analysts",
    "researchers": "analysts", "commentators": "analysts", "specialists": "analysts",
    "political scientists": "analysts", "historians": "analysts", "spokespersons": "spokespeople",
    "spokesmen": "spokespeople",
    "spokeswomen": "spokespeople", "legislators": "lawmakers", "mps": "lawmakers", "congressmen": "lawmakers",
    "members of parliament": "lawmakers", "members of congress": "lawmakers", "envoys": "diplomats",
    "fishers": "fishermen", "locals": "residents", "villagers": "residents", "local residents": "residents",
    "heads of state": "leaders", "heads of government": "leaders", "reporters": "journalists",
    "premiers": "prime ministers", "representatives": "officials", "authorities": "officials",
    "government officials": "officials",
}  # fmt: skip
_NOT_OFFICIAL = re.compile(
    r"\b(?:university|college|company|cooperative|association|club|corporation|union|institute|think tank|professor|"
    r"analyst|fellow|chief executive|school|hospital|church|news agency|media|newspaper|daily|reporter|journalist)\b",
    re.I,
)
# Behind a name: what somebody is stands before the first link ("an aide to the minister" is none), a body behind it.
_NO_LINK = r"(?:(?!(?:of|to|for|with|by|at|in|on|from|like|including)\b)[\w.’'&-]+ )"
_BODY = (
    r"(?:foreign )?ministry|government|embassy|agency|commission|office|secretariat|bureau|department|parliament|"
    r"diet|institute|think tank|cooperative"
)
_OF_THE_STATE = frozenset(("officials", "ministers", "leaders", "presidents", "diplomats"))
_RANK = re.compile(r"^(?:the|all|senior|top|high-ranking|high-level|various|different|other|some|many|any|state|"
                   r"political|outside|independent)\s+", re.I)  # fmt: skip
_PLURAL = "|".join(sorted((*_KINDS, *_SAME), key=len, reverse=True))
_GROUP = re.compile(
    rf"^(?P<before>(?:[\w.'’-]+\s+){{0,4}}?)(?P<kind>{_PLURAL})"
    r"(?:\s+(?:of|from|in|at)\s+(?P<after>[\w.'’ -]{2,40}))?$",
    re.I,
)
# Where the words beside a name that describe it begin.
_CUT = re.compile(
    r"[.;:!?\"“”\n()]|,(?!\s*$)|\b(?:with|by|to|that|between|in|on|told|said|says|when|while|as|but|or|and|met|against|"
    r"over|after|before|from|is|was|were|has|had)\b(?! of)"
)
_BESIDE = 90  # characters of a description
_MENTIONS, _MOST_MENTIONS = 12, 240  # passages that are looked at: with one name, with all


@dataclass(frozen=True, slots=True)
class Group:
    """``words``: what a description must have beside kind and country ("NATO", "foreign ministry")."""

    asked: str  # as the question writes it
    kind: str
    country: Country | None = None
    words: str = ""

    def has(self, descriptions: Iterable[str], *, before: Iterable[str] = (), behind: Iterable[str] = ()) -> bool:
        """Whether somebody who is described so belongs to it. What they are and of which country stands in one
        description. ``before`` and ``behind``: of those beside the name, where an office may be another's ("the
        minister’s wife", "Senator Lund").
        """
        nouns = _KINDS[self.kind]
        anywhere = re.compile(rf"\b(?i:{nouns})s?\b")
        body = rf"\b(?=(?i:{_BODY})\b)(?i:{nouns})\b"
        last = re.compile(rf"{body}|\b(?i:{nouns})s?(?: (?:of|for)\b.*)?$")
        first = re.compile(rf"^.*{body}|^{_NO_LINK}*?(?i:{nouns})\b(?! [A-Z])")
        told = ((anywhere, tuple(descriptions)), (last, tuple(before)), (first, tuple(behind)))
        words = f" {fold(self.words)} "
        return any(noun.search(each) and self._fits(each) for noun, texts in told for each in texts if each) and (
            not self.words or any(words in f" {fold(each)} " for _, texts in told for each in texts)
        )

    def _fits(self, description: str) -> bool:
        """Whether it tells of the country, and for an office of the state of one."""
        official = self.kind not in _OF_THE_STATE or not _NOT_OFFICIAL.search(description)
        return official and (self.country is None or self.country.stands_in(description))


def group(named: str) -> Group | None:
    """What words for a group mean; None where they name somebody, or no group that is known."""
    match = _GROUP.match(named.strip())
    if match is None:
        return None
    kind = match["kind"].lower()
    before = match["before"].strip()
    while (bare := _RANK.sub("", f"{before} ").strip()) != before:
        before = bare
    theirs = country(before) or country(match["after"] or "")
    left = [words for words in (before, match["after"] or "") if words and country(words) is None]
    if before and country(before) is None and (first := before.split()[0]) and (theirs := theirs or country(first)):
        left[0] = before.removeprefix(first).strip()
    asked = re.sub(r"^the\s+", "", named.strip(), flags=re.I)
    return Group(asked, _SAME.get(kind, kind), theirs, " ".join(left).strip())


def members(index: Index, entries: Sequence[StatementEntry], wanted: Group) -> list[StatementEntry]:
    """Those whose speakers belong to the group."""
    told: dict[str, list[str]] = {}
    for entry in entries:
        one = entry.statement
        told.setdefault(name_of(entry), []).extend(each for each in (one.role, one.speaker_text, one.speaker) if each)
    belongs = {name: wanted.has(texts) for name, texts in told.items()}
    unknown = [name for name, known in belongs.items() if not known and is_name(name)]
    for name, (before, behind) in _descriptions(index, unknown).items():
        belongs[name] = wanted.has(told[name], before=before, behind=behind)
    return [entry for entry in entries if belongs[name_of(entry)]]


def is_name(name: str) -> bool:
    """Whether it names a person or a body: no country, no description ("an official", "the report")."""
    bare = re.sub(r"^(?:that|the)\s+", "", name.strip(), flags=re.I)
    return bool(bare) and not bare.rsplit(maxsplit=1)[-1].islower() and country(bare) is None


def _descriptions(index: Index, names: Sequence[str]) -> dict[str, tuple[list[str], list[str]]]:
    """What stands before and behind each name anywhere: "China’s foreign minister, Qin Gang", "Qin Gang, an envoy of
    China".
    """
    written = {form: name for name in names for form in _either_order(name)}
    if not written:
        return {}
    pattern = re.compile(r"\b(?:" + "|".join(r"\s+".join(map(re.escape, form.split())) for form in written) + r")\b")
    most = min(_MENTIONS * len(names), _MOST_MENTIONS)
    found: dict[str, tuple[list[str], list[str]]] = {name: ([], []) for name in names}
    for passage in index.passages_with(written, most, Filters()):
        for match in pattern.finditer(passage.text):
            name = written[" ".join(match[0].split())]
            if not passage.text[: match.start()].endswith(", ") or re.match(CLOSED, passage.text[match.end() :]):
                found[name][0].append(_before(passage.text, match.start()))
            found[name][1].append(_behind(passage.text, match.end()))
    return found


def _either_order(name: str) -> tuple[str, ...]:
    words = name.split()
    return (" ".join(words), " ".join(reversed(words))) if len(words) == 2 else (" ".join(words),)


def _before(text: str, at: int) -> str:
    """The words that lead up to a name, behind any verb: whoever "urged" somebody is another."""
    words = _CUT.split(text[max(0, at - _BESIDE) : at])[-1].strip(" ,").split()
    verbs = (place for place, word in enumerate(words) if is_verb(word, words[place - 1] if place else ""))
    return " ".join(words[max(verbs, default=-1) + 1 :])


def _behind(text: str, at: int) -> str:
    """What is said of a name between commas or with "who is"; "" where another clause follows."""
    match = re.match(r",? (?:an? |the |who (?:is|was|became|has been) |[A-Z][\w.]+['’]s |[A-Z]\w+ )", text[at:])
    if match is None or not match[0].startswith((",", " who")):
        return ""
    words = re.split(r"[,.;:\n\"“]", text[at + 1 : at + _BESIDE].lstrip(" ,"))[0].split()
    if words[:1] == ["who"]:
        return " ".join(words[2:])
    return "" if has_verb(words) else " ".join(words)
