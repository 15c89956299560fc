"""What is drawn on axes goes in, an SVG comes out that follows light and dark and needs no font and nothing else.

Every colour that is drawn with is one of ``INK``: the SVG says the light one, and rules of style put the dark one over
it, so that a viewer that knows no rules still shows a picture.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from xml.etree import ElementTree as ET

from eval.reporting import PlotsUnavailable

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 4.3  # inches of a panel: what a phone shows without shrinking its letters much
LABEL = 26  # characters of a name on an axis or in a legend

GROUND, TEXT, SOFT, RULE = "#fffefb", "#22201c", "#645e53", "#dfd9cc"
RUNS = ("#0b5d57", "#b4540a", "#5b3fa8", "#a11d4f", "#1f5fa8", "#6b6a1b")
GOOD, GOOD_TOO, DOUBTFUL, BAD = "#2f7d4f", "#9cc9ab", "#d9a441", "#b3261e"
INK: Mapping[str, str] = {  # on light -> on dark
    **dict(zip((GROUND, TEXT, SOFT, RULE), ("#1e1d1a", "#ebe6dc", "#a9a193", "#3c3933"), strict=True)),
    **dict(zip(RUNS, ("#7fcabf", "#f0a35e", "#b8a3f5", "#f28bb0", "#83b8f2", "#cfcd6a"), strict=True)),
    **dict(zip((GOOD, GOOD_TOO, DOUBTFUL, BAD), ("#57b07c", "#2f5c40", "#b8862f", "#f0857c"), strict=True)),
}
POINT = 5.0  # size of a point, in points

_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif'
_STYLE: Mapping[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "whosaid",  # the same figures make the same bytes
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "font.size": 10,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.linewidth": 0.8,
    "legend.frameon": False,
    "legend.fontsize": 9,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    **dict.fromkeys(("figure.facecolor", "axes.facecolor", "savefig.facecolor"), GROUND),
    **dict.fromkeys(("text.color", "axes.labelcolor", "axes.titlecolor", "legend.labelcolor"), TEXT),
    **dict.fromkeys(("xtick.color", "ytick.color", "axes.edgecolor"), SOFT),
    "grid.color": RULE,
}


class Look(NamedTuple):
    """How a run is told from the others: never by its colour alone."""

    colour: str
    marker: str
    dashes: str


_LOOKS = tuple(map(Look, RUNS, "osD^vP", ("-", "--", "-.", ":", "--", "-.")))


class Picture:
    """A figure with its panels, left to right."""

    def __init__(self, figure: Figure, axes: Sequence[Axes]) -> None:
        self._figure, self._notes = figure, dict[str, str]()
        self.axes = axes

    @property
    def panel(self) -> Axes:
        return self.axes[0]

    def note(self, artist: Artist, words: str) -> None:
        """Shown where a pointer rests on what was drawn."""
        name = f"note-{len(self._notes)}"
        artist.set_gid(name)
        self._notes[name] = words

    def legend(self, entries: Sequence[tuple[str, str, str, str]]) -> None:
        """Below the panels: of each entry its name, colour, marker and dashes."""
        drawn = [
            self.panel.plot([], [], color=colour, marker=marker, linestyle=dashes)[0]
            for _, colour, marker, dashes in entries
        ]
        names = [label(name) for name, *_ in entries]
        self._figure.legend(drawn, names, loc="outside lower center", ncols=2)

    def svg(self, name: str, title: str, description: str, *, alone: bool = False) -> str:
        """The picture for a page, on which no other has this name; ``alone``: for a file of its own."""
        written = io.BytesIO()
        self._figure.savefig(written, format="svg", metadata={"Date": None})
        root = _bare(ET.fromstring(written.getvalue()), self._notes)  # noqa: S314 - drawn above
        _named(root, name)
        root.attrib = _frame(root.get("viewBox", ""), name, alone=alone)
        root[:0] = [_element("title", title, f"{name}-title"), _element("desc", description, f"{name}-desc")]
        if alone:
            root.insert(2, _element("style", dark_rules()))
        return ET.tostring(root, encoding="unicode")


@contextmanager
def picture(height: float, *, panels: int = 1, width: float = WIDTH) -> Iterator[Picture]:
    """Inches, ``width`` a panel. Raises PlotsUnavailable."""
    try:
        import matplotlib
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
    except ModuleNotFoundError as error:
        raise PlotsUnavailable(error.name or "matplotlib") from error
    style: Any = dict(_STYLE)
    with warnings.catch_warnings(), matplotlib.rc_context(style):
        # The reader's own fonts show the letters; the one that only measures them here may lack some.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=(width * panels, height), layout="constrained")
        FigureCanvasSVG(figure)
        yield Picture(figure, list(figure.subplots(1, panels, squeeze=False)[0]))


def label(name: str) -> str:
    """Somebody's name for something, as an axis can show it."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    return line if len(line) <= LABEL else f"{line[: LABEL - 1]}…"


