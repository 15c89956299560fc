"""Pieces of a chat model's reply go in; what of them is text for the reader comes out, or why it is no use."""

from __future__ import annotations

import re

from service.chatmodel.failures import Called, ModelEmpty, ModelRambles, broke_off

CHARACTERS = 6  # of a token, at the most over a whole reply
# What models that think aloud write in front of it and behind it, before their reply.
_MARKS = {
    **{f"<{name}>": f"</{name}>" for name in ("think", "thinking", "thought", "reasoning")},
    "[think]": "[/think]",
    "<|channel|>analysis": "<|channel|>final<|message|>",
}
_REPLIES = "<|channel|>final<|message|>"  # without anything thought
# How thinking aloud begins where the mark in front of it is the server's: what begins so waits for the mark behind it.
_MUSES = (
    *("okay", "ok,", "alright", "hmm", "let me", "let's", "let us", "we need to", "i need to", "i have to"),
    *("the user", "the question", "looking at", "first, i", "first, let", "so, "),
)
_CLOSES = re.compile("|".join(map(re.escape, _MARKS.values())), re.IGNORECASE)
_CUT_SHORT = frozenset({"length", "max_tokens", "MAX_TOKENS"})  # as the providers say that the reply hit its limit
_EVERY = 16  # characters between two looks for repetition
_LEAST, _LONGEST = 120, 400  # characters: of a repetition with all its rounds, and of one round
_ROUNDS = 4


class Reply:
    """A reply as it comes. ``most``: tokens it may have. ``is_told``: whether the provider says when it has ended."""

    def __init__(self, called: Called, *, most: int, is_told: bool) -> None:
        self._called, self._most, self._is_told = called, most, is_told
        self._thinking = _Thinking()
        self._text, self._looked, self._finish, self._length = "", 0, "", 0

    @property
    def began(self) -> bool:
        """Whether any text has come."""
        return bool(self._text)

    def feed(self, piece: str, finish: str = "") -> str:
        """The part of it that the reader may see. Raises ModelRambles."""
        self._finish = finish or self._finish
        self._length += len(piece)
        text = self._thinking.feed(piece)
        self._text += text
        if self._length > self._most * CHARACTERS:
            raise self._too_long()
        if len(self._text) >= self._looked + _EVERY:
            self._looked = len(self._text)
            if repeats(self._text):
                raise self._rambles("it writes the same over and over")
        return text

    def end(self) -> str:
        """What was held back until it was sure to be text. Raises ModelEmpty, ModelBrokeOff, ModelRambles."""
        rest = self._thinking.rest()
        self._text += rest
        if self._is_told and not self._finish:
            raise broke_off(self._called)
        if not self._text.strip():
            if self._finish in _CUT_SHORT:
                problem = f"it used up its {self._most} tokens before it wrote a word"
                raise self._called.failed(ModelEmpty, problem, "Give it more with WHOSAID_MODEL_REPLY (tokens).")
            raise self._called.failed(ModelEmpty, "it replied with nothing", "Ask again, or take another model.")
        if self._finish in _CUT_SHORT:
            raise self._too_long()
        return rest

    def _too_long(self) -> Exception:
        return self._rambles(f"it writes more than the {self._most} tokens that a reply may have")

    def _rambles(self, problem: str) -> Exception:
        if not self._text.strip():
            return self._called.failed(ModelEmpty, "it writes nothing but white space", "Take another model.")
        return self._called.failed(ModelRambles, problem, "Take a larger model, or raise WHOSAID_MODEL_REPLY (tokens).")


def repeats(text: str) -> bool:
    """Whether its end is the same few words or lines, four times in a row or more."""
    end = text[-_ROUNDS * _LONGEST :]
    for period in range(1, _LONGEST + 1):
        length = max(_ROUNDS * period, _LEAST)
        if length > len(end):
            return False
        if end[-1] == end[-1 - period] and end[-length + period :] == end[-length:-period]:
            return True
    return False


class _Thinking:
    """Takes away what is thought aloud, where a reply opens with it: what stands between its marks, or, of a reply that
    begins as thinking does, what stands before the mark that closes it. Where no such mark comes it is all text.
    """

    def __init__(self) -> None:
        self._held = ""
        self._state = "undecided"
        self._closes = _CLOSES

    def feed(self, piece: str) -> str:
        if self._state == "text":
            return piece
        self._held += piece
        if self._state == "undecided":
            self._decide()
        if self._state in ("thinking", "musing") and (closed := self._closes.search(self._held)):
            self._state, self._held = "after", self._held[closed.end() :]
        if self._state == "after":
            self._held = self._held.lstrip()
            self._state = "text" if self._held else "after"
        return self.rest() if self._state == "text" else ""

    def _decide(self) -> None:
        start = self._held.lstrip().lower()
        opened = next((mark for mark in _MARKS if start.startswith(mark)), None)
        if opened:
            self._state, self._closes = "thinking", re.compile(re.escape(_MARKS[opened]), re.IGNORECASE)
        elif start.startswith(_REPLIES):
            self._state, self._held = "after", self._held.lstrip()[len(_REPLIES) :]
        elif start.startswith(_MUSES):
            self._state = "musing"
        elif len(self._held) >= _LEAST or not any(each.startswith(start) for each in (*_MARKS, _REPLIES, *_MUSES)):
            self._state = "text"

    def rest(self) -> str:
        """What is still held and is text."""
        text = "" if self._state == "thinking" else self._held
        self._held = ""
        return text
