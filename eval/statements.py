"""``python -m eval.statements GOLD.jsonl --out PRED.jsonl``: runs the finder of statements over annotated articles.

GOLD, one article a line: {"id", "text"?, "published"?, "title"?, "statements": [{"source", "cue", "content", "head",
"speech", "style", "person"?, "addressee"?, "via"?, "said_on"?}]}, spans as [start, end) in code points. Where a line
has no text, the article of its id is read from ``--articles``.

A statement is found when the Jaccard overlap of its content's words with an annotated one's is at least 0.5 (greedy,
one to one); it is full when also the head of the annotated source lies in the predicted speaker. Person, addressee,
chain and date are counted over found statements. (Measure: Newell, Margolin and Ruths, "An Attribution Relations
Corpus for Political News", LREC 2018, with the head rule for sources.)
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from retriever.catalogue.words import tokens
from retriever.errors import RetrieverError
from retriever.reading import files, read
from retriever.records import Article, Statement
from retriever.statements import Finder, place_of

_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")
_FOUND = 0.5
Gold = Mapping[str, Any]


class Pair(NamedTuple):
    """An annotated statement and the one that was found for it."""

    gold: Gold
    found: Statement
    full: bool


def predicted(found: Statement, text: str) -> dict[str, Any]:
    """A statement in the shape of the annotation, with what the finder resolved."""
    source = _place(found.speaker_text, text, found)
    when = found.said_on
    return {
        "speaker": source, "cue": _place(found.cue, text, found), "content": [list(span) for span in found.slices],
        "speech": found.speech, "kind": found.kind, "person": found.speaker, "role": found.role,
        "addressee": found.addressee, "via": list(found.via),
        "said_on": when and {
            "from": when.first and when.first.isoformat(), "to": when.last and when.last.isoformat(),
            "precision": when.precision, "basis": when.basis,
        },
    }  # fmt: skip


def _place(words: str, text: str, found: Statement) -> list[list[int]]:
    place = place_of(words, found, text)
    return [list(place)] if place else []


def paired(gold: Sequence[Gold], found: Sequence[Statement], text: str) -> list[Pair]:
    """The best one-to-one assignment, taken greedily from the largest overlap down."""
    places = {at: n for n, match in enumerate(_WORD.finditer(text)) for at in range(*match.span())}

    def ids(spans: Sequence[Sequence[int]]) -> frozenset[int]:
        return frozenset(places[at] for start, end in spans for at in range(start, end) if at in places)

    ours, theirs = [ids(each.slices) for each in found], [ids(each["content"]) for each in gold]
    overlaps = sorted(
        ((len(a & b) / len(a | b), i, j) for i, a in enumerate(theirs) for j, b in enumerate(ours) if a & b),
        reverse=True,
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for overlap, i, j in overlaps:
        if overlap < _FOUND or i in taken[0] or j in taken[1]:
            continue
        taken[0].add(i)
        taken[1].add(j)
        head, speaker = ids(gold[i]["head"]), ids(_place(found[j].speaker_text, text, found[j]))
        pairs.append(Pair(gold[i], found[j], bool(head & speaker) if head else not speaker))
    return pairs


def counts(gold: Sequence[Gold], found: Sequence[Statement], text: str) -> Counter[str]:
    """Numbers of one article, to be added up."""
    pairs = paired(gold, found, text)
    counted = Counter(gold=len(gold), predicted=len(found), found=len(pairs), full=sum(pair.full for pair in pairs))
    for name, (known, right) in ASPECTS.items():
        of = [pair for pair in pairs if known(pair.gold)]
        counted[f"{name} of"] += len(of)
        counted[f"{name} right"] += sum(right(pair) for pair in of)
    named = [pair for pair in pairs if pair.found.speaker and pair.gold.get("person")]
    counted["wrong person"] += sum(not _same_person(pair) for pair in named)
    return counted


def _same_person(pair: Pair) -> bool:
    """The same people: each annotated name shares its words, in any order, with the found one."""
    wanted = [set(tokens(name)) for name in re.split(r"; ", pair.gold["person"])]
    given = set(tokens(pair.found.speaker or ""))
    return bool(given) and all(name & given for name in wanted)


def _same_addressee(pair: Pair) -> bool:
    return bool(set(tokens(pair.gold["addressee"])) & set(tokens(pair.found.addressee or "")))


def _same_chain(pair: Pair) -> bool:
    ours = [set(tokens(each)) for each in pair.found.via]
    theirs = [set(tokens(each)) for each in pair.gold["via"]]
    return len(ours) == len(theirs) and all(a & b for a, b in zip(ours, theirs, strict=True))


def _same_date(pair: Pair) -> bool:
    wanted, when = pair.gold["said_on"], pair.found.said_on
    if not wanted.get("from"):
        return when is None or when.first is None
    if when is None or when.first is None or when.last is None:
        return False
    return (when.first, when.last) == (date.fromisoformat(wanted["from"]), date.fromisoformat(wanted["to"]))


ASPECTS: Mapping[str, tuple[Callable[[Gold], bool], Callable[[Pair], bool]]] = {
    "person": (lambda gold: bool(gold.get("person")), _same_person),
    "addressee": (lambda gold: bool(gold.get("addressee")), _same_addressee),
    "chain": (lambda gold: bool(gold.get("via")), _same_chain),
    "date": (lambda gold: bool(gold.get("said_on")), _same_date),
    "kind": (lambda gold: "style" in gold, lambda pair: pair.found.kind == pair.gold["style"]),
}


def articles(gold: Sequence[Gold], folder: Path | None) -> Iterator[Article]:
    """The article of each line. Raises ValueError where one is neither in its line nor in the folder."""
    stored: dict[str, Article] = {}
    if folder:
        for path, name in files([folder]):
            stored |= {each.id: each for each in read(path, name=name) if isinstance(each, Article)}
    for line in gold:
        if "text" in line:
            day = line.get("published")
            yield Article(line["id"], line["text"], line.get("title"), published=day and date.fromisoformat(day))
        elif line["id"] in stored:
            yield stored[line["id"]]
        else:
            raise ValueError(f"article {line['id']} has no text and is not in {folder}. Give --articles FOLDER.")


def as_markdown(total: Counter[str], words_a_second: float) -> str:
    """The figures, to read."""
    lines = [f"{total['gold']} annotated, {total['predicted']} predicted, {words_a_second:.0f} words/s", ""]
    for name in ("found", "full"):
        precision, recall = total[name] / max(1, total["predicted"]), total[name] / max(1, total["gold"])
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        lines.append(f"- {name}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    lines += [
        f"- {name} right: {total[f'{name} right'] / of:.3f} of {of} found statements that have one"
        for name in ASPECTS
        if (of := total[f"{name} of"])
    ]
    lines.append(f"- wrong person named: {total['wrong person'] / max(1, total['found']):.3f}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: an article is not there; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.statements", description="Measures the finder of statements.")
    parser.add_argument("gold", type=Path, metavar="GOLD.jsonl")
    parser.add_argument("--out", type=Path, help="write what was found, one article a line")
    parser.add_argument("--articles", type=Path, help="folder of the articles, where GOLD has no texts")
    parser.add_argument("--beliefs", action="store_true", help="find and count plans and beliefs too")
    given = parser.parse_args(arguments)
    gold = [json.loads(line) for line in given.gold.read_text("utf-8").splitlines()]
    finder = Finder(threads=1)
    total: Counter[str] = Counter()
    written, words, seconds = [], 0, 0.0
    try:
        for line, article in zip(gold, articles(gold, given.articles), strict=True):
            started = time.perf_counter()
            found = [each for each in finder.find(article) if given.beliefs or each.speech]
            seconds += time.perf_counter() - started
            words += len(article.text.split())
            written.append({"id": line["id"], "statements": [predicted(each, article.text) for each in found]})
            wanted = [each for each in line["statements"] if given.beliefs or each["speech"]]
            total += counts(wanted, found, article.text)
    except (ValueError, RetrieverError) as error:
        sys.stderr.write(f"eval.statements: {error}\n")
        return 1
    if given.out:
        given.out.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in written), "utf-8")
    sys.stdout.write(as_markdown(total, words / seconds if seconds else 0.0) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
