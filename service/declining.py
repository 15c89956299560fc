"""Whether the evidence answers at all, and what to say where it does not.

A question becomes the numbers of ``signs``; a learned regression (``service.weighing``) makes them a chance. Two
things are decided outright, because they are facts and no chances: words that a question quotes stand nowhere, and
quoted words belong to somebody else than the question says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retriever.catalogue.words import tokens
from retriever.records import Hit
from retriever.speaking import Speaking, Spoken
from service.asking import Asked
from service.evidence import Candidate, Frequencies
from service.records import Reason

_QUOTED_ENOUGH = 0.6  # share of the quoted words that must stand in a row: ends may be cut, a mark may differ
_LONG_QUOTE = 4  # words; a shorter one may be a term of the asker's own ("right-wing forces")


SIGNS = (
    "best_chance", "chances", "similarity", "passage_similarity", "score", "score_ahead", "terms_in_sentence",
    "terms_in_passage", "terms_nearby", "names_nearby", "names_in_sentence", "quoted_words", "asks_quoted",
    "names_unknown", "fits_kind", "follows_up",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, in a code and in a sentence."""

    reason: Reason
    sentence: str


def signs(
    asked: Asked, hits: Sequence[Hit], ranked: Sequence[tuple[float, Candidate]], frequencies: Frequencies
) -> dict[str, float]:
    """What speaks for there being an answer, as named numbers; the same names for every question.

    ``ranked``: candidates with their chances, best first.
    """
    best = ranked[0][1] if ranked else None
    words = [tokens(name)[-1] for name in asked.names if tokens(name)]
    counts = frequencies(words)
    return {
        "best_chance": ranked[0][0] if ranked else 0.0,
        "chances": sum(chance for chance, _ in ranked[:5]),
        "similarity": max((c["sentence_similarity"] for _, c in ranked), default=0.0),
        "passage_similarity": max((hit.similarity or 0.0 for hit in hits), default=0.0),
        "score": hits[0].score if hits else 0.0,
        "score_ahead": hits[0].score - hits[min(4, len(hits) - 1)].score if hits else 0.0,
        "terms_in_sentence": best["terms_in_sentence"] if best else 0.0,
        "terms_in_passage": max((c["terms_in_passage"] for _, c in ranked), default=0.0),
        "terms_nearby": max((c["terms_nearby"] for _, c in ranked), default=0.0),
        "names_nearby": max((c["names_nearby"] for _, c in ranked), default=0.0),
        "names_in_sentence": best["names_in_sentence"] if best else 0.0,
        "quoted_words": max((c["quoted_words"] for _, c in ranked), default=0.0),
        "asks_quoted": float(bool(asked.quoted)),
        "names_unknown": sum(counts[word] == 0 for word in words) / len(words) if words else 0.0,
        "fits_kind": best["fits_kind"] if best else 0.0,
        "follows_up": float(bool(asked.context)),
    }


def refused_outright(
    asked: Asked, hits: Sequence[Hit], ranked: Sequence[tuple[float, Candidate]], speaking: Speaking
) -> Refusal | None:
    """What is certain: nothing found; quoted words that nobody says; quoted words that somebody else says."""
    if not hits or not ranked:
        return Refusal("nothing_relevant", "Nothing in these documents is about that.")
    long = [quote for quote in asked.quoted if len(quote.split()) >= _LONG_QUOTE]
    if not long:
        return None
    quoted = max((candidate for _, candidate in ranked), key=lambda candidate: candidate["quoted_words"])
    if quoted["quoted_words"] < _QUOTED_ENOUGH:
        return Refusal("unsupported", "Nobody in these documents says those words.")
    if asked.speaker is None:
        return None
    spoken = speaking.speaker(quoted.hit.article, quoted.start, quoted.end, label=quoted.label, words=tokens(long[0]))
    if spoken is None or not _somebody_else(asked.speaker, spoken, quoted):
        return None
    said = f"Those words are {_possessive(spoken.name)}, not {_possessive(asked.speaker)}, in these documents."
    return Refusal("not_said", said)


def refused(asked: Asked, frequencies: Frequencies) -> Refusal:
    """The reason for declining where the chance of an answer is too small."""
    people = [name for name in asked.names if tokens(name)]
    counts = frequencies([tokens(name)[-1] for name in people])
    unknown = [name for name in people if counts[tokens(name)[-1]] == 0]
    if asked.speaker and any(name in asked.speaker for name in unknown):
        return Refusal("speaker_not_found", f"Nobody called {asked.speaker} speaks in these documents.")
    if unknown:
        return Refusal("nothing_relevant", f"These documents do not mention {unknown[0]}.")
    if asked.speaker:
        return Refusal("not_said", f"These documents do not have {asked.speaker} saying that.")
    return Refusal("unsupported", "Nobody in these documents says that.")


def _somebody_else(named: str, spoken: Spoken, quoted: Candidate) -> bool:
    """Whether the speaker shares no word with the one whom the question names (titles and labels included)."""
    theirs = {
        *tokens(spoken.name),
        *tokens(quoted.label or ""),
        *tokens(quoted.hit.article.text[spoken.start : spoken.end]),
    }
    return not theirs & {word for word in tokens(named) if len(word) > 1}


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"
