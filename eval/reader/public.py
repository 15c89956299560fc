"""Public question sets as examples: each function reads one set as its authors publish it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.reader.examples import Example, Span, Text, overlapping
from retriever import splitting
from service.reader.windows import grouped

Vectors = Callable[[Sequence[str]], NDArray[np.float32]]
HARD = 6  # texts that look like an answer and are none, beside those that answer


def held_out(titles: Sequence[str]) -> set[str]:
    """Every second title, in alphabetical order: those of SQuAD that are measured on and never learned from."""
    return set(sorted(titles)[1::2])


def squad(file: Path, *, titles: Callable[[Sequence[str]], set[str]], vectors: Vectors) -> Iterator[Example]:
    """SQuAD 1.1, 2.0 and XQuAD. ``titles`` chooses articles of those that there are. An unanswerable question's own
    paragraph is what looks like an answer; an answerable one's: other windows of the article, the nearest.
    """
    articles = json.loads(file.read_text("utf-8"))["data"]
    chosen = titles([each["title"] for each in articles])
    for article in articles:
        if article["title"] in chosen:
            yield from _squad_article(article, vectors)


def _squad_article(article: dict[str, Any], vectors: Vectors) -> Iterator[Example]:
    head = f"{article['title'].replace('_', ' ')}. "
    pieces = [list(_windows(each["context"])) for each in article["paragraphs"]]
    every = [(place, start, end) for place, each in enumerate(pieces) for start, end in each]
    texts = [article["paragraphs"][place]["context"][start:end] for place, start, end in every]
    near = vectors(texts)
    for place, paragraph in enumerate(article["paragraphs"]):
        asked = paragraph["qas"]
        likeness = vectors([each["question"] for each in asked]) @ near.T
        for row, each in enumerate(asked):
            answers = sorted({(a["answer_start"], a["answer_start"] + len(a["text"])) for a in each["answers"]})
            answers = [] if each.get("is_impossible") else answers[:1]
            order = [int(n) for n in np.argsort(-likeness[row])]
            own = [n for n in order if every[n][0] == place]
            kept = [*own[:3], *[n for n in order if every[n][0] != place][: HARD - 2]]
            given = [
                _squad_text(head, every[n], paragraph["context"] if n in own else texts[n], n in own, answers)
                for n in kept
            ]
            # an answerable question's window may fall out of the nearest three of its own paragraph
            if answers and not any(text.answers for text in given):
                right = [n for n in own if overlapping(answers, *every[n][1:])]
                given += [_squad_text(head, every[n], paragraph["context"], True, answers) for n in right[:1]]
            yield Example(each["question"], tuple(given), article["title"], "squad")


def _squad_text(head: str, place: tuple[int, int, int], context: str, own: bool, answers: Sequence[Span]) -> Text:
    if not own:
        return Text(head + context, False)
    _, start, end = place
    whole = [(a, b) for a, b in answers if start <= a and b <= end]
    spans = tuple((a - start + len(head), b - start + len(head)) for a, b in whole)
    around = [(s.start, s.end) for s in splitting.sentences(context) if overlapping(whole, s.start, s.end)]
    evidence = tuple((a - start + len(head), b - start + len(head)) for a, b in overlapping(around, start, end))
    return Text(head + context[start:end], bool(spans), evidence, spans)


def _windows(text: str) -> Iterator[Span]:
    for group in grouped(splitting.sentences(text)):
        yield group[0].start, group[-1].end


def pairs(file: Path, *, vectors: Vectors) -> Iterator[Example]:
    """Du et al.'s pairs of a question and the sentence that answers it. Sentences that stand near each other in the
    file are of one article: a window is made of a sentence and a neighbour, what looks like an answer of others.
    """
    rows = [line.split("\t") for line in file.read_text("utf-8").splitlines() if line.count("\t") == 1]
    sentences = list(dict.fromkeys(sentence.strip() for _, sentence in rows))
    place = {sentence: n for n, sentence in enumerate(sentences)}
    near = vectors(sentences)
    for n, (question, sentence) in enumerate(rows):
        own = place[sentence.strip()]
        low, high = max(0, own - 60), min(len(sentences), own + 60)
        likeness = near[low:high] @ near[own] if n % 2 else near[low:high] @ vectors([question])[0]
        order = [low + int(k) for k in np.argsort(-likeness) if low + int(k) != own]
        text = sentences[own]
        beside = sentences[own - 1] if n % 3 == 0 and own else sentences[min(own + 1, len(sentences) - 1)]
        joined, at = (f"{beside} {text}", len(beside) + 1) if n % 2 else (f"{text} {beside}", 0)
        if beside == text or len(joined) > 700:
            joined, at = text, 0
        right = Text(joined, True, ((at, at + len(text)),))
        wrong = [Text(" ".join(sentences[k] for k in order[at : at + 2] if k != own), False) for at in (0, 2, 4, 6)]
        yield Example(question, (right, *wrong), f"pairs-{own // 40}", "pairs")


def natural(file: Path, *, vectors: Vectors) -> Iterator[Example]:
    """QED over Natural Questions: the sentence that supports an answer; paragraphs of like questions look like one."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    near = vectors([row["paragraph_text"][:600] for row in rows])
    asked = vectors([row["question_text"] for row in rows])
    for n, row in enumerate(rows):
        text, head = row["paragraph_text"], f"{row['title_text']}. "
        answers = [(a["start"], a["end"]) for each in row["original_nq_answers"][:1] for a in each]
        starts = [*row["sentence_starts"], len(text)]
        sentences = list(pairwise(starts))
        likely = [k for k in np.argsort(-(near @ asked[n])) if k != n and rows[k]["title_text"] != row["title_text"]]
        texts = list(_natural_texts(head, text, sentences, answers))
        if not any(each.answers for each in texts):
            continue
        others = [Text(f"{rows[k]['title_text']}. {rows[k]['paragraph_text'][:480]}", False) for k in likely[:3]]
        yield Example(row["question_text"], (*texts[:5], *others), row["title_text"], "natural")