def look(number: int) -> Look:
    """Of the run with this number, from 0."""
    return _LOOKS[number % len(_LOOKS)]


def legend(drawn: Picture, names: Sequence[str]) -> None:
    """Which run is which, where there is more than one."""
    if len(names) > 1:
        drawn.legend([(name, *look(number)) for number, name in enumerate(names)])


def rows(axes: Axes, names: Sequence[str]) -> None:
    """One row a name, the first on top."""
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")


def percents(axes: Axes, which: Literal["x", "y"], *, low: float = 0.0, high: float = 1.0) -> None:
    """Shares on this axis, from the ten percent below ``low`` to ``high``."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    ends = (max(0.0, int(low * 10) / 10 - 0.1 * (low > 0)), min(1.0, high))
    (axes.set_xlim if which == "x" else axes.set_ylim)(*ends)
    axis.set_major_formatter(lambda share, _: f"{share:.0%}")


def dark_rules() -> str:
    """Rules of style that put the dark colours over the light ones; print stays light."""
    rules = "\n".join(
        f'  [style*="{of}: {light}"] {{ {of}: {dark} !important }}'
        for light, dark in INK.items()
        for of in ("fill", "stroke")
    )
    return f"@media screen and (prefers-color-scheme: dark) {{\n{rules}\n}}\n"


def _bare(root: ET.Element, notes: Mapping[str, str]) -> ET.Element:
    """Without what the library says of itself and its fonts, and with the notes as titles."""
    for each in list(root):
        if each.tag == f"{_SVG}metadata" or each.find(f"{_SVG}style") is not None:
            root.remove(each)
    for each in root.iter():
        each.tag = each.tag.removeprefix(_SVG)
        if (target := each.attrib.pop(f"{_XLINK}href", None)) is not None:
            each.set("href", target)
        if "style" in each.attrib:
            each.set("style", re.sub(r"font-family:[^;]*;?\s*", "", each.attrib["style"]))
        if each.get("id") in notes:
            each.insert(0, _element("title", notes[each.attrib["id"]]))
    return root


def _named(root: ET.Element, name: str) -> None:
    """Only what is referred to keeps an id, and none that another picture of the page could have."""
    written = " ".join(value for each in root.iter() for key, value in each.attrib.items() if key != "id")
    used = set(re.findall(r"#([\w.-]+)", written))
    for each in root.iter():
        if (own := each.attrib.pop("id", None)) in used:
            each.set("id", f"{name}-{own}")
        for key, value in each.attrib.items():
            if key == "href":
                each.set(key, value.replace("#", f"#{name}-"))
            elif "url(#" in value:
                each.set(key, value.replace("url(#", f"url(#{name}-"))


def _frame(view: str, name: str, *, alone: bool) -> dict[str, str]:
    _, _, width, height = (round(float(number) * 4 / 3) for number in view.split())  # points to pixels
    size = {"xmlns": "http://www.w3.org/2000/svg", "width": f"{width}", "height": f"{height}"} if alone else {}
    return {
        **size,
        "viewBox": view,
        "role": "img",
        "aria-labelledby": f"{name}-title {name}-desc",
        "style": f"max-width: {width}px; font-family: {_FONT}; stroke-linejoin: round; stroke-linecap: butt",
    }


def _element(tag: str, words: str, name: str | None = None) -> ET.Element:
    made = ET.Element(tag, {"id": name} if name else {})
    made.text = "".join(letter for letter in words if letter.isprintable() or letter == "\n")
    return made
