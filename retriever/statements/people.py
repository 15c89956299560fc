"""Who is meant: the words with which a text names a speaker go in, the person (or body) comes out, or None.

"Hayashi", "Yoshimasa Hayashi", "the Japanese foreign minister" and "he" can be one person in an article, "Hayashi" and
"Hayashi Setsuko" two. Within one article only, and only by what the article says: where it leaves two possible,
nobody is named. A speaker without a name (a senior official, the two sides) keeps the words that describe them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cached_property

from retriever import naming, splitting
from retriever.catalogue.words import tokens
from retriever.records import Article
from retriever.statements import peoplewords
from retriever.statements.speaker import Speaker, again, alone, described

_LIKE = 0.8  # likeness (difflib's ratio) of two spellings of one name: "Aqiba" and "Akiba"
_LONGEST_ROLE = 7  # words in front of a name
_BOTH = 2
_LONGEST_NAME = 4  # words
_SHORTEST_ROLE = 3  # words, "the" among them


class People:
    """The people of one article, as it names them."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._sentences = splitting.sentences(article.text)
        self._starts = [each.start for each in self._sentences]
        self._text = f"{article.author or ''}\n{article.title or ''}\n{article.text}"
        self._full: dict[str, str] = {}
        self._known: dict[str, str | None] = {}
        self._bearers: dict[str, str | None] = {}
        self._offices = self._holders(article.text)

    def named(self, words: str, before: Sequence[Speaker | None] = (), *, at: int | None = None) -> Speaker | None:
        """Who ``words`` name. ``before``: who spoke earlier, the last one last, None for those who stayed open; ``at``:
        where in the article the words stand, for those that point back.
        """
        plain = re.sub(r"\s+", " ", words).strip(" ,.;:’'\"“”()")
        low = plain.lower()
        if low == "which" and at is not None and (issued := self._issuer(at)):
            return issued
        if not plain or low in ("i", "we", "it", "which", "that", "you"):
            return None
        if low in peoplewords.SINGULAR or low in ("who", "whose"):
            return self._last_single(before, at)
        if low in peoplewords.PLURAL or peoplewords.TWO.match(plain):
            return self._last_several(before, at) or (None if low in peoplewords.PLURAL else described(plain))
        if peoplewords.SIDES.match(plain) and (sides := self._two_countries()):
            return Speaker(sides, None, False)
        return self._joint(plain, before, at) or again(plain, before) or self._one(plain)

    def _issuer(self, at: int) -> Speaker | None:
        """ "a statement by the ministers, issued on Monday, which": the ministers."""
        opening, _ = self.sentence_at(at)
        issued = peoplewords.ISSUED.search(self._article.text[opening:at])
        return described(issued["whose"]) if issued else None

    def _two_countries(self) -> str | None:
        """The two countries that the article names together, where it names no other two together."""
        pairs = {
            frozenset(match.groups())
            for match in re.finditer(r"\b([A-Z][a-z]+) and ([A-Z][a-z]+)\b(?! [A-Z])", self._article.text)
            if set(match.groups()) <= peoplewords.COUNTRIES
        }
        return " and ".join(sorted(pairs.pop())) if len(pairs) == 1 else None

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
        """They, both, the two sides: several who just spoke in the same paragraph; else the two named in one of the
        sentences before; else who last spoke together; else the last two who spoke, where a sentence names both.
        """
        lately = [each for each in before[:-4:-1] if each and not each.person and peoplewords.MANY.match(each.name)]
        paragraph = self._article.text[self._article.text.rfind("\n", 0, at) + 1 : at] if at is not None else ""
        if many := next((each for each in lately if each.name in paragraph), None):
            return many
        if at is not None:
            for start, end in self._sentences_before(at, over_paragraphs=True):
                if len(people := self.mentioned(start, end)) == _BOTH:
                    return Speaker(" and ".join(people), None, True)
        joint = next((each for each in reversed(before) if each and " and " in each.name), None)
        return joint or self._last_two(before, at)

    def _last_two(self, before: Sequence[Speaker | None], at: int | None) -> Speaker | None:
        singles = list(dict.fromkeys(each.name for each in before if each and each.person and " and " not in each.name))
        if at is None or len(singles) != _BOTH:
            return None
        together = any(set(singles) <= set(self.mentioned(start, end)) for start, end in self.sentences_until(at))
        return Speaker(" and ".join(singles), None, True) if together else None

    def _sentences_before(self, at: int, *, over_paragraphs: bool = False) -> list[tuple[int, int]]:
        """The part of the sentence in front of a place, and the sentences before it, nearest first."""
        first = 0 if over_paragraphs else self._article.text.rfind("\n", 0, at) + 1
        spans = [(each.start, min(each.end, at)) for each in self._sentences if first <= each.start < at]
        return spans[::-1][: 4 if over_paragraphs else 2]

    def mentioned(self, start: int, end: int) -> list[str]:
        """The people named in a stretch of the text, by name or by office, in full, each once, in order."""
        stretch = self._article.text[start:end]
        found = [(run.start(), self._person(run[0])) for run in peoplewords.RUN.finditer(stretch)]
        found += [(office.start(), self._holder(office[0])) for office in peoplewords.OFFICE.finditer(stretch)]
        return list(dict.fromkeys(name for _, name in sorted(found, key=lambda each: each[0]) if name))

    def sentence_at(self, at: int) -> tuple[int, int]:
        """Where the sentence of a place begins and ends."""
        place = max(bisect_right(self._starts, at) - 1, 0)
        return (self._sentences[place].start, self._sentences[place].end) if self._sentences else (0, 0)

    def sentences_until(self, at: int) -> list[tuple[int, int]]:
        """The sentence of a place up to there, and all before it, nearest first."""
        return [(each.start, min(each.end, at)) for each in self._sentences[: bisect_right(self._starts, at)]][::-1]

    def present(self, start: int, end: int) -> list[str]:
        """The people in a stretch: by name, by office, or by an office that only what stands around tells."""
        return list(dict.fromkeys((*self.mentioned(start, end), *self.by_office(start, end))))

    def by_office(self, start: int, end: int) -> list[str]:
        """Who is meant in a stretch by offices that the article puts before nobody's name."""
        offices = [
            each for each in peoplewords.OFFICE.finditer(self._article.text, start, end) if not self._holder(each[0])
        ]
        near = (self.holder_near(office[0], office.start()) for office in offices)
        return [each.name for each in near if each]

    def holder_near(self, words: str, at: int) -> Speaker | None:
        """Who bears an office that the article puts before nobody's name: the only person named in the two sentences
        in front, else in the sentence behind, of whom the same sentence does not speak by name.
        """
        if not peoplewords.OFFICE.match(words if words.lower().startswith("the ") else f"the {words}"):
            return None
        place = max(bisect_right(self._starts, at) - 1, 0)
        here = self.mentioned(self._sentences[place].start, self._sentences[place].end) if self._sentences else []
        around = [*self._sentences[max(0, place - 2) : place][::-1], *self._sentences[place + 1 : place + 2]]
        for sentence in around:
            others = [name for name in self.mentioned(sentence.start, sentence.end) if name not in here]
            if others:
                return Speaker(others[0], None, True) if len(others) == 1 else None
        return None

    def _joint(self, words: str, before: Sequence[Speaker | None], at: int | None) -> Speaker | None:
        """ "Motegi and Wang": each in full, where both sides of "and" are people; also in a list of up to four."""
        words = peoplewords.RELATIVE.split(words)[0]
        if " and " not in words:
            return None
        for sides in (re.split(r",? and ", words), re.split(r",? and |, ", words)):
            if len(sides) not in (2, 3, 4):
                continue
            people = [
                self._last_single(before, at)
                if side.lower() in peoplewords.SINGULAR
                else self._one(side) or alone(side)
                for side in sides
            ]
            people = [each if each and each.person else alone(side) for each, side in zip(people, sides, strict=True)]
            if all(people):
                return Speaker(" and ".join(dict.fromkeys(each.name for each in people if each)), None, True)
        return None

    def _one(self, words: str) -> Speaker | None:
        words = words.strip(" ,")
        first, _, rest = words.partition(", ")
        if peoplewords.BODY.search(peoplewords.BEHIND.split(rest)[0]):  # "Moe, the ministry said": nobody is a ministry
            return described(rest)
        for part, other in ((first, rest), (rest, first)):
            if name := self._person(peoplewords.BEHIND.split(part)[0]) or (
                None if peoplewords.DESCRIBED.match(part) else self._person(part)
            ):
                return Speaker(name, self._role(part, name, other), True)
        if holder := self._holder(words) or self._introduced(words):
            return Speaker(holder, peoplewords.ARTICLE.sub("", words), True)
        return described(words if peoplewords.DESCRIBED.match(words) else first)

    def _introduced(self, words: str) -> str | None:
        """The one person whom the article calls this elsewhere, between commas: "Anna Moe, head of the survey"."""
        if words not in self._bearers:
            self._bearers[words] = self._bearer(words)
        return self._bearers[words]

    def _bearer(self, words: str) -> str | None:
        wanted, run = re.escape(peoplewords.ARTICLE.sub("", words)), peoplewords.RUN.pattern
        if not words.lower().startswith(("the ", "his ", "her ", "their ")) or len(words.split()) < _SHORTEST_ROLE:
            return None
        if words.rsplit(maxsplit=1)[-1][0].isupper():
            return None  # "the news agency Moe" has a name of its own
        pattern = rf"(?P<name>{run}),? (?:who is |the |a |an )?{wanted}\b|\b{wanted},? (?P<other>{run})"
        found = {self._person(match["name"] or match["other"]) for match in re.finditer(pattern, self._article.text)}
        return found.pop() if len(found) == 1 else None

    def _person(self, words: str) -> str | None:
        """The last name of somebody in the words, in full; not of "Moe's staff"."""
        if words not in self._known:
            self._known[words] = self._found(words)
        return self._known[words]

    def _found(self, words: str) -> str | None:
        if peoplewords.THEIRS.search(words):
            return None
        for run in reversed([part for each in peoplewords.RUN.findall(words) for part in each.split(" of ")]):
            bare = naming.behind_titles(peoplewords.POSSESSIVE.sub("", run).split())
            while bare and bare[0].lower() in peoplewords.OPENS:
                bare = bare[1:]
            if bare and bare[-1].lower() in peoplewords.TIMES:
                continue
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
        return not any(word.lower() in peoplewords.PLACES for word in name.split())

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
        found = (" ".join(naming.behind_titles(run.split())) for run in peoplewords.RUN.findall(self._text))
        return frozenset(name for name in found if len(name.split()) in (2, 3) and not re.search(r" of |['’]s\b", name))

    def _role(self, part: str, name: str, other: str) -> str | None:
        """What stands in front of the name, else behind it between commas."""
        last = name.rsplit(maxsplit=1)[-1]
        place = min((part.find(word) for word in name.split() if word in part), default=-1)
        before = peoplewords.ARTICLE.sub("", part[:place].strip()) if place > 0 else ""
        if before and any(word in peoplewords.OFFICES for word in tokens(before)):
            return before
        if other and last not in other and any(word in peoplewords.OFFICES for word in tokens(other)):
            return peoplewords.ARTICLE.sub("", other.split(", ", maxsplit=1)[0])
        return None

    def _holders(self, text: str) -> dict[str, set[str]]:
        """Office, in lower case ("foreign minister"), -> the words in front and the names it stands before."""
        found: dict[str, set[str]] = defaultdict(set)
        for run in peoplewords.RUN.finditer(text):
            words = run[0].split()
            bare = naming.behind_titles(words)
            if 1 <= len(bare) <= 3 and len(bare) < len(words) and words[-len(bare) :] == bare:
                title = text[max(0, run.start() - 40) : run.start()].rsplit("\n", 1)[-1].split()[-2:]
                lowered = [word for word in title if word.islower()]
                found[" ".join(bare)].add(" ".join([*lowered, *words[: -len(bare)]]).lower())
        return found

    def _holder(self, words: str) -> str | None:
        """The one person to whom the article gives this office: "the Japanese foreign minister"."""
        wanted = {word for word in tokens(peoplewords.ARTICLE.sub("", words)) if word not in ("s", "of", "for")}
        if not words.lower().startswith("the ") or not wanted & peoplewords.OFFICES or len(wanted) > _LONGEST_ROLE:
            return None
        people = {
            self._in_full(name)
            for name, titles in self._offices.items()
            if any(wanted <= set(tokens(title)) for title in titles)
        }
        return next(iter(people)) if len(people) == 1 else None
