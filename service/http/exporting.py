"""A kept conversation goes in, a file comes out: Markdown to read, CSV for a spreadsheet, JSON with everything."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from service.http.markdown import address, inline, paragraph

MEDIA_TYPES: Final = {
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
}
Values = Mapping[str, Any]
_LONGEST_NAME = 80  # characters of a file's name; of four bytes each with an ending it stays a legal one
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*%\x7f]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # names that Windows takes for devices
_COLUMNS = (
    "question sentence declined number source title published url document_id start end quote speaker said_on"
).split()


def exported(chat: Values, form: str) -> bytes:
    """``chat``: as GET /api/chats/{id} sends it; ``form``: md, json or csv. UTF-8, CSV with a byte order mark, without
    which spreadsheets read it wrongly.
    """
    if form == "json":
        text = json.dumps(chat, ensure_ascii=False, indent=2) + "\n"
    else:
        text = _markdown(chat) if form == "md" else "\ufeff" + _csv(chat)
    return text.encode("utf-8", "replace")  # JSON can spell characters that UTF-8 cannot


def disposition(title: str | None, form: str) -> str:
    """The Content-Disposition header: a file named after the conversation, for old clients in ASCII (RFC 6266)."""
    name = _file_name(title or "")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"attachment; filename=\"{_file_name(plain)}.{form}\"; filename*=UTF-8''{quote(name, safe='')}.{form}"


def _file_name(title: str) -> str:
    visible = "".join(" " if unicodedata.category(each)[0] in "CZ" else each for each in title)
    name = " ".join(_NOT_IN_NAMES.sub(" ", visible).split())[:_LONGEST_NAME].strip(". ")
    return f"{name}_" if _RESERVED.fullmatch(name) else name or "conversation"


def _exchanges(chat: Values) -> Iterator[tuple[str, Values]]:
    """Each question as it was typed, with its answer."""
    asked = ""
    for said in chat["messages"]:
        if said["role"] == "user":
            asked = said["content"]
        elif said["answer"] is not None:
            yield asked, said["answer"]


# Markdown


def _markdown(chat: Values) -> str:
    blocks = [
        f"# {inline(chat['title'] or 'Conversation')}",
        f"Begun {_minute(chat['created'])}, last used {_minute(chat['updated'])}.",
    ]
    for number, (question, answer) in enumerate(_exchanges(chat), start=1):
        blocks += [f"## {number}. {inline(question)}", *_answered(question, answer, number)]
    return "\n\n".join(blocks) + "\n"


def _minute(time: str) -> str:
    return f"{time[:10]} {time[11:16]} UTC"


def _answered(question: str, answer: Values, at: int) -> Iterator[str]:
    """``at`` keeps the footnotes of one answer apart from those of the others."""
    if answer["question"] != question:
        yield f"Understood as: {inline(answer['question'])}"
    yield from _bullets("Asked only of:", _given(answer.get("filters") or {}))
    yield from _bullets("Narrowed to:", map(_narrowed, answer.get("understood") or ()))
    text = _text(answer, at)
    yield (
        f"**Declined** ({(answer['reason'] or 'unsupported').replace('_', ' ')}). {text}"
        if answer["declined"]
        else text
    )
    for conflict in answer.get("conflicts") or ():
        values = (f"{inline(each['value'])}{_marks(each['citations'], at)}" for each in conflict["values"])
        yield from _bullets(f"Sources differ about {inline(conflict['about'])}:", values)
    named = {number for sentence in answer["sentences"] for number in sentence["citations"]}
    others = [each["number"] for each in answer["citations"] if each["number"] not in named]
    if others:
        yield f"{'Nearest passages' if answer['declined'] else 'See also'}: {_marks(others, at, between=' ')}"
    writing = answer.get("writing")
    if writing:
        yield from _bullets(f"A chat model ({inline(writing['model'])}) was asked.", map(inline, writing["notes"]))
    for citation in answer["citations"]:
        yield f"{_marks([citation['number']], at)}: {_source(citation)}"


def _text(answer: Values, at: int) -> str:
    sentences = [f"{inline(each['text'])}{_marks(each['citations'], at)}" for each in answer["sentences"]]
    return paragraph(" ".join(sentences) or inline(answer["answer"]))


def _marks(numbers: Sequence[int], at: int, *, between: str = "") -> str:
    return between.join(f"[^{at}-{number}]" for number in numbers)


def _bullets(heading: str, lines: Iterator[str] | map[str]) -> Iterator[str]:
    listed = "\n".join(f"- {paragraph(line)}" for line in lines)
    if listed or heading.endswith("."):
        yield f"{heading}\n\n{listed}".rstrip()


def _given(filters: Values) -> Iterator[str]:
    """What evidence might be taken from, one kind a line."""
    for name, many in (("speakers", "speakers"), ("sources", "outlets"), ("documents", "articles")):
        if filters.get(name):
            yield f"{many} {', '.join(map(inline, filters[name]))}"
    days = " ".join(
        f"{word} {filters[name]}" for word, name in (("from", "since"), ("to", "until")) if filters.get(name)
    )
    if days:
        yield f"what was published {days}"


def _narrowed(words: Values) -> str:
    days = " to ".join(day for day in dict.fromkeys((words["since"], words["until"])) if day)
    means = inline(words["value"] or days or "nothing")
    note = f" ({inline(words['note'])})" if words["note"] else ""
    return f"{words['kind']} “{inline(words['text'])}”: {means}{'' if words['applied'] else ', not applied'}{note}"


def _source(citation: Values) -> str:
    known = [inline(citation[name]) for name in ("source", "title", "published") if citation[name]]
    known += [address(citation["url"])] if citation["url"] else []
    place = f"{inline(citation['document_id'])}, characters {citation['start']}–{citation['end']}"
    return paragraph(f"{', '.join([*known, place])}: {inline(citation['quote'])}")


# CSV


def _csv(chat: Values) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, _COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for question, answer in _exchanges(chat):
        for row in _rows(answer):
            writer.writerow({name: _cell(value) for name, value in {"question": question, **row}.items()})
    return file.getvalue()


def _rows(answer: Values) -> Iterator[Values]:
    """A row for each citation; one without for an answer that has none."""
    declined = answer["reason"] if answer["declined"] else None
    for citation in answer["citations"]:
        number = citation["number"]
        told = " ".join(each["text"] for each in answer["sentences"] if number in each["citations"])
        told = answer["answer"] if declined else told
        known = {name: citation[name] for name in _COLUMNS if name in citation}
        yield {**known, **_said(answer, citation), "sentence": told, "declined": declined}
    if not answer["citations"]:
        yield {"sentence": answer["answer"], "declined": declined}


def _said(answer: Values, citation: Values) -> Values:
    """Who speaks in the cited characters, and when they said it; of several, in order and one for one."""
    start, end = citation["start"], citation["end"]
    within = [
        each
        for each in answer.get("statements") or ()
        if each["document_id"] == citation["document_id"] and each["start"] < end and start < each["end"]
    ]
    told = dict.fromkeys((each["speaker"] or each["speaker_text"], _day(each["said_on"])) for each in within)
    columns = zip(*told, strict=True) if told else ((), ())
    return dict(zip(("speaker", "said_on"), map("; ".join, columns), strict=True))


def _day(said: Values | None) -> str:
    if not said:
        return "not told"
    return " to ".join(day for day in dict.fromkeys((said["from"], said["to"])) if day) or said["text"] or "not told"


def _cell(value: object) -> object:
    # A spreadsheet would run these as formulas, and an article may hold any.
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
