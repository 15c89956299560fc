"""Watched answers go in, a table of figures and a list of what to look at by hand come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from eval.metrics import percentile
from eval.report import figure, table
from eval.scoring import Score, summarise
from eval.writing.watching import Told
from service.records import Answer


def as_markdown(told: Sequence[Told]) -> str:
    """The figures as a table, and what there is to look at by hand."""
    scores = [each.score for each in told]
    measures, falls = summarise(scores).measures, Counter(each.made.fallback for each in told)
    del falls[None]
    named = "; ".join(f"{code}: {count}" for code, count in falls.most_common())
    sentences = {name: sum(getattr(each.made, name) for each in told) for name in _OUTCOMES}
    rows = [
        ["right of answerable", figure(measures["right_answerable"])],
        *_unchecked(told),
        ["declined of unanswerable", figure(measures["declined"])],
        ["declined of answerable", figure(measures["wrongly_declined"])],
        ["answers in the model's words", f"{sum(_by_model(each.score.answer) for each in told)} of {len(told)}"],
        ["the model was not asked", str(sum(not each.texts for each in told))],
        ["fell back", f"{falls.total()} of {len(told)}{f' ({named})' if named else ''}"],
        ["sentences", ", ".join(f"{count} {name}" for name, count in sentences.items())],
        ["false quotations", str(sum(len(each.false_quotations) for each in scores))],
        ["inexact slices", f"{sum(len(each.inexact) for each in scores)} of {_slices(scores)}"],
        ["sentences of the model's that say what they do not cite", str(sum(len(each.unsupported) for each in told))],
        ["those that put names together anew (right or wrong: look)", str(sum(len(each.joined) for each in told))],
        *_times(told),
    ]
    looked_at = [f"- {each.score.case.id}: {line}" for each in told for line in _doubtful(each)]
    return table(["what", "figure"], rows) + ("\n\n" + "\n".join(["To look at:", *looked_at]) if looked_at else "")


def _unchecked(told: Sequence[Told]) -> list[list[str]]:
    """Of questions that can be answered: what the model's text is by itself, and what reaches the reader of it."""
    seen = [each for each in told if each.unchecked is not None and not each.score.case.unanswerable]
    if not seen:
        return []
    own, both = (
        sum(bool(each.unchecked) for each in seen),
        sum(bool(each.unchecked) and each.score.right for each in seen),
    )
    return [
        ["right as the model wrote it", f"{own} of {len(seen)}"],
        ["of these right in the answer", f"{both} of {own}"],
    ]


_OUTCOMES = ("written", "mended", "rewritten", "dropped")


def _by_model(answer: Answer) -> bool:
    return answer.answerer == "model" and not answer.declined


def _slices(scores: Sequence[Score]) -> int:
    return sum(len(each.answer.citations) for each in scores)


def _doubtful(told: Told) -> Iterator[str]:
    yield from (f"quotation “{words}”" for words in told.score.false_quotations)
    yield from (f"slice [{number}]" for number in told.score.inexact)
    yield from told.unsupported
    yield from (f"names side by side: {line}" for line in told.joined)


def _times(told: Sequence[Told]) -> list[list[str]]:
    writing, pieces = sum(each.writing for each in told), sum(each.pieces for each in told)
    overheads = [each.overhead * 1000 for each in told if each.overhead is not None]
    checks = [sum(each.checks) * 1000 / each.made.written for each in told if each.made.written]
    whole = [each.score.seconds for each in told]
    return [
        ["tokens a second, as the model sends them", f"{pieces / writing:.1f}" if writing else "–"],
        ["first drafted token, beyond the model's own time", _spread(overheads, "ms")],
        ["checking, a sentence that was written (mean of an answer)", _spread(checks, "ms")],
        ["a whole answer", _spread(whole, "s")],
    ]


def _spread(values: Sequence[float], unit: str) -> str:
    if not values:
        return "–"
    high = percentile(values, 95)
    return (
        f"median {median(values):.1f} {unit}, p95 {high:.1f} {unit}, most {max(values):.1f} {unit} (n = {len(values)})"
    )
