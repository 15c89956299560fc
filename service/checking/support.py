"""A matched sentence goes in; numbers that tell how well it is borne out come out, for learned weights."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from service.checking import arcs, moods, polarity, roles, spread, suspects
from service.checking.matching import HELD, Matching, Place
from service.checking.parse import Word
from service.entailing.model import Entailed

SUPPORT: Final = Path(__file__).parents[1] / "support.json"
FEATURES: Final = (
    "covered", "least_clause", "uncovered", "uncovered_verb", "uncovered_noun", "uncovered_other", "uncovered_name",
    "longest_uncovered", "added_clause", "cosine", "exact", "substituted", "copied", "negation",
    "denial_lost", "exchanged", "mood", "mood_added", "turned", "words", "entailed", "entailed_wrong",
    "entailed_three", "entailed_some",
    *(f"suspect_{name}" for name in suspects.FEATURES), *polarity.FEATURES, *spread.FEATURES, *arcs.FEATURES,
)  # fmt: skip
_TURNS: Final = tuple(
    frozenset(pair.split("/"))
    for pair in """before/after more/less more/fewer first/last longer/shorter higher/lower always/sometimes most/few
    all/some all/most most/some""".split()
)


def features(
    matching: Matching, aligned: Sequence[tuple[Word, Place]], suspected: Collection[str], entailed: Entailed
) -> dict[str, float]:
    """By the names of FEATURES. ``suspected``: names of ``suspects.FEATURES`` that were found."""
    best, weights = matching.best, matching.weights
    held = np.where(best >= HELD, best, 0.0)
    missing = (1 - held) * weights
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
        "negation": float(min(sum(1 for _ in polarity.denied(matching, aligned)), 2)),
        "denial_lost": float(polarity.denial_lost(matching)),
        "exchanged": float(min(sum(1 for _ in roles.exchanged(matching, aligned)), 2)),
        "mood": _mood(matching, aligned),
        "mood_added": float(len(_mood_words(matching.parse.words) - _mood_words(matching.words_of()) - {"will", "if"})),
        "turned": float(_turned(matching)),
        "words": min(len(matching.ours), 24) / 24,
        "entailed": entailed.says,
        "entailed_wrong": entailed.wrong,
        "entailed_three": entailed.three,
        "entailed_some": entailed.some,
        **{f"suspect_{name}": float(name in suspected) for name in suspects.FEATURES},
        **polarity.features(matching, aligned),
        **spread.features(matching),
        **arcs.features(matching),
    }


def _mood_words(words: Sequence[Word]) -> set[str]:
    return {mood for word in words if (mood := moods.mood_of(word))}


def _turned(matching: Matching) -> bool:
    """ "Before" where the source has "after", and the like: each side has the one word and lacks the other."""
    ours = {word.lower for word in matching.parse.words}
    theirs = {word.lower for word in matching.words_of()}
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


def _mood(matching: Matching, aligned: Sequence[tuple[Word, Place]]) -> float:
    """The largest distance between the mood of a verb and of the one it stands for."""
    worst = 0.0
    for word, place in aligned:
        if word.pos == "VERB" and place.word.pos in ("VERB", "NOUN"):
            ours = moods.moods(matching.parse, word)
            theirs = moods.moods(matching.grounds[place.ground].parse, place.word)
            worst = max(worst, moods.apart(ours, theirs))
    return worst
