"""An answer goes in, the verdict of a chat model comes out; none is asked for twice, and none is ever guessed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

from eval.judging.answers import Shown
from prompts.loading import Prompt
from service.chatmodel.failures import ModelEmpty, ModelRambles

TEMPERATURE = 0  # service.chatmodel asks for it wherever the model has one
_OBJECT = re.compile(r"\{[^{}]*\}", re.DOTALL)
_WHY = 300  # characters of a reason that are kept


class Judge(Protocol):
    """A chat model."""

    name: str

    def whole(self, messages: Sequence[tuple[str, str]]) -> str:
        """The whole reply. Raises ModelFailed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``right`` is None where the reply could not be read. ``asked``: SHA-256 of all that the model was told."""

    id: str
    right: bool | None
    why: str
    reply: str
    asked: str
    model: str
    prompt: str  # identity: name, version and hash
    temperature: int
    seconds: float


def verdicts(answers: Iterable[Shown], judge: Judge, prompt: Prompt, kept: Path) -> Iterator[Verdict]:
    """One an answer, in order. Those in ``kept`` of the same model, prompt and words are not asked for again; others
    are added to it as they come. Raises ModelFailed.
    """
    known = {(each.id, each.asked, each.model, each.prompt): each for each in _read(kept)}
    for answer in answers:
        messages = _messages(answer, prompt)
        asked = hashlib.sha256(json.dumps(messages, ensure_ascii=False).encode()).hexdigest()
        verdict = known.get((answer.id, asked, judge.name, prompt.identity))
        if verdict is None:
            began = perf_counter()
            reply = _reply(judge, messages)
            right, why = parsed(reply)
            seconds = round(perf_counter() - began, 3)
            verdict = Verdict(
                answer.id, right, why, reply, asked, judge.name, prompt.identity, TEMPERATURE, seconds
            )  # fmt: skip
            with kept.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(asdict(verdict), ensure_ascii=False) + "\n")
        yield verdict


def _reply(judge: Judge, messages: Sequence[tuple[str, str]]) -> str:
    """What is empty, or longer than a verdict is, is a reply that cannot be read, and no reason to end."""
    try:
        return judge.whole(messages)
    except (ModelEmpty, ModelRambles) as error:
        return error.problem


def parsed(reply: str) -> tuple[bool | None, str]:
    """The verdict and its reason. (None, "") unless the reply holds exactly one object with ``right`` true or false."""
    found = [each for match in _OBJECT.finditer(reply) if (each := _loaded(match[0])) is not None]
    if len(found) != 1 or not isinstance(found[0].get("right"), bool):
        return None, ""
    return found[0]["right"], str(found[0].get("why", ""))[:_WHY]


def _loaded(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _messages(answer: Shown, prompt: Prompt) -> tuple[tuple[str, str], ...]:
    return prompt.fill(
        question=answer.question, gold=answer.gold, answer=answer.answer, evidence=answer.evidence
    )  # fmt: skip


def _read(kept: Path) -> Iterator[Verdict]:
    """What was judged before; a line that was cut off by an interruption is judged again."""
    if not kept.exists():
        return
    for line in kept.read_text("utf-8").split("\n"):
        value = _loaded(line)
        if value is not None and value.keys() == set(Verdict.__slots__):
            yield Verdict(**value)
