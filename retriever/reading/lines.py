"""What a single line of an article is, told by its shape: prose, title, turn of speech, line about the article."""

from __future__ import annotations

import re
import unicodedata

from retriever.splitting import turn_label

__all__ = [
    "ends_sentence",
    "folded",
    "is_about",
    "is_bulleted",
    "is_prose",
    "is_title",
    "turn_label",
    "unbulleted",
    "words",
]

_BULLET = re.compile(r"^\s*(?:[-–—•*·▪◦‣»>]+|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
_END = re.compile(r"[.!?…][)\]\"'”’»]*$")
_STOP = re.compile(r"[.…][)\]\"'”’»]*$")
_INSIDE = re.compile(r"[a-z0-9)][.!?][)\"'”’]* +[\"'“‘(]?[A-Z]")
_ABOUT = re.compile(
    r"\s*(?:by\s+[A-Z]|(?:.{0,40}?)(?:updated|published|posted|modified)\b.{0,20}\d|written by|reporting by|edited by"
    r"|\(?(?:additional )?reporting|source:|url:|contact:|for (?:academic )?citation|date:)",
    re.IGNORECASE,
)
_CITATION = re.compile(r"[\"“].{10,}[\"”]\s*.{2,80}\b\d{4}\b")
_DATE = re.compile(r"^(?:\w+,? )?(?:\d{1,2} )?[A-Z][a-z]{2,8}\.? (?:\d{1,2},? )?\d{4}\b")
_FEWEST_WORDS, _MOST_WORDS = 8, 25


def words(line: str) -> int:
    """How many words a line has."""
    return len(line.split())


def folded(line: str) -> str:
    """Letters and digits only, compatibility forms and case levelled: equal for two prints of the same words."""
    return "".join(char for char in unicodedata.normalize("NFKC", line).casefold() if char.isalnum())


def unbulleted(line: str) -> str:
    """The line without the bullet or number that opens it."""
    return _BULLET.sub("", line).strip()


def is_bulleted(line: str) -> bool:
    """Whether a bullet or number opens the line."""
    return bool(_BULLET.match(line))


def ends_sentence(line: str) -> bool:
    """Whether the line ends as a sentence does, closing quotation marks and brackets aside."""
    return bool(_END.search(line.rstrip()))


def is_about(line: str) -> bool:
    """Whether the line says something of the article itself: byline, date, citation."""
    return (
        len(line) <= 600
        and words(line) <= 60
        and bool(_ABOUT.match(line) or _CITATION.search(line) or _DATE.match(line.strip()))
    )


def is_prose(line: str) -> bool:
    """Whether the line is a paragraph of the article: a whole sentence, several, or a turn of speech."""
    count = words(line)
    return bool(
        (count >= _FEWEST_WORDS and ends_sentence(line))
        or count > _MOST_WORDS
        or (count > 2 and turn_label(line))
        or _INSIDE.search(line)
    )


def is_title(line: str, *, fewest: int = 4) -> bool:
    """Whether the line could be an article's title: some words, no full stop, no list, nobody's turn to speak."""
    text = line.strip()
    return (
        fewest <= words(text) <= _MOST_WORDS
        and len(text) <= 200
        and not _STOP.search(text)
        and text[-1] not in ":;,-–—"
        and (text[0].isupper() or text[0].isdigit() or text[0] in "\"'“‘‑")
        and not is_bulleted(line)
        and not turn_label(line)
        and not is_about(line)
    )
