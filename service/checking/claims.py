"""A matched sentence goes in; what in it is put into the mouth, or the hands, of somebody else comes out.

A claim is a verb of the sentence with its subject. The passages have sayers: the speakers of their statements, and the
subjects of their verbs. Where the words of a claim stand with one sayer and not with the one who is named for them, the
claim is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from service.checking.fitting import BODIES, Claim, countries_of, fit, other_office
from service.checking.grammar import SPEAKS, TELLING, apart, main_of, phrase, quoted_head, speaks, subject_of
from service.checking.matching import HELD, Ground, Matching
from service.checking.parse import Parse, Word
from service.checking.sayers import TITLES, Sayer, sayers, speakers
from service.sayings.countries import country

_LEAST: Final = 0.5  # share of a claim's words that must stand with a sayer for it to be about the same
_LIKE: Final = 0.6  # how alike two verbs are that tell of one thing
_ENOUGH: Final = 0.65  # of another's share, from which it may be as well the one who is named
_SURE: Final = 0.9  # of the best share: somebody who certainly said it
_NEARLY_ALL: Final = 0.85  # share of a claim that stands with another: with half as much for its own, it is another's
_LITTLE: Final = 0.6  # (of 929 faithful sentences two, dropped for other reasons too; of 985 altered ones 23)


def wrong(matching: Matching, before: Sequence[str]) -> Iterator[tuple[Claim, Sayer]]:
    """Claims whose words stand with another sayer, and with whom."""
    for claim, weighed in _weighed(matching, before):
        best, whose = max(((each.share, each.sayer) for each in weighed), key=lambda pair: pair[0])
        if best < _LEAST:
            continue
        sure = any(each.is_another and each.share >= _SURE * best for each in weighed)
        fitting = max((each.share for each in weighed if each.fits or (each.fits is None and not sure)), default=0.0)
        if fitting < best * _ENOUGH and (
            said(claim)
            or _by_pronoun(claim)
            or _governs(matching, claim)
            or _named_both(matching, claim, whose)
            or (speaks(claim.verb) and other_office(claim, whose))
        ):
            yield claim, whose


def elsewhere(matching: Matching, before: Sequence[str]) -> Iterator[Claim]:
    """Claims that somebody with a name, or "he" of the sentence before, says what the passages have another person
    say, nearly all of it, and have the one who is meant say little of.
    """
    for claim, weighed in _weighed(matching, before):
        by_pronoun = _by_pronoun(claim) and len(before) > 1  # a question alone need not name whom it means
        if not (by_pronoun or (said(claim) and _has_own_name(claim))):
            continue
        theirs = max((each.share for each in weighed if each.fits is False and each.sayer.person), default=0.0)
        known = (each for each in weighed if each.fits or (each.fits is None and not each.sayer.guessed))
        own = max((each.share for each in known if each.sayer.names), default=0.0)
        if theirs >= _NEARLY_ALL and own < theirs * _LITTLE:
            yield claim


@dataclass(frozen=True, slots=True)
class _Weighed:
    """How much of a claim stands with a sayer, 0 to 1, and whether that can be who is named for it."""

    share: float
    sayer: Sayer
    fits: bool | None

    @property
    def is_another(self) -> bool:
        return self.fits is False and bool(self.sayer.person or self.sayer.names & BODIES)


def _weighed(matching: Matching, before: Sequence[str]) -> Iterator[tuple[Claim, list[_Weighed]]]:
    """Each claim that says enough, with all sayers that it can be compared with."""
    known = list(sayers(matching))
    for claim in claims(matching.parse, matching):
        if len(claim.rows) < 2 or matching.weights[list(claim.rows)].sum() < 1 or not claim.subject:
            continue
        near = [sayer for sayer in known if _comparable(matching, claim, sayer)]
        if near:
            weighed = ((_share(matching, claim, sayer), sayer, fit(claim, sayer, before, matching)) for sayer in near)
            yield claim, [_Weighed(*each) for each in weighed]


def _has_own_name(claim: Claim) -> bool:
    """Whether more than an office names the subject."""
    return any(word.text[:1].isupper() and word.lower not in TITLES for word in claim.subject)


def said(claim: Claim) -> bool:
    """Whether it is a claim that somebody named says something."""
    return speaks(claim.verb) and any(word.pos == "PROPN" and country(word.text) is None for word in claim.subject)


def _by_pronoun(claim: Claim) -> bool:
    """Whether it is a claim that he or she says something: whoever that is, stands in the sentence before."""
    return speaks(claim.verb) and bool(claim.subject) and all(w.lower in ("he", "she") for w in claim.subject)


def _comparable(matching: Matching, claim: Claim, sayer: Sayer) -> bool:
    """What is said is compared with what is said, what is done with what is done in a like word."""
    if speaks(claim.verb):
        return sayer.verb is None
    row = matching.rows.get(claim.verb.place)
    return sayer.verb is not None and row is not None and float(matching.likeness[row, sayer.verb]) >= _LIKE


def _governs(matching: Matching, claim: Claim) -> bool:
    """Whether a country or a body speaks in the main clause: within somebody's words it may be any of its people."""
    named = any(word.pos == "PROPN" for word in claim.subject)
    inside = any(speaks(word) for word in matching.parse.above(claim.verb))
    return speaks(claim.verb) and named and not inside


