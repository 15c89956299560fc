"""A score goes in, what is wrong with it comes out, the worst first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from eval.matching import locate
from eval.metrics import unmarked
from eval.scoring import Score
from eval.scoring.attribution import wrong_date, wrong_speaker

SURE = 0.5  # confidence from which on an answer says that it is rather right than not


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that can be wrong with an answer."""

    name: str
    says: str
    of: Callable[[Score], bool]
    grave: bool = False


def _wrong(score: Score) -> bool:
    return not score.right and not score.answer.declined


def _sure(score: Score) -> bool:
    return score.answer.confidence >= SURE


def _long(score: Score) -> bool:
    return score.words > score.case.max_words


def _forbidden(score: Score) -> bool:
    said = unmarked(score.answer.answer)
    return not score.answer.declined and any(locate(words, said) for words in score.case.forbid)


def _faults() -> Iterator[Fault]:
    yield Fault(
        "wrong speaker",
        "a wrong person put in front, where the question asks who",
        lambda each: bool(wrong_speaker(each.case, each.answer)),
        grave=True,
    )
    yield Fault("says what it must not", "words that the case forbids, as another’s name", _forbidden, grave=True)
    yield Fault(
        "false quotation",
        "words in quotation marks that no cited passage holds",
        lambda each: bool(each.false_quotations),
        grave=True,
    )
    yield Fault(
        "inexact citation",
        "a citation that is not the exact characters of its article",
        lambda each: bool(each.inexact),
        grave=True,
    )
    yield Fault(
        "wrong and sure",
        f"a wrong answer, stated with a confidence of {SURE:g} or more",
        lambda each: _wrong(each) and _sure(each),
        grave=True,
    )
    yield Fault(
        "wrongly declined",
        "declined although an article answers it",
        lambda each: each.answer.declined and not each.right,
    )
    yield Fault(
        "wrong and unsure",
        f"a wrong answer, stated with a confidence under {SURE:g}",
        lambda each: _wrong(each) and not _sure(each),
    )
    yield Fault(
        "nothing to answer", "answered although no article does", lambda each: _wrong(each) and each.case.unanswerable
    )
    yield Fault(
        "wrong date",
        "a wrong time put in front, where the question asks when",
        lambda each: bool(wrong_date(each.case, each.answer)),
    )
    yield Fault("too long", "more words than the case allows", lambda each: _wrong(each) and _long(each))
    yield Fault(
        "not borne out",
        "a sentence that its citations do not bear out, by the project’s own check",
        lambda each: each.cited is not None and each.cited.supported < each.cited.sentences,
    )
    yield Fault("evidence not cited", "no citation overlaps the evidence", lambda each: each.evidence is False)
    yield Fault(
        "evidence misplaced",
        "evidence that does not stand in its article: a fault of the case, not of the answer",
        lambda each: bool(each.misplaced),
    )


FAULTS: Sequence[Fault] = tuple(_faults())  # the worst first


def faults(score: Score) -> tuple[Fault, ...]:
    """All that apply, the worst first."""
    return tuple(fault for fault in FAULTS if fault.of(score))


def gravity(found: Sequence[Fault], score: Score) -> tuple[int, float]:
    """Sorts the worst first: by the worst fault, then the more certain before the less."""
    return FAULTS.index(found[0]), -score.answer.confidence
