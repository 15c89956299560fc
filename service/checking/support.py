"""A matched sentence goes in; numbers that tell how well it is borne out come out, for learned weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from service.checking import moods, roles
from service.checking.alike import opposed
from service.checking.matching import HELD, Matching, Place
from service.checking.parse import Parse, Word

SUPPORT: Final = Path(__file__).parents[1] / "support.json"
FEATURES: Final = (
    "covered", "least_clause", "uncovered", "uncovered_verb", "uncovered_noun", "uncovered_other", "uncovered_name",
    "longest_uncovered", "added_clause", "cosine", "exact", "substituted", "copied", "negation",
    "denial_lost", "exchanged", "mood", "mood_added", "turned", "words",
)  # fmt: skip
_UNIVERSAL: Final = frozenset(
    "all every always entire entirely fully completely totally wholly everyone everything".split()
)
_AS_WIDE: Final = _UNIVERSAL | frozenset("each any whole no none neither nobody nothing without both never".split())
_TURNS: Final = tuple(
    frozenset(pair.split("/"))
    for pair in """before/after more/less more/fewer first/last longer/shorter higher/lower always/sometimes most/few
    all/some all/most most/some""".split()
)
_BESIDE: Final = 0.8  # neighbours alike of two opposites that speak of one thing
_SURELY: Final = 0.84
_STANDS: Final = 0.6  # how alike a word must be to stand for another, with all that is said of it


def features(matching: Matching) -> dict[str, float]:
    """By the names of FEATURES."""
    best, weights = matching.best, matching.weights
    held = np.where(best >= HELD, best, 0.0)
    missing = (1 - held) * weights
    aligned = predicates(matching)
    kinds = {
        "uncovered_verb": [row for row, word in enumerate(matching.ours) if word.pos == "VERB"],
        "uncovered_noun": [row for row, word in enumerate(matching.ours) if word.pos == "NOUN"],
        "uncovered_name": [row for row, word in enumerate(matching.ours) if word.pos == "PROPN"],
        "uncovered_other": [row for row, word in enumerate(matching.ours) if word.pos not in ("VERB", "NOUN", "PROPN")],
    }
    substituted, copied = _edits(matching)
    return {
        "covered": float((held * weights).sum() / max(weights.sum(), 1e-9)),
        "least_clause": min(_clauses(matching, held), default=1.0),
        "uncovered": min(float(missing.sum()), 6.0),
        **{name: float(min((held[rows] < HELD).sum(), 3)) for name, rows in kinds.items()},
        "longest_uncovered": min(_longest(matching, held), 5.0),
        "added_clause": _added(matching, held),
        "cosine": float(matching.cosines.max(initial=0.0)),
        "exact": float((best >= 0.99).mean()) if len(best) else 1.0,
        "substituted": substituted,
        "copied": copied,
        "negation": float(min(sum(1 for _ in denied(matching, aligned)), 2)),
        "denial_lost": float(denial_lost(matching)),
        "exchanged": float(min(sum(1 for _ in roles.exchanged(matching, aligned)), 2)),
        "mood": _mood(matching, aligned),
        "mood_added": float(len(_mood_words(matching.parse.words) - _mood_words(_theirs(matching)) - {"will", "if"})),
        "turned": float(_turned(matching)),
        "words": min(len(matching.ours), 24) / 24,
    }


def _theirs(matching: Matching) -> list[Word]:
    """All words of the chosen sentences."""
    return [
        word
        for n, ground in enumerate(matching.grounds)
        for word in ground.parse.words
        if (n, ground.sentence_of(word)) in matching.chosen
    ]


def universals(matching: Matching) -> Iterator[str]:
    """ "All", "always" where the chosen sentences say nothing as wide."""
    if not any(word.lower in _AS_WIDE for word in _theirs(matching)):
        yield from (word.text for word in matching.parse.words if word.lower in _UNIVERSAL)


def _mood_words(words: Sequence[Word]) -> set[str]:
    return {mood for word in words if (mood := moods.mood_of(word))}


def _turned(matching: Matching) -> bool:
    """ "Before" where the source has "after", and the like: each side has the one word and lacks the other."""
    ours = {word.lower for word in matching.parse.words}
    theirs = {word.lower for word in _theirs(matching)}
    return any(len(pair & ours) == 1 and len(pair & theirs) == 1 and pair & ours != pair & theirs for pair in _TURNS)


def _edits(matching: Matching) -> tuple[float, float]:
    """Words put in the place of others, unlike them, in what is else a copy; and how much of it is a copy, 0 to 1."""
    ours = [word.base for word in matching.ours]
    worst, most = 0.0, 0.0
    for key in matching.chosen[:1]:
        columns = [n for n, place in enumerate(matching.theirs) if (place.ground, place.sentence) == key]
        theirs = [matching.theirs[n].word.base for n in columns]
        edits = SequenceMatcher(None, ours, theirs, autojunk=False)
        most = sum(block.size for block in edits.get_matching_blocks()) / max(1, len(ours))
        for kind, a, b, c, d in edits.get_opcodes():
            if kind == "replace" and b - a <= 2 and d - c <= 3:
                alike = matching.likeness[a:b][:, columns[c:d]].max(1)
                worst += float((alike < HELD).sum())
    return min(worst, 3.0), most


def least(matching: Matching) -> str:
    """The words of the sentence that are borne out least, from the first to the last of them in a row."""
    held = matching.best >= HELD
    runs: list[list[Word]] = [[]]
    for row, word in enumerate(matching.ours):
        if held[row]:
            runs.append([])
        else:
            runs[-1].append(word)
    longest = max(runs, key=len)
    return matching.parse.text[longest[0].start : longest[-1].end] if longest else ""


def _clauses(matching: Matching, held: NDArray[Any]) -> Iterator[float]:
    for clause in matching.parse.clauses():
        rows = [matching.rows[word.place] for word in clause if word.place in matching.rows]
        if len(rows) >= 2:
            weights = matching.weights[rows]
            yield float((held[rows] * weights).sum() / weights.sum())


def _longest(matching: Matching, held: NDArray[Any]) -> float:
    """The most words in a row that nothing bears out."""
    best = run = 0.0
    for row in range(len(held)):
        run = run + matching.weights[row] if held[row] < HELD else 0.0
        best = max(best, run)
    return best


def _added(matching: Matching, held: NDArray[Any]) -> float:
    """The most words under one word of the sentence (a clause, a phrase) of which less than half are borne out."""
    found = 0.0
    for word in matching.parse.words:
        if word.dep in (
            "advcl",
            "relcl",
            "acl",
            "prep",
            "conj",
            "appos",
            "npadvmod",
            "amod",
            "advmod",
            "xcomp",
            "dobj",
        ):
            rows = [matching.rows[w.place] for w in matching.parse.below(word) if w.place in matching.rows]
            if rows and (held[rows] * matching.weights[rows]).sum() < 0.4 * matching.weights[rows].sum():
                found = max(found, float(((1 - held[rows]) * matching.weights[rows]).sum()))
    return min(found, 5.0)


def predicates(matching: Matching) -> list[tuple[Word, Place]]:
    """Each verb, noun and adjective of the sentence with the word it stands for, or of which it is the opposite: of
    several the likest, of those the one whose neighbours are alike.
    """
    found = []
    for row, word in enumerate(matching.ours):
        if word.pos not in ("VERB", "ADJ", "NOUN"):
            continue
        best = matching.partners(row, least=_STANDS)
        if best:
            most = float(matching.likeness[row, matching.columns].max())
            best = [each for each in best if _likeness(matching, row, each) >= most - 0.1]
        else:
            others = (matching.theirs[int(column)] for column in matching.columns)
            best = [
                o
                for o in others
                if opposed(word, o.word) and o.word.pos == word.pos and _context(matching, word, o) >= _BESIDE
            ]
        if best:
            found.append((word, max(best, key=lambda place: (_context(matching, word, place), -place.word.place))))
    return found


def _likeness(matching: Matching, row: int, place: Place) -> float:
    return float(matching.likeness[row, matching.column[id(place)]])


def _context(matching: Matching, word: Word, place: Place) -> float:
    """How many neighbours of a word are borne out near the word that it may stand for."""
    parse = matching.grounds[place.ground].parse
    clause = {each.place for each in _around(parse.above(place.word), place.word, parse.below(place.word))}
    near = [
        matching.rows[w.place] for w in matching.parse.below(word) if w.place in matching.rows and w.place != word.place
    ]
    near += [matching.rows[w.place] for w in list(matching.parse.above(word))[:3] if w.place in matching.rows]
    columns = [
        int(c)
        for c in matching.columns
        if matching.theirs[c].ground == place.ground and matching.theirs[c].word.place in clause
    ]
    if not near or not columns:
        return 0.0
    return float(matching.likeness[np.ix_(near, columns)].max(1).sum())


def _around(above: Iterator[Word], word: Word, below: Sequence[Word]) -> list[Word]:
    return [word, *list(above)[:3], *below]


def denied(matching: Matching, aligned: Sequence[tuple[Word, Place]]) -> Iterator[tuple[Word, Word]]:
    """Words that the one side denies and the other does not."""
    both = moods.denies(matching.parse.words) and moods.denies(_theirs(matching))
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
            near = turned or _likeness(matching, matching.rows[word.place], place) >= _SURELY
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
                and _context(matching, word, matching.theirs[int(column)]) >= _BESIDE
            ):
                flipped = moods.negated(matching.parse, word) != moods.negated(
                    matching.grounds[matching.theirs[int(column)].ground].parse, other
                )
                if not flipped:
                    yield word, other
                    break


def _mood(matching: Matching, aligned: Sequence[tuple[Word, Place]]) -> float:
    """The largest distance between the mood of a verb and of the one it stands for."""
    worst = 0.0
    for word, place in aligned:
        if word.pos == "VERB" and place.word.pos in ("VERB", "NOUN"):
            ours = moods.moods(matching.parse, word)
            theirs = moods.moods(matching.grounds[place.ground].parse, place.word)
            worst = max(worst, moods.apart(ours, theirs))
    return worst
