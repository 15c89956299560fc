"""What ``whosaid ingest``, ``ask``, ``statements`` and ``status`` do, over the same parts as the web application."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from retriever.reading import files
from retriever.records import Outcome
from service import listing, wiring
from service.chatmodel.model import Model
from service.errors import BadSetting
from service.http.running import plain
from service.parts import Parts
from service.records import Answer, Answered, Question, Token
from service.settings import Settings
from service.writing.answering import WrittenAnswering

if TYPE_CHECKING:
    from retriever.catalogue.records import StatementChoice

INTERRUPTED = 130  # as shells say it


def ingest(paths: Sequence[Path], *, settings: Settings, quiet: bool) -> int:
    """Index, one line an article, a sum at the end; the exit code."""
    from tqdm import tqdm

    seen: Counter[str] = Counter()
    started: set[str] = set()
    names = {name for _, name in files(paths)}
    with tqdm(total=len(names), unit="file", disable=quiet or not sys.stderr.isatty(), file=sys.stderr) as bar:
        try:
            for outcome in wiring.build(settings).articles.ingest(paths):
                seen[outcome.status] += 1
                if not quiet or outcome.status == "failed":
                    bar.write(_line(outcome), file=sys.stdout)
                started.add(outcome.name if outcome.name in names else outcome.name.rpartition(":")[0])
                bar.update(len(started) - bar.n)
        except KeyboardInterrupt:
            typer.echo(f"Interrupted. {_sum(seen)} Run the same command again: it goes on from there.", err=True)
            return INTERRUPTED
    typer.echo(f"{_sum(seen)} Index: {settings.data}")
    return 1 if seen["failed"] else 0


def _line(outcome: Outcome) -> str:
    if outcome.status == "failed":
        return f"failed     {outcome.name}: {outcome.reason}"
    copy = f" (of {outcome.duplicate_of}, {outcome.similarity or 1:.0%} the same)" if outcome.duplicate_of else ""
    return f"{outcome.status:<10} {outcome.document_id}{copy}"


def _sum(seen: Counter[str]) -> str:
    kinds = ", ".join(f"{count:,} {status}" for status, count in sorted(seen.items()))
    return f"{seen.total():,} articles: {kinds}." if kinds else "No article there."


def ask(question: Question, *, settings: Settings, as_json: bool) -> None:
    """Write the answer as it comes, then its sources; or the whole as JSON."""
    for event in _existing(settings).answering.events(question):
        if isinstance(event, Token) and not as_json:
            typer.echo(event.text, nl=False)
            sys.stdout.flush()
        elif isinstance(event, Answered):
            fields = json.dumps(plain(event.answer), ensure_ascii=False, indent=2)
            typer.echo(fields if as_json else _sources(event.answer))


def _sources(answer: Answer) -> str:
    lines = [
        f"[{c.number}] {', '.join(str(x) for x in (c.source, c.published, c.title) if x) or c.document_id}"
        f" ({c.document_id}, characters {c.start}–{c.end})"
        for c in answer.citations
    ]
    counted = answer.sources
    if counted.articles != counted.independent:
        lines.append(f"{counted.articles} articles, {counted.independent} independent of one another.")
    heading = ["Nearest passages:"] if answer.declined and lines else []
    lines += answer.writing.notes if answer.writing else ()
    return "\n".join(["", "", *_understood(answer), *heading, *lines] if lines or answer.understood else [""])


def _understood(answer: Answer) -> list[str]:
    """What the question's words narrowed the answer to, and what was not understood."""
    used = [f"“{each.text}”" for each in answer.understood if each.applied]
    notes = [f"“{each.text}” narrows nothing: {each.note}" for each in answer.understood if not each.applied]
    return [*([f"Narrowed by {', '.join(used)}."] if used else []), *notes]


def statements(choice: StatementChoice, *, form: str, settings: Settings) -> None:
    """Write all that fit."""
    page = _existing(settings).statements.find(choice)
    typer.echo(listing.written(page, form, shutil.get_terminal_size((120, 24)).columns))


def status(*, settings: Settings, as_json: bool) -> None:
    """Write what is indexed."""
    parts = _existing(settings)
    fields = {**parts.articles.status(), **_chat_model(parts, settings)}
    if as_json:
        typer.echo(json.dumps(fields, ensure_ascii=False, indent=2, default=str))
        return
    for name, value in fields.items():
        shown = ", ".join(f"{k or '(none)'} {v}" for k, v in value.items()) if isinstance(value, dict) else value
        typer.echo(f"{name.replace('_', ' '):<12} {shown}")


def _chat_model(parts: Parts, settings: Settings) -> dict[str, str | None]:
    """The chat model, and what is wrong with it: it is asked for a word."""
    model = parts.answering.model if isinstance(parts.answering, WrittenAnswering) else None
    if not isinstance(model, Model):
        return {"chat_model": settings.model}
    problem = model.check()
    return {"chat_model": settings.model, "chat_model_problem": str(problem) if problem else None}


def _existing(settings: Settings) -> Parts:
    if not (settings.data / "catalogue.sqlite").is_file():  # building would make one in any folder
        raise BadSetting(
            "no index there",
            thing="index folder",
            value=str(settings.data),
            remedy="Run whosaid ingest PATH --data DIR first, or name another folder with --data.",
        )
    return wiring.build(settings)
