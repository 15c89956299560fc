"""Hits and the statements in them go in; the numbered passages that a chat model is given come out, within its budget.

    <7f3a9c passage [1]>
    Harbour Daily, published 2022-11-23 (Wednesday): Mayor wants the old pier closed
    <7f3a9c text [1]>
    Mayor Tomas Vik said on Tuesday that …
    <7f3a9c statements [1]>
    - Tomas Vik (mayor) said, in indirect speech, 2022-11-22 (“on Tuesday”, counted from publication): that …
    <7f3a9c end [1]>

Whatever an article holds, title and outlet included, stands between such lines and can forge none: nothing of it holds
the mark, a "<" or a number in square brackets.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count as counting
from itertools import groupby

from retriever.records import Basis, Hit, Statement, When
from retriever.splitting import sentences
from service.checking.source import Source
from service.errors import ServiceError
from service.writing.disarming import disarmed, disarmed_line

LEAST = 200  # tokens for passages: under that not one passage of 1,000 characters fits
UNKNOWN_CONTEXT = 4096  # tokens; what servers give a model of which nothing else is set
_SMALLEST = 40  # tokens that a passage takes even if it is one word
_BETWEEN = 2  # tokens between two passages
MARGIN = 32  # tokens that a server puts around messages of its own accord
_LONGEST_TITLE, _LONGEST_NAME, _LONGEST_WORDS = 160, 80, 100  # characters; all the words stand in the text

_KINDS = {"direct": "word for word", "indirect": "in indirect speech", "mixed": "partly word for word"}
_COUNTED: Mapping[Basis, str] = {
    "dateline": ", counted from the dateline",
    "publication": ", counted from publication",
}
_NO_OUTLET, _NO_DAY = "outlet not known", "day not told"
LABELS = ("in indirect speech", "partly word for word", "counted from publication", _NO_OUTLET, _NO_DAY)


class ContextTooSmall(ServiceError):
    """Raised when a chat model's context window has no room for the question's passages."""

    code = "context-too-small"


@dataclass(frozen=True, slots=True)
class Briefing:
    """``sources`` are numbered as in ``text``, from 1. Of a passage that was cut, ``hit.passage`` is what is shown."""

    text: str
    mark: str  # the word in every line that begins or ends something; stands nowhere else
    sources: tuple[Source, ...]
    left_out: int  # hits for which there was no room
    cut: bool  # whether the first passage is shown in part


def room(context: int | None, *, reply: int, prompt_tokens: int) -> int:
    """How many tokens are left for passages beside the prompt and the longest reply. ``context``: the model's window;
    None: not known, 4,096 is taken. Raises ContextTooSmall where fewer than 200 are left.
    """
    left = (context or UNKNOWN_CONTEXT) - reply - prompt_tokens - MARGIN
    if left < LEAST:
        needed = LEAST + reply + prompt_tokens + MARGIN
        raise _too_small(f"{context or UNKNOWN_CONTEXT} tokens", f"at least {needed} are needed")
    return left


def briefed(
    hits: Sequence[Hit], statements: Mapping[str, Sequence[Statement]], *, budget: int, count: Callable[[str], int]
) -> Briefing:
    """The hits that fit into ``budget`` tokens, in their order; ``statements`` by passage id. Where not even one fits
    whole, the first of which some sentences do. Raises ContextTooSmall where there are hits and not a sentence fits.
    """
    offered = [Source(0, hit, tuple(statements.get(hit.passage.id, ()))) for hit in hits]
    mark = _mark_for(offered)
    chosen: list[tuple[Source, str]] = []
    left = budget
    for source in offered:
        if left < _SMALLEST:
            break
        for shown, block in _ways(replace(source, number=len(chosen) + 1), mark, whole_only=bool(chosen)):
            tokens = count(block) + _BETWEEN
            if tokens <= left:
                chosen.append((shown, block))
                left -= tokens
                break
    while chosen and count(_joined(chosen)) > budget:  # a model's tokens need not add up
        chosen.pop()
    if hits and not chosen:
        raise _too_small(f"{budget} tokens for passages", "not one sentence of a passage fits")
    whole = {hit.passage.id: hit.passage.end for hit in hits}
    cut = any(source.hit.passage.end < whole[source.hit.passage.id] for source, _ in chosen)
    return Briefing(_joined(chosen), mark, tuple(source for source, _ in chosen), len(hits) - len(chosen), cut)


def _joined(chosen: Sequence[tuple[Source, str]]) -> str:
    return "\n\n".join(block for _, block in chosen)


def _ways(source: Source, mark: str, *, whole_only: bool) -> Iterator[tuple[Source, str]]:
    """How a passage may be shown, from most to least: with its statements, without, in part."""
    yield source, _block(source, mark)
    if source.statements:
        yield source, _block(source, mark, with_statements=False)
    if not whole_only:
        for part in _parts(source):
            yield part, _block(part, mark, note=", cut off here", with_statements=False)


def _parts(source: Source) -> Iterator[Source]:
    """The passage without its last sentence, without its last two, down to its first."""
    passage = source.hit.passage
    for last in reversed(sentences(passage.text)[:-1]):
        shown = replace(passage, text=passage.text[: last.end], end=passage.start + last.end)
        standing = tuple(each for each in source.statements if each.start < shown.end)
        yield replace(source, hit=replace(source.hit, passage=shown), statements=standing)


def _block(source: Source, mark: str, *, note: str = "", with_statements: bool = True) -> str:
    said = _told(source.statements) if with_statements else ()
    lines = (
        f"<{mark} passage [{source.number}]>",
        _origin(source.hit),
        f"<{mark} text [{source.number}]>",
        disarmed(source.hit.passage.text),
        *((f"<{mark} statements [{source.number}]>", *said) if said else ()),
        f"<{mark} end [{source.number}]{note}>",
    )
    return "\n".join(lines)


def _origin(hit: Hit) -> str:
    title = disarmed_line(hit.article.title or "", _LONGEST_TITLE)
    speaker = disarmed_line(hit.passage.speaker or "", _LONGEST_NAME)
    begins = f" (begins with words of {speaker})" if speaker else ""
    return f"{_published(hit)}{f': {title}' if title else ''}{begins}"


def _published(hit: Hit) -> str:
    outlet = disarmed_line(hit.article.source or "", _LONGEST_NAME) or _NO_OUTLET
    return f"{outlet}, {f'published {hit.article.published:%Y-%m-%d (%A)}' if hit.article.published else 'undated'}"


def headings(briefing: Briefing) -> Iterator[str]:
    """What stands in the briefing over each passage and each statement, and is of nobody's text."""
    for source in briefing.sources:
        yield _published(source.hit)
        yield from (_introduced(each) for each in source.statements if each.speech)


