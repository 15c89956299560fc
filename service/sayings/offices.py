""" "Japan’s foreign minister", "the Chinese ambassador to Japan": words for an office go in; the ways in which texts
say that somebody holds it come out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from service.sayings.countries import Country, any_of, country

_HEADS = (
    r"minister|premier|president|chancellor|secretary|ambassador|envoy|spokesperson|spokesman|spokeswoman|advis[eo]r|"
    r"governor|king|queen|emperor|pope|speaker|commissioner|secretary-general|secretary general|attorney general|chief|"
    r"consul general|representative|leader|pm|fm"
)
_TITLE = (
    rf"(?:(?!of\b|to\b|for\b|the\b|who\b|that\b)[a-z-]+ ){{0,4}}(?:{_HEADS})"
    r"(?: of (?:state|defen[cs]e|foreign affairs|finance|the treasury)| for foreign affairs)?"
)
_SOME = r"(?:(?:the|new|current|then|next|last|first|a|an)\s+)*"
_TO = r"(?:\s+(?:to|in)\s+(?P<to>[\w. -]+))?"
_SHAPES = tuple(
    re.compile(shape, re.I)
    for shape in (
        rf"^{_SOME}(?P<whose>[\w. ’'-]+?)['’]s?\s+{_SOME}(?P<title>{_TITLE}){_TO}$",
        rf"^{_SOME}(?P<title>{_TITLE})\s+(?:of|for)\s+(?P<whose>[\w. ’'-]+?){_TO}$",
        *(rf"^{_SOME}(?P<whose>[\w.-]+(?: [\w.-]+){{{n}}})\s+(?P<title>{_TITLE}){_TO}$" for n in (2, 1, 0)),
    )
)
_SAME_TITLES: tuple[tuple[str, ...], ...] = (
    ("foreign minister", "minister of foreign affairs", "minister for foreign affairs", "foreign affairs minister"),
    ("prime minister", "premier"),
    ("defence minister", "defense minister", "minister of defence", "minister of defense"),
    ("finance minister", "minister of finance", "minister for finance"),
    ("national security adviser", "national security advisor"),
    ("secretary of defense", "defense secretary", "defence secretary"),
    ("secretary-general", "secretary general"),
)  # fmt: skip
_SHORT = {"pm": "prime minister", "fm": "foreign minister"}
_SPEAKERS = ("spokesperson", "spokesman", "spokeswoman")
_BODY = re.compile(r"^(?P<whose>[\w. ]+?)(?:['’]s)?\s+(?P<body>[a-z]+ (?:ministry|department|office|council))$", re.I)

_NAME = (
    r"(?P<name>[^\W\d_a-zß-öø-ÿ][\w’'\-]*(?: [A-Z]\.)?(?: (?:bin |al-|van |von |de )?[^\W\d_a-zß-öø-ÿ][\w’'\-]+){0,2})"
)
_STATE = (
    r"(?P<state>(?:(?i:former|ex|then|new|newly appointed|current|outgoing|acting|incoming|visiting|late)[ -]){0,2})"
)
_BECAME = (
    r",? (?:who )?(?:is|was|became|has been|had been|served as|took office as|took over as|was (?:named|appointed|"
    r"elected)(?: as)?)(?: then)?,?"
)
# What stands between commas is closed by a second one: in "With Lund, Denmark’s minister said" two clauses meet.
CLOSED = r"(?=\s*(?:[,;:.!?()”\"—–\n]|--|$)| (?:and|who)\b)"
_NO_NAME_NEXT = r"(?!,? [A-Z])(?!['’]s? )"


@dataclass(frozen=True, slots=True)
class Office:
    """``asked`` is how an answer writes it; ``titles`` are all ways of writing it, in lower case."""

    asked: str
    titles: tuple[str, ...]
    whose: Country
    to: Country | None = None  # where an ambassador is
    body: str = ""  # of the country, for which somebody speaks: "foreign ministry"

    @property
    def heads(self) -> tuple[str, ...]:
        """What stands in every passage that says who holds the office, beside the country."""
        return (*self.titles, *_SPEAKERS) if self.body else self.titles

    @property
    def phrases(self) -> list[str]:
        """The country next to the office, in either order."""
        before = [f"{form}{of} {title}" for form in self.whose.forms for of in ("", "’s") for title in self.titles]
        return before + [
            f"{head} of {the}{form}" for form in self.whose.nouns for the in ("", "the ") for head in self.heads
        ]

    @property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """Each finds a name with ``name``; ``state`` holds "former", "new", ``before`` the comma behind a name."""
        return _patterns(self)


@lru_cache(maxsize=64)
def _patterns(office: Office) -> tuple[re.Pattern[str], ...]:
    title = "|".join(r"[\s-]".join(map(re.escape, each.split())) for each in office.titles)
    forms, nouns = any_of(office.whose.forms), any_of(office.whose.forms if office.body else office.whose.nouns)
    to = rf" (?:to|in) (?:the )?(?:{any_of(office.to.forms)})" if office.to else r"(?! to (?:the )?[A-Z])"
    heads = "|".join(_SPEAKERS) if office.body else title
    body = rf"(?:['’]s?)? (?i:{re.escape(office.body)})" if office.body else ""
    whole = (
        rf"{_STATE}(?:{forms})(?:['’]s?)? {_STATE.replace('state', 'state2')}(?i:{title})\b{to}"
        rf"|{_STATE.replace('state', 'state3')}(?<!vice )(?<!deputy )(?<!Vice )(?<!Deputy )"
        rf"(?i:{heads}) (?:of|for) (?:the )?(?:{nouns}){body}\b{to}"
    )
    return (
        re.compile(
            rf"(?<![\w-])(?<!South )(?<!North )(?<!West )(?<!East )(?<!Western )(?:{whole})(?P<comma>,)? {_NAME}"
            rf"(?(comma){CLOSED})"
        ),
        re.compile(rf"{_NAME}(?:{_BECAME}|(?P<before>,)) (?:the |a )?(?:{whole})(?(before){CLOSED}){_NO_NAME_NEXT}"),
    )


def office(named: str) -> Office | None:
    """What words for an office mean; None where they are none, or do not say whose it is."""
    asked = " ".join(named.split())
    for shape in _SHAPES:
        if match := shape.match(asked):
            whose, body = _owner(match["whose"])
            to = country(match["to"]) if match["to"] else None
            if whose is None or (match["to"] and to is None):
                continue
            return Office(re.sub(r"^the ", "", asked, flags=re.I), _titles(match["title"], body), whose, to, body)
    return None


def singular(named: str) -> str:
    """ "prime ministers of Japan" -> "prime minister of Japan"."""
    return re.sub(
        rf"\b({_HEADS})s\b", r"\1", re.sub(r"\bspokes(?:people|men|women)\b", "spokesperson", named), flags=re.I
    )


def _owner(named: str) -> tuple[Country | None, str]:
    """The country, and the body of it whose office that is: "China’s foreign ministry"."""
    if match := _BODY.match(re.sub(r"^the\s+", "", named, flags=re.I)):
        return country(match["whose"]), match["body"].lower()
    return country(named), ""


def _titles(title: str, body: str) -> tuple[str, ...]:
    plain = title.lower()
    head = plain.rsplit(maxsplit=1)[-1]
    if head in _SPEAKERS:
        inner = " ".join(f"{body} {plain.removesuffix(head)}".split())
        return tuple(f"{inner} {each}".strip() for each in _SPEAKERS)
    plain = _SHORT.get(plain, plain)
    same = next((titles for titles in _SAME_TITLES if plain in titles), (plain,))
    return tuple(dict.fromkeys((plain, *same)))