def _named_both(matching: Matching, claim: Claim, whose: Sayer) -> bool:
    """Whether a name stands where the passage has another: "employees" may be another word for "people"."""
    named = any(word.pos == "PROPN" for word in claim.subject)
    return (
        named and bool(whose.person or countries_of(" ".join(whose.names).title())) and _stands_there(matching, claim)
    )


def _stands_there(matching: Matching, claim: Claim) -> bool:
    """Whether the passages speak of the one who is named: else it is another word for the same."""
    named = [matching.rows[word.place] for word in claim.subject if word.place in matching.rows]
    heads = [row for row in named if matching.ours[row].pos in ("PROPN", "NOUN")]
    return bool(heads) and all(matching.likeness[row].max(initial=0.0) >= 0.8 for row in heads)


def claims(parse: Parse, matching: Matching) -> Iterator[Claim]:
    """Each verb with a subject, "according to", and "by" where it is passive."""
    for word in parse.words:
        if word.lower == "according":
            to = parse.child(word, "prep")
            head = parse.child(to, "pobj") if to else None
            if head and any(each.pos == "PROPN" for each in parse.below(head)):
                own = {each.place for each in parse.below(word)}
                rest = [each for each in parse.words if each.place not in own]
                yield Claim(word, tuple(phrase(parse, head)), _rows(matching, rest))
        if not word.verbal or word.dep in ("aux", "auxpass"):
            continue
        subject = subject_of(parse, word)
        if subject is None or any(child.lower == "to" and child.dep == "aux" for child in parse.children[word.place]):
            continue
        named = tuple(phrase(parse, subject))
        told = parse.child(word, "dobj", "dative") if word.base in TELLING else None
        own = {each.place for each in (*named, *(parse.below(subject)), *(phrase(parse, told) if told else ()))}
        own |= {each.place for each in apart(parse, word)}
        body = [each for each in parse.below(word) if each.place not in own]
        if word.dep in ("ccomp", "parataxis") or quoted_head(parse, word):
            body += [each for each in main_of(parse, word) if each.place not in own]
        yield Claim(word, named, _rows(matching, body), tuple(phrase(parse, told)) if told else ())


def _rows(matching: Matching, words: Sequence[Word]) -> tuple[int, ...]:
    return tuple(matching.rows[word.place] for word in words if word.place in matching.rows)


def _share(matching: Matching, claim: Claim, sayer: Sayer) -> float:
    if not sayer.columns:
        return 0.0
    if not claim.rows:
        return 0.0
    rows, columns = list(claim.rows), sorted(sayer.columns)
    held = matching.likeness[np.ix_(rows, columns)].max(1)
    weights = matching.weights[rows]
    return float((np.where(held >= HELD, held, 0.0) * weights).sum() / weights.sum())


def speaker_of_quotation(
    matching: Matching, ground: Ground, copied: tuple[int, int], place: tuple[int, int], before: Sequence[str]
) -> str | None:
    """Whom the sentence names for a quotation that is somebody else's; None where nothing is wrong. ``copied``: where
    it stands in the passage, ``place``: in the sentence.
    """
    start = ground.source.hit.passage.start
    holders = [
        each
        for each in ground.source.statements
        if any(a < start + copied[1] and start + copied[0] < b for a, b in each.slices)
    ]
    own = [each for each in speakers(ground, {}) if each.statement in holders]
    claim = _claim_of(matching, place)
    if not own or claim is None:
        return None
    if any(fit(claim, sayer, before, matching) is not False for sayer in own):
        return None
    return " ".join(word.text for word in claim.subject)


def _claim_of(matching: Matching, place: tuple[int, int]) -> Claim | None:
    """Who is said to say what stands there: the verb of saying outside of the marks that is nearest to it."""
    outside = [
        claim
        for claim in claims(matching.parse, matching)
        if not place[0] <= claim.verb.start < place[1]
        and (claim.verb.base in SPEAKS or claim.verb.lower == "according")
    ]
    return min(
        outside, key=lambda claim: min(abs(claim.verb.start - place[0]), abs(claim.verb.start - place[1])), default=None
    )