@lru_cache(maxsize=256)  # each is written several times for one question: to be counted, and with its mark
def _told(statements: tuple[Statement, ...]) -> tuple[str, ...]:
    """A line for what each said; what one said in a row is one line. What was only planned or believed is none."""
    told = ((_introduced(each), each.content) for each in statements if each.speech)
    return tuple(
        f"- {introduced}: {disarmed_line(' … '.join(content for _, content in same), _LONGEST_WORDS)}"
        for introduced, same in groupby(told, key=lambda each: each[0])
    )


def _introduced(statement: Statement) -> str:
    """Everything of a statement but its words, as the example at the top has it."""
    name = _name(statement.speaker) or _name(statement.speaker_text) or "somebody who is not named"
    role, addressee = _name(statement.role), _name(statement.addressee)
    cue = "" if statement.cue.lower().startswith("according") else _name(statement.cue)
    parts = (
        f"{name}{f' ({role})' if role else ''} {cue or 'said'}",
        *((f"to {addressee}",) if addressee else ()),
        _KINDS[statement.kind],
        *((f"as told by {', '.join(map(_name, statement.via))}",) if statement.via else ()),
        _when(statement.said_on),
    )
    return ", ".join(parts)


def _when(said_on: When | None) -> str:
    if said_on is None or not said_on.text:
        return _NO_DAY
    words = f"“{_name(said_on.text)}”"
    if said_on.first is None or said_on.last is None:
        return f"{words}, date not known"
    first, last = said_on.first.isoformat(), said_on.last.isoformat()
    return f"{first if first == last else f'{first} to {last}'} ({words}{_COUNTED.get(said_on.basis, '')})"


def _name(text: str | None) -> str:
    return disarmed_line(text or "", _LONGEST_NAME)


def _mark_for(sources: Sequence[Source]) -> str:
    """A word that stands in nothing that is shown, however it is written there; the same for the same passages."""
    everything = "\n".join(_block(source, "") for source in sources)
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", everything).casefold()))
    digests = (hashlib.sha256(f"{attempt}{everything}".encode()).hexdigest()[:6] for attempt in counting())
    return next(digest for digest in digests if digest not in plain)


def _too_small(value: str, problem: str) -> ContextTooSmall:
    remedy = "Give the model a larger window (Ollama: num_ctx; llama.cpp: -c) or choose a model that has one."
    return ContextTooSmall(problem, thing="context window", value=value, remedy=remedy)
