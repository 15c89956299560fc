"""A chat model's text goes in as it comes; its sentences come out, each with what it cites and where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retriever.records import Sentence
from retriever.splitting import sentences
from service.writing import layout
from service.writing.citing import UNFINISHED, uncited

_STARTED = 12  # characters of the next sentence by which the one before has ended for good
_MAY_END = re.compile(r"[.!?。…:\n]")


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """``text`` is without marks and layout, an item of a list with the words that lead in to it. ``cites`` may name
    passages that do not exist.
    """

    text: str
    cites: tuple[int, ...]
    end: int  # characters of everything written, up to and with this sentence and its marks


class Sentences:
    """Cuts what is fed into sentences; a mark behind a full stop belongs to the sentence before it."""

    def __init__(self) -> None:
        self.written = ""
        self._cut = 0  # characters that are cut already
        self._lead: tuple[str, tuple[int, ...]] | None = None  # what leads in to a list, and what it cites

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
        if not finished and (unfinished := UNFINISHED.search(raw)):
            raw = raw[: unfinished.start()]
        read = uncited(raw)
        found = _whole(read.plain, finished=finished)
        if not finished and found and found[-1].end - found[-1].start < _STARTED:
            found = found[:-1]  # what has just begun may yet turn out to belong to the sentence before
        begins, first = 0, self._cut
        for number, each in enumerate(found if finished else found[:-1]):
            nearest = found[number + 1].start if number + 1 < len(found) else len(read.plain)
            cites = [n for place, numbers in read.cited if begins < place <= nearest for n in numbers]
            before = self.written[: first + read.places[each.start]].rstrip(" \t")
            begins = nearest
            self._cut = first + (read.places[nearest] if nearest < len(read.plain) else len(raw))
            cut = read.plain[each.start : each.end]
            opens_line = not before or before.endswith("\n")
            if text := self._told(cut, tuple(dict.fromkeys(cites)), opens_line=opens_line):
                yield WrittenSentence(*text, self._cut)

    def _told(self, cut: str, cites: tuple[int, ...], *, opens_line: bool) -> tuple[str, tuple[int, ...]] | None:
        """What is told by what was cut off, and what it cites; None where it is layout or leads in to what follows."""
        if not cites and layout.is_layout(cut):
            self._lead = None
            return None
        text = layout.bare(cut)
        if text.endswith(":"):
            self._lead = text, cites
            return None
        if opens_line and self._lead and (layout.is_item(cut) or layout.is_quotation(cut)):
            return layout.joined(self._lead[0], text), cites or self._lead[1]
        if opens_line:
            self._lead = None
        return (text, cites) if text else None


def _whole(plain: str, *, finished: bool) -> list[Sentence]:
    """The sentences of a text, the number of an item with the item, a quotation with the name behind it."""
    found: list[Sentence] = []
    for each in sentences(plain):
        last = plain[found[-1].start : found[-1].end] if found else ""
        between = plain[found[-1].end : each.start] if found else ""
        goes_on = not finished and each.end == len(plain.rstrip())
        signs = last.endswith(("”", '"')) and layout.is_signature(plain[each.start : each.end], goes_on=goes_on)
        if layout.is_number(last) or (signs and "\n" not in between):
            found[-1] = Sentence(found[-1].start, each.end)
        else:
            found.append(each)
    return found