def _natural_texts(head: str, text: str, sentences: Sequence[Span], answers: Sequence[Span]) -> Iterator[Text]:
    """Windows of a paragraph, those that hold the answer first."""
    groups: list[list[Span]] = []
    for sentence in sentences:
        if groups and sentence[1] - groups[-1][0][0] <= 480:
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    found = []
    for group in groups:
        start, end = group[0][0], group[-1][1]
        shift = len(head) - start
        spans = tuple((a + shift, b + shift) for a, b in answers if start <= a and b <= end)
        evidence = tuple((a + shift, b + shift) for a, b in group if overlapping(answers, a, b)) if spans else ()
        found.append(Text(head + text[start:end], bool(spans), evidence, spans))
    yield from sorted(found, key=lambda each: not each.answers)


def dated(file: Path, *, vectors: Vectors) -> Iterator[Example]:
    """TimeQA: the same question asked of several years, the page's other paragraphs as what looks like an answer."""
    for page in json.loads(file.read_text("utf-8")):
        paragraphs = [each if isinstance(each, str) else each.get("text", "") for each in page["paras"]]
        head = f"{page['link'].removeprefix('/wiki/').replace('_', ' ')}. "
        near = vectors([each[:600] for each in paragraphs])
        for question, marked in page["questions"]:
            spans = [(a["para"], a["from"], a["end"]) for a in marked if a.get("answer")]
            likely = [int(k) for k in np.argsort(-(near @ vectors([question])[0]))]
            right = {k for k, _, _ in spans}
            texts = [
                _dated_text(head, paragraphs[k], [(a, b) for p, a, b in spans if p == k]) for k in sorted(right)[:2]
            ]
            texts += [Text(head + paragraphs[k][:480], False) for k in likely if k not in right][:5]
            yield Example(question, tuple(texts), page["link"], "dated")


def _dated_text(head: str, text: str, spans: Sequence[Span]) -> Text:
    """480 characters around the answer."""
    first = spans[0][0]
    start = max(0, first - 200)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    kept = [(a, b) for a, b in spans if b <= start + 480]
    shift = len(head) - start
    around = [
        (s.start + shift, s.end + shift)
        for s in splitting.sentences(text[: start + 480])
        if overlapping(kept, s.start, s.end)
    ]
    evidence = tuple((max(a, len(head)), b) for a, b in around)
    return Text(head + text[start : start + 480], True, evidence, tuple((a + shift, b + shift) for a, b in kept))
