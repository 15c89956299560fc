"""A matched sentence goes in; where in it, and in which kinds of phrases, words are borne out or not comes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from service.checking.matching import Matching

_KINDS: Final = {
    **dict.fromkeys(("advcl", "relcl", "acl", "ccomp", "xcomp", "pcomp"), "clause"),
    **dict.fromkeys(("prep", "npadvmod"), "phrase"),
    **dict.fromkeys(("conj", "appos"), "joined"),
    **dict.fromkeys(("dobj", "nsubj"), "party"),
    **dict.fromkeys(("amod", "advmod"), "manner"),
}
_NAMES: Final = ("clause", "phrase", "joined", "party", "manner")
FEATURES: Final = (
    "mean", "least_word", "second_least", "third_least", "ending", "beginning", "downwards", "least_three",
    "least_noun", "anywhere", "elsewhere", "sentences", "used",
    *(f"least_{kind}_borne" for kind in _NAMES), *(f"most_{kind}_missing" for kind in _NAMES),
    "links_added", "behind_link", "names_missing",
)  # fmt: skip
_LINKS: Final = frozenset(
    """because after before since due result resulting thanks following despite although though while until unless if
    once when so therefore thereby owing""".split()
)
_OPENS: Final = frozenset("who which and with including".split())
_BEHIND: Final = 8  # words behind a link
_STANDS: Final = 0.6


def features(matching: Matching) -> dict[str, float]:
    """By the names of FEATURES."""
    if not len(matching.ours):
        return dict.fromkeys(FEATURES, 0.0)
    return {**_overall(matching), **_by_kind(matching), **_linked(matching)}


def _overall(matching: Matching) -> dict[str, float]:
    best, weights = matching.best, matching.weights
    least, half, third = np.sort(best), len(best) // 2, max(2, len(best) // 3)
    anywhere = matching.likeness.max(1, initial=0.0)
    first = [n for n, each in enumerate(matching.theirs) if (each.ground, each.sentence) in matching.chosen[:1]]
    used = matching.likeness[:, first].max(0) if first else np.zeros(1)
    nouns = [float(best[row]) for row, word in enumerate(matching.ours) if word.pos in ("NOUN", "PROPN")]
    return {
        "mean": float((best * weights).sum() / weights.sum()),
        "least_word": float(least[0]),
        "second_least": float(least[min(1, len(best) - 1)]),
        "third_least": float(least[min(2, len(best) - 1)]),
        "ending": float(best[-third:].mean()),
        "beginning": float(best[:third].mean()),
        "downwards": float(best[half:].mean() - best[: max(1, half)].mean()),
        "least_three": min(float(best[at : at + 3].mean()) for at in range(max(1, len(best) - 2))),
        "least_noun": min(nouns, default=0.8),
        "anywhere": float((anywhere * weights).sum() / weights.sum()),
        "elsewhere": float(((anywhere - best) * weights).sum() / weights.sum()),
        "sentences": float(len(matching.chosen)),
        "used": float((used >= _STANDS).mean()),
    }


def _by_kind(matching: Matching) -> dict[str, float]:
    """Of each kind of phrase how much of the worst is borne out, and how much the worst adds, 0 to 4 words."""
    least, most = dict.fromkeys(_NAMES, 1.0), dict.fromkeys(_NAMES, 0.0)
    for word in matching.parse.words:
        kind = _KINDS.get(word.dep)
        rows = [matching.rows[each.place] for each in matching.parse.below(word) if each.place in matching.rows]
        if kind is None or not rows:
            continue
        if len(rows) > 1 or kind == "manner":
            least[kind] = min(least[kind], float(matching.best[rows].mean()))
        most[kind] = max(most[kind], float((1 - matching.best[rows]).sum()))
    return {
        **{f"least_{kind}_borne": value for kind, value in least.items()},
        **{f"most_{kind}_missing": min(value, 4.0) for kind, value in most.items()},
    }


def _linked(matching: Matching) -> dict[str, float]:
    """Causes, times and conditions that the source does not link so, and how much of what follows it has."""
    theirs = {word.lower for word in matching.words_of()}
    added = {word.lower for word in matching.parse.words} & _LINKS - theirs
    behind = [
        _borne(matching, word.place + 1) for word in matching.parse.words if word.lower in added or word.lower in _OPENS
    ]
    named = (row for row, word in enumerate(matching.ours) if word.pos == "PROPN")
    return {
        "links_added": float(min(len(added), 2)),
        "behind_link": min(behind, default=1.0),
        "names_missing": float(min(sum(matching.best[row] < _STANDS for row in named), 3)),
    }


def _borne(matching: Matching, at: int) -> float:
    words: Sequence[int] = [
        matching.rows[word.place] for word in matching.parse.words[at : at + _BEHIND] if word.place in matching.rows
    ]
    return float(matching.best[words].mean()) if words else 1.0
