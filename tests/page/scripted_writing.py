"""What a chat model writes, for the page tests: drafts, what becomes of them, and the answer; and where it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from tests.page.articles import ACROSS, QUOTE, answer, citation

MODEL = "ollama:a-small-model"
TOLD = "What went on in Tianjin?"
FIRST = "\N{DOVE OF PEACE} Yang Jiechi told Takeo Akiba that Taiwan is part of China."
FALSE = "They then shook hands on the moon."
LAST = "Akiba voiced concern over the missiles."
MENDED = "Yang Jiechi told Takeo Akiba that Taiwan is “an inalienable part of China”."
NOTE = "1 of 3 sentences of the chat model was left out: what they cite does not bear them out."

_TIANJIN = "tianjin-seven-hours.md"
_ANSWER = answer(
    TOLD,
    [(MENDED, [1]), (LAST, [2])],
    [citation(1, _TIANJIN, QUOTE), citation(2, _TIANJIN, ACROSS)],
    answerer="model",
    writing={
        "model": MODEL,
        "prompts": ["answer@1+3fa2c1d0", "rewrite@1+9b1c22aa"],
        "written": 3,
        "mended": 1,
        "rewritten": 0,
        "dropped": 1,
        "fallback": None,
        "notes": [NOTE],
    },
)
WRITTEN = {TOLD: _ANSWER}


async def written(pauses: set[str]) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """Names and data of the events up to the answer; waits where its stage is one of ``pauses`` until it is none."""
    sentences = [f"{FIRST}[1] ", f"{FALSE}[1] ", f"{LAST}[3]"]
    ends = [sum(map(len, sentences[: number + 1])) for number in range(3)]
    stages: list[tuple[str, list[tuple[str, dict[str, Any]]]]] = [
        ("drafted", [("draft", {"text": piece}) for piece in (FIRST[:20], FIRST[20:], "[1", "] ")]),
        ("confirmed", [("settled", {"end": ends[0], "outcome": "mended"}), ("token", {"text": f"{MENDED}[1]"})]),
        ("held", [("draft", {"text": sentences[1]}), ("settled", {"end": ends[1], "outcome": "held"})]),
        ("passed", [("draft", {"text": sentences[2]}), ("settled", {"end": ends[2], "outcome": "passed"})]),
        ("over", [("settled", {"end": ends[1], "outcome": "dropped"}), ("token", {"text": f" {LAST}[2]"})]),
    ]
    for stage, events in stages:
        for name, data in events:
            yield name, data
        while stage in pauses:
            await asyncio.sleep(0.01)


def keep(chat: dict[str, Any], question: str, answer: dict[str, Any], *, instead_of: str | None, now: str) -> None:
    """Add an exchange to ``chat``, in the place of an earlier one and of all after it where that is named."""
    messages, name = chat["messages"], answer["id"]
    asked = {"id": f"asked-{name}", "role": "user", "content": question, "answer": None, "created": now}
    told = {"id": f"told-{name}", "role": "assistant", "content": answer["answer"], "answer": answer, "created": now}
    if instead_of:
        place = next(number for number, each in enumerate(messages) if each["id"] == instead_of) // 2 * 2
        chat["earlier"].append({"by": asked["id"], "messages": messages[place:]})
        del messages[place:]
    messages += [asked, told]
