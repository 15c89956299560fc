"""A follow-up that the rules leave open goes in with its conversation; as a chat model completes it, it comes out."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from prompts import prompt
from service.checking.faults import faults
from service.drafting.phrasing import one_line
from service.question import following
from service.records import Event, Question, Written
from service.writing.disarming import disarmed

if TYPE_CHECKING:
    from service.writing.composition import ChatModel
    from service.writing.progress import Progress

TURNS = 6  # messages before the question that the model is shown
_LONGEST_TURN, _LONGEST = 1500, 400  # characters: of a message shown; of a question that is taken


def stand_alone(question: Question, model: ChatModel, progress: Progress) -> Generator[Event, None, Question]:
    """Returns the question as typed, unless it points back and no rule says to what. Names, numbers and quoted words
    that the model puts in must stand in the conversation. While it writes come events without text, so that an asker
    who leaves is noticed. Raises ModelFailed.
    """
    ruled = following.stand_alone(question.text.strip(), question.history)
    if ruled.changed or not ruled.context:
        return question
    turns = [turn.content[:_LONGEST_TURN] for turn in question.history[-TURNS:]]
    told = "\n".join(
        f"{turn.role.title()}: {one_line(text)}" for turn, text in zip(question.history[-TURNS:], turns, strict=True)
    )
    asked = prompt("standalone")
    progress.used(asked.identity)
    reply = ""
    with closing(model.stream(asked.fill(history=disarmed(told), question=disarmed(question.text)))) as pieces:
        for piece in pieces:
            reply += piece
            yield Written("")
    reply = reply.strip()
    alone = re.sub(r"\s+", " ", reply.splitlines()[0]).strip(' "“”') if reply else ""
    if not alone.endswith("?") or len(alone) > _LONGEST or faults(alone, [*turns, question.text]):
        return question
    return replace(question, text=alone, history=())
