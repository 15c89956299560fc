"""A claim and a sayer go in; whether the one whom the sentence names can be that sayer comes out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from retriever.catalogue.words import tokens
from service.checking.matching import Matching
from service.checking.names import initials
from service.checking.parse import Word, base
from service.checking.sayers import PRONOUNS, TITLES, Sayer
from service.sayings.countries import Country, country

_REPORTS: Final = frozenset(
    "account readout media statement report newspaper article wire version text press news".split()
)
_PLURAL: Final = frozenset("they both two three sides leaders ministers neither each we countries all".split())
BODIES: Final = frozenset(
    "ministry government agency embassy department council union association company university commission".split()
)
_OFFICES: Final = frozenset("minister ministry secretary commissioner adviser".split())
_KINDS_OF_OFFICE: Final = frozenset(
    "prime foreign defence defense finance trade commerce interior home justice health environment agriculture".split()
)
_GOVERNMENT: Final = frozenset(
    "government ministry officials official side authorities state administration beijing tokyo".split()
)
_SPOKE: Final = re.compile(
    r"[A-Z][\w’'-]+ (?:also )?(?:said|told|asked|added|warned|called|urged|argued|noted|stressed)\b"
)


@dataclass(frozen=True, slots=True)
class Claim:
    verb: Word
    subject: tuple[Word, ...]
    rows: tuple[int, ...]
    addressee: tuple[Word, ...] = ()

    @property
    def named(self) -> str:
        """Who is said to do it."""
        return re.sub(r" (?=['’,])", "", " ".join(word.text for word in self.subject))


def fit(claim: Claim, sayer: Sayer, before: Sequence[str], matching: Matching | None = None) -> bool | None:
    """None: cannot be told."""
    heads = _heads(claim)
    if _is_thing(sayer) and any(word.entity == "PERSON" for word in heads):
        return False  # nobody is "it"
    if not heads or sayer.names & _REPORTS or not sayer.names - PRONOUNS:
        return None
    if all(word.lower in PRONOUNS for word in heads):
        return (
            None if _is_named_in_front(claim, matching) else _meant_by(claim.subject[0].lower, sayer, before, matching)
        )
    names = [word for word in heads if word.pos == "PROPN"]
    if (sayer.names & _PLURAL or any(word.lower in _PLURAL for word in heads)) and (not names or not sayer.person):
        return None
    if names:
        return _named(names, sayer, matching)
    return None if sayer.guessed else _described(heads, sayer)


def _is_named_in_front(claim: Claim, matching: Matching | None) -> bool:
    """Whether the sentence itself names somebody whom its pronoun may mean: "Wang spoke of what he called …"."""
    words = matching.parse.words[: claim.subject[0].place] if matching else ()
    return any(word.pos == "PROPN" and country(word.text) is None for word in words)


def _meant_by(pronoun: str, sayer: Sayer, before: Sequence[str], matching: Matching | None) -> bool | None:
    """Whether "he" can be the sayer: whom the sentence before names, else nobody who was not named before at all."""
    meant = _meant(pronoun, before)
    if meant is None or meant & sayer.names:
        return None if meant is None else True
    if not sayer.person:
        return None
    unnamed = not sayer.guessed and not _named_before(before) & sayer.names
    return False if meant & _speakers(matching) or (unnamed and _SPOKE.search(before[-1])) else None


def other_office(claim: Claim, sayer: Sayer) -> bool:
    """Whether the sentence calls somebody by one office, and the article calls the sayer by another of its kind: "the
    prime minister" and "Defence Minister Kishi".
    """
    words = {word.lower for word in _heads(claim)}
    theirs = set(tokens(sayer.about))
    ours, told = words & _KINDS_OF_OFFICE, theirs & _KINDS_OF_OFFICE
    return bool(words & _OFFICES & theirs and ours and told and not ours & told)


def _described(heads: Sequence[Word], sayer: Sayer) -> bool | None:
    """Whether what the sentence calls somebody is among what the article says of the sayer."""
    bases = {base(each) for each in tokens(sayer.about)}
    common = [word for word in heads if word.pos != "PRON"]
    if any(word.base in bases for word in common):
        return True
    return False if common and not any(_kindred(word, bases) for word in common) else None


def _heads(claim: Claim) -> list[Word]:
    """The words of the subject that name it, without what hangs on it by a preposition."""
    if any(word.tag == "CD" or word.text == "%" for word in claim.subject):
        return []
    behind = {"in", "of", "at", "from", "for", "on", "with", "to"}
    end = next((n for n, word in enumerate(claim.subject) if n and word.lower in behind), len(claim.subject))
    return [w for w in claim.subject[:end] if w.pos in ("PROPN", "NOUN", "ADJ", "PRON") or w.tag.startswith("NN")]


def _named(names: Sequence[Word], sayer: Sayer, matching: Matching | None) -> bool | None:
    people = {part for word in names if country(word.text) is None for part in tokens(word.text)} - TITLES
    people -= BODIES | _GOVERNMENT  # a ministry is whose it is
    if people and people <= _publishers(matching):
        return None
    if people:
        shared = people & (sayer.names | set(initials(sayer.about)))
        if shared:
            return not (
                sayer.person
                and people - sayer.person
                and sayer.person - people - TITLES
                and people & sayer.person
                and len(people) > 1
            )
        if sayer.person:
            return False
        return False if sayer.names & BODIES else None  # "the head of the cooperative" may well be that person
    theirs = countries_of(sayer.about)
    ours = {of for word in names if (of := country(word.text))}
    if ours & theirs or (not theirs and sayer.names & _GOVERNMENT):
        return True
    return False if theirs else None


def _publishers(matching: Matching | None) -> set[str]:
    """Words of the outlets and authors: who reports what others say."""
    articles = [ground.source.hit.article for ground in matching.grounds] if matching else []
    return {word for each in articles for word in tokens(f"{each.source or ''} {each.author or ''}")}


def _is_thing(sayer: Sayer) -> bool:
    """Whether it is a text, a body or a country that speaks, of which the passage says "it"."""
    return sayer.statement is not None and not sayer.person and sayer.statement.speaker_text.lower() == "it"


def _speakers(matching: Matching | None) -> set[str]:
    """The names of all who speak in the passages."""
    statements = [each for ground in matching.grounds for each in ground.source.statements] if matching else []
    return {word for each in statements for word in tokens(each.speaker or "")} - TITLES


def _kindred(word: Word, told: set[str]) -> bool:
    return any(len(each) > 4 and (each.startswith(word.lower[:5]) or word.lower.startswith(each[:5])) for each in told)


def _meant(pronoun: str, before: Sequence[str]) -> set[str] | None:
    """Names of the sentence before, any of which "he" may mean; None where there is none."""
    if pronoun not in ("he", "she") or not before:
        return None
    return _named_before(before[-1:]) or None


def _named_before(sentences: Sequence[str]) -> set[str]:
    """The words with capitals in them."""
    return {part for each in sentences for word in re.findall(r"[A-Z][\w’'-]+", each) for part in tokens(word)}


def countries_of(text: str) -> set[Country]:
    return {of for word in re.findall(r"[A-Z][\w.]*", text) if (of := country(word))}
