"""An article goes in; its sentences and its passages come out, each with exact offsets.

A line break always ends a sentence, so headlines, bylines and speaker labels never run into the text around them.
Passages are whole sentences in a row: nothing is cut mid-sentence unless one sentence alone is longer than the
embedding model reads. Langchain's splitters are not used here because they give no offsets that hold (they search
for the chunk's text again, which finds the first of two equal chunks).
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from sentencex import segment

from retriever.records import Article, Passage, Sentence

VERSION = "5"  # in the index's identity: another version means that passages are made and embedded anew

# Chosen by measurement (README, "What each part adds"): with the title in front, this fills the 256 tokens that the
# embedding model reads.
MOST_CHARACTERS = 1000
LONGEST_SENTENCE = MOST_CHARACTERS  # a longer one (tables, lists without stops) is cut at a space

_LONGEST_STRETCH = 5000  # the library's time grows with the square of a line's quotation marks

_STOP = re.compile(r"[.!?。]['\"”’)]*\s+|。")
_LINE = re.compile(r"[^\n]+")
_SPACE = re.compile(r"\s")
_LONE_CAPITAL = re.compile(r"[A-Z]\s+\.")  # with a space of several bytes (no-break space) the library ends in a panic
# "SECRETARY BLINKEN:", "KING ABDULLAH :", "MR ÅSE (via interpreter):", "Q:": a label is capitals, with titles,
# initials, digits and hyphens, up to seven words at the start of a line. Some write a bare "Q" and two spaces.
_TURN = re.compile(
    r"\s*(?:(?P<label>\w[\w.'’\-]*(?:[ \u00a0][\w#][\w.'’\-]*){0,6})[ \u00a0]?(?:\([^()\n]{1,40}\)[ \u00a0]?)?:(?=\s|$)"
    r"|(?P<reporter>Q)(?=[\s\u00a0]{2}))\s*"
)
_SMALL = frozenset("of de del della di da al el bin ibn von van der den la le du dos".split())
_SMALL_START = re.compile(r"^(?:Mc|Mac)(?=[A-Z])")  # "SECRETARY McKEON"
# A line in capitals that nothing else repeats is a turn where it names a person or a role, else a heading ("TRADE: …").
_PERSON = re.compile(
    r"\b(?:M[RS]S?|DR|PROF\w*|SIR|LORD|LADY|SECRETARY|MINISTER|PRESIDENT|PREMIER|CHANCELLOR|AMBASSADOR|SENATOR|SEN|REP|"
    r"GOVERNOR|GENERAL|GEN|ADMIRAL|JUDGE|KING|QUEEN|PRINCE\w*|MAYOR|SPOKES\w+|OFFICIAL|CHAIR\w*|DIRECTOR|COMMISSIONER|"
    r"ENVOY|QUESTION|ANSWER|Q|JOURNALIST|REPORTER|MODERATOR|OPERATOR|INTERPRETER|STAFF|HOST|SPEAKER|GUEST|AUDIENCE)\b"
)

# What stands in capitals before a colon and never speaks: the parts of an article, with the words beside their names.
_SECTION = frozenset(
    """update updates updated analysis explainer explained listen video videos audio podcast background note notes
    points takeaway takeaways correction corrections clarification clarifications developing breaking exclusive fact
    facts check opinion opinions editorial commentary photo photos picture pictures image images gallery graphic
    infographic map chart summary overview context claim claims verdict rating ruling conclusion conclusions timeline
    recap preview headlines highlights headline alert alerts warning disclaimer advisory caption credit credits source
    sources advertisement advert sponsored subscribe newsletter related watch tldr reminder example findings results
    figure table chapter section step myth myths statistics methodology contents introduction appendix
    abstract""".split()
)
_BESIDE_SECTION = frozenset(
    """a an and at by for from in of on the to with what why who how where when we know it more most other our your this
    key latest live new news big quick full further final first last read see also editor editors author authors
    publisher publishers s media press main top world local day week today daily""".split()
)
_PLAIN_WORD = re.compile(r"[^\W\d_]+")


def turn_label(line: str) -> str | None:
    """The speaker's label that opens a line of a transcript ("SECRETARY BLINKEN"), or None."""
    match = _TURN.match(line)
    if not match:
        return None
    label: str = match["label"] or match["reporter"]
    words = label.split()
    return label if words[0] != words[0].lower() and all(map(_is_capitals, words)) else None


def _is_capitals(word: str) -> bool:
    return word in _SMALL or (plain := _SMALL_START.sub("", word)) == plain.upper()


def after_label(line: str) -> int:
    """Where in a line the words behind its speaker's label begin; 0 where it has no label."""
    match = _TURN.match(line)
    return match.end() if match and turn_label(line) else 0


def sentences(text: str) -> list[Sentence]:
    """All sentences of a text, in order, without the white space around them. A speaker's label stays in its sentence.

    Method: sentencex (Wikimedia) within each line; it keeps "U.S. Secretary", "Sen. Graham (R-S.C.)" and stops inside
    quotation marks together.
    """
    return [piece for line in _LINE.finditer(text) for piece in _sentences_of_line(text, line.start(), line.end())]


