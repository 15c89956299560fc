"""The project's own questions as examples: asked of an index, so that what looks like an answer is what the question
path would meet; and questions made of statements, right and with somebody else's name.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.learning import article_of
from eval.reader.examples import Example, Span, Text, occurrences, overlapping
from retriever import splitting
from retriever.records import Article, Query, Statement
from retriever.wording import content_words
from service.answering import HITS, Answering
from service.parts import Parts
from service.question import asking
from service.reader.windows import Window, grouped, window, windows
from service.records import Question, Turn

MOST_TEXTS = 24  # of a question, the likeliest first
_FEWEST, _MOST = 8, 30  # words of a statement that is asked about
_ELSEWHERE = 12  # statements of an article that are asked about at most


def written(file: Path, parts: Parts) -> Iterator[Example]:
    """Questions written by hand, in the format of the evaluation, evidence and ``span`` by offsets."""
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        example = _written(row, parts)
        if example:
            yield example


def _written(row: Mapping[str, Any], parts: Parts) -> Example | None:
    answering = parts.answering
    if not isinstance(answering, Answering):
        raise TypeError(f"the question path {type(answering).__name__} shows no candidates")
    history = tuple(Turn(turn["role"], turn["content"]) for turn in row.get("history", ()))
    asked = asking.understand(Question(row["question"], history))
    candidates = answering.evidence.candidates(asked, parts.search.search(Query(asked.search_text, limit=HITS)))
    chances = [answering.ranking.choosing.of(each.features) for each in candidates]
    texts, found = [], False
    for read, inside in windows(candidates):
        text = _text(row, candidates[inside.start].hit.article, read)
        found = found or text.answers
        if not text.answers and _may_answer(row, text.text, candidates[inside.start].hit.article.id):
            continue
        texts.append((max(chances[n] for n in inside), text))
    missed = () if found else row.get("evidence", ())[:2]
    texts += [(1.0, _text(row, *_around(parts, evidence))) for evidence in missed]
    texts += [(1.0, Text(_around(parts, each)[1].text, False)) for each in row.get("tempting", ())]
    texts.sort(key=lambda pair: (not pair[1].answers, -pair[0]))
    if row.get("evidence") and not (texts and texts[0][1].answers):
        return None
    kept = {text.text: text for _, text in reversed(texts[:MOST_TEXTS])}
    return Example(asked.search_text, tuple(reversed(kept.values())), article_of(row), row["kind"]) if kept else None


def _around(parts: Parts, place: Mapping[str, Any]) -> tuple[Article, Window]:
    """The window of an article that holds a place, for what the search did not find."""
    article = parts.articles.article(place["document"])
    for passage in parts.articles.passages(article.id):
        if passage.start <= place["start"] < passage.end:
            inside = [s for s in splitting.sentences(article.text) if passage.start <= s.start < passage.end]
            groups = list(grouped(inside))
            group = next((g for g in groups if place["start"] < g[-1].end), groups[-1])
            return article, window(article, group, _speaking(parts, article, group))
    raise ValueError(f"no passage of {article.id} holds character {place['start']}")


def _speaking(parts: Parts, article: Article, group: Sequence[Any]) -> list[str]:
    said = parts.statements.of_article(article.id)
    return [s.speaker for s in said if s.speaker and s.start < group[-1].end and group[0].start < s.end][:3]


def _text(row: Mapping[str, Any], article: Article, read: Window) -> Text:
    places = [(e["start"], e["end"]) for e in row.get("evidence", ()) if e["document"] == article.id]
    evidence = [read.within(*place) for place in overlapping(places, read.start, read.end)]
    evidence = [(a, b) for a, b in evidence if b - a >= 15]
    if not evidence:
        return Text(read.text, False)
    return Text(read.text, True, tuple(evidence), tuple(_spans(row, article, read, evidence)))


def _spans(row: Mapping[str, Any], article: Article, read: Window, evidence: Sequence[Span]) -> list[Span]:
    """Where the answer stands: as marked; else its words within the evidence, else anywhere in the window."""
    marked = [(e["start"], e["end"]) for e in row.get("span", ()) if e["document"] == article.id]
    found = [read.within(*place) for place in marked if read.start <= place[0] and place[1] <= read.end]
    words = [article.text[start:end] for start, end in marked] or [word for group in row["answer"] for word in group]
    everywhere = [span for word in words for span in occurrences(word, read.text)]
    inside = [span for span in everywhere if overlapping(evidence, *span)]
    return found or inside or everywhere


def _may_answer(row: Mapping[str, Any], text: str, article: str) -> bool:
    """Whether a text outside of the evidence has the answer's words all the same, in the same article."""
    away = all(each["document"] != article for each in row.get("evidence", ()))
    if away or row["kind"] == "who":
        return False
    return all(any(occurrences(word, text) for word in group) for group in row["answer"])


