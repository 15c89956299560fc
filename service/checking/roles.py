"""A matched sentence goes in; where it gives a part to another than the source does comes out: who did it, to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from retriever.catalogue.words import tokens
from service.checking.grammar import TELLING, phrase, speaks, subject_of
from service.checking.matching import Matching, Place
from service.checking.parse import Parse, Word
from service.checking.sayers import TITLES, known_as
from service.sayings.countries import country

_SAME: Final = 0.8  # how alike two words must be to be one and the same in a part
_CORE: Final = ("subj", "obj", "to", "from", "on", "by", "against")
_PRONOUNS: Final = frozenset(("PRON", "DET"))
Filled = dict[str, list[Word]]


def parts(parse: Parse, head: Word) -> Filled:
    """Who fills which part of a word: "subj", "obj", a preposition, "poss", "mod" (countries, numbers)."""
    found: Filled = {}

    def add(part: str, word: Word) -> None:
        joined = [word, *_joined(parse, word)]
        found.setdefault(part, []).extend(joined)

    copula = parse.words[head.head] if head.dep in ("acomp", "attr") else None
    if head.verbal or copula is not None:
        subject = subject_of(parse, copula or head)
        if subject is not None:
            add("subj", subject)
    for child in parse.children[head.place]:
        if child.dep in ("dobj", "nsubjpass"):
            add("obj", child)
        elif child.dep == "dative" and child.pos != "ADP":
            add("to", child)
        elif child.dep in ("prep", "dative", "agent") and (under := parse.child(child, "pobj")):
            add("subj" if child.dep == "agent" and head.verbal else child.lower, under)
        elif child.dep == "poss":
            add("poss", child)
        elif child.dep in ("amod", "compound", "nmod") and (country(child.text) or child.tag == "CD"):
            add("mod", child)
    return found


def _joined(parse: Parse, word: Word) -> list[Word]:
    below = [child for child in parse.children[word.place] if child.dep in ("conj", "appos")]
    return [each for child in below for each in (child, *_joined(parse, child))]


def exchanged(matching: Matching, aligned: Sequence[tuple[Word, Place]]) -> Iterator[tuple[Word, Word]]:
    """Words that fill in the sentence one part of a word and in the source another part of it."""
    for word, place in aligned:
        ours, theirs = _both(matching, word, place)
        for part in _CORE:
            for filler in ours.get(part, []) if part in theirs else []:
                if _fills(matching, filler, theirs[part], place) or filler.pos in _PRONOUNS:
                    continue
                others = (each for role in _CORE if role != part and role in theirs for each in theirs[role])
                other = next((each for each in others if _alike(matching, filler, each, place)), None)
                if other is not None and not any(
                    _alike(matching, f, other, place) for r in _CORE if r != part for f in ours.get(r, [])
                ):
                    yield filler, other


def replaced(matching: Matching, aligned: Sequence[tuple[Word, Place]]) -> Iterator[tuple[Word, Word]]:
    """Names that fill a part which in the source another name fills, wherever the word stands there."""
    for word, _ in aligned:
        if speaks(word):
            continue  # who says it is looked at with all that is said
        row = matching.rows[word.place]
        partners = matching.partners(row, least=0.8)
        found = [next(_conflicts(matching, word, place), None) for place in partners]
        if found and all(found) and found[0] is not None:
            yield found[0]


def joined(matching: Matching, aligned: Sequence[tuple[Word, Place]]) -> Iterator[Word]:
    """Names that do something together with another in the sentence ("Vik and Berg visited Oslo"), and that have no
    part in it wherever the source tells that the other did it.
    """
    for word, place in aligned:
        fillers = [each for each in _doing(matching.parse, word) if _is_name(each)]
        if speaks(word) or len(fillers) < 2:
            continue
        partners = matching.partners(matching.rows[word.place], least=_SAME)
        places = [place, *(each for each in partners if each.word.base == word.base)]
        told = [each for each in (_taking_part(matching, fillers, place) for place in places) if True in each]
        for n, filler in enumerate(fillers):
            if told and all(each[n] is False for each in told):
                yield filler


def taken_over(matching: Matching) -> Iterator[Word]:
    """Names that do in the sentence what the passages have only others do, with the same object ("expressed concern").
    Who told whom something is looked at with what was told.
    """
    for verb in _deeds(matching.parse):
        subject, thing = _deed(matching.parse, verb)
        ours = _own_names(matching.parse, subject) if subject and subject.pos == "PROPN" else frozenset()
        if not ours or thing is None or thing.pos != "NOUN":
            continue
        others = [
            known_as(ground, doer) if doer.pos in _PRONOUNS else _own_names(ground.parse, doer)
            for ground in matching.grounds
            for deed in _deeds(ground.parse)
            for doer, other in (_deed(ground.parse, deed),)
            if deed.base == verb.base and doer and other and other.base == thing.base
        ]
        if others and all(names and not names & ours for names in others):
            yield subject or verb


def never_between(matching: Matching) -> Iterator[Word]:
    """Names between whom the sentence puts something ("talks between Vik and Berg"), though no sentence of the passages
    nor its neighbour has both.
    """
    for word in matching.parse.words:
        one = matching.parse.child(word, "pobj") if word.lower == "between" else None
        other = matching.parse.child(one, "conj") if one else None
        if one and other and one.pos == other.pos == "PROPN":
            there = _sentences_with(matching, other)
            if not any(
                (ground, n + step) in there for ground, n in _sentences_with(matching, one) for step in (-1, 0, 1)
            ):
                yield other


def _sentences_with(matching: Matching, name: Word) -> set[tuple[int, int]]:
    """(passage, sentence) in which a name stands."""
    row = matching.rows.get(name.place)
    if row is None:
        return set()
    columns = (column for column in range(len(matching.theirs)) if matching.likeness[row, column] >= _SAME)
    return {(matching.theirs[column].ground, matching.theirs[column].sentence) for column in columns}


def _deeds(parse: Parse) -> Iterator[Word]:
    return (w for w in parse.words if w.verbal and w.dep not in ("aux", "auxpass", "xcomp") and w.base not in TELLING)


def _deed(parse: Parse, verb: Word) -> tuple[Word | None, Word | None]:
    """Who does it, and to what."""
    return subject_of(parse, verb), parse.child(verb, "dobj")


def _own_names(parse: Parse, head: Word) -> set[str] | frozenset[str]:
    """The folded names in a noun phrase, without those of countries and offices."""
    named = (word for word in phrase(parse, head) if word.pos == "PROPN" and country(word.text) is None)
    return {part for word in named for part in tokens(word.text)} - TITLES


def _doing(parse: Parse, word: Word) -> list[Word]:
    """Who does it; of a purpose ("worked to keep the peace") whoever does what it is the purpose of."""
    purpose = word.dep == "advcl" and any(
        child.lower == "to" and child.dep == "aux" for child in parse.children[word.place]
    )
    return parts(parse, parse.words[word.head] if purpose else word).get("subj", [])


def _taking_part(matching: Matching, fillers: Sequence[Word], place: Place) -> list[bool | None]:
    """Of each whether it has any part in what the source tells there."""
    theirs = [each for fill in parts(matching.grounds[place.ground].parse, place.word).values() for each in fill]
    return [_fills(matching, filler, theirs, place) if theirs else None for filler in fillers]


def _conflicts(matching: Matching, word: Word, place: Place) -> Iterator[tuple[Word, Word]]:
    ours, theirs = _both(matching, word, place)
    for part, fillers in ours.items():
        if part in theirs and all(_fills(matching, filler, theirs[part], place) is False for filler in fillers):
            named = next((f for f in fillers if _is_name(f)), None)
            other = next((f for f in theirs[part] if _is_name(f)), None)
            if named and other:
                yield named, other


def _both(matching: Matching, word: Word, place: Place) -> tuple[Filled, Filled]:
    return parts(matching.parse, word), parts(matching.grounds[place.ground].parse, place.word)


def _is_name(word: Word) -> bool:
    return word.pos == "PROPN" or country(word.text) is not None


def _fills(matching: Matching, filler: Word, fillers: Sequence[Word], place: Place) -> bool | None:
    """Whether one of them is the same; None where a pronoun or a number leaves it open."""
    if filler.pos in _PRONOUNS or filler.tag == "CD" or filler.place not in matching.rows:
        return None
    found = [_alike(matching, filler, each, place) for each in fillers]
    return True if True in found else None if None in found else False


def _alike(matching: Matching, filler: Word, other: Word, place: Place) -> bool | None:
    ground = matching.grounds[place.ground]
    if other.pos in _PRONOUNS or other.tag == "CD":
        names = known_as(ground, other)
        if not names or filler.pos != "PROPN":
            return None
        return bool(set(tokens(filler.text)) & names)
    row = matching.rows.get(filler.place)
    inside = {each.place for each in ground.parse.below(other, without=frozenset(("relcl", "acl", "conj", "prep")))}
    if row is None:
        return None
    columns = [n for n, each in enumerate(matching.theirs) if each.ground == place.ground and each.word.place in inside]
    return any(matching.likeness[row, column] >= _SAME for column in columns)
