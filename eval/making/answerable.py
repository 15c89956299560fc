"""A statement that can be asked about goes in, a question whose answer is known comes out: who, when, what, list."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from datetime import date

from eval.making import wording
from eval.making.archive import Archive, same_words
from eval.making.fitting import Said
from eval.making.people import People
from eval.making.records import Made, Place, Unmade
from eval.making.topics import About, Topics
from eval.matching import locate
from retriever.dating import day_in_words
from retriever.records import Statement
from retriever.wording import stem

_LIST_WORDS = 140  # of an answer that names several
_FEWEST_SPEAKERS, _MOST_SPEAKERS = 2, 4


class Answerable:
    """Raises Unmade from every method where the archive leaves the answer in doubt."""

    def __init__(self, archive: Archive, people: People, topics: Topics, chance: random.Random) -> None:
        self._archive, self._people, self._topics, self._chance = archive, people, topics, chance

    def who(self, said: Said) -> Made:
        """Who said these words, or that this is so."""
        self.check_person(said)
        if any(self._people.of(each.speaker) != said.person.key for each in self.said_elsewhere(said)):
            raise Unmade("others say much the same")
        question = self._asked(wording.WHO_QUOTED, wording.WHO, said)
        answer, forbid = (_names(said),), said.person.forbid
        return Made(kind="who", question=question, answer=answer, forbid=forbid, evidence=self.places(said))

    def when(self, said: Said) -> Made:
        """On which day somebody said it."""
        self.check_person(said)
        if said.day is None:
            raise Unmade("the article does not tell the day")
        if self.said_elsewhere(said):
            raise Unmade("much the same is said elsewhere, it may be on another day")
        question = self._asked(wording.WHEN_QUOTED, wording.WHEN, said)
        return Made(kind="when", question=question, answer=(days(said.day),), evidence=self.places(said))

    def what(self, said: Said) -> Made:
        """What somebody said about something of which they speak once only."""
        self.check_person(said)
        for about in self._topics.of(said.words if said.quote else _behind_verb(said)):
            if self._is_only(said, about):
                question = self._chance.choice(wording.WHAT).format(name=said.person.name, topic=about.topic)
                keys = about.keys[: 2 if len(about.keys) > 2 else 1]
                return Made(kind="what", question=question, answer=keys, evidence=self.places(said))
        raise Unmade("nothing in it is spoken of there alone by that person")

    def list_of(self, topic: str, known: Sequence[Said]) -> Made:
        """Who spoke about something: of the few who do, all whose names are certain. ``known``: their statements."""
        every = [each for each in self._archive.about(topic) if same_words(topic, each.content)]
        speakers = {self._people.of(each.speaker) for each in every}
        spoken = {each.id for each in every}
        certain = [each for each in known if each.statement.id in spoken]
        shown = {each.person.key: each for each in certain if self._topics.is_person(each.person)}
        if len(speakers) > _MOST_SPEAKERS or len(shown) < _FEWEST_SPEAKERS:
            raise Unmade("too few who speak of it are known by name, or too many speak of it")
        question = self._chance.choice(wording.LIST).format(topic=topic)
        answer = tuple(_names(shown[key]) for key in sorted(shown))
        places = tuple(place for key in sorted(shown) for place in self.places(shown[key]))
        return Made(kind="list", question=question, answer=answer, evidence=places, max_words=_LIST_WORDS, topic=topic)

    # ---- doubts

    def check_person(self, said: Said) -> None:
        """Raises Unmade where the name does not read as a person's."""
        if " " in said.person.name and not self._topics.is_person(said.person):
            raise Unmade("its speaker's name does not read as a person's")

    def said_elsewhere(self, said: Said) -> list[Statement]:
        """What may say the same. Raises Unmade where the words stand, too, where nobody is said to say them."""
        own = said.article.id
        alike = [each for each in self._archive.like(said.words) if not self._is_same(said, each)]
        if said.quote and any(
            self._archive.original(id_) != own
            for id_ in self._archive.with_phrase(said.quote)
            if not any(each.article_id == id_ for each in alike)
        ):
            raise Unmade("its words stand elsewhere, too")
        return alike

    def places(self, said: Said) -> tuple[Place, ...]:
        """Where it stands, in its article and in the copies of it."""
        text = said.article.text[slice(*said.place)]
        found = []
        for id_ in self._archive.copies(said.article.id):
            article = self._archive.article(id_)
            places = [said.place] if id_ == said.article.id else locate(text, article.text)
            found += [Place(id_, start, end, article.text[start:end]) for start, end in places]
        return tuple(found)

    def _is_same(self, said: Said, other: Statement) -> bool:
        """Whether it is this statement, a part of it, or what a copy has of it."""
        if self._archive.original(other.article_id) != said.article.id:
            return False
        own = said.statement
        overlaps = other.article_id == own.article_id and other.start < own.end and own.start < other.end
        return overlaps or other.content == own.content

    def _is_only(self, said: Said, about: About) -> bool:
        """Whether the person says nothing else with those words in it."""
        every = self._archive.about(about.topic, speaker=said.person.name)
        named_in_answer = {stem(word.lower()) for word in about.topic.split()}
        keys = {stem(key[0].lower()) for key in about.keys[:2]}
        return bool(every) and all(self._is_same(said, each) for each in every) and not named_in_answer & keys

    def _asked(self, quoted: Sequence[str], told: Sequence[str], said: Said) -> str:
        name = said.person.name
        if said.quote:
            return self._chance.choice(quoted).format(name=name, quote=said.quote)
        past, base = said.clause or ("", "")
        return self._chance.choice(told).format(name=name, past=past, base=base)


def days(day: date) -> tuple[str, ...]:
    """The forms in which a reader takes a day; those without a year would take another year's as well."""
    short = f"{day:%b}"
    return tuple(
        dict.fromkeys(
            (
                day_in_words(day),
                f"{day.day} {day:%B} {day.year}",
                day.isoformat(),
                f"{short} {day.day}, {day.year}",
                f"{short}. {day.day}, {day.year}",
                f"{day.day} {short} {day.year}",
                f"{day:%B} {day.day} {day.year}",
                f"{day.day:02d} {day:%B} {day.year}",
            )
        )
    )


def _names(said: Said) -> tuple[str, ...]:
    """By which an answer may name the speaker: not by what is a part of another word there, as Ning is of "opening"."""
    text, names = said.article.text, said.person.alternatives
    inside = (rf"\w{re.escape(name)}|{re.escape(name)}(?!s\b)\w" for name in names)
    safe = [name for name, within in zip(names, inside, strict=True) if not re.search(within, text, re.I)]
    return tuple(safe) or names[:1]


def _behind_verb(said: Said) -> str:
    """ "Taiwan is …" of "told Akiba that Taiwan is …": what was said, without to whom."""
    start, end = said.statement.slices[0]
    return " ".join(said.article.text[start:end].split()).removeprefix("that ")
