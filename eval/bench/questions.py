"""Generated articles go in, questions with their evidence come out, each of which one article alone can answer.

The questions were written by hand for the sample articles (``questions.jsonl``), a quarter near the words of the source
and the others in words of their own; the names in them are replaced as they are in the article.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from eval.bench.articles import SEED, Maker
from eval.matching import locate

COUNT: Final = 200
AMONG: Final = 1_000  # the first articles, which every size holds: sizes are asked the same
WITHIN: Final = 50_000  # the articles of which one alone may answer a question
_FILE: Final = Path(__file__).with_name("questions.jsonl")


@dataclass(frozen=True, slots=True)
class Posed:
    """A question, with the new names that it holds and the number of its article."""

    number: int
    names: frozenset[str]
    values: Mapping[str, Any]  # as it is written: a case of eval.cases, and whether it is paraphrased


def questions(maker: Maker, *, count: int = COUNT, among: int = AMONG, within: int = WITHIN) -> list[dict[str, Any]]:
    """At most ``count``, half of them paraphrased, about the first ``among`` articles, at most two about each.

    Only such as hold names that no other of ``within`` articles holds together.
    """
    posed = list(_posed(maker, among))
    holding: dict[str, set[int]] = defaultdict(set)
    sought = frozenset[str]().union(*(each.names for each in posed))
    for number in range(max(among, within)):
        for name in maker.names(number) & sought:
            holding[name].add(number)
    alone = [each for each in posed if set.intersection(*(holding[name] for name in each.names)) == {each.number}]
    chosen = [
        each
        for paraphrased in (True, False)
        for each in [one for one in alone if one.values["paraphrased"] is paraphrased][: count // 2]
    ]
    return [dict(each.values) for each in sorted(chosen, key=lambda each: str(each.values["id"]))]


def _posed(maker: Maker, among: int) -> Iterator[Posed]:
    """Two for each article that has such questions, one of either wording; articles in an order drawn by the seed."""
    written = _written()
    random = Random(SEED)  # noqa: S311 - has to come out the same again
    for number in random.sample(range(among), among):
        patterns = written.get(maker.template(number).name, ())
        for paraphrased in (True, False):
            of_wording = [each for each in patterns if each["paraphrased"] is paraphrased]
            if of_wording and (found := _asked(maker, number, random.choice(of_wording))) is not None:
                yield found


def _asked(maker: Maker, number: int, pattern: Mapping[str, Any]) -> Posed | None:
    """None where the evidence does not stand in the article, because its paragraph is missing, or stands there twice,
    or where the question has no name in it, or one that only the missing paragraph had.
    """
    article, chosen, parser = maker.article(number), maker.cast(number), maker.parser
    evidence = chosen.text(parser.parts(pattern["evidence"]))
    parts = parser.parts(pattern["question"])
    names = chosen.named(parts)
    there = chosen.named(part for paragraph in maker.paragraphs(number) for part in paragraph)
    if (
        not names
        or not names <= there
        or len(locate(evidence, article.text)) != 1
        or (start := article.text.find(evidence)) < 0
    ):
        return None
    answer = [[chosen.text(parser.parts(other)) for other in others] for others in pattern["answer"]]
    place = {"document": article.id, "text": evidence, "start": start, "end": start + len(evidence)}
    values = {
        "id": f"{article.id}-{'paraphrased' if pattern['paraphrased'] else 'verbatim'}",
        "kind": pattern["kind"],
        "question": chosen.text(parts),
        "answer": answer,
        "evidence": [place],
        "paraphrased": pattern["paraphrased"],
    }
    return Posed(number, names, values)


def _written() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The questions written by hand, by sample article."""
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        pattern = json.loads(line)
        found[pattern["article"]].append(pattern)
    return found
