"""Whether the evidence answers at all, and what to say where it does not.

A question becomes the numbers of ``signs``; a learned regression (``service.weighing``) makes them a chance. Three
things are decided outright, because they are facts and no chances: words that a question quotes stand nowhere;
quoted words belong to somebody else than the question says, or stand where that person is not mentioned; and those who
are said to have met, called or told one another are nowhere named together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from retriever.catalogue.words import tokens
from retriever.naming import behind_titles, is_body
from retriever.records import Hit
from retriever.speaking import Speaking, Spoken
from retriever.wording import longest_run
from service.evidence import Candidate, Frequencies, Read, spoken_in
from service.question.asking import Asked
from service.records import Reason

_QUOTED_ENOUGH = 0.6  # share of the quoted words that must stand in a row: ends may be cut, a mark may differ
_AS_QUOTED = 0.9  # share of the quoted words in a row by which they are there: the last may be cut or altered
_SPEAKS = 0.5  # of "speaker_speaks": above it the one who is asked about speaks
_LOOKED_AT = 5  # candidates in which a claim's words are looked for
_AROUND = 400  # characters on both sides of a passage in which a name may stand
_AS_SPELT = 0.8  # likeness of two spellings of a name (difflib's ratio: "Aqiba" and "Akiba")
_FORM = 2  # letters that two forms of a given name share
_LONG_NAME = 5  # characters; shorter ones differ from too many words by one
_LONG_QUOTE = 4  # words; a shorter one may be a term of the asker's own ("right-wing forces")

SIGNS = (
    "best_chance", "chances", "similarity", "passage_similarity", "score", "score_ahead", "terms_in_sentence",
    "terms_in_passage", "terms_nearby", "names_nearby", "names_in_sentence", "quoted_words", "asks_quoted",
    "names_unknown", "fits_kind", "follows_up", "speaker_asked", "speaker_agrees", "chance_of_speaker", "claims",
    "claim_terms", "claim_run", "read_answers", "read_best_answers", "read_ahead", "read_shown", "read_sure",
    "actor_asked", "actor_in_sentence", "actor_nearby", "person_replaced", "person_outside", "person_elsewhere",
    "a_name_elsewhere", "names_elsewhere",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, in a code and in a sentence."""

    reason: Reason
    sentence: str


def signs(
    asked: Asked,
    hits: Sequence[Hit],
    ranked: Sequence[tuple[float, Candidate]],
    frequencies: Frequencies,
    speaking: Speaking,
) -> dict[str, float]:
    """What speaks for there being an answer, as named numbers; the same names for every question.

    ``ranked``: candidates with their chances, best first.
    """
    best = ranked[0][1] if ranked else None
    words = [tokens(name)[-1] for name in asked.names if tokens(name)]
    counts = frequencies(words)
    theirs = [chance for chance, each in ranked if asked.speaker and each["speaker_speaks"] > _SPEAKS]
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
        # Where somebody is said to have spoken: whether the best sentence is theirs, and how good their best one is.
        "speaker_asked": float(asked.speaker is not None),
        "speaker_agrees": best["speaker_speaks"] if best and asked.speaker else 0.0,
        "chance_of_speaker": max(theirs, default=0.0),
        # What is said to have been said is often repeated in its own words: then that few of them are there tells more.
        "claims": float(bool(asked.claim)),
        "claim_terms": best["terms_in_sentence"] if best and asked.claim else 0.0,
        "claim_run": _claim_run(asked, [candidate for _, candidate in ranked[:_LOOKED_AT]]),
        **_read([each.read for _, each in ranked if each.read]),
        **_actor(asked, best),
        **_people(asked, best, speaking),
        **_elsewhere(asked, best),
    }


def _actor(asked: Asked, best: Candidate | None) -> dict[str, float]:
    """Whether the one who is said to have done it is in the best sentence, by name or as who speaks, or near it."""
    name = _bare(asked.actor or "")[-1:]
    if best is None or not name:
        return {"actor_asked": 0.0, "actor_in_sentence": 0.0, "actor_nearby": 0.0}
    return {
        "actor_asked": 1.0,
        "actor_in_sentence": float(_named(name, _inside(best))),
        "actor_nearby": float(_named(name, set(tokens(_surroundings(best))))),
    }


