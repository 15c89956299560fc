"""The records of a run go to its folder as they are made; after an interruption those that still hold come back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from eval.cases import Case
from eval.report import record
from eval.scoring.scores import Score

RECORDS, ASKED = "records.jsonl", "run.json"
NAMED = 5  # differences, or questions, that an error names


class ResumeError(Exception):
    """Raised when a folder's records are not of the run that is to go on: what differs, remedy."""


def begin(folder: Path, asked: Mapping[str, Any]) -> None:
    """A folder without records, made where there is none. ``asked``: what another session must ask as well to go on:
    plain values.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RECORDS).write_text("", encoding="utf-8")
    (folder / ASKED).write_text(json.dumps(_plain(asked), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def resume(folder: Path, asked: Mapping[str, Any], cases: Sequence[Case]) -> list[Score]:
    """The scores that are there, in the order of ``cases``; lines that are torn, or of another form of their question,
    are taken out of the records. Where nothing was begun, it is. Raises ResumeError.
    """
    if not (folder / RECORDS).exists():
        begin(folder, asked)
        return []
    differs = list(_differences(_asked(folder), _plain(asked)))
    if differs:
        raise ResumeError(
            f"{folder} holds another run: {'; '.join(differs[:NAMED])}. "
            "Run it as it was begun, or from the start without --resume."
        )
    wanted = {case.id: case for case in cases}
    lines = _lines(folder / RECORDS)
    if unasked := [id_ for id_ in lines if id_ not in wanted]:
        raise ResumeError(
            f"{folder} holds {len(unasked)} questions that are not asked now, such as {', '.join(unasked[:NAMED])}. "
            "Give --kind and --limit as before, or a higher limit."
        )
    kept = {id_: pair for id_, pair in lines.items() if pair[1].case == wanted[id_]}
    # Whole or not at all: an interruption here must not cost what is there.
    part = folder / f"{RECORDS}.part"
    part.write_text("".join(line for line, _ in kept.values()), encoding="utf-8")
    part.replace(folder / RECORDS)
    return [kept[case.id][1] for case in cases if case.id in kept]


def begun(folder: Path) -> bool:
    """Whether there is anything to go on with."""
    records = folder / RECORDS
    return records.exists() and records.stat().st_size > 0


def recorded(scores: Iterable[Score], folder: Path) -> Iterator[Score]:
    """The same; each is in the records of a folder that was begun before it is passed on."""
    with (folder / RECORDS).open("a", encoding="utf-8") as records:
        for each in scores:
            records.write(json.dumps(record(each), ensure_ascii=False, default=str) + "\n")
            records.flush()
            yield each


def _asked(folder: Path) -> Mapping[str, Any]:
    try:
        asked = json.loads((folder / ASKED).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResumeError(f"{folder / ASKED} does not say what was asked: {error}. Run without --resume.") from error
    return asked if isinstance(asked, dict) else {}


def _lines(path: Path) -> dict[str, tuple[str, Score]]:
    """The whole lines with their scores, by the ids of their questions."""
    read = TypeAdapter(Score).validate_json
    lines: dict[str, tuple[str, Score]] = {}
    for line in path.read_bytes().splitlines(keepends=True):
        try:
            score = read(line)
            written = line.decode("utf-8")
        except (ValidationError, UnicodeDecodeError):
            continue
        lines[score.case.id] = written.rstrip("\n") + "\n", score
    return lines


def _differences(before: Any, now: Any, name: str = "") -> Iterator[str]:
    if isinstance(before, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*before, *now)):
            yield from _differences(before.get(key), now.get(key), f"{name}.{key}".lstrip("."))
    elif before != now:
        yield f"{name} was {_short(before)} and is {_short(now)}"


def _short(value: object) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= 80 else f"{written[:79]}…"


def _plain(asked: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(asked, ensure_ascii=False, default=str))
    return plain
