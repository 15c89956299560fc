"""An HTML tree goes in; what no reader of the page sees is taken out of it.

Hidden is what an attribute, the style of its element or a rule of the page's own style sheets hides: not shown, of no
size, not opaque, outside the window, in the colour of its ground. Files that a page would load are not, so what they
hide stays; what a program uncovers later is hidden here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from retriever.reading.styles import Styles

_NEVER_SHOWN = frozenset(("template", "noscript", "datalist", "iframe", "object", "svg", "canvas", "audio", "video"))
_WHOLE = frozenset(("html", "head", "body"))  # pages uncover themselves when a program runs; they are read all the same
_PROPERTIES = re.compile(
    r"display|visibility|opacity|font-size|font|color|background|background-color|background-image|position|left|right"
    r"|top|text-indent|clip|clip-path|transform|overflow|width|height|max-width|max-height|content-visibility"
)
_NOTHING = re.compile(r"0*\.?0+(?:px|pt|r?em|ex|ch|%|v[wh])?(?=\s|/|$)")
_FAR = re.compile(r"-(?:\d{4,}(?:\.\d+)?(?:px|pt)|\d{3,}(?:\.\d+)?(?:r?em|v[wh]|%))")
_CLIPPED = re.compile(
    r"rect\(\s*(?:[01](?:px)?[\s,]+){3}[01](?:px)?\s*\)|inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0|polygon\(\s*\)"
)
_SHRUNK = re.compile(r"scale[xy3d]*\(\s*0*\.?0*\s*[,)]")
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b")
_RGB = re.compile(r"rgba?\(\s*(\d{1,9})[\s,]+(\d{1,9})[\s,]+(\d{1,9})(?:[\s,/]+(\d+\.?\d*|\.\d+)%?)?\s*\)")
_WORD = re.compile(r"rgba?\([^)]*\)|[#\w-]+")
_NAMED = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240)}
_ALIKE = 12  # of 255, in each of the three colours

Colour = tuple[int, int, int]
_CLEAR: Colour = (-1, -1, -1)


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element has from those around it. A colour of None is not known."""

    size: bool = True
    visible: bool = True
    colour: Colour | None = (0, 0, 0)
    ground: Colour | None = (255, 255, 255)

    @property
    def is_seen(self) -> bool:
        blends = self.colour and self.ground and _alike(self.colour, self.ground)
        return self.size and self.visible and not blends and self.colour != _CLEAR


def without_hidden(tree: Any) -> None:
    """Take what is hidden out of a tree of lxml.html, in place."""
    styles = Styles("\n".join(style.text or "" for style in tree.iter("style")), _PROPERTIES)
    loads = any("stylesheet" in (link.get("rel") or "").lower() for link in tree.iter("link"))
    waiting = [(tree, _Look(colour=None, ground=None) if loads else _Look())]
    gone = []
    while waiting:
        element, around = waiting.pop()
        declared = styles.of(element)
        if element.tag not in _WHOLE and _is_hidden(element, declared):
            gone.append(element)
            continue
        look = around if element.tag in _WHOLE and _covers_all(declared) else _look(declared, around)
        if not look.is_seen:
            element.text = None
        for child in element:
            if not look.is_seen:
                child.tail = None
            if isinstance(child.tag, str):
                waiting.append((child, look))
    for element in gone:
        element.drop_tree()


def _is_hidden(element: Any, declared: Mapping[str, str]) -> bool:
    """With all that is in it, whatever that says of itself."""
    shown = declared.get("display")
    return (
        element.tag in _NEVER_SHOWN
        or shown == "none"
        or (shown is None and element.get("hidden") is not None)
        or (element.tag == "dialog" and element.get("open") is None)
        or declared.get("content-visibility") == "hidden"
        or _NOTHING.match(declared.get("opacity", "")) is not None
        or _is_out_of_sight(declared)
    )


def _is_out_of_sight(declared: Mapping[str, str]) -> bool:
    """Outside the window, or in a box that shows nothing of it."""
    sides = ("left", "right", "top") if "position" in declared else ()
    places = [declared.get(side, "") for side in ("text-indent", *sides)]
    shut = re.search("hidden|clip", declared.get("overflow", ""))
    box = [declared.get(side, "") for side in ("width", "height", "max-width", "max-height")] if shut else []
    return (
        any(map(_FAR.match, places))
        or any(side == "1px" or _NOTHING.match(side) for side in box)
        or _CLIPPED.search(f"{declared.get('clip', '')} {declared.get('clip-path', '')}") is not None
        or _SHRUNK.search(declared.get("transform", "")) is not None
    )


def _covers_all(declared: Mapping[str, str]) -> bool:
    return not _look(declared, _Look()).is_seen


def _look(declared: Mapping[str, str], around: _Look) -> _Look:
    """What is handed down to the elements within may be taken back there."""
    size = declared.get("font-size")
    if size is None and "font" in declared:
        size = next((word for word in declared["font"].split() if word[0].isdigit()), None)
    if size is not None:
        around = replace(around, size=not _NOTHING.match(size) and (around.size or not size.endswith(("em", "%"))))
    if "visibility" in declared:
        around = replace(around, visible=declared["visibility"] not in ("hidden", "collapse"))
    if declared.get("color", "inherit") not in ("inherit", "unset"):
        around = replace(around, colour=_colour(declared["color"]))
    ground = " ".join(filter(None, (declared.get("background"), declared.get("background-color"))))
    if ground or "background-image" in declared:
        picture = "url(" in ground or "gradient(" in ground or declared.get("background-image", "none") != "none"
        around = replace(around, ground=None if picture else _painted(ground, around.ground))
    return around


def _painted(ground: str, around: Colour | None) -> Colour | None:
    found = [each for each in map(_colour, _WORD.findall(ground)) if each and each != _CLEAR]
    if found:
        return found[-1]
    return around if set(ground.split()) <= {"transparent", "none", "inherit", "initial", "unset"} else None


def _colour(value: str) -> Colour | None:
    """None where it is not known."""
    if value == "transparent":
        return _CLEAR
    if value in _NAMED:
        return _NAMED[value]
    if hexed := _HEX.fullmatch(value):
        digits = hexed[1] if len(hexed[1]) > 4 else "".join(2 * each for each in hexed[1])
        return _CLEAR if digits[6:] == "00" else (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))
    if numbers := _RGB.fullmatch(value):
        is_clear = numbers[4] is not None and float(numbers[4]) == 0
        return _CLEAR if is_clear else (int(numbers[1]), int(numbers[2]), int(numbers[3]))
    return None


def _alike(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))