def _people(asked: Asked, best: Candidate | None, speaking: Speaking) -> dict[str, float]:
    """Whether the person who acts in the question is missing in the best sentence, missing all around it, or has
    somebody else in their place.
    """
    acts = acting_in(asked, speaking)
    name = _bare(acts or "")[-1:]
    if best is None or not name or _named(name, _inside(best)):
        return {"person_replaced": 0.0, "person_outside": 0.0, "person_elsewhere": 0.0}
    return {
        "person_replaced": float(bool(_others(asked, best, speaking))),
        "person_outside": 1.0,
        "person_elsewhere": float(not _named(name, set(tokens(_surroundings(best))))),
    }


def acting_in(asked: Asked, speaking: Speaking) -> str | None:
    """The person who is said to have done or said something; None where a question names no such person."""
    if not asked.names or not (asked.actor or asked.speaker):
        return None  # parsing takes milliseconds
    return next(iter(speaking.acting(asked.text)), None)


def _others(asked: Asked, best: Candidate, speaking: Speaking) -> list[str]:
    """People who act in the sentence and are not in the question."""
    known = set(tokens(asked.text))
    return [name for name in speaking.acting(best.text) if not known & set(tokens(name))]


def _inside(best: Candidate) -> set[str]:
    """The words of a sentence, of its speaker and of its label."""
    speaks = best.statement.speaker if best.statement else None
    return set(tokens(f"{best.text} {speaks or ''} {best.label or ''}"))


def _elsewhere(asked: Asked, best: Candidate | None) -> dict[str, float]:
    """Whether names of the question are nowhere near the best sentence, and which share of them."""
    names = [bare for name in asked.names if (bare := _bare(name)[-1:])]
    near = set(tokens(_surroundings(best))) if best and names else set[str]()
    away = [not _named(name, near) for name in names] if best else []
    return {"a_name_elsewhere": float(any(away)), "names_elsewhere": sum(away) / len(away) if away else 0.0}


def _read(reads: Sequence[Read]) -> dict[str, float]:
    """What the reader says: whether any window answers, whether that of the best sentence does, how far it is ahead."""
    ranks = [each.rank for each in reads]
    return {
        "read_answers": max((each.answers for each in reads), default=0.0),
        "read_best_answers": reads[0].answers if reads else 0.0,
        "read_ahead": reads[0].rank - sum(ranks) / len(ranks) if reads else 0.0,
        "read_shown": reads[0].shown if reads else 0.0,
        "read_sure": max(reads[0].sure, -10.0) if reads else 0.0,
    }


def _claim_run(asked: Asked, candidates: Sequence[Candidate]) -> float:
    """The longest run of the claim's words in a candidate, as a share of the claim."""
    claim = tokens(asked.claim)
    runs = (longest_run(claim, tokens(each.text)) / len(claim) for each in candidates if claim)
    return max(runs, default=0.0)


def refused_outright(
    asked: Asked, hits: Sequence[Hit], ranked: Sequence[tuple[float, Candidate]], speaking: Speaking
) -> Refusal | None:
    """What is certain: nothing found; quoted words that nobody says; quoted words that somebody else says."""
    if not hits or not ranked:
        return Refusal("nothing_relevant", "Nothing in these documents is about that.")
    return _without_partner(asked, ranked) or _misquoted(asked, ranked, speaking)


def _without_partner(asked: Asked, ranked: Sequence[tuple[float, Candidate]]) -> Refusal | None:
    """Where those who are said to have met, called or told one another are nowhere named together, they did not."""
    near = [set(tokens(_surroundings(each))) for _, each in ranked[:_LOOKED_AT]]
    speaker = _bare(asked.speaker or "")
    for partner in asked.partners:
        name = _bare(partner)
        if name and not any(_named(name, words) and (not speaker or _named(speaker, words)) for words in near):
            return Refusal("unsupported", f"These documents report nothing of the kind with {partner}.")
    return None


def _bare(name: str) -> list[str]:
    return tokens(" ".join(behind_titles(name.split())))


def _named(name: Sequence[str], words: set[str]) -> bool:
    """Whether a word of the name is among the words, a long one also in another spelling."""
    return any(
        word in words or (len(word) >= _LONG_NAME and get_close_matches(word, words, n=1, cutoff=_AS_SPELT))
        for word in name
    )


def _surroundings(candidate: Candidate) -> str:
    passage, article = candidate.hit.passage, candidate.hit.article
    of = f"{candidate.label or ''} {article.author or ''} {article.title or ''}"
    return f"{of} {article.text[max(0, passage.start - _AROUND) : passage.end + _AROUND]}"


