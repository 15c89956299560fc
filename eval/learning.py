"""Examples go in, a logistic regression with its figures comes out, in the shape that ``service.weighing`` reads."""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.cases import Case, load
from eval.targets import opened
from service.weighing import WITHIN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from service.parts import Parts

FOLDS, SEED = 5, 20240
LEFT_OUT = 5
PRODUCTS_STRENGTH = 0.006  # inverse of the regularisation, chosen by cross-validation on the questions learned from


class LearningError(Exception):
    """Raised when nothing can be learned from what was given."""


@dataclass(frozen=True, slots=True)
class Regression:
    """Standardised features and their weights; ``unseen``: cross-validated chance of each example, in order."""

    written: dict[str, Any]  # "features": name -> mean, scale, weight; "intercept"
    unseen: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Examples as rows. Those of one group (an article, a question) are never on both sides of a fold."""

    names: Sequence[str]
    values: Sequence[Sequence[float]]
    labels: Sequence[bool]
    groups: Sequence[str]
    weights: Sequence[float] | None = None  # what each example counts, 1 where not given


def regression(table: Table, *, products: bool = False, strength: float = 1.0) -> Regression:
    """L2-regularised logistic regression, ``strength`` the inverse of the regularisation; with ``products`` also over
    the product of each two features and the square of each, which has a regularisation of its own. Raises LearningError
    where one of the two classes is too small.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer, PolynomialFeatures, StandardScaler

    matrix, truth = np.array(table.values, dtype=np.float64), np.array(table.labels, dtype=bool)
    if min(truth.sum(), (~truth).sum()) < FOLDS:
        raise LearningError(
            f"{truth.sum()} examples that hold and {(~truth).sum()} that do not are too few. "
            f"Give at least {FOLDS} of each."
        )
    more = (FunctionTransformer(_within), PolynomialFeatures(2, include_bias=False)) if products else ()
    strength = PRODUCTS_STRENGTH if products else strength
    model = make_pipeline(StandardScaler(), *more, LogisticRegression(C=strength, max_iter=3000))
    folds = GroupKFold(FOLDS, shuffle=True, random_state=SEED)
    counted = {
        "logisticregression__sample_weight": np.ones(len(truth)) if table.weights is None else np.array(table.weights)
    }
    unseen = cross_val_predict(
        model, matrix, truth, groups=np.array(table.groups), cv=folds, method="predict_proba", params=counted
    )[:, 1]
    model.fit(matrix, truth, **counted)
    scaler, weight = model[0], [float(w) for w in model[-1].coef_[0]]
    learned = zip(table.names, scaler.mean_, scaler.scale_, weight[: len(table.names)], strict=True)
    features = {name: {"mean": float(m), "scale": float(s), "weight": w} for name, m, s, w in learned}
    written: dict[str, Any] = {"features": features, "intercept": float(model[-1].intercept_[0])}
    if products:
        pairs = combinations_with_replacement(table.names, 2)  # the order in which PolynomialFeatures has them
        written["products"] = [[a, b, w] for (a, b), w in zip(pairs, weight[len(table.names) :], strict=True)]
    return Regression(written, unseen)


def _within(values: NDArray[Any]) -> NDArray[Any]:
    return values.clip(-WITHIN, WITHIN)


