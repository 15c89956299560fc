"""A system's name goes in, how it is run comes out."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

OURS: Final = "eval.bench.ours"
WHOLE: Final = "whosaid"
BARE: Final = "whosaid without statements"
TUTORIAL: Final = "LangChain tutorial"

# Nothing is fetched, and nothing told to anybody, while others are measured.
_ALONE: Final = {"HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False"}


@dataclass(frozen=True, slots=True)
class Installed:
    """A system that can be measured. ``setting``: variables of its processes, beside those that all have."""

    name: str
    module: str
    setting: Mapping[str, str]

    @property
    def ours(self) -> bool:
        return self.module == OURS

    @property
    def slug(self) -> str:
        """Its name as that of a file."""
        return self.name.lower().replace(" ", "-")

    def python(self, peers: Path) -> Path:
        """What runs it; ``peers``: the Python of the environment in which the others are installed."""
        return Path(sys.executable) if self.ours else peers


SYSTEMS: Final = (
    Installed(WHOLE, OURS, {}),
    Installed(BARE, OURS, {"WHOSAID_STATEMENTS": "false"}),
    Installed(TUTORIAL, "eval.bench.peers.tutorial", _ALONE),
    Installed("LlamaIndex", "eval.bench.peers.llamaindex", _ALONE),
    Installed("txtai", "eval.bench.peers.paragraphs", _ALONE),
    Installed("txtai hybrid", "eval.bench.peers.paragraphs", _ALONE),
)
NAMED: Final = {each.name: each for each in SYSTEMS}