def _sentences_of_line(text: str, start: int, end: int) -> Iterator[Sentence]:
    while end - start > _LONGEST_STRETCH:
        cut = _end_near(text, start, start + _LONGEST_STRETCH)
        yield from _sentences_of_stretch(text, start, cut)
        start = cut
    yield from _sentences_of_stretch(text, start, end)


def _end_near(text: str, start: int, end: int) -> int:
    """Where a line too long to be looked at in one go is best cut: behind a sentence, else behind a word."""
    for boundary in (_STOP, _SPACE):
        last = max((match.end() for match in boundary.finditer(text, start + (end - start) // 2, end)), default=None)
        if last:
            return last
    return end


def _sentences_of_stretch(text: str, start: int, end: int) -> Iterator[Sentence]:
    stretch = _LONE_CAPITAL.sub(lambda match: match[0][0].ljust(len(match[0]) - 1) + ".", text[start:end])
    position = 0
    for piece in segment("en", stretch):
        found = stretch.find(piece, position)
        if found < 0:  # the library changed a character: the rest of the line is one sentence
            break
        yield from _trimmed(text, start + found, start + found + len(piece))
        position = found + len(piece)
    yield from _trimmed(text, start + position, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    """The piece without the white space around it, in parts where it is too long, cut at a space if there is one."""
    while start < end:
        cut = end
        if len(text[start:end].strip()) > LONGEST_SENTENCE:
            start += len(text[start:end]) - len(text[start:end].lstrip())
            spaces = [match.start() for match in _SPACE.finditer(text, start, start + LONGEST_SENTENCE)]
            cut = spaces[-1] if spaces else start + LONGEST_SENTENCE
        part = text[start:cut]
        if part.strip():
            yield Sentence(start + len(part) - len(part.lstrip()), start + len(part.rstrip()))
        start = cut


def turns(text: str) -> list[tuple[int, str | None]]:
    """(offset, label) of each speaker's turn in a transcript, in order; empty for a plain article. What stands below
    the name of a section ("NOTE:") is a turn of nobody's, None.

    One label alone makes no transcript ("CORRECTION: …", "WASHINGTON: …"): at least two turns are wanted, and a label
    that names a person or a role among them, or several that take turns, or one that the text names elsewhere.
    """
    found = [(line.start(), label) for line in _LINE.finditer(text) if (label := turn_label(line[0]))]
    labels = [label for _, label in found if not _is_section(label)]
    if len(labels) < 2 or not (any(_PERSON.search(label) for label in labels) or _take_turns(labels, text)):
        return []
    return [(start, None if _is_section(label) else label) for start, label in found]


def _is_section(label: str) -> bool:
    words = {word.lower() for word in _PLAIN_WORD.findall(label)}
    return bool(words & _SECTION) and words <= _SECTION | _BESIDE_SECTION


def _take_turns(labels: list[str], text: str) -> bool:
    """Whether labels that name no person or role are speakers' all the same: one comes again, and there are others
    beside it, or the text has it as a name.
    """
    others = set(labels[1:]) - {labels[0]}
    return len(labels) > len(set(labels)) and (bool(others) or _is_name(labels[0].split()[-1], text))


def _is_name(word: str, text: str) -> bool:
    """Whether a text writes a word with a capital within a sentence, and nowhere in small letters."""
    found = re.findall(rf"([\w,] )?\b({re.escape(word)})\b", text, re.I)
    within = any(before and spelt[0].isupper() and not spelt.isupper() for before, spelt in found)
    return within and not any(spelt.islower() for _, spelt in found)


def speaker_at(of: Sequence[tuple[int, str | None]], offset: int) -> str | None:
    """Whose turn, of ``turns``, an offset falls into; None before the first, in nobody's and in plain articles."""
    index = bisect_right(of, offset, key=lambda turn: turn[0])
    return of[index - 1][1] if index else None


def passages(article: Article) -> list[Passage]:
    """The article's passages in order: whole sentences, up to 1,000 characters."""
    groups: list[list[Sentence]] = []
    for sentence in sentences(article.text):
        if groups and sentence.end - groups[-1][0].start <= MOST_CHARACTERS:
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    spoken = turns(article.text)
    return [
        _passage(article, ordinal, group[0].start, group[-1].end, speaker_at(spoken, group[0].start))
        for ordinal, group in enumerate(groups)
    ]


def _passage(article: Article, ordinal: int, start: int, end: int, speaker: str | None) -> Passage:
    text = article.text[start:end]
    identity = hashlib.sha256(f"{article.id}\0{start}\0{end}\0{text}".encode()).hexdigest()[:24]
    return Passage(identity, article.id, ordinal, start, end, text, speaker)


def embedded_text(article: Article, passage: Passage) -> str:
    """What the embedding model reads for a passage: the title in front, so that "he" and "the talks" have a home."""
    return f"{article.title}\n{passage.text}" if article.title else passage.text
