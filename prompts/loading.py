"""The text of a prompt file goes in, the prompt comes out, or an error that names what is wrong with the file.

---
version: 1
variables: [question, passages]
---
What the prompt is for. No model sees this part.

# system
The rules, for every question the same.

# user
Passages: $passages
Question: $question

A prompt that goes on with the conversation of another one has no system part.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from string import Template
from typing import ClassVar, Final, Literal

Role = Literal["system", "user"]
_FILE: Final = re.compile(r"---\n(?P<front>.*?)\n---\n(?P<body>.*)", re.DOTALL)
_FRONT: Final = re.compile(r"version: (?P<version>[1-9]\d*)\nvariables: \[(?P<variables>[a-z_]+(?:, [a-z_]+)*)\]")
_HEADING: Final = re.compile(r"^# (.*)$", re.MULTILINE)


class PromptUnusable(Exception):
    """Raised when a prompt file is not what a prompt must be, or is filled with other variables than it has."""

    code: ClassVar[str] = "prompt-unusable"  # stable, for programs

    def __init__(self, problem: str, *, thing: str, value: str, remedy: str) -> None:
        self.problem, self.thing, self.value, self.remedy = problem, thing, value, remedy
        super().__init__(f"{thing} {value!r}: {problem}. {remedy}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a chat model is told, with ``$name`` where a variable belongs."""

    name: str
    version: int
    variables: tuple[str, ...]  # exactly those in the text
    system: str  # empty where it goes on with the conversation of another prompt
    user: str
    identity: str  # "answer@1+3fa2c1d0": name, version, and the first 8 digits of the SHA-256 of the file

    def fill(self, **values: str) -> tuple[tuple[Role, str], ...]:
        """The messages, system first if it has one. What stands in a value is never taken for a variable. Raises
        PromptUnusable.
        """
        missing, superfluous = set(self.variables) - values.keys(), values.keys() - set(self.variables)
        if missing or superfluous:
            problem = _both("it is not given", missing, "it has no", superfluous)
            raise _unusable(self.name, problem, f"It takes {_listed(self.variables)}, no more and no fewer.")
        system, user = (Template(text).substitute(values) for text in (self.system, self.user))
        return (("system", system), ("user", user)) if system else (("user", user),)


def names() -> list[str]:
    """All prompts there are, in the order of the alphabet."""
    files = (each.name for each in resources.files("prompts").iterdir())
    return sorted(name.removesuffix(".md") for name in files if name.endswith(".md"))


def prompt(name: str) -> Prompt:
    """The prompt of this name, read from its file. Raises PromptUnusable where there is none or the file is faulty."""
    if name not in names():
        raise _unusable(name, "there is no such file in prompts/", f"There are {_listed(names())}.")
    return parsed(name, (resources.files("prompts") / f"{name}.md").read_text("utf-8"))


def parsed(name: str, text: str) -> Prompt:
    """The prompt that the text of a file holds. Raises PromptUnusable where the text is not laid out as one."""
    file = _FILE.fullmatch(text)
    front = _FRONT.fullmatch(file["front"]) if file else None
    if not file or not front:
        problem = "its front matter is not two lines, a version and variables, between two lines of ---"
        raise _unusable(name, problem, "Write version: 1 and variables: [question, passages].")
    variables = tuple(front["variables"].split(", "))
    _, *parts = _HEADING.split(file["body"])
    if parts[::2] not in (["system", "user"], ["user"]) or not all(part.strip() for part in parts[1::2]):
        raise _unusable(name, "it has not the parts that it must have", "Write # system, text, # user, text.")
    *before, user = (part.strip() for part in parts[1::2])
    system = before[0] if before else ""
    _check_variables(name, variables, (system, user))
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    version = int(front["version"])
    return Prompt(name, version, variables, system, user, f"{name}@{version}+{digest}")


def _check_variables(name: str, declared: tuple[str, ...], texts: Iterable[str]) -> None:
    templates = [Template(text) for text in texts]
    if not all(template.is_valid() for template in templates):
        raise _unusable(name, "a $ stands before what is no variable", "Write $$ for the sign itself.")
    used = {variable for template in templates for variable in template.get_identifiers()}
    undeclared, unused = used - set(declared), set(declared) - used
    if undeclared or unused:
        problem = _both("its front matter does not declare", undeclared, "its text does not use", unused)
        raise _unusable(name, problem, "Declare exactly the variables that stand in the text.")


def _both(first: str, some: set[str], second: str, others: set[str]) -> str:
    return ", and ".join(f"{what} {_listed(sorted(each))}" for what, each in ((first, some), (second, others)) if each)


def _listed(variables: Iterable[str]) -> str:
    return ", ".join(variables)


def _unusable(name: str, problem: str, remedy: str) -> PromptUnusable:
    return PromptUnusable(problem, thing="prompt file", value=f"prompts/{name}.md", remedy=remedy)
