"""``python -m eval.templates``: questions made from an index's own sentences, to learn with beside those of people.

They quote their source in whole or in part, or ask for its rarest words, so that a question path learns what it means
that a question's own words stand in a sentence. They are no measure of how people ask.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from retriever import splitting
from retriever.catalogue import Catalogue
from retriever.errors import RetrieverError
from retriever.records import Article, Sentence
from retriever.wording import content_words
from service.evidence import ROLES

SEED = 20240
_FEWEST, _MOST = 12, 40  # words of a sentence that is asked about
_RARE = 6  # of a sentence's rarest words some are asked for
_KEPT = 0.65  # share of a sentence's words in a question that repeats it roughly
_MARKS = ".,;:?!“”\"'"
_ASKS = ("When did", "Where did", "Why did", "How did", "Which")
_SPOKE = ("used the words", "spoke of", "said")
_FORMS = ("quoted", "when quoted", "about", "roughly", "few words", "words", "title")


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence that a question is made of. ``speaker``: as its turn is labelled, in a transcript."""

    article: Article
    sentence: Sentence
    words: list[str]
    rare: list[str]
    speaker: str | None


def made(catalogue: Catalogue, count: int, *, seed: int = SEED) -> list[dict[str, Any]]:
    """At most ``count`` questions in the format of the evaluation, evidence by offsets, each of another article."""
    chance = random.Random(seed)  # noqa: S311 - a choice that can be repeated, not a secret
    entries = catalogue.articles(limit=1_000_000).entries
    ids = sorted(entry.id for entry in entries if entry.duplicate_of is None)
    chance.shuffle(ids)
    questions: list[dict[str, Any]] = []
    for id_ in ids:
        asked = _asked(catalogue.article(id_), catalogue, chance)
        if asked:
            question = _question(asked, _FORMS[len(questions) % len(_FORMS)], chance)
            evidence = {"document": id_, "start": asked.sentence.start, "end": asked.sentence.end}
            questions.append({"id": f"made-{len(questions)}", **question, "evidence": [evidence]})
        if len(questions) == count:
            break
    return questions


def _asked(article: Article, catalogue: Catalogue, chance: random.Random) -> Asked | None:
    spoken = splitting.turns(article.text)
    fitting = list(_fitting(article))
    if not fitting:
        return None
    sentence, words = chance.choice(fitting)
    content = list(dict.fromkeys(content_words(" ".join(words))))
    if len(content) < _RARE:
        return None
    counts = catalogue.frequencies(content)
    label = splitting.speaker_at(spoken, sentence.start)
    named = label and not ROLES & set(label.lower().replace(".", "").split())
    return Asked(
        article, sentence, words, sorted(content, key=lambda word: counts[word])[:_RARE], label if named else None
    )


def _fitting(article: Article) -> Iterator[tuple[Sentence, list[str]]]:
    for sentence in splitting.sentences(article.text):
        text = article.text[sentence.start : sentence.end]
        words = text[splitting.after_label(text) :].split()
        if _FEWEST <= len(words) <= _MOST and text.endswith((".", ".”", '."')):
            yield sentence, words


def _question(asked: Asked, form: str, chance: random.Random) -> dict[str, Any]:
    """Kind, question and answer. A form that asks for what the article does not have asks for rare words instead."""
    some = chance.sample(asked.rare, chance.randint(2, 4))
    speaker = asked.speaker.title() if asked.speaker else None
    name = speaker or (asked.article.author or "the statement").split(",")[0]
    if form in ("when quoted", "title") and asked.article.published:
        if title := asked.article.title if form == "title" and _is_at_the_top(asked) else None:
            return _dated(asked.article.published, f"When was “{title}”?")
        if speaker and form == "when quoted":
            return _dated(asked.article.published, f"When did {speaker} say “{_quote(asked, chance)}”?")
    questions = {
        "quoted": ("who", f"Who said “{_quote(asked, chance)}”?", name.split()[-1]),
        "few words": ("who", f"Who {chance.choice(_SPOKE)} “{_few(asked, chance)}”?", name.split()[-1]),
        "roughly": ("who", f"Who said that {_roughly(asked, chance)}?", name.split()[-1]),
        "about": ("what", f"What did {name} say about {', '.join(some[:-1])} and {some[-1]}?", some[0]),
    }
    otherwise = ("what", f"{chance.choice(_ASKS)} {' '.join(some)}?", some[0])
    kind, question, answer = questions.get(form, otherwise)
    return {"kind": kind, "question": question, "answer": [[answer]]}


def _dated(day: date, question: str) -> dict[str, Any]:
    return {"kind": "when", "question": question, "answer": [[day.isoformat()]]}


def _is_at_the_top(asked: Asked) -> bool:
    return asked.sentence.start < splitting.MOST_CHARACTERS


def _quote(asked: Asked, chance: random.Random) -> str:
    return " ".join(asked.words[: chance.randint(10, 22)]).strip(_MARKS)


def _few(asked: Asked, chance: random.Random) -> str:
    at = chance.randrange(len(asked.words) - 5)
    return " ".join(asked.words[at : at + chance.randint(3, 5)]).strip(_MARKS)


def _roughly(asked: Asked, chance: random.Random) -> str:
    return " ".join(word for word in asked.words if chance.random() < _KEPT).strip(_MARKS)


def _count(written: str) -> int:
    value = int(written)
    if value < 1:
        raise ValueError(written)
    return value


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: the index cannot be used; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.templates", description="Makes questions to learn with.")
    parser.add_argument("data", type=Path, metavar="DATA", help="index folder of the articles")
    parser.add_argument("out", type=Path, metavar="QUESTIONS", help="file to write, JSON lines")
    parser.add_argument("--count", type=_count, default=300, metavar="N", help="how many at most (default 300)")
    given = parser.parse_args(arguments)
    if not (given.data / "catalogue.sqlite").exists():
        sys.stderr.write(f"eval.templates: {given.data} holds no index. Run whosaid ingest first.\n")
        return 1
    try:
        questions = made(Catalogue(given.data), given.count)
        given.out.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in questions), "utf-8")
    except (RetrieverError, OSError) as error:
        sys.stderr.write(f"eval.templates: {error}\n")
        return 1
    sys.stdout.write(f"{len(questions)} questions written to {given.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
