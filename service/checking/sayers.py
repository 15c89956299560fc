"""A passage goes in; who says or does what in it comes out: speakers of its statements, subjects of its verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from retriever.catalogue.words import tokens
from retriever.records import Statement
from service.checking.grammar import apart, main_of, phrase, quoted_head, speaks, subject_of
from service.checking.matching import Ground, Matching
from service.checking.names import about
from service.checking.parse import Word
from service.sayings.countries import country

PRONOUNS: Final = frozenset("he she it they who which that i we you this these those one there".split())
TITLES: Final = frozenset(
    "minister president premier prime foreign chinese japanese spokesman spokeswoman spokesperson".split()
)


@dataclass(frozen=True, slots=True)
class Sayer:
    """``words``: columns of the matching. ``names``: folded words of who it is; empty where that is not known."""

    names: frozenset[str]
    about: str  # all that the article says of who it is, and the names
    columns: frozenset[int]
    statement: Statement | None = None
    person: frozenset[str] = frozenset()  # folded words of the name of the person that is
    guessed: bool = False  # a pronoun that was traced back
    verb: int | None = None  # column of its verb, where it is one of doing and not of saying


def sayers(matching: Matching) -> Iterator[Sayer]:
    first = 0
    for ground in matching.grounds:
        columns = {word.place: first + n for n, word in enumerate(ground.content)}
        yield from speakers(ground, columns)
        yield from _actors(ground, columns)
        first += len(ground.content)


def speakers(ground: Ground, columns: dict[int, int]) -> Iterator[Sayer]:
    start, article = ground.source.hit.passage.start, ground.source.hit.article
    for each in ground.source.statements:
        inside = {
            columns[word.place]
            for word in ground.content
            if word.place in columns
            and each.start <= start + word.start < each.end
            and not _in_name(each, start + word.start, article.text)
        }
        named = f"{each.speaker or ''} {each.speaker_text} {each.role or ''} {' '.join(each.via)}"
        if (
            not each.speaker
            and not re.search(r"[A-Z]", each.speaker_text[1:])
            and each.speaker_text.lower() in PRONOUNS
        ):
            named = ""
        known = f"{named} {about(article.text, named)}"
        guessed = each.speaker_text.lower() in PRONOUNS
        yield Sayer(frozenset(tokens(named)), known, frozenset(inside), each, _person(each.speaker or ""), guessed)


def _in_name(statement: Statement, place: int, text: str) -> bool:
    at = text.find(statement.speaker_text, statement.start, statement.end) if statement.speaker_text else -1
    return at >= 0 and at <= place < at + len(statement.speaker_text)


def _actors(ground: Ground, columns: dict[int, int]) -> Iterator[Sayer]:
    parse, article = ground.parse, ground.source.hit.article
    for word in parse.words:
        if not word.verbal or word.dep in ("aux", "auxpass"):
            continue
        subject = subject_of(parse, word)
        if subject is None:
            continue
        subject_words = phrase(parse, subject)
        own = {each.place for each in subject_words}
        own |= {each.place for each in apart(parse, word)}
        inside = {columns[each.place] for each in parse.below(word) if each.place in columns and each.place not in own}
        if quoted_head(parse, word):
            inside |= {
                columns[each.place] for each in main_of(parse, word) if each.place in columns and each.place not in own
            }
        verb = None if speaks(word) else columns.get(word.place)
        if verb is None and not speaks(word):
            continue
        named = " ".join(each.text for each in subject_words)
        if subject.lower in PRONOUNS:
            named = _who(ground, subject)
        known = f"{named} {about(article.text, named)}" if named else ""
        guessed = subject.lower in PRONOUNS
        yield Sayer(frozenset(tokens(named)), known, frozenset(inside), None, _person(named), guessed, verb)


def _person(named: str) -> frozenset[str]:
    """The words of names in it that are no country's and no title."""
    capitals = re.findall(r"(?<![\w])[A-Z][\w’'-]*", named)
    return frozenset(part for word in capitals if country(word) is None for part in tokens(word)) - TITLES - {"the"}


def known_as(ground: Ground, pronoun: Word) -> set[str]:
    """Folded names of whom a pronoun of the passage means; empty where nothing says so."""
    return set(tokens(_who(ground, pronoun)))


def _who(ground: Ground, pronoun: Word) -> str:
    """Whom a pronoun of the passage means, where a statement that it opens says so; "" elsewhere."""
    place = ground.source.hit.passage.start + pronoun.start
    near = (each for each in ground.source.statements if each.speaker and each.start <= place < each.end)
    return next((each.speaker or "" for each in near if each.speaker_text.lower() == pronoun.lower), "")