def quoted_there(asked: Asked, ranked: Sequence[tuple[float, Candidate]]) -> bool:
    """Whether words that the question quotes at length stand there as they are: that somebody says them is certain."""
    long = any(len(quote.split()) >= _LONG_QUOTE for quote in asked.quoted)
    return long and max((each["quoted_words"] for _, each in ranked), default=0.0) >= _AS_QUOTED


def _misquoted(asked: Asked, ranked: Sequence[tuple[float, Candidate]], speaking: Speaking) -> Refusal | None:
    """Quoted words that nobody says, or that somebody else says."""
    long = [quote for quote in asked.quoted if len(quote.split()) >= _LONG_QUOTE]
    if not long:
        return None
    quoted = max((candidate for _, candidate in ranked), key=lambda candidate: candidate["quoted_words"])
    if quoted["quoted_words"] < _QUOTED_ENOUGH:
        return Refusal("unsupported", "Nobody in these documents says those words.")
    if asked.speaker is None:
        return None
    spoken = spoken_in(quoted) or speaking.speaker(
        quoted.hit.article, quoted.start, quoted.end, label=quoted.label, words=tokens(long[0])
    )
    if spoken is None and not _is_mentioned(asked.speaker, quoted):
        return Refusal("not_said", f"Those words stand in an article that does not mention {asked.speaker}.")
    if spoken is None or not _somebody_else(asked.speaker, spoken, quoted):
        return None
    said = f"Those words are {_possessive(spoken.name)}, not {_possessive(asked.speaker)}, in these documents."
    return Refusal("not_said", said)


def refused(
    asked: Asked, ranked: Sequence[tuple[float, Candidate]], frequencies: Frequencies, speaking: Speaking
) -> Refusal:
    """The reason for declining where the chance of an answer is too small."""
    people = [name for name in asked.names if tokens(name)]
    counts = frequencies([tokens(name)[-1] for name in people])
    unknown = [name for name in people if counts[tokens(name)[-1]] == 0]
    if asked.speaker and any(name in asked.speaker for name in unknown):
        return Refusal("speaker_not_found", f"Nobody called {asked.speaker} speaks in these documents.")
    if unknown:
        return Refusal("nothing_relevant", f"These documents do not mention {unknown[0]}.")
    best = ranked[0][1] if ranked else None
    if best and (instead := _instead(asked, best, speaking)):
        return instead
    if asked.speaker:
        return Refusal("not_said", f"These documents do not have {asked.speaker} saying that.")
    return Refusal("unsupported", "Nobody in these documents says that.")


def _instead(asked: Asked, best: Candidate, speaking: Speaking) -> Refusal | None:
    """What comes nearest is somebody else's."""
    acts = acting_in(asked, speaking)
    if acts is None or _named(_bare(acts)[-1:], _inside(best)):
        return None
    others = _others(asked, best, speaking)
    if not others:
        return None
    return Refusal("not_said", f"These documents do not have {acts} in that; what comes nearest is of {others[0]}.")


def _is_mentioned(named: str, quoted: Candidate) -> bool:
    """Whether the last word of a name stands anywhere in the article, its author or its title."""
    article = quoted.hit.article
    there = tokens(f"{article.text} {article.author or ''} {article.title or ''}")
    return not tokens(named) or tokens(named)[-1] in there


def _somebody_else(named: str, spoken: Spoken, quoted: Candidate) -> bool:
    """Whether the speaker is not who the question names: two whole names differ, or without titles share no word."""
    ours, own = _person(named), _person(spoken.name)
    if len(ours) > 1 and len(own) > 1:
        return not (_all_in(ours, own) or _all_in(own, ours))
    shown = quoted.hit.article.text[spoken.start : spoken.end]
    theirs = set(tokens(f"{spoken.name} {quoted.label or ''} {shown}"))
    return not theirs & set(ours or [word for word in tokens(named) if len(word) > 1])


def _person(name: str) -> list[str]:
    """The words of a person's name, without titles and initials; none of what is no person's."""
    words = behind_titles(name.split())
    if is_body(name) or not all(word[0].isupper() for word in words):
        return []
    return [word for word in tokens(" ".join(words)) if len(word) > 1]


def _all_in(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether each stands among the others, in another spelling or form too ("Joe", "Joseph")."""
    begin = {other[:_FORM] for other in others}
    return all(_named([word], set(others)) or word[:_FORM] in begin for word in words)


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"
