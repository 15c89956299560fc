"""A sentence goes in; the names in it come out, as written: people, bodies, places."""

from __future__ import annotations

import re

from service.question.kinds import unquoted

_LINKS = r"(?:of|de|al|bin|van|von|der|di|da|del|la|el|and the|for|the)"
NAME = re.compile(rf"[^\W\d_a-zß-öø-ÿ][\w.'’\-]*(?:(?: {_LINKS})? [^\W\d_a-zß-öø-ÿ][\w.'’\-]*)*")
_OPENERS = frozenset(
    """who whom whose what when where which why how did does do is are was were has have had can could will would
    should name list and but so in on at for of to by from with the a an according if after before since during
    until about tell give i he she they it we you his her their its going roughly against once please
    whereabouts under toward""".split()
)


def names_in(text: str) -> tuple[str, ...]:
    """Capitalised names outside quotation marks, sentence openers and single titles left out."""
    found = []
    bare = unquoted(text)
    for match in NAME.finditer(bare):
        words = match[0].split()
        while words and words[0].lower().rstrip(",") in _OPENERS:
            words.pop(0)
        name = re.sub(r"['’]s$", "", " ".join(words)).strip(" .,?!'’")
        if name and name.lower() not in _OPENERS and name not in found:
            found.append(name)
    return tuple(found)


_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.)"
)
_DAY_NAME = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_YEAR = r"(?:1[5-9]|20)\d\d"
DATE = re.compile(
    rf"(?:\d{{1,2}} {_MONTH}(?:,? {_YEAR})?|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? {_YEAR})?|"
    rf"(?:(?:early|mid|late)[ -])?{_MONTH},?(?: {_YEAR})?|{_DAY_NAME}|{_YEAR}|"
    rf"(?:last|this|next) (?:week|month|year|spring|summer|autumn|winter|{_MONTH}|{_DAY_NAME})|yesterday|today)(?!\w)",
    re.I,
)
_DATED = re.compile(rf"\b(?:on|in|since|by|until|before|after|during|of) {DATE.pattern}", re.I)
_OF_PLACE = r"(?:(?i:the )?[a-z]+ of )"
_PLACED = re.compile(
    rf"\b(?:(?:visit|visits|trip|travel|travelled|went|flew|sailed|moved|returned|came) to|in|at|near|from) "
    rf"(?:{_OF_PLACE}|the )?(?P<name>{NAME.pattern})"
)
TITLES = frozenset(
    """mr mrs ms dr prof professor president chancellor minister ambassador governor mayor senator captain general
    king queen prince princess rector premier prime foreign finance defence defense secretary envoy spokesman
    spokeswoman spokesperson chinese japanese american former deputy vice""".split()
)
# What no person is called, last in a name; and what is no name at all.
_THINGS = frozenset(
    """ministry department office agency commission committee council bureau embassy house party sea strait straits
    island islands peninsula university bank court institute museum bridge lake river bay city union group company
    corporation party parliament senate choir orchestra quartet police army navy forum association society telescope
    observatory summit school hospital airport harbour harbor port club news post times union nations greens government
    japan china taiwan korea russia ukraine america germany france britain england india norway sweden australia
    canada beijing tokyo washington moscow seoul paris london berlin brussels europe asia africa nato un eu us usa uk
    yes no as one two three four five six seven eight nine ten eleven twelve several most many some all""".split()
)
_PEOPLES = re.compile(r"\w{3,}(?:ese|ish|ians?|eans?|ans)")  # "the Japanese", "Germans"
STOPS = frozenset(
    """in on at by for with to from about over regarding after before during since until against near under through
    into than as who whom which that whether if when where why how and but or so because while is are was were be
    been did does do has have had will would can could should must may might between without not""".split()
)


def date_in(text: str) -> str | None:
    """The last date of a text with the preposition before it: "in May 2019". None where there is none."""
    found = [match[0] for match in _DATED.finditer(text)]
    bare = DATE.search(text)
    return found[-1] if found else bare[0] if bare and not bare[0].lower().startswith("may") else None


def place_in(text: str) -> str | None:
    """The first place of a text with the preposition before it: "at Lake Mira". None where there is none."""
    bare = unquoted(text)
    places = (match for match in _PLACED.finditer(bare) if not DATE.match(match["name"]))
    found = (match for match in places if not re.search(r"['’]s$", match["name"]))
    return next((re.sub(r"^\w+ (?=to )|[.,]+$", "", match[0]) for match in found), None)


def people_in(text: str) -> tuple[str, ...]:
    """Names that people can have: none that stands behind "in" or "the" or is a country's, a body's or a day's."""
    bare = unquoted(text)
    return tuple(name for name in names_in(bare) if _person(name, bare))


def _person(name: str, text: str) -> bool:
    last = re.sub(r"\W", "", name.rsplit(maxsplit=1)[-1].lower())
    first = name.split(maxsplit=1)[0].lower()
    if last in _THINGS or first in ("lake", "isla", "mount", "port", "cape") or DATE.match(name):
        return False
    if " " not in name and _PEOPLES.fullmatch(last):
        return False
    before = re.search(rf"(?:\b(\w+) )?{re.escape(name)}", text)
    titled = first in TITLES and first != last
    return not (before and before[1] and before[1].lower() in ("in", "at", "from", "near") and not titled) and (
        titled or not (before and before[1] and before[1].lower() == "the")
    )


def noun_phrase(text: str) -> str:
    """The words of a text's beginning that make one phrase: "the farmers of Aurland" of "the farmers of Aurland in
    May". Empty where it opens with a preposition or an auxiliary.
    """
    words = text.split()
    for n, word in enumerate(words):
        if word.lower().strip(",.?!;:") in STOPS and not (n and word == "and" and _named(words[n - 1 : n + 2])):
            return " ".join(words[:n]).strip(",.?!;: ")
        if re.search(r"[,.?!;:]$", word):
            return " ".join(words[: n + 1]).strip(",.?!;: ")
    return text.strip(" ,.?!;:")


def _named(around: list[str]) -> bool:
    return len(around) == 3 and around[0][0].isupper() and around[2][0].isupper()
