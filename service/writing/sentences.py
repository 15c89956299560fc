"""A chat model's text goes in as it comes; its sentences come out, each with what it cites and where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retriever.splitting import sentences
from service.writing.prose import fit

ABSENT = "NOT IN THE PASSAGES"  # what the prompts ask for where the passages do not answer
_MARK = re.compile(r"\s*[\[【［]\s*(?:passages?\s*)?(\d{1,4}(?:\s*(?:[,;–-]|and)\s*\d{1,4})*)\s*[\]】］]", re.I)
_UNFINISHED = re.compile(r"\s*[\[【［][^\]】］\n]{0,20}$")  # a mark of which more may come
_RANGE = re.compile(r"(\d+)\s*[–-]\s*(\d+)")
_LONGEST_RANGE = 20  # passages; a longer one is no citation
_STARTED = 12  # characters of the next sentence by which the one before has ended for good
_MAY_END = re.compile(r"[.!?。…:\n]")
_LAYOUT = re.compile(r"^(?:[-*•–]\s+|\d{1,2}[.)]\s+|#+\s*|>\s*|(?:final )?answer:\s*)+", re.I)
_ITEM = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s")
_OPENED = re.compile(r"\s+[“«„‘\"'(]+$")  # a mark that opens what the next sentence says
_BOLD = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.!?])[*_](?!\w)|`")


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """``text`` is without marks and layout. ``cites`` may name passages that do not exist. ``is_item``: it was written
    as an item of a list.
    """

    text: str
    cites: tuple[int, ...]
    end: int  # characters of everything written, up to and with this sentence and its marks
    is_item: bool = False

    @property
    def is_absent(self) -> bool:
        """Whether it says that the passages do not answer."""
        return self._plain.startswith(ABSENT)

    @property
    def speaks_of_passages(self) -> bool:
        """Whether it says of anything that it is not there: no sentence of an answer."""
        return ABSENT in self._plain

    @property
    def _plain(self) -> str:
        return re.sub(r"\s+", " ", self.text).strip(" \"“'*").upper()


class Sentences:
    """Cuts what is fed into sentences; a mark behind a full stop belongs to the sentence before it."""

    def __init__(self) -> None:
        self.written = ""
        self._cut = 0  # characters that are cut already

    def feed(self, piece: str) -> Iterator[WrittenSentence]:
        """The sentences that are whole by now."""
        self.written += piece
        if _MAY_END.search(self.written, self._cut):
            yield from self._cut_off(finished=False)

    def rest(self) -> Iterator[WrittenSentence]:
        """What is left when nothing more comes."""
        yield from self._cut_off(finished=True)

    def _cut_off(self, *, finished: bool) -> Iterator[WrittenSentence]:
        raw = self.written[self._cut :]
        if not finished and (unfinished := _UNFINISHED.search(raw)):
            raw = raw[: unfinished.start()]
        plain, places, marks = _without_marks(raw)
        found = sentences(plain)
        if not finished and found and found[-1].end - found[-1].start < _STARTED:
            found = found[:-1]  # what has just begun may yet turn out to belong to the sentence before
        begins = 0
        for number, each in enumerate(found if finished else found[:-1]):
            nearest = found[number + 1].start if number + 1 < len(found) else len(plain)
            cites = [n for place, numbers in marks if begins < place <= nearest for n in numbers]
            end = self._cut + (places[nearest] if nearest < len(plain) else len(raw))
            begins = nearest
            cut = plain[each.start : each.end]
            if text := _bare(cut):
                yield WrittenSentence(text, tuple(dict.fromkeys(cites)), end, _ITEM.match(cut.strip()) is not None)
            last = end
        if found[:-1] or (finished and found):
            self._cut = last


def _without_marks(raw: str) -> tuple[str, list[int], list[tuple[int, list[int]]]]:
    """The text without its marks; where each of its characters stood; and each mark's place in it with its numbers."""
    plain: list[str] = []
    places: list[int] = []
    marks: list[tuple[int, list[int]]] = []
    at = 0
    for match in _MARK.finditer(raw):
        plain.extend(raw[at : match.start()])
        places.extend(range(at, match.start()))
        marks.append((len(plain), _numbers(match[1])))
        at = match.end()
    plain.extend(raw[at:])
    places.extend(range(at, len(raw)))
    return "".join(plain), places, marks


def _numbers(words: str) -> list[int]:
    """ "1, 3-5" as 1, 3, 4, 5."""
    for first, last in _RANGE.findall(words):
        if int(first) < int(last) < int(first) + _LONGEST_RANGE:
            between = ",".join(str(n) for n in range(int(first), int(last) + 1))
            words = re.sub(rf"{first}\s*[–-]\s*{last}", between, words)
    return [int(each) for each in re.findall(r"\d+", words)]


def _bare(text: str) -> str:
    """Without bullets, numbers of a list, headings, emphasis and what nobody sees; one space between words."""
    text = _LAYOUT.sub("", _BOLD.sub("", text.strip()).strip())
    return re.sub(r"\s+", " ", fit(_OPENED.sub("", text.rstrip()))).strip()
