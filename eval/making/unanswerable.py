"""What the articles do not answer: a true quotation in another's mouth, what nobody speaks of, what is held out."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from eval.making import wording
from eval.making.answerable import Answerable
from eval.making.archive import Archive
from eval.making.fitting import Said
from eval.making.people import Named, People
from eval.making.records import Made, Unmade
from eval.making.topics import Topics
from eval.matching import fold
from retriever.wording import content_words
from service.sayings.countries import country

_LIKE = 1 / 3  # of a statement's words: who holds so many may have said it in words of their own
_TRIES = 12  # people or topics that are looked at for one question


class Unanswerable:
    """Raises Unmade from every method where the articles may answer after all."""

    def __init__(self, archive: Archive, people: People, topics: Topics, chance: random.Random) -> None:
        self._archive, self._people, self._topics, self._chance = archive, people, topics, chance
        self._everybody = people.everybody()
        self._absent = [topic for topic in wording.TOPICS if not archive.occurs(topic)]

    def nearmiss(self, said: Said, answerable: Answerable) -> Made:
        """What one person says, asked of another who speaks in the archive, in the same article where there is one."""
        answerable.check_person(said)
        if answerable.said_elsewhere(said):
            raise Unmade("others say much the same")
        there = {
            self._people.of(each.speaker) for each in self._archive.catalogue.statements.of_article(said.article.id)
        }
        others = self._chance.sample(self._everybody, len(self._everybody))
        others.sort(key=lambda each: each.key not in there)
        other = next((each for each in others[:_TRIES] if self._never_said(said, each)), None)
        if other is None:
            raise Unmade("nobody else is sure not to have said it")
        past, base = said.clause or ("", "")
        wordings = wording.NEARMISS_QUOTED if said.quote else wording.NEARMISS
        question = self._chance.choice(wordings).format(name=other.name, quote=said.quote, past=past, base=base)
        return Made(kind="nearmiss", question=question, notes={"really": said.person.name, "document": said.article.id})

    def elsewhere(self, said: Said) -> Made:
        """What one person names, asked of another who stands in no article that has a word of it. Of what has no name
        the other might speak in other words.
        """
        for about in self._topics.of(said.quote or said.statement.content):
            words = content_words(about.topic)
            articles = set[str]().union(*(self._archive.with_words(word) for word in words))
            if not about.is_name or any(map(country, about.topic.split())) or _names(about.topic, self._everybody):
                continue
            for person in self._some():
                if not articles & self._naming(person):
                    return self._absent_from(person, about.topic)
        raise Unmade("all that it speaks of stands near whom it would be asked of")

    def nowhere(self) -> Made:
        """What stands in no article, asked of somebody who speaks in the archive."""
        if not self._absent:
            raise Unmade("no topic is left that stands nowhere in the archive")
        person = next(self._some(), None)
        if person is None:
            raise Unmade("nobody is found of whom it could be asked")
        return self._absent_from(person, self._absent.pop(self._chance.randrange(len(self._absent))))

    def held_out(self, said: Said, answerable: Answerable) -> Made:
        """What stands in one article alone, to be asked of an index without it."""
        made = answerable.when(said) if said.day and self._chance.random() < 0.5 else answerable.who(said)
        own = set(self._archive.copies(said.article.id))
        if answerable.said_elsewhere(said) or self._archive.with_words(_rarest(self._archive, said)) - own:
            raise Unmade("another article may say it, too")
        return Made(kind="unanswerable", question=made.question, notes={"held_out": said.article.id})

    def _never_said(self, said: Said, other: Named) -> bool:
        """Whether the other is nobody who said it, heard it, or stands beside it, and says nothing that is like it."""
        own, article = said.statement, said.article
        if other.key == said.person.key or not self._topics.is_person(other):
            return False
        low = article.text.rfind("\n", 0, own.start) + 1
        high = article.text.find("\n", own.end)
        near = fold(f"{article.text[low : high if high >= 0 else None]} {own.addressee or ''} {own.speaker}")
        if any(word in near.split() for word in other.words):
            return False
        return not self._archive.like(said.words, share=_LIKE, speaker=other.name)

    def _some(self) -> Iterator[Named]:
        """A few who speak in the archive."""
        for person in self._chance.sample(self._everybody, len(self._everybody))[:_TRIES]:
            if " " in person.name and self._topics.is_person(person):
                yield person

    def _naming(self, person: Named) -> set[str]:
        """Ids of the articles in which a part of the name stands by which the person is called."""
        parts = {word for each in person.alternatives for word in each.split() if len(word) > 1}
        return set.union(*(self._archive.with_words(word) for word in sorted(parts)))

    def _absent_from(self, person: Named, topic: str) -> Made:
        question = self._chance.choice(wording.ABSENT).format(name=person.name, topic=topic)
        return Made(kind="unanswerable", question=question, topic=topic)


def _names(topic: str, people: Sequence[Named]) -> bool:
    words = set(topic.lower().split())
    return any(words & each.words for each in people)


def _rarest(archive: Archive, said: Said) -> str:
    return " ".join(archive.rarest([said.words])[:4])
