"""The vocabulary in, two things out: which words of a sample article are replaced, and the names that replace them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Final, Literal

Kind = Literal["given", "family", "place", "outlet", "alliance", "country", "adjective", "capital", "choice", "time"]
NAMES: Final = frozenset(("given", "family", "place", "outlet", "country", "adjective", "capital"))

_FILE: Final = Path(__file__).with_name("vocabulary.toml")
_WORDS: Final = ("given", "family", "place", "outlet", "alliance")
_ALSO: Final = {"US": "United States"}
_FORMS: Final = "|"  # between the forms of a word that go together


@dataclass(frozen=True, slots=True)
class Word:
    """What a word of a sample article is. ``form``: which of the forms of a choice."""

    kind: Kind
    key: str
    form: int = 0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``words``: as they are written in the sample articles. ``names``: by kind, all that can stand for them.

    ``choices``: for a word that is no name, what can stand in its place, each as its forms.
    """

    words: Mapping[str, Word]
    names: Mapping[str, tuple[str, ...]]
    choices: Mapping[str, tuple[tuple[str, ...], ...]]


def load() -> Vocabulary:
    """The vocabulary that is kept beside this file."""
    values = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    choices = {key: tuple(tuple(each.split(_FORMS)) for each in others) for key, others in values["choices"].items()}
    return Vocabulary(dict(_words(values)), _names(values["made"]), choices)


def _words(values: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    for kind in _WORDS:
        for word in values["words"][kind].split():
            yield word.replace("_", " "), Word(kind, word)
    for country, (adjective, capital) in values["countries"].items():
        yield country, Word("country", country)
        yield adjective, Word("adjective", country)
        yield capital, Word("capital", country)
    for also, country in _ALSO.items():
        yield also, Word("country", country)
    for key in values["choices"]:
        for form, word in enumerate(key.split(_FORMS)):
            yield word, Word("choice", key, form)


def _names(made: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Every name that can be put together, by kind, none of them twice."""
    places = _joined(made["place"])
    return {
        "given": tuple(dict.fromkeys(made["given"].split())),
        "family": _joined(made["family"]),
        "place": places,
        "country": _joined(made["country"]),
        "capital": _joined(made["capital"]),
        "alliance": _joined(made["alliance"]),
        "outlet": tuple(f"{place} {kind}" for place, kind in product(places, made["outlet"].split())),
    }


def _joined(pieces: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys("".join(each) for each in product(*(some.split() for some in pieces))))