def said(parts: Parts, count: int, *, seed: int) -> Iterator[Example]:
    """Questions made of statements: who said it, what somebody said about something; a third with another name, which
    nothing answers.
    """
    chance = random.Random(seed)  # noqa: S311 - a choice that can be repeated, not a secret
    ids = sorted(entry.id for entry in _entries(parts))
    chance.shuffle(ids)
    made = 0
    for id_ in ids:
        article, statements = parts.articles.article(id_), list(parts.statements.of_article(id_))
        fitting = [s for s in statements if s.speech and s.speaker and _FEWEST <= len(s.content.split()) <= 3 * _MOST]
        chance.shuffle(fitting)
        for statement in fitting[:_ELSEWHERE]:
            example = _said(parts, article, statement, statements, chance)
            if example:
                yield example
                made += 1
            if made == count:
                return


def _entries(parts: Parts) -> Sequence[Any]:
    from service.parts import Choice

    return [e for e in parts.articles.page(Choice(limit=1_000_000))[0] if e.duplicate_of is None]


def _said(
    parts: Parts, article: Article, statement: Statement, others: Sequence[Statement], chance: random.Random
) -> Example | None:
    names = sorted({s.speaker for s in others if s.speaker and not _alike(s.speaker, statement.speaker or "")})
    words = statement.content.split()
    topic = list(dict.fromkeys(content_words(statement.content)))
    if len(topic) < 4:
        return None
    about = " ".join(sorted(chance.sample(topic, 3), key=topic.index))
    start = chance.randrange(max(1, len(words) - 14))
    claim = " ".join(words[start : start + 14]).strip(" .,;:“”\"'")
    wrong = bool(names) and chance.random() < 0.4
    speaker = chance.choice(names) if wrong else statement.speaker
    forms = [f"What did {speaker} say about {about}?", f"Why did {speaker} say that {claim}?", f"{speaker} on {about}"]
    if not wrong:
        forms += [f"Who said that {claim}?", f"Who spoke about {about}?", f"who said {claim}"]
    question = chance.choice(forms)
    asks_who = question.lower().startswith("who")
    groups = [g for p in parts.articles.passages(article.id) for g in grouped(_sentences(article, p.start, p.end))]
    texts = []
    for group in groups:
        read = window(
            article,
            group,
            [s.speaker for s in others if s.speaker and s.start < group[-1].end and group[0].start < s.end][:3],
        )
        holds = overlapping(statement.slices, read.start, read.end)
        shared = len(set(content_words(read.text)) & set(content_words(question)))
        if holds and not wrong:
            evidence = tuple(read.within(*place) for place in holds)
            spans = tuple(occurrences(statement.speaker or "", read.text)) if asks_who else evidence[:1]
            texts.append((99, Text(read.text, True, evidence, spans)))
        else:
            texts.append((shared + 20 * bool(holds), Text(read.text, False)))
    texts.sort(key=lambda pair: -pair[0])
    return Example(question, tuple(text for _, text in texts[:7]), article.id, "said-wrong" if wrong else "said")


def _sentences(article: Article, start: int, end: int) -> list[Any]:
    return [s for s in splitting.sentences(article.text) if start <= s.start < end]


def _alike(one: str, other: str) -> bool:
    return bool(set(one.lower().split()) & set(other.lower().split()))
