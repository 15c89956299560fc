"""An article goes in; its sentences and its passages come out, each with exact offsets.

A line break always ends a sentence, so headlines, bylines and speaker labels never run into the text around them.
Passages are whole sentences in a row: nothing is cut mid-sentence unless one sentence alone is longer than the
embedding model reads. Langchain's splitters are not used here because they give no offsets that hold (they search
for the chunk's text again, which finds the first of two equal chunks).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from sentencex import segment

from retriever.records import Article, Passage, Sentence

VERSION = "2"  # in the index's identity: another version means that passages are made and embedded anew

# Chosen by measurement (README, "What each part adds"): three sentences, at most about 200 tokens of the 256 that the
# embedding model reads, since the title goes in front of them.
SENTENCES_A_PASSAGE = 3
MOST_CHARACTERS = 900
LONGEST_SENTENCE = 1200  # characters; a longer one (tables, lists without stops) is cut at a space

_LINE = re.compile(r"[^\n]+")
_SPACE = re.compile(r"\s")
# "SECRETARY BLINKEN:", "MR PRICE:", "QUESTION:", "PREMIER EGEDE:", "Q:": a label is capitals, with titles, initials,
# digits and hyphens, up to seven words at the start of a line. Some transcripts write a bare "Q" and two spaces.
_TURN = re.compile(
    r"(?P<label>[A-Z][A-Z0-9.'’\-]*(?: (?:[A-Z0-9(][A-Z0-9.'’\-()]*|of|de|al|bin|von)){0,6}):(?=\s|$)"
    r"|(?P<reporter>Q)(?=[\s\u00a0]{2})"
)


def turn_label(line: str) -> str | None:
    """The speaker's label that opens a line of a transcript ("SECRETARY BLINKEN"), or None."""
    match = _TURN.match(line.lstrip())
    return (match["label"] or match["reporter"]) if match else None


def sentences(text: str) -> list[Sentence]:
    """All sentences of a text, in order, without the white space around them. A speaker's label stays in its sentence.

    Method: sentencex (Wikimedia) within each line; it keeps "U.S. Secretary", "Sen. Graham (R-S.C.)" and stops inside
    quotation marks together.
    """
    return [piece for line in _LINE.finditer(text) for piece in _sentences_of_line(text, line.start(), line.end())]


def _sentences_of_line(text: str, start: int, end: int) -> Iterator[Sentence]:
    position = start
    for piece in segment("en", text[start:end]):
        found = text.find(piece, position, end)
        if found < 0:  # the library changed a character: the rest of the line is one sentence
            yield from _trimmed(text, position, end)
            return
        yield from _trimmed(text, found, found + len(piece))
        position = found + len(piece)
    yield from _trimmed(text, position, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = next((m.start() for m in reversed(list(_SPACE.finditer(text, start, start + LONGEST_SENTENCE)))), 0)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        yield Sentence(start, cut)
        start = cut + 1 if text[cut : cut + 1].isspace() else cut
    if start < end:
        yield Sentence(start, end)


def speakers(text: str, of: list[Sentence]) -> list[str | None]:
    """For each sentence the label of the turn it belongs to, None before the first turn and in plain articles.

    One label alone makes no transcript ("CORRECTION: …", "WASHINGTON: …"): at least two turns are wanted.
    """
    labels: list[str | None] = []
    current: str | None = None
    turns = 0
    for sentence in of:
        if _opens_line(text, sentence.start):
            label = turn_label(text[sentence.start : sentence.end])
            if label:
                current, turns = label, turns + 1
        labels.append(current)
    return labels if turns >= 2 else [None] * len(of)


def _opens_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, start) + 1 : start].strip()


def passages(article: Article) -> list[Passage]:
    """The article's passages in order: up to three sentences, up to 900 characters, never across two speakers."""
    whole = sentences(article.text)
    spoken = speakers(article.text, whole)
    groups: list[list[int]] = []
    for index, sentence in enumerate(whole):
        if groups and _fits(whole, spoken, groups[-1], sentence, spoken[index]):
            groups[-1].append(index)
        else:
            groups.append([index])
    return [
        _passage(article, ordinal, whole[group[0]].start, whole[group[-1]].end, spoken[group[0]])
        for ordinal, group in enumerate(groups)
    ]


def _fits(
    whole: list[Sentence], spoken: list[str | None], group: list[int], sentence: Sentence, speaker: str | None
) -> bool:
    return (
        len(group) < SENTENCES_A_PASSAGE
        and spoken[group[0]] == speaker
        and sentence.end - whole[group[0]].start <= MOST_CHARACTERS
    )


def _passage(article: Article, ordinal: int, start: int, end: int, speaker: str | None) -> Passage:
    text = article.text[start:end]
    identity = hashlib.sha256(f"{article.id}\0{start}\0{end}\0{text}".encode()).hexdigest()[:24]
    return Passage(identity, article.id, ordinal, start, end, text, speaker)


def embedded_text(article: Article, passage: Passage) -> str:
    """What the embedding model reads for a passage: the title in front, so that "he" and "the talks" have a home."""
    return f"{article.title}\n{passage.text}" if article.title else passage.text
