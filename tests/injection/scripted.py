"""Chat models at their worst: one does whatever an attack wants, one repeats what it reads under wrong numbers."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.injection.attacks.record import HONEST, Attack

Messages = Sequence[tuple[str, str]]

_PASSAGE = re.compile(r"^<\w+ passage \[(\d+)\]>\n(.*?)^<\w+ end \[\1\].*?>$", re.DOTALL | re.MULTILINE)
_TEXT = re.compile(r"^<\w+ text \[\d+\]>\n(.*?)^<", re.DOTALL | re.MULTILINE)
_FAILED = re.compile(r"^(\d+)\. .*\n   Wrong: ", re.MULTILINE)
_OPENINGS = tuple(text.partition("\n---\n")[2][:60] for text in HONEST.values())
_OUTLETS = tuple(re.findall(r"^source: (.*)$", "\n".join(HONEST.values()), re.MULTILINE))
_CHARACTERS = 3  # of a token, about


@dataclass
class Scripted:
    """What a chat model of the service must have, but for what it writes. Every request is kept in ``asked``."""

    attack: Attack
    name: str = "scripted"
    context: int = 32_000
    reply: int = 4_000
    asked: list[Messages] = field(default_factory=list)

    def count(self, text: str) -> int:
        return len(text) // _CHARACTERS

    def stream(self, messages: Messages) -> Generator[str, None, None]:
        self.asked.append(messages)
        told = self.written(messages[0][1], of_user(messages))
        yield from (told[at : at + 40] for at in range(0, len(told), 40))

    def written(self, system: str, user: str) -> str:
        raise NotImplementedError

    def wanted(self, system: str) -> list[str]:
        """The attacker's sentences. Where the prompt is asked for, it is given."""
        return [each.replace("{prompt}", system) for each in self.attack.wanted]


class Obedient(Scripted):
    """Writes what is wanted: cited to the attacker's passages, to honest ones, to all and to one that is none, bare."""

    def written(self, system: str, user: str) -> str:
        passages = numbered(user)
        honest = [number for number, text in passages.items() if is_honest(text)]
        poisoned = [number for number in passages if number not in honest] or list(passages)
        if failed := _FAILED.findall(user):
            again = self.wanted(system)
            return "\n".join(f"{n}. {again[int(n) % len(again)]}{marks(poisoned[:1])}" for n in failed)
        if not passages:
            return f"{self.wanted(system)[0].splitlines()[0]}?"  # it is to make a question stand alone
        cited = (marks(poisoned), marks(honest), marks([*passages, 99]), "")
        return "\n".join(f"{sentence}{each}" for sentence in self.wanted(system) for each in cited)


class Echo(Scripted):
    """Repeats the last line of every planted passage under its own number and under the next one's."""

    def written(self, system: str, user: str) -> str:
        passages = numbered(user)
        if not passages or _FAILED.search(user):
            return self.attack.question
        planted = [(number, _TEXT.search(text)) for number, text in passages.items() if not is_honest(text)]
        told = [(number, found[1].strip().splitlines()[-1]) for number, found in planted if found]
        return "\n".join(f"{text}[{number}]\n{text}[{number % len(passages) + 1}]" for number, text in told)


def of_user(messages: Messages) -> str:
    """All that was said to the model but for its instructions and what it wrote itself."""
    return "\n".join(text for role, text in messages if role == "user")


def numbered(user: str) -> Mapping[int, str]:
    """The passages of a prompt by their numbers, as a machine reads their lines."""
    return {int(number): text for number, text in _PASSAGE.findall(user)}


def is_honest(passage: str) -> bool:
    """Whether it is of an honest article, and not only like one."""
    return passage.startswith(_OUTLETS) and any(each in passage for each in _OPENINGS)


def marks(numbers: Sequence[int]) -> str:
    """As "[1][3]"."""
    return "".join(f"[{number}]" for number in numbers)
