"""A verb of saying goes in, what kind of saying it is comes out: asking is not promising, denying is not praising.

"What did Vik ask of the town?" is answered by what he requested, not by what he noted.
"""

from __future__ import annotations

import re
from typing import Final

_PARTLY: Final = 0.4  # a verb of mere saying where another is asked for, or the other way round
_ENQUIRING: Final = r"(?:about|whether|if|why|how|when|what|who)\b"
_KINDS: Final = {
    "asking": rf"ask(?:s|ed|ing)?(?! {_ENQUIRING})|request\w*|demand\w*|appeal(?:s|ed|ing)?|urg(?:e|es|ed|ing)"
    r"|call(?:s|ed|ing)? (?:on|for|upon)|insist(?:s|ed|ing)? on|press(?:es|ed|ing)? (?:for|\w+ to)|plead\w*"
    r"|beg(?:s|ged)?|implor\w+|seek(?:s|ing)?|sought|want(?:s|ed)?|invit\w+|propos\w+|push(?:es|ed)? for"
    r"|encourag\w+|suggest\w*|recommend\w*",
    "enquiring": rf"ask(?:s|ed|ing)? {_ENQUIRING}|question(?:s|ed|ing)|wonder\w*|[ei]nquir\w*",
    "warning": r"warn\w*|caution(?:s|ed|ing)?|threaten\w*|alert(?:s|ed)?|alarm\w*",
    "promising": r"promis\w+|pledg\w+|vow(?:s|ed|ing)?|commit(?:s|ted|ting)?|guarantee\w*|assur\w+"
    r"|undert(?:ake|akes|ook)|offer(?:s|ed|ing)?|swear|swore",
    "denying": r"den(?:y|ies|ied|ying)|reject\w*|refut\w+|dismiss\w*|refus\w+|disput\w+|contradict\w*|rebuff\w*"
    r"|rule(?:s|d)? out",
    "agreeing": r"agree(?:s|d|ing)?|accept\w*|consent\w*|concur\w*|endors\w+|support(?:s|ed|ing)?|back(?:s|ed)"
    r"|approv\w+",
    "blaming": r"critici[sz]\w+|condemn\w*|blam\w+|accus\w+|denounc\w+|attack(?:s|ed)?|slam\w*|blast(?:s|ed)"
    r"|protest(?:s|ed|ing)?|complain\w*|oppos\w+|object(?:s|ed)|deplor\w+|rebuk\w+|mock(?:s|ed)",
    "praising": r"prais\w+|welcom\w+|thank(?:s|ed|ing)?|hail(?:s|ed)|commend\w*|congratulat\w+|applaud\w*"
    r"|appreciat\w+|salut\w+",
    "worrying": r"concern(?:s|ed)?|fear(?:s|ed)?|worr(?:y|ies|ied)|regret(?:s|ted)?",
    "foreseeing": r"predict\w*|expect(?:s|ed)?|forecast\w*|foresee\w*|foresaw|hope(?:s|d)?",
    "admitting": r"admit\w*|conced\w+|acknowledg\w+|confess\w*|apologi[sz]\w+",
}
_PLAIN = re.compile(
    r"\b(?:say|says|said|saying|tell|tells|told|state[ds]?|stating|note[ds]?|noting|add(?:s|ed)?|remark(?:s|ed)?"
    r"|explain\w*|announc\w+|declar\w+|report(?:s|ed)?|according|describ\w+|mention\w*|comment\w*|stress\w*"
    r"|emphasi[sz]\w+|underscor\w+|underlin\w+|reiterat\w+|repeat(?:s|ed)?|recall(?:s|ed)?|argu\w+|claim(?:s|ed)?"
    r"|repl(?:y|ies|ied)|respond\w*|answer(?:s|ed)?|wr(?:ite|ites|ote|itten)|thinks?|thought|believ\w+|express\w*"
    r"|rais(?:e|es|ed|ing)|voic\w+|convey\w*|insist\w*|ask(?:s|ed|ing)?)\b",
    re.I,
)
_OF_KIND: Final = {kind: re.compile(rf"\b(?:{words})(?!\w)", re.I) for kind, words in _KINDS.items()}
_NEAR: Final = frozenset(
    frozenset(pair) for pair in (("warning", "worrying"), ("blaming", "worrying"), ("agreeing", "praising"),
                                  ("agreeing", "promising"), ("denying", "blaming"), ("asking", "enquiring"))
)  # fmt: skip


def kinds_of_saying(text: str) -> frozenset[str]:
    """The kinds of saying that words name ("asking", "warning" …); empty for mere saying and for none."""
    return frozenset(kind for kind, words in _OF_KIND.items() if words.search(text))


def speech_fits(asked: str, cue: str) -> float:
    """How well a statement's verb (``cue``: "requested", "called for") fits what is asked: 1.0 the same kind of saying
    or nothing in particular asked for, 0.4 mere saying for a kind or a kindred one, 0.0 another kind.
    """
    sought = kinds_of_saying(asked)
    if not sought:
        return 1.0
    found = kinds_of_saying(cue)
    if sought & found:
        return 1.0
    if any(frozenset((one, other)) in _NEAR for one in sought for other in found):
        return _PARTLY
    return _PARTLY if not found and (not cue or _PLAIN.search(cue)) else 0.0
