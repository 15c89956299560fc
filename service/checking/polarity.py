"""A matched sentence goes in; what it denies and the passages tell, and the other way round, comes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from service.checking import moods
from service.checking.aligning import BESIDE, context, likeness
from service.checking.alike import opposed
from service.checking.matching import Matching, Place
from service.checking.parse import Parse, Word

_SURELY: Final = 0.84
_ONE: Final = 0.6  # how alike two words are of which the one is denied and the other is not
FEATURES: Final = (
    "denials", "denials_first", "denials_less", "endings_more", "endings_less", "odd", "denies_alone", "tells_alone",
    "turned_round", "denied_both", "opposite_near",
)  # fmt: skip


def features(matching: Matching, aligned: Sequence[tuple[Word, Place]]) -> dict[str, float]:
    """By the names of FEATURES."""
    first = matching.words_of(matching.chosen[:1])
    ours, near, theirs = (_counts(words) for words in (matching.parse.words, first, matching.words_of()))
    turned, both = _turned(matching, aligned)
    return {
        "denials": float(min(ours[0], 2)),
        "denials_first": float(min(near[0], 2)),
        "denials_less": float(ours[0] == 0 and near[0] > 0),
        "endings_more": float(max(0, ours[1] - theirs[1])),
        "endings_less": float(max(0, near[1] - ours[1])),
        "odd": float(sum(ours) % 2 != sum(near) % 2),
        "denies_alone": float(sum(ours) > 0 and sum(theirs) == 0),
        "tells_alone": float(sum(ours) == 0 and sum(near) > 0),
        "turned_round": min(turned, 3.0),
        "denied_both": min(both, 3.0),
        "opposite_near": float(min(sum(1 for _ in _unborne_opposites(matching)), 2)),
    }


def _counts(words: Sequence[Word]) -> tuple[int, int]:
    """Words that deny, and words that end or refuse."""
    return sum(map(moods.is_denial, words)), sum(map(moods.is_ending, words))


def _turned(matching: Matching, aligned: Sequence[tuple[Word, Place]]) -> tuple[float, float]:
    """How alike the words are, added up, that one side alone denies, and how many both deny."""
    turned = both = 0.0
    for word, place in aligned:
        sure = likeness(matching, matching.rows[word.place], place)
        ours = _denied(matching.parse, word)
        theirs = _denied(matching.grounds[place.ground].parse, place.word)
        turned += sure if ours != theirs and sure >= _ONE else 0.0
        both += sure if ours and theirs else 0.0
    return turned, both


def _unborne_opposites(matching: Matching) -> Iterator[Word]:
    for row, word in enumerate(matching.ours):
        others = (matching.theirs[int(column)].word for column in matching.columns)
        if matching.best[row] < BESIDE and any(opposed(word, other) for other in others):
            yield word


def denied(matching: Matching, aligned: Sequence[tuple[Word, Place]]) -> Iterator[tuple[Word, Word]]:
    """Words that the one side denies and the other does not."""
    both = moods.denies(matching.parse.words) and moods.denies(matching.words_of())
    for word, place in aligned:
        theirs, other = matching.grounds[place.ground].parse, place.word
        ours_not, theirs_not = _denied(matching.parse, word), _denied(theirs, other)
        if word.pos == "NOUN" and other.pos == "NOUN":
            if (
                ours_not != theirs_not
                and word.base == other.base
                and not both
                and not _somewhere(matching, word, place)
            ):
                yield word, other
        elif word.pos == "NOUN" and other.pos == "VERB":
            if word.base == other.base and moods.negated(matching.parse, word) and not moods.negated(theirs, other):
                yield word, other
        elif other.pos != "NOUN" and not matching.parse.child(word, "xcomp"):
            turned = opposed(word, other)
            near = turned or likeness(matching, matching.rows[word.place], place) >= _SURELY
            if near and (ours_not != theirs_not) != turned and not _somewhere(matching, word, place):
                yield word, other


def _somewhere(matching: Matching, word: Word, place: Place) -> bool:
    """Whether the same word stands in the chosen sentences once more, denied as often as in the sentence."""
    ours = _denied(matching.parse, word)
    theirs = (matching.theirs[int(column)] for column in matching.columns)
    others = (each for each in theirs if each.word.base == place.word.base and each != place)
    return any(_denied(matching.grounds[each.ground].parse, each.word) == ours for each in others)


def _denied(parse: Parse, word: Word) -> bool:
    return moods.excepted(parse, word) if word.pos == "NOUN" else moods.negated(parse, word)


def denial_lost(matching: Matching) -> bool:
    """Whether the sentence tells, and denies nothing, what the chosen sentences deny."""
    if moods.any_denial(matching.parse.words):
        return False
    for n, ground in enumerate(matching.grounds):
        for verb in moods.denials(ground.parse):
            if (n, ground.sentence_of(verb)) not in matching.chosen:
                continue
            below = {word.place for word in ground.parse.below(verb)}
            columns = [c for c, each in enumerate(matching.theirs) if each.ground == n and each.word.place in below]
            if len(columns) >= 2 and len(matching.ours) and matching.likeness[:, columns].max(0).mean() >= 0.75:
                return True
    return False


def opposites(matching: Matching) -> Iterator[tuple[Word, Word]]:
    """Words of the sentence that nothing bears out, where the chosen sentences have one that means the opposite."""
    for row, word in enumerate(matching.ours):
        if matching.best[row] >= 0.8:
            continue
        for column in matching.columns:
            other = matching.theirs[int(column)].word
            if (
                opposed(word, other)
                and word.pos == other.pos
                and context(matching, word, matching.theirs[int(column)]) >= BESIDE
            ):
                flipped = moods.negated(matching.parse, word) != moods.negated(
                    matching.grounds[matching.theirs[int(column)].ground].parse, other
                )
                if not flipped:
                    yield word, other
                    break
