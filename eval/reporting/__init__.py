"""Runs of the evaluation go in, one self-contained HTML page comes out: plots, tables, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.errors import ServiceError

if TYPE_CHECKING:
    from eval.report import Origin
    from eval.scoring import Score, Summary


class PlotsUnavailable(ServiceError):
    """Raised when a package that draws or lays out is not installed; all else of the evaluation works without."""

    code = "plots-unavailable"

    def __init__(self, package: str) -> None:
        remedy = 'Install what the evaluation draws with: pip install -e ".[eval]"'
        super().__init__("it is not installed", thing="package", value=package, remedy=remedy)


@dataclass(frozen=True, slots=True)
class Run:
    """One answerer over one set of questions, as ``name`` tells it from the others; ``missed``: lines on floors."""

    name: str
    origin: Origin
    summary: Summary
    scores: Sequence[Score]
    missed: Sequence[str]


def as_html(runs: Sequence[Run], text: Callable[[str], str | None]) -> str:
    """The page of one run or more, the first the one that others are compared with; needs neither network nor script.

    ``text``: an article's id -> its text, None where it is not there. Raises PlotsUnavailable.
    """
    from eval.reporting.page import page

    return page(runs, text)
