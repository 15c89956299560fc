"""``python -m eval.quoting STATEMENTS.jsonl DATA``: questions that quote a statement, made of statements found by hand.

"Who said “…”?" and "When did … say “…”?" are how people check a quotation. What is asked for comes from the annotation
(eval/data/README.md), never from the index, so that the answers can be trusted to learn a confidence with.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from retriever.catalogue import Catalogue
from retriever.dating import day_in_words
from retriever.errors import RetrieverError

SEED, MOST_QUESTIONS = 20240, 200
_FEWEST, _MOST = 6, 14  # words that are quoted


def made(gold: Sequence[Mapping[str, Any]], catalogue: Catalogue, *, seed: int = SEED) -> list[dict[str, Any]]:
    """Questions in the format of the evaluation, evidence by offsets. ``gold``: an article's ``id`` and ``statements``
    a line. Raises ArticleNotFound.
    """
    chance = random.Random(seed)  # noqa: S311 - a choice that can be repeated, not a secret
    questions = []
    for line in gold:
        text = catalogue.article(line["id"]).text
        for statement in line["statements"]:
            start, end = max(statement["content"], key=lambda span: span[1] - span[0])
            quoted = _quoted(text[start:end], chance)
            if quoted and statement["speech"] and _is_name(statement["person"] or ""):
                evidence = [{"document": line["id"], "start": start, "end": end}]
                questions += [{**each, "evidence": evidence} for each in _asked(statement, quoted)]
    kept = chance.sample(questions, min(MOST_QUESTIONS, len(questions)))
    return [{"id": f"quoted-{number}", **question} for number, question in enumerate(kept)]


def _quoted(text: str, chance: random.Random) -> str | None:
    """Some words in a row, without quotation marks of their own; None where there are too few."""
    words = text.strip(" \"“”'.,;:").split()
    count = min(len(words), chance.randint(_FEWEST, _MOST))
    start = chance.randrange(len(words) - count + 1) if words else 0
    quoted = " ".join(words[start : start + count]).strip(".,;:")
    return quoted if count >= _FEWEST and not set(quoted) & set('"“”„«»') else None


def _is_name(person: str) -> bool:
    return bool(person) and all(word[0].isupper() for word in person.split())


def _asked(statement: Mapping[str, Any], quoted: str) -> Iterator[dict[str, Any]]:
    person, said_on = statement["person"], statement["said_on"]
    yield {"kind": "who", "question": f"Who said “{quoted}”?", "answer": [[person, *person.split()]]}
    if said_on and said_on["from"] and said_on["from"] == said_on["to"]:
        day = date.fromisoformat(said_on["from"])
        asked = f"When did {person} say “{quoted}”?"
        yield {"kind": "when", "question": asked, "answer": [[day_in_words(day), day.isoformat()]]}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: written to standard output; 1: the index cannot be used; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.quoting", description=__doc__)
    parser.add_argument("gold", type=Path, metavar="STATEMENTS.jsonl")
    parser.add_argument("data", type=Path, help="index folder of their articles")
    given = parser.parse_args(arguments)
    try:
        gold = [json.loads(line) for line in given.gold.read_text("utf-8").splitlines()]
    except (OSError, ValueError) as error:
        parser.error(f"{given.gold} cannot be read: {error}")
    try:
        questions = made(gold, Catalogue(given.data))
    except RetrieverError as error:
        sys.stderr.write(f"eval.quoting: {error}\n")
        return 1
    sys.stdout.writelines(json.dumps(question, ensure_ascii=False) + "\n" for question in questions)
    return 0


if __name__ == "__main__":
    sys.exit(main())
