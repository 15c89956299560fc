"""How well the entailment model alone tells sentences that a passage bears out from others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from eval.support import Case
from service.entailing.model import Entailed
from service.entailing.rows import head


def told_apart(cases: Sequence[Case], entailed: Callable[[str, str], Entailed]) -> dict[str, float]:
    """The area under the ROC curve by ``says``: of all, and of each kind of altered sentence beside all faithful ones
    and of each kind of faithful sentence beside all altered ones.
    """
    from sklearn.metrics import roc_auc_score

    says = [
        entailed(head(each.source.hit.article) + each.source.hit.passage.text, each.sentence).says for each in cases
    ]
    found = {}
    for kind in ("all", *sorted({each.kind for each in cases})):
        own = {each.good for each in cases if each.kind == kind}
        kept = [n for n, each in enumerate(cases) if kind in ("all", each.kind) or {each.good} != own]
        found[kind] = round(float(roc_auc_score([cases[n].good for n in kept], [says[n] for n in kept])), 3)
    return found