def ranking(
    names: Sequence[str], values: Sequence[Sequence[float]], labels: Sequence[bool], groups: Sequence[str]
) -> Regression:
    """Weights that put a right candidate of a question first (conditional logit: McFadden 1974, the chance that the
    first of the candidates is one of the right ones), then scaled so that a candidate's chance is calibrated.

    ``groups``: the question of each candidate. Questions without a right candidate teach nothing. Raises LearningError
    where none has one.
    """
    import numpy as np
    import torch

    matrix, truth = np.array(values, dtype=np.float64), np.array(labels, dtype=bool)
    mean, scale = matrix.mean(0), matrix.std(0) + 1e-9
    _, of = np.unique(np.array(groups), return_inverse=True)
    useful = np.isin(of, of[truth])
    if not useful.any():
        raise LearningError("no candidate of any question holds its answer. Is this the index of these questions?")
    x = torch.from_numpy((matrix - mean) / scale)
    y, question = torch.from_numpy(truth), torch.from_numpy(of)
    weights = torch.zeros(len(names), dtype=torch.float64, requires_grad=True)
    search = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")
    asked = torch.from_numpy(np.unique(of[useful]))

    def loss() -> torch.Tensor:
        search.zero_grad()
        scores = x @ weights
        every = torch.zeros(int(of.max()) + 1, dtype=torch.float64)
        powers = torch.exp(scores - scores.max().detach())
        total = every.index_add(0, question, powers)[asked]
        right = every.index_add(0, question, powers * y)[asked]
        value = -torch.log(right / total).mean() + 0.002 * (weights @ weights)
        value.backward()  # type: ignore[no-untyped-call]
        return value

    search.step(loss)  # type: ignore[no-untyped-call]
    found = weights.detach().numpy()
    scores = ((matrix - mean) / scale) @ found
    scaled = regression(Table(["score"], scores.reshape(-1, 1).tolist(), labels, groups))
    line = scaled.written["features"]["score"]
    slope = line["weight"] / line["scale"]
    features = {
        name: {"mean": float(m), "scale": float(s), "weight": float(w * slope)}
        for name, m, s, w in zip(names, mean, scale, found, strict=True)
    }
    return Regression(
        {"features": features, "intercept": scaled.written["intercept"] - line["mean"] * slope}, scaled.unseen
    )


def sets(given: Sequence[Sequence[Path]], *, unread: Sequence[Sequence[Path]] = ()) -> list[tuple[list[Case], Parts]]:
    """Cases and the opened index of each (questions, index folder); of ``unread`` only questions that the reader was
    not trained on. Raises LearningError for held-out questions.
    """
    for questions, _ in (*given, *unread):
        if "heldout" in questions.name.casefold():
            raise LearningError(f"{questions} is held out: nothing may be learned from it. Give development questions.")
    parts = {folder: opened(folder, learning=True)[0] for folder in dict.fromkeys(f for _, f in (*given, *unread))}
    every = [(load([questions]), parts[folder]) for questions, folder in given]
    for questions, folder in unread:
        ids = _unread(questions)
        every.append(([case for case in load([questions]) if case.id in ids], parts[folder]))
    return every


def _unread(questions: Path) -> set[str]:
    rows = [json.loads(line) for line in questions.read_text("utf-8").splitlines() if line.strip()]
    return {row["id"] for row in rows if left_out(article_of(row))}


def article_of(row: Mapping[str, Any]) -> str:
    """The article that a question is about, or its own id where it names none."""
    places = (*row.get("evidence", ()), *row.get("tempting", ()))
    return str(next((each["document"] for each in places), row["id"]))


def left_out(article: str) -> bool:
    """Whether the reader is never trained on questions about an article: those of every fifth are left for its figures
    and for the weights that are learned after it.
    """
    return zlib.crc32(article.encode()) % LEFT_OUT == 0


def learning_sets(parser: argparse.ArgumentParser) -> None:
    """The options that say what is learned from."""
    shown = ("QUESTIONS", "DATA")
    parser.add_argument(
        "--set", nargs=2, type=Path, action="append", default=[], metavar=shown, dest="sets",
        help="development questions and the index folder of their articles; may be given several times",
    )  # fmt: skip
    parser.add_argument(
        "--unread", nargs=2, type=Path, action="append", default=[], metavar=shown,
        help="the same, but only questions about articles that the reader was not trained on",
    )  # fmt: skip
    parser.add_argument(
        "--made", nargs=2, type=Path, action="append", default=[], metavar=shown,
        help="questions made by eval.templates: they teach where an answer stands and not whether one is right",
    )  # fmt: skip
