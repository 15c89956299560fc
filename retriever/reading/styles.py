"""A page's own style sheets go in; what they declare of one of its elements comes out. Nothing is loaded.

Only rules for every reader on a screen count, with plain selectors (names, ids, classes, one within another).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BLOCK = re.compile(r"([^{};]*)\{|(\})|;")
_EVERYBODY = re.compile(r"@media\s+(?:all|screen|only screen)\s*", re.IGNORECASE)
_COMPOUND = re.compile(r"(\*|[a-z][\w-]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_MOST = 500_000  # characters of style sheets; what comes after styles no article
_DEEPEST = 6  # compounds of a selector

Weight = tuple[bool, int, int, int, int]  # important, ids, classes, names, place: the greater one holds


class Styles:
    """The rules of style sheets that declare anything of ``properties``."""

    def __init__(self, sheets: str, properties: re.Pattern[str]) -> None:
        self._rules: dict[str, list[tuple[Weight, list[str], str]]] = defaultdict(list)
        self._properties = properties
        for place, (selectors, declared) in enumerate(_rules(_COMMENT.sub(" ", sheets[:_MOST]))):
            if not properties.search(declared):
                continue
            for selector in selectors.split(","):
                chain = selector.replace(">", " ").split()
                if 0 < len(chain) <= _DEEPEST and all(_COMPOUND.fullmatch(each) for each in chain):
                    self._rules[_key(chain[-1])].append(((False, *_specific(chain), place), chain, declared))

    def of(self, element: Any) -> Mapping[str, str]:
        """Property -> value in lower case; what the element's own style attribute says goes before rules."""
        keys = ["*", element.tag, *_named(element)]
        found = [
            (weight, text) for key in keys for weight, chain, text in self._rules.get(key, ()) if _is(element, chain)
        ]
        found.append(((False, 0, 0, 0, -1), _attributes(element)))
        found.append(((False, _DEEPEST * 100, 0, 0, 0), element.get("style") or ""))
        held: dict[str, tuple[Weight, str]] = {}
        for weight, text in found:
            for name, value, important in _declarations(text):
                heavy = (important, *weight[1:])
                if self._properties.match(name) and (name not in held or held[name][0] <= heavy):
                    held[name] = (heavy, value)
        return {name: value for name, (_, value) in held.items()}


def _rules(sheets: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations; those within "@media print" and the like are left out."""
    heads: list[str] = []
    opened = 0
    for match in _BLOCK.finditer(sheets):
        if match[1] is not None:
            heads.append(match[1].strip())
            opened = match.end()
        elif match[2] and heads:
            head = heads.pop()
            if not head.startswith("@") and all(_EVERYBODY.fullmatch(each) for each in heads):
                yield head.lower(), sheets[opened : match.start()]
            opened = match.end()


def _declarations(text: str) -> Iterator[tuple[str, str, bool]]:
    for declared in _COMMENT.sub(" ", text).lower().split(";"):
        name, colon, value = declared.partition(":")
        plain = value.replace("!important", "").strip()
        if colon and plain:
            yield name.strip(), plain, "!important" in value


def _key(compound: str) -> str:
    """What an element must have at least to be meant: its last class or id, else its name."""
    return next(iter(re.findall(r"[.#][\w-]+", compound)[-1:]), compound)


def _specific(chain: list[str]) -> tuple[int, int, int]:
    whole = " ".join(chain)
    return whole.count("#"), whole.count("."), len(re.findall(r"(?:^| )[a-z]", whole))


def _is(element: Any, chain: list[str]) -> bool:
    """Whether the last compound means the element, and those before it elements around it, in their order."""
    if not _means(chain[-1], element):
        return False
    waiting = chain[:-1]
    for around in element.iterancestors():
        if not waiting:
            break
        if _means(waiting[-1], around):
            waiting = waiting[:-1]
    return not waiting


def _means(compound: str, element: Any) -> bool:
    match = _COMPOUND.fullmatch(compound)
    if match is None or match[1] not in (None, "", "*", element.tag):
        return False
    return set(re.findall(r"[.#][\w-]+", match[2])) <= set(_named(element))


def _named(element: Any) -> list[str]:
    """Its classes and its id, as selectors write them."""
    classes = [f".{name.lower()}" for name in (element.get("class") or "").split()]
    return [*classes, f"#{element.get('id').lower()}"] if element.get("id") else classes


def _attributes(element: Any) -> str:
    """What attributes older than style sheets declare."""
    colours = (("color", element.get("color") or element.get("text")), ("background-color", element.get("bgcolor")))
    return ";".join(f"{name}:{value}" for name, value in colours if value)
