"""The words by which ``drafting.telling`` sees where a clause opens and whether it has its verb; constants only."""

from __future__ import annotations

import re
from collections.abc import Sequence

# What says under which condition something holds: told wherever that is.
CONDITIONS = frozenset("if unless until".split())
# What turns the sense of the words before it.
TURNS = CONDITIONS | frozenset("but however yet except although though albeit not nor without".split()) | {
    "provided that", "only if", "on condition", "even if", "even though", "rather than", "as long",
}  # fmt: skip
# What turns the sense of the words behind it.
NEGATES = re.compile(
    r"\b(?:not|never|no|nor|neither|nobody|none|nothing|cannot|hardly|without|den(?:y|ies|ied|ying)|refus\w+|declin\w+|"
    r"fail(?:s|ed)?|stopped short)\b|n['’]t\b",
    re.I,
)
SUBORDINATE = frozenset(
    "while whereas when after before because since if until as where once whenever wherever so whatever".split()
)
RELATIVE = re.compile(
    r"^(?:who|which|whose|whom|(?:in|at|on|of|to|for|with|by|during|under|from|after) (?:which|whom)"
    r"|the (?:day|month|year|time|place|city|moment|way) (?:(?:on|in|at) )?(?:which|when|where|that))\b"
)
TAIL = re.compile(
    r"^(?:including|with|despite|amid|during|following|within|under|through|alongside|citing|saying|adding|such|\w{3,}ing)$"
)
ADVERB = re.compile(r"^\w{3,}ly$")
OPENS_SENTENCE = frozenset(
    """according on in at after before during when while for despite by with as since if because although though earlier
    meanwhile later following amid under from until once today yesterday also moreover then nevertheless""".split()
)
SUBJECT = re.compile(
    r"^(?:[A-Z\d][\w.'’,-]*|(?i:the|a|an|this|that|these|those|his|her|its|their|our|my|he|she|it|they|we|i|you|there|both"
    r"|all|some|many|most|few|neither|nobody|nothing|each|two|three|four|five|several|other|others|another))$"
)
FUNCTION = frozenset(
    """the a an of to in on at for by with from as and or but nor so that which who whose whom than into over about
    between against under is are was were be been has have had will would can could may might must should its his her
    their our this these those such new very more most not no if when while because said says""".split()
)
SAYING = frozenset(
    """said says say told tells added adds noted stressed argued warned insisted replied explained wrote reported
    recalled asked announced stated remarked declared continued concluded admitted acknowledged""".split()
)
REPORTING = SAYING | frozenset(
    """urged called expressed demanded requested proposed suggested claimed denied confirmed agreed pledged promised
    vowed praised welcomed criticised criticized condemned accused thanked protested raised underscored reiterated
    emphasised emphasized described according believes believe thinks think hopes hope""".split()
)
_AUXILIARIES = frozenset(
    """is are was were am has have had will would can could may might must should shall do does did isn't aren't wasn't
    weren't hasn't haven't hadn't won't wouldn't can't cannot couldn't shouldn't don't doesn't didn't it's he's she's
    they're we're i'm i've we've they've there's that's""".split()
)
_PAST = frozenset(
    """said told made came went took gave held met saw began became left got led kept put found brought built sent spent
    lost won ran fell rose grew knew thought felt stood spoke broke chose wrote drew showed sold bought paid cut hit let
    read shut spread cost hurt set sat lay flew fought bore sought taught caught dealt meant heard wore threw drove ate
    understood withdrew undertook overtook arose awoke swore shook stole struck swept hung stuck rang sank""".split()
)
_PARTICIPLES = frozenset("found set left led held made cut cost put built sent lost won kept brought paid".split())
_PRESENT = frozenset(
    """says wants remains includes represents runs opposes believes thinks expects seeks comes goes takes makes gives
    shows means sees regards sits carries tells asks continues condemns reaffirms appears seems begins starts knows gets
    keeps brings applies agrees warns adds argues considers remain include think believe expect seek come see know agree
    condemn reaffirm""".split()
)
_NOUNS_TOO = frozenset(  # verbs behind a name or a pronoun
    """calls marks plans hopes needs stands bears fears lies falls holds costs leads works lives plays supports welcomes
    ends grows notes urges want hope need support welcome call stand urge commit""".split()
)
_PRONOUNS = frozenset("he she it they we i you who".split())
_BEFORE_NOUN = frozenset("the a an his her its their our my this these those of in for by with and".split())
_NO_VERB = frozenset("united need seed speed indeed hundred red bed feed breed sacred naked armed so-called".split())


def is_verb(word: str, before: str = "") -> bool:
    """Whether a word may be a finite verb behind ``before``: auxiliaries, common verbs, "-ed" where no noun follows."""
    small, previous = word.lower().replace("’", "'"), before.lower()
    if small in _AUXILIARIES:
        return word not in ("May", "Will")  # a month, a man
    if small in _PAST:
        return small not in _PARTICIPLES or previous not in _BEFORE_NOUN
    if small in _PRESENT:
        return previous not in _BEFORE_NOUN | {"to"}
    if small in _NOUNS_TOO:
        return previous in _PRONOUNS or before[:1].isupper()
    if previous in _PRONOUNS and small.isalpha() and not small.endswith("ly"):
        return True
    regular = small.endswith("ed") and len(small) > 3 and small.isalpha() and word[0].islower()
    return regular and small not in _NO_VERB and previous not in _BEFORE_NOUN


def has_verb(words: Sequence[str]) -> bool:
    """Whether words hold what may be a finite verb, before anything relative."""
    for place, word in enumerate(words):
        if place and word.lower() in ("who", "which", "whose", "whom"):
            return False
        if is_verb(word, words[place - 1] if place else ""):
            return True
    return False
