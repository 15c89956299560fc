"""The words in which English writes times, as patterns with named parts. ``retriever.dating`` says what they mean."""

from __future__ import annotations

import calendar
import re

FULL_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS = FULL_MONTHS | {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
COUNTS = {
    word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), start=1)
}
COUNTS |= {"a": 1}
SHIFTS = {"last": -1, "this": 0, "next": 1}
GIVEN_NAMES = frozenset(("april", "june", "august"))  # "June Teufel Dreyer" is nobody's month

_S = r"[\s\u00a0]+"
_MONTH_NAME = (
    rf"(?:(?:{'|'.join(calendar.month_name[1:])})\b|(?:{'|'.join(calendar.month_abbr[1:])}|Sept)\b(?!-[a-z])\.?)"
)
_MONTH = rf"(?P<month>{_MONTH_NAME})"
_UNTIL_MONTH = rf"(?P<until>{_MONTH_NAME})"
_WEEKDAY = r"(?<!Good )(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
_ON = rf"(?:{_WEEKDAY},?\s*(?P<bracket>\()?)?"  # "Tuesday (November 24)": the weekday helps to find the year
_CLOSED = r"(?(bracket)\)?)"
# "March 10,000 people", "of 2000 soldiers": numbers of things are neither days nor years.
_NO_COUNT = (
    rf"(?!,\d{{3}}(?!\d)|\.\d|:\d|%|{_S}(?:percent|per{_S}cent|hundred|thousand|million|billion|people|persons|men|women|"
    r"children|soldiers|troops|workers|students|votes|seats|ships|yen|yuan|dollars|euros|pounds|tonnes|tons|km|kilometers|"
    r"kilometres|miles|meters|metres|minutes|hours|days|years)\b)"
)
_NUMBER = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b"
_DAY = rf"(?P<day>{_NUMBER}){_NO_COUNT}"
_LAST = rf"(?P<last>{_NUMBER}){_NO_COUNT}"
_TO = rf"(?:\s*(?:-|–|—|to|and)\s*{_LAST})?"
_ACROSS = rf"(?:\s*[-–—]\s*|{_S}(?:to|until|through){_S})"
_ANY_YEAR = r"(?:19|20)\d\d"
_YEAR = rf"(?P<year>{_ANY_YEAR})\b{_NO_COUNT}"
_IN_YEAR = rf"(?:(?:,?{_S}(?:of{_S})?|,){_YEAR}|{_S}(?:of{_S})?(?P<which>last|this|next){_S}year\b)?"
_PART = r"(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Tt]he (?:beginning|start|middle|end) of)(?:\s+in\s+|[\s-]+)"
_LEAD = rf"(?P<lead>\b(?i:in|since|until|by|during|throughout|through|from|last|this|next){_S})?"

ISO_DAY = re.compile(rf"\b(?P<year>{_ANY_YEAR})-(?P<m>\d\d)-(?P<day>\d\d)\b")
ACROSS_MONTHS = (
    re.compile(rf"\b{_MONTH}{_S}{_DAY}{_ACROSS}{_UNTIL_MONTH}{_S}{_LAST}{_IN_YEAR}"),
    re.compile(rf"\b{_DAY}{_S}{_MONTH}{_ACROSS}{_LAST}{_S}{_UNTIL_MONTH}{_IN_YEAR}"),
)
DAY_OF_MONTH = (
    re.compile(rf"\b{_ON}{_MONTH}{_S}{_DAY}{_TO}{_IN_YEAR}{_CLOSED}"),
    re.compile(rf"\b{_ON}{_DAY}{_TO}{_S}(?:of{_S})?{_MONTH}{_IN_YEAR}{_CLOSED}"),
)
MONTH = re.compile(rf"\b(?:{_PART})?{_LEAD}{_MONTH}{_IN_YEAR}")
WEEKDAY = re.compile(
    rf"\b(?P<lead>(?i:last|next|this|this{_S}coming){_S})?{_WEEKDAY}(?:{_S}(?:of{_S})?(?P<week>last|this|next){_S}week\b)?"
)
NEAR_DAY = re.compile(
    rf"\b(?:(?:the{_S})?day{_S}(?:before{_S}yesterday|after{_S}tomorrow)|today|yesterday|tomorrow|tonight|last{_S}night|this{_S}(?:morning|afternoon|evening))\b",
    re.I,
)
AGO = re.compile(rf"\b(?P<count>{'|'.join(COUNTS)}|\d{{1,3}}){_S}(?P<unit>day|week|month|year)s?{_S}ago\b", re.I)
PERIOD = re.compile(rf"\b(?P<lead>last|this|next){_S}(?P<unit>week|month|year)\b", re.I)
YEARS = re.compile(
    rf"\b(?:(?i:from|between){_S}{_ANY_YEAR}{_S}(?:to|and|until){_S}|{_ANY_YEAR}[-–]){_ANY_YEAR}\b{_NO_COUNT}"
)
YEAR = re.compile(rf"\b(?i:in|since|until|by|of|during|from|before|after|late|early){_S}{_YEAR}")

# "the Jan. 6 attack", "the June 4 crackdown": the name of an event of a year that everybody knows.
NAMED_AFTER_A_DAY = re.compile(
    r"^\s(?:\w+\s)?(?:attacks?|attackers?|hijack\w+|massacres?|crackdowns?|riots?|rioters?|sieges?|insurrection\w*|bombings?|coups?|"
    r"uprisings?|revolution|movement|committee|commission|panel|anniversary|memorial|victims|families)\b"
)
# A clause that looks ahead: the weekday in it is the coming one.
AHEAD = re.compile(
    r"\b(?:will|would|shall|next|upcoming|coming|scheduled|plans? to|due (?:to|on|in|back)|set (?:to|for)|is to|are to|"
    r"(?:is|are) expected)\b|\b(?:opens|begins|starts|resumes|convenes|takes (?:place|effect))(?: \w+){0,4} $",
    re.I,
)
# What makes a weekday that opens the clause the coming one: "On Tuesday, the court will hear …", with no verb between.
OPENS = re.compile(r"(?:\b(?:On|Late on|Early on)|(?:^|[.!?\n“”\"]))\s*$")
AHEAD_BEHIND = re.compile(
    r"^(?:\s(?:morning|afternoon|evening|night))?,?(?:\s(?!\w+ed\b|was\b|were\b|had\b|did\b|who\b|that\b)[\w.’'-]+,?){1,8}?"
    r"\s(?:will|shall|(?:is|are) (?:to|due|set|scheduled|expected))\b"
)
# "… would harm trade, he said on Monday": the day is that of the saying, and that is behind.
SAID = re.compile(r"(?<!\bbe )\b(?:said|told|announced|added|stated|stressed|warned|wrote|reported|confirmed)\b", re.I)
CLAUSE_END = re.compile(r"[.;!?\n“”\"]|, (?:who|which|after|as|while)\b")
