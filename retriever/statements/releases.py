"""A release goes in; out comes whose words it says it is: by the line "attributable to …" near its top, else by its
author, where a sentence says I or we.
"""

from __future__ import annotations

import re

from retriever import timewords
from retriever.records import Article
from retriever.wording import content_words

_NEAR_TOP = 1000  # characters; where a readout has its line, behind letterhead, place and day
_AUTHOR_NEAR_TOP = 300
_CAPITALISED = r"[A-Z][\w.'’\-]*"
_NAME = rf"{_CAPITALISED}(?: {_CAPITALISED})* [A-Z](?:[\w.'’\-]*\w)?\b"
# What the line speaks of must be the text itself: deaths and losses are attributable, too.
_TEXT = r"(?i:statement|readout|remarks?|comments?|quotes?|quotations?|information|briefing|summary|text|release)"
_ATTRIBUTABLE = re.compile(
    rf"^[^\S\n]*(?:(?i:the|this|these) )?(?:(?i:following|below|above)(?: {_TEXT})?|{_TEXT})(?: (?i:below|above))?"
    rf"(?: (?:is|are|may be|can be|should be))? attributable to (?:the )?(?:\w+ ){{0,3}}?(?P<name>{_NAME})"
    r"(?:(?:[ ,][^:.\n]{0,80})?:|(?:,[^:.\n]{0,80})?[^\w\n]*$)",
    re.M,
)

# We, our and my open a sentence with a capital; within one, a capital is that of a name ("the group Our Future").
_OURS = re.compile(r"(?:^|[.!?:;—–][ \u00a0]+|^[^\w\s]+)(?:We|Our|My)\b|\b(?<!-)(?:we|our|my)\b(?!-)", re.M)
_OBJECTS = re.compile(r"\b(?<!-)(?:me|us)\b(?!-)")
# The pronoun stands alone and a word in small letters follows: not so in "A.I.", "I-95", "I.", "I Corps", "I and II".
_I = re.compile(
    r"(?<!\w)(?<!\w\.)(?<![/&\-–])I(?! (?:and|or|to|through) [IVX]+\b)"
    r"(?=['’](?:m|ve|ll|d)\b|,|—|[ \u00a0]+(?:[^\W\d_A-Z]|[—–]))"
)
_ONLY_AFTER_I = re.compile(r"['’]|[ \u00a0]+(?:am|have|do|don['’]t|think|believe|know|want|hope|thank)\b")
_WORD_BEFORE = re.compile(r"(\w[\w'’\-]*)[ \u00a0]+$")
_NUMBERED = frozenset("phase phases type types class stage level tier category grade schedule".split())
_OPENERS = frozenset(
    """today yesterday tomorrow tonight now thus hence therefore however moreover furthermore finally again also still
    instead indeed perhaps maybe sometimes often never only just together yes well oh first second third last next
    earlier later once twice since although though because while whether unless until yet like
    everyone everybody everything anyone anything someone something nobody nothing""".split()
)
_TIMES = frozenset((*timewords.DAYS, *timewords.FULL_MONTHS))


def attributable(text: str) -> re.Match[str] | None:
    """The line that gives all below it to somebody ("The below is attributable to Spokesperson Ned Price:"), with the
    group ``name``; None where no line near the top does.
    """
    found = _ATTRIBUTABLE.search(text)
    return found if found and found.start() < _NEAR_TOP else None


def author(article: Article) -> str | None:
    """Whose words a release in the first person is: of its one author, whom its text names near the top."""
    name = (article.author or "").split(",")[0].strip()
    named = len(name.split()) in (2, 3, 4) and 0 <= article.text.find(name.split()[-1]) < _AUTHOR_NEAR_TOP
    return name if named else None


def in_first_person(sentence: str, *, objects: bool = False) -> bool:
    """Whether a sentence holds I, we, our or my as pronouns. ``objects``: or me or us, which alone say too little of
    whose the sentence is ("follow us").
    """
    if _OURS.search(sentence) or (objects and _OBJECTS.search(sentence)):
        return True
    return any(not _is_number(sentence, each) for each in _I.finditer(sentence))


def is_first_person(speaker: str) -> bool:
    """Whether the words for a speaker are I or we, alone or with others ("my colleagues and I")."""
    words = speaker.replace(",", " ").split()
    if not words:
        return False
    number = words[-1] == "I" and len(words) > 1 and _takes_number(words[-2])
    return bool({words[0], words[-1]} & {"I", "we", "We"}) and not number


def _is_number(sentence: str, found: re.Match[str]) -> bool:
    """Whether an I is the numeral. Where it could be either ("In Geneva I met …"), it is taken for one: nobody is
    better than the wrong person.
    """
    before = _WORD_BEFORE.search(sentence, 0, found.start())
    return before is not None and _takes_number(before[1]) and not _ONLY_AFTER_I.match(sentence, found.end())


def _takes_number(word: str) -> bool:
    """Whether a numeral may follow: behind names ("World War I", "Charles I") and what is numbered ("phase I")."""
    low = word.lower()
    if word[0].islower():
        return low in _NUMBERED
    return not (low in _OPENERS or low in _TIMES or low.endswith("ly") or not content_words(low))
