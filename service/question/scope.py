"""A question and a time in it go in; whether the time is that of what is asked about comes out.

"Who spoke in 2022?": it is. "Who said that prices fell in 2022?", "What will open in 2030?", "Who met the envoy who
left in 2022?": there it belongs to what was said, to what is to come, to the envoy. In doubt it is not: a filter that
was not meant hides the answer, one that is missing hides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_SENTENCE = re.compile(r"[.!?]\s+(?=[A-Z])")
_SAYS = (
    r"(?:sa(?:y|id|ys|ying)|tell(?:s|ing)?|told|claim\w*|argu(?:e|es|ed|ing)|think|thought|believ(?:e|es|ed|ing)|"
    r"insist\w*|predict\w*|expect(?:ed|s)?|feel|felt|hope[ds]?|warn(?:ed|s|ing)?|admit\w*|conced\w+|announc\w+|reckon\w*|"
    r"suggest\w*|not(?:e|ed|es)|stat(?:e|ed|es|ing)|declar\w+|estimat\w+|den(?:y|ied|ies)|ask(?:ed|s|ing)?|wonder\w*|"
    r"explain\w*|reveal\w*|know|knew|forecast\w*|promis\w+|complain\w*|stress\w*|recall\w*|confirm\w*|boast\w*)"
)
_FINITE = r"(?:is|are|was|were|had|has|have|would|will|could|can|should|might|must|did|does)"
_RESET = r"(?:,|;|:|—|–|\bwhen\b|\bwhile\b|\baccording\s+to\b|\bspeaking\b|\bas\s+(?:he|she|they|told|reported)\b)"
_NO_RESET = rf"(?:(?!{_RESET}).)*$"

# What stands in front makes the time another one's.
_COMPARED = re.compile(
    r"\b(?:than|as|like|unlike|versus|vs\.?|or|either|neither|nor|compared\s+(?:to|with)|by\s+when)\s*$", re.I
)
_AS_BEFORE = re.compile(r"\bas\s+[\w'’. -]{1,50}?\s(?:did|had|was|were|has|have)\s*$", re.I)
_THAT = re.compile(
    r"(?<!\bin )(?<!\bat )(?<!\bon )(?<!\bof )(?<!\bafter )\bthat\b"
    r"(?!\s+(?:day|week|month|year|time|night|meeting|visit|trip|speech|summit|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday)\b)",
    re.I,
)
_CLEFT = re.compile(r"\b(?:is|was|were|are)\s+(?:it|the|those)\b[^,;]*$", re.I)
_UNSAID_THAT = re.compile(
    rf"\b{_SAYS}\s+(?!(?:in|on|during|about)\b)(?:[^,;]*?\s)?{_FINITE}\b{_NO_RESET}|"
    rf"\b{_SAYS}\b[^;]*?\bto\s+have\s+[^,;]*$|\b{_SAYS}\s+\w+ed\b{_NO_RESET}",
    re.I,
)
_SAID_FACT = re.compile(
    r"\b(?:sa(?:y|id|ys)|claim(?:ed|s)?|think|thought|believed?|argued?|insist(?:ed)?|admit(?:ted)?)\s+"
    rf"(?!(?:about|of|to|in|on|at|with|when|during|for|by|from)\b)(?:[\w'’-]+\s+){{1,6}}?(?:\w{{2,}}ed|fell|rose|grew|shrank|"
    rf"came|went|got|took|made|met|left|lost|won|cost|kept|held|saw|began|broke|gave|ran|spoke|stood|sold)\b{_NO_RESET}",
    re.I,
)
_WHETHER = re.compile(rf"\b{_SAYS}\b[^,;]*?\b(?:whether|if|why|how|what|who|where|which)\b{_NO_RESET}", re.I)
_AHEAD = re.compile(
    r"\b(?:will|would(?!-)|shall|wo[nu]ld?n['’]t|won['’]t|should|(?:going|about|set|scheduled|due|likely|supposed|meant|ready)\s+to|"
    r"(?:expect|plan|hop|aim|intend|want|wish|promis|pledg|vow|agree|commit|need|ought|propos|seek|sought|offer|threaten)"
    r"\w*\s+(?:[\w'’]+sel(?:f|ves)\s+)?to\s+[a-z]+|(?:is|are|was|were)\s+(?:not\s+)?to\s+(?!the\b|a\b)[a-z]+|"
    r"(?:plan|target|goal|forecast|outlook|projection|prediction|deadline|ambition|prospect|schedule|budget|scheme|bid)s?\s+"
    r"(?:for|of|to)|due|scheduled)\b" + _NO_RESET,
    re.I,
)
_WAS_TO = re.compile(
    r"\b(?:[Ii]s|[Aa]re|[Ww]as|[Ww]ere)\s+(?:(?:the|his|her|its|their|a|an)\s+(?:[\w'’-]+\s+){1,4}|(?:[A-Z][\w'’-]*\s+){1,3})"
    rf"(?<!able )(?<!ed )to\s+(?!(?:the|a|an|his|her|its|their|this|that)\b)[a-z]+\b{_NO_RESET}"
)
_OTHER_EVENT = re.compile(
    r"\b(?:after|before|since|until|because|although|though|following|ahead\s+of|prior\s+to|once|despite|given)\s+"
    r"(?!all\b|\d)[^,;?]+$",
    re.I,
)
_EVENT = (
    r"(?:attack|war|election|vote|crash|disaster|crisis|earthquake|massacre|killing|murder|death|invasion|referendum|"
    r"summit|visit|talk|meeting|trip|speech|debate|campaign|conference|agreement|treaty|deal|decision|accord|accident|"
    r"shooting|bombing|flood|fire|storm|coup|protest|crackdown|collapse|defeat|victory|win|loss|arrest|release|"
    r"genocide|uprising|revolution|handover|incident|scandal|law|statement|declaration|communiqu[eé])s?"
)
_ABOUT_EVENT = re.compile(
    rf"\b(?:about|regarding|concerning|over|of|on|to|for)\s+(?:the|a|an|his|her|its|their|[\w'’]+['’]s)\s+[^,;?]*?\b{_EVENT}"
    r"(?:\s+(?:in|at|on|of|with|against)\s+[\w'’ -]{1,30})?\s*$",
    re.I,
)
_SPEECH_OR_VIEW = re.compile(
    rf"\b(?:{_SAYS}|describe[ds]?|remember\w*|react\w*|respon\w+|comment\w*|view|opinion|think|blame[ds]?)\b", re.I
)
_THE_DAY = re.compile(r"\bthe\s+(?:day|date|night|week|month|year|time)\b[^,]*,\s*$", re.I)
_ASIDE = re.compile(r",\s*(?:once|formerly|previously|born|then|now|a|an|the|who|whose|which|\w+ed)\b[^,]*$", re.I)
_PARTICIPLE = re.compile(
    r"(?P<before>(?:[\w'’-]+\s+){0,5})\b(?:\w{2,}ed|begun|held|made|built|given|shot|born|lost|won|struck|taken|written|sent|"
    r"found|fought|shown|led|brought|set|put|drawn|laid|bought|sold|left|seen|known|caught|sunk|torn|spent)"
    r"(?:\s+by\s+[\w'’. -]{1,40})?\s*$"
)
_AUXILIARY = re.compile(
    r"\b(?:was|were|been|be|being|had|has|have|is|are|got|get)\s+(?:\w+ly\s+|also\s+|not\s+|first\s+|last\s+|ever\s+)?$",
    re.I,
)
_INVERTED = re.compile(r"\b(?:was|were|had|has|have|is|are)\s+(?:[\w'’-]+\s+){1,5}$", re.I)
_DETERMINED = re.compile(r"\b(?:the|a|an|his|her|its|their|[\w]+['’]s)\s+(?:[\w'’-]+\s+){1,3}$", re.I)
_SAID_ASIDE = re.compile(rf",\s*(?:as\s+)?(?:the\s+)?[A-Z][\w'’ -]*\b(?:{_SAYS}|remembered)\s*$")
_SUBJECT = re.compile(rf"\b(?:did|does|do)\s+(?P<subject>(?:(?!{_RESET}).)+)$", re.I)
_NO_VERB = re.compile(
    rf"\s+(?:{_FINITE}|{_SAYS}|[\w]+ly|about|above|across|after|against|ahead|along|amid|among|and|around|as|at|because|before|"
    r"behind|being|besides|between|beyond|but|by|despite|during|even|for|from|if|in|into|it|just|like|near|not|of|off|"
    r"on|once|only|or|out|over|per|shall|since|so|than|that|the|their|then|there|they|this|though|through|throughout|to|"
    r"toward|towards|under|unless|until|up|upon|via|we|when|where|whether|which|while|who|whom|whose|why|with|without|"
    r"a|an|he|his|her|she|its)\b"
)
_WORKING = re.compile(r"\b\w{3,}ing\b[^,;]*$")
_DO = re.compile(r"\b(?:did|does|do)\b", re.I)
_WH = re.compile(r"\b(?:who|whom|whose|which|what|where|why|how)\b", re.I)
_YES_NO = re.compile(r"\s*(?:did|do|does|is|are|was|were|has|have|had|can|could|will|would|should)\b", re.I)
_TELL_ME = re.compile(r"\b(?:tell|know|say|remember|show|remind)\s+(?:me\s+|us\s+)?$", re.I)

# What follows makes the words part of a name, or of a quantity.
_NAMED = re.compile(
    r"['’]s\b|-[a-z]|\s+(?:(?:presidential|general|federal|national|state|parliamentary)\s+)?(?:elections?|vot(?:e|es)|races?|"
    r"campaigns?|seasons?|cycles?|debates?|conventions?|primar(?:y|ies)|caucus(?:es)?|reports?|memos?|speech(?:es)?|budgets?|"
    r"laws?|bills?|acts?|agreements?|deals?|summits?|dollars|prices|terms|figures|levels|census|surveys?|polls?|editions?|"
    r"olympics|games|world\s+cup|visits?|talks|meetings?|statements?|interviews?|orders?|lists?)\b"
    r"|\s+(?:began|begins|started|starts|ended|ends|is\s+over|was\s+(?:out|over))\b",
    re.I,
)
WHICH_TIME = re.compile(
    r"\b(?:which|what)\s+(?:\w+\s+)?(?:day|date|month|week|weekday|year|part|half|quarter|season)\s*$", re.I
)
_TO_COME = re.compile(r"\b(?:will|would|could|shall|should|going\s+to|due|(?:is|are|was|were)\s+to\s+[a-z]+)\b", re.I)


def of_the_question(text: str, start: int, end: int) -> bool:
    """Whether the time at ``text[start:end]``, its preposition with it, is when the thing asked about happened or was
    said. Quoted words must have been blanked: theirs are never.
    """
    opening = max((match.end() for match in _SENTENCE.finditer(text, 0, start)), default=0)
    before, after = text[opening:start], text[end:]
    if _NAMED.match(after) or (WHICH_TIME.search(before) and _TO_COME.search(after)):
        return False
    if _trails(before, after) and not _THE_DAY.search(before):
        return True
    return not any(rule(before, after) for rule in _RULES)


def _trails(before: str, after: str) -> bool:
    """ "Who said that prices fell, in March 2023?": set off by a comma at the very end."""
    return before.rstrip().endswith(",") and not after.strip(" ?.!")


def _compared(before: str, _after: str) -> bool:
    return bool(_COMPARED.search(before) or _AS_BEFORE.search(before))


def _content(before: str, _after: str) -> bool:
    """Inside what somebody said, with or without its "that"."""
    that = max((match.start() for match in _THAT.finditer(before)), default=-1)
    if that >= 0 and not _CLEFT.search(before[:that]):
        return not re.search(r",\s*(?:according to|speaking|as)\b[^,]*$", before[that:], re.I)
    return bool(_UNSAID_THAT.search(before) or _SAID_FACT.search(before) or _WHETHER.search(before))


def _of_subject(before: str, after: str) -> bool:
    """ "Which driver working there until 2004 was …", "What did the diplomat chosen for Rome in 2022 learn?"."""
    if _WORKING.search(before) and re.match(rf"\s+{_FINITE}\b", after, re.I):
        return True
    asked = _SUBJECT.search(before)
    if not asked or not re.match(r"\s+[a-z]", after) or _NO_VERB.match(after):
        return False
    words = asked["subject"].split()
    return len(words) > 3 or any(word.endswith(("'s", "’s")) for word in words)


def _ahead(before: str, _after: str) -> bool:
    return bool(_AHEAD.search(before) or _WAS_TO.search(before))


def _other_event(before: str, after: str) -> bool:
    """ "After the vote in 2016", "about the attack in 2012", ", born in 1950,"."""
    if _OTHER_EVENT.search(before) or _THE_DAY.search(before):
        return True
    if _ABOUT_EVENT.search(before) and _SPEECH_OR_VIEW.search(before):
        return True
    return bool(_ASIDE.search(before) and after.lstrip().startswith(","))


def _relative(before: str, _after: str) -> bool:
    """Behind a second question word, which opens a clause about somebody: "the envoy who left"."""
    words = list(_WH.finditer(before))
    asked = 0 if _YES_NO.match(before) and not any(_TELL_ME.search(before[: w.start()]) for w in words) else 1
    if len(words) <= asked:
        return False
    last = words[-1]
    if _CLEFT.search(before[: last.start()]):
        return False
    return not re.search(_RESET, before[last.end() :], re.I)


def _reduced(before: str, _after: str) -> bool:
    """Behind a participle that describes: "the panel launched in June", but not "was launched", "who launched"."""
    match = _PARTICIPLE.search(before)
    if not match or _AUXILIARY.search(match["before"]) or re.search(r"\bwhen\b", match["before"], re.I):
        return False
    if _DETERMINED.search(match["before"]) and not _INVERTED.search(match["before"]):
        return True
    if _SAID_ASIDE.search(before):
        return False
    return bool(_DO.search(before)) and not _INVERTED.search(match["before"])


_RULES: tuple[Callable[[str, str], bool], ...] = (
    _compared,
    _content,
    _ahead,
    _other_event,
    _relative,
    _reduced,
    _of_subject,
)
