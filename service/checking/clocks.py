"""A text goes in; the times of day in it come out as minutes, and words for numbers as numbers."""

from __future__ import annotations

import re
from typing import Final

_ONES: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
WORDS: dict[str, float] = {word: n for n, word in enumerate(f"zero {_ONES} eighteen nineteen".split())}
WORDS |= {word: 10.0 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
WORDS |= {"dozen": 12, "half": 0.5, "twice": 2, "couple": 2, "decade": 10, "third": 3, "quarter": 0.25}
_CLOCK = re.compile(
    r"\b(\d{1,2})(?::|[.](?=\d\d ?[ap]\.?m))(\d\d)\s?(a\.?m\.?|p\.?m\.?)?|\b(\d{1,2})\s?(a\.?m\.?|p\.?m\.?)(?!\w)", re.I
)
_SPOKEN_CLOCK = re.compile(
    rf"\b(?P<m>[a-z]+(?:-[a-z]+)?|\d{{1,2}})(?: minutes?)? (?P<side>past|to) (?P<h>{'|'.join(WORDS)}|\d{{1,2}})\b"
    r"(?!\s+(?!(?:on|in|at|when|and|this|that|local|before|after|as|the|by|for|to|yesterday|today|tomorrow)\b)\w)",
    re.I,
)
_HOUR = re.compile(rf"\b({'|'.join(WORDS)}|\d{{1,2}}) (?:o[’']clock|in the (?:morning|afternoon|evening))", re.I)


def clocks(text: str) -> list[tuple[int, int, int, str]]:
    """Times of day: minutes after midnight or noon (0 to 719), where they stand, and the words."""
    found = []
    for match in _CLOCK.finditer(text):
        hour, minute = int(match[1] or match[4]), int(match[2] or 0)
        if hour <= 24 and minute < 60 and (match[3] or match[4] or ":" in match[0]):
            found.append((hour % 12 * 60 + minute, match.start(), match.end(), match[0]))
    for match in _SPOKEN_CLOCK.finditer(text):
        minute_word = {"quarter": 15.0, "half": 30.0}.get(match["m"].lower()) or plain(match["m"].lower())
        hour_word = plain(match["h"].lower())
        if minute_word is None or hour_word is None or hour_word > 24:
            continue
        shift = minute_word if match["side"].lower() == "past" else -minute_word
        found.append((int(hour_word * 60 + shift) % 720, match.start(), match.end(), match[0]))
    return found


def hours(text: str) -> set[int]:
    """Minutes of "four in the morning", "at noon": hours that are told without a clock's figures."""
    found = {int(plain(m[1].lower()) or 0) % 12 * 60 for m in _HOUR.finditer(text)}
    return found | ({0} if re.search(r"\b(?:noon|midnight)\b", text, re.I) else set())


def plain(word: str) -> float | None:
    """The number that a word up to ninety-nine, or figures, stand for; None for any other word."""
    if word.isdigit():
        return float(word)
    tens, _, ones = word.partition("-")
    value = WORDS.get(tens)
    return None if value is None else value + (WORDS.get(ones, 0) if ones else 0)
