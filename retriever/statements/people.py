"""Who is meant: the words with which a text names a speaker go in, the person (or body) comes out, or None.

"Hayashi", "Yoshimasa Hayashi", "the Japanese foreign minister" and "he" can be one person in an article, "Hayashi" and
"Hayashi Setsuko" two. Within one article only, and only by what the article says: where it leaves two possible,
nobody is named. A speaker without a name (a senior official, the two sides) keeps the words that describe them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from retriever import naming
from retriever.catalogue.words import tokens
from retriever.records import Article

_CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w.'’\-]*"
_RUN = re.compile(rf"{_CAPITALISED}(?:[ \u00a0](?:(?:of|de|al|bin|van|von|der|la|el|al-)[ \u00a0])?{_CAPITALISED})*")
_SINGULAR = frozenset("he she him her".split())
_PLURAL = frozenset("they them both".split())
_POINTS_BACK = re.compile(r"^(?:the|both|two|these|those|his|her|their|its|this|that)\b", re.I)
_SIDES = re.compile(r"^(?:the (?:two|pair|duo)|both|the two (?:sides|leaders|ministers|men|women|officials))\b", re.I)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.I)
_POSSESSIVE = re.compile(r"['’]s?$")
_LIKE = 0.8  # likeness (difflib's ratio) of two spellings of one name: "Aqiba" and "Akiba"
_LONGEST_ROLE = 7  # words in front of a name
_REACH = 1500  # characters back in which "he" was named
_OFFICES = frozenset(
    """minister president premier chancellor secretary ambassador spokesperson spokesman spokeswoman director chief
    chairman chairwoman chair governor mayor senator professor adviser advisor envoy commissioner leader general
    admiral analyst author official head king queen prince pope judge attorney counsel lawyer manager captain
    commander economist historian researcher fellow lecturer editor candidate nominee representative congressman
    congresswoman deputy""".split()
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """``name``: as fully as the article gives it, several joined by " and "; ``person``: whether that is somebody's
    name and not a description or a body.
    """

    name: str
    role: str | None
    person: bool


class People:
    """The people of one article, as it names them."""

    def __init__(self, article: Article) -> None:
        self._text = f"{article.author or ''}\n{article.title or ''}\n{article.text}"
        self._full: dict[str, str] = {}
        self._offices = self._holders(article.text)

    def named(self, words: str, before: Sequence[Speaker | None]) -> Speaker | None:
        """Who ``words`` name. ``before``: who spoke earlier, the last one last, None for those who stayed open."""
        plain = re.sub(r"\s+", " ", words).strip(" ,.;:’'\"“”()")
        if not plain:
            return None
        if plain.lower() in _SINGULAR:
            return next((each for each in reversed(before) if each and each.person and " and " not in each.name), None)
        if plain.lower() in _PLURAL or _SIDES.match(plain):
            several = next((each for each in reversed(before) if each and " and " in each.name), None)
            return several or (None if plain.lower() in _PLURAL else Speaker(_ARTICLE.sub("", plain), None, False))
        if plain.lower() in ("i", "we", "it", "who", "which", "that", "you"):
            return None
        return self._joint(plain) or self._one(plain)

    def _joint(self, words: str) -> Speaker | None:
        """ "Motegi and Wang": each in full, where both sides of "and" are people."""
        sides = re.split(r",? and |, ", words)
        if len(sides) < 2 or len(sides) > 4:
            return None
        people = [self._one(side) for side in sides if side]
        if not all(each and each.person for each in people):
            return None
        return Speaker(" and ".join(dict.fromkeys(each.name for each in people if each)), None, True)

    def _one(self, words: str) -> Speaker | None:
        first, _, rest = words.partition(", ")
        for part, other in ((first, rest), (rest, first)):
            if name := self._person(part):
                return Speaker(name, self._role(part, name, other), True)
        if holder := self._holder(words):
            return Speaker(holder, _ARTICLE.sub("", words), True)
        plain = _ARTICLE.sub("", first)
        return Speaker(plain, None, False) if plain else None

    def _person(self, words: str) -> str | None:
        """The last name of somebody in the words, in full."""
        for run in reversed(_RUN.findall(words)):
            bare = naming.behind_titles(_POSSESSIVE.sub("", run).split())
            if not bare or len(bare) > 4:
                continue
            full = self._in_full(" ".join(bare))
            if len(full.split()) > 1 and not naming.is_body(full):
                return full
            if re.search(rf"\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|Gen|Sen|Rep)\b\.? {re.escape(full)}", self._text):
                return full
        return None

    def _in_full(self, name: str) -> str:
        if name not in self._full:
            full = naming.full_name(self._text, name)
            self._full[name] = full if " " in full else self._spelt_otherwise(full)
        return self._full[name]

    def _spelt_otherwise(self, name: str) -> str:
        """The one name in full of which this is a misspelling, else the name as it is."""
        if len(name) < 5:
            return name
        alike = {
            full
            for full in self._names_in_full
            if any(SequenceMatcher(None, name.lower(), word.lower()).ratio() >= _LIKE for word in full.split())
        }
        return next(iter(alike)) if len(alike) == 1 else name

    @cached_property
    def _names_in_full(self) -> frozenset[str]:
        """What stands in the article like a given name and a surname."""
        found = (" ".join(naming.behind_titles(run.split())) for run in _RUN.findall(self._text))
        return frozenset(name for name in found if len(name.split()) in (2, 3))

    def _role(self, part: str, name: str, other: str) -> str | None:
        """What stands in front of the name, else behind it between commas."""
        last = name.rsplit(maxsplit=1)[-1]
        place = min((part.find(word) for word in name.split() if word in part), default=-1)
        before = _ARTICLE.sub("", part[:place].strip()) if place > 0 else ""
        if before and any(word in _OFFICES for word in tokens(before)):
            return before
        if other and last not in other and any(word in _OFFICES for word in tokens(other)):
            return _ARTICLE.sub("", other.split(", ", maxsplit=1)[0])
        return None

    def _holders(self, text: str) -> dict[str, set[str]]:
        """Office, in lower case ("foreign minister"), -> the words in front and the names it stands before."""
        found: dict[str, set[str]] = defaultdict(set)
        for run in _RUN.finditer(text):
            words = run[0].split()
            bare = naming.behind_titles(words)
            if 1 <= len(bare) <= 3 and len(bare) < len(words) and words[-len(bare) :] == bare:
                title = text[max(0, run.start() - 40) : run.start()].rsplit("\n", 1)[-1].split()[-2:]
                lowered = [word for word in title if word.islower()]
                found[" ".join(bare)].add(" ".join([*lowered, *words[: -len(bare)]]).lower())
        return found

    def _holder(self, words: str) -> str | None:
        """The one person to whom the article gives this office: "the Japanese foreign minister"."""
        wanted = {word for word in tokens(_ARTICLE.sub("", words)) if word not in ("s", "of", "for")}
        if not words.lower().startswith("the ") or not wanted & _OFFICES or len(wanted) > _LONGEST_ROLE:
            return None
        people = {
            self._in_full(name)
            for name, titles in self._offices.items()
            if any(wanted <= set(tokens(title)) for title in titles)
        }
        return next(iter(people)) if len(people) == 1 else None
