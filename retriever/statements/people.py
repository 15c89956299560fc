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

from retriever import naming, splitting
from retriever.catalogue.words import tokens
from retriever.records import Article

_INITIAL = r"(?:[A-Z]\.|Mr\.|Mrs\.|Ms\.|Dr\.|Gen\.|Sen\.|Rep\.|Prof\.|St\.|Jr\.)"
_CAPITALISED = rf"(?:{_INITIAL}|[^\W\d_a-zß-öø-ÿ][\w'’\-]*)"
_RUN = re.compile(rf"{_CAPITALISED}(?:[ \u00a0](?:(?:of|de|al|bin|van|von|der|la|el|al-)[ \u00a0])?{_CAPITALISED})*")
_SINGULAR = frozenset("he she him her".split())
_PLURAL = frozenset("they them both".split())
_TWO = re.compile(
    r"^(?:the (?:two|pair|duo)|both)(?: (?:leaders|ministers|foreign ministers|presidents|men|women))?$", re.I
)
_OPENS = frozenset("in a an the and but it at on from for by as with to of he she they both according".split())
_BEHIND = re.compile(r"\s(?:of|at|from|for|in|on|with|who|whose|which|that)\s", re.I)
_DESCRIBED = re.compile(r"^(?:an?|one|two|three|some|several|many|most)\s+[a-z]", re.I)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.I)
_POSSESSIVE = re.compile(r"['’]s?$")
_LIKE = 0.8  # likeness (difflib's ratio) of two spellings of one name: "Aqiba" and "Akiba"
_LONGEST_ROLE = 7  # words in front of a name
_REACH = 1500  # characters back in which "he" was named
_BOTH = 2
_LONGEST_NAME = 4  # words
_SHORTEST_ROLE = 3  # words, "the" among them
# Words of names that nobody bears: of countries, outlets, houses and bodies.
_PLACES = frozenset(
    """asia asian east west north south northeast southeast hong kong united states kingdom nations european union
    chinese japanese american korean british german french russian news times post daily press agency university
    secretariat ministry department relations pharma alliance japan china taiwan russia america britain beijing tokyo
    washington seoul moscow institute centre center research studies group council committee congress senate foundation
    association society line media television tv radio international national federal bank fund court house white
    party republican democratic campaign street college school hospital company inc corp ltd""".split()
)
_OFFICES = frozenset(
    """minister president premier chancellor secretary ambassador spokesperson spokesman spokeswoman director chief
    chairman chairwoman chair governor mayor senator professor adviser advisor envoy commissioner leader general
    admiral analyst author official head king queen prince pope judge attorney counsel lawyer manager captain
    commander economist historian researcher fellow lecturer editor candidate nominee representative congressman
    congresswoman deputy""".split()
)
_OFFICE = re.compile(rf"\b[Tt]he (?:[\w’'-]+ ){{0,3}}?(?:{'|'.join(sorted(_OFFICES))})\b")


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
        self._article = article
        self._sentences = splitting.sentences(article.text)
        self._text = f"{article.author or ''}\n{article.title or ''}\n{article.text}"
        self._full: dict[str, str] = {}
        self._offices = self._holders(article.text)

    def named(self, words: str, before: Sequence[Speaker | None] = (), *, at: int | None = None) -> Speaker | None:
        """Who ``words`` name. ``before``: who spoke earlier, the last one last, None for those who stayed open; ``at``:
        where in the article the words stand, for those that point back.
        """
        plain = re.sub(r"\s+", " ", words).strip(" ,.;:’'\"“”()")
        low = plain.lower()
        if not plain or low in ("i", "we", "it", "which", "that", "you"):
            return None
        if low in _SINGULAR or low in ("who", "whose"):
            return self._last_single(before, at)
        if low in _PLURAL or _TWO.match(plain):
            return self._last_several(before, at) or (None if low in _PLURAL else _described(plain))
        return self._joint(plain, before, at) or self._one(plain)

    def _last_single(self, before: Sequence[Speaker | None], at: int | None) -> Speaker | None:
        """He or she: the first of those named in the same sentence in front, else in the sentence before; else the last
        one who spoke.
        """
        if at is not None:
            for start, end in self._sentences_before(at):
                if people := self.mentioned(start, end):
                    return Speaker(people[0], None, True)
        return next((each for each in reversed(before) if each and each.person and " and " not in each.name), None)

    def _last_several(self, before: Sequence[Speaker | None], at: int | None) -> Speaker | None:
        """They, both, the two sides: the two named in one of the sentences before; else who last spoke together."""
        if at is not None:
            for start, end in self._sentences_before(at, over_paragraphs=True):
                if len(people := self.mentioned(start, end)) == _BOTH:
                    return Speaker(" and ".join(people), None, True)
        return next((each for each in reversed(before) if each and " and " in each.name), None)

    def _sentences_before(self, at: int, *, over_paragraphs: bool = False) -> list[tuple[int, int]]:
        """The part of the sentence in front of a place, and the sentences before it, nearest first."""
        first = 0 if over_paragraphs else self._article.text.rfind("\n", 0, at) + 1
        spans = [(each.start, min(each.end, at)) for each in self._sentences if first <= each.start < at]
        return spans[::-1][: 4 if over_paragraphs else 2]

    def mentioned(self, start: int, end: int) -> list[str]:
        """The people named in a stretch of the text, by name or by office, in full, each once, in order."""
        stretch = self._article.text[start:end]
        found = [(run.start(), self._person(run[0])) for run in _RUN.finditer(stretch)]
        found += [(office.start(), self._holder(office[0])) for office in _OFFICE.finditer(stretch)]
        return list(dict.fromkeys(name for _, name in sorted(found, key=lambda each: each[0]) if name))

    def _joint(self, words: str, before: Sequence[Speaker | None], at: int | None) -> Speaker | None:
        """ "Motegi and Wang": each in full, where both sides of "and" are people; also in a list of up to four."""
        for sides in (re.split(r",? and ", words), re.split(r",? and |, ", words)):
            if len(sides) not in (2, 3, 4):
                continue
            people = [
                self._last_single(before, at) if side.lower() in _SINGULAR else self._one(side) or _alone(side)
                for side in sides
            ]
            people = [each if each and each.person else _alone(side) for each, side in zip(people, sides, strict=True)]
            if all(people):
                return Speaker(" and ".join(dict.fromkeys(each.name for each in people if each)), None, True)
        return None

    def _one(self, words: str) -> Speaker | None:
        words = words.strip(" ,")
        first, _, rest = words.partition(", ")
        for part, other in ((first, rest), (rest, first)):
            if name := self._person(_BEHIND.split(part)[0]) or (None if _DESCRIBED.match(part) else self._person(part)):
                return Speaker(name, self._role(part, name, other), True)
        if holder := self._holder(words) or self._introduced(words):
            return Speaker(holder, _ARTICLE.sub("", words), True)
        return _described(words if _DESCRIBED.match(words) else first)

    def _introduced(self, words: str) -> str | None:
        """The one person whom the article calls this elsewhere, between commas: "Anna Moe, head of the survey"."""
        wanted = re.escape(_ARTICLE.sub("", words))
        if not words.lower().startswith(("the ", "his ", "her ", "their ")) or len(words.split()) < _SHORTEST_ROLE:
            return None
        pattern = (
            rf"(?P<name>{_RUN.pattern}),? (?:who is |the |a |an )?{wanted}\b|\b{wanted},? (?P<other>{_RUN.pattern})"
        )
        found = {self._person(match["name"] or match["other"]) for match in re.finditer(pattern, self._article.text)}
        return found.pop() if len(found) == 1 else None

    def _person(self, words: str) -> str | None:
        """The last name of somebody in the words, in full."""
        for run in reversed(_RUN.findall(words)):
            bare = naming.behind_titles(_POSSESSIVE.sub("", run).split())
            while bare and bare[0].lower() in _OPENS:
                bare = bare[1:]
            if not bare or len(bare) > _LONGEST_NAME or any(word.isupper() and len(word) > 2 for word in bare):
                continue
            if len(bare) == 1 and re.search(rf"\b(?:in|from|near|across) {re.escape(bare[0])}\b", self._text):
                continue  # a country, a city
            full = self._in_full(" ".join(bare))
            if len(full.split()) > 1 and not naming.is_body(full) and self._is_somebody(full):
                return full
            if re.search(rf"\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|Gen|Sen|Rep)\b\.? {re.escape(full)}", self._text):
                return full
        return None

    def _is_somebody(self, name: str) -> bool:
        """Whether a name of several words is used as a person's: behind a title, or one of its words alone."""
        return not any(word.lower() in _PLACES for word in name.split())

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


def _described(words: str) -> Speaker | None:
    plain = _ARTICLE.sub("", words.strip(" ,"))
    return Speaker(plain, None, False) if plain else None


def _alone(word: str) -> Speaker | None:
    """A surname that the article never gives in full."""
    bare = naming.behind_titles(word.split())
    known = len(bare) == 1 and re.fullmatch(_CAPITALISED, bare[0]) and bare[0].lower() not in _PLACES
    return Speaker(bare[0], None, True) if known else None
