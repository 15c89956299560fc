"""The evidence of a case goes in with the passages found for it, best first; how well they are ranked comes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eval.metrics import Slice, evidence_found


def ndcg(
    ranks: Sequence[int], evidence: Sequence[Sequence[Slice]], grades: Sequence[int], ranked: Sequence[Slice]
) -> dict[int, float | None]:
    """Normalised discounted cumulative gain among the first ``k`` places, 0 to 1, for each ``k`` of ``ranks``.

    ``grades``: what each evidence text is worth, 1 or more. A text is gained once, by the first passage that overlaps
    it. A passage that overlaps several new ones takes as many places, so that what could be reached at best depends on
    the case alone and never on how passages are cut. None: the case has no evidence. Järvelin & Kekäläinen 2002,
    Cumulated gain-based evaluation of IR techniques; counted by trec_eval, whose gain is the grade itself.
    """
    if not evidence:
        return dict.fromkeys(ranks)
    import ir_measures

    places = list(_places(evidence, ranked))
    found = ir_measures.iter_calc(
        [ir_measures.nDCG @ k for k in ranks],
        {"case": {_name(n): grade for n, grade in enumerate(grades)}},
        {"case": {name: float(len(places) - place) for place, name in enumerate(places)}},
    )
    values = {metric.measure["cutoff"]: float(metric.value) for metric in found}
    return {k: values.get(k, 0.0) for k in ranks}  # where nothing was found at all, nothing is counted


def _places(evidence: Sequence[Sequence[Slice]], ranked: Sequence[Slice]) -> Iterator[str]:
    """The evidence texts in the order in which they are found, and what is not one, each by a name of its own."""
    left = dict(enumerate(evidence))
    for rank, passage in enumerate(ranked):
        new = [n for n, places in left.items() if evidence_found([places], [passage])]
        yield from map(_name, new) if new else [f"passage {rank}"]
        for n in new:
            del left[n]


def _name(number: int) -> str:
    return f"evidence {number}"
