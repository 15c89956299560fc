"""The words in which English names people, offices and bodies, as patterns and lists. ``people`` says who is meant."""

from __future__ import annotations

import re

from retriever import timewords

_INITIAL = r"(?:[A-Z]\.|Mr\.|Mrs\.|Ms\.|Dr\.|Gen\.|Sen\.|Rep\.|Prof\.|St\.|Jr\.)"
CAPITALISED = rf"(?:{_INITIAL}|[^\W\d_a-zß-öø-ÿ][\w'’\-]*)"
RUN = re.compile(rf"{CAPITALISED}(?:[ \u00a0](?:(?:of|de|al|bin|van|von|der|la|el|al-)[ \u00a0])?{CAPITALISED})*")
SINGULAR = frozenset("he she him her".split())
PLURAL = frozenset("they them both".split())
TWO = re.compile(
    r"^(?:the (?:two|pair|duo)|both)(?: (?:leaders|ministers|foreign ministers|presidents|men|women))?$", re.I
)
OPENS = frozenset("in a an the and but it at on from for by as with to of he she they both according".split())
BEHIND = re.compile(r"\s(?:of|at|from|for|in|on|with|who|whose|which|that)\s", re.I)
RELATIVE = re.compile(r",? (?:who|whom|which|whose)\b")
TIMES = frozenset((*timewords.DAYS, *timewords.FULL_MONTHS))
BODY = re.compile(
    r"^(?:[Tt]he |an? |[A-Z][\w]*['’]s )(?:[\w’'-]+ ){0,4}?"
    r"(?:ministry|government|embassy|agency|newspaper|readout|statement|broadcaster|department|council|office)$",
    re.I,
)
AGAIN = re.compile(r"the (?:same )?(?P<head>[a-z]+)")
SIDES = re.compile(r"^(?:the (?:two|2)|both) (?:sides|countries|governments|nations)$", re.I)
ISSUED = re.compile(
    r"\b(?:statement|communiqué|letter|report|declaration|note|paper)s? (?:\w+ )?(?:by|of|from) "
    r"(?P<whose>[^,.;\n]{3,80}),[^.;\n]*$"
)
DESCRIBED = re.compile(r"^(?:an?|one|two|three|some|several|many|most)\s+[a-z]", re.I)
ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.I)
POSSESSIVE = re.compile(r"['’]s?$")
THEIRS = re.compile(
    r"['’]s? (?:[a-z]+ )?(?:staff|office|team|aides?|spokes\w+|"
    r"ministry|government|lawyers?|family|advis[eo]rs?)$"
)
MANY = re.compile(
    r"(?:[\w’'-]+ ){0,3}?(?:officials|lawmakers|residents|ministers|diplomats|experts|analysts|critics|people|"
    r"delegates|lawyers|fishermen|leaders|scholars|companies|sources|aides|workers)\b",
    re.I,
)
# Words of names that nobody bears: of countries, outlets, houses and bodies.
PLACES = frozenset(
    """asia asian east west north south northeast southeast hong kong united states kingdom nations european union
    chinese japanese american korean british german french russian news times post daily press agency university
    secretariat ministry department relations pharma alliance japan china taiwan russia america britain beijing tokyo
    washington seoul moscow institute centre center research studies group council committee congress senate foundation
    association society line media television tv radio international national federal bank fund court house white
    agence presse xinhua kyodo reuters
    party republican democratic campaign street college school hospital company inc corp ltd""".split()
)
COUNTRIES = frozenset(
    """Japan China Taiwan Russia Ukraine Germany France Italy Britain Spain Poland Turkey Greece India Pakistan Iran
    Iraq Israel Egypt Norway Sweden Denmark Finland Canada Mexico Brazil Argentina Australia Indonesia Vietnam Thailand
    Malaysia Singapore Philippines Korea America""".split()
)
OFFICES = frozenset(
    """minister president premier chancellor secretary ambassador spokesperson spokesman spokeswoman director chief
    chairman chairwoman chair governor mayor senator professor adviser advisor envoy commissioner leader general
    admiral analyst author official head king queen prince pope judge attorney counsel lawyer manager captain
    commander economist historian researcher fellow lecturer editor candidate nominee representative congressman
    congresswoman deputy""".split()
)
OFFICE = re.compile(rf"\b[Tt]he (?:[\w’'-]+ ){{0,3}}?(?:{'|'.join(sorted(OFFICES))})\b(?!['’]s)")
